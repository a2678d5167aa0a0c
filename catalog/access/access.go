// Package access decides who may do what, and writes down that they did. The
// caller travels in the context; the domain asks the Guard inside the transaction
// of the act, so that act and audit entry are stored together or not at all.
//
// It is not a login: cmd/internal/login finds out who is calling.
//
// Buckets:
//
//	audit  number -> entry; each holds the SHA-256 of the one before it
//	audit  "head" -> number and hash of the newest entry
//	grant  number -> who gave which role to whom, or took it away
//	grant  "told" -> the newest grant that the privacy ledger knows
package access

import (
	"context"
	"slices"

	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Role is a set of rights that is granted to people by name.
type Role string

// The roles that ship. A catalog admin has no right to request data.
const (
	Viewer         Role = "viewer"
	Editor         Role = "editor"
	Steward        Role = "steward"
	Admin          Role = "admin"
	PrivacyOfficer Role = "privacy_officer"
	Approver       Role = "approver"
	CaseWorker     Role = "case_worker"
	Auditor        Role = "auditor"
	system         Role = "system" // crawls and followers of this process
)

// Action is what somebody wants to do.
type Action string

// The actions that the domain asks about.
const (
	View           Action = "view"
	Edit           Action = "edit"
	Certify        Action = "certify"
	Classify       Action = "classify"
	Apply          Action = "apply"
	Manage         Action = "manage"
	RequestOpen    Action = "request.open"
	RequestView    Action = "request.view"
	RequestPlan    Action = "request.plan"
	RequestApprove Action = "request.approve"
	RequestExecute Action = "request.execute"
	ReadLedger     Action = "ledger.read"
	ReadSearches   Action = "searches.read"
)

// rights lists what each role allows; the table of the privacy page, section 4.9.
var rights = map[Role][]Action{
	Viewer:         {View},
	Editor:         {View, Edit},
	Steward:        {View, Edit, Certify, Classify, ReadSearches},
	Admin:          {View, Edit, Certify, Classify, Apply, Manage, ReadSearches},
	PrivacyOfficer: {View, Classify, RequestOpen, RequestView, RequestPlan, RequestApprove, RequestExecute, ReadLedger},
	Approver:       {View, RequestView, RequestApprove, ReadLedger},
	CaseWorker:     {View, RequestOpen, RequestView},
	Auditor:        {View, ReadLedger},
	system:         {View, Apply, Manage, ReadSearches},
}

// Caller is who asks, and how they were recognised.
type Caller struct {
	User  string // account name
	Roles []Role
	Via   string // local, token, session, system

	// System is the account of the operating system behind a local caller: whatever
	// name they go by, it is one person who may open the files.
	System string
	// Basis says on what the roles rest.
	Basis Basis
	// Shared says that everybody who comes this way is this one caller.
	Shared bool
}

// Basis says on what the roles of a caller rest.
type Basis int

// By default somebody gave the roles to the person.
const (
	Granted   Basis = iota
	NobodyYet       // nobody was given a role yet, so everybody on this machine has all
	OwnsFiles       // others were given roles; this one may open the files anyway
)

// URN returns the caller as an asset of the catalog.
func (c Caller) URN() urn.URN { return urn.User(c.User) }

// May reports whether one of the caller's roles allows action.
func (c Caller) May(action Action) bool {
	return slices.ContainsFunc(c.Roles, func(r Role) bool { return slices.Contains(rights[r], action) })
}

// Program reports whether no person is calling but a crawl, an import or a follower.
func (c Caller) Program() bool { return slices.Contains(c.Roles, system) }

// System is the caller of crawls, imports and followers of this process.
func System(name string) Caller { return Caller{User: name, Roles: []Role{system}, Via: "system"} }

type key struct{}

// With returns a context in which c is calling.
func With(ctx context.Context, c Caller) context.Context { return context.WithValue(ctx, key{}, c) }

// From returns the caller of ctx, and whether there is one.
func From(ctx context.Context) (Caller, bool) {
	c, ok := ctx.Value(key{}).(Caller)
	return c, ok
}

// ParseRole returns the role of that name, or fault.Invalid.
func ParseRole(s string) (Role, error) {
	r := Role(s)
	if _, ok := rights[r]; !ok || r == system {
		return "", fault.Invalid.Errorf("there is no role %q; roles are viewer, editor, steward, admin, privacy_officer, approver, case_worker and auditor", s)
	}
	return r, nil
}

// AllRoles returns every role a person can have, for whoever may open the files.
func AllRoles() []Role {
	return []Role{Viewer, Editor, Steward, Admin, PrivacyOfficer, Approver, CaseWorker, Auditor}
}
