package accesslog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"

	"waymark/crawler"
)

// mark is how far the files were read.
type mark struct {
	Day   string          `json:"day"` // newest day seen; it is read again
	Files map[string]seen `json:"files"`
}

// seen is what is remembered of one file.
type seen struct {
	Head string `json:"head"` // digest of its first bytes: another one means another file
	Len  int64  `json:"len"`  // how many bytes that digest covers
	Size int64  `json:"size"` // on disk, when it was read
	From int64  `json:"from"` // where Day begins in what it holds
	End  int64  `json:"end"`  // behind the last whole line
}

// headLen is how many bytes tell one file from another.
const headLen = 64 << 10

func parseMark(text string) mark {
	var m mark
	if json.Unmarshal([]byte(text), &m) != nil || m.Files == nil {
		return mark{Files: map[string]seen{}} // no mark, or one of another version: read everything
	}
	return m
}

func (m mark) String() string {
	text, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(text)
}

// look returns what a file is like now.
func look(path string, length int64) (seen, error) {
	f, err := crawler.OpenFile(path)
	if err != nil {
		return seen{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return seen{}, err
	}
	if length == 0 {
		length = min(headLen, info.Size())
	}
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, length))
	if err != nil {
		return seen{}, err
	}
	return seen{Head: hex.EncodeToString(h.Sum(nil)[:16]), Len: n, Size: info.Size()}, nil
}
