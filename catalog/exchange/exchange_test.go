package exchange_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/exchange"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
)

func newCatalog(t *testing.T) *catalog.Catalog {
	t.Helper()
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	return catalog.New(store, access.New(store, log), log)
}

func admin() context.Context {
	return access.With(context.Background(), access.Caller{User: "root", Roles: []access.Role{access.Admin}, Via: "local"})
}

const lines = `{"type":"dataset","platform":"postgres","name":"shop.public.orders","subtype":"table","description":"Orders","columns":[{"name":"id","type":"bigint","nullable":false,"primary_key":true,"classes":["user.unique_id"],"references":{"dataset":"shop.public.customers","column":"id"}}],"owners":[{"user":"ana","kind":"technical"}],"tags":["tier1"],"terms":["Net revenue"],"domain":"Finance","certified":{"by":"ana","until":"2027-01-01"},"sla":{"due_by":"07:30","zone":"Europe/Berlin","weekdays":[1,2,3,4,5],"freshness":"24h0m0s","by":"ana"},"deprecated":null,"stats":{"rows":120,"bytes":40960,"updated_at":"2026-11-01T00:00:00Z"},"usage":[{"day":"2026-11-01","user":"ana","kind":"human","queries":3}],"properties":{"any":"thing"}}
{"type":"dataset","platform":"postgres","name":"shop.public.orders_v1","deprecated":{"note":"old"},"replacement":"shop.public.orders","upstreams":[{"dataset":"shop.public.orders","columns":[{"from":"id","to":"id"}]}]}

{"type":"term","name":"Net revenue","subtype":"metric","definition":"Money","synonyms":["revenue"],"formula":"sum(x)","canonical":["urn:li:dataset:(urn:li:dataPlatform:postgres,shop.public.orders,PROD)"]}
{"type":"user","name":"ana","display_name":"Ana Ruiz","roles":["steward"]}
`

func TestImportExportImport(t *testing.T) {
	cat := newCatalog(t)
	rep, err := exchange.Import(admin(), cat, strings.NewReader(lines))
	if err != nil || rep.Created != 4 || rep.Failed != 0 {
		t.Fatalf("Import: got %+v, %v want four created", rep, err)
	}
	var first, second bytes.Buffer
	if err := exchange.Export(admin(), cat, catalog.Filter{}, &first); err != nil {
		t.Fatalf("Export: %v", err)
	}
	other := newCatalog(t)
	if rep, err = exchange.Import(admin(), other, bytes.NewReader(first.Bytes())); err != nil || rep.Created != 4 || rep.Failed != 0 {
		t.Fatalf("Import of the export: got %+v, %v want four created", rep, err)
	}
	if err := exchange.Export(admin(), other, catalog.Filter{}, &second); err != nil {
		t.Fatalf("Export: %v", err)
	}
	if diff := cmp.Diff(first.String(), second.String()); diff != "" {
		t.Errorf("what was exported is not what came in (-first +second):\n%s", diff)
	}
}

func TestImportedUseIsReplacedNotAdded(t *testing.T) {
	cat := newCatalog(t)
	for range 2 {
		if _, err := exchange.Import(admin(), cat, strings.NewReader(lines)); err != nil {
			t.Fatal(err)
		}
	}
	var got int64
	for rec, err := range cat.Usage(admin(), catalog.UsageFilter{Asset: urn.Dataset("postgres", "shop.public.orders", "")}) {
		if err != nil {
			t.Fatal(err)
		}
		got += rec.Queries
	}
	if got != 3 {
		t.Errorf("queries after importing twice: got %d want 3", got)
	}
}

// Results go in beside the asset: who imports twice has told of one run.
func TestImportedChecksAreKeptOnce(t *testing.T) {
	cat := newCatalog(t)
	cat.Now = func() time.Time { return time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC) }
	line := `{"type":"dataset","platform":"postgres","name":"shop.public.orders","description":"Orders","checks":[{"name":"unique","column":"id","status":"failed","severity":"critical","message":"3 rows, first 'mary'","at":"2026-11-02T05:00:00Z"}]}`
	for range 2 {
		if rep, err := exchange.Import(admin(), cat, strings.NewReader(line)); err != nil || rep.Failed > 0 {
			t.Fatalf("Import: got %+v, %v want nothing failed", rep, err)
		}
	}
	u := urn.Dataset("postgres", "shop.public.orders", "")
	list, err := cat.Checks(admin(), u)
	if err != nil || len(list) != 1 || len(list[0].Runs) != 1 || list[0].Last().Message != "3 rows, first ?" {
		t.Errorf("checks: got %+v, %v want one run without its literal", list, err)
	}
	a, err := cat.Find(admin(), u)
	if err != nil || a.Checks == nil || !a.Checks.Failing || a.Checks.Total != 1 {
		t.Errorf("signal: got %+v, %v want one failing", a.Checks, err)
	}
	alone := `{"type":"dataset","platform":"postgres","name":"shop.public.orders","checks":[{"name":"unique","column":"id","status":"passed","severity":"critical","at":"2026-11-02T06:00:00Z"}]}`
	if rep, err := exchange.Import(admin(), cat, strings.NewReader(alone)); err != nil || rep.Failed > 0 {
		t.Fatalf("Import of a result alone: got %+v, %v want nothing failed", rep, err)
	}
	if a, err = cat.Find(admin(), u); err != nil || a.Profile.Description != "Orders" || a.Checks.Failing || a.Checks.Total != 2 {
		t.Errorf("after a result alone: got %+v %+v, %v want the description kept and two runs", a.Profile, a.Checks, err)
	}
	sizes := `{"type":"dataset","platform":"postgres","name":"shop.public.orders","sizes":[{"at":"2026-11-01T05:00:00Z","rows":7}]}`
	if rep, err := exchange.Import(admin(), cat, strings.NewReader(sizes)); err != nil || rep.Failed > 0 {
		t.Fatalf("Import of a size alone: got %+v, %v want nothing failed", rep, err)
	}
	if a, err = cat.Find(admin(), u); err != nil || a.Profile.Description != "Orders" {
		t.Errorf("after a size alone: got %+v, %v want the description kept", a.Profile, err)
	}
	for _, line := range []string{alone, sizes} {
		stranger := strings.Replace(line, "orders", "nothing", 1)
		if rep, err := exchange.Import(admin(), cat, strings.NewReader(stranger)); err != nil || rep.Failed != 1 {
			t.Errorf("Import of what was seen of nothing: got %+v, %v want one failed line", rep, err)
		}
	}
}

func TestBadLinesAreNamedAndTheRestGoesIn(t *testing.T) {
	bad := []string{
		`{"type":"dataset"`, `{"type":"nonsense","name":"x"}`, `{"type":"dataset","name":"x"}`, `{"type":"job","platform":"airflow","name":"x"}`,
		`{"type":"dataset","platform":"p","name":"x","certified":{"by":"a","until":"soon"}}`, `{"urn":"x","type":"dataset"}`,
		`{"type":"dataset","platform":"p","name":"x","deprecated":7}`, `{"type":"dataset","platform":"p","name":"x","usage":[{"day":"?"}]}`,
		`{"type":"dataset","platform":"p","name":"x","checks":[{"name":"unique","status":"green","at":"2026-11-01T00:00:00Z"}]}`,
	}
	cat := newCatalog(t)
	rep, err := exchange.Import(admin(), cat, strings.NewReader(strings.Join(bad, "\n")+"\n"+lines))
	if err != nil || rep.Failed != len(bad) || rep.Created != 4 {
		t.Fatalf("Import: got %+v, %v want %d failed, 4 created", rep, err, len(bad))
	}
	for i, p := range rep.Problems {
		if want := fmt.Sprintf("line %d: ", i+1); !strings.HasPrefix(p, want) {
			t.Errorf("problem %d: got %q want it to begin with %q", i, p, want)
		}
	}
}

func TestALongLineIsSkippedAlone(t *testing.T) {
	long := `{"type":"term","name":"` + strings.Repeat("x", 17<<20) + `"}`
	rep, err := exchange.Import(admin(), newCatalog(t), strings.NewReader(long+"\n"+lines))
	if err != nil || rep.Failed != 1 || rep.Created != 4 {
		t.Errorf("Import: got %d failed, %d created, %v want 1, 4, nil", rep.Failed, rep.Created, err)
	}
}

func FuzzParse(f *testing.F) {
	for line := range strings.Lines(lines) {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		told, err := exchange.Parse(line)
		if err == nil {
			if _, bad := urn.Parse(string(told.Asset.URN)); bad != nil {
				t.Errorf("Parse(%q): got %q, no URN", line, told.Asset.URN)
			}
		}
	})
}

func TestALineThatOnlyNamesAnAssetMakesIt(t *testing.T) {
	cat := newCatalog(t)
	u := urn.Dataset("postgres", "shop.public.orders", "")
	text := `{"type":"dataset","platform":"postgres","name":"shop.public.orders"}
{"type":"tag","name":"tier1"}
{"type":"dataset","platform":"postgres","name":"shop.public.users","usage":[{"day":"2026-11-01","user":"ana","kind":"human","queries":3}]}
`
	for round := range 2 {
		rep, err := exchange.Import(admin(), cat, strings.NewReader(text))
		if err != nil || rep.Failed != 0 || round == 0 && rep.Created != 3 {
			t.Fatalf("round %d: got %+v, %v want three created", round, rep, err)
		}
		if a, err := cat.Find(admin(), u); err != nil || a.Name() != "shop.public.orders" || a.Status != nil {
			t.Errorf("round %d: got %+v, %v want the dataset", round, a, err)
		}
	}
	titled := urn.Dashboard("tableau", "7")
	if _, err := cat.Apply(access.With(t.Context(), access.System("crawl")), catalog.Batch{Author: catalog.BySource("bi"), Assets: []catalog.Asset{{URN: titled, Type: catalog.Dashboard, Profile: &catalog.Profile{Name: "Sales"}}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := exchange.Import(admin(), cat, strings.NewReader(`{"type":"dashboard","platform":"tableau","name":"7"}`)); err != nil {
		t.Fatal(err)
	}
	if a, err := cat.Find(admin(), titled); err != nil || a.Name() != "Sales" {
		t.Errorf("a title that a crawl gave: got %q, %v", a.Name(), err)
	}
}

// One line that cannot be stored costs itself alone, wherever in a batch it stands.
func TestOneOverlongName(t *testing.T) {
	cat := newCatalog(t)
	long := strings.Repeat("n", 20_000)
	in := `{"type":"dataset","platform":"p","name":"a","columns":[{"name":"x"}]}
{"type":"dataset","platform":"p","name":"` + long + `","usage":[{"day":"2026-11-01","user":"ana","queries":1}]}
{"type":"dataset","platform":"p","name":"es\u001bc","description":"bell \u0007"}
{"type":"dataset","platform":"p","name":"b","columns":[{"name":"x"}]}
`
	rep, err := exchange.Import(admin(), cat, strings.NewReader(in))
	if err != nil || rep.Created != 3 || rep.Failed != 1 || len(rep.Problems) != 2 || !strings.HasPrefix(rep.Problems[0], "line 2: ") || !strings.HasPrefix(rep.Problems[1], "line 3: ") {
		t.Fatalf("got %+v, %v; want three created, line 2 failed, line 3 cleaned", rep, err)
	}
	if a, err := cat.Find(admin(), urn.Dataset("p", `es\u001bc`, "")); err != nil || a.Profile.Description != "bell \ufffd" {
		t.Errorf("got %+v, %v", a.Profile, err)
	}
}
