package imports

import (
	"context"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"shuke/models/document"
)

// single refuses a row that is the double of an earlier one of the file: the
// same name with the same telephone, address of email or number.
func (d *decider) single(ctx context.Context, r *checked) (bool, error) {
	marks, err := d.evidence(r)
	if err != nil {
		return false, err
	}
	for _, m := range marks {
		twice := d.marks[m.text]
		if !twice && d.seen.perhaps(m.text) {
			if twice, err = d.earlier(ctx, m); err != nil {
				return false, err
			}
		}
		if twice {
			r.refuse(Problem{Reason: DuplicateInFile})
			return false, nil
		}
	}
	for _, m := range marks {
		d.marks[m.text] = true
		d.seen.add(m.text)
	}
	return true, nil
}

// mark is a name with a value that together are one customer's.
type mark struct{ name, field, value, text string }

func (d *decider) evidence(r *checked) ([]mark, error) {
	name := sameName(r.said.Name())
	kinds := r.said.All("document_kind")
	var out []mark
	for _, field := range []string{"phone", "email", "member_no", "document_no", "licence_no"} {
		for i, value := range r.said.All(field) {
			if field == "document_no" && (i >= len(kinds) || kinds[i] == string(document.Other)) {
				continue // a number of elsewhere may repeat
			}
			k, err := d.customers.SameKey(field, value)
			if err != nil {
				return nil, err
			}
			out = append(out, mark{name, field, value, strconv.Itoa(len(name)) + name + field + " " + k})
		}
	}
	return out, nil
}

// sameName is a name as two spellings of it compare.
func sameName(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(width.Fold.String(name)), ""))
}

// mostHolders bounds how many customers with one telephone are looked through
// for a row's double.
const mostHolders = 200

// earlier asks whether a row of this import that is written already bears the
// mark.
func (d *decider) earlier(ctx context.Context, m mark) (bool, error) {
	if here := d.side.has("mark " + m.text); here || d.importID == 0 {
		return here, nil
	}
	holders, err := d.customers.Holders(ctx, m.field, m.value, mostHolders)
	if err != nil {
		return false, err
	}
	for _, h := range holders {
		if sameName(h.Name) != m.name {
			continue
		}
		var rows []int64
		err := d.db.Read(ctx).Raw("SELECT n FROM import_rows WHERE customer_id = ? AND import_id = ? LIMIT 1", h.ID, d.importID).Scan(&rows).Error
		if err != nil || len(rows) > 0 {
			return len(rows) > 0, err
		}
	}
	return false, nil
}
