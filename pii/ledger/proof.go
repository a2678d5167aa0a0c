package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Proof shows that one entry stands in the tree that a signed head fixes.
type Proof struct {
	Leaf      json.RawMessage `json:"leaf"` // the bytes that were hashed
	Salt      []byte          `json:"salt"`
	Request   string          `json:"request"`
	Content   json.RawMessage `json:"content"`
	Inclusion []tlog.Hash     `json:"inclusion"`
	Head      string          `json:"head"` // a signed note
	Key       string          `json:"key"`  // the public key that it is signed with
}

// Prove proves entry n in the tree of the newest head. An entry whose body was
// destroyed cannot be proved to anybody and is fault.NotFound.
func (l *Ledger) Prove(ctx context.Context, n int64) (p Proof, err error) {
	defer fault.Wrap(&err, "prove ledger entry %d", n)
	err = l.store.View(ctx, func(r kv.Reader) error {
		h, err := readHead(r, l.public)
		if err != nil {
			return err
		}
		text, ok, err := r.Get(bucketLeaf, number(n))
		if err != nil {
			return err
		}
		val, has, err := r.Get(bucketBody, number(n))
		if err != nil {
			return err
		}
		if !ok || !has || n > h.Size {
			return fault.NotFound.Errorf("there is no such entry, or its body was destroyed")
		}
		b, err := readBody(val)
		if err != nil {
			return err
		}
		path, err := tlog.ProveRecord(h.Size, n-1, hashReader{r})
		if err != nil {
			return fault.Corrupt.Of(err)
		}
		p = Proof{
			Leaf: bytes.Clone(text), Salt: b.Salt, Request: b.Request, Content: b.Content,
			Inclusion: path, Head: string(h.Signed), Key: l.public,
		}
		return nil
	})
	return p, err
}

// Consistency proves that the tree of the first size entries is the beginning of
// the newest one: nothing of it was changed since.
func (l *Ledger) Consistency(ctx context.Context, size int64) (path []tlog.Hash, newest Head, err error) {
	err = l.store.View(ctx, func(r kv.Reader) error {
		if newest, err = readHead(r, l.public); err != nil {
			return err
		}
		if size < 1 || size > newest.Size {
			return fault.Invalid.Errorf("the ledger has %d entries, not %d", newest.Size, size)
		}
		path, err = tlog.ProveTree(newest.Size, size, hashReader{r})
		return err
	})
	return path, newest, err
}

// CheckConsistency verifies offline that the older head is a beginning of the newer.
func CheckConsistency(path []tlog.Hash, older, newer []byte, key string) error {
	was, err := openHead(older, key)
	if err != nil {
		return err
	}
	is, err := openHead(newer, key)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(path, is.Size, is.Root, was.Size, was.Root); err != nil {
		return fault.Corrupt.Errorf("the ledger of %d entries does not go on from the one of %d", is.Size, was.Size)
	}
	return nil
}

// Check verifies the proof offline with the key that it names and returns what it
// proves.
func (p Proof) Check() (Record, error) {
	if err := plainKey(p.Key); err != nil {
		return Record{}, err
	}
	head, err := openHead([]byte(p.Head), p.Key)
	if err != nil {
		return Record{}, err
	}
	lf, err := readLeaf(p.Leaf)
	if err != nil {
		return Record{}, err
	}
	content, text := compact(p.Content), lf.text()
	b := body{Salt: p.Salt, Request: p.Request, Content: content}
	if content == nil || !bytes.Equal(b.commitment(), lf.Commitment) {
		return Record{}, fault.Corrupt.Errorf("entry %d committed to something else", lf.Number)
	}
	// The file may have been indented, and nothing else.
	if !bytes.Equal(compact(p.Leaf), text) || lf.Number < 1 || lf.Number > head.Size {
		return Record{}, fault.Corrupt.Errorf("the leaf of entry %d is not in the form in which it was hashed", lf.Number)
	}
	if err := tlog.CheckRecord(p.Inclusion, head.Size, head.Root, lf.Number-1, tlog.RecordHash(text)); err != nil {
		return Record{}, fault.Corrupt.Errorf("entry %d does not stand in the signed ledger of %d entries", lf.Number, head.Size)
	}
	return Record{Number: lf.Number, At: lf.At, Act: lf.Act, Request: p.Request, Content: content}, nil
}

// plainKey refuses spellings of a public key that a reader would take for the same.
func plainKey(public string) error {
	name, rest, _ := strings.Cut(public, "+")
	hash, key, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.DecodeString(key)
	if err != nil || base64.StdEncoding.EncodeToString(raw) != key || strings.ToLower(hash) != hash || name != origin {
		return fault.Corrupt.Errorf("the receipt's key is none of a ledger")
	}
	return nil
}

// compact drops white space between tokens; nil is no JSON.
func compact(text []byte) []byte {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		return nil
	}
	return b.Bytes()
}

// Sealed is a document with the proof that the ledger knows it. Its JSON is the
// receipt file: it verifies without a store, a network or this program's key.
type Sealed struct {
	Content   json.RawMessage `json:"content"`
	Digest    string          `json:"sha256"` // of Content without white space
	Signature string          `json:"signature"`
	Proof     Proof           `json:"proof"`
}

type sealedBody struct {
	Digest string `json:"sha256"`
}

// Seal records the digest of content as an entry of request, signs it, and returns
// content with its proof.
func (l *Ledger) Seal(ctx context.Context, act, request string, content any) (s Sealed, n int64, err error) {
	if s.Content, err = json.Marshal(content); err != nil {
		return s, 0, fault.Internal.Of(err)
	}
	s.Digest = digest(s.Content)
	if n, err = l.Append(ctx, Entry{Act: act, Request: request, Body: sealedBody{s.Digest}}); err != nil {
		return s, 0, err
	}
	if s.Proof, err = l.Prove(ctx, n); err != nil {
		return s, 0, err
	}
	signed, err := note.Sign(&note.Note{Text: sealText(s.Digest)}, l.signer)
	s.Signature = string(signed)
	return s, n, fault.Internal.Of(err)
}

func sealText(sum string) string { return "waymark receipt\n" + sum + "\n" }

func digest(compact []byte) string {
	sum := sha256.Sum256(compact)
	return hex.EncodeToString(sum[:])
}

// maxSealed bounds a receipt file.
const maxSealed = 64 << 20

// ParseSealed reads a receipt file; what it says is not verified yet. Apart from white
// space the file must be what this program prints: a member that stands twice, that is
// spelled in another way or that nobody reads, and a second document behind the first,
// are refused, for another reader may take them for something else.
func ParseSealed(file []byte) (s Sealed, err error) {
	if len(file) > maxSealed {
		return s, fault.Invalid.Errorf("this is no receipt of Waymark: it is larger than %d MiB", maxSealed>>20)
	}
	text := compact(file)
	if err := json.Unmarshal(file, &s); text == nil || err != nil || len(s.Content) == 0 || len(s.Proof.Leaf) == 0 {
		return Sealed{}, fault.Invalid.Errorf("this is no receipt of Waymark")
	}
	again, err := json.Marshal(s)
	if err != nil || !bytes.Equal(again, text) {
		return Sealed{}, fault.Corrupt.Errorf("the receipt is not in the form in which it is printed: a member is doubled, unknown or spelled in another way")
	}
	return s, nil
}

// Check verifies the document offline. With a trusted public key the signatures must be
// by that key; with "" they must be by the key that the file names: then the file agrees
// with itself, and that is all that is known.
func (s Sealed) Check(trusted string) (Record, error) {
	if trusted != "" && trusted != s.Proof.Key {
		return Record{}, fault.Corrupt.Errorf("the receipt is signed by another ledger's key")
	}
	rec, err := s.Proof.Check()
	if err != nil {
		return Record{}, err
	}
	if content := compact(s.Content); content == nil || digest(content) != s.Digest {
		return Record{}, fault.Corrupt.Errorf("the content was changed after it was signed")
	}
	text, err := openNote([]byte(s.Signature), s.Proof.Key)
	if err != nil {
		return Record{}, err
	}
	want, err := json.Marshal(sealedBody{s.Digest})
	if err != nil || !bytes.Equal(rec.Content, want) || text != sealText(s.Digest) {
		return Record{}, fault.Corrupt.Errorf("entry %d is about another document", rec.Number)
	}
	return rec, nil
}
