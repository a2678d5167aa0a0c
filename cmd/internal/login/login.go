// Package login finds out who is calling: so far callers of this machine, whose
// word is taken because they could open the files as well. It decides no right;
// access does.
package login

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os/user"
	"strings"

	"waymark/catalog/access"
	"waymark/catalog/fault"
)

// HeaderAs names another person of the sample company whom the caller wants to be.
const HeaderAs = "X-Waymark-As"

// People tells the roles that somebody was given, none for somebody unknown, and
// whether anybody was given any yet.
type People func(ctx context.Context, name string) (roles []access.Role, anybody bool, err error)

// Local recognises callers on this machine.
type Local struct {
	People People
	Demo   string // the sample company's visitor; "" outside of it
	// Spelled is how the catalog writes an account name, or else its normal form.
	Spelled func(ctx context.Context, name string) (string, error)
	// Owner refuses callers over HTTP who do not own the data folder; nil refuses none.
	Owner *Owner
}

// Name returns the account name of whoever runs this process.
func Name() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "local"
}

// As returns somebody as a local caller, with the roles they were given. Whoever runs
// this program and has none gets all, for they may open the files anyway; so does
// anybody as long as nobody was given a role. Another name must be known, or a
// typing error would be a person.
func (l Local) As(ctx context.Context, name string) (access.Caller, error) {
	system := Name()
	if strings.TrimSpace(name) == "" {
		name = system
	}
	name, err := l.spelled(ctx, name)
	if err != nil {
		return access.Caller{}, err
	}
	roles, anybody, err := l.People(ctx, name)
	if err != nil {
		return access.Caller{}, err
	}
	c := access.Caller{User: name, Roles: roles, Via: "local", System: system}
	switch {
	case len(roles) > 0:
	case !anybody:
		c.Roles, c.Basis = access.AllRoles(), access.NobodyYet
	case access.Same(name, system):
		c.Roles, c.Basis = access.AllRoles(), access.OwnsFiles
	default:
		return access.Caller{}, fault.NotFound.Errorf("there is no %s with a role here; see waymark search --type user", name)
	}
	return c, nil
}

// spelled makes one name of all spellings of it.
func (l Local) spelled(ctx context.Context, name string) (string, error) {
	if access.Account(name) == "" {
		return "", fault.Invalid.Errorf("a person's name has letters")
	}
	if l.Spelled == nil {
		return access.Account(name), nil
	}
	return l.Spelled(ctx, name)
}

// Recognise returns the caller of a request that came to a loopback address.
func (l Local) Recognise(r *http.Request) (access.Caller, error) {
	if l.Owner != nil {
		if err := l.Owner.Check(r); err != nil {
			return access.Caller{}, err
		}
	}
	name := l.Demo
	if as := r.Header.Get(HeaderAs); as != "" {
		if l.Demo == "" {
			return access.Caller{}, fault.Denied.Errorf("being another person is for the sample company alone")
		}
		var err error
		if name, err = url.PathUnescape(as); err != nil { // headers hold ASCII, names need not
			return access.Caller{}, fault.Invalid.Errorf("%s: %w", HeaderAs, err)
		}
	}
	c, err := l.As(r.Context(), name)
	c.Shared = l.Demo == ""
	return c, err
}

// Loopback reports whether an address to listen on is reached from this machine alone.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
