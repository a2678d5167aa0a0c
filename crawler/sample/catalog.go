package sample

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"waymark/catalog/fault"
)

// writeCatalog writes what people say about the company: themselves first, then
// words, then tables, then dashboards, so that each line names only earlier ones.
// A term is the exception: it names its canonical assets by their URNs.
func writeCatalog(file string, cal calendar, crowd []colleague, boards []dashboard, views []view, tables []table) error {
	words, err := readGlossary()
	if err != nil {
		return err
	}
	pages, err := readPages()
	if err != nil {
		return err
	}
	lines := append(words.groups(), people(crowd)...)
	lines = append(lines, words.assets()...)
	described, err := datasets(cal, pages, tables)
	if err != nil {
		return err
	}
	lines = append(lines, described...)
	for _, b := range boards {
		lines = append(lines, b.assets(cal, views)...)
	}
	return writeLines(file, lines)
}

func people(crowd []colleague) []asset {
	var list []asset
	for _, c := range crowd {
		a := asset{Type: "user", Name: c.login, Display: c.name, Title: c.title, Team: c.team, Roles: c.roles}
		if c.kind == "service" {
			a.Service = true
		} else {
			a.Email = c.email()
		}
		list = append(list, a)
	}
	return list
}

func (g glossary) groups() []asset {
	var list []asset
	for _, d := range g.Domains {
		list = append(list, asset{Type: "domain", Name: d.Name, Description: d.Description})
	}
	for _, group := range g.Groups {
		list = append(list, asset{Type: "group", Name: group.Name, Display: group.Display})
	}
	return list
}

func (g glossary) assets() []asset {
	var list []asset
	for _, t := range g.Terms {
		a := asset{Type: "term", Name: t.Name, Definition: t.Definition, Formula: t.Formula, Synonyms: t.Synonyms,
			Domain: t.Domain, Owners: owners(t.Owner, "business")}
		if t.Metric {
			a.Subtype = "metric"
		}
		for _, name := range t.Canonical {
			a.Canonical = append(a.Canonical, assetURN(name))
		}
		list = append(list, a)
	}
	return list
}

// datasets describes every table; a page about a table that is not there is a mistake.
func datasets(cal calendar, pages map[string]*page, tables []table) ([]asset, error) {
	var list []asset
	runs, err := results(cal)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		p := pages[t.path()]
		delete(pages, t.path())
		if p == nil {
			p = &page{}
		}
		for name := range p.columns {
			if !slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name }) {
				return nil, fault.Internal.Errorf("data/tables.txt: %s has no column %s", t.path(), name)
			}
		}
		a := t.asset(cal, *p, tables)
		a.Checks, a.Sizes = runs[t.path()], t.sizes(cal)
		if promise, ok := promises[t.path()]; ok {
			a.SLA = &promise
		}
		delete(runs, t.path())
		list = append(list, a)
	}
	for name := range pages {
		return nil, fault.Internal.Errorf("data/tables.txt: there is no table %s", name)
	}
	for name := range runs {
		return nil, fault.Internal.Errorf("data/checks.txt: there is no table %s", name)
	}
	return list, nil
}

func (t table) asset(cal calendar, p page, tables []table) asset {
	a := asset{Type: "dataset", Platform: "sqlite", Name: t.full(), Env: "PROD", Subtype: t.subtype, Description: p.text,
		Owners: owners(p.owner, "technical"), Tags: p.tags, Terms: p.terms, Domain: p.domain, Upstreams: t.origin(tables)}
	for _, c := range t.columns {
		a.Columns = append(a.Columns, t.column(c, p.columns[c.name]))
	}
	if p.certifiedBy != "" {
		a.Certified = &assetCertificate{By: p.certifiedBy, Until: cal.day(-p.certifiedDays)}
	}
	if p.deprecated != "" {
		a.Deprecated = &assetDeprecation{Note: p.deprecated, Since: cal.day(2)}
		a.Replacement = assetURN(p.replacement)
	}
	if written, ok := map[string]time.Time{"app": cal.back(0).Add(-time.Minute), "raw_data": cal.back(0).Add(140 * time.Minute)}[t.zone]; ok {
		a.Stats = &assetStats{Rows: t.rows, Updated: written.Format(time.RFC3339)}
	}
	return a
}

func (t table) column(c column, text string) assetColumn {
	out := assetColumn{Name: c.name, Type: c.kind, Description: text, Nullable: !c.required && !c.key, PrimaryKey: c.key}
	if c.toTable != "" {
		out.References = &assetReference{Dataset: datasetURN(table{zone: t.zone, name: c.toTable}.full()), Column: c.toField}
	}
	return out
}

// origin is the table of the application that the nightly copy reads. The
// statement that copies runs between two databases and is in no log.
func (t table) origin(tables []table) []assetUpstream {
	if t.zone != "raw_data" {
		return nil
	}
	for _, from := range tables {
		if from.zone != "app" || from.name != t.name {
			continue
		}
		up := assetUpstream{Dataset: datasetURN(from.full())}
		for _, c := range t.columns {
			up.Columns = append(up.Columns, assetPair{From: c.name, To: c.name})
		}
		return []assetUpstream{up}
	}
	return nil
}

// assets is the dashboard's charts and then the dashboard with its views.
func (b dashboard) assets(cal calendar, views []view) []asset {
	var list []asset
	whole := asset{Type: "dashboard", Platform: b.Tool, Name: b.ID, Display: b.Title, Description: b.Description,
		Owners: owners(b.Owner, "business"), Terms: b.Terms, Domain: b.Domain}
	if b.Certified != "" {
		whole.Certified = &assetCertificate{By: b.Certified, Until: cal.day(-72)}
	}
	for _, c := range b.Charts {
		one := asset{Type: "chart", Platform: b.Tool, Name: b.ID + "." + c.ID, Display: c.Title, SQL: c.SQL,
			Owners: owners(b.Owner, "business"), Properties: map[string]string{"dialect": "sqlite", "database": "warehouse"}}
		for _, name := range slices.Sorted(maps.Keys(c.Reads)) {
			up := assetUpstream{Dataset: assetURN(name)}
			for _, field := range c.Reads[name] {
				up.Columns = append(up.Columns, assetPair{From: field, To: field})
			}
			one.Upstreams = append(one.Upstreams, up)
		}
		list = append(list, one)
		whole.Upstreams = append(whole.Upstreams, assetUpstream{Dataset: fmt.Sprintf("urn:li:chart:(%s,%s)", b.Tool, one.Name)})
	}
	for _, v := range views {
		if v.tool == b.Tool && v.dashboard == b.ID {
			whole.Usage = append(whole.Usage, assetUsage{Day: v.day, User: v.viewer, Kind: "human", Queries: v.times})
		}
	}
	return append(list, whole)
}
