package gdpr

import (
	"encoding/hex"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// This file reads a stored cell as the texts that it may stand for: as written, and
// as what programs wrap a text in.

// plainText folds a text so that equal identities are equal: compatibility forms
// such as full-width letters become plain ones, letters are composed and in lower
// case, invisible characters are gone and every blank is a space.
func plainText(s string) string {
	if !ascii(s) {
		s = norm.NFKC.String(s)
	}
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r), r == 0:
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
	if ascii(folded) {
		return folded
	}
	return norm.NFC.String(folded)
}

// trimmed is a folded text without blanks and control characters at its ends.
func trimmed(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// binaryMark begins a cell that a connector read from bytes, in hexadecimal.
const binaryMark = `\x`

// cellTexts are the texts that the bytes of a cell may be: one for a cell of text.
func cellTexts(cell string) []string {
	rest, ok := strings.CutPrefix(cell, binaryMark)
	if !ok {
		return []string{cell}
	}
	b, err := hex.DecodeString(rest)
	if err != nil {
		return []string{cell}
	}
	out := []string{latin(b)}
	if utf8.Valid(b) {
		out[0] = string(b)
	}
	if slices.Contains(b, 0) {
		out = append(out, wide(b, 0), wide(b, 1))
	}
	return out
}

// latin reads bytes that are no UTF-8 one by one, so that plain letters in them show.
func latin(b []byte) string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}

// wide reads bytes as UTF-16, high is the place of the higher byte of each pair.
func wide(b []byte, high int) string {
	var units []uint16
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i+high])<<8|uint16(b[i+1-high]))
	}
	return string(utf16.Decode(units))
}

// Bounds of unwrapping: how often a text is unwrapped again, and how many texts come
// of one cell.
const (
	maxWraps = 4
	maxTexts = 64
)

// unwrapped are the texts inside a cell: itself first, then what percent signs,
// escapes of JSON and HTML, and quoted-printable hide.
func unwrapped(cell string) []string {
	out := cellTexts(cell)
	seen := map[string]bool{}
	for _, t := range out {
		seen[t] = true
	}
	for from, depth := 0, 0; depth < maxWraps && from < len(out); depth++ {
		end := len(out)
		for _, t := range out[from:end] {
			for _, inside := range unwrap(t) {
				if len(out) < maxTexts && !seen[inside] {
					seen[inside] = true
					out = append(out, inside)
				}
			}
		}
		from = end
	}
	return out
}

func unwrap(t string) (out []string) {
	if strings.Contains(t, "%") {
		out = append(out, percent(t))
		if strings.Contains(t, "+") {
			if s, err := url.QueryUnescape(t); err == nil {
				out = append(out, s)
			}
		}
	}
	if strings.Contains(t, `\`) {
		out = append(out, escapes(t))
	}
	if strings.Contains(t, "&") && strings.Contains(t, ";") {
		out = append(out, html.UnescapeString(t))
	}
	if strings.Contains(t, "=") {
		out = append(out, quotedPrintable(t))
	}
	return out
}

var (
	percented = regexp.MustCompile(`%[0-9a-fA-F]{2}`)
	unicoded  = regexp.MustCompile(`\\u\{?[0-9a-fA-F]{4}\}?|\\x[0-9a-fA-F]{2}`)
	printable = regexp.MustCompile(`=[0-9a-fA-F]{2}`)
	broken    = regexp.MustCompile(`=\r?\n`)
)

// percent undoes every percent sign that is followed by two digits, and leaves others.
func percent(t string) string {
	return percented.ReplaceAllStringFunc(t, func(s string) string {
		n, _ := strconv.ParseUint(s[1:], 16, 8) // two digits, by the expression
		return string([]byte{byte(n)})
	})
}

// escapes undoes \u0040, \x40 and the short escapes of JSON.
func escapes(t string) string {
	t = unicoded.ReplaceAllStringFunc(t, func(s string) string {
		n, _ := strconv.ParseUint(strings.Trim(s[2:], "{}"), 16, 32) // digits, by the expression
		return string(rune(n))
	})
	return strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\/`, "/", `\"`, `"`, `\\`, `\`).Replace(t)
}

func quotedPrintable(t string) string {
	return printable.ReplaceAllStringFunc(broken.ReplaceAllString(t, ""), func(s string) string {
		n, _ := strconv.ParseUint(s[1:], 16, 8) // two digits, by the expression
		return string([]byte{byte(n)})
	})
}
