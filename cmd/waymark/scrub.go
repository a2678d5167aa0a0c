package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/pii/ledger"
)

// A scrub reads everything once a day beside the ordinary work. It asks every hour
// whether one is due, so that a server that is restarted often is scrubbed too.
const (
	scrubEvery  = 24 * time.Hour
	scrubAsks   = time.Hour
	scrubSpeed  = 20 << 20        // bytes a second
	scrubRecord = 1 << 10         // what one record is counted as, where its bytes are not known
	scrubMark   = "waymark:scrub" // beside the marks of sources
)

// scrubDue scrubs when the last one is a day ago.
func (w *waymark) scrubDue(ctx context.Context) error {
	ctx = access.With(ctx, access.System("scrub"))
	text, err := w.jobs.Mark(ctx, scrubMark)
	if err != nil {
		return err
	}
	if last, err := time.Parse(time.RFC3339, text); err == nil && time.Since(last) < scrubEvery {
		return nil
	}
	if err := w.scrub(ctx, slowly(ctx)); err != nil {
		return err
	}
	return w.jobs.SetMark(ctx, scrubMark, time.Now().UTC().Format(time.RFC3339))
}

// slowly returns what waits after so many bytes were read.
func slowly(ctx context.Context) func(bytes int) error {
	return func(bytes int) error {
		t := time.NewTimer(time.Duration(bytes) * time.Second / scrubSpeed)
		defer t.Stop()
		select {
		case <-t.C:
			return nil
		case <-ctx.Done():
			return fault.Unavailable.Of(ctx.Err())
		}
	}
}

// scrub checks both stores while they are served, and keeps for /readyz and the
// status what it found.
func (w *waymark) scrub(ctx context.Context, pause func(bytes int) error) error {
	records := func(n int) error { return pause(n * scrubRecord) }
	var of findings
	err := of.records(ctx, w.store, pause)
	if err == nil {
		_, err = w.cat.Examine(ctx, records, func(x catalog.Flaw) { of.note(x.Err) })
	}
	if err == nil {
		_, err = w.guard.VerifyAudit(ctx)
		err = of.take(err)
	}
	w.found(ctx, storeCatalog, of, err)
	if err != nil {
		return err
	}
	of = findings{}
	if err = of.records(ctx, w.private, pause); err == nil && w.vault.Sealed() == nil {
		_, err = w.vault.Check(ctx, records, of.note)
	}
	if err == nil {
		err = of.ledger(ctx, w)
	}
	w.found(ctx, storePrivacy, of, err)
	return err
}

// findings are what a scrub found in one store.
type findings struct{ n int }

// note counts; what is wrong where may name people, and fsck tells it to the operator.
func (f *findings) note(error) { f.n++ }

// take notes damage and returns any other error.
func (f *findings) take(err error) error {
	if errors.Is(err, fault.Corrupt) {
		f.note(err)
		return nil
	}
	return err
}

func (f *findings) records(ctx context.Context, store kv.Store, pause func(int) error) error {
	rep, err := kv.Scrub(ctx, store, pause)
	for _, d := range rep.Damage {
		f.note(d.Err)
	}
	f.n += rep.Damaged - len(rep.Damage)
	return f.take(err)
}

func (f *findings) ledger(ctx context.Context, w *waymark) error {
	rep, err := examine(ctx, w.private, ledger.Evidence{Keepers: w.places.keepers(w.store)})
	for _, x := range rep.Problems {
		f.note(fault.Corrupt.Errorf("ledger entry %d: %s", x.Entry, x.Text))
	}
	return f.take(err)
}

// found keeps the result of a scrub of one store. One that went to its end and found
// nothing takes back what the last one found.
func (w *waymark) found(ctx context.Context, store string, f findings, err error) {
	if err != nil && f.n == 0 {
		return
	}
	text := ""
	if f.n > 0 {
		w.log.ErrorContext(ctx, "a store is damaged", "store", store, "findings", f.n)
		text = fmt.Sprintf("%d damaged records or counts were found; run waymark fsck and put back a copy", f.n)
	}
	w.health.mu.Lock()
	defer w.health.mu.Unlock()
	if w.health.found == nil {
		w.health.found = map[string]string{}
	}
	w.health.found[store] = text
}
