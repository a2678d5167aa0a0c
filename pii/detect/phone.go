package detect

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// plan is what a region dials before a number inside the country.
type plan struct {
	region, trunk string
	country       int32
}

// phonePlans are tried, in order, for numbers without a country code: large populations first.
var phonePlans = []plan{
	{"US", "1", 1}, {"GB", "0", 44}, {"DE", "0", 49}, {"FR", "0", 33}, {"IN", "0", 91}, {"BR", "0", 55}, {"JP", "0", 81}, {"KR", "0", 82},
	{"TR", "0", 90}, {"ES", "", 34}, {"IT", "", 39}, {"MX", "", 52}, {"PH", "0", 63}, {"RU", "8", 7}, {"PL", "", 48}, {"ID", "0", 62},
	{"NL", "0", 31}, {"AU", "0", 61}, {"CN", "0", 86},
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
		if digits >= 7 && digits <= 15 {
			s.phone(i, hi, digits)
		}
		i = hi
	}
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
	if hi < len(s.text) && wordByte(s.text[hi]) && s.text[hi] != 'x' {
		return
	}
	raw := s.text[lo:hi]
	if raw[0] == '+' {
		if n, err := phonenumbers.Parse(raw, ""); err == nil && phonenumbers.IsPossibleNumber(n) {
			s.add(lo, hi, "phone", classPhone, 0.85, false)
		}
		return
	}
	from := len([]rune(s.text[:lo]))
	announced := s.announced(phoneWords, from, from+len(raw))
	written := strings.ContainsAny(raw, " -()./")
	if !announced && !written && raw[0] != '0' && digits != 10 {
		return
	}
	if isDateLike(raw) || isIPv4(raw) {
		return
	}
	for _, p := range phonePlans {
		if isPhone(raw, p) {
			score := 0.3
			if written || raw[0] == '0' {
				score += 0.2
			}
			if announced {
				score += 0.3
			}
			s.add(lo, hi, "phone", classPhone, score, false)
			return
		}
	}
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
	for _, p := range phonePlans {
		if isPhone(v, p) {
			return true
		}
	}
	return false
}

// isPhone tells whether raw is a number that could ring in the region of p. It reads the digits itself: the general
// parser, made for any writing, costs a hundred times as much.
func isPhone(raw string, p plan) bool {
	var national uint64
	digits, zeros := 0, 0
	if raw[0] == '+' {
		return false
	}
	for i := 0; i < len(raw) && raw[i] != 'x'; i++ {
		if !isDigit(raw[i]) {
			continue
		}
		if digits == 0 && zeros == 0 && p.trunk != "" && raw[i] == p.trunk[0] {
			zeros = -1 // dialled, not part of the number
			continue
		}
		if national == 0 && raw[i] == '0' {
			zeros++
		}
		national = national*10 + uint64(raw[i]-'0')
		digits++
	}
	if digits < 6 || digits > 13 {
		return false
	}
	country, leading := p.country, p.region == "IT" && zeros > 0
	n := phonenumbers.PhoneNumber{CountryCode: &country, NationalNumber: &national, ItalianLeadingZero: &leading}
	return phonenumbers.IsValidNumberForRegion(&n, p.region)
}
