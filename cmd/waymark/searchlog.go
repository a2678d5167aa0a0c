package main

import (
	"context"
	"regexp"
	"strings"
	"sync"

	"waymark/catalog/access"
	"waymark/catalog/search"
	"waymark/pii/detect"
)

// searching is what searches do besides finding, by the settings.
func searching(s *settings) search.Options {
	o := search.Options{Personal: s.v.GetBool("search.personal")}
	if s.v.GetBool("search.log") {
		o.Redact = impersonal
	}
	return o
}

// flushSearches stores the newest lines of the search log. It runs at the very end
// too, so it depends on no context that may have ended.
func (w *waymark) flushSearches() error {
	return w.find.Flush(access.With(context.Background(), access.System("search log")))
}

// recognizer is made on first use: most commands search for nothing.
var recognizer = sync.OnceValue(detect.New)

// sureEnough is from which score on a part of a search is taken for somebody's
// address or number. It is low: a lost word of a log costs nothing.
const sureEnough = 0.4

// longNumber is what may name a person without any form; a year, a month or a day of
// digits alone does not.
var (
	longNumber = regexp.MustCompile(`\d{5,}`)
	calendar   = regexp.MustCompile(`^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])?$`)
)

// impersonal replaces what looks like somebody's address or number by a sign.
func impersonal(text string) string {
	letters := []rune(text)
	for _, span := range recognizer().Recognize(text) {
		if span.Score < sureEnough || span.Format == "url" {
			continue
		}
		for i := span.Start; i < min(span.End, len(letters)); i++ {
			letters[i] = gone
		}
	}
	text = longNumber.ReplaceAllStringFunc(string(letters), func(n string) string {
		if calendar.MatchString(n) {
			return n
		}
		return string(gone)
	})
	for double := string([]rune{gone, gone}); strings.Contains(text, double); {
		text = strings.ReplaceAll(text, double, string(gone))
	}
	return text
}

// gone stands where something was taken out.
const gone = '…'
