package crawler

import (
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// cleaner makes what a source emits fit to be stored, and reports what it replaced.
type cleaner struct {
	report  *Report
	renamed map[urn.URN]bool // assets whose name was changed
}

// clean cleans an asset. It reports false, with a problem, for one whose name became
// that of another asset of the scope.
func (c *cleaner) clean(a *catalog.Asset, seen map[urn.URN]struct{}) bool {
	raw := a.URN
	replaced := catalog.Clean(a)
	_, taken := seen[a.URN]
	if taken && (a.URN != raw || c.renamed[a.URN]) {
		c.report.Failed++
		c.report.add(Problem{Class: Decode, Phase: Describe, Scope: a.URN.Name(),
			Text: "two objects have this name once bytes that are no text are replaced; one was left out", Fix: "rename one of them"})
		return false
	}
	if a.URN != raw {
		if c.renamed == nil {
			c.renamed = map[urn.URN]bool{}
		}
		c.renamed[a.URN] = true
	}
	if len(replaced) > 0 {
		c.report.add(Problem{Class: Decode, Phase: Describe, Scope: a.URN.Name(),
			Text: "bytes that are no UTF-8 text, or control characters, were replaced in " + strings.Join(replaced, ", "), Fix: "correct them in the source"})
	}
	return true
}
