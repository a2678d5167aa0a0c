package oracletest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	sql "waymark/lineage/sqllineage"
)

// TestOraclesAgree compares tables with those that an independent parser finds,
// for every statement that it accepts: of made statements all, of the goldens
// that none is lost. What a golden names beyond, such as files, somebody looked at.
func TestOraclesAgree(t *testing.T) {
	for _, o := range oracles() {
		t.Run(o.name+"/"+string(o.dialect), func(t *testing.T) {
			t.Parallel()
			if o.apart {
				o.read = child(t, o.name)
			}
			made, kept := o.ask(t, madeTexts(t, o.dialect), equal), o.ask(t, goldens(t, o.dialect), nothingLost)
			t.Logf("accepted: made %d of %d, goldens %d of %d", made.accepted, made.asked, kept.accepted, kept.asked)
			if made.accepted*100 < made.asked*o.accepts || kept.accepted == 0 {
				t.Errorf("got %d of %d made statements that %s accepts; want %d%%", made.accepted, made.asked, o.name, o.accepts)
			}
		})
	}
}

type tally struct{ asked, accepted int }

// ask compares what the oracle accepts.
func (o oracle) ask(t *testing.T, texts []string, compare func(want, got []string) string) (n tally) {
	t.Helper()
	for _, text := range texts {
		n.asked++
		want, ok := o.read(text)
		if !ok {
			continue
		}
		n.accepted++
		if diff := disagreement(t, o.dialect, text, sorted(want), compare); diff != "" {
			t.Errorf("%s\n(-%s +sqllineage):\n%s", text, o.name, diff)
		}
	}
	return n
}

func equal(want, got []string) string { return cmp.Diff(want, got) }

func nothingLost(want, got []string) string {
	return cmp.Diff(want, slices.DeleteFunc(got, func(name string) bool { return !slices.Contains(want, name) }), cmpopts.EquateEmpty())
}

// flows are the kinds of statements whose tables are compared; of the others
// only that they do not fail.
var flows = []sql.Kind{sql.KindSelect, sql.KindInsert, sql.KindCreateTableAs, sql.KindCreateView, sql.KindCreateMaterializedView,
	sql.KindMerge, sql.KindUpdate, sql.KindDelete}

// disagreement is what sqllineage says otherwise of an accepted statement.
func disagreement(t *testing.T, d sql.Dialect, text string, want []string, compare func(want, got []string) string) string {
	t.Helper()
	s, err := sql.Parse(d, text, sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	flow := len(s.Statements) > 0
	for _, st := range s.Statements {
		if st.Outcome == sql.Failed {
			return "failed: " + st.Reason
		}
		flow = flow && slices.Contains(flows, st.Kind)
		for _, name := range slices.Concat(st.Inputs, st.Outputs) {
			got = append(got, strings.ToLower(name))
		}
	}
	if !flow {
		return ""
	}
	return compare(union(want), union(got))
}

// madeTexts are the made statements for one dialect.
func madeTexts(t *testing.T, d sql.Dialect) (list []string) {
	t.Helper()
	for _, g := range grammars() {
		if g.dialect == d {
			for seed := range statements(t) {
				list = append(list, statement(g, uint64(seed)).sql)
			}
		}
	}
	return list
}

// goldens are the statements of sqllineage's goldens for one dialect.
func goldens(t *testing.T, d sql.Dialect) (list []string) {
	t.Helper()
	files, err := filepath.Glob("../testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d goldens, %v; want some", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, _ := strings.Cut(string(data), "-- query.sql --\n")
		query, _, _ := strings.Cut(rest, "-- want --\n")
		if !slices.Contains(strings.Fields(head), string(d)) {
			continue
		}
		for _, span := range sql.Split(d, query) {
			list = append(list, query[span.Start:span.End])
		}
	}
	return list
}
