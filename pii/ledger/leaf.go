package ledger

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// leaf is what the tree hashes. Its JSON is canonical: the members stand in the
// order of the struct and hold no free text.
type leaf struct {
	Number     int64     `json:"n"`
	At         time.Time `json:"at"`
	Act        string    `json:"act"`
	Commitment []byte    `json:"commitment"`
}

func (l leaf) text() []byte {
	text, _ := json.Marshal(l) // a struct of these types always marshals
	return text
}

func readLeaf(text []byte) (l leaf, err error) {
	if err := json.Unmarshal(text, &l); err != nil {
		return l, fault.Corrupt.Errorf("a ledger entry cannot be read: %w", err)
	}
	return l, nil
}

// body is what a commitment commits to.
type body struct {
	Salt    []byte          `json:"salt"`
	Request string          `json:"request,omitempty"`
	Content json.RawMessage `json:"content"`
}

// newBody salts content with 32 random bytes, so that a commitment cannot be
// opened by trying likely contents.
func newBody(request string, content []byte) body {
	salt := make([]byte, sha256.Size)
	_, _ = rand.Read(salt) // never fails
	return body{Salt: salt, Request: request, Content: content}
}

// commitment binds request and content; the zero byte keeps the two apart.
func (b body) commitment() []byte {
	mac := hmac.New(sha256.New, b.Salt)
	mac.Write([]byte(b.Request))
	mac.Write([]byte{0})
	mac.Write(b.Content)
	return mac.Sum(nil)
}

func (b body) bytes() []byte {
	out, _ := json.Marshal(b) // its content was marshalled before
	return out
}

func readBody(val []byte) (b body, err error) {
	if err := json.Unmarshal(val, &b); err != nil {
		return b, fault.Corrupt.Errorf("the body of a ledger entry cannot be read: %w", err)
	}
	return b, nil
}

// number is the key of an entry or node: keys sort as numbers do.
func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

func requestKey(request string, n int64) []byte {
	return append(kv.AppendString(nil, request), number(n)...)
}
