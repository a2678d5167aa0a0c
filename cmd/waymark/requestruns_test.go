package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"waymark/catalog/access"
	"waymark/catalog/dbtest"
	"waymark/catalog/fault"
	"waymark/catalog/job"
	"waymark/graphql"
	"waymark/pii/gdpr"
)

// lockedShop crawls a table into a data folder, opens a request and locks the table,
// so that a plan cannot go on before unlock.
func lockedShop(t *testing.T, dir string) (request string, unlock func()) {
	t.Helper()
	dsn := dbtest.Postgres(t)
	db, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close(context.Background()) })
	exec := func(text string) {
		t.Helper()
		if _, err := db.Exec(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	exec("create table customers (id int primary key, email text); insert into customers values (1, 'mary@example.org')")
	t.Setenv("SHOP_DSN", dsn)
	recipe := writeFile(t, "r.yaml", "name: shop\nsource: {type: postgres, config: {dsn: '${SHOP_DSN}'}}\n")
	if _, said, err := command(t.Context(), "crawl", recipe, "--data", dir); err != nil {
		t.Fatal(said)
	}
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.requests.Create(officer(t.Context()), gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{"email=mary@example.org"}})
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	exec("begin; lock table customers in access exclusive mode")
	return r.ID, func() { exec("rollback") }
}

func officer(ctx context.Context) context.Context {
	return access.With(ctx, access.Caller{User: "sora", Roles: access.AllRoles(), Via: "local"})
}

// TestAPlanOutlivesItsCaller: whoever began it may leave, a second call joins it, its
// progress can be asked for, and its end is written down.
func TestAPlanOutlivesItsCaller(t *testing.T) {
	dir := t.TempDir()
	id, unlock := lockedShop(t, dir)
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	caller, leave := context.WithCancel(officer(t.Context()))
	first, err := w.runs.Start(caller, id, graphql.PlanAct)
	if err != nil || first.State != job.Running {
		t.Fatalf("got %+v, %v want a run on its way", first, err)
	}
	leave()
	caller, leave = context.WithTimeout(officer(t.Context()), 200*time.Millisecond)
	defer leave()
	if err := w.runs.Wait(caller, id, graphql.PlanAct); !errors.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "goes on") {
		t.Errorf("a caller who left: got %v want that the plan goes on", err)
	}
	again, err := w.runs.Start(officer(t.Context()), id, graphql.PlanAct)
	if err != nil || !again.Started.Equal(first.Started) {
		t.Errorf("started twice: got %+v, %v want the run of %s joined", again, err, first.Started)
	}
	if _, err := w.runs.Start(officer(t.Context()), id, graphql.VerifyAct); !errors.Is(err, fault.Conflict) {
		t.Errorf("verified while it is planned: got %v want conflict", err)
	}
	if _, err := w.runs.Start(access.With(t.Context(), access.Caller{User: "nobody"}), id, graphql.PlanAct); !errors.Is(err, fault.Denied) {
		t.Errorf("without a right: got %v want denied", err)
	}
	if last, ok, err := w.runs.Last(t.Context(), id); err != nil || !ok || last.State != job.Running || last.Act != graphql.PlanAct {
		t.Errorf("got %+v, %v, %v want it running", last, ok, err)
	}
	unlock()
	if err := w.runs.Wait(officer(t.Context()), id, graphql.PlanAct); err != nil {
		t.Fatal(err)
	}
	last, _, err := w.runs.Last(t.Context(), id)
	if err != nil || last.State != "ok" || last.Ended.IsZero() || last.Step == "" {
		t.Errorf("got %+v, %v want its end with the last step", last, err)
	}
	if p, err := w.requests.FindPlan(officer(t.Context()), id); err != nil || len(p.Steps) != 1 {
		t.Errorf("got plan %+v, %v want one step", p, err)
	}
	if runs, err := w.jobs.List(t.Context(), job.Filter{Except: requestKind}); err != nil || len(runs) != 1 {
		t.Errorf("runs of crawls: got %v, %v want the crawl alone", runs, err)
	}
}

// TestAPlanOfAnEndedProgram has ended: a later process says so and can begin again.
func TestAPlanOfAnEndedProgram(t *testing.T) {
	dir := t.TempDir()
	id, unlock := lockedShop(t, dir)
	ctx, end := context.WithCancel(t.Context())
	w, err := build(ctx, inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.runs.Start(officer(ctx), id, graphql.PlanAct); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	end()
	w.crawls.drain()
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %s to end, want less than 10 s", took)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	unlock()
	if w, err = build(t.Context(), inFolder(dir)); err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	last, ok, err := w.runs.Last(t.Context(), id)
	if err != nil || !ok || last.State == job.Running || !strings.Contains(last.Error, "start it again") {
		t.Errorf("got %+v, %v want an end with a sentence", last, err)
	}
	if err := w.runs.Wait(officer(t.Context()), id, graphql.PlanAct); err != nil {
		t.Errorf("begun again: %v", err)
	}
}
