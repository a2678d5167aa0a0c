package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/cmd/internal/login"
	"waymark/crawler"
	"waymark/pii/ledger"
)

func newLedgerHead(s *settings) *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "head", Short: "Print the signed head of the ledger, to be kept elsewhere", Args: cobra.NoArgs}
	cmd.Flags().StringVar(&out, "out", "", "file to which the head is added; without it, it is printed")
	cmd.RunE = func(c *cobra.Command, _ []string) error {
		pin, err := s.head(c.Context())
		switch {
		case err != nil:
			return err
		case pin.Head.Size == 0:
			return fault.NotFound.Errorf("the ledger has no entries yet")
		case out != "":
			if err := addHead(out, pin.Head.Signed); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "the head of %d entries is in %s; keep it on another machine, and check with: waymark ledger verify --head %s\n", pin.Head.Size, out, out)
			return nil
		case s.json():
			return printJSON(c.OutOrStdout(), map[string]any{"entries": pin.Head.Size, "root": pin.Head.Root.String(), "head": string(pin.Head.Signed), "key": pin.Key})
		}
		_, err = c.OutOrStdout().Write(pin.Head.Signed)
		return err
	}
	return cmd
}

// head is the newest head that is kept beside the key, which needs no store: a server
// may hold that. A ledger of an older version has none there yet and is opened.
func (s *settings) head(ctx context.Context) (pin ledger.Pin, err error) {
	p, err := s.places()
	if err != nil {
		return pin, err
	}
	if pin, err = ledger.File(p.pin()).Kept(ctx); err != nil || pin.Key != "" {
		return pin, err
	}
	privacy, catalog, closeAll, err := p.ledgerStores()
	if err != nil {
		return pin, err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	if privacy == nil {
		return pin, fault.NotFound.Errorf("there is no ledger in this data folder")
	}
	l, err := p.openLedger(ctx, privacy, catalog)
	if err != nil {
		return pin, err
	}
	h, err := l.Head(ctx)
	return ledger.Pin{Key: l.Key(), Head: h}, err
}

// addHead appends a head to a file of heads, unless it is the last one there.
func addHead(path string, signed []byte) (err error) {
	was, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return fault.Unavailable.Errorf("export the ledger's head: %w", err)
	}
	if bytes.HasSuffix(was, signed) {
		return nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.Unavailable.Errorf("export the ledger's head: %w", err)
	}
	_, err = f.Write(append(bytes.Clone(signed), '\n'))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fault.Unavailable.Errorf("export the ledger's head: %w", err)
	}
	return nil
}

func newLedgerRepin(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "repin", Short: "Take the ledger as it is after a backup was put back; the ledger records it", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			p, err := s.places()
			if err != nil {
				return err
			}
			privacy, catalog, closeAll, err := p.ledgerStores()
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, closeAll()) }()
			if privacy == nil {
				return fault.NotFound.Errorf("there is no ledger in this data folder")
			}
			lost, err := ledger.Repin(c.Context(), privacy, p.sign(), login.Name(), p.keepers(catalog)...)
			for _, line := range lost {
				fmt.Fprintln(c.OutOrStdout(), line)
			}
			if err == nil && len(lost) == 0 {
				fmt.Fprintln(c.OutOrStdout(), "the ledger is the one that is kept; nothing was changed")
			}
			return err
		},
	}
}

// heads sends new heads of the ledger to where ledger.heads says: places that whoever
// can write here should not be able to write to.
type heads struct {
	places []string
	sent   map[string]int64
	head   func(context.Context) (ledger.Pin, error)
	post   func(ctx context.Context, address, text string) error
}

// send exports the newest head to every place that does not have it. A place that
// fails is tried again at the next turn, and keeps none of the others from theirs.
func (h *heads) send(ctx context.Context) (err error) {
	if len(h.places) == 0 {
		return nil
	}
	pin, err := h.head(ctx)
	if err != nil || pin.Head.Size == 0 {
		return err
	}
	for _, place := range h.places {
		if h.sent[place] == pin.Head.Size {
			continue
		}
		bad := h.sendTo(ctx, place, pin.Head.Signed)
		if bad == nil {
			h.sent[place] = pin.Head.Size
		}
		err = errors.Join(err, bad)
	}
	return err
}

func (h *heads) sendTo(ctx context.Context, place string, signed []byte) error {
	if path, ok := strings.CutPrefix(place, "file:"); ok {
		return addHead(path, signed)
	}
	address, err := crawler.Expand(place)
	if err != nil {
		return fault.Invalid.Errorf("ledger.heads: a reference is not set") // the cause might name a file
	}
	return h.post(ctx, address, string(signed))
}

// headPlaces reads ledger.heads.
func (s *settings) headPlaces() (out []string, err error) {
	for _, place := range strings.FieldsFunc(s.text("ledger.heads"), func(r rune) bool { return r == ',' }) {
		place = strings.TrimSpace(place)
		switch {
		case place == "":
		case strings.HasPrefix(place, "file:"), strings.HasPrefix(place, "https://"), strings.HasPrefix(place, "http://"), strings.HasPrefix(place, "${"):
			out = append(out, place)
		default:
			return nil, fault.Invalid.Errorf("ledger.heads: write file:PATH, https://HOST/PATH or ${ENV}, separated by commas")
		}
	}
	return out, nil
}
