package search

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/fault"
)

func fieldNamesSorted() []string { return slices.Sorted(maps.Keys(fields)) }

// filters makes the part of the query that every stage shares: the caller's scope
// and the filters.
func (f *finder) filters(hidden []string) (Query, error) {
	q := Query{Without: Lower(hidden), Moment: f.moment}
	var keep []func(*Document) bool
	for _, facet := range slices.Sorted(maps.Keys(f.p.Filters)) {
		values := f.p.Filters[facet]
		switch facet {
		case keyCertified, keyDeprecated:
			if err := q.flag(facet, values, true); err != nil {
				return q, err
			}
		case FacetOwner:
			q.With = append(q.With, keywords(facet, f.glossary.accounts(values)))
		case filterColumn:
			keep = append(keep, hasColumn(values))
		case filterUpdated:
			test, err := updated(values, f.moment.Now)
			if err != nil {
				return q, err
			}
			keep = append(keep, test)
		default:
			q.With = append(q.With, keywords(facet, values))
		}
	}
	for facet, values := range f.p.Without {
		switch facet {
		case keyCertified, keyDeprecated:
			if err := q.flag(facet, values, false); err != nil {
				return q, err
			}
			continue
		case filterColumn, filterUpdated:
			return q, fault.Invalid.Errorf("-%s: is not known; only facets can be excluded", facet)
		case FacetOwner:
			values = f.glossary.accounts(values)
		}
		q.Without = append(q.Without, keywords(facet, values)...)
	}
	slices.Sort(q.Without)
	for _, phrase := range f.p.Phrases {
		keep = append(keep, hasPhrase(phrase))
	}
	if len(keep) > 0 {
		q.Keep = func(d *Document) bool {
			return !slices.ContainsFunc(keep, func(test func(*Document) bool) bool { return !test(d) })
		}
	}
	return q, nil
}

// flagKeyword is the keyword of what is so or not. Certified means today.
func flagKeyword(facet string) string {
	if facet == keyCertified {
		return certifiedNow
	}
	return keyword(facet, "true")
}

// flag filters by what is so or not; wanted is false for an excluding word.
func (q *Query) flag(facet string, values []string, wanted bool) error {
	is, err := yes(facet, values)
	if k := flagKeyword(facet); is == wanted {
		q.With = append(q.With, []string{k})
	} else {
		q.Without = append(q.Without, k)
	}
	return err
}

// yes reads the value of a filter that asks whether.
func yes(facet string, values []string) (bool, error) {
	switch v := values[len(values)-1]; v {
	case "yes", "true":
		return true, nil
	case "no", "false":
		return false, nil
	default:
		return false, fault.Invalid.Errorf("%s:%s is not understood; write %s:yes or %s:no", facet, v, facet, facet)
	}
}

func keywords(facet string, values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strings.ToLower(keyword(facet, v))
	}
	return out
}

// hasColumn wants a column of one of the names.
func hasColumn(names []string) func(*Document) bool {
	return func(d *Document) bool {
		for line := range strings.SplitSeq(d.Words[FieldColumns], "\n") {
			key := strings.ReplaceAll(line, " ", "")
			if slices.ContainsFunc(names, func(n string) bool { return Key(n) == key }) {
				return true
			}
		}
		return false
	}
}

// hasPhrase wants the words side by side in one line of a field.
func hasPhrase(words []string) func(*Document) bool {
	phrase := " " + strings.Join(words, " ") + " "
	return func(d *Document) bool {
		for _, text := range d.Words {
			for line := range strings.SplitSeq(text, "\n") {
				if strings.Contains(" "+line+" ", phrase) {
					return true
				}
			}
		}
		return false
	}
}

// units of spans such as 7d.
var units = map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour, 'm': 30 * 24 * time.Hour, 'y': 365 * 24 * time.Hour}

// updated wants a last write younger (<7d) or older (>90d) than a span.
func updated(values []string, now time.Time) (func(*Document) bool, error) {
	v := values[len(values)-1]
	older := strings.HasPrefix(v, ">")
	span := strings.TrimLeft(v, "<>=")
	if len(span) < 2 || units[span[len(span)-1]] == 0 {
		return nil, fault.Invalid.Errorf("updated:%s is not understood; write updated:<7d or updated:>3w", v)
	}
	n, err := strconv.Atoi(span[:len(span)-1])
	if err != nil || n < 0 || n > 100_000 {
		return nil, fault.Invalid.Errorf("updated:%s is not understood; write updated:<7d or updated:>3w", v)
	}
	since := now.Add(-time.Duration(n) * units[span[len(span)-1]])
	return func(d *Document) bool {
		last := d.Evidence.Cadence.Last
		return !last.IsZero() && last.Before(since) == older
	}, nil
}
