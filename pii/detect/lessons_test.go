package detect

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// lesson is one line of testdata/lessons.jsonl: a column that detectors are known to get wrong, and the right answer.
type lesson struct {
	ID, Why, Table, Column string
	Columns                []Column
	Want                   struct {
		PII         bool
		Class, Mode string
	}
}

func lessons(t testing.TB) []lesson {
	f, err := os.Open("testdata/lessons.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []lesson
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l lesson
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

func TestLessons(t *testing.T) {
	d := New()
	for _, l := range lessons(t) {
		t.Run(l.ID, func(t *testing.T) {
			all := d.Table(Table{Name: l.Table, Columns: l.Columns})
			for i, c := range l.Columns {
				if c.Name == l.Column {
					l.judge(t, all[i])
				}
			}
		})
	}
}

func (l lesson) judge(t *testing.T, findings []Finding) {
	if !l.Want.PII {
		if len(findings) > 0 && findings[0].Decision != None {
			t.Errorf("%s: got %s, want nothing", l.Why, explain(findings[0]))
		}
		return
	}
	for _, f := range findings {
		if f.Decision != None && string(f.Mode) == l.Want.Mode && strings.HasPrefix(f.Class, l.Want.Class) {
			return
		}
	}
	got := "nothing"
	if len(findings) > 0 {
		got = explain(findings[0])
	}
	t.Errorf("%s: got %s, want %s (%s)", l.Why, got, l.Want.Class, l.Want.Mode)
}

func explain(f Finding) string {
	b, err := json.Marshal(f)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
