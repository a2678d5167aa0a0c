package detect

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// plan is what a region dials before a number inside the country, how many digits follow, and whether people also
// write numbers without the prefix (bare).
type plan struct {
	region, trunk string
	country       int32
	least, most   int
	bare          bool
}

// phonePlans are tried, in order, for numbers without a country code: large populations first.
var phonePlans = []plan{
	{"US", "1", 1, 10, 10, true}, {"GB", "0", 44, 9, 10, false}, {"DE", "0", 49, 7, 11, false}, {"FR", "0", 33, 9, 9, false}, {"IN", "0", 91, 10, 10, true},
	{"BR", "0", 55, 10, 11, true}, {"JP", "0", 81, 9, 10, false}, {"KR", "0", 82, 8, 10, false}, {"TR", "0", 90, 10, 10, true}, {"ES", "", 34, 9, 9, true},
	{"IT", "", 39, 8, 11, true}, {"MX", "", 52, 10, 10, true}, {"PH", "0", 63, 8, 10, false}, {"RU", "8", 7, 10, 10, true}, {"PL", "", 48, 9, 9, true},
	{"ID", "0", 62, 8, 12, false}, {"NL", "0", 31, 9, 9, false}, {"AU", "0", 61, 9, 9, false}, {"CN", "0", 86, 10, 11, true}, {"PT", "", 351, 9, 9, true}, {"GR", "", 30, 10, 10, true},
}

// farPlans are tried too where a word announces a telephone number.
var farPlans = []plan{
	{"IL", "0", 972, 8, 9, false}, {"CA", "1", 1, 10, 10, true}, {"SE", "0", 46, 7, 10, false}, {"CH", "0", 41, 9, 9, false}, {"AT", "0", 43, 7, 12, false}, {"BE", "0", 32, 8, 9, false},
	{"DK", "", 45, 8, 8, true}, {"NO", "", 47, 8, 8, true}, {"FI", "0", 358, 7, 11, false}, {"ZA", "0", 27, 9, 9, false}, {"NG", "0", 234, 8, 10, false}, {"EG", "0", 20, 8, 10, false},
	{"SA", "0", 966, 9, 9, false}, {"AE", "0", 971, 8, 9, false}, {"PK", "0", 92, 9, 10, false}, {"TH", "0", 66, 8, 9, false}, {"VN", "0", 84, 9, 10, false}, {"MY", "0", 60, 8, 10, false},
	{"SG", "", 65, 8, 8, true}, {"HK", "", 852, 8, 8, true}, {"TW", "0", 886, 8, 9, false}, {"NZ", "0", 64, 8, 10, false}, {"AR", "0", 54, 10, 11, true}, {"CL", "", 56, 9, 9, true},
	{"CO", "", 57, 10, 10, true}, {"UA", "0", 380, 9, 9, false}, {"CZ", "", 420, 9, 9, true}, {"HU", "06", 36, 8, 9, true}, {"RO", "0", 40, 9, 9, false}, {"KE", "0", 254, 7, 9, false},
}

const phoneWords = "phone tel telephone mobile cell call fax whatsapp telefon telefono telefone telepono cep handy hp 전화 휴대폰 연락처 電話 电话 手机"

// phones finds telephone numbers: with a country code, or written as people write them in one of phoneRegions.
func (s *scan) phones() {
	for i := 0; i < len(s.text); {
		if !phoneStart(s.text, i) {
			i++
			continue
		}
		hi, digits := phoneEnd(s.text, i)
		if digits >= 7 && digits <= 15 && !s.covered(i, hi) {
			s.phone(i, hi, digits)
		}
		i = hi
	}
}

// covered tells whether the bytes lie inside a span that is surer than a telephone number could be.
func (s *scan) covered(lo, hi int) bool {
	if len(s.spans) == 0 {
		return false
	}
	from, to := s.runes(lo), s.runes(hi)
	for _, p := range s.spans {
		if p.Start <= from && p.End >= to && (p.Checksum && p.Score >= 0.85 || p.Format == "ip" || p.Format == "email" || p.Format == "url") {
			return true
		}
	}
	return false
}

func phoneStart(t string, i int) bool {
	c := t[i]
	if !isDigit(c) && c != '+' && c != '(' {
		return false
	}
	return i == 0 || !wordByte(t[i-1]) && t[i-1] != '.' && t[i-1] != '-' && t[i-1] != '+'
}

// phoneEnd returns the byte after the last digit of the run of digits, blanks and dashes at i, and how many digits it has.
func phoneEnd(t string, i int) (end, digits int) {
	end = i + 1
	for j := i; j < len(t); j++ {
		switch c := t[j]; {
		case isDigit(c):
			digits++
			end = j + 1
		case c == '+' && j == i, c == '(' && j-end <= 1, c == ')' && j-end <= 1, (c == ' ' || c == '-' || c == '.' || c == '/') && j-end <= 1:
		default:
			return end, digits
		}
	}
	return end, digits
}

func (s *scan) phone(lo, hi, digits int) {
	if hi < len(s.text) && wordAt(s.text, hi) && s.text[hi] != 'x' {
		return
	}
	raw := s.text[lo:hi]
	if raw[0] == '+' {
		if n, err := phonenumbers.Parse(raw, ""); err == nil && phonenumbers.IsPossibleNumber(n) {
			s.add(lo, hi, "phone", classPhone, 0.85, false)
		}
		return
	}
	announced := s.announced(phoneWords, lo, hi)
	written := strings.ContainsAny(raw, " -()./")
	if !announced && !written && raw[0] != '0' && digits != 10 {
		return
	}
	if isDateLike(raw) || isIPv4(raw) {
		return
	}
	if !rings(raw, phonePlans) && !(announced && rings(raw, farPlans)) {
		return
	}
	score := 0.3
	if written || raw[0] == '0' {
		score += 0.2
	}
	if announced {
		score += 0.3
	}
	s.add(lo, hi, "phone", classPhone, score, false)
}

// wholePhone takes numbers with a country code, and national ones of any region that is tried.
func wholePhone(v string) bool {
	if strings.HasPrefix(v, "+") {
		n, err := phonenumbers.Parse(v, "")
		return err == nil && phonenumbers.IsPossibleNumber(n)
	}
	if n := len(digitsOf(v)); n < 7 || n > 15 || strings.Trim(v, "0123456789 ()-./x") != "" {
		return false
	}
	return rings(v, phonePlans) || rings(v, farPlans)
}

// rings tells whether raw is valid in the region of one of plans.
func rings(raw string, plans []plan) bool {
	for _, p := range plans {
		if isPhone(raw, p) {
			return true
		}
	}
	return false
}

// isPhone tells whether raw is a number that could ring in the region of p. It reads the digits itself: the general
// parser, made for any writing, costs a hundred times as much.
func isPhone(raw string, p plan) bool {
	digits := phoneDigits(raw)
	dialled := p.trunk != "" && strings.HasPrefix(digits, p.trunk)
	if dialled {
		digits = digits[len(p.trunk):]
	}
	if len(digits) < p.least || len(digits) > p.most || raw[0] == '+' || !dialled && !p.bare {
		return false
	}
	national, country, leading := uint64(num([]byte(digits))), p.country, p.region == "IT" && digits[0] == '0'
	n := phonenumbers.PhoneNumber{CountryCode: &country, NationalNumber: &national, ItalianLeadingZero: &leading}
	return (digits[0] != '0' || leading) && phonenumbers.IsValidNumberForRegion(&n, p.region)
}

// phoneDigits returns the digits of raw before an extension.
func phoneDigits(raw string) string {
	var buf [32]byte
	b := buf[:0]
	for i := 0; i < len(raw) && raw[i] != 'x' && len(b) < len(buf); i++ {
		if isDigit(raw[i]) {
			b = append(b, raw[i])
		}
	}
	return string(b)
}
