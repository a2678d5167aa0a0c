package gdpr

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/ledger"
	"waymark/pii/paper"
	"waymark/pii/vault"
)

// Receipt is what the subject is told: what was done, where, and on which grounds.
// It holds a keyed token in place of a name and no value of the subject.
type Receipt struct {
	Request    string        `json:"request"`
	Kind       Kind          `json:"kind"`
	Law        string        `json:"law"`
	Checked    bool          `json:"law_checked"` // somebody read the law itself
	Subject    string        `json:"subject"`     // token: tells the request's subject from others to the vault's owner alone
	Received   Day           `json:"received"`
	Due        Day           `json:"due"`
	Why        string        `json:"why"`
	Plan       string        `json:"plan"`
	Approvals  []ReceiptWord `json:"approvals"`
	Outcomes   []Outcome     `json:"outcomes"`
	Earlier    []Outcome     `json:"earlier,omitempty"` // of runs before the last one
	Looks      []ReceiptLook `json:"looks"`
	SecondLook Day           `json:"second_look,omitzero"` // due
	Derived    []urn.URN     `json:"derived"`
	Islands    []Island      `json:"islands"`
	Backups    string        `json:"backups"`
	Recipients string        `json:"recipients"`
	Notes      []string      `json:"notes"`
	Issued     Day           `json:"issued"`
}

// ReceiptWord is an approval without a name: the ledger knows whose it is.
type ReceiptWord struct {
	Role   string `json:"role"`
	On     Day    `json:"on"`
	Ledger int64  `json:"ledger"`
	Via    string `json:"via,omitempty"` // local: by whoever may open the files
}

// ReceiptLook is one look for what is left.
type ReceiptLook struct {
	On        Day   `json:"on"`
	Columns   int   `json:"columns"`
	Residuals int64 `json:"residuals"`
	Ledger    int64 `json:"ledger"`

	Exceptions []ReceiptException `json:"exceptions,omitempty"`
}

// ReceiptException is what a look did not search, and why that was accepted.
type ReceiptException struct {
	Place   string `json:"place"`
	Reason  string `json:"reason"`
	Because string `json:"accepted_because"`
	Ledger  int64  `json:"ledger"`
}

func receiptExceptions(list []Exception) (out []ReceiptException) {
	for _, e := range list {
		out = append(out, ReceiptException{e.place(), e.Reason, e.Because, e.Ledger})
	}
	return out
}

// What this version does not keep, the receipt says in plain words.
const (
	backupsUnknown    = "Waymark keeps no list of backups here. Copies in backups stay until those run out; ask for their dates."
	recipientsUnknown = "Waymark keeps no list of recipients here. Copies that lineage knows are listed."
)

// Receipt issues the receipt of a verified request, or returns the one that stands.
// A further look makes a new one. It verifies offline: see CheckReceipt.
func (d *Desk) Receipt(ctx context.Context, id string) (s ledger.Sealed, err error) {
	defer fault.Wrap(&err, "receipt of request %s", id)
	r, err := d.Find(ctx, id)
	if err != nil {
		return s, err
	}
	if !r.State.clean() && r.State != Closed {
		return s, fault.Conflict.Errorf("the request is %s; a receipt is given after a clean look", r.State)
	}
	if list := r.unaccepted(); len(list) > 0 {
		return s, fault.Conflict.Errorf("%s was not searched; a receipt is given once the privacy officer has accepted that with a reason", list[0].place())
	}
	if s, ok, err := d.issued(ctx, r); err != nil || ok {
		return s, err
	}
	c, err := d.caller(ctx, access.RequestExecute, id)
	if err != nil {
		return s, err
	}
	leave, err := d.enter(id)
	if err != nil {
		return s, err
	}
	defer leave()
	content, err := d.receipt(ctx, r)
	if err != nil {
		return s, err
	}
	s, n, err := d.Ledger.Seal(ctx, "receipt.issued", id, content)
	if err != nil {
		return s, err
	}
	next := r
	next.Receipt = &Issued{Ledger: n, Stamp: d.stamp(c)}
	return s, d.save(ctx, &next, func(w vault.Writer) error { return put(w, vault.Journals, receiptKey(r), s) })
}

// Issued returns the receipt that was issued after the newest look, and issues none:
// fault.NotFound says that it is to be issued first.
func (d *Desk) Issued(ctx context.Context, id string) (s ledger.Sealed, err error) {
	defer fault.Wrap(&err, "receipt of request %s", id)
	r, err := d.Find(ctx, id)
	if err != nil {
		return s, err
	}
	s, ok, err := d.issued(ctx, r)
	if err == nil && !ok {
		err = fault.NotFound.Errorf("none was issued yet; issue it by: waymark request receipt %s", id)
	}
	return s, err
}

// receiptKey changes with each look, so that a receipt never leaves one out.
func receiptKey(r Request) string { return fmt.Sprintf("%s/receipt/%d", r.ID, len(r.Looks)) }

func (d *Desk) issued(ctx context.Context, r Request) (s ledger.Sealed, ok bool, err error) {
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		s, err = get[ledger.Sealed](v, vault.Journals, receiptKey(r))
		return err
	})
	if errors.Is(err, fault.NotFound) {
		return s, false, nil
	}
	return s, err == nil, err
}

func (d *Desk) receipt(ctx context.Context, r Request) (out Receipt, err error) {
	f, err := d.frozen(ctx, r.ID)
	if err != nil {
		return out, err
	}
	token, err := d.token(f.Keys, r.ID)
	if err != nil {
		return out, err
	}
	out = Receipt{
		Request: r.ID, Kind: r.Kind, Law: r.Law + " " + r.LawVersion, Checked: !r.Unchecked, Subject: token,
		Received: r.Received, Due: r.Due, Why: r.Why, Plan: r.Plan, SecondLook: d.secondLook(r),
		Outcomes: []Outcome{}, Approvals: []ReceiptWord{}, Looks: []ReceiptLook{}, Derived: []urn.URN{},
		Islands: f.Plan.Islands, Backups: backupsUnknown, Recipients: recipientsUnknown, Notes: f.Plan.Notes, Issued: d.today(),
	}
	for _, a := range r.Approvals {
		out.Approvals = append(out.Approvals, ReceiptWord{Role: a.Role, On: DayOf(a.At, d.Zone), Ledger: a.Ledger, Via: a.Via})
	}
	if note := oneHand(r.Approvals); note != "" {
		out.Notes = append(slices.Clone(out.Notes), note)
	}
	for i, run := range r.Runs {
		for _, o := range run.Outcomes {
			switch {
			case i == len(r.Runs)-1:
				out.Outcomes = append(out.Outcomes, o)
			case o.Outcome == Erased && run.Plan != r.Plan:
				out.Earlier = append(out.Earlier, o)
			}
		}
	}
	for _, l := range r.Looks {
		out.Looks = append(out.Looks, ReceiptLook{On: DayOf(l.At, d.Zone), Columns: l.Columns, Residuals: int64(len(l.Residuals)), Ledger: l.Ledger, Exceptions: receiptExceptions(l.Exceptions)})
	}
	for _, x := range f.Plan.Derived {
		out.Derived = append(out.Derived, x.Dataset)
	}
	return out, nil
}

// token stands for the subject of one request. Another request of the same person
// has another one, so that receipts cannot be joined.
func (d *Desk) token(keys []Key, request string) (string, error) {
	if len(keys) == 0 {
		return "", fault.Corrupt.Errorf("the request has no subject")
	}
	t, err := d.Vault.Token("receipt "+request, keys[0].Class+" "+keys[0].Value)
	return t[:min(32, len(t))], err
}

// HTML prints a receipt for people. The file carries the sealed receipt inside, so
// it verifies offline as the JSON does.
func HTML(s ledger.Sealed) ([]byte, error) {
	var r Receipt
	if err := json.Unmarshal(s.Content, &r); err != nil {
		return nil, fault.Corrupt.Errorf("the receipt cannot be read")
	}
	inside, err := json.Marshal(s)
	if err != nil {
		return nil, fault.Internal.Of(err)
	}
	doc := paper.Document{
		Title:    "Receipt: " + string(r.Kind) + " " + r.Request,
		Subtitle: fmt.Sprintf("%s. Received %s, due %s.", strings.ToUpper(strings.ReplaceAll(r.Law, "_", " ")), r.Received, r.Due),
		Inside:   inside,
	}
	doc.Sections = append(doc.Sections, facts(r), places("What was done", r.Outcomes))
	if len(r.Earlier) > 0 {
		doc.Sections = append(doc.Sections, places("Done before, under an earlier plan", r.Earlier))
	}
	doc.Sections = append(doc.Sections, looked(r), proof(s, r))
	var b bytes.Buffer
	if err := paper.Write(&b, doc); err != nil {
		return nil, fault.Internal.Of(err)
	}
	return b.Bytes(), nil
}

func facts(r Receipt) paper.Section {
	law := r.Law
	if !r.Checked {
		law += " (unchecked: taken from secondary text)"
	}
	s := paper.Section{Title: "The request", Facts: [][2]string{
		{"Number", r.Request}, {"Law", law}, {"Clock", r.Why}, {"Subject", "token " + r.Subject}, {"Plan", r.Plan}, {"Issued", r.Issued.String()},
	}}
	for _, a := range r.Approvals {
		word := fmt.Sprintf("%s, %s, ledger entry %d", strings.ReplaceAll(a.Role, "_", " "), a.On, a.Ledger)
		if a.Via != "" {
			word += ", " + a.Via
		}
		s.Facts = append(s.Facts, [2]string{"Approved", word})
	}
	s.Lines = append(s.Lines, r.Notes...)
	return s
}

func places(title string, list []Outcome) paper.Section {
	s := paper.Section{Title: title, Head: []string{"Dataset", "Outcome", "Rows", "Ground or detail"}}
	for _, o := range list {
		ground := o.Ground
		if ground == "" {
			ground = o.Detail
		} else if o.Detail != "" {
			ground += "; " + o.Detail
		}
		if !o.Until.IsZero() {
			ground += ", until " + o.Until.String()
		}
		s.Rows = append(s.Rows, []string{o.Dataset.Platform() + " " + o.Dataset.Name(), strings.ReplaceAll(o.Outcome, "_", " "), fmt.Sprint(o.Rows), ground})
	}
	return s
}

func looked(r Receipt) paper.Section {
	s := paper.Section{Title: "What was looked for afterwards", Head: []string{"Date", "Columns searched", "Left", "Ledger entry"}}
	for _, l := range r.Looks {
		s.Rows = append(s.Rows, []string{l.On.String(), fmt.Sprint(l.Columns), fmt.Sprint(l.Residuals), fmt.Sprint(l.Ledger)})
	}
	if !r.SecondLook.IsZero() {
		s.Lines = append(s.Lines, "A second look is due on "+r.SecondLook.String()+".")
	}
	if n := len(r.Looks); n > 0 {
		for _, x := range r.Looks[n-1].Exceptions {
			s.Lines = append(s.Lines, fmt.Sprintf("Not searched: %s (%s). The privacy officer accepted that: %s (ledger entry %d).", x.Place, x.Reason, x.Because, x.Ledger))
		}
	}
	for _, u := range r.Derived {
		s.Lines = append(s.Lines, "Made of the same data, looked into as well: "+u.Platform()+" "+u.Name())
	}
	for _, i := range r.Islands {
		s.Lines = append(s.Lines, "Personal columns to which no key leads: "+i.Dataset.Name()+" ("+strings.Join(i.Columns, ", ")+")")
	}
	s.Lines = append(s.Lines, r.Backups, r.Recipients)
	return s
}

func proof(s ledger.Sealed, r Receipt) paper.Section {
	return paper.Section{
		Title: "Proof",
		Lines: []string{"This file verifies without a network: waymark ledger verify FILE. It carries the signed receipt inside."},
		Facts: [][2]string{{"SHA-256", s.Digest}, {"Signed by", s.Proof.Key}, {"Request", r.Request}},
	}
}

// CheckReceipt verifies a receipt file, JSON or HTML, offline. An HTML file must be
// exactly the print of the receipt inside it. See ledger.Sealed.Check for trusted.
func CheckReceipt(file []byte, trusted string) (Receipt, ledger.Record, error) {
	inside, printed := paper.Inside(file)
	if !printed {
		inside = file
	}
	s, err := ledger.ParseSealed(inside)
	if err != nil {
		return Receipt{}, ledger.Record{}, err
	}
	rec, err := s.Check(trusted)
	if err != nil {
		return Receipt{}, rec, err
	}
	var r Receipt
	if err := json.Unmarshal(s.Content, &r); err != nil {
		return r, rec, fault.Corrupt.Errorf("the receipt cannot be read")
	}
	if printed {
		again, err := HTML(s)
		if err != nil {
			return r, rec, err
		}
		if !bytes.Equal(again, file) {
			return r, rec, fault.Corrupt.Errorf("the page was changed: it is not the print of the receipt inside it")
		}
	}
	if rec.Request != r.Request {
		return r, rec, fault.Corrupt.Errorf("the ledger's entry is about request %s", rec.Request)
	}
	return r, rec, nil
}
