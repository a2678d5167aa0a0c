package hammer

import (
	"bytes"
	"os"
	"strings"

	"waymark/catalog/kv"
)

// storeAttacks change the record of one entry in the ledger's store.
var storeAttacks = map[string]func(e *evidence, n int){
	"entry: bit flipped": func(e *evidence, n int) { e.edit("ledger", n, flip) },
	"entry: act changed": func(e *evidence, n int) { e.edit("ledger", n, swap(`"erased"`, `"looked"`)) },
	"entry: time changed": func(e *evidence, n int) {
		e.edit("ledger", n, swap("2026-11-20", "2025-11-20"))
	},
	"entry: removed": func(e *evidence, n int) { drop(e.t, e.store, "ledger", entryKey(n)) },
	"entry: removed with its body, its row and the number of the next": func(e *evidence, n int) {
		drop(e.t, e.store, "ledger", entryKey(n))
		drop(e.t, e.store, "ledger_body", entryKey(n))
		e.dropRow(n)
	},
	"entry: exchanged with another": func(e *evidence, n int) { e.exchange("ledger", n, 1+n%ledgerLength) },
	"entry: doubled behind the end": func(e *evidence, n int) {
		put(e.t, e.store, "ledger", entryKey(ledgerLength+1), e.get("ledger", n))
	},
	"entry: emptied":                  func(e *evidence, n int) { put(e.t, e.store, "ledger", entryKey(n), []byte{}) },
	"entry: under a key of no number": func(e *evidence, n int) { put(e.t, e.store, "ledger", []byte{byte(n)}, e.get("ledger", n)) },
	"body: removed":                   func(e *evidence, n int) { drop(e.t, e.store, "ledger_body", entryKey(n)) },
	"body: removed with its row":      func(e *evidence, n int) { drop(e.t, e.store, "ledger_body", entryKey(n)); e.dropRow(n) },
	"body: content changed":           func(e *evidence, n int) { e.edit("ledger_body", n, swap(`"rows":`, `"Rows":`)) },
	"body: request changed":           func(e *evidence, n int) { e.edit("ledger_body", n, swap(`"2026-`, `"2027-`)) },
	"body: salt changed":              func(e *evidence, n int) { e.edit("ledger_body", n, swap(`"salt":"`, `"salt":"AAAA`)) },
	"body: a member added":            func(e *evidence, n int) { e.edit("ledger_body", n, swap(`{"salt"`, `{"note":1,"salt"`)) },
	"body: a member doubled":          func(e *evidence, n int) { e.edit("ledger_body", n, swap(`{"salt"`, `{"request":"2026-9999","salt"`)) },
	"body: exchanged with another":    func(e *evidence, n int) { e.exchange("ledger_body", n, 1+n%ledgerLength) },
	"body: one that no entry names":   func(e *evidence, n int) { put(e.t, e.store, "ledger_body", entryKey(100+n), e.get("ledger_body", n)) },
	"index: row removed":              func(e *evidence, n int) { e.dropRow(n) },
	"index: row of another request": func(e *evidence, n int) {
		put(e.t, e.store, "ledger_request", append([]byte("2026-9999\x00\x01"), entryKey(n)...), nil)
	},
	"index: row moved to another": func(e *evidence, n int) {
		e.dropRow(n)
		put(e.t, e.store, "ledger_request", append([]byte("2026-9999\x00\x01"), entryKey(n)...), nil)
	},
	"index: row with a short key": func(e *evidence, n int) { put(e.t, e.store, "ledger_request", []byte{byte(n)}, nil) },
	"tree: node flipped":          func(e *evidence, n int) { e.edit("ledger_hash", n, flip) },
	"tree: node removed":          func(e *evidence, n int) { drop(e.t, e.store, "ledger_hash", entryKey(n)) },
	"tree: node added":            func(e *evidence, n int) { put(e.t, e.store, "ledger_hash", entryKey(1000+n), e.get("ledger_hash", n)) },
	"end cut off, head left":      func(e *evidence, n int) { e.cut(n - 1) },
	"end cut off, an old head put back": func(e *evidence, n int) {
		e.cut(ledgerLength / 2)
		put(e.t, e.store, "ledger_head", []byte("head"), e.early)
		if n%2 == 0 { // also without its tree
			e.empty("ledger_hash")
		}
	},
	"end cut off, head made up": func(e *evidence, n int) {
		e.cut(n - 1)
		e.editHead(swap("waymark-ledger\n23\n", "waymark-ledger\n0\n"))
	},
}

// wholeAttacks change the whole ledger, without the signing key.
var wholeAttacks = map[string]func(e *evidence, n int){
	"all bodies removed":               func(e *evidence, _ int) { e.empty("ledger_body") },
	"all bodies and the index removed": func(e *evidence, _ int) { e.empty("ledger_body"); e.empty("ledger_request") },
	"index removed":                    func(e *evidence, _ int) { e.empty("ledger_request") },
	"tree removed":                     func(e *evidence, _ int) { e.empty("ledger_hash") },
	"entries removed":                  func(e *evidence, _ int) { e.empty("ledger") },
	"head removed":                     func(e *evidence, _ int) { drop(e.t, e.store, "ledger_head", []byte("head")) },
	"head emptied":                     func(e *evidence, _ int) { put(e.t, e.store, "ledger_head", []byte("head"), []byte{}) },
	"head of nonsense":                 func(e *evidence, _ int) { put(e.t, e.store, "ledger_head", []byte("head"), []byte("nonsense\n\n")) },
	"head with a second signature": func(e *evidence, _ int) {
		e.editHead(func(b []byte) []byte { return append(b, "— other AAAAAAAA\n"...) })
	},
	"head of another size":     func(e *evidence, _ int) { e.editHead(swap("\n23\n", "\n22\n")) },
	"a record beside the head": func(e *evidence, _ int) { put(e.t, e.store, "ledger_head", []byte("other"), []byte("x")) },
	"key removed":              func(e *evidence, _ int) { drop(e.t, e.store, "ledger_head", []byte("key")) },
	"key of nonsense":          func(e *evidence, _ int) { put(e.t, e.store, "ledger_head", []byte("key"), []byte("nonsense")) },
	"wiped":                    func(e *evidence, _ int) { e.wipe() },
	"wiped but for the key": func(e *evidence, _ int) {
		key := e.getKey("ledger_head", "key")
		e.wipe()
		put(e.t, e.store, "ledger_head", []byte("key"), key)
	},
	"pinned file of nonsense":           func(e *evidence, _ int) { e.write(".pin", "nonsense") },
	"signing key replaced":              func(e *evidence, _ int) { s := e.store; e.rekeyed("erased"); e.store = s },
	"tree of another ledger, head left": func(e *evidence, _ int) { e.transplant() },
}

// forgeries take the signing key: the store is sound in itself.
var forgeries = map[string]func(e *evidence, n int){
	"end cut off and signed again":   func(e *evidence, _ int) { e.replaced(ledgerLength-5, "erased") },
	"rewritten, as long":             func(e *evidence, _ int) { e.replaced(ledgerLength, "looked") },
	"rewritten, longer":              func(e *evidence, _ int) { e.replaced(ledgerLength+3, "looked") },
	"rewritten, shorter":             func(e *evidence, _ int) { e.replaced(3, "looked") },
	"rewritten under a new key":      func(e *evidence, _ int) { e.rekeyed("looked") },
	"the same under a new key":       func(e *evidence, _ int) { e.rekeyed("erased") },
	"emptied and begun anew":         func(e *evidence, _ int) { e.replaced(1, "erased") },
	"emptied, nothing entered since": func(e *evidence, _ int) { e.replaced(0, "erased") },
}

func flip(b []byte) []byte { b[len(b)/2] ^= 4; return b }

func swap(from, to string) func([]byte) []byte {
	return func(b []byte) []byte { return []byte(strings.Replace(string(b), from, to, 1)) }
}

func (e *evidence) get(b string, n int) []byte { return e.getKey(b, string(entryKey(n))) }

func (e *evidence) getKey(b, key string) []byte {
	for _, p := range pairs(e.t, e.store, kv.Bucket(b)) {
		if string(p.Key) == key {
			return p.Val
		}
	}
	e.t.Fatalf("the ledger has no record %q in %s", key, b)
	return nil
}

// edit changes a record and wants it changed, or the attack would prove nothing.
func (e *evidence) edit(b string, n int, how func([]byte) []byte) {
	was := e.get(b, n)
	now := how(bytes.Clone(was))
	if bytes.Equal(was, now) {
		e.t.Fatalf("the attack changed nothing in %s", was)
	}
	put(e.t, e.store, kv.Bucket(b), entryKey(n), now)
}

func (e *evidence) editHead(how func([]byte) []byte) {
	was := e.getKey("ledger_head", "head")
	put(e.t, e.store, "ledger_head", []byte("head"), how(bytes.Clone(was)))
}

func (e *evidence) exchange(b string, n, m int) {
	x, y := e.get(b, n), e.get(b, m)
	put(e.t, e.store, kv.Bucket(b), entryKey(n), y)
	put(e.t, e.store, kv.Bucket(b), entryKey(m), x)
}

func (e *evidence) dropRow(n int) {
	for _, p := range pairs(e.t, e.store, "ledger_request") {
		if bytes.HasSuffix(p.Key, entryKey(n)) {
			drop(e.t, e.store, "ledger_request", p.Key)
			return
		}
	}
	e.t.Fatalf("entry %d has no row in the index", n)
}

// cut removes all entries behind n, with bodies and rows.
func (e *evidence) cut(n int) {
	for k := n + 1; k <= ledgerLength; k++ {
		drop(e.t, e.store, "ledger", entryKey(k))
		drop(e.t, e.store, "ledger_body", entryKey(k))
		e.dropRow(k)
	}
}

func (e *evidence) wipe() {
	for _, b := range ledgerBuckets {
		e.empty(b)
	}
}

// transplant puts another ledger's entries and tree under the genuine head and key.
func (e *evidence) transplant() {
	head, key := e.getKey("ledger_head", "head"), e.getKey("ledger_head", "key")
	e.replaced(ledgerLength, "looked")
	put(e.t, e.store, "ledger_head", []byte("head"), head)
	put(e.t, e.store, "ledger_head", []byte("key"), key)
}

func (e *evidence) write(suffix, text string) {
	if err := os.WriteFile(e.key+suffix, []byte(text), 0o600); err != nil {
		e.t.Fatal(err)
	}
}
