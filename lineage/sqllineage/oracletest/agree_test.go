package oracletest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	sql "waymark/lineage/sqllineage"
)

// TestOraclesAgree compares tables with those that an independent parser finds,
// for every statement that it accepts.
func TestOraclesAgree(t *testing.T) {
	for _, o := range oracles() {
		t.Run(o.name+"/"+string(o.dialect), func(t *testing.T) {
			t.Parallel()
			read := o.read
			if o.apart {
				read = child(t, o.name)
			}
			asked, accepted, wrong := 0, 0, 0
			for _, text := range texts(t, o.dialect) {
				asked++
				want, ok := read(text)
				if !ok {
					continue
				}
				accepted++
				if diff := disagreement(t, o.dialect, text, sorted(want)); diff != "" {
					t.Errorf("%s\n(-%s +sqllineage):\n%s", text, o.name, diff)
					if wrong++; wrong == 500 {
						t.Fatal("and so on")
					}
				}
			}
			t.Logf("%d of %d statements accepted", accepted, asked)
			if accepted < asked*3/4 {
				t.Errorf("got %d of %d statements that %s accepts; want most", accepted, asked, o.name)
			}
		})
	}
}

// flows are the kinds of statements whose tables are compared; of the others
// only that they do not fail.
var flows = []sql.Kind{sql.KindSelect, sql.KindInsert, sql.KindCreateTableAs, sql.KindCreateView, sql.KindCreateMaterializedView,
	sql.KindMerge, sql.KindUpdate, sql.KindDelete}

// disagreement is what sqllineage says otherwise of an accepted statement.
func disagreement(t *testing.T, d sql.Dialect, text string, want []string) string {
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
	if slices.ContainsFunc(beyond, func(words string) bool { return strings.Contains(text, words) }) {
		got = slices.DeleteFunc(got, func(name string) bool { return !slices.Contains(want, name) })
	}
	return cmp.Diff(union(want), union(got))
}

// beyond are words of the goldens behind which sqllineage finds tables that the
// oracle's tree does not call so: there nothing may be lost, but more be found.
var beyond = []string{
	"DO $$", "EXECUTE IMMEDIATE '", "EXTERNAL_QUERY(", // text of another statement in a string
	"read_csv(", "read_parquet(", "OPENROWSET(", " s3(", "FUNCTION file(", // a file
	"remote(", "tvf(TABLE ", "id IN tbl", "dictGet", // a table as an argument or operand
	"SELECT [Total] =", // the oracle loses what follows a quoted alias
}

// texts are the statements for one dialect: made ones and those of the goldens.
func texts(t *testing.T, d sql.Dialect) []string {
	t.Helper()
	list := goldens(t, d)
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
