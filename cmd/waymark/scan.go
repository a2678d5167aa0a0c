package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// scanned is one page of findings.
type scanned struct {
	Findings struct {
		Total int
		Next  *string
		Items []struct {
			ID     string `json:"id"`
			Column string `json:"column"`
			Asset  struct {
				Name string `json:"name"`
			} `json:"asset"`
			Mark struct {
				Class       string  `json:"class"`
				Label       string  `json:"label"`
				Sensitivity string  `json:"sensitivity"`
				State       string  `json:"state"`
				Score       float64 `json:"score"`
			} `json:"mark"`
		}
	}
}

// scan brings the findings level, where it works on the store, and prints them all.
func scan(c *cobra.Command, s *settings) (err error) {
	k, err := dial(c.Context(), s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, k.Close()) }()
	if k.w != nil {
		if err := k.w.follow(c.Context()); err != nil {
			return err
		}
	}
	for after := (*string)(nil); ; {
		var page scanned
		if err := k.do(c.Context(), askFindings, map[string]any{"after": after}, &page); err != nil {
			return err
		}
		for _, f := range page.Findings.Items {
			if s.json() {
				err = printJSON(c.OutOrStdout(), f)
			} else {
				_, err = fmt.Fprintf(c.OutOrStdout(), "%-9s %-9s %.2f  %s.%s  %s\n", f.Mark.State, f.Mark.Sensitivity, f.Mark.Score, f.Asset.Name, f.Column, f.Mark.Class)
			}
			if err != nil {
				return err
			}
		}
		if after = page.Findings.Next; after == nil {
			return nil
		}
	}
}
