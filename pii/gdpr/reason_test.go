package gdpr_test

import (
	"encoding/json"
	"strings"
	"testing"

	"waymark/pii/gdpr"
)

// What people write into a reason is not readable in the ledger, and stays readable
// for whoever may see the request.
func TestReasonsAreNotInTheLedger(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	const text = "court case of Mary Smith against us"
	id := o.open("email=" + maryLow)
	o.plan(id, gdpr.Retention{Dataset: name("app.orders"), Ground: text})
	if _, err := o.desk.Hold(o.as("sora"), id, "", text); err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Release(o.as("sora"), id, text); err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Withdraw(o.as("sora"), id, text); err != nil {
		t.Fatal(err)
	}
	records, err := o.ledger.Recent(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if b, _ := json.Marshal(r); strings.Contains(string(r.Content), "Mary") || strings.Contains(string(b), text) {
			t.Errorf("entry %d (%s) holds the text: %s", r.Number, r.Act, r.Content)
		}
	}
	trail, err := o.desk.Trail(o.as("sora"), id)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range trail {
		if strings.HasSuffix(l.Text, ": "+text) || strings.HasSuffix(l.Text, "hold released: "+text) {
			n++
		}
	}
	if n < 4 {
		t.Errorf("got %d lines with the reason want hold set, on hold, hold released, withdrawn: %v", n, trail)
	}
}
