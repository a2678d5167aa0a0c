package catalog_test

import (
	"bytes"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
)

// fillWith sets every text below v.
func fillWith(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillWith(v.Elem(), text)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fillWith(v.Field(i), text)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillWith(v.Index(0), text)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, val := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fillWith(key, text)
		fillWith(val, text)
		v.SetMapIndex(key, val)
	}
}

// texts calls fn for every text below v.
func texts(v reflect.Value, fn func(string)) {
	switch v.Kind() {
	case reflect.String:
		fn(v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), fn)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				texts(v.Field(i), fn)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), fn)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			texts(it.Key(), fn)
			texts(it.Value(), fn)
		}
	}
}

// No aspect, also none that is added later, may bring in a text that cannot be shown.
func TestCleanReachesEveryText(t *testing.T) {
	for _, bad := range []string{"caf\xe9", "a\x1b[31mb", "\x00", "x\u0085", "\x7f", "\xed\xa0\x80"} {
		var a catalog.Asset
		v := reflect.ValueOf(&a).Elem()
		aspects := 0
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.Pointer {
				fillWith(v.Field(i), bad)
				aspects++
			}
		}
		before := a
		a.URN, a.Type = urn.Dataset("postgres", "shop."+bad, ""), catalog.Dataset
		replaced := catalog.Clean(&a)
		if len(replaced) < aspects-2 || !strings.Contains(replaced[0], "name") { // some aspects hold no text
			t.Errorf("%q: got %v for %d aspects", bad, replaced, aspects)
		}
		texts(reflect.ValueOf(a), func(s string) {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x1b\x7f\u0085") {
				t.Errorf("%q: %q is left", bad, s)
			}
		})
		if before.Profile.Description != bad || before.Schema.Columns[0].Name != bad {
			t.Errorf("%q: the caller's asset was changed", bad)
		}
		if again := catalog.Clean(&a); again != nil {
			t.Errorf("%q: cleaned twice: %v", bad, again)
		}
	}
}

func TestCleanKeepsNamesApartAndTextsReadable(t *testing.T) {
	a := catalog.Asset{URN: urn.Dataset("sqlite", "shop.t", ""), Type: catalog.Dataset,
		Profile: &catalog.Profile{Description: "caf\xe9\nline\ttab"},
		Schema:  &catalog.Schema{Columns: []catalog.Column{{Name: "pr\xe9nom"}, {Name: "pr\xe8nom"}, {Name: "größe"}}}}
	catalog.Clean(&a)
	if got := a.Profile.Description; got != "caf\ufffd\nline\ttab" {
		t.Errorf("description: got %q", got)
	}
	if c := a.Schema.Columns; c[0].Name != `pr\xe9nom` || c[1].Name != `pr\xe8nom` || c[2].Name != "größe" {
		t.Errorf("columns: got %+v", c)
	}
}

// A record that cannot be decoded costs itself alone.
func TestOneUnreadableRecord(t *testing.T) {
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	f := catalog.New(store, access.New(store, log), log)
	var all []urn.URN
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		all = append(all, urn.Dataset("postgres", "shop."+name, ""))
	}
	var list []catalog.Asset
	for _, u := range all {
		list = append(list, catalog.Asset{URN: u, Type: catalog.Dataset, Profile: &catalog.Profile{Name: u.Name(), Description: "d"}})
	}
	if _, err := f.Apply(crawl(), catalog.Batch{Author: catalog.Import, Assets: list}); err != nil {
		t.Fatal(err)
	}
	damage := func(bucket kv.Bucket, u urn.URN) {
		t.Helper()
		err := store.Update(crawl(), func(w kv.Writer) error {
			for p, err := range w.Scan(bucket, []byte(u), append([]byte(u), 1)) {
				if err != nil {
					return err
				}
				return w.Put(bucket, bytes.Clone(p.Key), []byte("\xbf\x00no CBOR"))
			}
			t.Errorf("%s has no %s", u, bucket)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	damage("fact", all[1])
	damage("asset", all[3])
	lost := 0
	var got []urn.URN
	for a, err := range f.List(crawl(), catalog.Filter{Damaged: func(urn.URN, error) { lost++ }}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, a.URN)
	}
	if len(got) != 3 || lost != 2 {
		t.Errorf("list: got %v and %d lost; want 3 and 2", got, lost)
	}
	if many, err := f.FindMany(crawl(), all); err != nil || len(many) != 3 {
		t.Errorf("find many: got %d, %v; want 3", len(many), err)
	}
	if changes, _, err := f.Since(crawl(), 0, 100); err != nil || len(changes) != 5 {
		t.Errorf("follow: got %d changes, %v; want 5", len(changes), err)
	}
	if _, err := f.Find(crawl(), all[1]); err == nil {
		t.Error("the damaged asset itself: got no error")
	}
	more := catalog.Asset{URN: urn.Dataset("postgres", "shop.f", ""), Type: catalog.Dataset, Profile: &catalog.Profile{Name: "f"}}
	if _, err := f.Apply(crawl(), catalog.Batch{Author: catalog.Import, Assets: []catalog.Asset{more, list[0]}}); err != nil {
		t.Errorf("others can be written: got %v", err)
	}
}

// What an older program stored as it came is cleaned when it is read.
func TestStoredTextThatIsNoUTF8(t *testing.T) {
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	f := catalog.New(store, access.New(store, log), log)
	u := urn.Dataset("postgres", "shop.a", "")
	a := catalog.Asset{URN: u, Type: catalog.Dataset, Schema: &catalog.Schema{Columns: []catalog.Column{{Name: "caf?", Description: "caf?"}}}}
	if _, err := f.Apply(crawl(), catalog.Batch{Author: catalog.Import, Assets: []catalog.Asset{a}}); err != nil {
		t.Fatal(err)
	}
	err := store.Update(crawl(), func(w kv.Writer) error {
		for p, err := range w.Scan("fact", []byte(u), append([]byte(u), 1)) {
			if err != nil {
				return err
			}
			return w.Put("fact", bytes.Clone(p.Key), bytes.ReplaceAll(p.Val, []byte("caf?"), []byte("caf\xe9")))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Find(crawl(), u)
	if err != nil || len(got.Schema.Columns) != 1 || got.Schema.Columns[0].Name != `caf\xe9` || got.Schema.Columns[0].Description != "caf\ufffd" {
		t.Errorf("got %+v, %v", got.Schema, err)
	}
}
