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

func newLineage(s *settings) *cobra.Command {
	var up, down, columns bool
	var depth int
	var format string
	cmd := &cobra.Command{Use: "lineage ASSET[.COLUMN]", Short: "Where it comes from and what depends on it", Args: cobra.ExactArgs(1)}
	f := cmd.Flags()
	f.BoolVar(&up, "up", false, "only where it comes from")
	f.BoolVar(&down, "down", false, "only what depends on it")
	f.BoolVar(&columns, "columns", false, "column by column")
	f.IntVar(&depth, "depth", 10, "steps")
	f.StringVar(&format, "format", "tree", "tree, json, csv or dot")
	cmd.RunE = func(c *cobra.Command, args []string) (err error) {
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		id, column, err := k.place(c.Context(), args[0])
		if err != nil {
			return err
		}
		g, err := k.lineage(c.Context(), id, column, direction(up, down), depth, columns)
		if err != nil {
			return err
		}
		if s.json() {
			format = "json"
		}
		return g.print(c.OutOrStdout(), format)
	}
	return cmd
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
		ID    string `json:"id"`
		Depth int    `json:"depth"`
		Asset *struct {
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
}

type columnRef struct {
	Dataset string `json:"dataset"`
	Name    string `json:"name"`
	Column  string `json:"column"`
}

const askLineage = `query($id: String!, $column: String, $direction: Direction, $depth: Int, $columns: Boolean) {
  lineage(id: $id, column: $column, direction: $direction, depth: $depth, columns: $columns, first: 1000) {
    root nodes { id depth asset { name type platform } } edges { from to origins confidence }
    columns { from { dataset name column } to { dataset name column } type subtype masking } more truncated } }`

func (k *client) lineage(ctx context.Context, id, column, way string, depth int, columns bool) (graph, error) {
	vars := map[string]any{"id": id, "direction": way, "depth": depth, "columns": columns}
	if column != "" {
		vars["column"] = column
	}
	var got struct{ Lineage graph }
	err := k.do(ctx, askLineage, vars, &got)
	return got.Lineage, err
}

// name of a node, "hidden" for one that may not be seen.
func (g graph) name(id string) string {
	for _, n := range g.Nodes {
		if n.ID == id && n.Asset != nil {
			return n.Asset.Name
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
