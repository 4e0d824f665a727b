//go:build soak

package soak

import (
	"context"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// crash is one run of the crash loop.
type crash struct {
	*house
	t      *testing.T
	dice   *rand.Rand
	clerks []*clerk
	lists  []string // files whose import has begun
	rows   int
	done   int // how many of them are finished
	told   int // rows the importer said were done
	record record
}

func TestSoakKilledAtRandomMoments(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := &crash{house: h, t: t, dice: dice(t), rows: number(t, "SHUKE_SOAK_ROWS", 20_000)}
		h.serve()
		for n := range 4 {
			c.clerks = append(c.clerks, hireClerk(h, n+1))
		}
		rounds := number(t, "SHUKE_SOAK_ROUNDS", 100)
		began := time.Now()
		for n := range rounds {
			c.round(n + 1)
		}
		c.end()
		answered := 0
		for _, k := range c.clerks {
			answered += k.counter
		}
		t.Logf("%d rounds in %v: %d forms, %d events, %d lists", rounds, time.Since(began).Round(time.Second), answered, c.record.seq, len(c.lists))
	})
}

// round lets everybody work, kills at random moments, starts again and looks.
func (c *crash) round(n int) {
	c.t.Helper()
	from := c.newest()
	victims := c.dice.IntN(4) // 0: only the importer, else the server too
	atServer, atImporter := c.moment(), c.moment()
	database := c.maria != nil && n%5 == 0
	atDatabase := c.moment()
	ctx, stop := context.WithCancel(context.Background())
	importer := c.startImport()
	var working sync.WaitGroup
	for _, k := range c.clerks {
		working.Add(1)
		seed := c.dice.Uint64()
		go func() {
			defer working.Done()
			k.work(ctx, rand.New(rand.NewPCG(seed, 1)))
		}()
	}
	var blows sync.WaitGroup
	strike := func(after time.Duration, p *process) {
		blows.Add(1)
		go func() {
			defer blows.Done()
			select {
			case <-p.ended:
			case <-time.After(after):
				p.kill()
			}
		}()
	}
	if c.dice.IntN(2) == 0 { // in the midst of a chunk, not while it starts
		blows.Add(1)
		go func() {
			defer blows.Done()
			eventually(8*time.Second, func() bool { return !importer.running() || strings.Contains(importer.out.String(), " / ") })
			pass(ctx, atImporter/4)
			importer.kill()
		}()
	} else {
		strike(atImporter, importer)
	}
	if victims > 0 {
		strike(atServer, c.server)
	}
	if database {
		strike(atDatabase, c.maria.server)
	}
	blows.Wait()
	stop()
	working.Wait()
	c.t.Logf("round %d: importer %v, server %v (%t), database %v (%t)", n, atImporter, atServer, victims > 0, atDatabase, database)
	c.imported(importer, database)
	if database {
		c.maria.start(c.t)
	}
	if !c.server.running() {
		c.serve()
	}
	c.look(from)
}

func (c *crash) moment() time.Duration { return time.Duration(30+c.dice.IntN(2500)) * time.Millisecond }

func (c *crash) newest() int64 {
	d := c.open()
	defer d.close()
	return d.count(c.t, "SELECT COALESCE(MAX(id), 0) + 1 FROM customers")
}

// startImport goes on with the list that is not finished, or begins another.
func (c *crash) startImport() *process {
	if c.done == len(c.lists) {
		c.lists = append(c.lists, list(c.t, len(c.lists)+1, c.rows))
	}
	return start(c.t, "", c.env(), binary, taking(c.lists[c.done])...)
}

var progress = regexp.MustCompile(`(\d+) / \d+`)

// imported takes note of how far the importer said it was, and whether it came
// to its end by itself.
func (c *crash) imported(p *process, database bool) {
	c.t.Helper()
	c.told = 0
	if said := progress.FindAllStringSubmatch(p.out.String(), -1); len(said) > 0 {
		c.told, _ = strconv.Atoi(said[len(said)-1][1]) // digits they are
	}
	switch code := p.cmd.ProcessState.ExitCode(); {
	case code == 0:
		c.done++
	case code > 0 && !database:
		c.t.Fatalf("the importer failed: %s", p.out.tail())
	}
}

// work adds and edits until the clerk is told to stop or is not answered.
func (k *clerk) work(ctx context.Context, dice *rand.Rand) {
	for ctx.Err() == nil && k.pending == nil {
		l := k.newGuest
		if len(k.guests) > 0 && dice.IntN(3) > 0 {
			g := k.guests[dice.IntN(len(k.guests))]
			l = func() *letter { return k.change(g) }
		}
		k.send(l()) // what comes back stands in pending
	}
}

// look sends again what was not answered, and checks what was.
func (c *crash) look(from int64) {
	c.t.Helper()
	d := c.open()
	defer d.close()
	for _, k := range c.clerks {
		if l := k.pending; l != nil {
			if status, err := k.send(l); err != nil || k.pending != nil {
				c.t.Fatalf("%s, sent again after the crash: %d, %v", l.path, status, err)
			}
			effects(c.t, d, l.body.Get("hobby.0"))
		}
		var touched []*guest
		for g := range k.touched {
			touched = append(touched, g)
		}
		known(c.t, d, touched)
		shown(c.t, k, touched[:min(3, len(touched))])
		clear(k.touched)
	}
	sound(c.t, c.house, d, &c.record, from)
	if len(c.lists) > 0 {
		if done := d.count(c.t, "SELECT COALESCE(SUM(rows_done), 0) FROM imports WHERE id = (SELECT MAX(id) FROM imports)"); done < int64(c.told) {
			c.t.Fatalf("the importer said that %d rows are done, %d are", c.told, done)
		}
		c.t.Logf("  sound: %d rows of %d lists, %d customers, %d events", d.count(c.t, "SELECT COALESCE(SUM(rows_done), 0) FROM imports"), len(c.lists),
			d.count(c.t, "SELECT COUNT(*) FROM customers"), c.record.seq)
	}
}

// end lets the last list be imported to its end, compares all of them with a
// run that nobody cut, and looks at everything once more.
func (c *crash) end() {
	c.t.Helper()
	for _, path := range c.lists[c.done:] {
		c.command(taking(path)...)
	}
	for _, path := range c.lists {
		if said := c.command(taking(path)...); !strings.Contains(said, "imported before") {
			c.t.Errorf("a list that is finished was not known: %s", said)
		}
	}
	c.stop()
	d := c.open()
	defer d.close()
	sound(c.t, c.house, d, &record{}, 1)
	guests := int64(0)
	for _, k := range c.clerks {
		known(c.t, d, k.guests)
		guests += int64(len(k.guests))
	}
	if n := d.count(c.t, "SELECT COUNT(*) FROM customers WHERE created_by > 0"); n != guests {
		c.t.Errorf("%d customers of clerks are there, %d were added", n, guests)
	}
	uncut := c.another()
	for _, path := range c.lists {
		uncut.command(taking(path)...)
	}
	whole := uncut.open()
	defer whole.close()
	same(c.t, imported(c.t, whole), imported(c.t, d))
}
