package gdpr

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Pack is the answer to an access request: every row that was found, with where it
// is and how it was reached.
type Pack struct {
	Request     string       `json:"request"`
	Law         string       `json:"law"`
	Made        Day          `json:"made"`
	Collections []Collection `json:"collections"`
	Missing     []Gap        `json:"missing"` // what could not be looked into
	Notes       []string     `json:"notes"`
}

// Collection is the subject's rows of one dataset.
type Collection struct {
	Dataset urn.URN     `json:"dataset"`
	Source  string      `json:"source"`
	Reached []string    `json:"reached"`
	Note    string      `json:"note,omitempty"`
	Columns []string    `json:"columns"`
	Rows    [][]*string `json:"rows"` // null is an empty cell
}

// Pack makes the package of an access request that two people approved. That it is
// made is in the ledger before a row is read.
func (d *Desk) Pack(ctx context.Context, id string) (p Pack, err error) {
	defer fault.Wrap(&err, "package of request %s", id)
	c, err := d.caller(ctx, access.RequestExecute, id)
	if err != nil {
		return p, err
	}
	r, err := d.load(ctx, id)
	if err != nil {
		return p, err
	}
	if r.Kind != Access || !slices.Contains([]State{Sent, Incomplete, Closed}, r.State) {
		return p, fault.Conflict.Errorf("the request is %s, %s; a package is made of an access request that was approved and executed", r.Kind, r.State)
	}
	f, err := d.frozen(ctx, id)
	if err != nil {
		return p, err
	}
	if _, err := d.record(ctx, "package.made", &r, r.act(c, "", nil)); err != nil {
		return p, err
	}
	p = Pack{Request: id, Law: f.Plan.Law, Made: d.today(), Collections: []Collection{}, Missing: f.Plan.Unreachable, Notes: f.Plan.Notes}
	isMine := newSearch(d, nil, f.Keys).isMine
	for i, s := range f.Plan.Steps {
		col, err := d.collect(inner(ctx), s, f.Acts[i], isMine)
		if err != nil {
			return p, fault.Unavailable.Errorf("%s could not be read: %s", s.Dataset.Name(), scrub(because(err), f.Keys))
		}
		p.Collections = append(p.Collections, col)
	}
	return p, nil
}

// collect reads the rows of a step. Addresses of other people inside cells are covered.
func (d *Desk) collect(ctx context.Context, s Step, a catalog.Act, isMine func(string) bool) (Collection, error) {
	col := Collection{Dataset: s.Dataset, Source: s.Source, Reached: s.Path, Note: s.Ground, Columns: a.Columns, Rows: [][]*string{}}
	for _, w := range a.Where {
		rows, err := d.Reach.Select(ctx, w, a.Columns, maxKeys)
		if err != nil {
			return col, err
		}
		for _, r := range rows {
			for i := range r {
				r[i] = maskOthers(r[i], isMine)
			}
			col.Rows = append(col.Rows, cells(r))
		}
	}
	return col, nil
}

func cells(row []string) []*string {
	out := make([]*string, len(row))
	for i := range row {
		if row[i] != "" {
			out[i] = &row[i]
		}
	}
	return out
}

// WritePack writes a package to a new file for its owner alone.
func WritePack(path string, p Pack) error {
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fault.Internal.Of(err)
	}
	f, err := os.OpenFile(filepath.Clean(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if os.IsExist(err) {
		return fault.Conflict.Errorf("%s is there already and is not overwritten", path)
	}
	if err != nil {
		return fault.Unavailable.Of(err)
	}
	_, err = f.Write(append(text, '\n'))
	if bad := f.Close(); err == nil {
		err = bad
	}
	return fault.Unavailable.Of(err)
}
