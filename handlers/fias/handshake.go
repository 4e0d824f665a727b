package fias

// What we say we are, and what we want to hear of guests. The numbers stand
// before the names: where the character set is wrong, what follows a name can be
// swallowed with it.
const (
	version   = "V#1"
	fieldsIn  = "FLRNG#GSSFGAGDDATIGVGLGTGNGF"
	fieldsNew = "FLRNROG#GSGAGDDATIGVGLGTGNGF"
	fieldsOut = "FLRNG#GSSFDATI"
	fieldsRun = "FLDATI"
)

// start begins a link that the other side did not begin: some wait to be told.
func (s *session) start() Problem {
	if problem := s.write(linkStart, stamp(s.now())...); problem != "" {
		return problem
	}
	return s.describe()
}

// describe answers a link start: who we are, what we want, and that we are there.
// The link is up when the other side says that it is there too.
func (s *session) describe() Problem {
	s.begin = s.now().Add(startAgain)
	if problem := s.write(linkDescription, append(stamp(s.now()), version, "IF"+s.Interface)...); problem != "" {
		return problem
	}
	for _, want := range [][2]string{
		{guestIn, fieldsIn}, {guestChange, fieldsNew}, {guestOut, fieldsOut},
		{resyncRequest, fieldsRun}, {resyncStart, fieldsRun}, {resyncEnd, fieldsRun},
	} {
		if problem := s.write(linkRecord, "RI"+want[0], want[1]); problem != "" {
			return problem
		}
	}
	s.told = true
	return s.sayAlive()
}

// started is told when the other side begins anew. It may do so on a line that
// was up, when it was restarted behind a gateway that kept the line.
func (s *session) started() Problem {
	if s.up {
		s.up, s.list, s.opened = false, list{}, s.now()
	}
	s.gauge.state(Connecting, s.clock.Now())
	return s.describe()
}

// rise notes that the link is up, and asks who is in house: what happened while
// it was down is not told again.
func (s *session) rise() Problem {
	if s.up || !s.told {
		return ""
	}
	now := s.clock.Now()
	s.up, s.upSince = true, now
	s.gauge.state(Connected, now)
	s.log.Info("link up")
	return s.askList()
}

// answer answers an LA, unless it is the answer to ours: two who answer every
// answer would never stop.
func (s *session) answer() Problem {
	if !s.up {
		return s.rise()
	}
	if s.now().Sub(s.alive) < alivePause {
		return ""
	}
	return s.sayAlive()
}
