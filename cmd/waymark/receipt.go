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

// verifyReceipt needs no store: the file proves that it agrees with itself, and a key
// that is known proves whose it is.
func verifyReceipt(c *cobra.Command, s *settings, file, key string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return usage("receipt %s: %v", file, err)
	}
	if key == "" {
		if key, err = s.ledgerKey(); err != nil {
			return err
		}
	}
	r, rec, err := gdpr.CheckReceipt(text, key)
	if err != nil {
		return err
	}
	state := "whole"
	if key == "" {
		state = "self_consistent_key_unknown"
	}
	if s.json() {
		err = printJSON(c.OutOrStdout(), map[string]any{
			"valid": key != "", "state": state, "request": r.Request, "ledger": rec.Number, "at": rec.At, "outcomes": r.Outcomes, "notes": r.Notes,
		})
	} else if key != "" {
		fmt.Fprintf(c.OutOrStdout(), "the receipt of request %s is whole and stands in the ledger as entry %d of %s\n", r.Request, rec.Number, rec.At.Format("2 January 2006 15:04"))
	} else {
		fmt.Fprintf(c.OutOrStdout(), "the receipt of request %s is self-consistent, key unknown: anybody could have made it. Name the ledger's key with --key, or its folder with --data\n", r.Request)
	}
	if err == nil && key == "" {
		err = ended{code: exitPartly}
	}
	return err
}

// ledgerKey is the public key of the data folder's ledger, "" where the default folder
// has none. A folder that was named must have one.
func (s *settings) ledgerKey() (string, error) {
	p, err := s.places()
	if err != nil {
		return "", err
	}
	key, err := ledger.PublicKey(p.sign())
	if errors.Is(err, fault.NotFound) && !s.named("data") && !s.named("privacy.key") {
		return "", nil
	}
	if errors.Is(err, fault.NotFound) {
		return "", usage("%s has no ledger, so its key is not known", s.text("data"))
	}
	return key, err
}

// serveReceipt gives the receipt that was issued as a page, or as JSON to whoever asks
// for it. It issues none: to read must change nothing, for any page can make a browser
// read.
func (w *waymark) serveReceipt(rw http.ResponseWriter, r *http.Request) {
	sealed, err := w.requests.Issued(r.Context(), r.PathValue("id"))
	w.writeReceipt(rw, r, sealed, err)
}

// issueReceipt issues the receipt, or gives the one that stands.
func (w *waymark) issueReceipt(rw http.ResponseWriter, r *http.Request) {
	sealed, err := w.requests.Receipt(r.Context(), r.PathValue("id"))
	w.writeReceipt(rw, r, sealed, err)
}

func (w *waymark) writeReceipt(rw http.ResponseWriter, r *http.Request, sealed ledger.Sealed, err error) {
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
