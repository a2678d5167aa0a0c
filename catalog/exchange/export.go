package exchange

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Export writes the assets that f chooses to w, one a line, in the order of their
// URNs. What it writes, Import reads. Records that cannot be read are left out, and the
// error, fault.Corrupt, says how many; all others were written.
func Export(ctx context.Context, cat *catalog.Catalog, f catalog.Filter, w io.Writer) error {
	if len(f.Types) == 0 {
		for _, t := range types {
			f.Types = append(f.Types, t)
		}
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	var damaged []urn.URN
	f.Damaged = func(u urn.URN, _ error) { damaged = append(damaged, u) }
	for a, err := range cat.List(ctx, f) {
		if err != nil {
			return err
		}
		if err := enc.Encode(lineOf(a)); err != nil {
			return fault.Unavailable.Errorf("write the export: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fault.Unavailable.Errorf("write the export: %w", err)
	}
	if len(damaged) > 0 {
		return fault.Corrupt.Errorf("%d records cannot be read and are not in the export, the first is %.200q; run waymark fsck", len(damaged), damaged[0])
	}
	return nil
}

func lineOf(a catalog.Asset) Line {
	l := Line{URN: string(a.URN), Type: string(a.Type), Platform: a.URN.Platform(), Name: a.URN.Name(), Env: a.URN.Env()}
	if a.Type == catalog.Job {
		l.Name = a.URN.Parent().Name() + "." + a.URN.Name()
	}
	if p := a.Profile; p != nil {
		l.Display, l.Subtype, l.Description, l.Link, l.Aliases = p.Name, p.Subtype, p.Description, p.Link, p.Aliases
		for k, v := range p.Properties {
			if l.Properties == nil {
				l.Properties = map[string]any{}
			}
			l.Properties[k] = v
		}
	}
	lineSchema(&l, a)
	linePromises(&l, a)
	lineFlow(&l, a)
	if a.Term != nil {
		l.Definition, l.Synonyms, l.Formula = a.Term.Definition, a.Term.Synonyms, a.Term.Formula
		for _, u := range a.Term.Canonical {
			l.Canonical = append(l.Canonical, string(u))
		}
	}
	if p := a.Person; p != nil {
		l.Display, l.Title, l.Email, l.Team, l.Service, l.Roles = p.Display, p.Title, p.Email, p.Team, p.Service, p.Roles
	}
	return l
}

func lineSchema(l *Line, a catalog.Asset) {
	if a.Definition != nil {
		l.SQL = a.Definition.SQL
	}
	if s := a.Stats; s != nil {
		l.Stats = &Stats{Rows: s.Rows, Bytes: s.Bytes, UpdatedAt: s.UpdatedAt}
	}
	if a.Schema == nil {
		return
	}
	for _, c := range a.Schema.Columns {
		nullable := !c.Required
		x := Column{Name: c.Name, Type: c.Type, Description: c.Description, Nullable: &nullable, PrimaryKey: c.PrimaryKey, Tags: c.Tags, Classes: c.Classes}
		if c.References != nil {
			x.References = &Reference{Dataset: string(c.References.Dataset), Column: c.References.Column}
		}
		l.Columns = append(l.Columns, x)
	}
}

func linePromises(l *Line, a catalog.Asset) {
	if a.Owners != nil {
		for _, o := range a.Owners.List {
			l.Owners = append(l.Owners, Owner{User: string(o.User), Kind: o.Kind})
		}
	}
	if a.Labels != nil {
		l.Tags = a.Labels.Tags
		for _, t := range a.Labels.Terms {
			l.Terms = append(l.Terms, t.Name())
		}
		if a.Labels.Domain != "" {
			l.Domain = a.Labels.Domain.Name()
		}
	}
	if c := a.Certification; c != nil {
		l.Certified = &Certificate{By: c.By.Name(), Note: c.Note, Until: day(c.Until)}
	}
	if d := a.Deprecation; d != nil {
		raw, err := json.Marshal(Deprecation{Note: d.Note, Since: day(d.Since)})
		if err == nil { // two texts always encode
			l.Deprecated = raw
		}
		l.Replacement = string(d.Replacement)
	}
	if p := a.Promise; p != nil {
		l.SLA = &Promise{DueBy: p.DueBy, Zone: p.Zone, Weekdays: p.Weekdays}
		if p.By != "" {
			l.SLA.By = p.By.Name()
		}
		if p.Freshness > 0 {
			l.SLA.Freshness = p.Freshness.String()
		}
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func lineFlow(l *Line, a catalog.Asset) {
	if a.Flow == nil {
		return
	}
	for _, in := range a.Flow.Inputs {
		u := Upstream{Dataset: string(in)}
		for _, c := range a.Flow.Columns {
			if c.From.Dataset == in {
				u.Columns = append(u.Columns, Pair{From: c.From.Column, To: c.To.Column})
			}
		}
		l.Upstreams = append(l.Upstreams, u)
	}
	for _, out := range a.Flow.Outputs {
		l.Outputs = append(l.Outputs, string(out))
	}
}
