package detect

import (
	"fmt"
	"strings"
)

// nature is what most values of a sample are, when that is no personal thing.
type nature string

const (
	natureFlag    nature = "flags"
	natureUUID    nature = "UUIDs"
	natureHash    nature = "hashes"
	natureFile    nature = "file names"
	natureURL     nature = "web addresses"
	natureStamp   nature = "points in time"
	natureDate    nature = "dates"
	natureDecimal nature = "decimal numbers"
	natureText    nature = "long texts"
	natureOther   nature = ""
)

// nature names what at least seven of ten values are.
func (s *sample) nature() nature {
	for _, kind := range [...]struct {
		nature
		is func(string, traits) bool
	}{
		{natureFlag, isFlag}, {natureUUID, isUUID}, {natureHash, isHash}, {natureURL, isURLValue}, {natureFile, isFileName},
		{natureStamp, isStamp}, {natureDate, func(v string, _ traits) bool { return isDateLike(v) }}, {natureDecimal, isDecimal},
		{natureText, func(_ string, t traits) bool { return t.spaces >= 9 || t.runes > 160 }},
	} {
		if share, n := s.share(kind.is); share >= 0.7 && n > 0 {
			return kind.nature
		}
	}
	return natureOther
}

func isFlag(v string, t traits) bool {
	return t.runes <= 5 && hasWord("true false t f y n yes no on off 0 1", strings.ToLower(v))
}

func isUUID(v string, t traits) bool {
	return t.runes == 36 && t.others == 4 && v[8] == '-' && v[13] == '-' && v[18] == '-' && v[23] == '-'
}

func isHash(v string, t traits) bool {
	return (t.runes == 32 || t.runes == 40 || t.runes == 64 || t.runes == 128) && t.others == 0 && t.spaces == 0 && isHex([]byte(strings.ToUpper(v)))
}

func isURLValue(v string, _ traits) bool { return strings.Contains(v, "://") }

func isFileName(v string, t traits) bool {
	dot := strings.LastIndexByte(v, '.')
	return dot > 0 && len(v)-dot >= 3 && len(v)-dot <= 6 && t.spaces < 4 && isLowerAlnum(v[dot+1:]) && !strings.Contains(v, "@") && !isDigit(v[dot+1])
}

func isLowerAlnum(v string) bool {
	for i := 0; i < len(v); i++ {
		if !isLower(v[i]) && !isDigit(v[i]) {
			return false
		}
	}
	return true
}

// isStamp: a date with a time of day, or seconds since 1970 with or without parts.
func isStamp(v string, _ traits) bool {
	if len(v) >= 16 && isDateLike(v[:10]) && strings.ContainsRune(v, ':') {
		return !strings.Contains(v, "00:00:00") && !strings.Contains(v, "T00:00")
	}
	return false
}

func isDecimal(v string, t traits) bool {
	return t.digits > 0 && t.letters == 0 && strings.Count(v, ".") == 1 && t.others <= 2 && t.spaces == 0 && t.others >= 1
}

// isDateLike: three parts of a date in any of the usual orders, with one kind of separator, or written in Han.
func isDateLike(v string) bool {
	if len(v) > 10 && (v[10] == 'T' || v[10] == ' ') {
		v = v[:10]
	}
	if len(v) < 6 || len(v) > 17 {
		return false
	}
	var parts [3]int
	var lengths [3]int
	k := 0
	var sep rune
	for _, r := range v {
		switch {
		case r >= '0' && r <= '9':
			if k > 2 {
				return false
			}
			parts[k] = parts[k]*10 + int(r-'0')
			lengths[k]++
		case r == '-' || r == '/' || r == '.':
			if sep != 0 && r != sep || lengths[min(k, 2)] == 0 {
				return false
			}
			sep = r
			k++
		case r == '年' || r == '月' || r == '日' || r == '년' || r == '월' || r == '일' || r == ' ':
			if r != ' ' {
				k++
			}
		default:
			return false
		}
	}
	return lengths[2] > 0 && dayOf(parts, lengths)
}

func dayOf(p, n [3]int) bool {
	ok := func(year, month, day int) bool { return year > 0 && isDate(year, month, day) }
	if n[0] == 4 {
		return p[0] >= 1000 && p[0] <= 2200 && ok(p[0], p[1], p[2])
	}
	if n[0] > 2 || n[1] > 2 || n[2] != 4 && n[2] != 2 {
		return false
	}
	return ok(2000, p[1], p[0]) || ok(2000, p[0], p[1])
}

// agree weighs whether the values can be what a claim says at all.
func (c *claim) agree(s *sample, kind nature) {
	if len(s.values) == 0 {
		return
	}
	if against(c.class, kind) {
		c.add(ByValue, "value.nature", -6, fmt.Sprintf("the values are %s", kind))
		return
	}
	fits := fitFor(c.class)
	if fits == nil {
		return
	}
	switch share, n := s.share(fits); {
	case share >= 0.7 && c.has(ByValue):
	case share >= 0.7:
		c.add(ByValue, "value.fits", 1.1, fmt.Sprintf("%d of %d distinct values could be", n, len(s.values)))
	case share < 0.2 && len(s.values) >= 3:
		c.add(ByValue, "value.misfit", -6, fmt.Sprintf("only %d of %d distinct values could be", n, len(s.values)))
	case share < 0.5 && len(s.values) >= 3:
		c.add(ByValue, "value.misfit", -2, fmt.Sprintf("only %d of %d distinct values could be", n, len(s.values)))
	}
}

// against tells whether values of a nature cannot be of a class.
func against(class string, kind nature) bool {
	secret := strings.HasPrefix(class, "user.authorization")
	id := strings.HasPrefix(class, classUserID) || strings.HasPrefix(class, "user.device")
	switch kind {
	case natureFlag:
		return true
	case natureUUID:
		return !id && !secret
	case natureHash:
		return !id && !secret && !strings.HasPrefix(class, classContact)
	case natureFile:
		return !strings.HasPrefix(class, classContent) && !secret && class != classURL
	case natureURL:
		return !strings.HasPrefix(class, classContent) && class != classSocial && class != classURL && !secret
	case natureStamp:
		return !softDates(class)
	case natureDate:
		return class != classBirth && !softDates(class) && !strings.HasPrefix(class, classChildren)
	case natureDecimal:
		return !strings.HasPrefix(class, classLocation) && !strings.HasPrefix(class, classFinancial) && !strings.HasPrefix(class, classHealth) && !strings.HasPrefix(class, classChildren) && class != classAge && class != classCard && class != classPhone
	case natureText:
		return !strings.HasPrefix(class, classContent) && !strings.HasPrefix(class, classHealth) && class != classStreet && !secret && !strings.HasPrefix(class, classCriminal) && class != classJob && class != classDevice && !strings.HasPrefix(class, classChildren)
	}
	return false
}

// fitFor returns what a value of class must satisfy; nil where anything goes.
func fitFor(class string) func(string, traits) bool {
	switch {
	case strings.HasPrefix(class, className):
		return func(v string, t traits) bool {
			return t.digits == 0 && t.letters > 0 && t.runes <= 70 && !strings.ContainsAny(v, "@_/\\:;=+*%$<>[]{}|#")
		}
	case class == classEmail:
		return func(v string, _ traits) bool { return strings.IndexByte(v, '@') > 0 }
	case class == classPhone, class == classFax:
		return func(v string, t traits) bool {
			return t.digits >= 5 && t.digits <= 20 && t.letters <= 4 && t.others <= 8 && strings.IndexByte(v, ':') < 0
		}
	case class == classStreet:
		return func(v string, t traits) bool { return t.letters >= 2 && t.runes >= 3 || t.runes <= 6 && t.digits > 0 }
	case class == classCity, class == classState, class == classCountry:
		return func(v string, t traits) bool {
			return t.letters > 0 && t.digits <= 3 && t.runes <= 50 && !strings.ContainsAny(v, "@_=:;{}<>")
		}
	case class == classPostal:
		return func(_ string, t traits) bool { return t.runes >= 3 && t.runes <= 12 && t.digits >= 2 }
	case class == classIP:
		return func(v string, t traits) bool {
			return t.digits > 0 && strings.ContainsAny(v, ".:") || t.letters+t.digits > 8
		}
	case class == classGender:
		return func(_ string, t traits) bool { return t.runes <= 20 && t.digits <= 2 }
	case class == classAge:
		return func(v string, t traits) bool { return t.digits >= 1 && t.runes <= 8 }
	}
	return fitNumbers(class)
}

// fitNumbers is fitFor for classes of numbers.
func fitNumbers(class string) func(string, traits) bool {
	switch {
	case class == classBirth:
		return func(v string, t traits) bool {
			return isDateLike(v) || t.digits >= 4 && t.runes <= 12 && t.letters <= 3 || len(v) >= 16 && t.digits >= 8 && isDateLike(v[:10])
		}
	case class == classCard, class == classBank:
		return func(v string, t traits) bool { return t.digits >= 3 && t.runes <= 45 || t.letters > 3 && t.runes <= 60 }
	case strings.HasPrefix(class, classGovernment), class == classHealthID, class == classInsured:
		return func(_ string, t traits) bool {
			return t.digits >= 3 && t.runes >= 4 && t.runes <= 40 && t.spaces <= 6 || t.wide > 0 && t.digits > 1
		}
	case class == classPrecise:
		return func(_ string, t traits) bool { return t.digits >= 2 && t.letters <= 8 }
	case strings.HasPrefix(class, classUserID), class == classUserName:
		return func(_ string, t traits) bool { return t.runes <= 80 && t.spaces <= 2 }
	}
	return nil
}
