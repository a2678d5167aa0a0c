package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/crawler"
)

func newCrawl(s *settings) *cobra.Command {
	var check, dryRun bool
	var approve, show string
	cmd := &cobra.Command{Use: "crawl RECIPE.yaml...", Short: "Crawl sources once and print a report of each"}
	cmd.Flags().BoolVar(&check, "check", false, "connect, and list what is missing with its GRANT")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "read everything, write nothing")
	cmd.Flags().StringVar(&approve, "approve", "", "mark what vanished in this run, though it is much")
	cmd.Flags().StringVar(&show, "show", "", "print the report of this run")
	cmd.RunE = func(c *cobra.Command, files []string) (err error) {
		if len(files) == 0 && approve == "" && show == "" {
			return usage("which recipe? waymark crawl shop.yaml")
		}
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		p := printer{s: s, out: c.OutOrStdout(), err: c.ErrOrStderr()}
		switch {
		case show != "":
			return p.run(c.Context(), k, show)
		case approve != "":
			return p.approve(c.Context(), k, approve)
		case check:
			return p.check(c.Context(), k, files)
		}
		return p.crawl(c.Context(), k, files, dryRun)
	}
	return cmd
}

// printer runs crawls and prints their reports.
type printer struct {
	s        *settings
	out, err io.Writer
}

// crawl runs recipes one after the other; the worst end decides the exit code.
func (p printer) crawl(ctx context.Context, k *client, files []string, dryRun bool) error {
	code := exitDone
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return usage("recipe %s: %v", file, err)
		}
		if _, err := crawler.ParseRecipe(text); err != nil {
			return fault.Invalid.Errorf("recipe %s: %w", file, err)
		}
		end, err := p.start(ctx, k, startRecipe, map[string]any{"text": string(text), "dryRun": dryRun})
		if err != nil {
			return err
		}
		code = max(code, end)
	}
	if code != exitDone {
		return ended{code: code}
	}
	return nil
}

const startRecipe = `mutation($text: String!, $dryRun: Boolean = false, $approve: Boolean = false) { crawlRecipe(text: $text, dryRun: $dryRun, approve: $approve) { id } }`

func (p printer) start(ctx context.Context, k *client, text string, vars map[string]any) (int, error) {
	var started struct{ CrawlRecipe struct{ ID string } }
	if err := k.do(ctx, text, vars, &started); err != nil {
		return exitFailed, err
	}
	return p.follow(ctx, k, started.CrawlRecipe.ID)
}

// runState is what is asked of a run while it goes and at its end.
type runState struct {
	Run *struct {
		State    string
		Report   string
		Source   string
		Progress *struct {
			Phase, Scope string
			Done         int
		}
		Problems []struct{ Text string }
	}
}

const askRun = `query($id: String!) { run(id: $id) { state report source progress { phase scope done } problems { text } } }`

// askEvery is how often a run is asked for its progress.
const askEvery = 100 * time.Millisecond

// follow waits for a run, shows its progress, prints its report and returns its exit code.
func (p printer) follow(ctx context.Context, k *client, id string) (int, error) {
	last := ""
	t := time.NewTicker(askEvery)
	defer t.Stop()
	for {
		var st runState
		if err := k.do(ctx, askRun, map[string]any{"id": id}, &st); err != nil {
			return exitFailed, err
		}
		if st.Run == nil {
			return exitFailed, fault.NotFound.Errorf("there is no run %s", id)
		}
		if st.Run.State != "running" {
			return p.report(st)
		}
		if g := st.Run.Progress; g != nil {
			if line := fmt.Sprintf("%s: %s %s %d", st.Run.Source, g.Phase, g.Scope, g.Done); line != last && !p.s.json() {
				fmt.Fprintln(p.err, line)
				last = line
			}
		}
		select {
		case <-ctx.Done():
			if k.w == nil || k.ending {
				return exitFailed, ctx.Err() // the server goes on
			}
			// The crawl in this process was told to end, too: its report is waited for.
			k.ending = true
			ended, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime)
			defer cancel()
			ctx = ended
		case <-t.C:
		}
	}
}

// report prints what a finished run did.
func (p printer) report(st runState) (int, error) {
	var rep crawler.Report
	if st.Run.Report == "" { // its process died
		fmt.Fprintf(p.err, "waymark: %s: %s\n", st.Run.Source, st.Run.State)
	} else if err := json.Unmarshal([]byte(st.Run.Report), &rep); err != nil {
		return exitFailed, fault.Internal.Errorf("report: %w", err)
	}
	if rep.State == "" || st.Run.State == string(crawler.Failed) && rep.State != crawler.Failed {
		for _, x := range st.Run.Problems {
			fmt.Fprintln(p.err, "waymark: "+x.Text)
		}
		return exitFailed, nil
	}
	if p.s.json() {
		fmt.Fprintln(p.out, st.Run.Report)
		return rep.ExitCode(), nil
	}
	return rep.ExitCode(), rep.WriteText(p.out)
}

// run prints the report of an earlier run.
func (p printer) run(ctx context.Context, k *client, id string) error {
	code, err := p.follow(ctx, k, id)
	if err == nil && code != exitDone {
		err = ended{code: code}
	}
	return err
}

const approveRun = `mutation($source: String!) { crawlRecipe: crawl(source: $source, approve: true) { id } }`

// approve crawls the source of a run again and believes what vanished.
func (p printer) approve(ctx context.Context, k *client, id string) error {
	var st runState
	if err := k.do(ctx, askRun, map[string]any{"id": id}, &st); err != nil {
		return err
	}
	if st.Run == nil {
		return fault.NotFound.Errorf("there is no run %s", id)
	}
	code, err := p.start(ctx, k, approveRun, map[string]any{"source": st.Run.Source})
	if err == nil && code != exitDone {
		err = ended{code: code}
	}
	return err
}

// check connects and prints what is missing; it writes nothing.
func (p printer) check(ctx context.Context, k *client, files []string) error {
	if k.w == nil {
		return usage("--check works from this machine: leave out --server")
	}
	bad := false
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return usage("recipe %s: %v", file, err)
		}
		r, err := crawler.ParseRecipe(text)
		if err != nil {
			return fault.Invalid.Errorf("recipe %s: %w", file, err)
		}
		found, err := k.w.runner.Check(access.With(ctx, access.System("check")), r)
		if err != nil {
			return err
		}
		for _, f := range found {
			bad = bad || !f.OK
			if p.s.json() {
				err = printJSON(p.out, f)
			} else {
				_, err = fmt.Fprintln(p.out, f)
			}
			if err != nil {
				return fault.Unavailable.Of(err)
			}
		}
	}
	if bad {
		return ended{code: exitPartly}
	}
	return nil
}
