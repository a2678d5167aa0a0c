package catalog

import (
	"slices"
	"strings"
	"time"
)

// merger lays the facts of one asset over each other. Facts arrive best author
// first: people, imports, crawls, followers.
type merger struct {
	to      *Asset
	schemas []sourcedSchema
	claimed map[Aspect]int // rank of the best author so far
	missed  map[Author]*Status
}

type sourcedSchema struct {
	rank   int
	schema *Schema
}

func (m *merger) add(f factHead, val []byte) error {
	var part Asset
	if err := slots[f.Aspect].set(&part, val); err != nil {
		return err
	}
	if m.claimed == nil {
		m.claimed = map[Aspect]int{}
	}
	best, taken := m.claimed[f.Aspect]
	if !taken {
		m.claimed[f.Aspect] = f.Author.rank()
	}
	switch f.Aspect {
	case AspectProfile:
		m.profile(part.Profile)
	case AspectSchema:
		m.schemas = append(m.schemas, sourcedSchema{f.Author.rank(), part.Schema})
	case AspectOwners:
		if !taken || best > 0 { // where people named owners, theirs are the owners
			m.owners(part.Owners)
		}
	case AspectLabels:
		if !taken || best > 0 {
			m.labels(part.Labels)
		}
	case AspectStatus:
		m.status(f.Author, part.Status)
	default:
		if !taken {
			return slots[f.Aspect].set(m.to, val)
		}
	}
	return nil
}

func (m *merger) profile(p *Profile) {
	if m.to.Profile == nil {
		m.to.Profile = p
		return
	}
	t := m.to.Profile
	t.Name, t.Subtype = first(t.Name, p.Name), first(t.Subtype, p.Subtype)
	t.Description, t.Link = first(t.Description, p.Description), first(t.Link, p.Link)
	t.Aliases = union(t.Aliases, p.Aliases)
	for k, v := range p.Properties {
		if t.Properties == nil {
			t.Properties = map[string]string{}
		}
		if _, said := t.Properties[k]; !said {
			t.Properties[k] = v
		}
	}
}

func (m *merger) owners(o *Owners) {
	if m.to.Owners == nil {
		m.to.Owners = &Owners{}
	}
	m.to.Owners.List = union(m.to.Owners.List, o.List)
}

func (m *merger) labels(l *Labels) {
	if m.to.Labels == nil {
		m.to.Labels = l
		return
	}
	t := m.to.Labels
	t.Tags, t.Terms, t.Domain = union(t.Tags, l.Tags), union(t.Terms, l.Terms), first(t.Domain, l.Domain)
}

// status takes one author's word on whether the asset is there: it is missing or removed
// only when all who vouch for it miss it.
func (m *merger) status(author Author, s *Status) {
	if m.to.Status == nil {
		m.to.Status = &Status{}
	}
	m.to.Status.Stub = m.to.Status.Stub || s.Stub
	m.to.Status.LeftOut = m.to.Status.LeftOut || s.LeftOut
	if m.missed == nil {
		m.missed = map[Author]*Status{}
	}
	m.missed[author] = s
}

// settle joins the words on whether the asset is there.
func (m *merger) settle() {
	known, vouched := false, map[Author]bool{}
	for _, f := range m.to.Said {
		known = known || f.Author.rank() < 3
		if f.Author.vouches(f.Aspect) {
			vouched[f.Author] = true
		}
	}
	if !known && m.to.Type == Dataset { // followers alone speak of it
		m.status("", &Status{Stub: true})
	}
	st := m.to.Status
	if st == nil {
		return
	}
	st.Stub = st.Stub && !slices.ContainsFunc(m.to.Said, func(f Fact) bool { return f.Author.rank() == 1 || f.Author.rank() == 2 })
	st.LeftOut = st.LeftOut && st.Stub
	for author, s := range m.missed {
		if len(vouched) == 0 || vouched[author] {
			st.Missing, st.Removed = later(st.Missing, s.Missing), later(st.Removed, s.Removed)
		}
	}
	for author := range vouched {
		s := m.missed[author]
		if s == nil || s.Missing.IsZero() {
			st.Missing = time.Time{}
		}
		if s == nil || s.Removed.IsZero() {
			st.Removed = time.Time{}
		}
	}
	if *st == (Status{}) {
		m.to.Status = nil
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// finish builds the schema: the columns are what the best crawl saw, or else what
// an import declared; words about them come from whoever ranks first.
func (m *merger) finish() {
	if len(m.schemas) > 0 {
		at := slices.IndexFunc(m.schemas, func(s sourcedSchema) bool { return s.rank == 2 })
		m.to.Schema = m.schemas[max(at, 0)].schema
		for i, s := range m.schemas {
			if i != max(at, 0) {
				overlay(m.to.Schema, s.schema, s.rank < 2)
			}
		}
	}
	if m.to.Notes != nil && m.to.Schema != nil {
		annotate(m.to.Schema, m.to.Notes)
	}
	m.settle()
}

// overlay adds what other says about the columns of s; prefer lets its words win.
func overlay(s, other *Schema, prefer bool) {
	exact, folded := columnsByName(other)
	spellings := map[string]map[string]bool{} // of the names of s, by folded name
	for i := range s.Columns {
		name, key := s.Columns[i].Name, strings.ToLower(s.Columns[i].Name)
		if spellings[key] == nil {
			spellings[key] = map[string]bool{}
		}
		spellings[key][name] = true
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		at, found := exact[c.Name]
		if key := strings.ToLower(c.Name); !found && len(spellings[key]) == 1 {
			at, found = folded[key]
		}
		if !found {
			continue
		}
		o := other.Columns[at]
		if prefer {
			c.Description = first(o.Description, c.Description)
		} else {
			c.Description = first(c.Description, o.Description)
		}
		c.Tags, c.Classes = union(c.Tags, o.Tags), union(c.Classes, o.Classes)
		if c.References == nil {
			c.References = o.References
		}
	}
	if len(s.ForeignKeys) == 0 {
		s.ForeignKeys = other.ForeignKeys
	}
}

// columnsByName is where each name stands first, as written and in lower case.
func columnsByName(s *Schema) (exact, folded map[string]int) {
	exact, folded = make(map[string]int, len(s.Columns)), make(map[string]int, len(s.Columns))
	for i := len(s.Columns) - 1; i >= 0; i-- {
		exact[s.Columns[i].Name], folded[strings.ToLower(s.Columns[i].Name)] = i, i
	}
	return exact, folded
}

func annotate(s *Schema, n *Notes) {
	for i := range s.Columns {
		if note, ok := n.Columns[s.Columns[i].Name]; ok {
			s.Columns[i].Description = first(note.Description, s.Columns[i].Description)
			s.Columns[i].Tags = union(s.Columns[i].Tags, note.Tags)
		}
	}
}

// first returns a unless it is zero.
func first[T comparable](a, b T) T {
	var zero T
	if a != zero {
		return a
	}
	return b
}

// union appends to a what b has and a lacks.
func union[T comparable](a, b []T) []T {
	if len(a)+len(b) > 64 { // owners of an asset may be very many
		return longUnion(a, b)
	}
	for _, v := range b {
		if !slices.Contains(a, v) {
			a = append(a, v)
		}
	}
	return a
}

func longUnion[T comparable](a, b []T) []T {
	has := make(map[T]bool, len(a)+len(b))
	for _, v := range a {
		has[v] = true
	}
	for _, v := range b {
		if !has[v] {
			has[v] = true
			a = append(a, v)
		}
	}
	return a
}
