package notify

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Whoever keeps heads of the ledger gets them byte for byte.
func TestSendHead(t *testing.T) {
	t.Parallel()
	const head = "waymark-ledger\n3\nAAAA=\n\n— waymark-ledger AAAA=\n"
	got := make(chan map[string]string, 1)
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var doc map[string]string
		if err := json.NewDecoder(r.Body).Decode(&doc); err != nil {
			t.Error(err)
		}
		got <- doc
	}))
	defer srv.Close()
	o := newOffice(t, Mail{})
	if err := o.post.SendHead(t.Context(), srv.URL, head); err != nil {
		t.Fatal(err)
	}
	if doc := <-got; doc["ledger_head"] != head {
		t.Errorf("got %q want the head", doc)
	}
}
