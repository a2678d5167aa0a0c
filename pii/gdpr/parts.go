package gdpr

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"waymark/catalog"
)

// partLength is how much of a digest or of an encoded value is looked for: a part
// is enough to find the cell, and short ones are found faster.
const partLength = 10

// parts are what stands in every text in which the identity can stand: see Probe.
func (m *matcher) parts(p *catalog.Probe) {
	text, digitRuns := p.Text, p.Digits
	if runs := m.digitRun(); runs != "" {
		digitRuns = append(digitRuns, runs)
	} else {
		text = append(text, m.words()...)
	}
	p.Text, p.Digits = text, digitRuns
	encoded := func(part string, length int) {
		p.Encoded = append(p.Encoded, strings.ToLower(part[:min(length, len(part))]))
		if p.Run == 0 || len(part) < p.Run {
			p.Run = len(part)
		}
	}
	for d := range m.digests {
		encoded(d, 8) // a uuid has its first dash behind eight
	}
	for _, w := range m.wraps {
		encoded(w.part, partLength)
	}
}

// digitRun is what of the identity is found by its digits, whatever stands between.
func (m *matcher) digitRun() string {
	if m.phone.national != "" {
		return m.phone.national
	}
	if d := digits(m.compact); len(d) >= 6 {
		return d
	}
	return ""
}

// words is the longest plain word of an e-mail's local part, since everything else
// may be written in another way; of other identities, of the whole.
func (m *matcher) words() []string {
	for _, s := range []string{m.local, m.domain, m.compact} {
		if w := longestWord(s); len(w) >= 3 {
			return []string{w}
		}
	}
	if w := longestWord(trimmed(plainText(m.key.Value))); w != "" && m.local == "" && (len(w) >= 3 || ascii(m.key.Value)) {
		return []string{w}
	}
	return foreign(m.forms)
}

// longestWord is the longest run of plain letters and digits.
func longestWord(s string) (best string) {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }) {
		if len(w) > len(best) {
			best = w
		}
	}
	return best
}

// foreign are the ways to write letters beyond ASCII: composed or not, in either
// case, and escaped.
func foreign(forms []string) (out []string) {
	for _, f := range forms {
		for _, v := range []string{strings.ToLower(f), strings.ToUpper(f)} {
			for _, w := range strings.FieldsFunc(norm.NFC.String(v), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				if len(w) > 2 {
					out = append(out, w, norm.NFD.String(w), strings.ToLower(url.QueryEscape(w)), jsonEscaped(w))
				}
			}
		}
	}
	if len(out) == 0 {
		out = append(out, strings.ToLower(forms[0]))
	}
	return distinct(out)
}

func jsonEscaped(w string) string {
	return strings.ToLower(strings.Trim(strconv.QuoteToASCII(w), `"`))
}
