package gdpr

import (
	"context"
	"crypto/rand"
	"strings"

	"waymark/catalog/fault"
	"waymark/pii/vault"
)

// said is a reason as the ledger has it. People write names into free text, so the
// text is in the privacy store, encrypted, where it can be destroyed; the ledger says
// where, and fixes it by a keyed code that tells nothing without the store's key.
type said struct {
	Ref string `json:"ref"`
	MAC string `json:"mac"`
}

// keepReason stores free text before the ledger refers to it; nil for none.
func (d *Desk) keepReason(ctx context.Context, id, text string) (*said, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	s := said{Ref: id + "/" + strings.ToLower(rand.Text())}
	var err error
	if s.MAC, err = d.Vault.Token("reason "+s.Ref, text); err != nil {
		return nil, err
	}
	return &s, d.Vault.Update(ctx, func(w vault.Writer) error { return put(w, vault.Reasons, s.Ref, text) })
}

// reason is the text behind an entry of the ledger, or that it is gone.
func (d *Desk) reason(ctx context.Context, a act) (text string, err error) {
	if a.Because == nil {
		return a.Reason, nil
	}
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		text, err = get[string](v, vault.Reasons, a.Because.Ref)
		return err
	})
	if fault.KindOf(err) == fault.NotFound {
		return "(its reason was destroyed)", nil
	}
	if err != nil {
		return "", err
	}
	if mac, err := d.Vault.Token("reason "+a.Because.Ref, text); err != nil || mac != a.Because.MAC {
		return "(its reason is not the one that was recorded)", err
	}
	return text, nil
}
