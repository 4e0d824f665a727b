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

// HashOf is the name under which a secret is stored.
func HashOf(token string) string { return hashOf(token) }
