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

func act(a catalog.Action, want int64, where ...catalog.Rows) catalog.Act {
	return catalog.Act{Dataset: where[0].Dataset, Action: a, Where: where, Want: want}
}

// content reads every customer and every order, sorted.
func content(t *testing.T, b *Bench, s System) [][]string {
	t.Helper()
	var out [][]string
	for table, columns := range map[string][]string{"customers": {"id", "email", "name"}, "orders": {"id", "customer_id", "note"}} {
		all := rows(s.URN(table), "id", catalog.Exact, "0", "1", "2", "3", "4", "17", "117")
		got, err := b.Runner.Select(b.Ctx, all, columns, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range got {
			out = append(out, append([]string{table}, r...))
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

func erase(t *testing.T, s System) {
	b := people(t, s)
	before := content(t, b, s)
	customers, orders := s.URN("customers"), s.URN("orders")
	if err := b.Runner.CanErase(b.Ctx, "suite"); err != nil {
		t.Fatalf("can erase: %v", err)
	}
	null := act(catalog.NullColumns, 2, rows(orders, "note", catalog.Contains, "mary@example.org"))
	null.Columns = []string{"note"}
	pseudo := act(catalog.Pseudonymise, 1, rows(customers, "id", catalog.Exact, "2"))
	pseudo.Columns, pseudo.Values = []string{"email", "name"}, map[string]string{"email": "erased'1", "name": "erased"}
	acts := []catalog.Act{null, pseudo,
		act(catalog.DeleteRows, 2, rows(orders, "customer_id", catalog.Exact, "1")),
		act(catalog.DeleteRows, 1, rows(customers, "email", catalog.Exact, "mary@example.org"))}
	got, err := b.Runner.Erase(b.Ctx, "suite", acts)
	if err != nil {
		t.Fatalf("erase: %v; %+v", err, got)
	}
	want := []catalog.Acted{{Dataset: orders, Affected: 2}, {Dataset: customers, Affected: 1}, {Dataset: orders, Affected: 2}, {Dataset: customers, Affected: 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("acted (-want +got):\n%s", diff)
	}
	var left [][]string
	for _, r := range before {
		switch {
		case r[0] == "orders" && r[2] == "1", r[0] == "customers" && r[1] == "1":
			continue
		case r[0] == "customers" && r[1] == "2":
			r = []string{"customers", "2", "erased'1", "erased"}
		}
		left = append(left, r)
	}
	if diff := cmp.Diff(left, content(t, b, s)); diff != "" {
		t.Errorf("rows that are left (-want +got):\n%s", diff)
	}
}

// eraseCells rewrites cells by what stands in them, in rows named by two columns,
// and fails when a cell is another by now.
func eraseCells(t *testing.T, s System) {
	b := people(t, s)
	orders := s.URN("orders")
	both := rows(orders, "customer_id", catalog.Exact, "1")
	ids, err := b.Runner.Select(b.Ctx, both, []string{"id", "note"}, 0)
	if err != nil || len(ids) < 2 {
		t.Fatalf("got %v, %v, want two orders", ids, err)
	}
	both.And = []catalog.Rows{rows(orders, "id", catalog.Exact, ids[0][0])}
	if n, err := b.Runner.Count(b.Ctx, []catalog.Rows{both}); err != nil || n != 1 {
		t.Fatalf("rows that meet both: got %d, %v, want 1", n, err)
	}
	a := act(catalog.Pseudonymise, 1, both)
	a.Columns, a.Cells = []string{"note"}, []catalog.Cell{{From: "something else", To: "x"}}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{a}); !errors.Is(err, fault.Conflict) {
		t.Errorf("a cell that is another: got %v, want fault.Conflict", err)
	}
	a.Cells = []catalog.Cell{{From: ids[0][1], To: "without"}}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{a}); err != nil {
		t.Fatalf("rewrite: %v", err)
	}
	now, err := b.Runner.Select(b.Ctx, rows(orders, "customer_id", catalog.Exact, "1"), []string{"id", "note"}, 0)
	for _, r := range now {
		if i := slices.IndexFunc(ids, func(x []string) bool { return x[0] == r[0] }); r[0] == ids[0][0] && r[1] != "without" || r[0] != ids[0][0] && r[1] != ids[i][1] {
			t.Errorf("got %v, want one note rewritten; %v", r, err)
		}
	}
}

func eraseAllOrNothing(t *testing.T, s System) {
	b := people(t, s)
	before := content(t, b, s)
	customers, orders := s.URN("customers"), s.URN("orders")
	good := act(catalog.DeleteRows, 2, rows(orders, "customer_id", catalog.Exact, "1"))
	replaced := act(catalog.Pseudonymise, 1, rows(customers, "id", catalog.Exact, "2"))
	replaced.Columns, replaced.Values = []string{"id"}, map[string]string{"id": "117"}
	tests := []struct {
		name string
		last catalog.Act
		kind fault.Kind
	}{
		{"more rows than planned", act(catalog.DeleteRows, 1, rows(customers, "email", catalog.Folded, "mary@example.org")), fault.Conflict},
		{"fewer rows than planned", act(catalog.DeleteRows, 1, rows(customers, "id", catalog.Exact, "4711")), fault.Conflict},
		{"a key that others refer to", act(catalog.DeleteRows, 1, rows(customers, "id", catalog.Exact, "17")), fault.Conflict},
		{"a value that is taken", replaced, fault.Conflict},
		{"a column that is gone", act(catalog.DeleteRows, 1, rows(customers, "gone", catalog.Exact, "1")), fault.NotFound},
		{"an action that is none", act(catalog.RetainRows, 1, rows(customers, "id", catalog.Exact, "3")), fault.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{good, tt.last})
			if !errors.Is(err, tt.kind) {
				t.Errorf("got %v, want %s", err, tt.kind)
			}
			for _, a := range got {
				if !a.Failed || a.Affected != 0 || a.Detail == "" {
					t.Errorf("got %+v, want every act failed with a reason", a)
				}
				if strings.Contains(a.Detail, "mary@") || strings.Contains(a.Detail, "117") {
					t.Errorf("the reason holds a value: %s", a.Detail)
				}
			}
			if diff := cmp.Diff(before, content(t, b, s)); diff != "" {
				t.Errorf("something changed (-before +after):\n%s", diff)
			}
		})
	}
}

func eraseRefused(t *testing.T, s System) {
	b := people(t, s)
	at := strings.Index(s.Recipe, "\nerase:")
	if at < 0 {
		t.Fatal("the recipe of the suite has no erase part")
	}
	text := s.Recipe[:at+1] + "definitions: {keep_literals: true}\n"
	b.Crawl(t, text, crawler.OK)
	if err := b.Runner.CanErase(b.Ctx, "suite"); !errors.Is(err, fault.Denied) {
		t.Errorf("without a credential: got %v, want fault.Denied", err)
	}
	one := act(catalog.DeleteRows, 1, rows(s.URN("orders"), "id", catalog.Exact, "4"))
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{one}); !errors.Is(err, fault.Denied) {
		t.Errorf("without a credential: got %v, want fault.Denied", err)
	}
}
