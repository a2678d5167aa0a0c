package main

import "regexp"

// Where addresses carry secrets: before the host, and as values of members whose names
// say so, in URLs (?password=), in key=value lists (password='…') and in MySQL's form
// (user:password@tcp(host)). A host may follow an @ that belongs to the password, so
// the last @ counts.
var (
	userSecret = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://[^\s:/@,]*):[^\s,]*@`)
	bareSecret = regexp.MustCompile(`(?i)(https?://)[^\s/@,:]+@`)
	sqlSecret  = regexp.MustCompile(`(^|[\s,])([^\s:/@,]*):[^\s,]*@([a-z]*\()`)
	member     = regexp.MustCompile(`(?i)((?:password|passwd|passphrase|pass|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|sig|signature|auth)\s*=\s*)('(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|[^\s&;,]*)`)
	hookPath   = regexp.MustCompile(`(?i)(https?://[^\s/,]+/)[^\s,]+`)
)

// masked prints a setting without the secrets that stand in addresses.
func masked(val string) string {
	val = userSecret.ReplaceAllString(val, "$1:***@")
	val = bareSecret.ReplaceAllString(val, "$1***@")
	val = sqlSecret.ReplaceAllString(val, "$1$2:***@$3")
	return member.ReplaceAllString(val, "$1***")
}

// maskedHooks is masked for addresses of webhooks, whose paths are secrets.
func maskedHooks(val string) string { return hookPath.ReplaceAllString(masked(val), "$1***") }
