package lineage

import (
	"context"
	"slices"
	"strings"
	"sync"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// tables are the names of all datasets of the catalog. They follow the change log by
// a number of their own, so that a change costs what changed; a name takes some
// thirty bytes, and columns are read where they are asked for.
type tables struct {
	mu    sync.RWMutex
	seq   catalog.Seq
	keys  numbers              // platform and full name in lower case
	odd   map[uint32][]urn.URN // by key, where it means another asset than its plain one, or none, or several; sorted
	gone  int                  // keys that mean none
	files map[string][]urn.URN // datasets of SQLite by the last part of their name in lower case

	covers []covers             // scopes that were listed to their end
	stamp  uint64               // of the covers
	bare   map[string][]urn.URN // datasets by platform and last part, made when first asked for
	bareAt catalog.Seq
	last   map[string]bool // the last parts of all names in lower case, made when first asked for
	lastAt catalog.Seq
}

func newTables() *tables {
	return &tables{keys: newNumbers(), odd: map[uint32][]urn.URN{}, files: map[string][]urn.URN{}}
}

// sqlite is the platform whose unqualified names reach into every attached file.
const sqlite = "sqlite"

const (
	followPage = 5000
	// leastGone keys may mean nothing before the names are gathered anew, and more where
	// they are less than half.
	leastGone = 10_000
)

// level brings the names level with the change log.
func (t *tables) level(ctx context.Context, cat *catalog.Catalog) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gone > max(leastGone, t.keys.len()/2) {
		t.seq, t.keys, t.odd, t.gone, t.files = 0, newNumbers(), map[uint32][]urn.URN{}, 0, map[string][]urn.URN{}
	}
	for {
		page, head, err := cat.Since(ctx, t.seq, followPage)
		if err != nil {
			return err
		}
		if err := t.take(ctx, cat, page); err != nil {
			return err
		}
		if len(page) < followPage {
			t.seq = head
			return nil
		}
		t.seq = page[len(page)-1].Seq
	}
}

// take learns and forgets what a page of changes says. Only an asset with a status, or
// one that nobody described, has to be read: it may be a stub.
func (t *tables) take(ctx context.Context, cat *catalog.Catalog, page []catalog.Change) error {
	var asked []urn.URN
	for _, c := range page {
		if c.Type == catalog.Dataset && !c.Removed && (!c.Described() || slices.ContainsFunc(c.Facts, isStatus)) {
			asked = append(asked, c.URN)
		}
	}
	found, err := cat.FindMany(ctx, asked)
	if err != nil {
		return err
	}
	stub := map[urn.URN]bool{}
	for i := range found {
		stub[found[i].URN] = found[i].Status != nil && found[i].Status.Stub
	}
	for _, c := range page {
		switch {
		case c.Type != catalog.Dataset:
		case c.Removed || stub[c.URN]:
			t.forget(c.URN)
		default:
			t.learn(c.URN)
		}
	}
	return nil
}

func isStatus(f catalog.Fact) bool { return f.Aspect == catalog.AspectStatus }

// learn puts an asset to its name.
func (t *tables) learn(u urn.URN) {
	key, last := keyOf(u)
	before := t.keys.len()
	n := t.keys.add(key)
	if int(n) == before {
		t.gone++ // a new key means nothing yet
		t.odd[n] = nil
	}
	t.set(n, with(t.of(n), u))
	if u.Platform() == sqlite {
		t.files[last] = with(t.files[last], u)
	}
}

// forget takes an asset from its name.
func (t *tables) forget(u urn.URN) {
	key, last := keyOf(u)
	n, ok := t.keys.find(key)
	if !ok {
		return
	}
	t.set(n, without(t.of(n), u))
	if u.Platform() != sqlite {
		return
	}
	if t.files[last] = without(t.files[last], u); len(t.files[last]) == 0 {
		delete(t.files, last)
	}
}

// keyOf is the key of an asset, and the last part of its name.
func keyOf(u urn.URN) (key []byte, last string) {
	name := strings.ToLower(u.Name())
	parts := urn.Split(name)
	return []byte(u.Platform() + "\x00" + name), parts[len(parts)-1]
}

func with(list []urn.URN, u urn.URN) []urn.URN {
	i, there := slices.BinarySearch(list, u)
	if there {
		return list
	}
	return slices.Insert(slices.Clone(list), i, u)
}

func without(list []urn.URN, u urn.URN) []urn.URN {
	i, there := slices.BinarySearch(list, u)
	if !there {
		return list
	}
	return slices.Delete(slices.Clone(list), i, i+1)
}

// set changes what a key means.
func (t *tables) set(n uint32, list []urn.URN) {
	if len(t.of(n)) == 0 {
		t.gone--
	}
	if len(list) == 0 {
		t.gone++
	}
	if len(list) == 1 && list[0] == t.plain(n) {
		delete(t.odd, n)
	} else {
		t.odd[n] = list
	}
}

// of returns what a key means, the last of which is taken for it.
func (t *tables) of(n uint32) []urn.URN {
	if list, odd := t.odd[n]; odd {
		return list
	}
	return []urn.URN{t.plain(n)}
}

// plain is the asset that most keys mean.
func (t *tables) plain(n uint32) urn.URN {
	platform, name, _ := strings.Cut(t.keys.of(n), "\x00")
	return urn.Dataset(platform, name, "")
}

// find returns the asset of a platform with a full name: the one that is written just
// so, else one that differs in letter case, where the engine does not mind that.
func (t *tables) find(platform, name string) (urn.URN, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n, ok := t.keys.find([]byte(platform + "\x00" + strings.ToLower(name)))
	if !ok {
		return "", false
	}
	list := t.of(n)
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Name() == name {
			return list[i], true
		}
	}
	if len(list) == 0 || t.exact(platform, name) {
		return "", false
	}
	return list[len(list)-1], true
}

// file returns the one dataset of SQLite whose name ends with a part in lower case.
func (t *tables) file(last string) (urn.URN, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if list := t.files[last]; len(list) == 1 {
		return list[0], true
	}
	return "", false
}

// has reports whether the catalog has a dataset that is no stub.
func (t *tables) has(u urn.URN) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n, ok := t.keys.find([]byte(u.Platform() + "\x00" + strings.ToLower(u.Name())))
	return ok && slices.Contains(t.of(n), u)
}

// ending returns the assets whose full name ends with a name in lower case at a dot;
// of every platform without one.
func (t *tables) ending(platform, name string) (out []urn.URN) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for n := range uint32(t.keys.len()) {
		in, full, _ := strings.Cut(t.keys.of(n), "\x00")
		if platform != "" && in != platform || !strings.HasSuffix("."+full, "."+name) {
			continue
		}
		out = append(out, variants(t.of(n))...)
	}
	slices.Sort(out)
	return out
}

// variants leaves of assets whose names differ in letter case one each: of those that
// differ in their environment alone the last.
func variants(list []urn.URN) (out []urn.URN) {
	for i, u := range list {
		if i+1 == len(list) || list[i+1].Name() != u.Name() {
			out = append(out, u)
		}
	}
	return out
}
