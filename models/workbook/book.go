package workbook

// readWorkbook reads the part of the workbook: its sheets and how it counts days.
func (b *Book) readWorkbook(part string, links []relation) error {
	targets := map[string]relation{}
	for _, l := range links {
		targets[l.id] = l
	}
	root := ""
	err := b.pack.each(part, func(e element) error {
		switch {
		case e.depth == 1:
			root = e.name
		case e.depth == 2 && e.name == "workbookPr":
			b.Date1904 = e.truth("date1904")
		case e.depth == 3 && e.name == "sheet":
			state := e.attr("state")
			to := targets[e.link()]
			b.Sheets = append(b.Sheets, Sheet{Name: e.attr("name"), Hidden: state != "" && state != "visible",
				Cells: to.is("worksheet") && b.pack.has(to.part), part: to.part})
			if len(b.Sheets) > maxSheets {
				return refuse(TooHeavy)
			}
		}
		return nil
	})
	if err == nil && root != "workbook" {
		return refuse(NotWorkbook) // a text or a presentation has the same wrapping
	}
	return err
}

// Choose returns the place in Sheets of the one to read: that of the name, else
// the first that can be seen and holds anything.
func (b *Book) Choose(name string) (int, error) {
	for i, s := range b.Sheets {
		switch {
		case !s.Cells, name == "" && s.Hidden, name != "" && s.Name != name:
			continue
		case name != "":
			return i, nil
		}
		holds, err := b.holds(i)
		if err != nil || holds {
			return i, err
		}
	}
	if name != "" {
		return 0, refuse(NoSuchSheet)
	}
	return 0, refuse(Empty)
}

// holds reports whether a sheet has a cell with anything in it.
func (b *Book) holds(sheet int) (bool, error) {
	rows, err := b.open(sheet)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for {
		row, err := rows.next()
		if ended(err) {
			return false, nil
		}
		if err != nil || len(row.Cells) > 0 {
			return true, err
		}
	}
}
