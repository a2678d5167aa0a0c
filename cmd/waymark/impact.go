package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
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

const askImpact = `query($id: String!, $column: String, $depth: Int) { impact(id: $id, column: $column, depth: $depth, first: 1000) {
  total items { depth severity why path columns asset { id name type owners { user { name } } usage { lastUsed people } } } } }`

func newImpact(s *settings) *cobra.Command {
	var depth int
	var format, fail string
	cmd := &cobra.Command{Use: "impact ASSET[.COLUMN]", Short: "Everything downstream, with owners, last use and severity", Args: cobra.ExactArgs(1)}
	cmd.Flags().IntVar(&depth, "depth", 20, "steps")
	cmd.Flags().StringVar(&format, "format", "text", "text, csv or json")
	cmd.Flags().StringVar(&fail, "fail-on", "", "end with 4 when something of this severity is found: breaks")
	cmd.RunE = func(c *cobra.Command, args []string) (err error) {
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		got, err := k.impact(c.Context(), args[0], depth)
		if err != nil {
			return err
		}
		if s.json() {
			format = "json"
		}
		if err := got.print(c, format); err != nil {
			return err
		}
		return got.refuse(fail)
	}
	return cmd
}

func (k *client) impact(ctx context.Context, name string, depth int) (impacted, error) {
	id, column, err := k.place(ctx, name)
	if err != nil {
		return impacted{}, err
	}
	vars := map[string]any{"id": id, "depth": depth}
	if column != "" {
		vars["column"] = column
	}
	var got struct{ Impact impacted }
	err = k.do(ctx, askImpact, vars, &got)
	return got.Impact, err
}

func (x impacted) refuse(severity string) error {
	if severity == "" {
		return nil
	}
	n := 0
	for _, i := range x.Items {
		if i.Severity == severity {
			n++
		}
	}
	if n > 0 {
		return ended{code: exitRefused, err: fmt.Errorf("%d assets: %s", n, severity)}
	}
	return nil
}

func (i impactItem) owners() string {
	var names []string
	for _, o := range i.Asset.Owners {
		names = append(names, o.User.Name)
	}
	return strings.Join(names, " ")
}

func (x impacted) print(c *cobra.Command, format string) error {
	switch format {
	case "json":
		return printJSON(c.OutOrStdout(), x)
	case "csv":
		out := csv.NewWriter(c.OutOrStdout())
		rows := [][]string{{"severity", "asset", "type", "steps", "columns", "owners", "people_30d", "last_used", "path"}}
		for _, i := range x.Items {
			rows = append(rows, []string{i.Severity, i.Asset.Name, i.Asset.Type, fmt.Sprint(i.Depth), strings.Join(i.Columns, " "), i.owners(), fmt.Sprint(i.Asset.Usage.People), i.Asset.Usage.LastUsed, strings.Join(i.Path, " > ")})
		}
		if err := out.WriteAll(rows); err != nil {
			return fault.Unavailable.Of(err)
		}
		return nil
	case "text":
		for _, i := range x.Items {
			fmt.Fprintf(c.OutOrStdout(), "%-15s %s  %s  %d steps  %s\n", i.Severity, i.Asset.Name, i.Asset.Type, i.Depth, i.owners())
		}
		fmt.Fprintf(c.OutOrStdout(), "%d of %d\n", len(x.Items), x.Total)
		return nil
	}
	return usage("there is no format %q; write text, csv or json", format)
}
