package access

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Account is the form of an account name by which people are told apart: compatible
// letters made equal (NFKC), without case, invisible marks and surrounding space. "o3",
// "O3" and "o3 " are one person.
func Account(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(name))
	return norm.NFKC.String(cases.Fold().String(strings.Join(strings.Fields(name), " ")))
}

// Same reports whether two account names are of one person.
func Same(a, b string) bool { return a == b || Account(a) == Account(b) }
