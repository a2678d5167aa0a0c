//go:build race

package sqllineage

const raceEnabled = true
