package accesslog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"waymark/catalog"
	"waymark/crawler"
)

const (
	batch    = 1000
	maxLine  = 16 << 20
	maxNamed = 5 // unreadable lines that are reported one by one
)

// Read yields the statements of the days from the mark's on, file by file.
func (s *Source) Read(ctx context.Context, from string, emit func([]catalog.Statement) error) (string, []crawler.Problem, error) {
	last := parseMark(from)
	now := map[string]seen{}
	fresh, anew := false, false
	for _, path := range s.files {
		old, known := last.Files[path]
		is, err := look(path, old.Len)
		if err != nil {
			return "", nil, unreadable(path, err)
		}
		if known && is.Head == old.Head && is.Size >= old.Size {
			is.From, is.End, fresh = old.From, old.End, fresh || is.Size > old.Size
		} else {
			fresh = true
			anew = anew || known || s.older(path, last.Day)
		}
		now[path] = is
	}
	if !fresh && last.Day != "" {
		return from, nil, nil
	}
	if anew {
		last.Day = ""
		for path, is := range now {
			is.From, is.End = 0, 0
			now[path] = is
		}
	}
	r := reader{emit: emit, since: last.Day, firsts: map[string]map[string]int64{}, ends: map[string]int64{}}
	for _, path := range s.files {
		if err := r.file(ctx, path, now[path]); err != nil {
			return "", r.problems, err
		}
	}
	if err := r.flush(); err != nil {
		return "", r.problems, err
	}
	return r.mark(now).String(), r.summed(), nil
}

// older reports whether a file that was not read before begins before day.
func (s *Source) older(path, day string) bool {
	if day == "" {
		return false
	}
	f, err := open(path)
	if err != nil {
		return true
	}
	defer f.Close()
	line, err := bufio.NewReaderSize(f, 1<<16).ReadBytes('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return true
	}
	st, err := read(line)
	return err != nil || dayOf(st) < day
}

func dayOf(s catalog.Statement) string { return s.Time.Format("2006-01-02") }

// reader reads one file after the other.
type reader struct {
	emit     func([]catalog.Statement) error
	since    string // older days were counted before
	pending  []catalog.Statement
	day      string
	firsts   map[string]map[string]int64 // file -> day -> offset of its first record
	ends     map[string]int64            // file -> behind its last whole line
	problems []crawler.Problem
	bad      int
	late     int
}

func (r *reader) file(ctx context.Context, path string, is seen) error {
	f, err := open(path)
	if err != nil {
		return unreadable(path, err)
	}
	defer f.Close()
	if _, err := io.CopyN(io.Discard, f, is.From); err != nil {
		return unreadable(path, err)
	}
	r.firsts[path] = map[string]int64{}
	in := bufio.NewReaderSize(f, 1<<16)
	for n, at := 1, is.From; ; n++ {
		line, err := in.ReadSlice('\n')
		whole := bytes.Clone(line)
		for errors.Is(err, bufio.ErrBufferFull) && len(whole) <= maxLine {
			line, err = in.ReadSlice('\n')
			whole = append(whole, line...)
		}
		switch {
		case len(whole) > maxLine:
			return crawler.Problem{Class: crawler.Limit, Text: fmt.Sprintf("%s line %d is longer than 16 MiB", filepath.Base(path), n), Fix: "the file is no query log of one JSON object a line"}
		case err != nil && !errors.Is(err, io.EOF):
			return unreadable(path, err)
		}
		if err := r.line(ctx, place{path, n, at, is}, whole, err == nil); err != nil {
			return err
		}
		at += int64(len(whole))
		if err == nil {
			r.ends[path] = at
		}
		if err != nil {
			return nil
		}
	}
}

// place is where a line stands.
type place struct {
	path string
	n    int   // counted from where the reading began
	at   int64 // offset
	file seen
}

// line takes one line; a torn last one, which does not end and cannot be read,
// waits for the next time.
func (r *reader) line(ctx context.Context, p place, line []byte, ended bool) error {
	if len(bytes.TrimSpace(line)) == 0 {
		return ctx.Err()
	}
	st, err := read(line)
	if err != nil {
		if ended {
			r.unread(p, err)
		}
		return ctx.Err()
	}
	day := dayOf(st)
	if day < r.since {
		if p.at >= p.file.End {
			r.late++
		}
		return nil
	}
	r.day = max(r.day, day)
	if _, ok := r.firsts[p.path][day]; !ok {
		r.firsts[p.path][day] = p.at
	}
	if r.pending = append(r.pending, st); len(r.pending) < batch {
		return nil
	}
	return errors.Join(r.flush(), ctx.Err())
}

func (r *reader) flush() error {
	if len(r.pending) == 0 {
		return nil
	}
	list := r.pending
	r.pending = nil
	return r.emit(list)
}

func (r *reader) unread(p place, err error) {
	if r.bad++; r.bad > maxNamed {
		return
	}
	name := filepath.Base(p.path)
	where := fmt.Sprintf("%s line %d", name, p.n)
	if p.file.From > 0 {
		where += fmt.Sprintf(" after byte %d", p.file.From)
	}
	r.problems = append(r.problems, crawler.Problem{Class: crawler.Decode, Scope: name,
		Text: where + " was left out: " + err.Error(), Fix: `write one JSON object a line with at least "time" and "sql"`})
}

// summed adds what is told as a number only.
func (r *reader) summed() []crawler.Problem {
	if more := r.bad - maxNamed; more > 0 {
		r.problems = append(r.problems, crawler.Problem{Class: crawler.Decode, Text: fmt.Sprintf("%d more lines could not be read", more)})
	}
	if r.late > 0 {
		r.problems = append(r.problems, crawler.Problem{Class: crawler.Limit,
			Text: fmt.Sprintf("%d statements of days that were counted before came late and were left out", r.late),
			Fix:  "write logs in the order of time, or rename the file to have all of it read anew"})
	}
	return r.problems
}

// mark is where the next read begins: at the newest day, in every file.
func (r *reader) mark(now map[string]seen) mark {
	m := mark{Day: max(r.day, r.since), Files: map[string]seen{}}
	for path, is := range now {
		is.End = max(is.From, r.ends[path])
		is.From = is.End
		if first, ok := r.firsts[path][m.Day]; ok {
			is.From = first
		}
		m.Files[path] = is
	}
	return m
}

// open opens a log, through gzip where its first bytes say so.
func open(path string) (io.ReadCloser, error) {
	f, err := crawler.OpenFile(path)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReader(f)
	if head, _ := in.Peek(2); !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return plain{in, f}, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		f.Close()
		return nil, err
	}
	return plain{z, f}, nil
}

type plain struct {
	io.Reader
	io.Closer
}

func unreadable(path string, err error) error {
	return crawler.Problem{Class: crawler.Decode, Scope: filepath.Base(path), Text: filepath.Base(path) + " cannot be read: " + err.Error(), Fix: "look at the file and at the rights of the user that runs Waymark"}
}
