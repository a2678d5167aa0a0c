package exchange_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

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

const lines = `{"type":"dataset","platform":"postgres","name":"shop.public.orders","subtype":"table","description":"Orders","columns":[{"name":"id","type":"bigint","nullable":false,"primary_key":true,"classes":["user.unique_id"],"references":{"dataset":"shop.public.customers","column":"id"}}],"owners":[{"user":"ana","kind":"technical"}],"tags":["tier1"],"terms":["Net revenue"],"domain":"Finance","certified":{"by":"ana","until":"2027-01-01"},"deprecated":null,"stats":{"rows":120,"bytes":40960,"updated_at":"2026-11-01T00:00:00Z"},"usage":[{"day":"2026-11-01","user":"ana","kind":"human","queries":3}],"properties":{"any":"thing"}}
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

func TestBadLinesAreNamedAndTheRestGoesIn(t *testing.T) {
	bad := []string{
		`{"type":"dataset"`, `{"type":"nonsense","name":"x"}`, `{"type":"dataset","name":"x"}`, `{"type":"job","platform":"airflow","name":"x"}`,
		`{"type":"dataset","platform":"p","name":"x","certified":{"by":"a","until":"soon"}}`, `{"urn":"x","type":"dataset"}`,
		`{"type":"dataset","platform":"p","name":"x","deprecated":7}`, `{"type":"dataset","platform":"p","name":"x","usage":[{"day":"?"}]}`,
	}
	cat := newCatalog(t)
	rep, err := exchange.Import(admin(), cat, strings.NewReader(strings.Join(bad, "\n")+"\n"+lines))
	if err != nil || rep.Failed != len(bad) || rep.Created != 4 {
		t.Fatalf("Import: got %+v, %v want %d failed, 4 created", rep, err, len(bad))
	}
	for i, p := range rep.Problems {
		if want := "line " + string(rune('1'+i)) + ": "; !strings.HasPrefix(p, want) {
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
		a, _, err := exchange.Parse(line)
		if err == nil {
			if _, bad := urn.Parse(string(a.URN)); bad != nil {
				t.Errorf("Parse(%q): got %q, no URN", line, a.URN)
			}
		}
	})
}
