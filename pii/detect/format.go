package detect

import "strings"

// format is one kind of number or address: how it looks, how it is checked, how much a pass proves.
type format struct {
	name   string // as python-stdnum names its modules: kr.rrn
	class  string // data category of a value
	shapes string // compact forms, parted by blanks: 9 digit, A letter, * either, ? any byte, others stand for themselves
	texts  string // shapes taken in texts alone
	groups string // how people write it, parted by blanks: "3-2-4"; a dash stands for any separator used throughout
	slips  string // groups with a separator lost, taken in texts alone
	prefix string // country letters, parted by blanks, that may stand before the number
	words  string // words, folded and parted by blanks, that announce the number in a text

	further func(b []byte) bool     // also valid when a value is asked for; not searched for
	whole   func(value string) bool // instead of shapes and check, over the value as it stands
	check   func(b []byte) bool     // over the compact form without prefix; nil when the shape says all
	confirm func(b []byte) bool     // a check digit that well-formed numbers may lack; texts and columns ask for it
	chance  float64                 // share of random strings of the right shape that pass both; 0 means 1
	lax     func(b []byte) bool     // what holds even for numbers that were given out without check digit; nil where there are none
	laxly   float64                 // share of random strings of the right shape that pass lax
	digits  bool                    // there is a check digit
	strict  bool                    // separators are allowed at the groups alone, also when a value is asked for
	own     bool                    // no other number is written in these groups
	keyed   bool                    // so common a shape that a text must announce it by one of words, or write it in groups
}

// rate is the share of random strings of the right shape that pass.
func (f *format) rate() float64 {
	if f.chance == 0 {
		return 1
	}
	return f.chance
}

// valid runs the check over the compact form of value.
func (f *format) valid(value string) bool {
	if f.whole != nil {
		return f.whole(strings.TrimSpace(value))
	}
	var buf [64]byte
	b := compact(buf[:0], value)
	if f.strict && !grouped(f.groups, value) {
		return false
	}
	if f.fits(b) || f.further != nil && f.further(b) {
		return true
	}
	for rest := f.prefix; rest != ""; {
		var p string
		p, rest = cutWord(rest)
		if len(b) > len(p) && string(b[:len(p)]) == p && f.fits(b[len(p):]) {
			return true
		}
	}
	return false
}

// sure tells whether b, from a text, passes all that is known of the format.
func (f *format) sure(b []byte) bool {
	return (shaped(f.shapes, b) || shaped(f.texts, b) || f.shapes == "") && (f.check == nil || f.check(b)) && (f.confirm == nil || f.confirm(b))
}

// fits tells whether the compact form b has one of the shapes and passes the check.
func (f *format) fits(b []byte) bool {
	return f.shaped(b) && (f.check == nil || f.check(b))
}

func (f *format) shaped(b []byte) bool { return f.shapes == "" || shaped(f.shapes, b) }

// shaped tells whether b is of one of shapes.
func shaped(shapes string, b []byte) bool {
	for shapes != "" {
		var s string
		if s, shapes = cutWord(shapes); matches(s, b) {
			return true
		}
	}
	return false
}

// matches tells whether b is of one shape.
func matches(shape string, b []byte) bool {
	if len(shape) != len(b) {
		return false
	}
	for i, c := range b {
		switch s := shape[i]; s {
		case '9':
			if !isDigit(c) {
				return false
			}
		case 'A':
			if !isUpper(c) {
				return false
			}
		case '?':
		case '*':
			if !isDigit(c) && !isUpper(c) {
				return false
			}
		default:
			if s != c {
				return false
			}
		}
	}
	return true
}

// grouped tells whether value is written without separators or in one of the groups.
func grouped(groups, value string) bool {
	var lengths [16]int
	n, run := 0, 0
	for _, r := range value {
		if isSeparator(r) {
			if run > 0 && n < len(lengths)-1 {
				lengths[n] = run
				n++
			}
			run = 0
			continue
		}
		run++
	}
	if run > 0 {
		lengths[n] = run
		n++
	}
	return n <= 1 || hasGroups(groups, lengths[:n])
}

// hasGroups tells whether one of groups has these lengths.
func hasGroups(groups string, lengths []int) bool {
	for rest := groups; rest != ""; {
		var g string
		g, rest = cutWord(rest)
		if sameGroups(g, lengths) {
			return true
		}
	}
	return false
}

func sameGroups(g string, lengths []int) bool {
	i := 0
	for _, want := range lengths {
		have := 0
		for i < len(g) && isDigit(g[i]) {
			have = have*10 + int(g[i]-'0')
			i++
		}
		if have != want {
			return false
		}
		i++ // the dash
	}
	return i > len(g)
}

// compact appends value to dst without separators and white space, letters in upper case, full-width folded.
func compact(dst []byte, value string) []byte {
	if !isASCII(value) {
		value = plain(value)
	}
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case 'a' <= c && c <= 'z':
			dst = append(dst, c-'a'+'A')
		case isSeparator(rune(c)):
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func isSeparator(r rune) bool {
	switch r {
	case '-', '.', '/', ',', ':', '(', ')':
		return true
	}
	return r <= ' '
}

// cutWord splits s at its first blank.
func cutWord(s string) (word, rest string) {
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
