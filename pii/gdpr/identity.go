package gdpr

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"waymark/catalog/fault"
)

// Key is one identity of the subject: a class of personal data with its value, or
// the name of identifying columns with theirs.
type Key struct {
	Name    string `json:"name"`            // as it was given: email, customer_id
	Class   string `json:"class,omitempty"` // "" for the name of columns
	Value   string `json:"value"`
	Learned bool   `json:"learned,omitempty"` // found beside the subject, not given
	Shared  bool   `json:"shared,omitempty"`  // belongs to somebody else too, so it finds nobody
}

const (
	classEmail    = "user.contact.email"
	classPhone    = "user.contact.phone_number"
	classUsername = "user.account.username"
	classUserID   = "user.unique_id"
	classContent  = "user.content"
)

// shortNames are the words that stand for a class on the command line.
var shortNames = map[string]string{
	"email": classEmail, "e-mail": classEmail, "mail": classEmail,
	"phone": classPhone, "mobile": classPhone, "tel": classPhone,
	"username": classUsername, "login": classUsername,
	"national_id": "user.government_id.national_identification_number",
	"passport":    "user.government_id.passport_number",
	"iban":        "user.financial.bank_account",
	"card":        "user.financial.credit_card",
	"device_id":   "user.device.device_id",
	"name":        "user.name", "dob": "user.demographic.date_of_birth", "birth_date": "user.demographic.date_of_birth",
}

// tooVague are classes that many people share: they never find rows by themselves.
var tooVague = []string{"user.name", "user.demographic", "user.contact.address", "user.location", "user.device.ip_address"}

var columnName = regexp.MustCompile(`^[\pL_][\pL\pN_.\-]*$`)

// ParseKey reads one KEY=VALUE. Its errors never quote the value.
func ParseKey(s string) (Key, error) {
	name, value, ok := strings.Cut(s, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || value == "" {
		return Key{}, fault.Invalid.Errorf("a subject is given as KEY=VALUE, for example email=… or customer_id=…")
	}
	k := Key{Name: strings.ToLower(name), Value: value}
	switch {
	case shortNames[k.Name] != "":
		k.Class = shortNames[k.Name]
	case strings.HasPrefix(k.Name, "user."):
		k.Class = k.Name
	case !columnName.MatchString(name):
		return Key{}, fault.Invalid.Errorf("a subject's key is a class (email, phone, …) or the name of identifying columns")
	}
	if slices.ContainsFunc(tooVague, func(c string) bool { return under(k.Class, c) }) {
		return Key{}, fault.Invalid.Errorf("%s alone does not identify a person; give an e-mail, a phone, an account name or an id", name)
	}
	if k.Class == classPhone && len(digits(value)) < 7 {
		return Key{}, fault.Invalid.Errorf("the phone given has fewer than seven digits")
	}
	if k.Class == classEmail && !strings.Contains(value, "@") {
		return Key{}, fault.Invalid.Errorf("the e-mail given has no @")
	}
	return k, nil
}

// under reports whether class is of, or below, parent.
func under(class, parent string) bool {
	return class == parent || strings.HasPrefix(class, parent+".")
}

// weak reports whether two people may share such an identity.
func (k Key) weak() bool { return k.Class == classEmail || k.Class == classPhone }

// inside reports whether the identity is worth looking for inside longer text:
// long, and hardly anybody's by chance.
func (k Key) inside() bool {
	switch {
	case k.Class == classEmail:
		return len(k.Value) >= 6
	case k.Class == classPhone:
		return len(digits(k.Value)) >= 9
	case under(k.Class, "user.government_id"), under(k.Class, "user.financial"):
		return len(k.Value) >= 8
	}
	return false
}

// masked shows an identity without telling it: m•••@e••••••.org, 17••.
func (k Key) masked() string { return k.Name + "=" + mask(k.Class, k.Value) }

func mask(class, value string) string {
	if class == classEmail {
		if local, host, ok := strings.Cut(value, "@"); ok {
			domain, top := host, ""
			if i := strings.LastIndexByte(host, '.'); i > 0 {
				domain, top = host[:i], host[i:]
			}
			return dots(local, 1) + "@" + dots(domain, 1) + top
		}
	}
	return dots(value, min(2, len([]rune(value))/2))
}

// dots keeps the first letters and covers the rest, without telling its length
// beyond eight.
func dots(s string, keep int) string {
	r := []rune(s)
	return string(r[:min(keep, len(r))]) + strings.Repeat("•", min(8, max(1, len(r)-keep)))
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// words splits a name into its lower-case words.
func words(name string) []string {
	var b strings.Builder
	prev := rune(0)
	for _, r := range name {
		if unicode.IsUpper(r) && (unicode.IsLower(prev) || unicode.IsDigit(prev)) {
			b.WriteByte(' ')
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		} else {
			b.WriteByte(' ')
		}
		prev = r
	}
	return strings.Fields(b.String())
}

// singular drops the plural of an English noun.
func singular(w string) string {
	switch {
	case w == "people":
		return "person"
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && len(w) > 3:
		return w[:len(w)-1]
	}
	return w
}
