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
