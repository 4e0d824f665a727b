//go:build soak

package soak

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"shuke/models/vault"
)

// imported is everything that imports made, apart from ids and times: how often
// each customer with all facts is there, and how many rows came to what.
func imported(t *testing.T, d *domain) map[string]int {
	t.Helper()
	out := map[string]int{}
	outcomes, err := d.main.Pool().Query("SELECT import_id, outcome, problems, COUNT(*) FROM import_rows GROUP BY import_id, outcome, problems ORDER BY import_id")
	must(t, err)
	defer outcomes.Close()
	for outcomes.Next() {
		var id int64
		var outcome, problems string
		var n int
		must(t, outcomes.Scan(&id, &outcome, &problems, &n))
		out["rows "+outcome+" "+problems] += n
	}
	must(t, outcomes.Err())
	identities(t, d, out)
	return out
}

const identitySQL = `SELECT id, name, reading, phones, emails, city, employer, version, facts FROM customers WHERE created_by = 0 AND id > ? ORDER BY id LIMIT 500`

const factsSQL = `SELECT customer_id, n, state, field, item, none, value, sealed, band, channel, trust, source, ended_by FROM facts
 WHERE customer_id > ? AND customer_id <= ? ORDER BY customer_id, n`

// identities adds each imported customer, by a hash, to the map.
func identities(t *testing.T, d *domain, out map[string]int) {
	t.Helper()
	for last := int64(0); ; {
		rows, err := d.main.Pool().Query(identitySQL, last)
		must(t, err)
		texts, order, first := map[int64]*strings.Builder{}, []int64{}, last
		for rows.Next() {
			var id, version, facts int64
			var name, reading, phones, emails, city, employer string
			must(t, rows.Scan(&id, &name, &reading, &phones, &emails, &city, &employer, &version, &facts))
			texts[id] = &strings.Builder{}
			fmt.Fprintf(texts[id], "%q %q %q %q %q %q v%d f%d\n", name, reading, phones, emails, city, employer, version, facts)
			order, last = append(order, id), id
		}
		must(t, rows.Err())
		rows.Close()
		if len(order) == 0 {
			return
		}
		factTexts(t, d, texts, order, first, last)
		for _, id := range order {
			text := texts[id].String()
			front, _, _ := strings.Cut(text, "\n")
			out[fmt.Sprintf("%s %x", front, sha256.Sum256([]byte(text)))]++
		}
	}
}

// factTexts writes the facts of customers, opened, to their texts.
func factTexts(t *testing.T, d *domain, texts map[int64]*strings.Builder, order []int64, after, last int64) {
	t.Helper()
	owners := make([]string, len(order))
	for i, id := range order {
		owners[i] = vault.Customer(id)
	}
	keys, err := d.vault.Keys(context.Background(), owners...)
	must(t, err)
	rows, err := d.main.Pool().Query(factsSQL, after, last)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var id, n, state, trust, by int64
		var item int
		var none bool
		var field, band, channel, source string
		var value sql.NullString
		var sealed []byte
		must(t, rows.Scan(&id, &n, &state, &field, &item, &none, &value, &sealed, &band, &channel, &trust, &source, &by))
		w, ours := texts[id]
		if !ours {
			continue
		}
		if sealed != nil {
			value.String, err = keys[vault.Customer(id)].Open(sealed, sealedAt(id, n, field, item))
			must(t, err)
		}
		fmt.Fprintf(w, "%d %d %s %d %t %q %s %s %d %s %d\n", n, state, field, item, none, value.String, band, channel, trust, source, by)
	}
	must(t, rows.Err())
}

// same wants two imports to have come to the same.
func same(t *testing.T, uncut, cut map[string]int) {
	t.Helper()
	var wrong said
	for what, n := range uncut {
		if cut[what] != n {
			wrong.add("%d times instead of %d: %s", cut[what], n, what)
		}
	}
	for what, n := range cut {
		if uncut[what] == 0 {
			wrong.add("%d times too much: %s", n, what)
		}
	}
	wrong.fail(t, "the import that was cut differs from the one that was not")
}
