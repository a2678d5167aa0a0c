package hammer

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/pii/gdpr"
	"waymark/pii/ledger"
)

// edit is a receipt file that somebody changed.
type edit struct {
	what string
	file []byte
}

// TestReceiptEdits: each edit of a receipt is refused, or what the file says is proven
// to be what it said.
func TestReceiptEdits(t *testing.T) {
	sealed, key := sealReceipt(t, "erased")
	file, err := json.Marshal(sealed)
	if err != nil {
		t.Fatal(err)
	}
	page, err := gdpr.HTML(sealed)
	if err != nil {
		t.Fatal(err)
	}
	want, _, err := gdpr.CheckReceipt(file, key)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := gdpr.CheckReceipt(page, key); err != nil {
		t.Fatal(err)
	}
	list := append(edits(t, file, sealed), bytesOf("page", page, step(len(page), 250))...)
	noticed, same := 0, 0
	for _, x := range list {
		for _, trusted := range []string{key, ""} {
			got, err := within(t, func(context.Context) (gdpr.Receipt, error) {
				r, _, err := gdpr.CheckReceipt(x.file, trusted)
				return r, err
			})
			switch {
			case err != nil:
				noticed++
			case reflect.DeepEqual(got, want) && (bytes.Equal(x.file, page) || bytes.Equal(bare(x.file), file)):
				same++ // white space between tokens alone
			default:
				t.Errorf("%s, trusting %q: not noticed: %s", x.what, trusted, x.file[:min(len(x.file), 200)])
			}
		}
	}
	t.Logf("N = %d receipt edits, each with and without a known key: %d noticed, %d changed white space alone, 0 silent", len(list), noticed, same)
	if len(list) < 186 {
		t.Errorf("got %d edits want 186 or more", len(list))
	}
}

// TestReceiptOfAnotherLedger: what somebody else signed agrees with itself, and is not
// taken for this ledger's.
func TestReceiptOfAnotherLedger(t *testing.T) {
	_, key := sealReceipt(t, "erased")
	other, _ := sealReceipt(t, "none_found")
	file, err := json.Marshal(other)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := gdpr.CheckReceipt(file, key); err == nil {
		t.Error("another ledger's receipt: got it taken want it refused")
	}
	other.Proof.Key = key
	if file, err = json.Marshal(other); err != nil {
		t.Fatal(err)
	}
	for _, trusted := range []string{key, ""} {
		if _, _, err := gdpr.CheckReceipt(file, trusted); err == nil {
			t.Errorf("with the known key's name written over its own, trusting %q: got it taken", trusted)
		}
	}
}

func sealReceipt(t *testing.T, outcome string) (ledger.Sealed, string) {
	t.Helper()
	l, err := ledger.Open(t.Context(), memkv.New(), filepath.Join(t.TempDir(), "sign"))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, err := l.Append(t.Context(), ledger.Entry{Act: "erase.result", Request: "2026-0001"}); err != nil {
			t.Fatal(err)
		}
	}
	shop := urn.Dataset("postgres", "shop.public.orders", "")
	s, _, err := l.Seal(t.Context(), "receipt.issued", "2026-0001", gdpr.Receipt{
		Request: "2026-0001", Kind: gdpr.Erasure, Law: "gdpr 2026", Checked: true, Subject: "0123abcd", Plan: "feed", Why: "one month <from> receipt & no more",
		Approvals: []gdpr.ReceiptWord{{Role: "approver", Ledger: 3}, {Role: "privacy_officer", Ledger: 4}},
		Outcomes:  []gdpr.Outcome{{Dataset: shop, Outcome: outcome, Rows: 3, Detail: "", Ledger: 5}},
		Looks:     []gdpr.ReceiptLook{{Columns: 12, Ledger: 6}}, Derived: []urn.URN{shop}, Notes: []string{"이름"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), ledger.Entry{Act: "later"}); err != nil {
		t.Fatal(err)
	}
	return s, l.Key()
}

// step spreads n edits over a file; the full run takes every byte.
func step(size, n int) int {
	if full() {
		return 1
	}
	return max(1, size/n)
}

// bytesOf changes, removes and doubles bytes all over a file.
func bytesOf(what string, file []byte, step int) (out []edit) {
	for i := 0; i < len(file); i += step {
		for bit := range 8 {
			if !full() && bit != i%8 {
				continue
			}
			bad := bytes.Clone(file)
			bad[i] ^= 1 << bit
			out = append(out, edit{fmt.Sprintf("%s: bit %d of byte %d", what, bit, i), bad})
		}
		out = append(out,
			edit{fmt.Sprintf("%s: byte %d removed", what, i), append(bytes.Clone(file[:i]), file[i+1:]...)},
			edit{fmt.Sprintf("%s: byte %d doubled", what, i), append(bytes.Clone(file[:i+1]), file[i:]...)},
		)
	}
	return out
}

func bare(file []byte) []byte {
	var b bytes.Buffer
	if json.Compact(&b, file) != nil {
		return nil
	}
	return b.Bytes()
}

// edits are the ways to change what a file says to one reader and not to another.
func edits(t *testing.T, file []byte, s ledger.Sealed) []edit {
	t.Helper()
	out := bytesOf("file", file, step(len(file), 120))
	add := func(what string, text string) { out = append(out, edit{what, []byte(text)}) }
	text := string(file)
	for _, tail := range []string{" ", "\n", "\t\r\n", "x", "{}", "null", "[]", ",", "}", "\x00", "\ufeff", "//", "/**/", text, "\n" + text} {
		add(fmt.Sprintf("%.8q behind", tail), text+tail)
		add(fmt.Sprintf("%.8q before", tail), tail+text)
	}
	for i := 1; i < 8; i++ {
		add(fmt.Sprintf("cut at %d/8", i), text[:len(text)*i/8])
	}
	for _, name := range members(t, file) {
		at := strings.Index(text, `"`+name+`":`)
		member := `"` + name + `":`
		for _, val := range []string{`"x"`, `null`, `0`, `{}`, `[]`, `"2026-0002"`} {
			add("doubled before: "+name+"="+val, text[:at]+member+val+","+text[at:])
		}
		add("another letter case: "+name, text[:at+1]+strings.ToUpper(name[:1])+text[at+2:])
		add("escaped: "+name, text[:at+1]+fmt.Sprintf(`\u%04x`, name[0])+text[at+2:])
		add("renamed: "+name, text[:at+1]+"x"+text[at+1:])
		add("spaces: "+name, text[:at]+" \n"+text[at:])
	}
	for from, to := range map[string]string{
		`"rows":3`: `"rows":3.0`, `"rows":3,`: `"rows":3e0,`, `"erased"`: `"retained"`, `"law_checked":true`: `"law_checked":false`, `"2026-0001"`: `"2026-0002"`,
		`\u003c`: `<`, `\u0026`: `&`, "이름": `\uc774\ub984`, `"ledger":5`: `"ledger":-5`, `"columns":12`: `"columns":1200`, s.Digest: strings.ToUpper(s.Digest),
		"waymark-ledger+": "Waymark-ledger+", `"approvals":[`: `"approvals":[{"role":"approver","on":"","ledger":1},`, "— waymark": "- waymark", `\n\n—`: `\n—`,
	} {
		if !strings.Contains(text, from) {
			t.Fatalf("the receipt has no %s", from)
		}
		add(from+" to "+to, strings.Replace(text, from, to, 1))
		add(from+" to "+to+" everywhere", strings.ReplaceAll(text, from, to))
	}
	return append(out, signatures(t, s)...)
}

// signatures changes what a note's reader may skip.
func signatures(t *testing.T, s ledger.Sealed) (out []edit) {
	t.Helper()
	for what, change := range map[string]func(string) string{
		"a second signature":      func(n string) string { return n + "— somebody AAAAAAAAAAAAAAAAAAAA\n" },
		"the signature doubled":   func(n string) string { return n + n[strings.LastIndex(n, "— "):] },
		"free bits of base64":     func(n string) string { return strings.Replace(n, "=\n", "=\n ", 1) },
		"a line more":             func(n string) string { return "x\n" + n },
		"no signature":            func(n string) string { return n[:strings.Index(n, "\n\n")+2] },
		"a blank line more":       func(n string) string { return strings.Replace(n, "\n\n", "\n\n\n", 1) },
		"another end of the line": func(n string) string { return strings.ReplaceAll(n, "\n", "\r\n") },
		"nothing":                 func(string) string { return "" },
	} {
		bad := s
		bad.Proof.Head = change(s.Proof.Head)
		out = append(out, edit{"head: " + what, marshal(t, bad)})
		bad = s
		bad.Signature = change(s.Signature)
		out = append(out, edit{"signature: " + what, marshal(t, bad)})
	}
	for i := range s.Proof.Inclusion {
		bad := s
		bad.Proof.Inclusion = append(bad.Proof.Inclusion[:i:i], bad.Proof.Inclusion[i+1:]...)
		out = append(out, edit{fmt.Sprintf("proof without node %d", i), marshal(t, bad)})
	}
	bad := s
	bad.Signature = s.Proof.Head
	return append(out, edit{"the head as signature", marshal(t, bad)})
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// members are the names of all members of a document.
func members(t *testing.T, file []byte) (out []string) {
	t.Helper()
	var walk func(v any)
	seen := map[string]bool{}
	walk = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			for k, v := range x {
				if !seen[k] {
					seen[k] = true
					out = append(out, k)
				}
				walk(v)
			}
		case []any:
			for _, v := range x {
				walk(v)
			}
		}
	}
	var doc any
	if err := json.Unmarshal(file, &doc); err != nil {
		t.Fatal(err)
	}
	walk(doc)
	return out
}
