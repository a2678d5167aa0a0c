package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/pii/detect"
)

func newPII(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "pii", Short: "Find personal data: offline, or what the catalog holds"}
	cmd.AddCommand(newPIIOffline("classify", "Say of each column on a line whether it holds personal data", classify),
		newPIIOffline("recognize", "Find personal numbers in each text on a line", recognize), newScan(s))
	return cmd
}

// newPIIOffline is a command that answers a JSON line with a JSON line.
func newPIIOffline(name, short string, answer func(*detect.Detector, []byte) (any, error)) *cobra.Command {
	jsonl := false
	cmd := &cobra.Command{Use: name, Short: short, Args: cobra.NoArgs}
	cmd.Flags().BoolVar(&jsonl, "jsonl", true, "one request a line in, one answer a line out")
	cmd.RunE = func(c *cobra.Command, _ []string) error {
		d, out := detect.New(), bufio.NewWriter(c.OutOrStdout())
		if err := eachLine(c.InOrStdin(), func(line []byte) error {
			a, err := answer(d, line)
			if err != nil {
				return err
			}
			return printJSON(out, a)
		}); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return fault.Unavailable.Of(err)
		}
		return nil
	}
	return cmd
}

func eachLine(in io.Reader, do func([]byte) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<20), 64<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if err := do(lines.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fault.Invalid.Errorf("read the lines: %w", err)
	}
	return nil
}

// classifyRequest and its answer are interfaces of scripts.
type classifyRequest struct {
	ID          json.RawMessage `json:"id"`
	Dataset     string          `json:"dataset"`
	Table       string          `json:"table"`
	Column      string          `json:"column"`
	Path        string          `json:"path"`
	Type        string          `json:"type"`
	Description string          `json:"description"`
	Values      []any           `json:"values"`
	Neighbours  []string        `json:"neighbours"`
}

type classifyAnswer struct {
	ID          json.RawMessage `json:"id,omitempty"`
	PII         bool            `json:"pii"`
	Class       string          `json:"class"`
	Format      string          `json:"format,omitempty"`
	Mode        string          `json:"mode,omitempty"`
	Score       float64         `json:"score"`
	Sensitivity string          `json:"sensitivity"`
	Decision    string          `json:"decision"`
	Evidence    []evidence      `json:"evidence"`
}

type evidence struct {
	Rule    string  `json:"rule"`
	Version string  `json:"version"`
	Kind    string  `json:"kind"`
	Detail  string  `json:"detail"`
	Weight  float64 `json:"weight"`
}

func classify(d *detect.Detector, line []byte) (any, error) {
	var r classifyRequest
	if err := json.Unmarshal(line, &r); err != nil {
		return nil, fault.Invalid.Errorf("no request: %w", err)
	}
	t := detect.Table{Dataset: r.Dataset, Name: r.Table, Columns: []detect.Column{{Name: r.Column, Path: r.Path, Type: r.Type, Comment: r.Description, Sample: values(r.Values)}}}
	for _, n := range r.Neighbours {
		t.Columns = append(t.Columns, detect.Column{Name: n})
	}
	out := classifyAnswer{ID: r.ID, Decision: string(detect.None), Evidence: []evidence{}}
	found := d.Table(t)[0]
	if len(found) == 0 {
		return out, nil
	}
	f := found[0]
	out.PII, out.Class, out.Format, out.Mode = f.Decision != detect.None, f.Class, f.Format, string(f.Mode)
	out.Score, out.Sensitivity, out.Decision = f.Score, string(f.Sensitivity), string(f.Decision)
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, evidence{Rule: e.Rule, Version: e.Version, Kind: string(e.Kind), Detail: e.Detail, Weight: e.Weight})
	}
	return out, nil
}

// values turns JSON values into texts; null is left out, nil stays "not read".
func values(list []any) []string {
	if list == nil {
		return nil
	}
	out := []string{}
	for _, v := range list {
		switch x := v.(type) {
		case nil:
		case string:
			out = append(out, x)
		default:
			b, err := json.Marshal(x)
			if err == nil { // it came from JSON
				out = append(out, string(b))
			}
		}
	}
	return out
}

type recognizeRequest struct {
	ID     json.RawMessage `json:"id"`
	Text   string          `json:"text"`
	Format string          `json:"format"`
}

type recognizeAnswer struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Spans []span          `json:"spans"`
	Valid *bool           `json:"valid,omitempty"`
}

type span struct {
	Start    int     `json:"start"`
	End      int     `json:"end"`
	Format   string  `json:"format"`
	Entity   string  `json:"entity"`
	Score    float64 `json:"score"`
	Checksum bool    `json:"checksum"`
}

func recognize(d *detect.Detector, line []byte) (any, error) {
	var r recognizeRequest
	if err := json.Unmarshal(line, &r); err != nil {
		return nil, fault.Invalid.Errorf("no request: %w", err)
	}
	out := recognizeAnswer{ID: r.ID, Spans: []span{}}
	for _, s := range d.Recognize(r.Text) {
		out.Spans = append(out.Spans, span(s))
	}
	if r.Format != "" {
		valid, known := d.Valid(r.Format, r.Text)
		if !known {
			return nil, fault.Invalid.Errorf("there is no format %q", r.Format)
		}
		out.Valid = &valid
	}
	return out, nil
}

const askFindings = `query($after: String) { findings(first: 200, after: $after) { total next items { id column asset { name } mark { class label sensitivity state score } } } }`

// newScan looks for personal data in the catalog and prints what was found.
func newScan(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "scan", Short: "Look for personal data in the catalog and print the findings", Args: cobra.NoArgs}
	cmd.RunE = func(c *cobra.Command, _ []string) error { return scan(c, s) }
	return cmd
}
