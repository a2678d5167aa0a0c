package main

import (
	"context"
	"errors"
	"log/slog"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/job"
	"waymark/catalog/kv"
	"waymark/catalog/search"
	"waymark/cmd/internal/login"
	"waymark/cmd/internal/notify"
	"waymark/crawler"
	"waymark/graphql"
	"waymark/lineage"
	"waymark/lineage/sqllineage"
	"waymark/pii"
	"waymark/pii/gdpr"
	"waymark/pii/ledger"
	"waymark/pii/vault"
)

// waymark is the object graph of one running program.
type waymark struct {
	log      *slog.Logger
	places   places
	store    kv.Store
	private  kv.Store // of requests and the ledger
	vault    *vault.Vault
	cat      *catalog.Catalog
	guard    *access.Guard
	graph    *lineage.Graph
	find     *search.Search
	jobs     *job.Book
	runner   *crawler.Runner
	personal *pii.Desk
	requests *gdpr.Desk
	post     *notify.Post
	heads    heads
	api      *graphql.Handler
	crawls   *crawls
	runs     *requestRuns
	local    login.Local
	people   people
	health   health

	closers []func() error
}

// build opens the stores and the index and joins the parts. Nothing runs yet.
func build(ctx context.Context, s *settings) (*waymark, error) { return join(ctx, s, openIndex) }

// buildWithoutIndex is build for commands that search nothing: they work whatever
// the index is like.
func buildWithoutIndex(ctx context.Context, s *settings) (*waymark, error) {
	return join(ctx, s, noIndex)
}

// indexOpener opens what an index string names.
type indexOpener func(name string) (search.Index, func() error, error)

func join(ctx context.Context, s *settings, open indexOpener) (w *waymark, err error) {
	w = &waymark{}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Close())
		}
	}()
	if w.log, err = s.logger(); err != nil {
		return w, err
	}
	if w.places, err = s.places(); err != nil {
		return w, err
	}
	if err = w.places.complete(); err != nil {
		return w, err
	}
	if w.store, err = openStore(w.places.store, catalogFile); err != nil {
		return w, w.places.held(err)
	}
	w.closers = append(w.closers, w.store.Close)
	index, closeIndex, err := open(w.places.index)
	if err != nil {
		return w, err
	}
	w.closers = append(w.closers, closeIndex)

	w.guard = access.New(w.store, w.log)
	w.cat = catalog.New(w.store, w.guard, w.log)
	w.graph = lineage.New(w.cat, w.store, w.log)
	w.graph.Reader = version
	if w.graph.StaleDays, w.graph.ClosedDays, err = s.ages(); err != nil {
		return w, err
	}
	w.find = search.New(w.cat, index, searching(s), w.log)
	w.closers = append(w.closers, w.flushSearches)
	w.jobs = job.New(w.store)
	w.runner = crawler.New(w.cat, openers(), crawler.Hooks{Observe: w.graph.Observe, Redact: redact, Marks: w.jobs}, w.log)
	w.personal = pii.New(w.cat, w.store, w.runner, w.log)
	w.crawls = &crawls{w: w, end: ctx.Done()}
	w.runs = &requestRuns{w: w, active: map[string]*requestRun{}}
	w.people.cat = w.cat
	w.local = login.Local{People: w.people.roles, Spelled: w.people.spelled}
	if w.post, err = w.mailer(s); err != nil {
		return w, err
	}
	if err := w.privacy(ctx); err != nil {
		return w, err
	}
	w.heads = heads{sent: map[string]int64{}, head: ledger.File(w.places.pin()).Kept, post: w.post.SendHead}
	if w.heads.places, err = s.headPlaces(); err != nil {
		return w, err
	}
	return w, w.answer("")
}

// privacy opens the store of requests, which shares no file and no key with the catalog.
func (w *waymark) privacy(ctx context.Context) error {
	store, err := openStore(w.places.privacy, privacyFile)
	if err != nil {
		return err
	}
	w.closers = append(w.closers, store.Close)
	v, err := vault.Open(ctx, store, w.places.key)
	if err != nil {
		return err
	}
	w.private, w.vault = store, v
	var record gdpr.Recorder
	if record, err = w.places.openLedger(ctx, store, w.store); err != nil {
		record = noLedger{err} // requests stop, the catalog goes on
	}
	w.requests = gdpr.New(gdpr.Deps{
		Guard: w.guard, Marks: w.cat, Vault: v, Ledger: record, Graph: derivations{w.graph}, Reach: w.runner, Forms: forms, Log: w.log,
	})
	return nil
}

// answer builds the API over the parts.
func (w *waymark) answer(visitor string) (err error) {
	w.api, err = graphql.New(&graphql.Parts{
		Catalog: w.cat, Guard: w.guard, Search: w.find, Graph: w.graph, Personal: w.personal, Requests: w.requests, Jobs: w.jobs,
		Crawls: w.crawls, Runs: w.runs, Version: version, Visitor: visitor, Manual: manual(), Problems: w.problems,
	}, w.log)
	return err
}

// redact is what removes literals from definitions before they are stored.
func redact(dialect, sql string) string {
	d, ok := sqllineage.ParseDialect(dialect)
	if !ok {
		d = sqllineage.ANSI
	}
	return sqllineage.Redact(d, sql)
}

// Close closes everything in the reverse order of opening.
func (w *waymark) Close() error {
	var errs []error
	for i := len(w.closers) - 1; i >= 0; i-- {
		errs = append(errs, w.closers[i]())
	}
	w.closers = nil
	return errors.Join(errs...)
}
