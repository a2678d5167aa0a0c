package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/boltkv"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/search"
	"waymark/catalog/search/bleveindex"
)

// openStore opens what a store string names, with checksums above it:
// bolt:DIR or mem:.
func openStore(name, file string) (kv.Store, error) {
	kind, place, _ := strings.Cut(name, ":")
	switch kind {
	case "mem":
		return memkv.New(), nil
	case "bolt":
		if err := os.MkdirAll(place, 0o700); err != nil {
			return nil, fault.Unavailable.Errorf("data folder: %w", err)
		}
		st, err := boltkv.Open(filepath.Join(place, file), boltkv.Options{})
		if err != nil {
			return nil, err
		}
		return kv.Summed(st), nil
	}
	return nil, usage("there is no store %q; write bolt:DIR or mem:", name)
}

// openIndex opens what an index string names: bleve:DIR.
func openIndex(name string) (search.Index, func() error, error) {
	kind, place, _ := strings.Cut(name, ":")
	if kind != "bleve" {
		return nil, nil, usage("there is no index %q; write bleve:DIR", name)
	}
	ix, err := bleveindex.Open(place)
	if err != nil {
		return nil, nil, err
	}
	return ix, ix.Close, nil
}

// noIndex stands for an index that a command does not need.
func noIndex(string) (search.Index, func() error, error) {
	return absentIndex{}, func() error { return nil }, nil
}

// absentIndex answers nothing.
type absentIndex struct{}

func (absentIndex) absent() error {
	return fault.Unavailable.Errorf("this command opens no search index")
}

// Apply meets search.Index.
func (x absentIndex) Apply(context.Context, search.Batch) error { return x.absent() }

// Search meets search.Index.
func (x absentIndex) Search(context.Context, search.Query) (search.Result, error) {
	return search.Result{}, x.absent()
}

// Survey meets search.Index.
func (x absentIndex) Survey(context.Context) (search.Survey, error) {
	return search.Survey{}, x.absent()
}

// Reached meets search.Index.
func (x absentIndex) Reached(context.Context) (catalog.Seq, error) { return 0, x.absent() }

// places are where the parts of one catalog lie.
type places struct{ store, index, privacy, key, address string }

func (s *settings) places() (p places, err error) {
	dir, err := s.dataDir()
	if err != nil {
		return p, err
	}
	or := func(key, def string) string {
		if v := s.text(key); v != "" {
			return v
		}
		return def
	}
	p.store, p.index = or("store", "bolt:"+dir), or("search.index", "bleve:"+filepath.Join(dir, "index"))
	p.privacy, p.key = or("privacy.store", "bolt:"+filepath.Join(dir, "privacy")), or("privacy.key", dir+".privacy-key")
	p.address = filepath.Join(dir, "server")
	return p, nil
}

// token is the file that shows a caller over HTTP to own the data folder.
func (p places) token() string { return filepath.Join(filepath.Dir(p.address), "token") }

// held adds to the error of a store that another process holds the address under
// which that process answers.
func (p places) held(err error) error {
	if !errors.Is(err, fault.Unavailable) {
		return err
	}
	addr, bad := os.ReadFile(p.address)
	if bad != nil {
		return err
	}
	return fault.Unavailable.Errorf("the store is open in a running server; add --server http://%s", strings.TrimSpace(string(addr)))
}
