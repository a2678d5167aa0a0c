package gdpr

import (
	"slices"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Kind is what a subject asks for.
type Kind string

// The kinds of requests. Access and erasure are carried out; the others are kept
// with their deadline and refuse to be planned.
const (
	Access        Kind = "access"
	Portability   Kind = "portability"
	Erasure       Kind = "erasure"
	Rectification Kind = "rectification"
	Restriction   Kind = "restriction"
	Objection     Kind = "objection"
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{Access, Portability, Erasure, Rectification, Restriction, Objection}
}

// State is where a request stands.
type State string

// The states: first the way of an erasure, then that of an access request, then
// the side moves and the ends before execution.
const (
	Received      State = "received"
	IdentityCheck State = "identity_check"
	Scoping       State = "scoping"
	Planned       State = "planned"
	Approval      State = "approval"
	Executing     State = "executing"
	Executed      State = "executed"
	Verifying     State = "verifying"
	Verified      State = "verified"
	// VerifiedExcept: nothing was found, and not everything could be searched.
	VerifiedExcept State = "verified_except"
	Closed         State = "closed"

	Package State = "package"
	Sent    State = "sent"

	Duplicate      State = "duplicate"
	WaitingSubject State = "waiting_subject"
	OnHold         State = "on_hold"
	Incomplete     State = "incomplete"
	Residual       State = "residual"
	Refused        State = "refused"
	Withdrawn      State = "withdrawn"
	Unverified     State = "expired_unverified"
)

// moves lists where a request may go from each state. Nothing else moves one.
var moves = map[State][]State{
	Received:       {IdentityCheck, Duplicate, Refused, Withdrawn},
	IdentityCheck:  {Scoping, WaitingSubject, Refused, Withdrawn, Unverified},
	WaitingSubject: {IdentityCheck, Withdrawn, Unverified},
	Scoping:        {Planned, Package, Refused, Withdrawn},
	Planned:        {Approval, Scoping, OnHold, Refused, Withdrawn},
	Package:        {Approval, Scoping, Refused, Withdrawn},
	Approval:       {Executing, Planned, Package, Scoping, OnHold, Refused, Withdrawn},
	Executing:      {Executed, Sent, Incomplete, OnHold, Planned},
	Incomplete:     {Executing, Scoping, OnHold},
	OnHold:         {Planned},
	Executed:       {Verifying},
	Verifying:      {Verified, VerifiedExcept, Residual},
	Residual:       {Scoping},
	Verified:       {Verifying, Closed},
	VerifiedExcept: {Verifying, Closed},
	Sent:           {Closed},
}

// ended are the states in which a request no longer has a clock.
var ended = []State{Closed, Duplicate, Refused, Withdrawn, Unverified}

// Ended reports whether nothing more is to be done.
func (s State) Ended() bool { return slices.Contains(ended, s) }

func (s State) check(to State) error {
	if slices.Contains(moves[s], to) {
		return nil
	}
	return fault.Conflict.Errorf("a request that is %s cannot become %s", s, to)
}

// Request is one request as everybody with a right to see requests may see it: the
// subject's identities are masked, and the plan's keys are not here.
type Request struct {
	ID         string   `json:"id"`
	Kind       Kind     `json:"kind"`
	Law        string   `json:"law"`
	LawVersion string   `json:"law_version"`
	State      State    `json:"state"`
	Received   Day      `json:"received"`
	Deadline            // due, why and what may still be extended
	Created    Stamp    `json:"created"`
	Subject    []string `json:"subject"`            // masked: email=m•••@e••••••.org
	Tokens     []string `json:"tokens,omitempty"`   // keyed, of the identities: equal ones find duplicates
	Like       []string `json:"like,omitempty"`     // open requests with an identity in common
	Identity   string   `json:"identity,omitempty"` // how the subject was identified
	Events     []Event  `json:"events,omitempty"`

	Plan      string     `json:"plan,omitempty"`    // hash of the frozen plan
	Edits     []Edit     `json:"edits,omitempty"`   // what the privacy officer decided about it
	Editors   []string   `json:"editors,omitempty"` // everybody who ever edited it
	Planned   Stamp      `json:"planned,omitzero"`
	Rows      int64      `json:"rows,omitempty"`
	Approvals []Approved `json:"approvals,omitempty"`
	Runs      []Run      `json:"runs,omitempty"`
	Looks     []Look     `json:"looks,omitempty"`
	Holds     []Hold     `json:"holds,omitempty"`
	Receipt   *Issued    `json:"receipt,omitempty"`
	History   []Moved    `json:"history"`

	Version int64 `json:"version"` // counts its changes, so that two writers notice each other
}

// Stamp is who did something and when.
type Stamp struct {
	By  string `json:"by"`
	Via string `json:"via,omitempty"` // local, token, session
	// System is the account of the operating system behind a local caller.
	System string    `json:"system,omitempty"`
	At     time.Time `json:"at"`
}

// IsZero reports whether nobody did.
func (s Stamp) IsZero() bool { return s.By == "" && s.At.IsZero() }

// Moved is one move of a request, with the number of its record in the ledger.
type Moved struct {
	To     State  `json:"to"`
	Reason string `json:"reason,omitempty"`
	Ledger int64  `json:"ledger"`
	Stamp
}

// Approved is one person's word for one plan.
type Approved struct {
	Plan   string    `json:"plan"`
	Role   string    `json:"role"`
	Until  time.Time `json:"until"`
	Ledger int64     `json:"ledger"`
	Stamp
}

// Hold forbids to erase: everything of the request, or one dataset.
type Hold struct {
	Dataset  urn.URN `json:"dataset,omitempty"`
	Reason   string  `json:"reason"`
	Ledger   int64   `json:"ledger"`
	Stamp            // who set it
	Released Stamp   `json:"released,omitzero"`
}

// Run is one execution of one plan.
type Run struct {
	Plan     string    `json:"plan"`
	Outcomes []Outcome `json:"outcomes"`
	Stamp
}

// What became of a collection. Failed and unreachable keep the request open.
const (
	Erased      = "erased"
	NoneFound   = "none_found"
	Retained    = "retained"
	Copied      = "copied" // of an access request: given to the subject
	Failed      = "failed"
	Unreachable = "unreachable"
)

// Outcome is what became of the subject's rows in one dataset.
type Outcome struct {
	Dataset urn.URN   `json:"dataset"`
	Outcome string    `json:"outcome"`
	Rows    int64     `json:"rows"`
	Detail  string    `json:"detail"`
	Ground  string    `json:"ground,omitempty"`
	Until   Day       `json:"until,omitzero"`
	At      time.Time `json:"at,omitzero"`
	Ledger  int64     `json:"ledger,omitempty"`
	Order   int       `json:"order,omitempty"`
	Action  string    `json:"action,omitempty"`
}

// Look is one look for what is left.
type Look struct {
	Residuals  []Remnant   `json:"residuals"`
	Exceptions []Exception `json:"exceptions,omitempty"` // what was not searched
	Columns    int         `json:"columns"`              // how many were searched
	Ledger     int64       `json:"ledger"`
	Stamp
}

// Remnant is a place where the subject still stands.
type Remnant struct {
	Dataset urn.URN `json:"dataset"`
	Column  string  `json:"column"`
	Rows    int64   `json:"rows"`
	Form    string  `json:"form"` // raw, folded, hashed, json, substring
}

// Issued says that a receipt was given, and where the ledger knows it.
type Issued struct {
	Ledger int64 `json:"ledger"`
	Stamp
}
