// Package hammer tries the whole program: real sources, real stores and the parts
// between them as the binary joins them, told as tests. It is no part of the
// product, and nothing imports it.
package hammer
