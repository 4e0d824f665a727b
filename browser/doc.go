// Package browser holds the tests that need a real browser: a chromium walks
// through the whole program as a clerk, an administrator or an owner does, on
// both databases, and every page is read by axe-core. It has no code.
//
// SHUKE_TEST_SHOTS=FOLDER keeps a picture of every page there.
package browser
