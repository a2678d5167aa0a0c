package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/search/bleveindex"
	"waymark/lineage"
	"waymark/pii/ledger"
	"waymark/pii/vault"
)

func newFsck(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "fsck", Short: "Check every record, count and chain of the stores, and the files of the index", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return fsck(c.Context(), s, c.OutOrStdout()) },
	}
}

// fsck reads everything and repairs nothing. Damage of one part does not keep the
// others from being checked.
func fsck(ctx context.Context, s *settings, out io.Writer) (err error) {
	p, err := s.places()
	if err != nil {
		return err
	}
	f := &checker{out: out, places: p}
	for _, lost := range p.lost() {
		f.damage(lost)
	}
	if !p.exists(p.store, catalogFile) && !f.damaged {
		return fault.NotFound.Errorf("there is no catalog in %s", strings.TrimPrefix(p.store, "bolt:"))
	}
	defer func() { err = errors.Join(err, f.close()) }()
	for _, check := range []func(context.Context) error{f.checkCatalog, f.checkPrivacy, f.checkIndex} {
		if err := f.note(check(ctx)); err != nil {
			return p.held(err)
		}
	}
	if f.damaged {
		return ended{code: exitFailed, err: fmt.Errorf("damage was found; put back a copy of the data folder (a damaged index alone is rebuilt by the next start)")}
	}
	return nil
}

// checker prints what is checked and remembers whether anything was damaged.
type checker struct {
	out     io.Writer
	places  places
	catalog kv.Store // once it is open
	privacy kv.Store
	damaged bool
}

func (f *checker) damage(text string) {
	f.damaged = true
	fmt.Fprintln(f.out, text)
}

// note prints damage and returns any other error.
func (f *checker) note(err error) error {
	if errors.Is(err, fault.Corrupt) {
		f.damage(err.Error())
		return nil
	}
	return err
}

func (f *checker) close() (err error) {
	for _, st := range []kv.Store{f.privacy, f.catalog} {
		if st != nil {
			err = errors.Join(err, f.note(st.Close()))
		}
	}
	return err
}

// records checks structure, checksums and tallies of a store.
func (f *checker) records(ctx context.Context, name string, store kv.Store) error {
	rep, err := kv.Check(ctx, store)
	if err != nil {
		return err
	}
	for _, d := range rep.Damage {
		f.damage(fmt.Sprintf("%s: bucket %q key %q: %v", name, d.Bucket, d.Key, d.Err))
	}
	fmt.Fprintf(f.out, "%s: %d records in %d buckets, %d damaged\n", name, rep.Records, rep.Buckets, rep.Damaged)
	return nil
}

func (f *checker) checkCatalog(ctx context.Context) (err error) {
	if !f.places.exists(f.places.store, catalogFile) {
		return nil // said already
	}
	if f.catalog, err = openStore(f.places.store, catalogFile); err != nil {
		return err
	}
	if err := f.records(ctx, storeCatalog, f.catalog); err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	guard := access.New(f.catalog, log)
	cat := catalog.New(f.catalog, guard, log)
	flaws := 0
	n, err := cat.Examine(ctx, noPause, func(x catalog.Flaw) {
		flaws++
		f.damage(fmt.Sprintf("catalog: bucket %q key %q: %v", x.Bucket, x.Key, x.Err))
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(f.out, "values: %d decoded, %d damaged\n", n, flaws)
	if err := f.note(lineage.New(cat, f.catalog, log).Check(ctx)); err != nil {
		return err
	}
	entries, err := guard.VerifyAudit(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(f.out, "audit: %d entries, the chain holds\n", entries)
	return nil
}

func noPause(int) error { return nil }

func (f *checker) checkPrivacy(ctx context.Context) (err error) {
	if !f.places.exists(f.places.privacy, privacyFile) {
		return nil // said already, or there never was one
	}
	if f.privacy, err = openStore(f.places.privacy, privacyFile); err != nil {
		return err
	}
	if err := f.records(ctx, storePrivacy, f.privacy); err != nil {
		return err
	}
	if err := f.checkVault(ctx); err != nil {
		return err
	}
	rep, err := examine(ctx, f.privacy, ledger.Evidence{Keepers: f.places.keepers(f.catalog)})
	if err != nil {
		return err
	}
	for _, x := range rep.Problems {
		f.damage(fmt.Sprintf("ledger: entry %d: %s", x.Entry, x.Text))
	}
	fmt.Fprintf(f.out, "ledger: %d entries, %d problems\n", rep.Entries, len(rep.Problems))
	return nil
}

func (f *checker) checkVault(ctx context.Context) error {
	if !exists(f.places.key) {
		fmt.Fprintf(f.out, "requests: not checked, the master key %s is not there\n", f.places.key)
		f.damaged = true
		return nil
	}
	v, err := vault.Open(ctx, f.privacy, f.places.key)
	if err != nil {
		return err
	}
	flaws := 0
	n, err := v.Check(ctx, noPause, func(err error) {
		flaws++
		f.damage("privacy: " + err.Error())
	})
	if v.Sealed() != nil {
		f.damage("requests: not checked: " + v.Sealed().Error())
		return nil
	}
	if err == nil {
		fmt.Fprintf(f.out, "requests: %d records opened, %d damaged\n", n, flaws)
	}
	return err
}

func (f *checker) checkIndex(context.Context) error {
	dir, ok := strings.CutPrefix(f.places.index, "bleve:")
	if !ok || !exists(dir) {
		return nil // derived: the next start makes it
	}
	files, err := bleveindex.Verify(dir)
	if err == nil {
		fmt.Fprintf(f.out, "index: %d files, 0 damaged\n", files)
	}
	return err
}
