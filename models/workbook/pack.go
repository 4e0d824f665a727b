package workbook

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"
)

// pack is the archive, its parts by name.
type pack struct{ parts map[string]*zip.File }

// openPack reads the directory of the archive. Parts are found by it alone; what
// lies between them is never looked at.
func openPack(r io.ReaderAt, size int64) (*pack, error) {
	if size > MaxPacked {
		return nil, refuse(TooHeavy)
	}
	head := make([]byte, 8)
	if n, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	} else if head = head[:n]; Ole(head) {
		return nil, refuse(LockedOrOld)
	}
	if n, err := entries(r, size); err != nil {
		return nil, err
	} else if n > maxEntries {
		return nil, refuse(TooHeavy)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	if len(z.File) > maxEntries {
		return nil, refuse(TooHeavy)
	}
	p := &pack{parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		name := partName(f.Name)
		if p.parts[name] != nil {
			return nil, refuse(Damaged) // two parts of a name: which one was meant is a guess
		}
		p.parts[name] = f
	}
	return p, nil
}

// entries is how many files the archive says it has, before room is made for
// them; 0 when that cannot be seen.
func entries(r io.ReaderAt, size int64) (int, error) {
	tail := make([]byte, min(size, 22+1<<16))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	at := strings.LastIndex(string(tail), "PK\x05\x06")
	if at < 0 || at+22 > len(tail) {
		return 0, nil
	}
	n := int(binary.LittleEndian.Uint16(tail[at+10:]))
	if n == 0xFFFF {
		n = maxEntries + 1 // of so many only the larger directory tells the number
	}
	return n, nil
}

// partName brings names to one form: some writers use the separator of Windows,
// and names of parts differ in nothing but case never.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (p *pack) has(part string) bool { return p.parts[part] != nil }

// open unpacks a part that may have so many bytes. What the archive says of
// its size is believed here, for the reader of archive/zip fails when more comes.
func (p *pack) open(part string, limit uint64) (io.ReadCloser, error) {
	f := p.parts[part]
	switch {
	case f == nil:
		return nil, refuse(Damaged)
	case f.Flags&1 != 0:
		return nil, refuse(LockedOrOld)
	case f.UncompressedSize64 > limit,
		f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64:
		return nil, refuse(TooHeavy)
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return r, nil
}

// relation leads from one part to another.
type relation struct{ id, kind, part string }

// is compares the last word of the kind: the strict form of the standard has
// other addresses before it.
func (l relation) is(kind string) bool { return l.kind[strings.LastIndexByte(l.kind, '/')+1:] == kind }

// relations are the links of a part, of the archive itself for "". Those that
// lead out of the file are left out.
func (p *pack) relations(of string) ([]relation, error) {
	dir, name := path.Split(of)
	part := dir + "_rels/" + name + ".rels"
	if !p.has(part) {
		return nil, nil
	}
	var out []relation
	err := p.each(part, func(e element) error {
		if e.name != "Relationship" || e.depth != 2 || strings.EqualFold(e.attr("TargetMode"), "External") {
			return nil
		}
		target := strings.ReplaceAll(e.attr("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = "/" + dir + target
		}
		out = append(out, relation{e.attr("Id"), e.attr("Type"), partName(target)})
		if len(out) > maxEntries {
			return refuse(TooHeavy)
		}
		return nil
	})
	return out, err
}

// each visits the elements of a small part as they begin.
func (p *pack) each(part string, visit func(element) error) error {
	r, err := p.open(part, maxPart)
	if err != nil {
		return err
	}
	defer r.Close()
	m := newMarkup(r)
	for {
		e, err := m.element()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && !e.end {
			err = visit(e)
		}
		if err != nil {
			return err
		}
	}
}
