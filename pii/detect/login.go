package detect

import (
	"fmt"
	"strings"
)

// loginSignal weighs user names: one word of small letters in which names of persons are put together.
func (d *Detector) loginSignal(s *sample) (signal, bool) {
	if len(s.values) < enough {
		return signal{}, false
	}
	few := s.first(400)
	share, n := few.share(func(v string, t traits) bool {
		return t.spaces == 0 && t.upper == 0 && t.wide == 0 && t.runes >= 5 && t.runes <= 30 && t.letters >= 4 && t.others <= 2 && d.words.login(v)
	})
	if share < 0.25 {
		return signal{}, false
	}
	return signal{class: classUserName, rule: "value.login", weight: min(5, 2.2+5*share), rate: share, detail: fmt.Sprintf("%d of %d distinct values are put together from names", n, len(few.values))}, true
}

// login tells whether v is made of names: "annaschmidt", "a.schmidt", "aschmidt7", "anna84".
func (d *dictionary) login(v string) bool {
	if strings.ContainsAny(v, "@/:\\") {
		return false
	}
	letters := strings.TrimRight(v, "0123456789")
	first, rest, parted := strings.Cut(strings.ReplaceAll(letters, "_", "."), ".")
	if parted {
		return d.name(first) && (d.name(rest) || len(rest) == 1) || len(first) == 1 && d.name(rest)
	}
	if letters != v && len(letters) >= 4 && d.is(letters, isGiven|isFamily) {
		return true
	}
	if len(letters) >= 6 && d.is(letters[1:], isFamily) {
		return true
	}
	for i := 3; i+3 <= len(letters); i++ {
		if d.may(letters[:i], isGiven|isFamily) && d.may(letters[i:], isGiven|isFamily) && (d.name(letters[:i]) || d.name(letters[i:])) {
			return true
		}
	}
	return false
}

// name tells whether w is surely a name.
func (d *dictionary) name(w string) bool { return len(w) >= 3 && d.is(w, isGiven|isFamily) }
