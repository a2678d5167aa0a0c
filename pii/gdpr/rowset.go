package gdpr

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
)

// byKeys names rows by their primary key, of one column or of several.
func (t *table) byKeys(keys [][]string) []catalog.Rows {
	if len(keys) == 0 {
		return nil
	}
	if len(t.keys) == 1 {
		var ids []string
		for _, k := range keys {
			ids = append(ids, k[0])
		}
		return []catalog.Rows{exact(t, t.keys[0], ids)}
	}
	// Rows that differ in the last column alone are named together.
	var out []catalog.Rows
	last := len(t.keys) - 1
	at := map[string]int{}
	for _, k := range keys {
		id := strings.Join(k[:last], "\x00")
		i, ok := at[id]
		if !ok {
			i, at[id] = len(out), len(out)
			r := exact(t, t.keys[0], []string{k[0]})
			for j := 1; j < last; j++ {
				r.And = append(r.And, exact(t, t.keys[j], []string{k[j]}))
			}
			r.And = append(r.And, exact(t, t.keys[last], nil))
			out = append(out, r)
		}
		end := &out[i].And[len(out[i].And)-1]
		end.Values = append(end.Values, k[last])
	}
	return out
}

// hits makes a hit of each condition, with what else is known of from.
func hits(from hit, where []catalog.Rows, rows int64) (out []hit) {
	for i, w := range where {
		h := from
		h.where, h.rows = w, rows
		if i > 0 || len(where) > 1 {
			h.rows = 0
			for _, v := range w.And {
				h.rows = int64(len(v.Values))
			}
		}
		out = append(out, h)
	}
	return out
}

// apart takes the rows that somebody shares out of those that are the subject's
// alone. What named the rows before is watched, so that a new one is noticed.
func (d *draft) apart(ctx context.Context, p *part) error {
	var with []catalog.Rows
	for _, h := range p.others {
		if h.related != mentions {
			with = append(with, h.where)
		}
	}
	theirs, ok, err := d.search.values(ctx, p.t, with, p.t.keys...)
	if err != nil || !ok {
		return err
	}
	shares := map[string]bool{}
	for _, k := range theirs {
		shares[strings.Join(k, "\x00")] = true
	}
	var left []hit
	for _, h := range p.about {
		keys, ok, err := d.search.values(ctx, p.t, []catalog.Rows{h.where}, p.t.keys...)
		if err != nil || !ok {
			return err
		}
		both := slices.DeleteFunc(slices.Clone(keys), func(k []string) bool { return !shares[strings.Join(k, "\x00")] })
		mine := slices.DeleteFunc(keys, func(k []string) bool { return shares[strings.Join(k, "\x00")] })
		d.search.watch = append(d.search.watch, watched{Source: p.t.source, Where: h.where, Rows: h.rows})
		left = append(left, hits(h, p.t.byKeys(mine), int64(len(mine)))...)
		h.related, h.columns = shared, []string{h.where.Column}
		p.others = append(p.others, hits(h, p.t.byKeys(both), int64(len(both)))...)
	}
	p.about = left
	return nil
}
