// Package exchange reads and writes the catalog as JSON Lines, one asset a line:
// the format of imports and exports. It turns lines into assets and back and
// decides nothing about them.
package exchange
