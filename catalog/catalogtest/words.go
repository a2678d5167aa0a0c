package catalogtest

import (
	"math/rand/v2"
	"strings"
)

const vocabularySize = 8000

var (
	common    = strings.Fields("order customer account payment user event session product category invoice shipment amount date number status country region campaign email phone address refund tax price quantity currency daily monthly summary revenue")
	syllables = strings.Fields("ba ce do er fi go ha in jo ka li mo nu or pe qu ra so ti ul va we xi yo za stra pli cron dex mar ten vol gri")
)

// vocabulary makes words that can be said, the common ones of warehouses first.
func vocabulary(r *rand.Rand) []string {
	words := append(make([]string, 0, vocabularySize), common...)
	seen := map[string]bool{}
	for _, w := range words {
		seen[w] = true
	}
	for len(words) < vocabularySize {
		var w strings.Builder
		for range 2 + r.IntN(3) {
			w.WriteString(syllables[r.IntN(len(syllables))])
		}
		if !seen[w.String()] {
			seen[w.String()] = true
			words = append(words, w.String())
		}
	}
	return words
}
