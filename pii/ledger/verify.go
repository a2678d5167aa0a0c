package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Report is what Verify found. The ledger is whole when Problems is empty.
type Report struct {
	Entries  int64
	Unlinked int64 // entries whose body was destroyed, as a later entry says
	Key      string
	Head     Head
	Problems []Problem
}

// Problem is one thing that is wrong; Entry is 0 when it is about the whole.
type Problem struct {
	Entry int64
	Text  string
}

// maxProblems keeps the report of a ruined ledger readable.
const maxProblems = 100

// Evidence is what a ledger is held against besides itself.
type Evidence struct {
	Heads   [][]byte // signed heads that were exported earlier
	Keepers []Keeper // places that keep its key and newest head
}

// Verify reads the whole ledger, builds its tree anew from the entries alone, and
// holds it against the exported heads. See Examine.
func Verify(ctx context.Context, store kv.Store, exported ...[]byte) (Report, error) {
	return Examine(ctx, store, Evidence{Heads: exported})
}

// Examine reads the whole ledger and builds its tree anew from the entries alone. It
// finds every edit, removal, insertion and reordering of entries, bodies and the
// index of requests. A ledger that was removed, cut or written anew together with its
// heads shows against the evidence alone.
func Examine(ctx context.Context, store kv.Store, e Evidence) (rep Report, err error) {
	defer fault.Wrap(&err, "verify the ledger")
	key, err := publicKey(ctx, store)
	if err != nil {
		return rep, err
	}
	v := &verifier{Report: Report{Key: key}, forgotten: map[int64]bool{}}
	for i, signed := range e.Heads {
		h, err := openHead(signed, key)
		if err != nil {
			v.problem(0, "exported head %d is not by this ledger: %v", i+1, err)
			continue
		}
		v.heads = append(v.heads, h)
	}
	for _, k := range e.Keepers {
		if err := v.pinned(ctx, k); err != nil {
			return rep, err
		}
	}
	err = store.View(ctx, v.run)
	return v.Report, err
}

// Verify checks this ledger's store against its keepers and exported heads.
func (l *Ledger) Verify(ctx context.Context, exported ...[]byte) (Report, error) {
	return Examine(ctx, l.store, Evidence{Heads: exported, Keepers: l.keepers})
}

type verifier struct {
	Report
	heads     []Head
	peaks     []peak // complete subtrees of what was read, the largest first
	indexed   int64  // bodies that name a request
	bare      []int64
	forgotten map[int64]bool
}

type peak struct {
	size int64
	hash tlog.Hash
}

func (v *verifier) problem(entry int64, format string, args ...any) {
	if len(v.Problems) < maxProblems {
		v.Problems = append(v.Problems, Problem{entry, fmt.Sprintf(format, args...)})
	}
}

// pinned takes what a keeper knows as something to hold against.
func (v *verifier) pinned(ctx context.Context, k Keeper) error {
	pin, err := k.Kept(ctx)
	switch {
	case errors.Is(err, fault.Corrupt):
		v.problem(0, "%v", err)
	case err != nil:
		return err
	case pin.Key == "":
	case v.Key == "":
		v.problem(0, "%s knows the key of a ledger, and there is none: it was removed or emptied", k.Name())
	case pin.Key != v.Key:
		v.problem(0, "the ledger is signed by another key than the one that %s knows", k.Name())
	case pin.Head.Size > 0:
		v.heads = append(v.heads, pin.Head)
	}
	return nil
}

func (v *verifier) run(r kv.Reader) error {
	if err := v.own(r); err != nil {
		return err
	}
	for p, err := range r.Scan(bucketLeaf, nil, nil) {
		if err != nil {
			return err
		}
		if err := v.entry(r, p); err != nil {
			return err
		}
	}
	for _, h := range v.heads {
		switch {
		case h.Size > v.Entries:
			v.problem(0, "a signed head counts %s, only %d are there: the end was cut off", count(h.Size), v.Entries)
		case h.Size == 0:
			v.problem(0, "a signed head counts no entries")
		}
	}
	if v.Entries > v.Head.Size {
		v.problem(0, "%s behind the signed head", count(v.Entries-v.Head.Size))
	}
	for _, n := range v.bare {
		if !v.forgotten[n] {
			v.problem(n, "its body was removed, and no entry says so")
		}
	}
	return v.strays(r)
}

// strays finds what stands in the store and belongs to no entry.
func (v *verifier) strays(r kv.Reader) error {
	var indexed, nodes int64
	checks := []struct {
		bucket kv.Bucket
		see    func(kv.Pair) error
	}{
		{bucketBody, func(p kv.Pair) error { return v.strayBody(r, p) }},
		{bucketRequest, func(p kv.Pair) error { indexed++; return v.strayIndex(r, p) }},
		{bucketHash, func(kv.Pair) error { nodes++; return nil }},
		{bucketHead, func(p kv.Pair) error {
			if string(p.Key) != string(keyHead) && string(p.Key) != string(keyKey) {
				v.problem(0, "a record that is none of a ledger stands beside its head")
			}
			return nil
		}},
	}
	for _, c := range checks {
		for p, err := range r.Scan(c.bucket, nil, nil) {
			if err == nil {
				err = c.see(p)
			}
			if err != nil {
				return err
			}
		}
	}
	if indexed != v.indexed {
		v.problem(0, "the index of requests has %s, %d were recorded", count(indexed), v.indexed)
	}
	if want := storedNodes(v.Entries); nodes != want {
		v.problem(0, "the tree has %d nodes, %d belong to its entries", nodes, want)
	}
	return nil
}

// storedNodes is how many nodes the tree of n entries has; tlog numbers them in the
// order in which they are complete.
func storedNodes(n int64) (nodes int64) {
	for ; n > 0; n >>= 1 {
		nodes += n
	}
	return nodes
}

func (v *verifier) strayBody(r kv.Reader, p kv.Pair) error {
	n, ok := keyNumber(p.Key)
	if !ok {
		v.problem(0, "a body has a key that is no number")
		return nil
	}
	if _, named, err := r.Get(bucketLeaf, p.Key); err != nil || named {
		return err
	}
	v.problem(n, "a body that no entry names")
	return nil
}

// strayIndex wants the entry that a row of the index names to be of that request.
func (v *verifier) strayIndex(r kv.Reader, p kv.Pair) error {
	if len(p.Key) < 8 || len(p.Val) > 0 {
		v.problem(0, "a row of the index of requests has the wrong form")
		return nil
	}
	key := p.Key[len(p.Key)-8:]
	n, ok := keyNumber(key)
	val, has, err := r.Get(bucketBody, key)
	if err != nil {
		return err
	}
	b, bad := readBody(val)
	if !ok || !has || bad != nil || b.Request == "" || string(requestKey(b.Request, n)) != string(p.Key) {
		v.problem(n, "the index of requests names it for a request that it is not about")
	}
	return nil
}

// keyNumber reads what number prints.
func keyNumber(key []byte) (int64, bool) {
	if len(key) != 8 {
		return 0, false
	}
	n := int64(binary.BigEndian.Uint64(key))
	return n, n > 0
}

// count prints a number of entries.
func count(n int64) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// own takes the ledger's own newest head as one of those to hold against.
func (v *verifier) own(r kv.Reader) error {
	val, ok, err := r.Get(bucketHead, keyHead)
	if err != nil || !ok {
		return err
	}
	h, bad := openHead(val, v.Key)
	if bad != nil {
		v.problem(0, "the newest head: %v", bad)
		return nil
	}
	v.Head = h
	v.heads = append(v.heads, h)
	return nil
}

func (v *verifier) entry(r kv.Reader, p kv.Pair) error {
	at, ok := keyNumber(p.Key)
	if !ok {
		v.problem(0, "an entry has a key that is no number")
		return nil
	}
	v.Entries++
	n := v.Entries
	if at != n {
		v.problem(n, "missing: the next one has the number %d", at)
		v.Entries, n = at, at
	}
	hash := tlog.RecordHash(p.Val)
	lf, err := readLeaf(p.Val)
	if err != nil || lf.Number != n {
		v.problem(n, "was replaced or moved")
	} else if err := v.body(r, lf); err != nil {
		return err
	}
	if !stored(r, 0, n-1, hash) {
		v.problem(n, "was changed after it was recorded")
	}
	v.push(r, hash)
	for _, h := range v.heads {
		if h.Size == n && v.root() != h.Root {
			v.problem(n, "the entries up to here are not those of the signed head: changed, or another ledger's branch")
		}
	}
	return nil
}

// body checks what an entry committed to, and that its request is indexed.
func (v *verifier) body(r kv.Reader, lf leaf) error {
	val, ok, err := r.Get(bucketBody, number(lf.Number))
	if err != nil {
		return err
	}
	if !ok {
		v.Unlinked++
		v.bare = append(v.bare, lf.Number)
		return nil
	}
	b, err := readBody(val)
	if err != nil || !bytes.Equal(b.commitment(), lf.Commitment) || !bytes.Equal(b.bytes(), val) {
		v.problem(lf.Number, "its body was changed")
		return nil
	}
	if lf.Act == actForgotten {
		var f forgotten
		if json.Unmarshal(b.Content, &f) == nil && f.Entry < lf.Number {
			v.forgotten[f.Entry] = true
		}
	}
	if b.Request == "" {
		return nil
	}
	v.indexed++
	if _, ok, err := r.Get(bucketRequest, requestKey(b.Request, lf.Number)); err != nil || ok {
		return err
	}
	v.problem(lf.Number, "the index of requests does not name it any more")
	return nil
}

// push adds a leaf: equal neighbours join, as the tree of RFC 6962 grows. Each
// joined node must be the one that proofs are made of.
func (v *verifier) push(r kv.Reader, hash tlog.Hash) {
	v.peaks = append(v.peaks, peak{1, hash})
	for level, k := 1, len(v.peaks); k > 1 && v.peaks[k-1].size == v.peaks[k-2].size; level, k = level+1, k-1 {
		left, right := v.peaks[k-2], v.peaks[k-1]
		joined := peak{left.size * 2, tlog.NodeHash(left.hash, right.hash)}
		v.peaks = append(v.peaks[:k-2], joined)
		if !stored(r, level, v.Entries/joined.size-1, joined.hash) {
			v.problem(v.Entries, "the tree above it was changed")
		}
	}
}

// stored reports whether the store holds hash as node n of level.
func stored(r kv.Reader, level int, n int64, hash tlog.Hash) bool {
	got, err := hashReader{r}.ReadHashes([]int64{tlog.StoredHashIndex(level, n)})
	return err == nil && got[0] == hash
}

func (v *verifier) root() tlog.Hash {
	k := len(v.peaks) - 1
	root := v.peaks[k].hash
	for k--; k >= 0; k-- {
		root = tlog.NodeHash(v.peaks[k].hash, root)
	}
	return root
}
