package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"waymark/catalog/access"
	"waymark/catalog/exchange"
	"waymark/catalog/fault"
	"waymark/crawler"
	"waymark/crawler/sample"
)

// visitor is who one is at first in the sample company: an analyst.
const visitor = "mina"

func newDemo(s *settings) *cobra.Command {
	prepare := false
	cmd := &cobra.Command{Use: "demo", Short: "Make the sample company in a fresh folder, crawl it and serve it", Args: cobra.NoArgs}
	s.flag(cmd, "addr")
	cmd.Flags().BoolVar(&prepare, "prepare", false, "stop before serving")
	cmd.RunE = func(c *cobra.Command, _ []string) error {
		return demo(c.Context(), s, prepare, c.OutOrStdout(), c.ErrOrStderr())
	}
	return cmd
}

func demo(ctx context.Context, s *settings, prepare bool, out, progress io.Writer) (err error) {
	dir, err := s.freshDir()
	if err != nil {
		return err
	}
	var l net.Listener
	if !prepare { // before the work, so that a wrong address costs nothing
		if l, err = listen(s.text("addr")); err != nil {
			return err
		}
		defer l.Close() // closed before, when it was served
	}
	fmt.Fprintln(progress, "making the sample company in", dir)
	company, err := sample.Write(ctx, dir, time.Now())
	if err != nil {
		return err
	}
	w, err := build(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	w.local.Demo = visitor
	if err := w.answer(visitor); err != nil {
		return err
	}
	if err := w.fill(ctx, company, progress); err != nil {
		return err
	}
	if prepare {
		fmt.Fprintf(out, "The sample company is ready in %s; look at it with: waymark search revenue --data %s\n", dir, dir)
		return nil
	}
	fmt.Fprintf(out, "\nWaymark answers on http://%s\n\nTry first:\n", l.Addr())
	for i, line := range company.Try {
		fmt.Fprintf(out, "  %d. %s\n", i+1, line)
	}
	return w.serve(ctx, l)
}

// freshDir is the data folder, which must not hold anything yet; without one, a
// new folder among the temporary files.
func (s *settings) freshDir() (string, error) {
	if !s.v.IsSet("data") || s.text("data") == "./waymark-data" {
		dir, err := os.MkdirTemp("", "waymark-demo-")
		if err != nil {
			return "", fault.Unavailable.Errorf("no room for the sample company: %w", err)
		}
		s.v.Set("data", dir)
		return dir, nil
	}
	dir, err := s.dataDir()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fault.Unavailable.Errorf("data folder: %w", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		return "", fault.Unavailable.Errorf("data folder: %w", err)
	}
	if len(left) > 0 {
		return "", fault.Conflict.Errorf("%s is not empty; the sample company wants a fresh folder: --data NEW", dir)
	}
	return dir, nil
}

// fill imports what people said and crawls the sources, as anyone would.
func (w *waymark) fill(ctx context.Context, company sample.Company, progress io.Writer) error {
	ctx = access.With(ctx, access.System("demo"))
	if err := w.importFile(ctx, company.Catalog); err != nil { // first, so that the log's people are known
		return err
	}
	for _, path := range company.Recipes {
		text, err := os.ReadFile(path)
		if err != nil {
			return fault.Unavailable.Errorf("recipe %s: %w", filepath.Base(path), err)
		}
		r, err := crawler.ParseRecipe(text)
		if err != nil {
			return err
		}
		if err := w.crawlNow(ctx, r, progress); err != nil {
			return err
		}
	}
	if err := w.evolve(ctx, company, progress); err != nil {
		return err
	}
	fmt.Fprintln(progress, "reading what was said, ranking, looking for personal data")
	if err := w.follow(ctx); err != nil {
		return err
	}
	return w.searchBefore(ctx)
}

// importFile imports one file of the company, all of it or an error.
func (w *waymark) importFile(ctx context.Context, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return fault.Unavailable.Of(err)
	}
	defer f.Close() // only read
	rep, err := exchange.Import(ctx, w.cat, f)
	if err == nil && rep.Failed > 0 {
		err = fault.Internal.Errorf("the sample company does not import: %v", rep.Problems)
	}
	return err
}

// evolve lets the company change a little and crawls the warehouse again, so that
// there is something to see under what changed lately.
func (w *waymark) evolve(ctx context.Context, company sample.Company, progress io.Writer) error {
	if err := company.Evolve(ctx); err != nil {
		return err
	}
	list, err := w.crawls.Recipes(ctx)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.Name == "warehouse" {
			return w.crawlNow(ctx, r, progress)
		}
	}
	return fault.Internal.Errorf("the sample company has no warehouse")
}

// crawlNow runs one recipe to its end with its record, and does not follow.
func (w *waymark) crawlNow(ctx context.Context, r crawler.Recipe, progress io.Writer) error {
	run, err := w.crawls.open(ctx, r)
	if err != nil {
		return err
	}
	fmt.Fprintln(progress, "crawling", r.Name)
	run = w.crawls.run(ctx, r, crawler.Options{Run: run.ID}, run, nil)
	if run.State != string(crawler.OK) && run.State != string(crawler.Partial) {
		return fault.Internal.Errorf("crawl of %s: %s %s", r.Name, run.State, run.Error)
	}
	return nil
}
