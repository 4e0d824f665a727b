package workbook

import "strconv"

// readStyles reads which number format each style of cells has.
func (b *Book) readStyles(part string) error {
	if !b.pack.has(part) {
		return nil
	}
	codes, known := map[int]string{}, map[int]format{}
	within := "" // cellXfs among the other lists of xf
	return b.pack.each(part, func(e element) error {
		if e.depth == 2 {
			within = e.name
		}
		id, err := strconv.Atoi(e.attr("numFmtId"))
		switch {
		case err != nil && e.name != "xf":
		case within == "numFmts" && e.name == "numFmt" && e.depth == 3:
			codes[id] = e.attr("formatCode")
		case within == "cellXfs" && e.name == "xf" && e.depth == 3:
			f, done := known[id]
			if !done {
				f = formatOf(id, codes)
				known[id] = f
			}
			b.formats = append(b.formats, f)
		}
		if len(b.formats) > maxStyles || len(codes) > maxStyles {
			return refuse(TooHeavy)
		}
		return nil
	})
}

// format is how the number of a cell with the style is meant.
func (b *Book) format(style string) format {
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(b.formats) {
		return b.formats[i]
	}
	return format{}
}
