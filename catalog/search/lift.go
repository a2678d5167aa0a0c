package search

import "waymark/catalog/urn"

// neighbourShare is how much of what its schema knows counts for a table: a question
// is answered by tables that join, so the table beside the others is meant rather
// than one that stands alone with the same word. It is small on purpose; between
// 0.1 and 0.6 the public sets hardly differ.
const neighbourShare = 0.2

// lift adds to each candidate of a question a share of the words that the
// candidates of its schema hold together.
func (f *finder) lift() {
	f.lendTerms()
	together := map[string][]float64{}
	for i := range f.list {
		c := &f.list[i]
		if c.stage == Identity {
			continue
		}
		place := parentOf(c.doc)
		best := together[place]
		if best == nil {
			best = make([]float64, len(f.words))
			together[place] = best
		}
		x := f.scorer.look(c.doc)
		for j := range f.words {
			score, _ := f.scorer.word(j, x)
			best[j] = max(best[j], score)
		}
	}
	for i := range f.list {
		c := &f.list[i]
		if c.stage == Identity || c.text == 0 {
			continue
		}
		more := c.text
		for _, score := range together[parentOf(c.doc)] {
			more += neighbourShare * score
		}
		c.score *= more / c.text
		c.text = more
	}
}

// termShare is how much of what the glossary says of a term counts for the assets
// that are its answer.
const termShare = 0.9

// lendTerms lets a question that meets the definition of a term find its asset:
// "which students will not come back" means what churn risk is measured in.
func (f *finder) lendTerms() {
	best := map[urn.URN]float64{}
	for _, t := range f.glossary.terms {
		for i := range f.list {
			if f.list[i].doc.URN == t.urn {
				for _, u := range t.canonical {
					best[u] = max(best[u], termShare*f.list[i].text)
				}
			}
		}
	}
	for i := range f.list {
		c := &f.list[i]
		if text := best[c.doc.URN]; c.stage != Identity && text > c.text && c.text > 0 {
			c.score *= text / c.text
			c.text = text
		}
	}
}
