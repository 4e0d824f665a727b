package fias

import (
	"context"
	"net"
	"time"
)

// What happens when on a line. The other side says LA when it hears ours.
const (
	tick        = time.Second
	aliveEvery  = 30 * time.Second
	alivePause  = 10 * time.Second  // between an LA and the answer to one
	silence     = 100 * time.Second // three answers missing: the line is dead
	startAfter  = 5 * time.Second   // the other side should begin; if not, we do
	startAgain  = 15 * time.Second
	handshake   = time.Minute // from connecting to LA
	writeLimit  = 10 * time.Second
	takeLimit   = 30 * time.Second // for one record to be durable
	piecesAhead = 64               // read and not yet taken
)

// session is one connection from its beginning to its end. All of it happens in
// one goroutine; another only reads.
type session struct {
	*Link
	branch  Branch
	conn    net.Conn
	pieces  chan piece
	up      bool      // the other side knows what we want, and said LA
	told    bool      // it was told what we want
	opened  time.Time // or when the other side began anew
	upSince time.Time
	begin   time.Time // when to begin by ourselves, unless the other side did
	heard   time.Time // last whole record
	alive   time.Time // last LA sent
	list    list
}

// run works off the line until it breaks or ctx ends.
func (s *session) run(ctx context.Context) Problem {
	s.heard, s.begin = s.opened, s.opened.Add(startAfter)
	s.gauge.set(func(st *Status) { st.Connections++ })
	s.pieces = make(chan piece, piecesAhead)
	done, read := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(read)
		s.read(done)
	}()
	defer func() {
		close(done)
		if ctx.Err() != nil {
			s.write(linkEnd, stamp(s.now())...)
		}
		s.conn.Close()
		<-read
	}()
	ticks, stop := s.clock.Every(tick)
	defer stop()
	for {
		problem := Problem("")
		select {
		case <-ctx.Done():
			return Ended
		case p, open := <-s.pieces:
			if !open {
				return s.broken()
			}
			problem = s.take(ctx, p)
		case <-ticks:
			problem = s.tick()
		}
		if problem != "" {
			return problem
		}
	}
}

// read hands over what comes, until the line breaks or done.
func (s *session) read(done <-chan struct{}) {
	defer close(s.pieces)
	f := newFrames(s.conn)
	for {
		p, err := f.next()
		if err != nil {
			return
		}
		select {
		case s.pieces <- p:
		case <-done:
			return
		}
	}
}

// broken is why a line ended that the other side dropped.
func (s *session) broken() Problem {
	switch {
	case s.list.open:
		return ResyncCut
	case !s.up:
		return NoHandshake
	}
	return Closed
}

// now is the present moment by the clocks of the branch.
func (s *session) now() time.Time { return s.clock.Now().In(s.branch.Zone) }

// tick does what is due.
func (s *session) tick() Problem {
	now := s.now()
	switch {
	case !s.up && now.Sub(s.opened) >= handshake:
		return NoHandshake
	case now.Sub(s.heard) >= silence:
		if s.list.open {
			return ResyncCut
		}
		return Silent
	case !s.up && !now.Before(s.begin):
		return s.start()
	case s.up && now.Sub(s.alive) >= aliveEvery:
		if problem := s.sayAlive(); problem != "" {
			return problem
		}
	}
	return s.watchList(now)
}

// write sends a record. A line that takes nothing for ten seconds is dead.
func (s *session) write(kind string, fields ...string) Problem {
	s.conn.SetWriteDeadline(time.Now().Add(writeLimit))
	if _, err := s.conn.Write(compose(kind, fields...)); err != nil {
		return s.broken()
	}
	return ""
}

func (s *session) sayAlive() Problem {
	s.alive = s.now()
	return s.write(linkAlive, stamp(s.alive)...)
}
