package gdpr_test

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"waymark/pii/gdpr"
)

// TestPlantedResiduals plants the subject 200 times in 40 tables, beside as many
// decoys that look alike, after everything was erased: each place is found in its
// form, no decoy is, and planning again removes them.
func TestPlantedResiduals(t *testing.T) {
	t.Parallel()
	sum := md5.Sum([]byte(maryLow))
	forms := []struct{ form, kind, value, decoy string }{
		{"raw", "text", maryLow, rosemary},
		{"raw", "varchar(80)", "  " + strings.ToUpper(mary) + " ", "MARY.ELLIS@example.orga"}, // folded
		{"hashed", "char(32)", hex.EncodeToString(sum[:]), strings.Repeat("0", 32)},
		{"json", "json", `{"to":["` + maryLow + `"]}`, `{"to":["` + rosemary + `"]}`},
		{"substring", "text", "reply to <" + maryLow + ">, thanks", "reply to <" + rosemary + ">, thanks"},
	}
	w := shop()
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	o.execute(id)
	want := map[string]string{}
	for n := range 40 {
		columns := []string{"n integer pk"}
		mine, theirs := []string{"1"}, []string{"2"}
		for i, f := range forms {
			columns = append(columns, fmt.Sprintf("c%d %s null", i, f.kind))
			mine, theirs = append(mine, f.value), append(theirs, f.decoy)
			form := f.form
			if i == 1 {
				form = "folded"
			}
			want[fmt.Sprintf("dwh.copy_%d.c%d", n, i)] = form
		}
		w.table(fmt.Sprintf("dwh.copy_%d", n), columns...).row(mine...).row(theirs...)
	}
	before := o.find(id)
	f := o.verify(id)
	if f.State != gdpr.Residual || len(before.Looks) != 0 {
		t.Fatalf("got %s, want residual", f.State)
	}
	for _, r := range f.Residuals {
		place := r.Dataset.Name() + "." + r.Column
		if want[place] != r.Form || r.Rows != 1 {
			t.Errorf("%s: got %d rows, %s, want one, %s", place, r.Rows, r.Form, want[place])
		}
		delete(want, place)
	}
	if len(want) > 0 {
		t.Errorf("%d of 200 were not found: %v", len(want), want)
	}
	o.erase(id)
	left := w.dump()
	for n := range 40 {
		if !strings.Contains(left, fmt.Sprintf("dwh.copy_%d: 2 %s", n, rosemary)) || strings.Contains(left, fmt.Sprintf("dwh.copy_%d: 1 ", n)) {
			t.Fatalf("copy %d: got\n%s", n, left)
		}
	}
}

// TestEncodedResidual: a value that a program wrapped is found by the look.
func TestEncodedResidual(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	o.execute(id)
	w.table("dwh.links", "n integer pk", "url text null", "blob text null").
		row("1", "https://example.com/u?m=mary.ellis%40example.org&x=1", "NULL").
		row("2", "NULL", "auth "+base64.StdEncoding.EncodeToString([]byte(maryLow)))
	f := o.verify(id)
	got := map[string]bool{}
	for _, r := range f.Residuals {
		got[r.Dataset.Name()+"."+r.Column] = true
	}
	if !got["dwh.links.url"] || !got["dwh.links.blob"] || len(got) != 2 {
		t.Errorf("got %v, want both links", f.Residuals)
	}
	o.erase(id)
}
