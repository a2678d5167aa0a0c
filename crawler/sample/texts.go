package sample

import (
	_ "embed"
	"strings"
)

//go:embed data/courses.txt
var coursesText string

//go:embed data/texts.txt
var textsText string

// phrasebook holds lists of words by kind, in the order of their file.
type phrasebook struct {
	kinds []string
	lists map[string][]string
}

// courseWords has one line a kind, its words divided by bars.
func courseWords() phrasebook {
	return phrases(coursesText, func(rest string) []string { return strings.Split(rest, "|") })
}

// sayings has one line a text.
func sayings() phrasebook {
	return phrases(textsText, func(rest string) []string { return []string{strings.TrimSpace(rest)} })
}

func phrases(text string, cut func(string) []string) phrasebook {
	book := phrasebook{lists: map[string][]string{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		kind, rest, ok := strings.Cut(line, " | ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if book.lists[kind] == nil {
			book.kinds = append(book.kinds, kind)
		}
		book.lists[kind] = append(book.lists[kind], cut(rest)...)
	}
	return book
}
