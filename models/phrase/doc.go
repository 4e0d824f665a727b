// Package phrase reads what a guest said in one field, as a clerk in a hurry
// typed it, Chinese or English or both: which service area it belongs to,
// whether it is something to do or never to do, what staff are to see of it,
// and whether the guest's own words must be sealed. It is pure: it knows no
// database and no page, and imports none of ours.
//
// What it knows of words lies in lexicon/*.txt, which says itself how it is
// written; the code only weighs. A phrase is folded (one width, one case,
// simplified characters, usual typing errors mended), cut into known words,
// and these into clauses. Each clause says yes or no (polarity.go), the words
// vote for areas (area.go), and whatever states an allergy or a medical danger
// is allergy_safety whatever else it names (health.go): a false alarm there
// costs a question, a miss may cost a life.
package phrase
