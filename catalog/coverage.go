package catalog

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Coverage is what a crawl that listed a scope to its end, and saw everything in it,
// knows of the names there. A name under Prefix that is no asset and not in LeftOut is
// no table: a sequence, a partition, a system relation, or something that was dropped.
type Coverage struct {
	Source   string            `cbor:"1,keyasint,omitempty"` // the recipe's name
	Scope    string            `cbor:"2,keyasint,omitempty"`
	Platform string            `cbor:"3,keyasint,omitempty"`
	Prefix   string            `cbor:"4,keyasint,omitempty"` // of the dataset names in the scope
	Exact    bool              `cbor:"5,keyasint,omitempty"` // names that differ in letter case alone are different tables
	Partial  bool              `cbor:"6,keyasint,omitempty"` // the credential may not see every table: the rest of the names may be tables too
	Parts    map[string]string `cbor:"7,keyasint,omitempty"` // full name of a partition -> of the table that it is a part of
	LeftOut  []string          `cbor:"8,keyasint,omitempty"` // full names of tables that the recipe leaves out
	// Functions are the SQL functions by full name: a view that calls one has what it
	// reads for its sources.
	Functions map[string]Function `cbor:"9,keyasint,omitempty"`
}

// Function is the text of an SQL function, literals removed.
type Function struct {
	Head string `cbor:"1,keyasint,omitempty"` // CREATE FUNCTION with its arguments and result
	Body string `cbor:"2,keyasint,omitempty"`
}

// SetCoverage keeps what a crawl knows of the names of one scope, in place of what the
// last one knew.
func (c *Catalog) SetCoverage(ctx context.Context, v Coverage) (err error) {
	defer fault.Wrap(&err, "keep the names of %s of %s", v.Scope, v.Source)
	b, err := encoding.Marshal(v)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return c.coverage(ctx, v.Source, func(w kv.Writer) (bool, error) {
		key := coverageKey(v.Source, v.Scope)
		old, ok, err := getParts(w, bucketCoverage, key)
		if err != nil || ok && string(old) == string(b) {
			return false, err
		}
		return true, putParts(w, bucketCoverage, key, b)
	})
}

// DropCoverage forgets what is known of the names of one scope: a scope that is not
// crawled any more says nothing of names that it does not have.
func (c *Catalog) DropCoverage(ctx context.Context, source, scope string) (err error) {
	defer fault.Wrap(&err, "forget the names of %s of %s", scope, source)
	return c.coverage(ctx, source, func(w kv.Writer) (bool, error) {
		key := coverageKey(source, scope)
		_, ok, err := getParts(w, bucketCoverage, key)
		if err != nil || !ok {
			return false, err
		}
		return true, w.Delete(bucketCoverage, key)
	})
}

// coverage changes the coverage of a source and, where do says so, the stamp of all.
func (c *Catalog) coverage(ctx context.Context, source string, do func(kv.Writer) (changed bool, err error)) error {
	if err := c.allowed(ctx, access.Apply, source); err != nil {
		return err
	}
	return c.store.Update(ctx, func(w kv.Writer) error {
		changed, err := do(w)
		if err != nil || !changed {
			return err
		}
		stamp, err := readSeq(w, bucketMeta, keyCoverage)
		if err != nil {
			return err
		}
		return w.Put(bucketMeta, keyCoverage, seqKey(stamp+1))
	})
}

// Coverages returns what is known of the names of every scope that was listed to its
// end.
func (c *Catalog) Coverages(ctx context.Context) (out []Coverage, err error) {
	err = c.store.View(ctx, func(r kv.Reader) error {
		out = nil
		for p, err := range r.Scan(bucketCoverage, nil, nil) {
			if err != nil {
				return err
			}
			if bytes.IndexByte(p.Key, partMark) >= 0 { // a part of a large value; names are UTF-8
				continue
			}
			val, _, err := getParts(r, bucketCoverage, slices.Clone(p.Key))
			if err != nil {
				return err
			}
			var v Coverage
			if err := decode(val, &v); err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// CoverageStamp is a number that moves whenever any coverage changes.
func (c *Catalog) CoverageStamp(ctx context.Context) (n uint64, err error) {
	err = c.store.View(ctx, func(r kv.Reader) error {
		stamp, err := readSeq(r, bucketMeta, keyCoverage)
		n = uint64(stamp)
		return err
	})
	return n, err
}

func coverageKey(source, scope string) []byte {
	return []byte(strings.Join([]string{source, scope}, "\x00"))
}
