package gdpr_test

import (
	"errors"
	"testing"

	"waymark/catalog/fault"
)

// To read a receipt writes nothing, so that no foreign page can make a browser write.
func TestReadingAReceiptIssuesNone(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	id := o.open("email=" + maryLow)
	o.erase(id)
	before, err := o.ledger.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Issued(o.as("sora"), id); !errors.Is(err, fault.NotFound) {
		t.Errorf("before it is issued: got %v want not found", err)
	}
	if after, err := o.ledger.Head(t.Context()); err != nil || after.Size != before.Size {
		t.Errorf("got %d entries, %v want %d as before", after.Size, err, before.Size)
	}
	want, err := o.desk.Receipt(o.as("sora"), id)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := o.desk.Issued(o.as("sora"), id); err != nil || got.Digest != want.Digest {
		t.Errorf("got %s, %v want the receipt that was issued", got.Digest, err)
	}
}
