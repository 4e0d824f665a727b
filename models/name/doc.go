// Package name knows how names of customers are folded, read, turned into
// look-up keys, and matched with what a clerk typed. It is pure: it knows no
// database, no customer and no language of the page, and imports none of ours.
//
// One generator makes the keys and explains them, so that whatever is found
// can be marked, and nothing is found without an explanation.
package name
