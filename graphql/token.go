package graphql

import "strings"

// next moves to the next token. What the library reads in another way than the
// specification, such as letters beyond ASCII in a name, is refused here.
func (r *reader) next() {
	r.skipIgnored()
	start := r.at
	if start >= len(r.text) {
		r.kind, r.tok = 0, ""
		return
	}
	switch c := r.text[start]; {
	case nameByte(c) && !digit(c):
		r.kind = 'n'
		r.run(func(c byte) bool { return nameByte(c) })
	case digit(c) || c == '-':
		r.kind = '0'
		r.at++
		r.run(func(c byte) bool { return nameByte(c) || c == '.' || c == '+' || c == '-' })
	case c == '"':
		r.kind = '"'
		r.quoted()
	case strings.HasPrefix(r.text[start:], "..."):
		r.kind, r.at = '!', start+3
	case strings.IndexByte("{}()[]:$@=!|&", c) >= 0:
		r.kind, r.at = '!', start+1
	default:
		r.fail("unexpected character %q", rune(c))
		return
	}
	if r.tok = r.text[start:r.at]; r.kind == '0' && !number(r.tok) {
		r.fail("%.40q is no number", r.tok)
	}
}

func nameByte(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || digit(c) }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// number reports whether tok is written as the specification wants it.
func number(tok string) bool {
	tok = strings.TrimPrefix(tok, "-")
	whole := strings.TrimLeft(tok, "0123456789")
	if len(whole) == len(tok) || tok[0] == '0' && len(tok)-len(whole) > 1 {
		return false
	}
	if fraction, ok := strings.CutPrefix(whole, "."); ok {
		whole = strings.TrimLeft(fraction, "0123456789")
		if len(whole) == len(fraction) {
			return false
		}
	}
	if whole == "" {
		return true
	}
	exponent := strings.TrimLeft(whole[1:], "+-")
	return whole[0]|0x20 == 'e' && len(whole)-len(exponent) <= 2 && exponent != "" && strings.Trim(exponent, "0123456789") == ""
}

func (r *reader) run(part func(byte) bool) {
	for r.at < len(r.text) && part(r.text[r.at]) {
		r.at++
	}
}

func (r *reader) skipIgnored() {
	for r.at < len(r.text) {
		switch c := r.text[r.at]; c {
		case ' ', '\t', '\n', '\r', ',':
			r.at++
		case '#':
			r.run(func(c byte) bool { return c != '\n' && c != '\r' })
		default:
			return
		}
	}
}

// quoted moves behind a string, or a block string in three quotes.
func (r *reader) quoted() {
	if rest := r.text[r.at:]; strings.HasPrefix(rest, `"""`) {
		end := strings.Index(rest[3:], `"""`)
		if end < 0 {
			r.fail("a block string without an end")
			return
		}
		r.at += 3 + end + 3
		return
	}
	for r.at++; r.at < len(r.text) && r.text[r.at] != '\n'; r.at++ {
		switch r.text[r.at] {
		case '\\':
			r.at++
		case '"':
			r.at++
			return
		}
	}
	r.fail("a string without an end")
}
