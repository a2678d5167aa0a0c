package login

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"os"
	"strings"
	"sync"

	"waymark/catalog/fault"
)

const cookieToken = "waymark_token"

// Owner lets in whoever owns the data folder: callers of the account that runs the
// server, root, and whoever shows the token that lies in the folder, which nobody else
// can read. Other accounts of the machine are refused: the server reads files for its
// callers that they may not read.
type Owner struct {
	path, token string

	mu   sync.Mutex
	code string // signs a browser in, once
}

// NewOwner reads the token in the file at path, or makes one for its owner alone.
func NewOwner(path string) (*Owner, error) {
	text, err := os.ReadFile(path)
	info, bad := os.Stat(path)
	token := strings.TrimSpace(string(text))
	if err != nil || bad != nil || info.Mode().Perm()&0o077 != 0 || len(token) < 20 {
		token = rand.Text()
		if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
			return nil, fault.Unavailable.Errorf("the token of the data folder: %w", err)
		}
		if err := os.WriteFile(path, []byte(token+"\n"), 0o600); err != nil {
			return nil, fault.Unavailable.Errorf("the token of the data folder: %w", err)
		}
	}
	return &Owner{path: path, token: token, code: rand.Text()}, nil
}

// Check returns fault.Denied for a caller who is not the owner.
func (o *Owner) Check(r *http.Request) error {
	if given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && o.is(given) {
		return nil
	}
	if c, err := r.Cookie(cookieToken); err == nil && o.is(c.Value) {
		return nil
	}
	uid, err := peer(r.Context())
	if err == nil && (uid == os.Geteuid() || uid == 0) {
		return nil
	}
	return fault.Denied.Errorf("this server answers the account that runs it alone; others need the token in %s, as: Authorization: Bearer TOKEN", o.path)
}

func (o *Owner) is(given string) bool {
	return subtle.ConstantTimeCompare([]byte(given), []byte(o.token)) == 1
}

// SignIn is the path by which a browser gets the token as a cookie, good for one use.
func (o *Owner) SignIn() string { return "/sign-in?code=" + o.code }

// ServeHTTP takes the code of SignIn.
func (o *Owner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	good := o.code != "" && subtle.ConstantTimeCompare([]byte(r.URL.Query().Get("code")), []byte(o.code)) == 1
	if good {
		o.code = ""
	}
	o.mu.Unlock()
	if !good {
		http.Error(w, "this link was used before, or is not of this server; serve prints a new one at its start", http.StatusForbidden)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieToken, Value: o.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// TellsPeers reports whether this system says whose a connection is, so that a browser
// of the same account needs no link.
func TellsPeers() bool {
	_, err := os.Stat(socketTables[0])
	return err == nil
}
