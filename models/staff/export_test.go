package staff

// OccupyHasher takes both places of the hasher until the returned function is
// called: whoever checks a password has to wait.
func (s *Service) OccupyHasher() (release func()) {
	for range cap(s.hasher.slots) {
		s.hasher.slots <- struct{}{}
	}
	return func() {
		for range cap(s.hasher.slots) {
			<-s.hasher.slots
		}
	}
}
