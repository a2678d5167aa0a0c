package gdpr

import (
	"slices"
	"strings"
)

// roles are words in the name of a column that say that it names somebody in a role
// towards the row: the row is not that person.
var roles = union(others, counterparts, set("contact billing bill shipping ship delivery deliver owner support company office department team reply emergency alternate backup"))

// counterparts are roles of people who share a row as equals, as in a transfer.
var counterparts = set("to recipient receiver payee payer beneficiary partner friend sender from bcc cc")

func union(sets ...map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, s := range sets {
		for w := range s {
			out[w] = true
		}
	}
	return out
}

// infer finds tables whose rows are people by what they hold, whatever they are
// called: a row with a key, which others refer to, with an identity of its own and
// what describes a person. Rows that belong to a person themselves are records.
func (e *estate) infer() {
	for _, t := range e.tables {
		if !t.person && t.pk != "" && len(e.to[t.urn]) > 0 && t.describes() && !e.belongs(t) {
			t.person, t.inferred = true, true
		}
	}
}

// belongs reports whether rows of t point at a person besides by their own key.
func (e *estate) belongs(t *table) bool {
	return slices.ContainsFunc(e.from[t.urn], func(r relation) bool {
		p := e.byURN[r.to]
		return p != nil && p != t && !slices.Equal(r.columns, t.keys) && (p.person && !p.staffed() || p.describes())
	})
}

// identityClass is the class of identity that a column holds, by what is known of
// it or by its very name; "" for none.
func identityClass(t *table, column string) string {
	class := t.classes[column]
	if class == "" {
		class = shortNames[strings.ToLower(column)]
	}
	if slices.Contains(learnable, class) {
		return class
	}
	return ""
}

// direct reports whether a column speaks of the row itself and not of somebody in a
// role towards it.
func direct(column string) bool {
	return !slices.ContainsFunc(words(column), func(w string) bool { return roles[w] })
}

// describes reports whether a row is one person's by its columns: an identity, and
// either a second one, what tells of a person, or nothing else but dates and flags.
func (t *table) describes() bool {
	if t.described == nil {
		yes := t.describe()
		t.described = &yes
	}
	return *t.described
}

func (t *table) describe() bool {
	identities := map[string]bool{}
	told, bare := false, true
	for _, c := range t.columns {
		class := identityClass(t, c.Name)
		switch {
		case slices.Contains(t.keys, c.Name):
		case class != "" && direct(c.Name):
			identities[class] = true
		case class == "" && direct(c.Name) && tellsOfPerson(t.classes[c.Name]):
			told = true
		case !incidental(c.Type):
			bare = false
		}
	}
	return len(identities) > 1 || len(identities) == 1 && (told || bare)
}

func tellsOfPerson(class string) bool {
	return slices.ContainsFunc([]string{"user.name", "user.demographic", "user.authorization", "user.government_id", "user.health", "user.biometrics"},
		func(c string) bool { return under(class, c) })
}

// incidental reports whether a column of this type says nothing of what a row is.
func incidental(kind string) bool {
	kind = strings.ToLower(kind)
	return slices.ContainsFunc([]string{"date", "time", "bool", "tinyint(1)"}, func(s string) bool { return strings.Contains(kind, s) })
}
