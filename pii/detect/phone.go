package detect

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneRegions are tried, in order, for numbers without a country code: large populations first.
var phoneRegions = []string{"US", "GB", "DE", "FR", "IN", "BR", "JP", "KR", "TR", "ES", "IT", "MX", "PH", "RU", "PL", "ID", "NL", "AU", "CN"}

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
	for _, region := range phoneRegions {
		if isPhone(raw, region) {
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
	for _, region := range phoneRegions {
		if isPhone(v, region) {
			return true
		}
	}
	return false
}

// isPhone tells whether raw is a number that could ring in region.
func isPhone(raw, region string) bool {
	n, err := phonenumbers.Parse(raw, region)
	return err == nil && phonenumbers.IsValidNumberForRegion(n, region)
}
