// Package paper prints documents for people: one HTML file that stands by itself,
// without scripts, fonts or pictures from elsewhere, and prints well. It decides
// nothing and knows no request: callers hand it titles, facts and tables.
//
// The subtle thing: a document may carry data inside that programs read back; the
// same document always gives the same bytes, so a reader can print the data again
// and compare.
package paper

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
)

// Document is one printed page or more.
type Document struct {
	Title    string
	Subtitle string
	Sections []Section
	Inside   []byte // JSON that the file carries; empty for none
}

// Section is a titled part: facts, then a table, then lines. Each may be missing.
type Section struct {
	Title string
	Facts [][2]string
	Head  []string
	Rows  [][]string
	Lines []string
}

//go:embed document.html
var page string

// Write prints d as HTML. All text is escaped.
func Write(w io.Writer, d Document) error {
	t, err := template.New("document").Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, struct {
		Document
		Data template.JS
	}{d, template.JS(inert(d.Inside))})
}

// inert keeps JSON from ending the element it stands in.
func inert(data []byte) []byte {
	for _, r := range []struct{ from, to string }{{"<", `\u003c`}, {">", `\u003e`}, {"&", `\u0026`}} {
		data = bytes.ReplaceAll(data, []byte(r.from), []byte(r.to))
	}
	return data
}

var (
	opening = []byte(`<script type="application/json" id="waymark">`)
	closing = []byte(`</script>`)
)

// Inside returns the JSON that a printed document carries, and whether file is such
// a document.
func Inside(file []byte) ([]byte, bool) {
	_, rest, ok := bytes.Cut(file, opening)
	if !ok {
		return nil, false
	}
	data, _, ok := bytes.Cut(rest, closing)
	return data, ok
}
