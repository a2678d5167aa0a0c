//go:build !race

package sqllineage

const raceEnabled = false
