package sqllineage

import "strings"

// archive is a txtar file: a comment, then files behind lines "-- name --".
type archive struct {
	comment string
	files   []archived
}

type archived struct{ name, data string }

func parseArchive(data string) *archive {
	a := &archive{}
	for line := range strings.Lines(data) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		if name, isMark := strings.CutSuffix(name, " --"); ok && isMark {
			a.files = append(a.files, archived{name: name})
			continue
		}
		if len(a.files) == 0 {
			a.comment += line
		} else {
			a.files[len(a.files)-1].data += line
		}
	}
	return a
}

func (a *archive) String() string {
	s := a.comment
	for _, f := range a.files {
		s += "-- " + f.name + " --\n" + f.data
	}
	return s
}
