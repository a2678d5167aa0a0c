package crawler

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strings"

	"waymark/catalog/fault"
)

// Secret is a text that prints as *** everywhere. Reveal is the only way to it.
// It is held by a pointer, since fmt looks into unexported fields without asking
// their methods.
type Secret struct{ text *string }

const masked = "***"

// Reveal returns the text, for the call that connects.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// UnmarshalText takes the text as it stands in a recipe.
func (s *Secret) UnmarshalText(text []byte) error {
	t := string(text)
	s.text = &t
	return nil
}

func (s Secret) String() string { return masked }

// Format masks the secret under every verb, also under a wrong one, which would
// show the plain value.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, masked) }

// MarshalText masks the secret in JSON and every other encoding by text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// LogValue masks the secret in logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(masked) }

var (
	reference = regexp.MustCompile(`\$\{[^}]*\}`)
	// A password stands in a URL (scheme://user:password@host), in an address of
	// MySQL (user:password@tcp(host)/db) or as a keyword of PostgreSQL.
	inURL      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://[^:@/\s]*:(.+)@[^@]*$`)
	inAddress  = regexp.MustCompile(`^[^:@/\s]*:(.+)@[a-z0-9]*[(/][^@]*$`)
	inKeyword  = regexp.MustCompile(`(?i)((?:^|[\s?&])(?:password|sslpassword)\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)`)
	secretKey  = regexp.MustCompile(`(?i)(password|passwd|secret|token|api_?key|private_?key)$`)
	addressKey = regexp.MustCompile(`(?i)(dsn|ur[il]|address|connection)$`)
)

// Expand replaces ${ENV} and ${file:PATH} in s, the only expansions there are. What it
// returns is secret.
func Expand(s string) (string, error) {
	var bad error
	out := reference.ReplaceAllStringFunc(s, func(ref string) string {
		text, err := lookUp(ref[2 : len(ref)-1])
		if err != nil && bad == nil {
			bad = err
		}
		return text
	})
	return out, bad
}

func lookUp(name string) (string, error) {
	if path, ok := strings.CutPrefix(name, "file:"); ok {
		text, err := readFile(path)
		if err != nil {
			return "", fault.Invalid.Errorf("${file:%s} cannot be read: %w", path, err)
		}
		return strings.TrimRight(string(text), "\r\n"), nil
	}
	text, ok := os.LookupEnv(name)
	if !ok {
		return "", fault.Invalid.Errorf("${%s} is not set in the environment of the process that crawls", name)
	}
	return text, nil
}

// inline returns the literal secrets that stand in the value of a key.
func inline(key, value string) []string {
	var out []string
	add := func(s string) {
		if rest := reference.ReplaceAllString(s, ""); rest != "" && rest != masked && rest != "''" {
			out = append(out, s)
		}
	}
	if secretKey.MatchString(key) {
		add(value)
	}
	if !addressKey.MatchString(key) {
		return out
	}
	if m := inKeyword.FindStringSubmatch(value); m != nil {
		add(m[2])
	}
	at := inAddress
	if strings.Contains(value, "://") {
		at = inURL
	}
	if m := at.FindStringSubmatch(value); m != nil {
		add(m[1])
	}
	return out
}
