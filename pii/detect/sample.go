package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDistinct bounds the distinct values that are looked at closely; more do not change a verdict.
const maxDistinct = 5000

// traits are what one look over a value tells.
type traits struct {
	runes, digits, letters, spaces, others int
	upper, wide                            int
	lead                                   byte
}

// sample is the values of a column: each distinct one once, place holders left out.
type sample struct {
	read   int // values given
	values []string
	traits []traits
	more   int // distinct values beyond maxDistinct
	unread int // values that are no UTF-8
}

func newSample(values []string) *sample {
	s := &sample{read: len(values)}
	seen := make(map[string]struct{}, min(len(values), 4*maxDistinct))
	for _, v := range values {
		if _, ok := seen[v]; ok {
			continue
		}
		seen[v] = struct{}{}
		if !utf8.ValidString(v) {
			s.unread++
			continue
		}
		v = strings.TrimSpace(v)
		if placeholder(v) {
			continue
		}
		if len(s.values) == maxDistinct {
			s.more++
			continue
		}
		s.values = append(s.values, v)
		s.traits = append(s.traits, look(v))
	}
	return s
}

// placeholder tells whether v stands for no value, or is a made-up one that manuals use.
func placeholder(v string) bool {
	if len(v) < 2 {
		return v == "" || v == "-" || v == "?" || v == "."
	}
	if len(v) > 24 {
		return false
	}
	switch strings.ToLower(v) {
	case "n/a", "na", "null", "nil", "none", "nan", "unknown", "undefined", "--", "...", "tbd", "(null)", "\\n", "not available",
		"test@example.com", "user@example.com", "foo@bar.com", "test@test.com", "a@b.com", "noreply@example.com", "email@example.com",
		"4111111111111111", "4111-1111-1111-1111", "4111 1111 1111 1111", "4242424242424242", "4242 4242 4242 4242",
		"000-00-0000", "123-45-6789", "000000000", "0000000000", "555-555-5555", "1234567890", "127.0.0.1", "0.0.0.0", "::1", "localhost", "lorem ipsum":
		return true
	}
	return false
}

// look counts the characters of v.
func look(v string) traits {
	t := traits{}
	if v != "" {
		t.lead = v[0]
	}
	for i := 0; i < len(v); {
		c := v[i]
		if c < utf8.RuneSelf {
			i++
			t.runes++
			switch {
			case isDigit(c):
				t.digits++
			case isUpper(c):
				t.letters++
				t.upper++
			case isLower(c):
				t.letters++
			case c <= ' ':
				t.spaces++
			default:
				t.others++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(v[i:])
		i += size
		t.runes++
		t.wideRune(r)
	}
	return t
}

func (t *traits) wideRune(r rune) {
	switch {
	case r >= 0xFF10 && r <= 0xFF19, unicode.Is(unicode.Nd, r):
		t.digits++
	case wideScript(r) || r == 'ー' || r == '々':
		t.letters++
		t.wide++
	case unicode.IsUpper(r):
		t.letters++
		t.upper++
	case unicode.IsLetter(r), unicode.IsMark(r):
		t.letters++
	case r == 0x3000 || r == 0xA0:
		t.spaces++
	default:
		t.others++
	}
}

// share returns the part of the distinct values that ok holds for, and how many.
func (s *sample) share(ok func(v string, t traits) bool) (float64, int) {
	n := 0
	for i, v := range s.values {
		if ok(v, s.traits[i]) {
			n++
		}
	}
	if len(s.values) == 0 {
		return 0, 0
	}
	return float64(n) / float64(len(s.values)), n
}

// dashed counts the values with separators.
func (s *sample) dashed() int {
	_, n := s.share(func(_ string, t traits) bool { return t.others > 0 })
	return n
}

// first returns the sample cut to n values, for looks that cost more.
func (s *sample) first(n int) *sample {
	if len(s.values) <= n {
		return s
	}
	return &sample{read: s.read, values: s.values[:n], traits: s.traits[:n]}
}

// shape describes a value without telling it: "d{6}-d{7}".
func shape(v string) string {
	var b strings.Builder
	var last byte
	run := 0
	flush := func() {
		if run > 0 {
			b.WriteByte(last)
			if run > 1 {
				b.WriteString("{" + itoa(run) + "}")
			}
		}
		run = 0
	}
	for _, r := range v {
		c := byte('?')
		switch {
		case r >= '0' && r <= '9':
			c = 'd'
		case unicode.IsLetter(r):
			c = 'a'
		case r < utf8.RuneSelf:
			c = byte(r)
		}
		if c != last {
			flush()
			last = c
		}
		run++
	}
	flush()
	return b.String()
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// commonest returns the shape that most values have, and its share.
func (s *sample) commonest() (string, float64) {
	counts := map[string]int{}
	best := ""
	for _, v := range s.values {
		sh := shape(v)
		counts[sh]++
		if counts[sh] > counts[best] || counts[sh] == counts[best] && sh < best {
			best = sh
		}
	}
	if len(s.values) == 0 {
		return "", 0
	}
	return best, float64(counts[best]) / float64(len(s.values))
}
