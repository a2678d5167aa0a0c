package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/lineage"
)

// impacted is the answer of the API.
type impacted struct {
	Total int          `json:"total"`
	Items []impactItem `json:"items"`
}

type impactItem struct {
	Depth    int      `json:"depth"`
	Severity string   `json:"severity"`
	Why      []string `json:"why"`
	Path     []string `json:"path"`
	Columns  []string `json:"columns"`
	Asset    struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Type   string `json:"type"`
		Owners []struct {
			User struct {
				Name string `json:"name"`
			} `json:"user"`
		} `json:"owners"`
		Usage struct {
			LastUsed string `json:"lastUsed"`
			People   int    `json:"people"`
		} `json:"usage"`
	} `json:"asset"`
}

const impactFields = `total items { depth severity why path columns asset { id name type owners { user { name } } usage { lastUsed people } } }`

const askImpact = `query($id: String!, $column: String, $change: Happening = GONE, $depth: Int) {
  impact(id: $id, column: $column, change: $change, depth: $depth, first: 1000) { ` + impactFields + ` } }`

// impactFlags are what the command line says of an impact.
type impactFlags struct {
	depth                 int
	format, fail, happens string
	changes               []string
	source, dialect       string
}

func newImpact(s *settings) *cobra.Command {
	var o impactFlags
	cmd := &cobra.Command{
		Use: "impact ASSET[.COLUMN] | --changes PATH...", Short: "What a change breaks, and for whom",
		Long: "What dropping or altering an asset or a column touches downstream, with owners, last use and severity.\n" +
			"With --changes: what files of DDL, folders of them, or a dbt project's target folder would break, compared with the catalog.",
	}
	f := cmd.Flags()
	f.IntVar(&o.depth, "depth", 20, "steps")
	f.StringVar(&o.format, "format", "text", "text, csv or json")
	f.StringVar(&o.fail, "fail-on", "", "end with 4 when something is hurt so: breaks, changes (or worse), any")
	f.StringVar(&o.happens, "change", "gone", "what becomes of it: gone (dropped, renamed) or altered (type, meaning)")
	f.StringArrayVar(&o.changes, "changes", nil, "files to judge: .sql, a folder, a dbt target folder, - for standard input")
	f.StringVar(&o.source, "source", "", "with --changes: the crawled source whose tables they name")
	f.StringVar(&o.dialect, "dialect", "", "with --changes: their dialect; the source's by default")
	cmd.RunE = func(c *cobra.Command, args []string) (err error) {
		if s.json() {
			o.format = "json"
		}
		if err := o.check(args); err != nil {
			return err
		}
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		if len(o.changes) > 0 {
			return o.judge(c, k, append(o.changes, args...))
		}
		return o.one(c, k, args[0])
	}
	return cmd
}

// gates are the severities on which each --fail-on refuses.
var gates = map[string][]string{"": nil, "breaks": lineage.Severities()[:1], "changes": lineage.Severities()[:2], "any": lineage.Severities()}

func (o *impactFlags) check(args []string) error {
	_, known := gates[o.fail]
	switch {
	case len(o.changes) == 0 && len(args) != 1:
		return usage("which asset? waymark impact analytics.orders.amount, or --changes FILE.sql")
	case !known:
		return usage("--fail-on is %q; write breaks, changes or any", o.fail)
	case o.happens != "gone" && o.happens != "altered":
		return usage("--change is %q; write gone or altered", o.happens)
	case !slices.Contains([]string{"text", "csv", "json"}, o.format):
		return usage("there is no format %q; write text, csv or json", o.format)
	}
	return nil
}

// one prints what a change of one asset or column touches.
func (o *impactFlags) one(c *cobra.Command, k *client, name string) error {
	got, err := k.impact(c.Context(), name, strings.ToUpper(o.happens), o.depth)
	if err != nil {
		return err
	}
	if err := got.print(c.OutOrStdout(), o.format); err != nil {
		return err
	}
	return refuse(o.fail, got.count())
}

func (k *client) impact(ctx context.Context, name, happens string, depth int) (impacted, error) {
	id, column, err := k.place(ctx, name)
	if err != nil {
		return impacted{}, err
	}
	vars := map[string]any{"id": id, "depth": depth, "change": happens}
	if column != "" {
		vars["column"] = column
	}
	var got struct{ Impact impacted }
	err = k.do(ctx, askImpact, vars, &got)
	return got.Impact, err
}

// count says how many assets are hurt how.
func (x impacted) count() map[string]int {
	out := map[string]int{}
	for _, i := range x.Items {
		out[i.Severity]++
	}
	return out
}

// refuse ends with 4 when something is hurt as badly as the gate says.
func refuse(gate string, hurt map[string]int) error {
	var found []string
	for _, severity := range gates[gate] {
		if n := hurt[severity]; n > 0 {
			found = append(found, plural(n, "asset")+": "+severity)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return ended{code: exitRefused, err: errors.New(strings.Join(found, ", "))}
}

func (i impactItem) owners() string {
	var names []string
	for _, o := range i.Asset.Owners {
		names = append(names, o.User.Name)
	}
	return strings.Join(names, " ")
}

// line is the item as a person reads it.
func (i impactItem) line() string {
	parts := []string{fmt.Sprintf("%-15s %s", i.Severity, i.Asset.Name), i.Asset.Type, plural(i.Depth, "step")}
	if names := i.owners(); names != "" {
		parts = append(parts, "owners: "+names)
	}
	if at, err := time.Parse(time.RFC3339, i.Asset.Usage.LastUsed); err == nil {
		parts = append(parts, fmt.Sprintf("last used %s, %s in 30 days", at.Format(time.DateOnly), plural(i.Asset.Usage.People, "user")))
	}
	if len(i.Why) > 0 {
		parts = append(parts, "("+strings.Join(i.Why, "; ")+")")
	}
	return strings.Join(parts, "  ")
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

var impactColumns = []string{"severity", "asset", "type", "steps", "columns", "owners", "people_30d", "last_used", "path"}

func (i impactItem) row() []string {
	return []string{i.Severity, i.Asset.Name, i.Asset.Type, fmt.Sprint(i.Depth), strings.Join(i.Columns, " "), i.owners(),
		fmt.Sprint(i.Asset.Usage.People), i.Asset.Usage.LastUsed, strings.Join(i.Path, " > ")}
}

func (x impacted) print(w io.Writer, format string) error {
	switch format {
	case "json":
		return printJSON(w, x)
	case "csv":
		rows := [][]string{impactColumns}
		for _, i := range x.Items {
			rows = append(rows, i.row())
		}
		return printCSV(w, rows)
	}
	for _, i := range x.Items {
		fmt.Fprintln(w, i.line())
	}
	_, err := fmt.Fprintf(w, "%d of %d\n", len(x.Items), x.Total)
	return fault.Unavailable.Of(err)
}

func printCSV(w io.Writer, rows [][]string) error {
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fault.Unavailable.Of(err)
	}
	return nil
}
