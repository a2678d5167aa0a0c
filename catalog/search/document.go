package search

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Field is a part of a document in which words weigh differently.
type Field uint8

// The fields of a document.
const (
	FieldName Field = iota
	FieldTerms
	FieldPath
	FieldColumns
	FieldDescription
	FieldAbout
	Fields = iota
)

var fieldNames = [Fields]string{"name", "term", "path", "column", "description", "about"}

func (f Field) String() string { return fieldNames[f] }

// Document is what search keeps of one asset. Engines store it as a record and
// index its stems, keys, edges and keywords.
type Document struct {
	URN         urn.URN
	Type        catalog.Type
	Platform    string
	Name        string // full name
	Subtype     string
	Domain      string
	Replacement urn.URN
	CopyOf      urn.URN
	Marks       Marks
	Shape       [shapeSize]uint32 // of the column names, to find twins
	Keywords    []string          // facet:value
	Keys        []string          // names that are the asset itself, folded; its URN besides
	Evidence    catalog.Evidence
	Words       [Fields]string // words apart by a space; columns, terms and sentences by a line
}

// longestText bounds the words that one field may bring: a hundred kilobytes of
// comment say no more than their beginning, and would weigh on every search.
const longestText = 16 << 10

// mostKeys bounds the suffixes of one path.
const mostKeys = 12

// NewDocument makes the document of an asset; parts are the charts of a dashboard,
// which are told in it as columns are in their table.
func NewDocument(a *catalog.Asset, parts ...catalog.Asset) Document {
	d := Document{URN: a.URN, Type: a.Type, Platform: a.URN.Platform(), Name: a.Name(), Subtype: a.Subtype(), Evidence: catalog.EvidenceOf(a)}
	if a.Labels != nil {
		d.Domain = a.Labels.Domain.Name()
	}
	if a.Deprecation != nil {
		d.Replacement = a.Deprecation.Replacement
	}
	if a.Consumers != nil {
		d.CopyOf = a.Consumers.CopyOf
	}
	d.Shape = shapeOf(a.Schema)
	d.words(a, parts)
	d.Marks = marksOf(a, d.Words[FieldName], d.Words[FieldPath])
	d.Keywords = keywordsOf(a)
	for i := range parts {
		d.Keywords = append(d.Keywords, keyword(keyPart, string(parts[i].URN)))
	}
	d.Keys = keysOf(a)
	return d
}

// Parts splits a dataset's full name at its dots; other assets have one name.
func (d *Document) Parts() []string { return nameParts(d.Type, d.Name) }

func nameParts(t catalog.Type, name string) []string {
	switch t {
	case catalog.Dataset, catalog.Topic, catalog.Model:
		return urn.Split(name)
	}
	return []string{name}
}

// Bare is the last part of the full name.
func (d *Document) Bare() string {
	parts := d.Parts()
	return parts[len(parts)-1]
}

// words fills the fields.
func (d *Document) words(a *catalog.Asset, parts []catalog.Asset) {
	var t [Fields]fieldText
	path := d.Parts()
	t[FieldName].add(path[len(path)-1])
	t[FieldPath].add(strings.Join(path[:len(path)-1], " "))
	t[FieldAbout].add(d.Platform + " " + string(d.Type) + " " + d.Subtype + " " + d.Domain)
	if p := a.Profile; p != nil {
		t[FieldDescription].add(p.Description)
		for _, alias := range p.Aliases {
			t[FieldTerms].add(alias)
		}
	}
	if l := a.Labels; l != nil {
		for _, term := range l.Terms {
			t[FieldTerms].add(term.Name())
		}
		for _, tag := range l.Tags {
			t[FieldTerms].add(tag)
		}
	}
	if g := a.Term; g != nil {
		t[FieldDescription].add(g.Definition)
		for _, s := range g.Synonyms {
			t[FieldTerms].add(s)
		}
	}
	for _, o := range d.Evidence.Owners {
		t[FieldAbout].add(o.Name())
	}
	if p := a.Person; p != nil {
		t[FieldAbout].add(p.Display + " " + p.Title + " " + p.Team)
	}
	addColumns(&t, a)
	for i := range parts {
		t[FieldColumns].add(parts[i].Name())
	}
	for f := range t {
		d.Words[f] = t[f].String()
	}
}

func addColumns(t *[Fields]fieldText, a *catalog.Asset) {
	if a.Schema == nil {
		return
	}
	for _, c := range a.Schema.Columns {
		t[FieldColumns].add(c.Name)
		said := c.Description
		if a.Notes != nil && a.Notes.Columns[c.Name].Description != "" {
			said = a.Notes.Columns[c.Name].Description
		}
		t[FieldDescription].add(said)
	}
}

// fieldText collects cut words, one line an addition.
type fieldText struct{ strings.Builder }

func (t *fieldText) add(text string) {
	if t.Len() > longestText || text == "" {
		return
	}
	for i, w := range Cut(text[:min(len(text), longestText)]) {
		switch {
		case i > 0:
			t.WriteByte(' ')
		case t.Len() > 0:
			t.WriteByte('\n')
		}
		t.WriteString(w)
	}
}

// keysOf lists what a person may type to mean just this asset: the full name and its
// suffixes at a dot, the display name, aliases and past names. The URN is one more,
// which engines hold as the document's id.
func keysOf(a *catalog.Asset) []string {
	var keys []string
	add := func(name string) {
		if k := Key(name); k != "" && len(k) <= 256 {
			keys = append(keys, k)
		}
	}
	for _, name := range []string{a.Name(), a.URN.Name()} {
		parts := nameParts(a.Type, name)
		for i := max(0, len(parts)-mostKeys); i < len(parts); i++ {
			add(strings.Join(parts[i:], "."))
		}
		if k := looseKey(parts[len(parts)-1]); len(k) > 1 && len(k) <= 256 {
			keys = append(keys, k)
		}
	}
	if a.Profile != nil {
		for _, alias := range a.Profile.Aliases {
			add(alias)
		}
	}
	if a.Term != nil {
		for _, s := range a.Term.Synonyms {
			add(s)
		}
	}
	if a.Person != nil {
		add(a.Person.Display)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// fieldWeights fold the fields into the one stream of stems that an engine counts;
// BM25F in rank.go has the finer weights.
var fieldCopies = [Fields]int{FieldName: 3, FieldTerms: 2, FieldPath: 1, FieldColumns: 1, FieldDescription: 1, FieldAbout: 1}

// Stems yields every stem of the document with how much it counts there, for one
// combined field of everything and one of name and path.
func (d *Document) Stems(yield func(stem string, copies int, inName bool)) {
	for f, text := range d.Words {
		for line := range strings.SplitSeq(text, "\n") {
			for w := range strings.SplitSeq(line, " ") {
				if w != "" {
					yield(Stem(w), fieldCopies[f], Field(f) == FieldName || Field(f) == FieldPath)
				}
			}
		}
	}
}

// Length counts the words of one field.
func (d *Document) Length(f Field) int {
	text := d.Words[f]
	if text == "" {
		return 0
	}
	return 1 + strings.Count(text, " ") + strings.Count(text, "\n")
}

// Weight is the length of the combined field.
func (d *Document) Weight() float64 {
	sum := 0
	for f := range d.Words {
		sum += fieldCopies[f] * d.Length(Field(f))
	}
	return float64(sum)
}

// Edge n-grams are from two to fifteen letters long.
const shortestEdge, longestEdge = 2, 15

// Edges yields the beginnings of the words of the name, path and terms, and of the
// name as a whole, for suggestions; the same one may come twice.
func (d *Document) Edges(yield func(string)) {
	for _, f := range []Field{FieldName, FieldPath, FieldTerms} {
		for _, w := range strings.Fields(d.Words[f]) {
			beginnings(w, yield)
		}
	}
	beginnings(Key(d.Bare()), yield)
}

func beginnings(w string, yield func(string)) {
	letters, least := 0, shortestEdge
	for i, r := range w {
		if i == 0 && classOf(r) == ideograph {
			least = 1
		}
		if letters >= least && letters <= longestEdge {
			yield(w[:i])
		}
		letters++
	}
	if letters >= least && letters <= longestEdge {
		yield(w)
	}
}

// Documents returns those of all assets that the caller may see, for comparing
// formulas; a page of results never needs them.
func (s *Search) Documents(ctx context.Context) (out []*Document, err error) {
	for a, err := range s.cat.List(ctx, catalog.Filter{}) {
		if err != nil {
			return nil, err
		}
		if searchable(catalog.Change{URN: a.URN, Type: a.Type}) && (a.Status == nil || a.Status.Removed.IsZero()) {
			d := NewDocument(&a)
			out = append(out, &d)
		}
	}
	return out, nil
}
