package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/exchange"
	"waymark/catalog/fault"
	"waymark/cmd/internal/httpd"
	"waymark/crawler"
)

func newImport(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "import FILE.jsonl...", Short: "Read the catalog as JSON Lines; - is standard input"}
	cmd.Flags().Bool("wait", true, "return when it is searchable")
	target := cmd.Flags().String("dbt", "", "read the results of dbt's tests from this target folder")
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 && *target == "" {
			return usage("name the files to import, or - for standard input")
		}
		return nil
	}
	cmd.RunE = func(c *cobra.Command, files []string) (err error) {
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		code := exitDone
		if *target != "" {
			lines, err := dbtChecks(*target, c.ErrOrStderr())
			if err != nil {
				return err
			}
			if code, err = k.take(c, *target, lines); err != nil {
				return err
			}
		}
		for _, file := range files {
			in, closeIn, err := openImport(file, c.InOrStdin())
			if err != nil {
				return err
			}
			failed, err := k.take(c, file, in)
			if err = errors.Join(err, closeIn()); err != nil {
				return err
			}
			code = max(code, failed)
		}
		if code != exitDone {
			return ended{code: code}
		}
		return nil
	}
	return cmd
}

// take imports one file and prints what it did.
func (k *client) take(c *cobra.Command, name string, in io.Reader) (int, error) {
	rep, err := k.importLines(c.Context(), in)
	if err != nil {
		return exitFailed, err
	}
	if err := printImport(k.s, c, name, rep); err != nil {
		return exitFailed, err
	}
	if rep.Failed > 0 {
		return exitPartly, nil
	}
	return exitDone, nil
}

// openImport opens a file, or standard input for -.
func openImport(file string, stdin io.Reader) (io.Reader, func() error, error) {
	if file == "-" {
		return stdin, func() error { return nil }, nil
	}
	f, err := crawler.OpenFile(file)
	if err != nil {
		return nil, nil, usage("import %s: %v (- reads standard input)", file, err)
	}
	return f, f.Close, nil
}

func printImport(s *settings, c *cobra.Command, file string, rep exchange.Report) error {
	for _, p := range rep.Problems {
		fmt.Fprintf(c.ErrOrStderr(), "%s %s\n", file, p)
	}
	if s.json() {
		return printJSON(c.OutOrStdout(), rep)
	}
	fmt.Fprintf(c.OutOrStdout(), "%s: %d lines, %d created, %d changed, %d unchanged, %d failed\n", file, rep.Lines, rep.Created, rep.Changed, rep.Unchanged, rep.Failed)
	return nil
}

// importLines streams lines into the catalog.
func (k *client) importLines(ctx context.Context, in io.Reader) (rep exchange.Report, err error) {
	if k.w == nil {
		return rep, k.send(ctx, "/api/v1/import", "application/x-ndjson", in, &rep)
	}
	if rep, err = exchange.Import(access.With(ctx, k.caller), k.w.cat, in); err != nil {
		return rep, err
	}
	return rep, k.w.follow(ctx)
}

func newExport(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "export", Short: "Write the catalog as JSON Lines", Args: cobra.NoArgs}
	cmd.RunE = func(c *cobra.Command, _ []string) (err error) {
		k, err := dialWithoutIndex(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		if k.w == nil {
			return k.fetch(c.Context(), "/api/v1/export", "", c.OutOrStdout())
		}
		return exchange.Export(access.With(c.Context(), k.caller), k.w.cat, catalog.Filter{}, c.OutOrStdout())
	}
	return cmd
}

// fetch copies a route of the server to out.
func (k *client) fetch(ctx context.Context, path, accept string, out io.Writer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, k.server+path, nil)
	if err != nil {
		return usage("--server %q is no address: write http://127.0.0.1:8080", k.server)
	}
	if accept != "" {
		req.Header.Set("Accept", accept)
	}
	if as := k.s.text("as"); as != "" {
		req.Header.Set("X-Waymark-As", as)
	}
	if token := k.token(); token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fault.Unavailable.Errorf("the server %s does not answer: %w", k.server, err)
	}
	defer resp.Body.Close() // only read
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10)) // what there is of a reason
		return fault.Unavailable.Errorf("the server answers %d: %s", resp.StatusCode, text)
	}
	if _, err := io.Copy(out, resp.Body); err != nil {
		return fault.Unavailable.Errorf("the answer was cut: %w", err)
	}
	if missing := resp.Trailer.Get(incomplete); missing != "" {
		return fault.Corrupt.Errorf("%s", missing)
	}
	return nil
}

// incomplete is the trailer that says what is missing in an answer sent as a stream.
const incomplete = "Waymark-Incomplete"

func (w *waymark) serveExport(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Content-Type", "application/x-ndjson")
	rw.Header().Set("Trailer", incomplete)
	if err := exchange.Export(r.Context(), w.cat, catalog.Filter{}, rw); err != nil { // behind the lines that were written
		w.log.ErrorContext(r.Context(), "export is not complete", "error", err)
		rw.Header().Set(incomplete, strings.Join(strings.Fields(err.Error()), " "))
		if !errors.Is(err, fault.Corrupt) {
			httpd.Fail(rw, r, w.log, err)
		}
	}
}
