package audit

import (
	"encoding/binary"
	"errors"
)

// Decoded is an event read back from its canonical bytes; Commitments hold
// hashes in place of values.
type Decoded struct {
	Seq int64
	Event
}

var errCorrupt = errors.New("audit: body is not a canonical event")

type reader struct {
	b   []byte
	bad bool
}

func (r *reader) number() int64 {
	if len(r.b) < 8 {
		r.bad = true
		return 0
	}
	n := int64(binary.BigEndian.Uint64(r.b))
	r.b = r.b[8:]
	return n
}

func (r *reader) text() string {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > uint64(len(r.b)-size) {
		r.bad = true
		return ""
	}
	s := string(r.b[size : size+int(n)])
	r.b = r.b[size+int(n):]
	return s
}

// Decode reads canonical bytes; anything left over or missing is an error.
func Decode(body []byte) (Decoded, error) {
	if len(body) == 0 || body[0] != format {
		return Decoded{}, errCorrupt
	}
	r := &reader{b: body[1:]}
	var d Decoded
	d.Seq, d.At, d.ActorID, d.BranchID, d.CustomerID = r.number(), r.number(), r.number(), r.number(), r.number()
	for _, s := range []*string{&d.Role, &d.Employment, &d.Via, &d.Session, &d.Address, &d.OSUser, &d.RequestID, &d.Action, &d.Object} {
		*s = r.text()
	}
	d.Outcome, d.Reason = Outcome(r.text()), r.text()
	for n := r.number(); n > 0 && !r.bad; n-- {
		d.Details = append(d.Details, Detail{Name: r.text(), Value: r.text()})
	}
	for n := r.number(); n > 0 && !r.bad; n-- {
		d.Commitments = append(d.Commitments, Commitment{Name: r.text(), Value: r.text()})
	}
	if r.bad || len(r.b) != 0 {
		return Decoded{}, errCorrupt
	}
	return d, nil
}
