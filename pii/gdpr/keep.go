package gdpr

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"waymark/catalog"
)

// groundOthers is why shared rows stay.
const groundOthers = "others' rights: the row is somebody else's as well"

// others drafts what happens to rows that stay. What mentions the subject comes
// after the deletes, because some of those rows may be gone by then.
func (d *draft) others(ctx context.Context, p *part, mentioned bool) error {
	if p.retain != nil {
		return d.retained(ctx, p, mentioned)
	}
	for _, h := range p.others {
		if (h.related == mentions) != mentioned {
			continue
		}
		if err := d.cover(ctx, p, h, d.toCover(p, h)); err != nil {
			return err
		}
	}
	if mentioned {
		return nil
	}
	return d.freeAll(ctx, p)
}

// freeAll empties the keys of rows that stay, after everything else that names those
// rows by their keys.
func (d *draft) freeAll(ctx context.Context, p *part) error {
	for _, f := range p.nulls {
		h := hit{how: byForeign, related: shared}
		if i := slices.IndexFunc(p.others, func(h hit) bool { return slices.Contains(h.columns, f.column) }); i >= 0 {
			h = p.others[i]
		}
		if err := d.add(ctx, p, h, f.where, nil, catalog.Act{Action: catalog.NullColumns, Columns: []string{f.column}}, groundOthers); err != nil {
			return err
		}
	}
	return nil
}

// retained lists rows that the planner keeps whole, though they are not the
// subject's alone.
func (d *draft) retained(ctx context.Context, p *part, mentioned bool) error {
	for _, h := range p.others {
		if (h.related == mentions) != mentioned {
			continue
		}
		if err := d.add(ctx, p, h, wheres([]hit{h}), wheres(p.about), catalog.Act{Action: catalog.RetainRows}, p.retain.Ground); err != nil {
			return err
		}
	}
	return nil
}

// spoken are names of columns in which people write to each other.
var spoken = set("body message text comment content note remark feedback description")

// toCover lists the columns of a row of others that hold the subject: by which it
// was found, what they wrote, and what stands beside under the same stem.
func (d *draft) toCover(p *part, h hit) []string {
	var out []string
	for _, c := range h.columns {
		if !d.search.declared(p.t, c) && c != p.t.pk && !slices.Contains(p.held, c) {
			out = append(out, c)
		}
	}
	if h.related == refers {
		return out
	}
	for _, c := range p.t.columns {
		w := words(c.Name)
		beside := slices.ContainsFunc(h.columns, func(reach string) bool {
			return stem(reach) != "" && len(w) > 1 && w[0] == stem(reach) && c.Name != reach
		})
		wrote := h.related == shared && textual(c.Type) && (under(p.t.classes[c.Name], classContent) || len(w) > 0 && spoken[w[len(w)-1]])
		entity := h.related == mentions && h.how != byContained && len(d.search.e.to[p.t.urn]) > 0 && p.t.classes[c.Name] != ""
		if (beside && p.t.classes[c.Name] != "" || wrote || entity) && !slices.Contains(p.held, c.Name) && !d.search.declared(p.t, c.Name) && c.Name != p.t.pk {
			out = append(out, c.Name)
		}
	}
	return distinct(out)
}

// cover empties columns that may be empty and replaces the rest. What can be
// neither stays, and the plan says so.
func (d *draft) cover(ctx context.Context, p *part, h hit, columns []string) error {
	if h.related == mentions && h.how == byContained && len(columns) == 1 {
		return d.coverCells(ctx, p, h, columns[0])
	}
	ground := ""
	if h.related != mentions {
		ground = groundOthers
	}
	where := wheres([]hit{h})
	nulls, values, err := d.sort(ctx, p.t, where, columns)
	if err != nil {
		return err
	}
	if len(nulls) == 0 && len(values) == 0 {
		if h.related == mentions || slices.ContainsFunc(p.nulls, func(f freed) bool { return slices.Contains(h.columns, f.column) }) {
			return nil // its key is emptied, nothing else of it is the subject's
		}
		return d.add(ctx, p, h, where, nil, catalog.Act{Action: catalog.RetainRows}, ground)
	}
	// The condition must name its rows for as long as acts follow: what it names by goes last.
	acts := []catalog.Act{{Action: catalog.NullColumns, Columns: nulls}, pseudonyms(values)}
	if slices.Contains(nulls, h.where.Column) {
		slices.Reverse(acts)
	}
	for _, a := range acts {
		if len(a.Columns) == 0 {
			continue
		}
		if err := d.add(ctx, p, h, where, nil, a, ground); err != nil {
			return err
		}
	}
	return nil
}

func pseudonyms(values map[string]string) catalog.Act {
	a := catalog.Act{Action: catalog.Pseudonymise, Values: values}
	for c := range values {
		a.Columns = append(a.Columns, c)
	}
	slices.Sort(a.Columns)
	return a
}

// sort parts columns into those that may be null and those that need another value.
func (d *draft) sort(ctx context.Context, t *table, where []catalog.Rows, columns []string) (nulls []string, values map[string]string, err error) {
	values = map[string]string{}
	for _, name := range columns {
		c, ok := t.column(name)
		switch {
		case !ok || c.Generated || c.PrimaryKey:
		case !c.Required:
			nulls = append(nulls, name)
		default:
			kind, err := d.holds(ctx, t, where, c)
			if err != nil {
				return nil, nil, err
			}
			if v, ok := d.replacement(t, c, 0, kind); ok {
				values[name] = v
			} else {
				d.search.note("%s.%s can neither be emptied nor replaced, so it stays as it is.", t.urn.Name(), name)
			}
		}
	}
	return nulls, values, nil
}

var typeLength = regexp.MustCompile(`\((\d+)\)`)

// replacement is what stands for a value that may not be null. It tells nothing but
// the number of the request, so a person can see why it is there.
func (d *draft) replacement(t *table, c catalog.Column, nth int, holds cellKind) (string, bool) {
	kind := strings.ToLower(c.Type)
	switch {
	case strings.HasSuffix(kind, "[]"):
		return "{}", true
	case strings.Contains(kind, "json"), holds == jsonCell:
		return `{"erased":"` + d.request.ID + `"}`, true
	case strings.Contains(kind, "uuid"), strings.Contains(kind, "inet"), strings.Contains(kind, "enum"):
		return "", false
	case numeric(kind):
		return strconv.Itoa(nth), true
	case textual(c.Type):
		v := "erased-" + d.request.ID
		if nth > 0 {
			v += "-" + strconv.Itoa(nth)
		}
		if t.classes[c.Name] == classEmail || shortNames[strings.ToLower(c.Name)] == classEmail {
			v += "@erased.invalid"
		}
		if m := typeLength.FindStringSubmatch(kind); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil && n < len(v) {
				v = v[len(v)-n:] // the end differs where the beginning does not
			}
		}
		return v, true
	case strings.Contains(kind, "date") || strings.Contains(kind, "timestamp"):
		return "1900-01-01", true
	}
	return "", false
}

// kept drafts what happens to rows about the subject that cannot go: what is
// personal in them is emptied or replaced, unless the planner keeps them whole.
func (d *draft) kept(ctx context.Context, p *part) error {
	if p.keep == "" || len(p.about) == 0 {
		return nil
	}
	if p.retain != nil {
		return d.add(ctx, p, p.about[0], wheres(p.about), nil, catalog.Act{Action: catalog.RetainRows}, p.retain.Ground)
	}
	nulls, values, err := d.sort(ctx, p.t, wheres(p.about), d.ownColumns(p))
	if err != nil {
		return err
	}
	nulls = slices.DeleteFunc(nulls, func(name string) bool { return d.force(p, name, values) })
	if len(nulls) == 0 && len(values) == 0 {
		return d.add(ctx, p, p.about[0], wheres(p.about), nil, catalog.Act{Action: catalog.RetainRows}, p.keep)
	}
	where, err := d.byKey(ctx, p)
	if err != nil {
		return err
	}
	acts := []func() error{
		func() error { return d.empty(ctx, p, where, nulls) },
		func() error { return d.replace(ctx, p, where, values) },
	}
	if slices.ContainsFunc(where, func(w catalog.Rows) bool { return slices.Contains(nulls, w.Column) }) {
		slices.Reverse(acts) // the condition must name its rows until the last act
	}
	for _, f := range acts {
		if err := f(); err != nil {
			return err
		}
	}
	if len(p.held) == 0 {
		return nil
	}
	return d.add(ctx, p, p.about[0], where, nil, catalog.Act{Action: catalog.RetainRows, Columns: p.held}, p.keep)
}

// force gives a column a pseudonym that would otherwise be emptied, if it is to.
func (d *draft) force(p *part, name string, values map[string]string) bool {
	c, ok := p.t.column(name)
	if !ok || !slices.Contains(p.forced, name) {
		return false
	}
	if v, ok := d.replacement(p.t, c, 0, plainCell); ok {
		values[name] = v
		return true
	}
	return false
}

// byKey names the subject's rows by their primary key, which no act changes, if
// they have one.
func (d *draft) byKey(ctx context.Context, p *part) ([]catalog.Rows, error) {
	if len(p.t.keys) == 0 {
		return wheres(p.about), nil
	}
	rows, ok, err := d.search.values(ctx, p.t, wheres(p.about), p.t.keys...)
	if err != nil || !ok {
		return nil, err
	}
	return p.t.byKeys(rows), nil
}

func (d *draft) empty(ctx context.Context, p *part, where []catalog.Rows, columns []string) error {
	if len(columns) == 0 {
		return nil
	}
	return d.add(ctx, p, p.about[0], where, nil, catalog.Act{Action: catalog.NullColumns, Columns: columns}, p.keep)
}

// ownColumns are the columns of the subject's own row that say who they are. A
// table in which nothing was ever classified gives all its text.
func (d *draft) ownColumns(p *part) (out []string) {
	known := len(p.t.personal()) > 0
	for _, c := range p.t.columns {
		held := d.search.declared(p.t, c.Name) || c.PrimaryKey || p.names(c.Name) && !p.t.person
		hitHere := slices.ContainsFunc(d.search.raw[p.t], func(h hit) bool { return h.where.Column == c.Name })
		if !held && !slices.Contains(p.held, c.Name) && (slices.Contains(p.forced, c.Name) || p.t.classes[c.Name] != "" || hitHere || !known && p.t.person && textual(c.Type)) {
			out = append(out, c.Name)
		}
	}
	return out
}

// maxSingly is how many rows are given pseudonyms of their own.
const maxSingly = 50

// replace gives the subject's rows other values: each row its own where a person
// has several, because e-mails and logins are often unique.
func (d *draft) replace(ctx context.Context, p *part, where []catalog.Rows, values map[string]string) error {
	if len(values) == 0 {
		return nil
	}
	var ids []string
	if p.t.pk != "" && len(where) == 1 {
		ids = where[0].Values
	}
	if len(ids) < 2 || len(ids) > maxSingly {
		return d.add(ctx, p, p.about[0], where, nil, pseudonyms(values), p.keep)
	}
	for i, id := range ids {
		own := map[string]string{}
		for name := range values {
			c, _ := p.t.column(name)
			kind, err := d.holds(ctx, p.t, where, c)
			if err != nil {
				return err
			}
			own[name], _ = d.replacement(p.t, c, i+1, kind)
		}
		if err := d.add(ctx, p, p.about[0], []catalog.Rows{exact(p.t, p.t.pk, []string{id})}, nil, pseudonyms(own), p.keep); err != nil {
			return err
		}
	}
	return nil
}

// copies drafts an access request: every row that was found, and where.
func (d *draft) copies(ctx context.Context) error {
	for _, t := range d.search.order {
		p := d.parts[t]
		if p == nil {
			continue
		}
		for _, h := range append(slices.Clone(p.about), p.others...) {
			if h.related == refers {
				continue // the row is another person's
			}
			before := len(d.steps)
			if err := d.add(ctx, p, h, wheres([]hit{h}), nil, catalog.Act{Action: CopyRows, Columns: d.readable(p, h)}, ""); err != nil {
				return err
			}
			if len(d.steps) > before && h.related != about {
				d.steps[before].step.Ground = fmt.Sprintf("%s: columns about others are left out", groundOthers)
			}
		}
	}
	return nil
}

// readable lists the columns that the subject may be given of a row: all of their
// own; of a row that is others' as well, what is theirs and what is nobody's.
func (d *draft) readable(p *part, h hit) (out []string) {
	cover := d.toCover(p, h)
	people := d.search.othersIn(p.t, "")
	for _, c := range p.t.columns {
		mine := h.related == about || slices.Contains(h.columns, c.Name) || slices.Contains(cover, c.Name)
		theirs := p.t.classes[c.Name] != "" || slices.ContainsFunc(people, func(o other) bool { return o.column == c.Name })
		if mine || !theirs {
			out = append(out, c.Name)
		}
	}
	return out
}
