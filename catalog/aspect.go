package catalog

import "strings"

// Seq numbers changes, from 1 on, without gaps and in the order of commit.
type Seq uint64

// Aspect is one part of an asset that one author says at once.
type Aspect uint8

// The aspects. Their numbers are stored: add at the end, never renumber.
const (
	AspectProfile Aspect = iota + 1
	AspectSchema
	AspectDefinition
	AspectStats
	AspectOwners
	AspectLabels
	AspectCertification
	AspectDeprecation
	AspectFlow
	AspectTerm
	AspectPerson
	AspectRecipe
	AspectStatement
	AspectUsage
	AspectConsumers
	AspectPrivacy
	AspectDecisions
	AspectChecks
	AspectNotes
	AspectStatus
	AspectPromise
	AspectIncident
	AspectRefuted
	aspects = int(AspectRefuted) + 1
)

var aspectNames = [aspects]string{
	"", "profile", "schema", "definition", "stats", "owners", "labels", "certification", "deprecation", "flow",
	"term", "person", "recipe", "statement", "usage", "consumers", "privacy", "decisions", "checks", "notes", "status",
	"promise", "incident", "refuted",
}

func (a Aspect) String() string {
	if int(a) < aspects {
		return aspectNames[a]
	}
	return ""
}

// Author is who says a fact. People speak with one voice: the last edit counts,
// and the history says whose it was.
type Author string

// The authors that are not sources.
const (
	People  Author = "people"
	Import  Author = "import"
	Lineage Author = "lineage"
	Usage   Author = "usage"
	PII     Author = "pii"
	Watch   Author = "watch"
)

const sourcePrefix = "source:"

// BySource is the author of everything that the crawl of a recipe says.
func BySource(recipe string) Author { return Author(sourcePrefix + recipe) }

// SourceName returns the recipe's name, and whether a is a crawled source.
func (a Author) SourceName() (string, bool) { return strings.CutPrefix(string(a), sourcePrefix) }

// vouches reports whether an author that says an aspect of an asset says that it is
// there: a crawl always, an import by describing it. Words about what others found are
// no such thing.
func (a Author) vouches(x Aspect) bool {
	switch a.rank() {
	case 2:
		return true
	case 1:
		return x == AspectSchema || x == AspectDefinition || x == AspectFlow || x == AspectStats
	}
	return false
}

// rank orders authors: the lower wins where only one may speak.
func (a Author) rank() int {
	switch {
	case a == People:
		return 0
	case a == Import:
		return 1
	case strings.HasPrefix(string(a), sourcePrefix):
		return 2
	}
	return 3
}
