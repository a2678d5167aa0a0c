package crawler_test

import (
	"encoding/json"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/crawler"
)

// The report is read by scripts: its keys are lower case.
func TestReportsHaveLowerCaseKeys(t *testing.T) {
	r := crawler.Report{
		Phases: []crawler.PhaseReport{{}}, Problems: []crawler.Problem{{Phase: "list", Scope: "a", Fix: "b"}},
		Statements: catalog.Understood{Parsed: 4310, Reasons: []catalog.Reason{{Outcome: "partial", Reason: "star_unknown", Count: 12, Sample: "select ?"}}},
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var keys func(v any)
	keys = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			for k, v := range x {
				if k != strings.ToLower(k) {
					t.Errorf("key: got %q want it in lower case", k)
				}
				keys(v)
			}
		case []any:
			for _, v := range x {
				keys(v)
			}
		}
	}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	keys(doc)
	var again crawler.Report
	if err := json.Unmarshal(text, &again); err != nil || again.Statements.Parsed != 4310 || again.Statements.Reasons[0].Count != 12 {
		t.Errorf("read again: got %+v, %v want the same counts", again.Statements, err)
	}
}

// A report is kept in one value of the store, so what makes it too long is left out,
// and it says how much that was.
func TestALongReportIsCutAndSaysSo(t *testing.T) {
	long := strings.Repeat("x", 500)
	tests := []struct {
		name              string
		problems, reasons int
		want              func(c crawler.Cut, r crawler.Report) bool
	}{
		{"short", 3, 3, func(c crawler.Cut, r crawler.Report) bool { return c == crawler.Cut{} && len(r.Problems) == 3 }},
		{"samples", 3, 1200, func(c crawler.Cut, r crawler.Report) bool {
			return c == crawler.Cut{Samples: 1200} && len(r.Statements.Reasons) == 1200
		}},
		{"all", 20_000, 20_000, func(c crawler.Cut, r crawler.Report) bool {
			return c.Samples == 20_000 && c.Problems+len(r.Problems) == 20_000 && c.Reasons+len(r.Statements.Reasons) == 20_000
		}},
	}
	for _, tt := range tests {
		r := crawler.Report{State: crawler.Partial, Statements: catalog.Understood{Failed: 7}}
		for range tt.problems {
			r.Problems = append(r.Problems, crawler.Problem{Class: crawler.Decode, Text: "cannot be read", Fix: "mend it"})
		}
		for range tt.reasons {
			r.Statements.Reasons = append(r.Statements.Reasons, catalog.Reason{Reason: "star_unknown", Count: 2, Sample: long})
		}
		text, err := r.JSON()
		if err != nil || len(text) > 512<<10 {
			t.Errorf("%s: got %d bytes, %v want at most 512 KiB", tt.name, len(text), err)
		}
		var again crawler.Report
		if err := json.Unmarshal(text, &again); err != nil || !tt.want(again.Cut, again) || again.State != crawler.Partial || again.Statements.Failed != 7 {
			t.Errorf("%s: got cut %+v, %d problems, %d reasons, %v", tt.name, again.Cut, len(again.Problems), len(again.Statements.Reasons), err)
		}
		if len(r.Problems) != tt.problems || r.Cut != (crawler.Cut{}) {
			t.Errorf("%s: the report itself was changed", tt.name)
		}
		var said strings.Builder
		if err := again.WriteText(&said); err != nil || strings.Contains(said.String(), "left out") != (again.Cut != crawler.Cut{}) {
			t.Errorf("%s: the text says %v of what was left out", tt.name, strings.Contains(said.String(), "left out"))
		}
	}
}
