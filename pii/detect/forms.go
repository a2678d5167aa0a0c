package detect

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// Form is one way in which an identity may be stored.
type Form struct {
	Kind  string // raw, folded or hashed
	Value string
}

// The kinds of a Form.
const (
	FormRaw    = "raw"
	FormFolded = "folded"
	FormHashed = "hashed"
)

// Forms returns the forms under which one identity of a class may be stored, each once: as given, folded (trimmed,
// lower case, without diacritics, composed and decomposed; phones as E.164, national and digits; numbers without
// separators), and the hexadecimal md5, sha1, sha256 and sha512 of all of these. The raw form comes first.
func Forms(class, value string) []Form {
	s := formSet{seen: map[Form]bool{}}
	s.add(FormRaw, value)
	trimmed := strings.TrimSpace(value)
	for _, v := range foldings(class, trimmed) {
		s.add(FormFolded, v)
	}
	for _, f := range append([]Form(nil), s.list...) {
		for _, h := range hashes(f.Value) {
			s.add(FormHashed, h)
		}
	}
	return s.list
}

type formSet struct {
	list []Form
	seen map[Form]bool
}

// add keeps a form that no earlier one of raw or folded kind already stands for.
func (s *formSet) add(kind, value string) {
	if value == "" || s.seen[Form{FormRaw, value}] || s.seen[Form{FormFolded, value}] || s.seen[Form{kind, value}] {
		return
	}
	s.seen[Form{kind, value}] = true
	s.list = append(s.list, Form{kind, value})
}

func foldings(class, v string) []string {
	lower := strings.ToLower(v)
	out := []string{v, lower, fold(v), norm.NFC.String(v), norm.NFD.String(v), norm.NFC.String(lower), norm.NFD.String(lower), strings.ToUpper(v)}
	switch {
	case class == classPhone || class == classFax:
		out = append(out, phoneForms(v)...)
	case class == classEmail:
		// An address is one thing in any case; a mailto: prefix is how some exports write it.
		out = append(out, strings.TrimPrefix(lower, "mailto:"))
	case numbered(class):
		compact := string(compact(nil, v))
		out = append(out, compact, strings.ToLower(compact))
	}
	return out
}

// numbered tells whether separators carry no meaning in values of class.
func numbered(class string) bool {
	return strings.HasPrefix(class, classGovernment) || strings.HasPrefix(class, classFinancial) || strings.HasPrefix(class, "user.health")
}

func phoneForms(v string) []string {
	out := []string{digitsOf(v)}
	n, err := phonenumbers.Parse(v, homeOf(v))
	if err != nil {
		return out
	}
	national := phonenumbers.Format(n, phonenumbers.NATIONAL)
	return append(out,
		phonenumbers.Format(n, phonenumbers.E164),
		phonenumbers.Format(n, phonenumbers.INTERNATIONAL),
		national, digitsOf(national), phonenumbers.GetNationalSignificantNumber(n))
}

// homeOf returns the one region in whose plan a number without country code is valid; none where several would do,
// for a wrong guess would name somebody else.
func homeOf(v string) string {
	home := ""
	for _, plans := range [...][]plan{phonePlans, farPlans} {
		for _, p := range plans {
			if v == "" || !isPhone(v, p) {
				continue
			}
			if home != "" {
				return ""
			}
			home = p.region
		}
	}
	return home
}

func hashes(v string) []string {
	b := []byte(v)
	m, s1, s256, s512 := md5.Sum(b), sha1.Sum(b), sha256.Sum256(b), sha512.Sum512(b)
	return []string{hex.EncodeToString(m[:]), hex.EncodeToString(s1[:]), hex.EncodeToString(s256[:]), hex.EncodeToString(s512[:])}
}
