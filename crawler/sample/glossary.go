package sample

import (
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"

	"waymark/catalog/fault"
)

//go:embed data/glossary.json
var glossaryText []byte

//go:embed data/tables.txt
var tablesText string

// glossary is what the company's people agreed on.
type glossary struct {
	Domains []struct{ Name, Description string }
	Groups  []struct {
		Name    string
		Display string `json:"display_name"`
	}
	Terms []struct {
		Name, Domain, Owner, Definition, Formula string
		Metric                                   bool
		Synonyms, Canonical                      []string
	}
}

func readGlossary() (glossary, error) {
	var g glossary
	if err := json.Unmarshal(glossaryText, &g); err != nil {
		return g, fault.Internal.Errorf("data/glossary.json: %w", err)
	}
	return g, nil
}

// page is what people wrote about a table.
type page struct {
	owner, domain, text string
	terms, tags         []string
	columns             map[string]string
	certifiedBy         string
	certifiedDays       int
	deprecated          string // why
	replacement         string // by which table
}

// readPages reads data/tables.txt, by the path of the table.
func readPages() (map[string]*page, error) {
	pages := map[string]*page{}
	var at *page
	for line := range strings.Lines(tablesText) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "  !"):
			if err := at.mark(strings.TrimPrefix(line, "  !")); err != nil {
				return nil, err
			}
		case strings.HasPrefix(line, "  "):
			name, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
			at.columns[name] = text
		default:
			f := strings.SplitN(line, "|", 5)
			if len(f) != 5 {
				return nil, fault.Internal.Errorf("data/tables.txt: %q has %d fields, want 5", line, len(f))
			}
			for i := range f {
				f[i] = strings.TrimSpace(f[i])
			}
			at = &page{owner: f[1], domain: f[2], text: f[4], columns: map[string]string{}}
			if f[3] != "" {
				at.terms = strings.Split(f[3], ", ")
			}
			pages[f[0]] = at
		}
	}
	return pages, nil
}

// mark reads a line that begins with an exclamation mark.
func (p *page) mark(line string) (err error) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "certified":
		by, days, _ := strings.Cut(rest, " +")
		p.certifiedBy = by
		p.certifiedDays, err = strconv.Atoi(days)
	case "deprecated":
		p.replacement, p.deprecated, _ = strings.Cut(rest, " ")
	case "tags":
		p.tags = strings.Fields(rest)
	}
	return fault.Internal.Of(err)
}
