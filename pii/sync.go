package pii

import (
	"context"
	"slices"

	"github.com/fxamacker/cbor/v2"
	"golang.org/x/sync/errgroup"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
	"waymark/pii/detect"
)

// sampleRows is how many rows are read of a dataset: sources.md 2.8.
const sampleRows = 50

// atOnce is how many datasets are sampled at a time: four parallel requests a source.
const atOnce = 4

// Sync judges the datasets whose schema changed since the last time and marks those
// where a person decided. It may die anywhere and run twice.
func (d *Desk) Sync(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "look for personal data")
	at, err := d.cat.Cursor(ctx, cursorName)
	if err != nil {
		return err
	}
	return d.cat.Follow(ctx, cursorName, func(ctx context.Context, page []catalog.Change) error {
		var look, mark, profiled []urn.URN
		for _, c := range page {
			if !c.Removed && c.MovedSince(at, catalog.AspectProfile) && !c.MovedSince(at, catalog.AspectSchema) {
				profiled = append(profiled, c.URN)
			}
			switch {
			case c.Removed || c.Type == catalog.Query:
			case c.MovedSince(at, catalog.AspectSchema):
				look = append(look, c.URN)
			case c.MovedSince(at, catalog.AspectDecisions):
				mark = append(mark, c.URN)
			}
		}
		at = page[len(page)-1].Seq
		again, err := d.rightsMoved(ctx, profiled)
		if err != nil {
			return err
		}
		look = append(look, again...)
		if err := d.look(ctx, look); err != nil {
			return err
		}
		return d.mark(ctx, append(look, mark...))
	})
}

// rightsMoved returns those of list of whose rows a crawl now says otherwise than
// when they were judged.
func (d *Desk) rightsMoved(ctx context.Context, list []urn.URN) (out []urn.URN, err error) {
	found, err := d.cat.FindMany(ctx, list)
	if err != nil {
		return nil, err
	}
	for i := range found {
		r, err := d.record(ctx, found[i].URN)
		if err != nil {
			return nil, err
		}
		if !r.At.IsZero() && r.NotRead != found[i].RowsNotRead() {
			out = append(out, found[i].URN)
		}
	}
	return out, nil
}

// look judges datasets and stores what was found.
func (d *Desk) look(ctx context.Context, list []urn.URN) error {
	found, err := d.cat.FindMany(ctx, list)
	if err != nil {
		return err
	}
	records := make([]record, len(found))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for i := range found {
		g.Go(func() error {
			records[i] = d.judge(gctx, &found[i])
			return gctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return d.store.Update(ctx, func(w kv.Writer) error {
		for i := range found {
			if err := putRecord(w, found[i].URN, records[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func putRecord(w kv.Writer, u urn.URN, r record) error {
	b, err := cbor.Marshal(r)
	if err != nil {
		return fault.Internal.Of(err)
	}
	key, err := kv.Name(string(u))
	if err != nil {
		return err
	}
	return w.Put(bucketFinding, []byte(key), b)
}

// judge asks the detector about one dataset. The sample is dropped on return.
func (d *Desk) judge(ctx context.Context, a *catalog.Asset) record {
	out := record{At: d.Now().UTC(), Columns: map[string][]detect.Finding{}, NotRead: a.RowsNotRead()}
	if a.Schema == nil {
		return out
	}
	t := tableOf(a)
	out.Sampled, out.Failed = d.sample(ctx, a.URN, &t)
	for i, findings := range d.detector.Table(t) {
		if len(findings) > 0 && findings[0].Decision != detect.None {
			out.Columns[t.Columns[i].Name] = findings
		}
	}
	return out
}

func tableOf(a *catalog.Asset) detect.Table {
	path, name := splitName(a.URN.Name())
	t := detect.Table{Dataset: path, Name: name}
	for _, c := range a.Schema.Columns {
		col := detect.Column{Name: c.Name, Type: c.Type, Comment: c.Description, PrimaryKey: c.PrimaryKey}
		if c.References != nil {
			_, col.References = splitName(c.References.Dataset.Name())
		}
		t.Columns = append(t.Columns, col)
	}
	return t
}

// sample reads values into t and reports whether it could, or why not though the
// source gives samples. One that gives none is no error: the evidence says that values
// were not read.
func (d *Desk) sample(ctx context.Context, u urn.URN, t *detect.Table) (read bool, failed string) {
	if d.samples == nil || len(t.Columns) == 0 {
		return false, ""
	}
	names := make([]string, len(t.Columns))
	for i := range t.Columns {
		names[i] = t.Columns[i].Name
	}
	values, err := d.samples.Sample(ctx, u, names, sampleRows)
	if err != nil {
		d.log.DebugContext(ctx, "values not read", "dataset", string(u), "kind", string(fault.KindOf(err)))
		return false, failures[fault.KindOf(err)]
	}
	if len(values) == 0 { // the recipe wants none
		return false, ""
	}
	for i := range min(len(values), len(t.Columns)) {
		t.Columns[i].Sample = values[i]
	}
	return true, ""
}

// failures say why values could not be read. The words of a database may quote the
// value that it stumbled over, so they are not kept. Kinds that are not here mean
// that nothing was to be read.
var failures = map[fault.Kind]string{
	fault.Denied:      "a right is missing",
	fault.Unavailable: "the source did not answer in time",
	fault.Conflict:    "the source refused it",
	fault.Internal:    "what the source answered could not be read",
}

// mark writes how the columns of datasets stand into the catalog.
func (d *Desk) mark(ctx context.Context, list []urn.URN) error {
	found, err := d.cat.FindMany(ctx, list)
	if err != nil {
		return err
	}
	batch := catalog.Batch{Author: catalog.PII, Run: "findings"}
	for i := range found {
		r, err := d.record(ctx, found[i].URN)
		if err != nil {
			return err
		}
		p := standing(&found[i], r)
		batch.Assets = append(batch.Assets, catalog.Asset{URN: found[i].URN, Type: found[i].Type, Privacy: &p})
	}
	for part := range slices.Chunk(batch.Assets, 500) {
		if _, err := d.cat.Apply(ctx, catalog.Batch{Author: batch.Author, Run: batch.Run, Assets: part}); err != nil {
			return err
		}
	}
	return nil
}

// record returns what was found in a dataset; the zero record when it was never looked at.
func (d *Desk) record(ctx context.Context, u urn.URN) (r record, err error) {
	key, err := kv.Name(string(u))
	if err != nil {
		return r, err
	}
	err = d.store.View(ctx, func(rd kv.Reader) error {
		val, ok, err := rd.Get(bucketFinding, []byte(key))
		if err != nil || !ok {
			return err
		}
		if err := cbor.Unmarshal(val, &r); err != nil {
			return fault.Corrupt.Errorf("findings of %s: %w", u, err)
		}
		return nil
	})
	return r, err
}
