package gdpr

import (
	"regexp"
	"slices"
	"strings"
)

// phone is a telephone number as its digits may be written.
type phone struct {
	country  string   // calling code, "" where it is not known
	national string   // without trunk prefix
	trunk    []string // as dialled at home: with the trunk prefix
}

// phoneOf reads the forms that the detector gives for a number: one in E.164 begins
// with a plus sign, the national significant number is the shortest of the others.
func phoneOf(forms []string) (p phone) {
	e164 := ""
	for _, f := range forms {
		f = trimmed(plainText(f))
		d := digits(f)
		if len(d) < 7 {
			continue
		}
		if strings.HasPrefix(f, "+") && !strings.Contains(f, "(0)") && (e164 == "" || len(d) < len(e164)) {
			e164 = d
		}
		if p.national == "" || len(d) < len(p.national) {
			p.national = d
		}
	}
	if stripped := strings.TrimLeft(p.national, "0"); len(stripped) >= 7 {
		p.national = stripped
	}
	if e164 != "" && strings.HasSuffix(e164, p.national) {
		p.country = strings.TrimSuffix(e164, p.national)
	}
	p.trunk = []string{"0" + p.national}
	for _, f := range forms {
		// Some countries have a longer trunk prefix.
		if d := digits(f); !strings.HasPrefix(trimmed(f), "+") && len(d) > len(p.national) && len(d) <= len(p.national)+2 && strings.HasSuffix(d, p.national) && d != p.country+p.national {
			p.trunk = append(p.trunk, d)
		}
	}
	p.trunk = distinct(p.trunk)
	return p
}

// written are further ways to write the number as a whole.
func (p phone) written() (out []string) {
	if p.country == "" {
		return append(out, p.trunk...)
	}
	for _, prefix := range []string{"+", "00", "", "tel:+"} {
		out = append(out, prefix+p.country+p.national)
	}
	return append(append(out, p.trunk...), p.national)
}

// abroad reports whether digits are the number with its calling code; a trunk zero
// in brackets, as in +44 (0)20, may stand between.
func (p phone) abroad(d string) bool {
	if p.country != "" {
		return d == p.country+p.national || d == p.country+"0"+p.national
	}
	// The home of the number is not known: any calling code fits.
	code := strings.TrimSuffix(strings.TrimSuffix(d, p.national), "0")
	return len(p.national) >= 9 && strings.HasSuffix(d, p.national) && len(code) >= 1 && len(code) <= 3
}

// exact reports whether digits, dialled with a plus sign or not, are the number.
func (p phone) exact(d string, plus bool) bool {
	if plus {
		return p.abroad(d)
	}
	for _, prefix := range []string{"00", "011", "010", "0011"} {
		if rest, ok := strings.CutPrefix(d, prefix); ok && p.abroad(rest) {
			return true
		}
	}
	return d == p.national || slices.Contains(p.trunk, d) || p.country != "" && p.abroad(d)
}

var extension = regexp.MustCompile(`^(.*?\d)[\s,;/]*(?:extension|extn|ext|durchwahl|x|#|;?ext=|p|w)[\s.:=]*\d{1,6}$`)

// phoneText matches what a cell with nothing but a telephone number is made of.
var phoneText = regexp.MustCompile(`^(?:tel|phone|fax|mobile|sip|callto|whatsapp)?[:.]?[\s/]*[+(\d][\d\s().,/\\_+:~*\x{00b7}\x{2010}-\x{2015}\x{2022}\x{2212}\x{2043}-]*$`)

// whole reports whether a folded text is the number and nothing else.
func (p phone) whole(t string) bool {
	if p.national == "" {
		return false
	}
	if at := strings.Index(t, ";"); at >= 0 && strings.HasPrefix(t, "tel:") {
		t = t[:at]
	}
	if g := extension.FindStringSubmatch(t); g != nil && p.whole(g[1]) {
		return true
	}
	if !phoneText.MatchString(t) || strings.Count(t, "+") > 1 {
		return false
	}
	d := digits(t)
	if head, tail, ok := strings.Cut(t, "."); ok && strings.Trim(tail, "0") == "" && digits(head) == head {
		d = head // a number that a column of decimals shows
	}
	return p.exact(d, strings.Contains(t, "+"))
}

// runs are stretches of digits with single separators in a text.
var runs = regexp.MustCompile(`\+?\(?\+?\d(?:(?:[ .\-/_\x{00b7}\x{2010}-\x{2015}\x{2022}\x{2212}]{0,2}[()]?[ .\-/]?)\d)*`)

// in reports whether the number stands in a folded text by itself.
func (p phone) in(text string) bool {
	if len(p.national) < 9 {
		return false // too short to be anybody's in particular
	}
	if phoneText.MatchString(text) {
		return p.listed(text)
	}
	for _, at := range runs.FindAllStringIndex(text, -1) {
		if wordEnds(text[:at[0]]) && !numberWord.MatchString(text[:at[0]]) {
			continue // a part of an identifier
		}
		if p.run(text[at[0]:at[1]]) {
			return true
		}
	}
	return false
}

// listed looks into a text of nothing but numbers, where each is taken as a whole.
func (p phone) listed(text string) bool {
	list := strings.FieldsFunc(strings.ReplaceAll(text, "+", ",+"), func(r rune) bool { return strings.ContainsRune(",/*~:_", r) })
	return slices.ContainsFunc(list, func(one string) bool { return p.exact(digits(one), strings.Contains(one, "+")) })
}

// numberWord ends what stands directly before a number: tel020…, a u of \u0030, or a
// letter of a script that is written without blanks.
var numberWord = regexp.MustCompile(`(?:tel|phone|fax|mob|mobile|call|wa\.me/|[^\x00-\x{024f}])$`)

// run looks into one stretch of digits. It may hold other numbers before and behind.
func (p phone) run(s string) bool {
	if p.exact(digits(s), strings.Contains(s, "+")) {
		return true
	}
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' })
	for i := range groups {
		for j := i + 1; j <= len(groups); j++ {
			part := strings.Join(groups[i:j], " ")
			d, plus := digits(part), strings.Contains(part, "+")
			if i > 0 && strings.ContainsAny(strings.Join(groups[:i], ""), "+") && !plus {
				continue // the rest of a number with another calling code
			}
			if !p.exact(d, plus) {
				continue
			}
			// A number that says where it begins is told from what stands around
			// it; any other is taken only as the whole stretch.
			if plus || strings.HasPrefix(d, "0") {
				return true
			}
		}
	}
	return false
}
