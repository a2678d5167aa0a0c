package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"waymark/catalog/kv"
)

func newFsck(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "fsck", Short: "Check every record, count and chain of the stores", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			w, err := build(c.Context(), s)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, w.Close()) }()
			return w.fsck(c.Context(), c)
		},
	}
}

// fsck reads everything; it repairs nothing.
func (w *waymark) fsck(ctx context.Context, c *cobra.Command) error {
	rep, err := kv.Check(ctx, w.store)
	if err != nil {
		return err
	}
	for _, d := range rep.Damage {
		fmt.Fprintf(c.OutOrStdout(), "bucket %q key %q: %v\n", d.Bucket, d.Key, d.Err)
	}
	fmt.Fprintf(c.OutOrStdout(), "catalog: %d records in %d buckets, %d damaged\n", rep.Records, rep.Buckets, rep.Damaged)
	if rep.Damaged > 0 {
		return ended{code: exitFailed, err: fmt.Errorf("the store is damaged; put back a copy of the data folder")}
	}
	n, err := w.guard.VerifyAudit(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "audit: %d entries, the chain holds\n", n)
	return nil
}
