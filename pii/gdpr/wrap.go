package gdpr

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// wrapped is how a value looks inside base64 or hexadecimal text: the part that the
// value alone decides, and how many letters of the same block stand before it.
type wrapped struct {
	part string
	lead int
	hex  bool
}

// wraps are the ways in which value may stand inside encoded text. What stands
// before it shifts base64 by none, one or two bytes.
func wraps(value string) (out []wrapped) {
	if len(value) < 5 {
		return nil
	}
	out = append(out, wrapped{part: hex.EncodeToString([]byte(value)), hex: true})
	for shift := range 3 {
		padded := append(make([]byte, shift), value...)
		lead := (8*shift + 5) / 6 // letters that depend on what stands before
		sure := len(padded) * 8 / 6
		for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			w := wrapped{part: e.EncodeToString(padded)[lead:sure], lead: lead}
			if len(out) == 0 || out[len(out)-1] != w {
				out = append(out, w)
			}
		}
	}
	return out
}

// around is how many blocks before and behind an encoded value are read with it.
const around = 32

// in returns the decoded neighbourhood of every place where w stands in text.
func (w wrapped) in(text string) (out []string) {
	if w.hex {
		text = strings.ToLower(text)
	}
	for at := 0; ; {
		i := strings.Index(text[at:], w.part)
		if i < 0 {
			return out
		}
		i += at
		at = i + 1
		if s, ok := w.decode(text, i); ok {
			out = append(out, s)
		}
	}
}

func (w wrapped) decode(text string, i int) (string, bool) {
	block, letter := 4, base64Letter
	if w.hex {
		block, letter = 2, hexLetter
	}
	from, to := i-w.lead, i+len(w.part)
	for k := i - 1; k >= max(from, 0); k-- {
		if !letter(text[k]) {
			from = -1
		}
	}
	if from < 0 {
		return "", false
	}
	for n := 0; n < around && from >= block && all(text[from-block:from], letter); n++ {
		from -= block
	}
	for n := 0; n < around*block && to < len(text) && letter(text[to]); n++ {
		to++
	}
	part := text[from:to]
	if w.hex {
		b, err := hex.DecodeString(part[:len(part)/2*2])
		return string(b), err == nil
	}
	if len(part)%4 == 1 {
		part = part[:len(part)-1]
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(part))
	return string(b), err == nil
}

func all(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return true
}

func hexLetter(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }

func base64Letter(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || strings.IndexByte("+/-_", c) >= 0
}
