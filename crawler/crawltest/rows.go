package crawltest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/crawler"
)

// people fills the shop and crawls it.
func people(t *testing.T, s System) *Bench {
	t.Helper()
	shop(t, s)
	q := s.Quote
	s.Exec(t, "insert into "+q("customers")+` values (1, 'mary@example.org', 'Mary'), (2, ' MARY@Example.org ', 'mary'),
 (3, 'josé@example.org', 'JOSÉ'), (17, 'o''neil%_\@example.org', 'O''Neil'), (117, null, '17'), (0, 'x', 'Zero')`)
	s.Exec(t, "insert into "+q("orders")+` values (1, 1, 'for mary@example.org please'), (2, 1, '{"mail":"MARY@EXAMPLE.ORG"}'), (3, 17, null), (4, null, 'm_ry@example.org 50%')`)
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	return b
}

func matches(t *testing.T, s System) {
	b := people(t, s)
	customers, orders := s.URN("customers"), s.URN("orders")
	tests := []struct {
		name  string
		where []catalog.Rows
		want  int64
	}{
		{"exact text minds letter case and space", []catalog.Rows{rows(customers, "email", catalog.Exact, "mary@example.org")}, 1},
		{"exact text minds accents", []catalog.Rows{rows(customers, "email", catalog.Exact, "jose@example.org")}, 0},
		{"exact of several values", []catalog.Rows{rows(customers, "email", catalog.Exact, "mary@example.org", "x", "nobody")}, 2},
		{"exact number", []catalog.Rows{rows(customers, "id", catalog.Exact, "17")}, 1},
		{"a text is no number", []catalog.Rows{rows(customers, "id", catalog.Exact, "17abc", "mary@example.org", "")}, 0},
		{"a number too large is no number", []catalog.Rows{rows(customers, "id", catalog.Exact, "99999999999", "99999999999999999999999")}, 0},
		{"no value matches nothing", []catalog.Rows{rows(customers, "id", catalog.Exact)}, 0},
		{"folded", []catalog.Rows{rows(customers, "email", catalog.Folded, " Mary@example.ORG")}, 2},
		{"folded beyond ASCII", []catalog.Rows{rows(customers, "name", catalog.Folded, "josé")}, 1},
		{"folded minds accents", []catalog.Rows{rows(customers, "name", catalog.Folded, "jose")}, 0},
		{"folded number", []catalog.Rows{rows(customers, "id", catalog.Folded, " 17 ")}, 1},
		{"contained", []catalog.Rows{rows(orders, "note", catalog.Contains, "mary@example.org")}, 2},
		{"wild cards are letters", []catalog.Rows{rows(orders, "note", catalog.Contains, "m_ry@", "0%")}, 1},
		{"any of two conditions counts a row once", []catalog.Rows{
			rows(customers, "id", catalog.Exact, "1"), rows(customers, "email", catalog.Folded, "mary@example.org")}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := b.Runner.Count(b.Ctx, tt.where); err != nil || got != tt.want {
				t.Errorf("got %d, %v, want %d", got, err, tt.want)
			}
		})
	}
	got, err := b.Runner.Select(b.Ctx, rows(customers, "id", catalog.Exact, "17", "117"), []string{"name", "email", "id"}, 10)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got, slices.Compare)
	if diff := cmp.Diff([][]string{{"17", "", "117"}, {"O'Neil", `o'neil%_\@example.org`, "17"}}, got); diff != "" {
		t.Errorf("select (-want +got):\n%s", diff)
	}
	columns, err := b.Runner.Columns(b.Ctx, customers)
	if err != nil || len(columns) != 3 || columns[1].Name != "email" {
		t.Errorf("columns: got %+v, %v", columns, err)
	}
}

func hostileValues(t *testing.T, s System) {
	b := people(t, s)
	customers := s.URN("customers")
	for _, v := range []string{`'; drop table customers; --`, `" or 1=1 --`, `\`, `\' or 1=1 -- `, "%", "_", "$1", "?", "\x7f", "🦆", strings.Repeat("x", 100_000)} {
		for _, how := range []catalog.How{catalog.Exact, catalog.Folded, catalog.Contains} {
			want := int64(0)
			if how == catalog.Contains && (v == "%" || v == "_" || v == `\`) {
				want = 1
			}
			if n, err := b.Runner.Count(b.Ctx, []catalog.Rows{rows(customers, "email", how, v)}); err != nil || n != want {
				t.Errorf("%s %.30q: got %d, %v, want %d", how, v, n, err, want)
			}
		}
	}
	if _, err := b.Runner.Count(b.Ctx, []catalog.Rows{rows(customers, "nothing", catalog.Exact, "1")}); !errors.Is(err, fault.NotFound) {
		t.Errorf("a column that is not there: got %v, want fault.NotFound", err)
	}
	if _, err := b.Runner.Count(b.Ctx, []catalog.Rows{rows(customers, "id", "like", "1")}); !errors.Is(err, fault.Invalid) {
		t.Errorf("an unknown way to match: got %v, want fault.Invalid", err)
	}
}

func sample(t *testing.T, s System) {
	b := people(t, s)
	got, err := b.Runner.Sample(b.Ctx, s.URN("customers"), []string{"email", "id"}, 50)
	if err != nil || len(got) != 2 || len(got[0]) != 5 || len(got[1]) != 6 {
		t.Fatalf("got %d columns, %v; want 5 emails and 6 ids", len(got), err)
	}
	if got, err := b.Runner.Sample(b.Ctx, s.URN("customers"), []string{"id"}, 2); err != nil || len(got[0]) != 2 {
		t.Errorf("two rows: got %v, %v", got, err)
	}
	if got, err := b.Runner.Sample(b.Ctx, s.URN("buyers"), []string{"email"}, 50); err != nil || got != nil {
		t.Errorf("a view is not sampled unasked: got %v, %v", got, err)
	}
	s.Exec(t, "create table long_cells (v text)")
	s.Exec(t, "insert into long_cells values ('"+strings.Repeat("y", 10_000)+"')")
	b.Crawl(t, s.Recipe, crawler.OK)
	if got, err := b.Runner.Sample(b.Ctx, s.URN("long_cells"), []string{"v"}, 50); err != nil || len(got[0]) != 1 || len(got[0][0]) != 4096 {
		t.Errorf("a long cell is cut at 4 KiB: got %v", err)
	}
}
