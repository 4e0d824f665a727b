package demodata

// origin is where a customer comes from, which decides name, telephone, document
// and language.
type origin uint8

const (
	originHan origin = iota
	originMinority
	originHongKong
	originMacao
	originTaiwan
	originJapan
	originKorea
	originVietnam
	originArabia
	originWest
	originFirm
)

// originShares are in a thousand.
var originShares = [...]struct {
	of    origin
	share int
}{
	{originFirm, 30}, {originMinority, 25}, {originHongKong, 18}, {originMacao, 3}, {originTaiwan, 16}, {originJapan, 22},
	{originKorea, 14}, {originVietnam, 6}, {originArabia, 6}, {originWest, 28}, {originHan, 1000},
}

func (g *Generator) originOf(i int) origin {
	r := g.random(streamOrigin, i)
	n := r.n(1000)
	for _, o := range originShares {
		if n < o.share {
			return o.of
		}
		n -= o.share
	}
	return originHan
}

// homeOf returns the number of the customer with whom i lives: the one before, for
// one Han in fourteen, else itself. They share address and telephone.
func (g *Generator) homeOf(i int) int {
	if i-1 < len(g.fixed) || g.originOf(i) != originHan || g.originOf(i-1) != originHan || !g.joins(i) || g.joins(i-1) {
		return i
	}
	return i - 1
}

func (g *Generator) joins(i int) bool {
	r := g.random(streamHome, -i)
	return r.n(14) == 0
}
