package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
)

// lineageFlags are what the command lineage was asked for.
type lineageFlags struct {
	up, down, columns bool
	depth             int
	format            string
	to, asOf, between string
	withoutStale      bool
	throughViews      bool
	withRefuted       bool
}

func newLineage(s *settings) *cobra.Command {
	var x lineageFlags
	cmd := &cobra.Command{Use: "lineage ASSET[.COLUMN]", Short: "Where it comes from and what depends on it", Args: cobra.MaximumNArgs(1)}
	f := cmd.Flags()
	f.BoolVar(&x.up, "up", false, "only where it comes from")
	f.BoolVar(&x.down, "down", false, "only what depends on it")
	f.BoolVar(&x.columns, "columns", false, "column by column")
	f.IntVar(&x.depth, "depth", 10, "steps")
	f.StringVar(&x.format, "format", "tree", "tree, json, csv or dot")
	f.StringVar(&x.to, "to", "", "a shortest way to this asset or column")
	f.StringVar(&x.asOf, "as-of", "", "as it was at the end of this day (2026-11-01), or at a moment (RFC 3339)")
	f.StringVar(&x.between, "diff", "", "what changed between two days: FROM..TO, or FROM.. until now; without ASSET, everywhere")
	f.BoolVar(&x.throughViews, "through-views", false, "leave views out: what goes into one goes straight into what reads it")
	f.BoolVar(&x.withoutStale, "fresh", false, "leave out what no log showed for 90 days")
	f.BoolVar(&x.withRefuted, "refuted", false, "follow also what people say is wrong")
	cmd.RunE = func(c *cobra.Command, args []string) (err error) {
		if len(args) == 0 && x.between == "" {
			return usage("name an asset; only --diff goes without one")
		}
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		if s.json() {
			x.format = "json"
		}
		if x.between != "" {
			return k.diff(c.Context(), c.OutOrStdout(), args, x)
		}
		g, err := k.graph(c.Context(), args[0], x)
		if err != nil {
			return err
		}
		return g.print(c.OutOrStdout(), x.format)
	}
	return cmd
}

// graph asks for the graph around an asset or column, or for the way to another.
func (k *client) graph(ctx context.Context, name string, x lineageFlags) (g graph, err error) {
	at, err := moment(x.asOf)
	if err != nil {
		return g, err
	}
	id, column, err := k.place(ctx, name)
	if err != nil {
		return g, err
	}
	if x.to == "" {
		return k.lineage(ctx, id, column, at, x)
	}
	to, toColumn, err := k.place(ctx, x.to)
	if err != nil {
		return g, err
	}
	return k.way(ctx, map[string]any{"from": id, "column": optional(column), "to": to, "toColumn": optional(toColumn), "asOf": at})
}

// optional is a text, or nothing for "".
func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func direction(up, down bool) string {
	switch {
	case up && !down:
		return "UP"
	case down && !up:
		return "DOWN"
	}
	return "BOTH"
}

const askAsset = `query($id: String!) { asset(id: $id) { id name columns { name } } }`

// place finds the asset that a name means, or the asset and column of ASSET.COLUMN.
func (k *client) place(ctx context.Context, name string) (id, column string, err error) {
	type answer struct {
		Asset *struct {
			ID, Name string
			Columns  []struct{ Name string }
		}
	}
	var a answer
	if err := k.do(ctx, askAsset, map[string]any{"id": name}, &a); err != nil {
		return "", "", ambiguous(err)
	}
	if a.Asset != nil {
		return a.Asset.ID, "", nil
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		if err := k.do(ctx, askAsset, map[string]any{"id": name[:i]}, &a); err != nil {
			return "", "", ambiguous(err)
		}
		if a.Asset != nil {
			for _, c := range a.Asset.Columns {
				if strings.EqualFold(c.Name, name[i+1:]) {
					return a.Asset.ID, c.Name, nil
				}
			}
		}
	}
	return "", "", fault.NotFound.Errorf("there is no asset %q; try: waymark search %s", name, name)
}

// ambiguous makes a name that several assets have a wrong call, with the list.
func ambiguous(err error) error {
	if errors.Is(err, fault.Invalid) {
		return ended{code: exitUsage, err: err}
	}
	return err
}

// graph is the answer of the API.
type graph struct {
	Root  string `json:"root"`
	Nodes []struct {
		ID     string `json:"id"`
		Depth  int    `json:"depth"`
		Name   string `json:"name"`
		Hidden bool   `json:"hidden"`
		Cycle  int    `json:"cycle"`
		Asset  *struct {
			Name     string `json:"name"`
			Type     string `json:"type"`
			Platform string `json:"platform"`
		} `json:"asset"`
	} `json:"nodes"`
	Edges []struct {
		From       string   `json:"from"`
		To         string   `json:"to"`
		Origins    []string `json:"origins"`
		Confidence float64  `json:"confidence"`
		Stale      bool     `json:"stale"`
		Disputed   bool     `json:"disputed"`
	} `json:"edges"`
	Columns []struct {
		From    columnRef `json:"from"`
		To      columnRef `json:"to"`
		Type    string    `json:"type"`
		Subtype string    `json:"subtype"`
		Masking bool      `json:"masking"`
	} `json:"columns"`
	More      int  `json:"more"`
	Truncated bool `json:"truncated"`

	way bool // from one asset to another
}

type columnRef struct {
	Dataset string `json:"dataset"`
	Name    string `json:"name"`
	Column  string `json:"column"`
}

const graphFields = `root nodes { id depth name hidden cycle asset { name type platform } } edges { from to origins confidence stale disputed }
    columns { from { dataset name column } to { dataset name column } type subtype masking } more truncated`

const askLineage = `query($id: String!, $column: String, $direction: Direction, $depth: Int, $columns: Boolean, $asOf: Time, $stale: Boolean, $refuted: Boolean, $throughViews: Boolean) {
  lineage(id: $id, column: $column, direction: $direction, depth: $depth, columns: $columns, first: 1000, asOf: $asOf, stale: $stale, refuted: $refuted, throughViews: $throughViews) { ` + graphFields + ` } }`

const askWay = `query($from: String!, $to: String!, $column: String, $toColumn: String, $asOf: Time) {
  lineagePath(from: $from, to: $to, column: $column, toColumn: $toColumn, asOf: $asOf) { ` + graphFields + ` } }`

func (k *client) lineage(ctx context.Context, id, column string, at any, x lineageFlags) (graph, error) {
	vars := map[string]any{
		"id": id, "column": optional(column), "direction": direction(x.up, x.down), "depth": x.depth, "columns": x.columns,
		"asOf": at, "stale": !x.withoutStale, "refuted": x.withRefuted, "throughViews": x.throughViews,
	}
	var got struct{ Lineage graph }
	err := k.do(ctx, askLineage, vars, &got)
	return got.Lineage, err
}

func (k *client) way(ctx context.Context, vars map[string]any) (graph, error) {
	var got struct{ LineagePath graph }
	err := k.do(ctx, askWay, vars, &got)
	got.LineagePath.way = true
	return got.LineagePath, err
}

// name of a node, "hidden" for one that may not be seen.
func (g graph) name(id string) string {
	for _, n := range g.Nodes {
		if n.ID == id && !n.Hidden {
			return n.Name
		}
	}
	return "hidden"
}

func (g graph) print(w io.Writer, format string) error {
	switch format {
	case "json":
		return printJSON(w, g)
	case "csv":
		return g.csv(w)
	case "dot":
		g.dot(w)
		return nil
	case "tree":
		g.tree(w)
		return nil
	}
	return usage("there is no format %q; write tree, json, csv or dot", format)
}

// tree prints the way up, the asset, and the way down; each asset once, with "..."
// where it was printed before.
func (g graph) tree(w io.Writer) {
	if g.way {
		g.steps(w)
		return
	}
	fmt.Fprintln(w, g.name(g.Root))
	if len(g.Columns) > 0 {
		for _, c := range g.Columns {
			mask := ""
			if c.Masking {
				mask = ", masked"
			}
			fmt.Fprintf(w, "  %s.%s <- %s.%s (%s%s)\n", c.To.Name, c.To.Column, c.From.Name, c.From.Column, strings.ToLower(c.Subtype), mask)
		}
		return
	}
	seen := map[string]bool{g.Root: true}
	g.branch(w, g.Root, "  ", "<- ", seen, true)
	seen = map[string]bool{g.Root: true}
	g.branch(w, g.Root, "  ", "-> ", seen, false)
}

// steps prints a way, one asset a line.
func (g graph) steps(w io.Writer) {
	if len(g.Nodes) == 0 {
		fmt.Fprintln(w, "no data flows from one to the other")
	}
	for i, n := range g.Nodes {
		arrow := ""
		if i > 0 {
			arrow = "<- "
			if g.flows(g.Nodes[i-1].ID, n.ID) {
				arrow = "-> "
			}
		}
		fmt.Fprintf(w, "%s%s%s\n", strings.Repeat("  ", i), arrow, g.name(n.ID))
	}
	for _, c := range g.Columns {
		fmt.Fprintf(w, "  %s.%s <- %s.%s (%s)\n", c.To.Name, c.To.Column, c.From.Name, c.From.Column, strings.ToLower(c.Subtype))
	}
}

// flows reports whether there is an edge from one node to another.
func (g graph) flows(from, to string) bool {
	for _, e := range g.Edges {
		if e.From == from && e.To == to {
			return true
		}
	}
	return false
}

func (g graph) branch(w io.Writer, at, indent, arrow string, seen map[string]bool, up bool) {
	for _, e := range g.Edges {
		here, next := e.From, e.To
		if up {
			here, next = e.To, e.From
		}
		if here != at {
			continue
		}
		again := ""
		if seen[next] {
			again = " ..."
		}
		fmt.Fprintf(w, "%s%s%s%s\n", indent, arrow, g.name(next), again)
		if !seen[next] {
			seen[next] = true
			g.branch(w, next, indent+"  ", arrow, seen, up)
		}
	}
}

func (g graph) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"from", "to", "origins", "confidence"}}
	for _, e := range g.Edges {
		rows = append(rows, []string{g.name(e.From), g.name(e.To), strings.Join(e.Origins, " "), fmt.Sprintf("%.3f", e.Confidence)})
	}
	if len(g.Columns) > 0 {
		rows = [][]string{{"from", "from_column", "to", "to_column", "type", "subtype", "masking"}}
	}
	for _, c := range g.Columns {
		rows = append(rows, []string{c.From.Name, c.From.Column, c.To.Name, c.To.Column, c.Type, c.Subtype, fmt.Sprint(c.Masking)})
	}
	if err := out.WriteAll(rows); err != nil {
		return fault.Unavailable.Of(err)
	}
	return nil
}

func (g graph) dot(w io.Writer) {
	fmt.Fprintln(w, "digraph lineage {\n  rankdir=LR;")
	for _, e := range g.Edges {
		fmt.Fprintf(w, "  %q -> %q;\n", g.name(e.From), g.name(e.To))
	}
	fmt.Fprintln(w, "}")
}
