package lineage

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// waiting is a statement that was not wholly understood, or names what is not there. It is read again, from its
// redacted text, when its stamp is no longer what it would be today: a schema of its
// tables arrived or changed, or the reader is another.
type waiting struct {
	Query   urn.URN   `cbor:"1,keyasint,omitempty"`
	Outcome string    `cbor:"2,keyasint,omitempty"`
	Stamp   string    `cbor:"3,keyasint,omitempty"`
	Tables  []urn.URN `cbor:"4,keyasint,omitempty"`
}

// stamp names what a reading stands on: the reader, and the columns of the tables.
func (n *names) stamp(reader string, tables []urn.URN) string {
	tables = slices.Clone(tables)
	slices.Sort(tables)
	h := sha256.New()
	for _, u := range slices.Compact(tables) {
		h.Write([]byte(string(u) + "\x00" + strings.Join(n.describe(u).table.Columns, "\x01") + "\x00"))
	}
	return reader + ":" + hex.EncodeToString(h.Sum(nil)[:8])
}

// waits says what is kept of a statement that waits, or ok false for one that does not.
// One without its place was kept before places were, and cannot be read again.
func waits(a *catalog.Asset) (w waiting, ok bool) {
	f := a.Statement
	if f == nil || f.Platform == "" || f.Text == "" {
		return w, false
	}
	switch outcome := sqllineage.Outcome(f.Outcome); {
	case outcome == sqllineage.Partial, outcome == sqllineage.Failed, len(f.Absent) > 0:
		return waiting{Query: a.URN, Outcome: f.Outcome, Stamp: f.Stamp, Tables: slices.Concat(f.Inputs, f.Outputs, f.Absent)}, true
	}
	return w, false
}

// wait keeps the list of waiting statements level with the changed assets. A changed
// table or a new statement is a reason to look through it.
func (g *Graph) wait(ctx context.Context, page []catalog.Change, found []catalog.Asset) (err error) {
	vals := map[urn.URN][]byte{}
	for i := range found {
		w, ok := waits(&found[i])
		g.reading = g.reading || ok || found[i].Type == catalog.Dataset
		if !ok {
			continue
		}
		if vals[w.Query], err = cbor.Marshal(w); err != nil {
			return fault.Internal.Of(err)
		}
	}
	queries := slices.DeleteFunc(slices.Clone(page), func(c catalog.Change) bool { return c.URN.Kind() != urn.KindQuery })
	if len(queries) == 0 {
		return nil
	}
	return g.store.Update(ctx, func(w kv.Writer) error {
		for _, c := range queries {
			if err := putOrDelete(w, bucketWait, c.URN, vals[c.URN]); err != nil {
				return err
			}
		}
		return nil
	})
}

func putOrDelete(w kv.Writer, b kv.Bucket, u urn.URN, val []byte) error {
	key, err := kv.Name(string(u))
	if err != nil {
		return err
	}
	if val == nil {
		return w.Delete(b, []byte(key))
	}
	return w.Put(b, []byte(key), val)
}

// waiters returns every statement that waits.
func (g *Graph) waiters(ctx context.Context) (out []waiting, err error) {
	err = g.store.View(ctx, func(r kv.Reader) error {
		out = nil
		for p, err := range r.Scan(bucketWait, nil, nil) {
			if err != nil {
				return err
			}
			var w waiting
			if err := cbor.Unmarshal(p.Val, &w); err != nil {
				return fault.Corrupt.Errorf("waiting statement %q: %w", p.Key, err)
			}
			out = append(out, w)
		}
		return nil
	})
	return out, err
}

// maxReread bounds how many statements one Sync reads again; the next goes on.
const maxReread = 500

// reread reads waiting statements again whose stamp has moved, those that were partly
// understood first. What comes of it is applied as a change like any other. n may be
// nil; then the names are read if any statement waits.
func (g *Graph) reread(ctx context.Context, n *names) error {
	if !g.reading {
		return nil
	}
	list, err := g.waiters(ctx)
	if err == nil && n == nil && len(list) > 0 {
		n, err = g.names(ctx)
	}
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(w waiting) bool { return w.Stamp == n.stamp(g.Reader, w.Tables) })
	slices.SortStableFunc(list, func(a, b waiting) int { return cmp.Compare(b.Outcome, a.Outcome) }) // "partial" before "failed"
	var queries []urn.URN
	for _, w := range list[:min(maxReread, len(list))] {
		queries = append(queries, w.Query)
	}
	found, err := g.cat.FindMany(ctx, queries)
	if err != nil {
		return err
	}
	batch := catalog.Batch{Author: catalog.Lineage, Run: "read again"}
	for i := range found {
		if found[i].Statement != nil {
			batch.Assets = append(batch.Assets, g.again(n, &found[i])...)
		}
	}
	if n != nil && n.failed() != nil {
		return n.failed()
	}
	if _, err := g.cat.Apply(ctx, batch); err != nil {
		return err
	}
	g.reading = len(list) > maxReread
	return nil
}

// again reads one statement again, and returns it with the tables that only it names.
func (g *Graph) again(n *names, a *catalog.Asset) []catalog.Asset {
	was := *a.Statement
	log := catalog.Log{Source: was.Source, Platform: was.Platform, Instance: was.Instance, Dialect: was.Dialect, DefaultDB: was.DefaultDB, DefaultSchema: was.DefaultSchema}
	is := was
	if was.Text == "" { // it was not understood, and its words are not kept
		is.Stamp = n.stamp(g.Reader, nil)
		return []catalog.Asset{{URN: a.URN, Type: catalog.Query, Statement: &is}}
	}
	w := within{names: n, log: log}
	r := w.read(was.Text, 0)
	if was.Outcome == outcomeFailed && r.facts.Outcome == outcomeFailed {
		w.withhold(&is, len(is.Text)) // an older reading kept them
	}
	if better(&was, &r.facts) {
		is = r.facts
		is.Text, is.First, is.Unsure, is.Fruitless = was.Text, was.First, was.Unsure, was.Fruitless
		if is.Fruitless {
			is.Outputs, is.Columns = nil, nil
		}
	}
	is.Stamp = n.stamp(g.Reader, slices.Concat(is.Inputs, is.Outputs, is.Absent))
	out := []catalog.Asset{{URN: a.URN, Type: catalog.Query, Statement: &is}}
	for _, u := range slices.Concat(is.Inputs, is.Outputs) {
		if !is.Fruitless && n.isStub(u) {
			out = append(out, n.stub(u))
		}
	}
	return out
}

// better reports whether a second reading says more than the first. The redacted text
// lacks paths and what was put together from strings, so a reading that names fewer
// tables is not taken.
func better(was, is *catalog.StatementFacts) bool {
	outcomes := []string{string(sqllineage.Failed), string(sqllineage.Partial), string(sqllineage.Parsed)}
	a, b := slices.Index(outcomes, was.Outcome), slices.Index(outcomes, is.Outcome)
	for _, u := range slices.Concat(was.Inputs, was.Outputs) {
		if !slices.Contains(is.Inputs, u) && !slices.Contains(is.Outputs, u) {
			return false
		}
	}
	return b > a || b == a && (len(is.Columns) > len(was.Columns) || len(is.Inputs)+len(is.Outputs) > len(was.Inputs)+len(was.Outputs))
}
