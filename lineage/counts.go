package lineage

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// counts gathers who used what on which day while a log is read.
type counts struct {
	days map[time.Time]map[useKey]*catalog.UsageRow
	used map[*catalog.UsageRow]*columnsUsed // of rows that read directly
}

// useKey is what one usage row is about.
type useKey struct {
	asset                   urn.URN
	actor, kind, tool, role string
	indirect                bool
}

func newCounts() *counts {
	return &counts{days: map[time.Time]map[useKey]*catalog.UsageRow{}, used: map[*catalog.UsageRow]*columnsUsed{}}
}

// The roles of a usage row.
const (
	roleRead  = "read"
	roleWrite = "write"
	roleRun   = "run"  // of a statement itself
	roleView  = "view" // of a dashboard
)

// startOf is the start of the partition that a statement belongs to.
func startOf(log catalog.Log, at time.Time) time.Time {
	if log.Delta {
		return at.UTC().Truncate(time.Second)
	}
	return at.UTC().Truncate(24 * time.Hour)
}

// add counts one run of a statement for the statement and every asset in it.
func (c *counts) add(h held, log catalog.Log) {
	day := startOf(log, h.stmt.Time)
	if c.days[day] == nil {
		c.days[day] = map[useKey]*catalog.UsageRow{}
	}
	kind := actorKind(h.stmt, log)
	row := func(u urn.URN, role string, indirect bool) *catalog.UsageRow {
		k := useKey{asset: u, actor: h.stmt.User, kind: kind, tool: h.stmt.Tool, role: role, indirect: indirect}
		r, ok := c.days[day][k]
		if !ok {
			r = &catalog.UsageRow{Actor: k.actor, Kind: k.kind, Tool: k.tool, Role: k.role, Indirect: indirect}
			c.days[day][k] = r
		}
		h.tally(r)
		if indirect { // time and bytes are those of the view
			r.Millis, r.Rows, r.Bytes, r.Cost = 0, 0, 0, 0
		}
		return r
	}
	row(h.shape.urn, roleRun, false)
	for _, b := range h.shape.beneath {
		r := row(b.asset, roleRead, true)
		if h.happened() {
			r.Columns, r.Filters = merge(r.Columns, b.selected), merge(r.Filters, b.filtered)
			r.Through = merge(r.Through, []urn.URN{b.through})
		}
	}
	for _, u := range h.shape.used {
		r := row(u, roleRead, false)
		if !h.happened() {
			continue
		}
		r.Columns = merge(r.Columns, h.shape.selected[u])
		r.Filters = merge(r.Filters, h.shape.filtered[u])
		if c.used[r] == nil {
			c.used[r] = &columnsUsed{}
		}
		c.used[r].add(u, &h.shape.reading, max(h.stmt.Count, 1))
		r.Queried = first8(r.Queried, h.shape.urn.Name())
	}
	for _, u := range h.shape.facts.Outputs {
		r := row(u, roleWrite, false)
		if !h.happened() {
			continue
		}
		r.Queried = first8(r.Queried, h.shape.urn.Name())
	}
}

// tally adds one run to a row; failed runs count as errors alone.
func (h held) tally(r *catalog.UsageRow) {
	n := max(h.stmt.Count, 1)
	if !h.happened() {
		r.Errors += n
		return
	}
	r.Queries += n
	r.Millis += h.stmt.Duration.Milliseconds()
	if h.stmt.Rows != nil {
		r.Rows += *h.stmt.Rows
	}
	if h.stmt.Bytes != nil {
		r.Bytes += *h.stmt.Bytes
	}
	r.Cost += h.stmt.Cost
	at := h.stmt.Time.Unix()
	r.Last = max(r.Last, at)
	if r.First == 0 || at < r.First {
		r.First = at
	}
}

// actorKind says who ran a statement: what the log or the crawl found out, else a
// configured service account, else a person.
func actorKind(s catalog.Statement, log catalog.Log) string {
	switch {
	case s.Actor != "":
		return s.Actor
	case slices.ContainsFunc(log.ServiceUsers, func(p string) bool { return strings.HasPrefix(s.User, p) }):
		return "service"
	case s.User == "":
		return "unknown"
	}
	return "human"
}

func merge[T comparable](a, b []T) []T {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

func first8(a []string, s string) []string {
	if len(a) < 8 && !slices.Contains(a, s) {
		a = append(a, s)
	}
	return a
}

// record writes each day as one partition, so that reading the log again replaces it.
func (c *counts) record(ctx context.Context, cat *catalog.Catalog, reader string) error {
	for day, rows := range c.days {
		p := catalog.Partition{Source: reader, Start: day, Assets: map[urn.URN][]catalog.UsageRow{}}
		for k, r := range rows {
			if used := c.used[r]; used != nil {
				used.into(r)
			}
			p.Assets[k.asset] = append(p.Assets[k.asset], *r)
		}
		for _, list := range p.Assets {
			slices.SortFunc(list, func(a, b catalog.UsageRow) int {
				return cmp.Or(strings.Compare(a.Actor, b.Actor), strings.Compare(a.Role, b.Role), strings.Compare(a.Tool, b.Tool), compareBool(a.Indirect, b.Indirect))
			})
		}
		if err := cat.Record(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
