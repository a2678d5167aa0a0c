package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/pii/ledger"
)

func newLedger(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "ledger", Short: "The tamper-evident record of requests"}
	cmd.AddCommand(newLedgerVerify(s), newLedgerHead(s), newLedgerRepin(s))
	return cmd
}

func newLedgerVerify(s *settings) *cobra.Command {
	var key string
	var heads []string
	cmd := &cobra.Command{Use: "verify [RECEIPT]", Short: "Check the whole ledger, or one receipt offline", Args: cobra.MaximumNArgs(1)}
	cmd.Flags().StringVar(&key, "key", "", "the public key that must have signed; without it that of the data folder")
	cmd.Flags().StringArrayVar(&heads, "head", nil, "file of exported heads that the ledger must go on from; may be repeated")
	cmd.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 1 {
			return verifyReceipt(c, s, args[0], key)
		}
		return verifyLedger(c, s, key, heads)
	}
	return cmd
}

// sign is where the key that signs the ledger lies, pin where its public half and the
// newest head are kept beside it.
func (p places) sign() string { return p.key + ".sign" }
func (p places) pin() string  { return p.key + ".sign.pin" }

// keepers know the ledger apart from its own store.
func (p places) keepers(catalog kv.Store) []ledger.Keeper {
	out := []ledger.Keeper{ledger.Secret(p.sign()), ledger.File(p.pin())}
	if catalog != nil {
		out = append(out, ledger.Store("the catalog's store", catalog))
	}
	return out
}

// openLedger opens the record of requests and holds it against what is known of it.
func (p places) openLedger(ctx context.Context, privacy, catalog kv.Store) (*ledger.Ledger, error) {
	if strings.HasPrefix(p.privacy, "mem:") { // it ends with the process, and so does its key
		path := p.sign() + ".mem"
		if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
			return nil, fault.Unavailable.Of(err)
		}
		return ledger.Open(ctx, privacy, path)
	}
	return ledger.Open(ctx, privacy, p.sign(), p.keepers(catalog)...)
}

// ledgerStores opens the stores that hold the ledger and what is known of it. It makes
// none: a store that is missing is for the verifier to tell.
func (p places) ledgerStores() (privacy, catalog kv.Store, closeAll func() error, err error) {
	var open []kv.Store
	closeAll = func() (err error) {
		for _, st := range open {
			err = errors.Join(err, st.Close())
		}
		return err
	}
	for _, x := range []struct {
		into        *kv.Store
		place, file string
	}{{&privacy, p.privacy, "privacy.db"}, {&catalog, p.store, "catalog.db"}} {
		if dir, ok := strings.CutPrefix(x.place, "bolt:"); ok {
			if _, err := os.Stat(filepath.Join(dir, x.file)); os.IsNotExist(err) {
				continue
			}
		}
		if *x.into, err = openStore(x.place, x.file); err != nil {
			return nil, nil, nil, errors.Join(p.held(err), closeAll())
		}
		open = append(open, *x.into)
	}
	return privacy, catalog, closeAll, nil
}

func verifyLedger(c *cobra.Command, s *settings, key string, files []string) (err error) {
	var e ledger.Evidence
	if e.Heads, err = readHeads(files); err != nil {
		return err
	}
	p, err := s.places()
	if err != nil {
		return err
	}
	privacy, catalog, closeAll, err := p.ledgerStores()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	e.Keepers = p.keepers(catalog)
	rep, err := examine(c.Context(), privacy, e)
	if err != nil {
		return err
	}
	if key != "" && rep.Key != key {
		rep.Problems = append(rep.Problems, ledger.Problem{Text: "the ledger is signed by another key than --key names"})
	}
	return printLedger(c, s, rep)
}

// examine verifies a ledger; without its store, what else knows of it tells.
func examine(ctx context.Context, privacy kv.Store, e ledger.Evidence) (rep ledger.Report, err error) {
	if privacy != nil {
		return ledger.Examine(ctx, privacy, e)
	}
	for _, k := range e.Keepers {
		pin, err := k.Kept(ctx)
		if err != nil || pin.Key != "" {
			rep.Problems = append(rep.Problems, ledger.Problem{Text: k.Name() + " knows a ledger, and the privacy store is missing"})
		}
	}
	if len(rep.Problems) == 0 {
		err = fault.NotFound.Errorf("there is no ledger in this data folder")
	}
	return rep, err
}

func printLedger(c *cobra.Command, s *settings, rep ledger.Report) error {
	if s.json() {
		if err := printJSON(c.OutOrStdout(), rep); err != nil {
			return err
		}
	} else {
		for _, x := range rep.Problems {
			if x.Entry > 0 {
				fmt.Fprintf(c.OutOrStdout(), "entry %d: %s\n", x.Entry, x.Text)
			} else {
				fmt.Fprintln(c.OutOrStdout(), x.Text)
			}
		}
		fmt.Fprintf(c.OutOrStdout(), "%d entries, %d problems\n", rep.Entries, len(rep.Problems))
	}
	if len(rep.Problems) > 0 {
		return ended{code: exitFailed}
	}
	return nil
}

func readHeads(files []string) (out [][]byte, err error) {
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return nil, usage("heads %s: %v", f, err)
		}
		list, err := ledger.ParseHeads(text)
		if err != nil {
			return nil, usage("heads %s: %v", f, err)
		}
		out = append(out, list...)
	}
	return out, nil
}
