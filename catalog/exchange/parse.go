package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Told is what one line says: an asset, its daily use, the results of its checks
// and how large it was.
type Told struct {
	Asset  catalog.Asset
	Usage  []Use
	Checks []catalog.CheckRun
	Sizes  []catalog.Size
}

// resultsOnly reports whether the line says nothing but how checks went and how large
// the asset was: then it must be known from elsewhere.
func (t *Told) resultsOnly() bool {
	return len(t.Checks)+len(t.Sizes) > 0 && reflect.DeepEqual(t.Asset, catalog.Asset{URN: t.Asset.URN, Type: t.Asset.Type})
}

// bare reports whether the line names an asset and says nothing of it.
func (t *Told) bare() bool {
	a := t.Asset
	if a.Profile != nil && reflect.ValueOf(*a.Profile).IsZero() {
		a.Profile = nil
	}
	if a.Term != nil && reflect.ValueOf(*a.Term).IsZero() {
		a.Term = nil
	}
	if a.Person != nil && reflect.ValueOf(*a.Person).IsZero() {
		a.Person = nil
	}
	return len(t.Checks)+len(t.Sizes) == 0 && reflect.DeepEqual(a, catalog.Asset{URN: a.URN, Type: a.Type})
}

// Parse reads one line. A wrong one is fault.Invalid and says which field is wrong.
func Parse(line []byte) (t Told, err error) {
	var l Line
	dec := json.NewDecoder(bytes.NewReader(line))
	if err := dec.Decode(&l); err != nil {
		return t, fault.Invalid.Errorf("not a JSON object of the catalog: %w", err)
	}
	t.Usage = l.Usage
	for i, r := range l.Checks {
		run := catalog.CheckRun{Name: r.Name, Column: r.Column, Status: r.Status, Severity: r.Severity, Message: r.Message, At: r.At}
		if err := run.Check(); err != nil {
			return t, fault.Invalid.Errorf("checks[%d]: %w", i, err)
		}
		t.Checks = append(t.Checks, run)
	}
	for _, s := range l.Sizes {
		t.Sizes = append(t.Sizes, catalog.Size{At: s.At.UTC(), Rows: s.Rows, Bytes: s.Bytes})
	}
	t.Asset, err = l.asset()
	return t, err
}

func (l *Line) asset() (a catalog.Asset, err error) {
	var ok bool
	if a.Type, ok = types[l.Type]; !ok {
		return a, fault.Invalid.Errorf("type %q is none of dataset, topic, dashboard, chart, flow, job, model, term, domain, tag, user, group, product", l.Type)
	}
	if a.URN, err = l.urn(a.Type); err != nil {
		return a, err
	}
	l.describe(&a)
	if err := l.promise(&a); err != nil {
		return a, err
	}
	l.flow(&a)
	return a, nil
}

// urn is given, or made of platform and name.
func (l *Line) urn(t catalog.Type) (urn.URN, error) {
	if l.URN != "" {
		return urn.Parse(l.URN)
	}
	if l.Name == "" {
		return "", fault.Invalid.Errorf("a line needs a urn, or a name")
	}
	if needsPlatform[t] && l.Platform == "" {
		return "", fault.Invalid.Errorf("a %s without a urn needs a platform", l.Type)
	}
	switch t {
	case catalog.Dataset, catalog.Topic:
		return urn.Dataset(l.Platform, l.Name, l.Env), nil
	case catalog.Model:
		return urn.Model(l.Platform, l.Name, l.Env), nil
	case catalog.Dashboard:
		return urn.Dashboard(l.Platform, l.Name), nil
	case catalog.Chart:
		return urn.Chart(l.Platform, l.Name), nil
	case catalog.Flow:
		return urn.Flow(l.Platform, l.Name, l.Env), nil
	case catalog.Job:
		flow, task, ok := strings.Cut(l.Name, ".")
		if !ok {
			return "", fault.Invalid.Errorf("the name of a job is flow.task, not %q", l.Name)
		}
		return urn.Job(urn.Flow(l.Platform, flow, l.Env), task), nil
	}
	return plain[t](l.Name), nil
}

var needsPlatform = map[catalog.Type]bool{
	catalog.Dataset: true, catalog.Topic: true, catalog.Model: true, catalog.Dashboard: true, catalog.Chart: true, catalog.Flow: true, catalog.Job: true,
}

var plain = map[catalog.Type]func(string) urn.URN{
	catalog.Term: urn.Term, catalog.Domain: urn.Domain, catalog.Tag: urn.Tag, catalog.User: urn.User, catalog.Group: urn.Group, catalog.Product: urn.Product,
}

// describe sets the aspects that need no judging.
func (l *Line) describe(a *catalog.Asset) {
	p := catalog.Profile{Name: l.Display, Subtype: l.Subtype, Description: l.Description, Link: l.Link, Aliases: l.Aliases, Properties: texts(l.Properties)}
	if len(l.Checks)+len(l.Sizes) == 0 || !reflect.ValueOf(p).IsZero() { // a line of results alone takes nothing back
		a.Profile = &p
	}
	if len(l.Columns) > 0 {
		a.Schema = &catalog.Schema{Columns: l.columns()}
	}
	if l.SQL != "" {
		a.Definition = &catalog.Definition{SQL: l.SQL, Dialect: p.Properties["dialect"], DefaultDB: p.Properties["database"], DefaultSchema: p.Properties["schema"]}
		if len(l.Upstreams) > 0 {
			a.Definition.Platform = reference(l.Platform, l.Upstreams[0].Dataset).Platform()
		}
	}
	if l.Stats != nil {
		a.Stats = &catalog.Stats{Rows: l.Stats.Rows, Bytes: l.Stats.Bytes, UpdatedAt: l.Stats.UpdatedAt}
	}
	if a.Type == catalog.Term {
		a.Term = &catalog.Glossary{Definition: l.Definition, Synonyms: l.Synonyms, Formula: l.Formula}
		for _, c := range l.Canonical {
			a.Term.Canonical = append(a.Term.Canonical, reference(l.Platform, c))
		}
	}
	if a.Type == catalog.User {
		a.Person = &catalog.Person{Display: l.Display, Title: l.Title, Email: l.Email, Roles: l.Roles, Service: l.Service, Team: l.Team}
	}
}

func (l *Line) columns() []catalog.Column {
	out := make([]catalog.Column, 0, len(l.Columns))
	for _, c := range l.Columns {
		col := catalog.Column{
			Name: c.Name, Type: c.Type, Description: c.Description, Required: c.Nullable != nil && !*c.Nullable, PrimaryKey: c.PrimaryKey,
			Tags: c.Tags, Classes: c.Classes,
		}
		if c.References != nil {
			col.References = &catalog.ColumnRef{Dataset: reference(l.Platform, c.References.Dataset), Column: c.References.Column}
		}
		out = append(out, col)
	}
	return out
}

// promise sets what people stand for: owners, labels, certification, deprecation.
func (l *Line) promise(a *catalog.Asset) (err error) {
	if len(l.Owners) > 0 {
		a.Owners = &catalog.Owners{}
	}
	for _, o := range l.Owners {
		a.Owners.List = append(a.Owners.List, catalog.Owner{User: person(o.User), Kind: o.Kind})
	}
	if len(l.Tags)+len(l.Terms) > 0 || l.Domain != "" {
		a.Labels = &catalog.Labels{Tags: l.Tags}
		for _, t := range l.Terms {
			a.Labels.Terms = append(a.Labels.Terms, named(t, urn.Term))
		}
		if l.Domain != "" {
			a.Labels.Domain = named(l.Domain, urn.Domain)
		}
	}
	if l.Certified != nil {
		a.Certification = &catalog.Certification{By: person(l.Certified.By), Note: l.Certified.Note}
		if a.Certification.Until, err = date("certified.until", l.Certified.Until); err != nil {
			return err
		}
	}
	if a.Deprecation, err = l.deprecation(); err != nil {
		return err
	}
	a.Promise, err = l.SLA.promise()
	return err
}

func (p *Promise) promise() (*catalog.Promise, error) {
	if p == nil {
		return nil, nil
	}
	out := &catalog.Promise{DueBy: p.DueBy, Zone: p.Zone, Weekdays: p.Weekdays}
	if p.By != "" {
		out.By = person(p.By)
	}
	if p.Freshness != "" {
		var err error
		if out.Freshness, err = time.ParseDuration(p.Freshness); err != nil {
			return nil, fault.Invalid.Errorf("sla.freshness is %q; write 24h", p.Freshness)
		}
	}
	if err := out.Check(); err != nil {
		return nil, fault.Invalid.Errorf("sla: %w", err)
	}
	return out, nil
}

func (l *Line) deprecation() (*catalog.Deprecation, error) {
	raw := bytes.TrimSpace(l.Deprecated)
	if len(raw) == 0 || string(raw) == "null" || string(raw) == "false" {
		if l.Replacement == "" {
			return nil, nil
		}
		raw = []byte("true")
	}
	d := Deprecation{}
	switch raw[0] {
	case '{':
		if err := json.Unmarshal(raw, &d); err != nil {
			return nil, fault.Invalid.Errorf("deprecated: %w", err)
		}
	case '"':
		if err := json.Unmarshal(raw, &d.Note); err != nil {
			return nil, fault.Invalid.Errorf("deprecated: %w", err)
		}
	case 't':
		d.Note = "deprecated"
	default:
		return nil, fault.Invalid.Errorf("deprecated is an object with a note, a text, true or null")
	}
	since, err := date("deprecated.since", d.Since)
	out := &catalog.Deprecation{Note: d.Note, Since: since}
	if l.Replacement != "" {
		out.Replacement = reference(l.Platform, l.Replacement)
	}
	return out, err
}

// flow sets where data comes from and goes to.
func (l *Line) flow(a *catalog.Asset) {
	f := catalog.DataFlow{}
	for _, u := range l.Upstreams {
		up := reference(l.Platform, u.Dataset)
		f.Inputs = append(f.Inputs, up)
		for _, p := range u.Columns {
			f.Columns = append(f.Columns, catalog.ColumnPair{From: catalog.ColumnRef{Dataset: up, Column: p.From}, To: catalog.ColumnRef{Dataset: a.URN, Column: p.To}})
		}
	}
	for _, in := range l.Inputs {
		f.Inputs = append(f.Inputs, reference(l.Platform, in))
	}
	for _, c := range l.Charts {
		f.Inputs = append(f.Inputs, named(c, func(id string) urn.URN { return urn.Chart(l.Platform, id) }))
	}
	for _, out := range l.Outputs {
		f.Outputs = append(f.Outputs, reference(l.Platform, out))
	}
	if len(f.Inputs)+len(f.Outputs) > 0 {
		a.Flow = &f
	}
}

// reference is a URN as given, or the dataset of that name on the line's platform.
func reference(platform, name string) urn.URN {
	return named(name, func(n string) urn.URN { return urn.Dataset(platform, n, "") })
}

func named(name string, make func(string) urn.URN) urn.URN {
	if urn.Is(name) {
		return urn.URN(name)
	}
	return make(name)
}

func person(name string) urn.URN { return named(name, urn.User) }

// date reads a day or a moment; "" is the zero time.
func date(field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fault.Invalid.Errorf("%s is %q; write a day as 2027-01-31", field, text)
}

// texts keeps properties as text, and what is no text as JSON.
func texts(m map[string]any) map[string]string {
	if len(m) == 0 {
		return nil
	}
	out := make(map[string]string, len(m))
	for k, v := range m {
		if s, ok := v.(string); ok {
			out[k] = s
			continue
		}
		b, err := json.Marshal(v)
		if err != nil {
			b = fmt.Append(nil, v)
		}
		out[k] = string(b)
	}
	return out
}
