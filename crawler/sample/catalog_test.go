package sample

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// key is under what an asset is named by others.
func (a asset) key() string {
	switch a.Type {
	case "dataset":
		return datasetURN(a.Name)
	case "chart", "dashboard":
		return "urn:li:" + a.Type + ":(" + a.Platform + "," + a.Name + ")"
	}
	return a.Type + " " + a.Name
}

// mentions are the assets that a line names.
func (a asset) mentions() []string {
	list := slices.Clone(a.Canonical)
	for _, up := range a.Upstreams {
		list = append(list, up.Dataset)
	}
	for _, o := range a.Owners {
		list = append(list, "user "+o.User)
	}
	for _, t := range a.Terms {
		list = append(list, "term "+t)
	}
	for _, c := range a.Columns {
		if c.References != nil {
			list = append(list, c.References.Dataset)
		}
	}
	for _, u := range a.Usage {
		list = append(list, "user "+u.User)
	}
	if a.Domain != "" {
		list = append(list, "domain "+a.Domain)
	}
	if a.Certified != nil {
		list = append(list, "user "+a.Certified.By)
	}
	if a.Replacement != "" {
		list = append(list, a.Replacement)
	}
	return list
}

func known(t *testing.T) map[string]asset {
	t.Helper()
	all := map[string]asset{}
	for _, a := range decoded[asset](t, made.Catalog) {
		if _, twice := all[a.key()]; twice {
			t.Errorf("%s: got two lines want one", a.key())
		}
		all[a.key()] = a
	}
	return all
}

func TestCatalogNamesOnlyWhatIsThere(t *testing.T) {
	t.Parallel()
	all := known(t)
	for _, a := range all {
		for _, name := range a.mentions() {
			if _, ok := all[name]; !ok {
				t.Errorf("%s names %s, which is not there", a.key(), name)
			}
		}
	}
}

func TestUpstreamsNameColumnsThatExist(t *testing.T) {
	t.Parallel()
	all := known(t)
	for _, a := range all {
		for _, up := range a.Upstreams {
			for _, pair := range up.Columns {
				if !slices.ContainsFunc(all[up.Dataset].Columns, func(c assetColumn) bool { return c.Name == pair.From }) {
					t.Errorf("%s reads %s of %s: no such column", a.key(), pair.From, up.Dataset)
				}
			}
		}
	}
}

func TestTheCertifiedTableAndItsRivals(t *testing.T) {
	t.Parallel()
	all := known(t)
	best, term := all[datasetURN("warehouse.analytics.revenue_daily")], all["term Net revenue"]
	if best.Certified == nil || best.Certified.Until <= noon.Format(dayForm) || len(best.Owners) == 0 {
		t.Errorf("analytics.revenue_daily: got certificate %v and owners %v, want both, valid", best.Certified, best.Owners)
	}
	if got := term.Canonical[0]; got != best.key() {
		t.Errorf("first canonical asset of Net revenue: got %s want %s", got, best.key())
	}
	for _, name := range []string{"warehouse.archive.revenue_daily_old", "warehouse.adhoc.revenue_tmp"} {
		if rival := all[datasetURN(name)]; rival.Name == "" || rival.Certified != nil || len(rival.Owners) > 0 {
			t.Errorf("%s: got %v and %v, want a table without certificate and owner", name, rival.Certified, rival.Owners)
		}
	}
	if v1 := all[datasetURN("warehouse.analytics.revenue_daily_v1")]; v1.Deprecated == nil || v1.Replacement != best.key() {
		t.Errorf("revenue_daily_v1: got %v and replacement %q want deprecated by %s", v1.Deprecated, v1.Replacement, best.key())
	}
}

func TestOneDashboardOnEachRevenueTable(t *testing.T) {
	t.Parallel()
	viewers := map[string]map[string]bool{}
	all := known(t)
	for _, a := range all {
		if a.Type != "dashboard" {
			continue
		}
		seen := map[string]bool{}
		for _, u := range a.Usage {
			seen[u.User] = true
		}
		for _, part := range a.Upstreams {
			for _, up := range all[part.Dataset].Upstreams {
				viewers[up.Dataset] = seen
			}
		}
	}
	many := len(viewers[datasetURN("warehouse.analytics.revenue_daily")])
	for _, name := range []string{"warehouse.archive.revenue_daily_old", "warehouse.adhoc.revenue_tmp"} {
		if got := len(viewers[datasetURN(name)]); got == 0 || got*5 > many {
			t.Errorf("viewers of the dashboard on %s: got %d want a few against %d", name, got, many)
		}
	}
}

func TestSomebodyHasEachRole(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, a := range known(t) {
		for _, role := range a.Roles {
			count[role]++
		}
	}
	for role, least := range map[string]int{"viewer": 1, "editor": 1, "steward": 1, "admin": 1, "privacy_officer": 1, "approver": 2, "case_worker": 1, "auditor": 1} {
		if count[role] < least {
			t.Errorf("people with the role %s: got %d want %d", role, count[role], least)
		}
	}
}

// judged is one line of testdata/judged.jsonl.
type judged struct {
	ID       string   `json:"id"`
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"`
	Category string   `json:"category"`
}

func TestJudgedSetFitsTheCompany(t *testing.T) {
	t.Parallel()
	all := known(t)
	names := map[string]bool{}
	for key, a := range all {
		names[key] = true
		if a.Type == "dataset" {
			names[a.Name] = true
		}
	}
	list := decoded[judged](t, filepath.Join("testdata", "judged.jsonl"))
	if len(list) < 120 {
		t.Errorf("judged queries: got %d want at least 120", len(list))
	}
	ids, categories := map[string]bool{}, map[string]int{}
	for _, j := range list {
		if ids[j.ID] || j.Query == "" || len(j.Relevant) == 0 {
			t.Errorf("%s: got a second id, no query or no answer", j.ID)
		}
		ids[j.ID] = true
		categories[j.Category]++
		for _, name := range j.Relevant {
			if !names[name] {
				t.Errorf("%s: %s is not in the company", j.ID, name)
			}
		}
	}
	for category, n := range categories {
		if n < 5 {
			t.Errorf("category %s: got %d queries want 5 at least", category, n)
		}
	}
	if len(categories) != 14 {
		t.Errorf("categories: got %d want 14", len(categories))
	}
}

func TestRecipesNameTheFiles(t *testing.T) {
	t.Parallel()
	wants := [][]string{
		{"name: app\n", "type: sqlite", "name: shop\n", made.App, "erase: {path:"},
		{"name: warehouse\n", "type: sqlite", "attach: {raw_data:", made.Warehouse["archive"], "erase:\n  attach: {raw_data:"},
		{"name: query-log\n", "type: querylog", made.QueryLog, "for: warehouse"},
	}
	for i, want := range wants {
		text, err := os.ReadFile(made.Recipes[i])
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range want {
			if !strings.Contains(string(text), part) {
				t.Errorf("%s: got no %q in it", made.Recipes[i], part)
			}
		}
	}
}
