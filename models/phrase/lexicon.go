package phrase

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed lexicon/*.txt lexicon/areas/*.txt
var files embed.FS

// word is one entry with all that any file says of it.
type word struct {
	text    string
	votes   []vote
	is      mark
	classes uint32
	things  []*thing     // allergens it names
	ills    []*condition // dangers it names
	tags    []string
	free    []string // tags it is free of
	heir    bool     // its things are those of the words within it
	ends    []*word  // the words it ends with: a main road is a road
}

// lettered is a word as a list writes it, with the list's area.
type lettered struct {
	text string
	area int
}

// vote is what a word says of the area.
type vote struct{ area, weight int }

// node is one token of the tree of words.
type node struct {
	next map[string]*node
	word *word
}

// lexicon is everything read from the files; it does not change once read.
type lexicon struct {
	root     node
	simple   map[rune]rune
	typos    map[rune][]typo
	classes  map[string]uint32
	patterns map[*word][]*pattern // by the word they begin with
	loose    []*pattern           // those that begin with a class
	near     map[string]string    // English words with one letter left out
	english  map[string]bool      // English words, which are not mended
	instead  map[string][2]string // what staff see of health, creed, family alone
	talk     map[string][2]string // the same where nobody is to speak of it
	medicine [2]string            // what stands for the name of a medicine
	habits   map[piece]habit      // of what the examples speak
	taught   []lettered           // words of the lists on their way to habits
}

var load = sync.OnceValue(func() *lexicon {
	l, err := readLexicon(files)
	if err != nil {
		panic("phrase: " + err.Error())
	}
	return l
})

func readLexicon(from fs.FS) (*lexicon, error) {
	l := &lexicon{
		simple: map[rune]rune{}, typos: map[rune][]typo{}, classes: map[string]uint32{},
		patterns: map[*word][]*pattern{}, near: map[string]string{}, english: map[string]bool{}, habits: map[piece]habit{},
		instead: map[string][2]string{}, talk: map[string][2]string{},
	}
	var examples []example
	readers := []reader{
		{"simplified", l.readSimple}, {"typos", l.readTypo}, {"english", l.readEnglish}, {"classes", keyed(l.readClass)},
		{"polarity", keyed(l.readMark)}, {"manner", keyed(l.readMark)}, {"sealed", keyed(l.readSealed)}, {"danger", keyed(l.readDanger)},
		{"allergens", l.readThing}, {"tags", keyed(l.readTag)},
	}
	for i, a := range areas {
		readers = append(readers, reader{"areas/" + string(a), keyed(func(key, rest string) error { return l.readVotes(i, key, rest) })})
	}
	readers = append(readers, reader{"examples", func(line string) error {
		e, err := readExample(line)
		examples = append(examples, e)
		return err
	}})
	for _, r := range readers {
		if err := eachLine(from, "lexicon/"+r.file+".txt", r.line); err != nil {
			return nil, err
		}
	}
	l.inherit()
	l.learnErrors()
	l.learn(examples)
	return l, nil
}

// reader is a file with what reads its lines.
type reader struct {
	file string
	line func(string) error
}
