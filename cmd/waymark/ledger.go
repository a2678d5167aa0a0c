package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/cmd/internal/httpd"
	"waymark/pii/gdpr"
	"waymark/pii/ledger"
)

func newLedger(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "ledger", Short: "The tamper-evident record of requests"}
	var key string
	verify := &cobra.Command{Use: "verify [RECEIPT]", Short: "Check the whole ledger, or one receipt offline", Args: cobra.MaximumNArgs(1)}
	verify.Flags().StringVar(&key, "key", "", "the public key that must have signed; without it the file's own is used")
	verify.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 1 {
			return verifyReceipt(c, s, args[0], key)
		}
		return verifyLedger(c, s)
	}
	cmd.AddCommand(verify)
	return cmd
}

// verifyReceipt needs no store: the file proves itself.
func verifyReceipt(c *cobra.Command, s *settings, file, key string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return usage("receipt %s: %v", file, err)
	}
	r, rec, err := gdpr.CheckReceipt(text, key)
	if err != nil {
		return err
	}
	if s.json() {
		return printJSON(c.OutOrStdout(), map[string]any{"valid": true, "request": r.Request, "ledger": rec.Number, "at": rec.At, "outcomes": r.Outcomes})
	}
	fmt.Fprintf(c.OutOrStdout(), "the receipt of request %s is whole and stands in the ledger as entry %d of %s\n", r.Request, rec.Number, rec.At.Format("2 January 2006 15:04"))
	return nil
}

func verifyLedger(c *cobra.Command, s *settings) (err error) {
	p, err := s.places()
	if err != nil {
		return err
	}
	store, err := openStore(p.privacy, "privacy.db")
	if err != nil {
		return p.held(err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	rep, err := ledger.Verify(c.Context(), store)
	if err != nil {
		return err
	}
	if s.json() {
		return printJSON(c.OutOrStdout(), rep)
	}
	for _, x := range rep.Problems {
		fmt.Fprintf(c.OutOrStdout(), "entry %d: %s\n", x.Entry, x.Text)
	}
	fmt.Fprintf(c.OutOrStdout(), "%d entries, %d problems\n", rep.Entries, len(rep.Problems))
	if len(rep.Problems) > 0 {
		return ended{code: exitFailed}
	}
	return nil
}

// serveReceipt gives the receipt as a page, or as JSON to whoever asks for it.
func (w *waymark) serveReceipt(rw http.ResponseWriter, r *http.Request) {
	sealed, err := w.requests.Receipt(r.Context(), r.PathValue("id"))
	if err != nil {
		httpd.Fail(rw, r, w.log, err)
		return
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		rw.Header().Set("Content-Type", "application/json")
		if err := printJSON(rw, sealed); err != nil {
			w.log.DebugContext(r.Context(), "answer not sent", "error", err)
		}
		return
	}
	page, err := gdpr.HTML(sealed)
	if err != nil {
		httpd.Fail(rw, r, w.log, fault.Internal.Of(err))
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	if _, err := rw.Write(page); err != nil {
		w.log.DebugContext(r.Context(), "answer not sent", "error", err)
	}
}
