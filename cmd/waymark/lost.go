package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"waymark/catalog/fault"
)

// The files of the stores.
const (
	catalogFile = "catalog.db"
	privacyFile = "privacy.db"
)

func exists(path string) bool {
	_, err := os.Stat(path)
	return !os.IsNotExist(err) // what cannot be reached is there
}

// exists says whether a store is there; one in memory always is.
func (p places) exists(store, file string) bool {
	dir, ok := strings.CutPrefix(store, "bolt:")
	return !ok || exists(filepath.Join(dir, file))
}

// lost names the stores that are gone while something is left that only their use
// can have made: to begin new ones would hide the loss.
func (p places) lost() (out []string) {
	say := func(store, file string, left []string) {
		dir, ok := strings.CutPrefix(store, "bolt:")
		if !ok || exists(filepath.Join(dir, file)) {
			return
		}
		for _, path := range append([]string{filepath.Join(dir, file+".clean")}, left...) {
			if exists(path) {
				out = append(out, fmt.Sprintf("%s is missing, but %s is there: the store was deleted or its disk is not mounted; put a copy back, or, to begin anew, move %s away", filepath.Join(dir, file), path, path))
				return
			}
		}
	}
	index := strings.TrimPrefix(p.index, "bleve:")
	ofCatalog := []string{filepath.Join(index, "CURRENT")}
	if dir, ok := strings.CutPrefix(p.privacy, "bolt:"); ok {
		ofCatalog = append(ofCatalog, filepath.Join(dir, privacyFile))
	}
	say(p.store, catalogFile, ofCatalog)
	say(p.privacy, privacyFile, []string{p.key, p.sign()})
	return out
}

// complete refuses to go on without a store that was there before.
func (p places) complete() error {
	if lost := p.lost(); len(lost) > 0 {
		return fault.Corrupt.Errorf("%s", strings.Join(lost, "; "))
	}
	return nil
}
