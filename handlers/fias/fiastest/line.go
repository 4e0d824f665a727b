package fiastest

import (
	"bufio"
	"net"
	"strings"
	"time"
)

// line is one connection.
type line struct {
	conn   net.Conn
	wants  map[string]string // fields by record, as asked for
	up     bool
	frozen bool // neither hears nor speaks, but is there
}

func (s *System) accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		l := &line{conn: conn, wants: map[string]string{}}
		s.mu.Lock()
		s.hangUp()
		s.line = l
		s.got["connection"]++
		s.changed.Broadcast()
		if !s.script.Waits && !s.script.Mute {
			s.send(l, "LS", stamp()...)
		}
		s.mu.Unlock()
		go s.hear(l)
	}
}

// hear works off what the other side says.
func (s *System) hear(l *line) {
	defer l.conn.Close()
	r := bufio.NewReader(l.conn)
	for {
		text, err := r.ReadString(0x03)
		if err != nil {
			return
		}
		parts := strings.Split(strings.TrimPrefix(strings.TrimSuffix(text, "\x03"), "\x02"), "|")
		if !strings.HasPrefix(text, "\x02") || parts[len(parts)-1] != "" {
			s.t.Errorf("this is no record: %q", text)
			return
		}
		s.mu.Lock()
		s.react(l, parts[0], parts[1:len(parts)-1])
		s.got[parts[0]]++
		s.changed.Broadcast()
		s.mu.Unlock()
	}
}

// react is called with the lock, which it gives up while a script has its turn.
func (s *System) react(l *line, kind string, fields []string) {
	if l.frozen || s.script.Mute {
		return
	}
	switch kind {
	case "LS":
		if s.script.Waits {
			s.send(l, "LS", stamp()...)
		}
	case "LR":
		l.wants[strings.TrimPrefix(fields[0], "RI")] = strings.TrimPrefix(fields[1], "FL")
	case "LA":
		l.up = l.up || len(l.wants) > 0
		if l.up {
			s.send(l, "LA", stamp()...)
		}
	case "DR":
		if !s.script.NoLists {
			s.list(l)
		}
	case "LE":
		l.conn.Close()
	}
}

// list tells everybody in house as it is at the beginning. What happens while it
// is told is told in between.
func (s *System) list(l *line) {
	s.send(l, "DS", stamp()...)
	n := 0
	for _, g := range s.inHouse() {
		if s.script.Replace != nil {
			if raw := s.script.Replace(g); raw != nil {
				l.conn.Write(raw)
				continue
			}
		}
		s.send(l, "GI", append(s.fields(l, "GI", g, ""), "SF")...)
		n++
		if s.script.CutAfter == n {
			s.script.CutAfter = 0
			l.conn.Close()
			if s.line == l {
				s.line = nil
			}
			return
		}
		if s.script.Stall == n {
			s.script.Stall = 0
			return
		}
		if raw := s.script.Between[n]; raw != nil {
			l.conn.Write(raw)
		}
		if act := s.script.During[n]; act != nil {
			delete(s.script.During, n)
			s.mu.Unlock()
			act()
			s.mu.Lock()
		}
	}
	for _, room := range s.script.Vacant {
		s.send(l, "GO", "RN"+room, "GSN", "SF")
	}
	s.send(l, "DE", stamp()...)
	s.lists++
}

// tell tells what happened to whoever is connected and wants to hear it.
func (s *System) tell(kind string, g Stay, old string) {
	if s.line == nil || !s.line.up || s.line.frozen {
		return
	}
	s.send(s.line, kind, s.fields(s.line, kind, g, old)...)
}

// fields are those asked for, in the order in which they were.
func (s *System) fields(l *line, kind string, g Stay, old string) []string {
	now := time.Now()
	all := map[string]string{
		"G#": g.Reservation, "RN": g.Room, "RO": old, "GN": g.LastName, "GF": g.FirstName, "GT": g.Title, "GL": g.Language, "GV": g.VIP,
		"GA": day(g.Arrival), "GD": day(g.Departure), "DA": now.Format("060102"), "TI": now.Format("150405"), "GS": "N",
	}
	if g.Shared {
		all["GS"] = "Y"
	}
	var out []string
	for want := l.wants[kind]; len(want) >= 2; want = want[2:] {
		if value := all[want[:2]]; value != "" {
			out = append(out, want[:2]+value)
		}
	}
	return out
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("060102")
}

func stamp() []string {
	now := time.Now()
	return []string{now.Format("DA060102"), now.Format("TI150405")}
}

// Record writes a record as it goes over the line.
func (s *System) Record(kind string, fields ...string) []byte {
	return append(append([]byte{0x02}, s.encode(kind+"|"+strings.Join(fields, "|")+"|")...), 0x03)
}

// send writes a record; a line that is gone hears nothing.
func (s *System) send(l *line, kind string, fields ...string) {
	l.conn.SetWriteDeadline(time.Now().Add(patience))
	l.conn.Write(s.Record(kind, fields...))
}
