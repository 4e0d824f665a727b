package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"

	"shuke/models/db"
)

// sample is what one customer offers for a look-up.
type sample struct{ publicID, name, reading, phones string }

// samples draws customers from all over the base, the same at each run.
func samples(ctx context.Context, d *db.DB, n int) ([]sample, error) {
	var last int64
	if err := d.Read(ctx).Raw("SELECT MAX(id) FROM customers").Row().Scan(&last); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(7, 7))
	var out []sample
	for len(out) < n {
		var s sample
		err := d.Read(ctx).Raw("SELECT public_id, name, reading, phones FROM customers WHERE id >= ? AND kind = 1 AND phones <> '' ORDER BY id LIMIT 1", 1+r.Int64N(last)).
			Row().Scan(&s.publicID, &s.name, &s.reading, &s.phones)
		if db.NoRow(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// lookUps is the mixed set: tail digits, pinyin, parts of Chinese names, Latin
// words, two terms, and the worst there are.
func lookUps(people []sample) []request {
	var queries []string
	for i, p := range people {
		first, _, _ := strings.Cut(p.phones, "\n")
		tail := first[max(0, len(first)-4):]
		name := []rune(p.name)
		words := strings.Fields(fold(p.reading))
		switch {
		case i%5 == 0:
			queries = append(queries, tail)
		case i%5 == 1 && len(words) > 0:
			queries = append(queries, strings.Join(words, ""))
		case i%5 == 2 && len(name) > 2:
			queries = append(queries, string(name[1:]))
		case i%5 == 3 && len(words) > 0:
			queries = append(queries, words[0]+" "+tail)
		default:
			queries = append(queries, string(name[:min(2, len(name))])+" "+tail[2:])
		}
	}
	queries = append(queries, "smith", "satou", "nguyen", "kim", "o'neil", "wang", "zhang 88", "li", "wang li", "zmy 1234")
	out := make([]request, len(queries))
	for i, q := range queries {
		out[i] = request{http.MethodPost, "/look-up", url.Values{"q": {q}}}
	}
	return out
}

// worst are the words half the base answers to.
func worst() []request {
	var out []request
	for _, q := range []string{"wang", "zhang 88"} {
		out = append(out, request{http.MethodPost, "/look-up", url.Values{"q": {q}}})
	}
	return out
}

func cards(people []sample) []request {
	out := make([]request, len(people))
	for i, p := range people {
		out[i] = request{http.MethodGet, "/customers/" + p.publicID, nil}
	}
	return out
}

// fold takes the tones off a reading.
func fold(reading string) string {
	tones := strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ī", "i", "í", "i", "ǐ", "i", "ì", "i",
		"ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "Ā", "a", "Á", "a", "À", "a", "Ō", "o", "Ó", "o", "È", "e", "É", "e", "'", "")
	return strings.ToLower(tones.Replace(reading))
}

var errNoDesk = fmt.Errorf("the desk page names no style or script")
