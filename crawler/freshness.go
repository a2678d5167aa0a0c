package crawler

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// written is a counter of writes, and when a crawl last saw it move.
type written struct {
	Count int64
	At    int64 // unix seconds; 0 while it has not moved since it was first seen
}

// writes turns counters of writes into times: a table whose counter grew between
// two crawls was written between them. The counters of the last crawl are kept
// as a mark beside that of the query log.
type writes struct {
	last map[urn.URN]written
	now  map[urn.URN]written
}

func writesMark(source string) string { return source + "/writes" }

// watch reads the counters, if the source has any.
func (c *crawl) watch(ctx context.Context) error {
	f, ok := c.src.(Freshness)
	if !ok {
		return nil
	}
	counts, err := f.Writes(ctx)
	if err != nil {
		return err
	}
	text, err := c.hooks.Marks.Mark(ctx, writesMark(c.recipe.Name))
	if err != nil {
		return unwritten{err}
	}
	c.writes = writes{last: unpack(text), now: map[urn.URN]written{}}
	for u, n := range counts {
		was, known := c.writes.last[u]
		is := written{Count: n, At: was.At}
		if known && n > was.Count {
			is.At = c.Now().Unix()
		}
		c.writes.now[u] = is
	}
	return nil
}

// stamp gives an asset the time of its last write, where the source gave none.
func (w writes) stamp(a *catalog.Asset) {
	is, ok := w.now[a.URN]
	if !ok || is.At == 0 || a.Stats == nil || !a.Stats.UpdatedAt.IsZero() {
		return
	}
	st := *a.Stats
	st.UpdatedAt = time.Unix(is.At, 0).UTC()
	a.Stats = &st
}

// keep writes the counters for the next crawl.
func (c *crawl) keep(ctx context.Context) error {
	if c.writes.now == nil || c.options.DryRun {
		return nil
	}
	if err := c.hooks.Marks.SetMark(ctx, writesMark(c.recipe.Name), pack(c.writes.now)); err != nil {
		return unwritten{err}
	}
	return nil
}

func pack(m map[urn.URN]written) string {
	text, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	// Writing to memory does not fail.
	_, _ = z.Write(text)
	_ = z.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// unpack returns no counters for a mark that it cannot read: then no table is
// known to have been written, until the next crawl.
func unpack(text string) map[urn.URN]written {
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	plain, err := io.ReadAll(z)
	m := map[urn.URN]written{}
	if err != nil || json.Unmarshal(plain, &m) != nil {
		return nil
	}
	return m
}
