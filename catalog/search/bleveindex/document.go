package bleveindex

import (
	index "github.com/blevesearch/bleve_index_api"

	"waymark/catalog/search"
)

// The fields of an indexed document. Nothing else is indexed, whatever a document
// holds: facets and filters read the record.
const (
	fieldAll    = "a"   // stems of everything, with their counts
	fieldName   = "n"   // stems of name and path
	fieldKeys   = "k"   // names that are the asset itself
	fieldEdges  = "e"   // beginnings of words, for suggestions
	fieldRecord = "r"   // stored: the document as search reads it
	fieldID     = "_id" // the URN
)

// document is a search document as scorch takes it, cut and counted before.
type document struct {
	id     string
	fields []*field
}

func newDocument(d *search.Document) *document {
	const presence = index.IndexField | index.SkipFreqNorm
	all, name := newTerms(fieldAll, 96, index.IndexField), newTerms(fieldName, 8, presence)
	d.Stems(func(stem string, copies int, inName bool) {
		all.add(stem, copies)
		if inName {
			name.add(stem, 1)
		}
	})
	keys, edges := newTerms(fieldKeys, len(d.Keys), presence), newTerms(fieldEdges, 48, presence)
	for _, k := range d.Keys {
		keys.add(k, 1)
	}
	d.Edges(func(e string) { edges.add(e, 1) })
	return &document{id: string(d.URN), fields: []*field{all, name, keys, edges, {field: fieldRecord, options: index.StoreField, value: d.Record()}}}
}

func (d *document) ID() string { return d.id }

// AddIDField is called by scorch before it indexes.
func (d *document) AddIDField() {
	f := newTerms(fieldID, 1, index.IndexField|index.StoreField|index.SkipFreqNorm)
	f.value = []byte(d.id)
	f.add(d.id, 1)
	d.fields = append(d.fields, f)
}

func (d *document) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                         { return false }
func (d *document) Indexed() bool                              { return true }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }

func (d *document) NumPlainTextBytes() (n uint64) {
	for _, f := range d.fields {
		n += f.NumPlainTextBytes()
	}
	return n
}

func (d *document) Size() (n int) {
	for _, f := range d.fields {
		n += f.Size()
	}
	return n
}

// field is terms that were counted already, or a stored value.
type field struct {
	field   string
	options index.FieldIndexingOptions
	value   []byte
	terms   index.TokenFrequencies
	counted []index.TokenFreq // one allocation for all of them
	length  int
}

// newTerms makes room for about n terms: growing maps is a fifth of the work here.
func newTerms(name string, n int, options index.FieldIndexingOptions) *field {
	return &field{field: name, options: options, terms: make(index.TokenFrequencies, n), counted: make([]index.TokenFreq, 0, n)}
}

func (f *field) add(term string, n int) {
	f.length += n
	if t := f.terms[term]; t != nil {
		t.SetFrequency(t.Frequency() + n)
		return
	}
	if len(f.counted) == cap(f.counted) {
		f.counted = make([]index.TokenFreq, 0, 2*cap(f.counted)+8) // the old ones stay where the map points
	}
	f.counted = append(f.counted, index.TokenFreq{Term: []byte(term)})
	t := &f.counted[len(f.counted)-1]
	t.SetFrequency(n)
	f.terms[term] = t
}

func (f *field) Name() string                                     { return f.field }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }
func (f *field) Size() int                                        { return len(f.value) + 32*len(f.terms) }
