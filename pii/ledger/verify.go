package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Report is what Verify found. The ledger is whole when Problems is empty.
type Report struct {
	Entries  int64
	Unlinked int64 // entries whose body was destroyed
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

// Verify reads the whole ledger and builds its tree anew from the entries alone.
// It finds every edit, removal, insertion and reordering. A tail that was cut
// together with its heads, and a fork, show only against exported heads.
func Verify(ctx context.Context, store kv.Store, exported ...[]byte) (rep Report, err error) {
	defer fault.Wrap(&err, "verify the ledger")
	key, err := publicKey(ctx, store)
	if err != nil {
		return rep, err
	}
	v := &verifier{key: key}
	for i, signed := range exported {
		h, err := openHead(signed, key)
		if err != nil {
			v.problem(0, "exported head %d is not by this ledger: %v", i+1, err)
			continue
		}
		v.heads = append(v.heads, h)
	}
	err = store.View(ctx, v.run)
	return v.Report, err
}

// Verify checks this ledger's store; see the function of that name.
func (l *Ledger) Verify(ctx context.Context, exported ...[]byte) (Report, error) {
	return Verify(ctx, l.store, exported...)
}

type verifier struct {
	Report
	key   string
	heads []Head
	peaks []peak // complete subtrees of what was read, the largest first
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
			v.problem(0, "a signed head counts %d entries, only %d are there: the end was cut off", h.Size, v.Entries)
		case h.Size == 0:
			v.problem(0, "a signed head counts no entries")
		}
	}
	if v.Entries > v.Head.Size {
		v.problem(0, "%d entries stand behind the signed head", v.Entries-v.Head.Size)
	}
	return nil
}

// own takes the ledger's own newest head as one of those to hold against.
func (v *verifier) own(r kv.Reader) error {
	val, ok, err := r.Get(bucketHead, keyHead)
	if err != nil || !ok {
		return err
	}
	h, bad := openHead(val, v.key)
	if bad != nil {
		v.problem(0, "the newest head: %v", bad)
		return nil
	}
	v.Head = h
	v.heads = append(v.heads, h)
	return nil
}

func (v *verifier) entry(r kv.Reader, p kv.Pair) error {
	v.Entries++
	n := v.Entries
	if at := int64(binary.BigEndian.Uint64(p.Key)); at != n {
		v.problem(n, "missing: the next one has the number %d", at)
		v.Entries, n = at, at
	}
	hash := tlog.RecordHash(p.Val)
	lf, err := readLeaf(p.Val)
	if err != nil || lf.Number != n {
		v.problem(n, "was replaced or moved")
	} else if err := v.commitment(r, lf); err != nil {
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

func (v *verifier) commitment(r kv.Reader, lf leaf) error {
	val, ok, err := r.Get(bucketBody, number(lf.Number))
	if err != nil {
		return err
	}
	if !ok {
		v.Unlinked++
		return nil
	}
	b, err := readBody(val)
	if err != nil || !bytes.Equal(b.commitment(), lf.Commitment) {
		v.problem(lf.Number, "its body was changed")
	}
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
