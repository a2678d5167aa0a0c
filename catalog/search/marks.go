package search

import (
	"strings"

	"waymark/catalog"
)

// Marks are the reasons to stand lower that an asset carries itself.
type Marks uint16

// The marks.
const (
	Deprecated Marks = 1 << iota
	Failing
	Temporary
	Elsewhere
	Raw
	Missing
	Troubled
	NotCrawled
)

// penalties say what each mark costs, and by which words a query waives it: who
// asks for the backup gets the backup.
var penalties = []struct {
	mark   Marks
	name   string
	factor float64
	asked  []string
}{
	{Deprecated, "deprecated", 0.25, []string{"deprecated", "old"}},
	{Failing, "failing check", 0.6, []string{"failing"}},
	{Troubled, "open incident", 0.6, []string{"incident"}},
	{Temporary, "temporary or private copy", 0.5, temporaryWords},
	{Elsewhere, "not production", 0.5, []string{"dev", "test", "staging", "qa", "uat", "sandbox"}},
	{Raw, "raw layer", 0.7, rawWords},
	{Missing, "missing from its source", 0.6, nil},
	{NotCrawled, "not crawled", 0.5, nil}, // and behind everything that was: Standing
}

// superseded is the penalty of orders_v1 beside orders_v2, which only a page knows.
const superseded = 0.5

// least is what all penalties together leave of a score.
const least = 0.1

var (
	temporaryWords = []string{"tmp", "temp", "scratch", "sandbox", "dev", "bak", "backup", "adhoc", "archive", "archived", "old", "copy", "deleteme", "wip"}
	rawWords       = []string{"raw", "landing", "bronze", "ingest"}

	temporaryZones = wordSet("tmp temp scratch sandbox dev development bak backup backups adhoc archive archived old wip")
	temporaryHeads = wordSet("tmp temp scratch dev bak backup adhoc wip zz")
	temporaryTails = wordSet("tmp temp bak backup old copy wip deleteme scratch archive archived dev")
	rawZones       = wordSet("raw landing bronze ingest")
)

// marksOf reads the marks of an asset from its facts, its name and its path.
func marksOf(a *catalog.Asset, name, path string) Marks {
	var m Marks
	set := func(mark Marks, is bool) {
		if is {
			m |= mark
		}
	}
	set(Deprecated, a.Deprecation != nil)
	set(Failing, a.Checks != nil && a.Checks.Failing)
	set(Troubled, a.Checks != nil && a.Checks.Trouble)
	set(Missing, a.Status != nil && !a.Status.Missing.IsZero())
	set(NotCrawled, a.Status != nil && a.Status.Stub)
	env := a.URN.Env()
	set(Elsewhere, env != "" && env != "PROD")
	switch a.Type {
	case catalog.Dataset, catalog.Topic, catalog.Model:
		set(Temporary, temporary(strings.Fields(name), strings.Fields(path)))
		set(Raw, raw(strings.Fields(name), strings.Fields(path)))
	}
	return m
}

func temporary(name, path []string) bool {
	if anyOf(path, temporaryZones) {
		return true
	}
	for len(name) > 2 && isNumber(name[len(name)-1]) { // orders_bak_20240101
		name = name[:len(name)-1]
	}
	n := len(name)
	return n > 1 && (temporaryHeads[name[0]] || temporaryTails[name[n-1]]) || adjacent(path, "ad", "hoc")
}

func raw(name, path []string) bool {
	return anyOf(path, rawZones) || len(name) > 1 && rawZones[name[0]]
}

func anyOf(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

func adjacent(words []string, first, second string) bool {
	for i := range words {
		if words[i] == first && i+1 < len(words) && words[i+1] == second {
			return true
		}
	}
	return false
}

func isNumber(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != ""
}

// version returns the stem and number of a name such as orders v2 v 2.
func version(name string) (stem string, number int, ok bool) {
	at := strings.LastIndex(name, " v ")
	if at < 0 {
		return "", 0, false
	}
	digits := name[at+len(" v "):]
	stem, found := strings.CutSuffix(name[:at], " v"+digits)
	if !found || !isNumber(digits) || len(digits) > 3 {
		return "", 0, false
	}
	for _, c := range digits {
		number = number*10 + int(c-'0')
	}
	return stem, number, true
}

// allMarks asks for everything: a full path is meant as it stands.
var allMarks = func() map[string]bool {
	all := map[string]bool{}
	for _, p := range penalties {
		for _, w := range p.asked {
			all[w] = true
		}
	}
	return all
}()
