package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"waymark/catalog/fault"
)

// moment reads a day, which means its end, or a moment; nil for nothing.
func moment(text string) (any, error) {
	if text == "" {
		return nil, nil
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Second).Format(time.RFC3339), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, usage("%q is no day; write 2026-11-01 or 2026-11-01T12:00:00Z", text)
	}
	return t.Format(time.RFC3339), nil
}

// lineageDiff is the answer of the API.
type lineageDiff struct {
	Total  int `json:"total"`
	Hidden int `json:"hidden"`
	Items  []struct {
		Kind string `json:"kind"`
		From string `json:"fromName"`
		To   string `json:"toName"`
		At   string `json:"at"`
		Edge struct {
			Origins    []string `json:"origins"`
			Confidence float64  `json:"confidence"`
		} `json:"edge"`
		Statements []struct {
			ID  string `json:"id"`
			SQL string `json:"sql"`
		} `json:"statements"`
	} `json:"items"`
}

const askDiff = `query($id: String, $from: Time!, $to: Time) { lineageDiff(id: $id, from: $from, to: $to, first: 1000) {
  total hidden items { kind fromName toName at edge { origins confidence } statements { id sql } } } }`

// diff prints how lineage changed between two days, of one asset or of all.
func (k *client) diff(ctx context.Context, w io.Writer, args []string, x lineageFlags) error {
	from, to, ok := strings.Cut(x.between, "..")
	if !ok || from == "" {
		return usage("--diff wants two days: 2026-10-01..2026-11-01")
	}
	vars := map[string]any{}
	var err error
	if vars["from"], err = moment(from); err != nil {
		return err
	}
	if vars["to"], err = moment(to); err != nil {
		return err
	}
	if len(args) > 0 {
		if vars["id"], _, err = k.place(ctx, args[0]); err != nil {
			return err
		}
	}
	var got struct{ LineageDiff lineageDiff }
	if err := k.do(ctx, askDiff, vars, &got); err != nil {
		return err
	}
	return got.LineageDiff.print(w, x.format)
}

func (d lineageDiff) print(w io.Writer, format string) error {
	switch format {
	case "json":
		return printJSON(w, d)
	case "csv":
		return d.csv(w)
	case "tree":
		for _, i := range d.Items {
			fmt.Fprintf(w, "%-8s %s -> %s  %s\n", i.Kind, i.From, i.To, i.At)
			for _, s := range i.Statements {
				if s.SQL != "" {
					fmt.Fprintf(w, "         %s\n", strings.Join(strings.Fields(s.SQL), " "))
				}
			}
		}
		fmt.Fprintf(w, "%d of %d\n", len(d.Items), d.Total)
		return nil
	}
	return usage("a difference has no format %q; write tree, json or csv", format)
}

func (d lineageDiff) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"change", "from", "to", "at", "origins", "confidence"}}
	for _, i := range d.Items {
		rows = append(rows, []string{i.Kind, i.From, i.To, i.At, strings.Join(i.Edge.Origins, " "), fmt.Sprintf("%.3f", i.Edge.Confidence)})
	}
	if err := out.WriteAll(rows); err != nil {
		return fault.Unavailable.Of(err)
	}
	return nil
}
