package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// newDiscover prints what real use tells: the lists of the page Discovery.
func newDiscover(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "discover", Short: "What is used most, what rises, what nobody uses, and what was dear"}
	limit := cmd.PersistentFlags().Int("limit", 20, "lines to print")
	for _, d := range []struct{ use, short, query string }{
		{"used", "Datasets by the people who use them", `query($first: Int!) { discovery { page: mostUsed(first: $first) ` + usesOf + ` } }`},
		{"rising", "Datasets that people use more than in the month before", `query($first: Int!) { discovery { page: rising(first: $first) ` + usesOf + ` } }`},
		{"unused", "Datasets that nobody reads, with proof", `query($first: Int!) { discovery { page: unused(first: $first) { total counts { name count } items { asset { id name } idle { state detail safe bytes rows lastRead proof { name holds detail } } } } } }`},
		{"morning", "The dearest statements and people of yesterday", `query($first: Int!) { discovery { page: morning(first: $first) { day by covered queries { user runs seconds bytes cost query { id sql } } people { user kind runs seconds bytes cost } } } }`},
	} {
		cmd.AddCommand(&cobra.Command{Use: d.use, Short: d.short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			return discover(c.Context(), s, d.query, *limit, c.OutOrStdout())
		}})
	}
	return cmd
}

const usesOf = `{ total items { people queries before lastUsed asset { id name } } }`

// discovered is any of the lists; each fills its own members.
type discovered struct {
	Total int `json:"total"`
	Items []struct {
		Asset           struct{ Name string } `json:"asset"`
		People          int                   `json:"people"`
		Queries, Before int64
		Idle            struct {
			Detail string `json:"detail"`
			Safe   bool   `json:"safe"`
			Bytes  *int64 `json:"bytes"`
		} `json:"idle"`
	} `json:"items"`
	Counts []struct {
		Name  string `json:"name"`
		Count int    `json:"count"`
	} `json:"counts"`
	Day     time.Time `json:"day"`
	By      string    `json:"by"`
	Covered bool      `json:"covered"`
	Queries []dear    `json:"queries"`
	People  []dear    `json:"people"`
}

// dear is a statement or somebody with what they took.
type dear struct {
	User    string  `json:"user"`
	Runs    int64   `json:"runs"`
	Seconds float64 `json:"seconds"`
	Cost    float64 `json:"cost"`
	Query   *struct {
		SQL string `json:"sql"`
	} `json:"query"`
}

func discover(ctx context.Context, s *settings, query string, limit int, out io.Writer) (err error) {
	k, err := dial(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, k.Close()) }()
	vars := map[string]any{"first": limit}
	if s.json() {
		var raw struct {
			Discovery struct{ Page any }
		}
		if err := k.do(ctx, query, vars, &raw); err != nil {
			return err
		}
		return printJSON(out, raw.Discovery.Page)
	}
	var got struct {
		Discovery struct{ Page discovered }
	}
	if err := k.do(ctx, query, vars, &got); err != nil {
		return err
	}
	got.Discovery.Page.print(out)
	return nil
}

// print writes a list for people; a list has uses, idle tables or a bill.
func (d *discovered) print(out io.Writer) {
	for _, x := range d.Items {
		if x.Idle.Detail == "" {
			fmt.Fprintf(out, "%4d people  %6d queries, %d before  %s\n", x.People, x.Queries, x.Before, x.Asset.Name)
			continue
		}
		parts := []string{x.Idle.Detail}
		if x.Idle.Bytes != nil {
			parts = append(parts, fmt.Sprintf("%d bytes", *x.Idle.Bytes))
		}
		if x.Idle.Safe {
			parts = append(parts, "safe to drop as far as is known")
		}
		fmt.Fprintf(out, "%s: %s\n", x.Asset.Name, strings.Join(parts, "; "))
	}
	for _, c := range d.Counts {
		fmt.Fprintf(out, "%d %s\n", c.Count, c.Name)
	}
	if d.By == "" {
		return
	}
	if !d.Covered {
		fmt.Fprintf(out, "no query log covers %s\n", d.Day.Format(time.DateOnly))
		return
	}
	fmt.Fprintf(out, "%s, by %s\n", d.Day.Format(time.DateOnly), d.By)
	for _, list := range [][]dear{d.Queries, d.People} {
		for _, x := range list {
			fmt.Fprintf(out, "%9.1f s  %5d runs  %s\n", x.Seconds, x.Runs, x)
		}
	}
}

// String is who it was, and of a statement its beginning.
func (x dear) String() string {
	text := x.User
	if x.Cost > 0 {
		text = fmt.Sprintf("%s, cost %.2f", text, x.Cost)
	}
	if x.Query == nil {
		return text
	}
	sql := []rune(x.Query.SQL)
	return text + ": " + string(sql[:min(len(sql), 80)])
}
