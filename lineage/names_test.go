package lineage

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
)

// listed is what each name means by reading all datasets, in the plainest way.
func listed(t *testing.T, ctx context.Context, cat *catalog.Catalog) (byName, files map[string]urn.URN) {
	t.Helper()
	byName, files = map[string]urn.URN{}, map[string]urn.URN{}
	twice := map[string]bool{}
	for a, err := range cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != nil && a.Status.Stub {
			continue
		}
		name := strings.ToLower(a.URN.Name())
		byName[a.URN.Platform()+" "+name] = a.URN
		if a.URN.Platform() != sqlite {
			continue
		}
		last := name[strings.LastIndexByte(name, '.')+1:]
		if _, taken := files[last]; taken || twice[last] {
			twice[last] = true
			delete(files, last)
			continue
		}
		files[last] = a.URN
	}
	return byName, files
}

// told is what each name means by the names that follow the change log.
func told(x *tables) (byName, files map[string]urn.URN) {
	byName, files = map[string]urn.URN{}, map[string]urn.URN{}
	for n := range uint32(x.keys.len()) {
		platform, name, _ := strings.Cut(x.keys.of(n), "\x00")
		if u, ok := x.find(platform, name); ok {
			byName[platform+" "+name] = u
		}
	}
	for last := range x.files {
		if u, ok := x.file(last); ok {
			files[last] = u
		}
	}
	return byName, files
}

func TestNamesThatFollowAreThoseThatAreListed(t *testing.T) {
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	defer store.Close()
	cat := catalog.New(store, access.New(store, log), log)
	ctx := access.With(context.Background(), access.System("test"))
	rnd := rand.New(rand.NewPCG(7, 1))
	follows := newTables()
	pick := func() urn.URN {
		name := fmt.Sprintf("s%d.%s%d", rnd.IntN(3), []string{"T", "t"}[rnd.IntN(2)], rnd.IntN(12))
		return urn.Dataset([]string{sqlite, "postgres"}[rnd.IntN(2)], name, []string{"", "DEV"}[rnd.IntN(2)])
	}
	for round := range 60 {
		batch := catalog.Batch{Author: catalog.Import}
		seen := map[urn.URN]bool{}
		for range 1 + rnd.IntN(12) {
			a := catalog.Asset{URN: pick(), Type: catalog.Dataset, Profile: &catalog.Profile{Description: fmt.Sprint("round ", round)}}
			if seen[a.URN] {
				continue
			}
			seen[a.URN] = true
			switch rnd.IntN(5) {
			case 0:
				a.Status = &catalog.Status{Stub: true}
			case 1:
				a.Status = &catalog.Status{Removed: cat.Now()}
			case 2:
				batch.Removed = append(batch.Removed, a.URN)
				continue
			}
			batch.Assets = append(batch.Assets, a)
		}
		if _, err := cat.Apply(ctx, batch); err != nil {
			t.Fatal(err)
		}
		if err := follows.level(ctx, cat); err != nil {
			t.Fatal(err)
		}
		anew := newTables()
		if err := anew.level(ctx, cat); err != nil {
			t.Fatal(err)
		}
		want, wantFiles := listed(t, ctx, cat)
		for how, x := range map[string]*tables{"step by step": follows, "anew": anew} {
			got, gotFiles := told(x)
			if diff := cmp.Diff(want, got) + cmp.Diff(wantFiles, gotFiles); diff != "" {
				t.Fatalf("round %d, %s (-listed +followed):\n%s", round, how, diff)
			}
		}
	}
}
