// Package soak holds the long tests of the whole program as it is run: killed at
// random moments, on a full disk, under many writers, with its files searched
// for what must not be in them. They are behind the build tag soak; see
// tools/soak.sh. The package has no code of its own and nobody imports it.
package soak
