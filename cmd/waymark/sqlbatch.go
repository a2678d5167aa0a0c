package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"waymark/catalog/fault"
)

// sqlBatch answers requests line by line with as many workers as there are
// processors. Answers come in the order of the requests.
type sqlBatch struct {
	given   sqlRequest // what the flags say
	out     *bufio.Writer
	name    string
	work    chan *sqlLine
	order   chan *sqlLine // the same lines, in their order
	unclear int           // requests that were not wholly understood
}

// sqlLine is one request on its way to its answer.
type sqlLine struct {
	number int
	text   []byte
	answer []byte
	whole  bool
	err    error
	done   chan struct{}
}

// run answers every line of in. The first line that is no request ends it, when
// all before it are answered.
func (b *sqlBatch) run(in io.Reader) error {
	workers := runtime.GOMAXPROCS(0)
	b.work, b.order = make(chan *sqlLine, 2*workers), make(chan *sqlLine, 16*workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(b.answerLines)
	}
	stop, read := make(chan struct{}), make(chan error, 1)
	go func() { read <- b.readLines(in, stop) }()
	if err := b.write(); err != nil {
		close(stop) // who still reads may wait for a line that never comes
		return err
	}
	group.Wait()
	return <-read
}

// readLines hands out the lines of in until it ends or stop is closed.
func (b *sqlBatch) readLines(in io.Reader, stop <-chan struct{}) error {
	defer close(b.order)
	defer close(b.work)
	lines := bufio.NewReaderSize(in, 1<<20)
	for n := 1; ; n++ {
		text, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fault.Invalid.Errorf("read %s: %w", b.name, err)
		}
		if len(bytes.TrimSpace(text)) > 0 {
			line := &sqlLine{number: n, text: text, done: make(chan struct{})}
			select {
			case b.order <- line:
				b.work <- line
			case <-stop:
				return nil
			}
		}
		if err != nil {
			return nil
		}
	}
}

// answerLines is one worker.
func (b *sqlBatch) answerLines() {
	var known schemaCache
	for line := range b.work {
		line.answer, line.whole, line.err = b.answer(line.text, &known)
		close(line.done)
	}
}

func (b *sqlBatch) answer(text []byte, known *schemaCache) (line []byte, whole bool, err error) {
	r := b.given
	if err := r.decode(text, known); err != nil {
		return nil, false, fault.Invalid.Errorf("no request: %w", err)
	}
	a, err := r.answer()
	if err != nil {
		return nil, false, err
	}
	line, err = a.encode()
	return line, a.whole(), err
}

// write prints the answers in order. Who sends one request and waits gets its
// answer at once: the output is flushed when no other request is on its way.
func (b *sqlBatch) write() error {
	for line := range b.order {
		<-line.done
		if line.err != nil {
			return fmt.Errorf("%s line %d: %w", b.name, line.number, line.err)
		}
		if !line.whole {
			b.unclear++
		}
		if _, err := b.out.Write(line.answer); err != nil {
			return fault.Unavailable.Errorf("write the answer: %w", err)
		}
		if len(b.order) > 0 {
			continue
		}
		if err := b.out.Flush(); err != nil {
			return fault.Unavailable.Of(err)
		}
	}
	return nil
}
