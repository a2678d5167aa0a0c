package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
)

func newRequest(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "request", Short: "Data-subject requests: open, plan, approve, execute, verify, prove"}
	cmd.AddCommand(
		newRequestCreate(s), newRequestList(s),
		act(s, "show", "Print a request", "request", false, show),
		watched(s, "plan", "Find every copy, count exactly, freeze the plan", "startPlan", planned),
		newRequestEdit(s),
		newRequestApprove(s),
		act(s, "execute", "Do what the approved plan says", "executeRequest", true, executed),
		watched(s, "verify", "Look for what is left, in every form", "startVerify", verified),
		act(s, "close", "Close a verified request", "closeRequest", true, show),
		newRequestAccept(s), newRequestHold(s), newRetention(s),
		withReason(s, "reject", "End a request that is not to be carried out", "rejectRequest", "the reasons that the subject is told"),
		withReason(s, "extend", "Lengthen the time for the answer as far as the law allows", "extendRequest", "the reason that the subject is told"),
		withReason(s, "withdraw", "End a request that the subject took back", "withdrawRequest", "how it was taken back"),
		newRequestReceipt(s), newRequestPackage(s),
	)
	return cmd
}

// requestDoc is a request as the commands print it.
type requestDoc struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind,omitempty"`
	Law        string        `json:"law,omitempty"`
	State      string        `json:"state"`
	Due        string        `json:"due"`
	DueBecause string        `json:"due_because,omitempty"`
	Open       []string      `json:"open,omitempty"`
	Plan       *planDoc      `json:"plan,omitempty"`
	Approvals  []approvalDoc `json:"approvals,omitempty"`
	Note       string        `json:"approval_note,omitempty"` // why two approvals cannot be given this way
	Outcomes   []outcomeDoc  `json:"outcomes,omitempty"`
	Looks      []lookDoc     `json:"verifications,omitempty"`
}

type planDoc struct {
	Hash     string `json:"hash"`
	Document string `json:"-"`
}

type approvalDoc struct {
	By   string `json:"by"`
	At   string `json:"at"`
	Plan string `json:"plan"`
}

type outcomeDoc struct {
	Dataset string `json:"dataset"`
	Outcome string `json:"outcome"`
	Rows    int64  `json:"rows"`
	Detail  string `json:"detail"`
}

type lookDoc struct {
	State     string        `json:"state"`
	Residuals []residualDoc `json:"residuals"`

	Exceptions []exceptionDoc `json:"exceptions"`
}

type exceptionDoc struct {
	Dataset    string `json:"dataset"`
	Column     string `json:"column"`
	Reason     string `json:"reason"`
	Detail     string `json:"detail,omitempty"`
	AcceptedBy string `json:"accepted_by"`
	Because    string `json:"accepted_because,omitempty"`
}

// UnmarshalJSON reads an exception in the words of the API.
func (e *exceptionDoc) UnmarshalJSON(b []byte) error {
	var x struct{ Name, Column, Reason, Detail, AcceptedBy, AcceptedBecause string }
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	*e = exceptionDoc{x.Name, x.Column, x.Reason, x.Detail, x.AcceptedBy, x.AcceptedBecause}
	return nil
}

func (e exceptionDoc) print(w io.Writer) {
	place := e.Dataset
	if e.Column != "" {
		place += "." + e.Column
	}
	fmt.Fprintf(w, "     not searched: %s: %s", place, e.Reason)
	if e.Detail != "" {
		fmt.Fprintf(w, " (%s)", e.Detail)
	}
	if e.AcceptedBy != "" {
		fmt.Fprintf(w, "; accepted by %s: %s", e.AcceptedBy, e.Because)
	}
	fmt.Fprintln(w)
}

type residualDoc struct {
	Dataset string `json:"dataset"`
	Column  string `json:"column"`
	Rows    int64  `json:"rows"`
	Form    string `json:"form"`
}

// UnmarshalJSON reads a look in the words of the API.
func (l *residualDoc) UnmarshalJSON(b []byte) error {
	var x struct {
		Name, Column, Form string
		Rows               int64
	}
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	*l = residualDoc{Dataset: x.Name, Column: x.Column, Rows: x.Rows, Form: x.Form}
	return nil
}

// UnmarshalJSON reads a plan in the words of the API.
func (p *planDoc) UnmarshalJSON(b []byte) error {
	var x struct{ Hash, Document string }
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	*p = planDoc(x)
	return nil
}

const requestFields = `{ id kind law state due due_because: dueBecause open plan { hash document } approvals { by at plan } approval_note: approvalNote
  outcomes { dataset outcome rows detail } verifications { state residuals { name column rows form } exceptions { name column reason detail acceptedBy acceptedBecause } } }`

// act is a command that does one thing to one request and prints what became of it.
func act(s *settings, name, short, field string, mutation bool, print func(*cobra.Command, *settings, requestDoc) error) *cobra.Command {
	word := "query"
	if mutation {
		word = "mutation"
	}
	return &cobra.Command{
		Use: name + " ID", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			text := word + `($id: String!) { it: ` + field + `(id: $id) ` + requestFields + ` }`
			return oneRequest(c, s, text, map[string]any{"id": args[0]}, print)
		},
	}
}

func oneRequest(c *cobra.Command, s *settings, text string, vars map[string]any, print func(*cobra.Command, *settings, requestDoc) error) (err error) {
	k, err := dial(c.Context(), s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, k.Close()) }()
	var got struct{ It *requestDoc }
	if err := k.do(c.Context(), text, vars, &got); err != nil {
		return err
	}
	if got.It == nil {
		return fault.NotFound.Errorf("there is no request %v", vars["id"])
	}
	return print(c, s, *got.It)
}

func show(c *cobra.Command, s *settings, r requestDoc) error {
	if s.json() {
		return printJSON(c.OutOrStdout(), r)
	}
	fmt.Fprintf(c.OutOrStdout(), "%s  %s  %s\nanswer by %s: %s\n", r.ID, r.Kind, r.State, dayOf(r.Due), r.DueBecause)
	for _, line := range r.Open {
		fmt.Fprintln(c.OutOrStdout(), "open: "+line)
	}
	if r.Note != "" && slices.Contains([]string{"planned", "package", "approval"}, r.State) {
		fmt.Fprintln(c.OutOrStdout(), r.Note)
	}
	return nil
}

func dayOf(moment string) string { return moment[:min(10, len(moment))] }

func planned(c *cobra.Command, s *settings, r requestDoc) error {
	if s.json() {
		_, err := fmt.Fprintln(c.OutOrStdout(), r.Plan.Document)
		return err
	}
	var p struct {
		Hash  string
		Steps []struct {
			Order           int
			Dataset, Action string
			Rows            int64
			Ground          string
			Path            []string
		}
		Possible    []struct{ Dataset, Column, To, Reason string } `json:"possible_links"`
		Aggregates  []struct{ Dataset string }
		Unreachable []struct{ Dataset, Reason string }
		Exceptions  []struct{ Dataset, Column, Reason, Detail string }
		Keys        []struct {
			Key     string
			Columns []string
		}
	}
	if err := json.Unmarshal([]byte(r.Plan.Document), &p); err != nil {
		return fault.Internal.Errorf("plan: %w", err)
	}
	fmt.Fprintf(c.OutOrStdout(), "plan %s\n", p.Hash)
	for _, x := range p.Steps {
		fmt.Fprintf(c.OutOrStdout(), "%3d  %-12s %6d rows  %s  by %s\n", x.Order, x.Action, x.Rows, x.Dataset, strings.Join(x.Path, " > "))
		if x.Ground != "" {
			fmt.Fprintf(c.OutOrStdout(), "     because: %s\n", x.Ground)
		}
	}
	for _, k := range p.Keys {
		if len(k.Columns) == 0 {
			fmt.Fprintf(c.OutOrStdout(), "     %s was found in no column\n", k.Key)
		}
	}
	if len(p.Steps) == 0 {
		fmt.Fprintln(c.OutOrStdout(), "     no row of this person was found")
	}
	for _, x := range p.Unreachable {
		fmt.Fprintf(c.OutOrStdout(), "     unreachable: %s: %s\n", x.Dataset, x.Reason)
	}
	for _, x := range p.Possible {
		fmt.Fprintf(c.OutOrStdout(), "     possible link: %s, column %s, may point at %s: %s\n", x.Dataset, x.Column, x.To, x.Reason)
	}
	for _, x := range p.Aggregates {
		fmt.Fprintf(c.OutOrStdout(), "     no longer agrees until it is computed again: %s\n", x.Dataset)
	}
	for _, x := range p.Exceptions {
		exceptionDoc{Dataset: x.Dataset, Column: x.Column, Reason: x.Reason, Detail: x.Detail}.print(c.OutOrStdout())
	}
	return nil
}

func executed(c *cobra.Command, s *settings, r requestDoc) (err error) {
	if s.json() {
		err = printJSON(c.OutOrStdout(), map[string]any{"id": r.ID, "outcomes": some(r.Outcomes), "state": r.State})
	} else {
		for _, o := range r.Outcomes {
			fmt.Fprintf(c.OutOrStdout(), "%-12s %6d  %s  %s\n", o.Outcome, o.Rows, o.Dataset, o.Detail)
		}
		fmt.Fprintln(c.OutOrStdout(), r.State)
	}
	if err == nil && r.State == "incomplete" {
		err = ended{code: exitPartly}
	}
	return err
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func verified(c *cobra.Command, s *settings, r requestDoc) (err error) {
	last := lookDoc{Residuals: []residualDoc{}}
	if len(r.Looks) > 0 {
		last = r.Looks[len(r.Looks)-1]
	}
	if s.json() {
		err = printJSON(c.OutOrStdout(), map[string]any{"id": r.ID, "state": last.State, "residuals": some(last.Residuals), "exceptions": some(last.Exceptions)})
	} else {
		fmt.Fprintln(c.OutOrStdout(), last.State)
		for _, x := range last.Residuals {
			fmt.Fprintf(c.OutOrStdout(), "%6d rows  %s.%s  %s\n", x.Rows, x.Dataset, x.Column, x.Form)
		}
		for _, x := range last.Exceptions {
			x.print(c.OutOrStdout())
		}
	}
	if err == nil && last.State == "residual" {
		err = ended{code: exitPartly}
	}
	return err
}

func newRequestCreate(s *settings) *cobra.Command {
	var kind, law string
	var subject []string
	cmd := &cobra.Command{Use: "create", Short: "Open a request", Args: cobra.NoArgs}
	cmd.Flags().StringVar(&kind, "kind", "", "access, portability, erasure, rectification, restriction or objection")
	cmd.Flags().StringVar(&law, "law", "gdpr", "gdpr, uk_gdpr, ccpa, pipa_kr, hipaa or lgpd")
	cmd.Flags().StringArrayVar(&subject, "subject", nil, "KEY=VALUE, or - to read such lines from standard input")
	cmd.RunE = func(c *cobra.Command, _ []string) error {
		keys, err := subjectKeys(subject, c.InOrStdin())
		if err != nil {
			return err
		}
		text := `mutation($kind: String!, $law: String!, $subject: [SubjectKeyInput!]!) { it: createRequest(kind: $kind, law: $law, subject: $subject) ` + requestFields + ` }`
		return oneRequest(c, s, text, map[string]any{"kind": kind, "law": law, "subject": keys}, show)
	}
	return cmd
}

// subjectKeys reads KEY=VALUE from the flags, or from lines for -.
func subjectKeys(subject []string, in io.Reader) (out []map[string]any, err error) {
	var pairs []string
	for _, x := range subject {
		if x != "-" {
			pairs = append(pairs, x)
			continue
		}
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			if strings.TrimSpace(lines.Text()) != "" {
				pairs = append(pairs, lines.Text())
			}
		}
		if err := lines.Err(); err != nil {
			return nil, usage("standard input: %v", err)
		}
	}
	for _, x := range pairs {
		k, v, ok := strings.Cut(x, "=")
		if !ok {
			return nil, usage("a subject is KEY=VALUE, for example email=someone@example.org")
		}
		out = append(out, map[string]any{"key": k, "value": v})
	}
	if len(out) == 0 {
		return nil, usage("whose data? --subject email=someone@example.org")
	}
	return out, nil
}

func newRequestList(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List requests, the most urgent first", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			k, err := dial(c.Context(), s)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, k.Close()) }()
			var got struct{ Requests []requestDoc }
			if err := k.do(c.Context(), `{ requests(first: 1000) { id kind law state due } }`, nil, &got); err != nil {
				return err
			}
			for _, r := range got.Requests {
				if s.json() {
					err = printJSON(c.OutOrStdout(), r)
				} else {
					_, err = fmt.Fprintf(c.OutOrStdout(), "%s  %-12s %-14s answer by %s\n", r.ID, r.Kind, r.State, dayOf(r.Due))
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func newRequestApprove(s *settings) *cobra.Command {
	var hash string
	cmd := &cobra.Command{Use: "approve ID", Short: "Approve the plan with this hash; two people must", Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&hash, "plan", "", "the plan's hash")
	cmd.RunE = func(c *cobra.Command, args []string) error {
		if hash == "" {
			return usage("which plan? --plan HASH, as printed by: waymark request plan %s", args[0])
		}
		text := `mutation($id: String!, $plan: String!) { it: approveRequest(id: $id, plan: $plan) ` + requestFields + ` }`
		return oneRequest(c, s, text, map[string]any{"id": args[0], "plan": hash}, show)
	}
	return cmd
}

func newRequestAccept(s *settings) *cobra.Command {
	var dataset, column, reason string
	var all bool
	cmd := &cobra.Command{Use: "accept ID", Short: "Answer for what a verification did not search", Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&reason, "reason", "", "why that is acceptable; the receipt shows it")
	cmd.Flags().StringVar(&dataset, "dataset", "", "the exceptions of this dataset, by its name or URN")
	cmd.Flags().StringVar(&column, "column", "", "and of this column")
	cmd.Flags().BoolVar(&all, "all", false, "every exception of the last verification")
	cmd.RunE = func(c *cobra.Command, args []string) error {
		if all == (dataset != "") {
			return usage("which exceptions? --all, or --dataset NAME")
		}
		vars := map[string]any{"id": args[0], "reason": reason}
		if dataset != "" {
			vars["dataset"] = dataset
		}
		if column != "" {
			vars["column"] = column
		}
		text := `mutation($id: String!, $reason: String!, $dataset: String, $column: String) { it: acceptExceptions(id: $id, reason: $reason, dataset: $dataset, column: $column) ` + requestFields + ` }`
		return oneRequest(c, s, text, vars, show)
	}
	return cmd
}

func newRequestHold(s *settings) *cobra.Command {
	var reason string
	cmd := &cobra.Command{Use: "hold ID", Short: "Set a legal hold, or lift it with an empty reason", Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&reason, "reason", "", "why nothing may be erased")
	cmd.RunE = func(c *cobra.Command, args []string) error {
		text := `mutation($id: String!, $reason: String!) { it: holdRequest(id: $id, reason: $reason) ` + requestFields + ` }`
		return oneRequest(c, s, text, map[string]any{"id": args[0], "reason": reason}, show)
	}
	return cmd
}

func newRequestReceipt(s *settings) *cobra.Command {
	return toFile(s, "receipt", "Write the signed receipt of a verified request", "receiptOf", "receipt written to %[1]s; check it with: waymark ledger verify %[1]s\n")
}

func newRequestPackage(s *settings) *cobra.Command {
	return toFile(s, "package", "Write the answer to an access request: every row found, with its place", "packageOf", "package written to %[1]s, for its owner's eyes alone\n")
}

// toFile is a command that writes what a mutation returns into a file of mode 0600.
func toFile(s *settings, name, short, field, done string) *cobra.Command {
	var file string
	cmd := &cobra.Command{Use: name + " ID", Short: short, Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVarP(&file, "output", "o", "-", "file to write; - is standard output")
	cmd.RunE = func(c *cobra.Command, args []string) (err error) {
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		var got struct{ It string }
		if err := k.do(c.Context(), `mutation($id: String!) { it: `+field+`(id: $id) }`, map[string]any{"id": args[0]}, &got); err != nil {
			return err
		}
		if file == "-" {
			_, err = fmt.Fprintln(c.OutOrStdout(), got.It)
			return err
		}
		if err := os.WriteFile(file, []byte(got.It+"\n"), 0o600); err != nil {
			return fault.Unavailable.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(c.OutOrStdout(), done, file)
		return nil
	}
	return cmd
}
