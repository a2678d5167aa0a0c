package detect

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEvidenceHoldsNoValue is the promise of the package: nothing that was sampled leaves it.
func TestEvidenceHoldsNoValue(t *testing.T) {
	d := New()
	for _, l := range lessons(t) {
		for _, findings := range d.Table(Table{Name: l.Table, Columns: l.Columns}) {
			for _, f := range findings {
				for _, e := range f.Evidence {
					for _, c := range l.Columns {
						leaks(t, l.ID, e.Detail, c.Sample)
					}
				}
			}
		}
	}
}

func leaks(t *testing.T, id, detail string, sample []string) {
	t.Helper()
	for _, v := range sample {
		v = strings.TrimSpace(v)
		if !strings.ContainsAny(v, "0123456789@ ") { // a single word may be one of the evidence's own: "email"
			continue
		}
		if len(v) > 4 && strings.Contains(strings.ToLower(detail), strings.ToLower(v)) {
			t.Errorf("%s: the evidence %q holds a sampled value", id, detail)
		}
	}
}

func TestSameInputSameFindings(t *testing.T) {
	d, other := New(), New()
	for _, l := range lessons(t) {
		table := Table{Name: l.Table, Columns: l.Columns}
		if diff := cmp.Diff(d.Table(table), other.Table(table)); diff != "" {
			t.Errorf("%s: two runs differ:\n%s", l.ID, diff)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	d, table := New(), estate(200)
	want := d.Table(table)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if diff := cmp.Diff(want, d.Table(table)); diff != "" {
				t.Errorf("a concurrent run differs:\n%s", diff)
			}
		})
	}
	wg.Wait()
}

func TestBasis(t *testing.T) {
	d := New()
	table := Table{Dataset: "shop.public", Name: "customers", Columns: []Column{{Name: "email", Type: "text", Sample: []string{"a@b.example", "a@b.example", ""}}}}
	first := d.Table(table)[0][0].Basis
	if want := (Basis{Detector: Version, Metadata: first.Metadata, Sampled: 3, Distinct: 1}); first != want {
		t.Errorf("basis: got %+v, want %+v", first, want)
	}
	table.Columns[0].Comment = "how to reach them"
	if again := d.Table(table)[0][0].Basis; again.Metadata == first.Metadata {
		t.Errorf("basis after a new comment: got the hash %s of before, want another", again.Metadata)
	}
}

func TestString(t *testing.T) {
	f := Finding{Class: classNational, Format: "kr.rrn", Score: 0.987, Basis: Basis{Detector: "r1"}, Evidence: []Evidence{{Detail: `words "jumin"`, Weight: 6}}}
	if got, want := f.String(), `0.99 national id (kr.rrn): words "jumin" +6.0; values not read; rules r1`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestResolve(t *testing.T) {
	for key, want := range map[string]string{
		"email": classEmail, "phone": classPhone, classEmail: classEmail, "user.health.condition.chronic": "user.health.condition.chronic", "user.childrens": classChildren, "shoe_size": "",
	} {
		if got, ok := Resolve(key); got != want || ok != (want != "") {
			t.Errorf("Resolve(%s): got %q, %v, want %q", key, got, ok, want)
		}
	}
}

func TestVerdictBands(t *testing.T) {
	d := New()
	for _, l := range lessons(t) {
		for _, findings := range d.Table(Table{Name: l.Table, Columns: l.Columns}) {
			for i, f := range findings {
				want := None
				switch {
				case f.Score >= TagAt:
					want = Tag
				case f.Score >= ReviewAt:
					want = Review
				}
				if f.Decision != want {
					t.Errorf("%s: a score of %.3f got %s, want %s", l.ID, f.Score, f.Decision, want)
				}
				if i > 0 && findings[i-1].Score < f.Score {
					t.Errorf("%s: got %.3f before %.3f, want the best first", l.ID, findings[i-1].Score, f.Score)
				}
			}
		}
	}
}

// TestClassesOfRules: every class that a rule or a format names is described in the class table, itself or by a parent.
func TestClassesOfRules(t *testing.T) {
	for pattern, r := range newLexicon().rules {
		if c := Describe(r.class); c.Label == "personal" && r.class != classUser {
			t.Errorf("pattern %q: class %s is not in the class table", pattern, r.class)
		}
	}
	for _, f := range formats {
		if c := Describe(f.class); c.Label == "personal" {
			t.Errorf("format %s: class %s is not in the class table", f.name, f.class)
		}
	}
}

func TestNamesOfFormatsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range formats {
		if seen[f.name] {
			t.Errorf("format %s stands twice in the table", f.name)
		}
		seen[f.name] = true
	}
}

func TestValidUnknownFormat(t *testing.T) {
	if valid, known := New().Valid("xx.nothing", "1"); valid || known {
		t.Errorf("Valid of an unknown format: got %v, %v, want false, false", valid, known)
	}
}

// TestUndecodable: text in a code page that was not decoded is unknown, never clean.
func TestUndecodable(t *testing.T) {
	got := New().Table(Table{Name: "t9", Columns: []Column{{Name: "c1", Sample: []string{"\xb1\xe8\xb9\xce\xc1\xd8", "\xc0\xcc\xbc\xad\xbf\xac", "\xb9\xda\xc1\xf6\xc8\xc6"}}}})[0]
	if len(got) == 0 || got[0].Decision == None || got[0].Basis.Unread != 3 {
		t.Errorf("three values in a Korean code page: got %v, want a finding for review that counts them", got)
	}
}
