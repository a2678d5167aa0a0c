package gdpr

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// matcher is the one definition of how an identity may be written. Finding, counting,
// erasing and verifying all go by it: connectors return the cells that may hold the
// identity (see Probe), it decides, and rows are then named by the exact cells.
type matcher struct {
	key     Key
	forms   []string // as it may be written as a whole
	folded  map[string]bool
	local   string // of an e-mail, without its tag
	domain  string
	phone   phone
	compact string // letters and digits of a number in which separators carry no meaning
	digests map[string]bool
	wraps   []wrapped
}

// verdict says what a cell has of an identity.
type verdict struct {
	own  bool   // it is the identity, and nothing but it
	form string // "" where it holds nothing
}

// matcherOf prepares an identity with the forms that the detector knows of it.
func (d *Desk) matcherOf(k Key) *matcher {
	m := &matcher{key: k, folded: map[string]bool{}, digests: map[string]bool{}}
	m.forms = []string{k.Value}
	for _, f := range d.Forms(k.Class, k.Value) {
		if f.Kind == formHashed {
			m.digests[strings.ToLower(f.Value)] = true
			continue
		}
		m.forms = append(m.forms, f.Value)
	}
	plain := trimmed(plainText(k.Value))
	switch {
	case k.Class == classEmail:
		m.address(plain)
	case k.Class == classPhone:
		m.phone = phoneOf(m.forms)
		m.forms = append(m.forms, m.phone.written()...)
	case numbered(k.Class):
		m.compact = alphanumeric(plain)
		m.forms = append(m.forms, m.compact, strings.ToUpper(m.compact))
	}
	m.forms = distinct(append(m.forms, plain, strings.ToUpper(plain), norm.NFD.String(plain)))
	if m.local != "" && k.inside() {
		for _, begin := range []string{m.local + "+", strings.ToUpper(m.local) + "+"} {
			m.wraps = append(m.wraps, wraps(begin)...) // with a tag that nobody knows
		}
	}
	for _, f := range m.forms {
		m.folded[trimmed(plainText(f))] = true
		m.digest(f)
		if k.inside() {
			m.wraps = append(m.wraps, wraps(f)...)
		}
	}
	return m
}

// address keeps the parts of an e-mail. A tag behind a plus sign is the owner's own.
func (m *matcher) address(plain string) {
	box := mailbox(plain)
	at := strings.LastIndexByte(box, '@')
	if at <= 0 || at == len(box)-1 {
		return
	}
	m.local, m.domain = box[:at], box[at+1:]
	m.forms = append(m.forms, box)
}

// mailbox is an address in the form by which two of one owner are equal.
func mailbox(value string) string {
	plain := strings.TrimPrefix(trimmed(plainText(value)), "mailto:")
	at := strings.LastIndexByte(plain, '@')
	if at <= 0 {
		return plain
	}
	local := plain[:at]
	if plus := strings.IndexByte(local, '+'); plus > 0 {
		local = local[:plus]
	}
	return local + plain[at:]
}

func (m *matcher) digest(value string) {
	b := []byte(value)
	m5, s1, s2, s5 := md5.Sum(b), sha1.Sum(b), sha256.Sum256(b), sha512.Sum512(b)
	for _, sum := range [][]byte{m5[:], s1[:], s2[:], s5[:]} {
		m.digests[hex.EncodeToString(sum)] = true
		m.digests[strings.TrimRight(base64.StdEncoding.EncodeToString(sum), "=")] = true
		m.digests[strings.TrimRight(base64.URLEncoding.EncodeToString(sum), "=")] = true
	}
}

// judge decides what a cell has of the identity.
func (m *matcher) judge(cell string) verdict {
	if cell == m.key.Value {
		return verdict{own: true, form: formRaw}
	}
	texts := unwrapped(cell)
	for _, t := range texts {
		if m.whole(t) {
			return verdict{own: true, form: formFolded}
		}
	}
	if m.hashed(cell) {
		return verdict{own: true, form: formHashed}
	}
	for _, t := range texts {
		if form := m.inside(t); form != "" {
			return verdict{form: form}
		}
	}
	return verdict{}
}

var named1 = regexp.MustCompile(`^[^<>@]*<([^<>]+)>$`)

// whole reports whether text is the identity and nothing else, but for blanks,
// brackets, quotes and the prefixes with which links are written.
func (m *matcher) whole(text string) bool {
	t := trimmed(plainText(text))
	if m.folded[t] {
		return true
	}
	t = strings.Trim(t, `"'`+"`")
	if m.key.Class == classEmail {
		if g := named1.FindStringSubmatch(t); g != nil {
			t = g[1]
		}
		t, _, _ = strings.Cut(strings.TrimPrefix(trimmed(t), "mailto:"), "?")
		return m.folded[t] || m.same(t)
	}
	if m.key.Class == classPhone {
		return m.phone.whole(t)
	}
	return m.folded[t] || m.compact != "" && alphanumeric(t) == m.compact
}

// same reports whether an address is the identity's, with any tag.
func (m *matcher) same(address string) bool {
	at := strings.LastIndexByte(address, '@')
	if m.domain == "" || at < 0 || strings.TrimSuffix(address[at+1:], ".") != m.domain {
		return false
	}
	local, _, _ := strings.Cut(address[:at], "+")
	return local == m.local
}

// hashed reports whether a cell is a digest of the identity: in hexadecimal of any
// case and with dashes, as bytes, or in base64.
func (m *matcher) hashed(cell string) bool {
	t := trimmed(cell)
	if m.digests[strings.TrimRight(t, "=")] {
		return true
	}
	t = strings.ReplaceAll(strings.ToLower(t), "-", "")
	return m.digests[strings.TrimPrefix(strings.TrimPrefix(t, `\x`), "0x")]
}

var digestRuns = regexp.MustCompile(`[0-9A-Za-z+/_-]{22,128}`)

// inside returns the form in which the identity stands in a longer text, or "".
func (m *matcher) inside(text string) string {
	for _, run := range digestRuns.FindAllString(text, -1) {
		if m.hashed(run) {
			return formHashed
		}
	}
	if !m.key.inside() {
		return ""
	}
	if m.stands(plainText(text)) {
		return formSubstring
	}
	for _, w := range m.wraps {
		for _, near := range w.in(text) {
			if m.stands(plainText(strings.ToValidUTF8(near, "\n"))) {
				return formSubstring
			}
		}
	}
	return ""
}

// stands reports whether the identity stands by itself in a folded text, not as a
// part of a longer one.
func (m *matcher) stands(text string) bool {
	switch {
	case m.domain != "":
		return m.mentioned(text)
	case m.key.Class == classPhone:
		return m.phone.in(text)
	}
	for form := range m.folded {
		for at := 0; form != ""; {
			i := strings.Index(text[at:], form)
			if i < 0 {
				break
			}
			if !wordEnds(text[:at+i]) && !wordStarts(text[at+i+len(form):]) {
				return true
			}
			at += i + 1
		}
	}
	return m.compact != "" && spaced(text, m.compact)
}

// mentioned looks for the address in a folded text: its domain first, and the local
// part before it.
func (m *matcher) mentioned(text string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], "@"+m.domain)
		if i < 0 {
			return false
		}
		i += at
		at = i + 1
		if longerDomain(text[i+1+len(m.domain):]) {
			continue
		}
		before := text[:i]
		if strings.HasSuffix(before, m.local) && startsAddress(before[:len(before)-len(m.local)]) {
			return true
		}
		if plus := strings.LastIndex(before, m.local+"+"); plus >= 0 && startsAddress(before[:plus]) && isTag(before[plus+len(m.local)+1:]) {
			return true
		}
	}
}

func isTag(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._+-=~", r)
	})
}

// longerDomain reports whether what stands behind a domain makes it a longer one.
func longerDomain(behind string) bool {
	rest := strings.TrimLeft(behind, ".-")
	if len(behind)-len(rest) > 1 {
		return false // dots of a sentence
	}
	return asciiWord(rest)
}

// asciiWord reports whether text begins with a letter or digit of a domain. Letters
// of other scripts may follow an address without a blank.
func asciiWord(text string) bool {
	return text != "" && ('a' <= text[0] && text[0] <= 'z' || '0' <= text[0] && text[0] <= '9')
}

// startsAddress reports whether an address may begin behind text: marks that end it
// belong to the text unless a letter stands before them.
func startsAddress(text string) bool {
	text = strings.TrimRight(text, "._+-")
	r, _ := utf8.DecodeLastRuneInString(text)
	return text == "" || !(r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))) && !(r >= utf8.RuneSelf && unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek))
}

func wordEnds(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return text != "" && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func wordStarts(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// numbered reports whether separators carry no meaning in values of a class.
func numbered(class string) bool {
	return under(class, "user.government_id") || under(class, "user.financial") || under(class, "user.health")
}

func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// spaced reports whether the letters and digits of compact stand in text with at
// most one separator between two of them, and no letter or digit beside them.
func spaced(text, compact string) bool {
	want, have := []rune(compact), []rune(text)
	for i := range have {
		if have[i] != want[0] || i > 0 && (unicode.IsLetter(have[i-1]) || unicode.IsDigit(have[i-1])) {
			continue
		}
		k, gap, j := 0, 0, i
		for ; j < len(have) && k < len(want); j++ {
			if have[j] == want[k] {
				k, gap = k+1, 0
			} else if gap++; gap > 1 || unicode.IsLetter(have[j]) || unicode.IsDigit(have[j]) {
				break
			}
		}
		if k == len(want) && (j == len(have) || !unicode.IsLetter(have[j]) && !unicode.IsDigit(have[j])) {
			return true
		}
	}
	return false
}

// probe returns what a connector looks for so that no cell which any of list would
// accept is left out.
func probe(list []*matcher, dataset urn.URN, columns []string) catalog.Probe {
	p := catalog.Probe{Dataset: dataset, Columns: columns}
	for _, m := range list {
		m.parts(&p)
	}
	for _, l := range []*[]string{&p.Text, &p.Digits, &p.Encoded} {
		slices.Sort(*l)
		*l = slices.Compact(*l)
	}
	return p
}
