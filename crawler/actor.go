package crawler

import (
	"encoding/json"
	"regexp"
	"strings"

	"waymark/catalog"
)

// Actors tells people from service accounts, by the configured patterns and by
// the tags that tools leave in the comments of their statements.
type actors struct{ service []*regexp.Regexp }

func newActors(patterns []string) (actors, error) {
	var a actors
	for _, p := range patterns {
		re, err := regexp.Compile(p)
		if err != nil {
			return a, err
		}
		a.service = append(a.service, re)
	}
	return a, nil
}

// settle fills in who stands behind a statement. A person named by a tool's tag
// counts as that person, not as the account that the tool logs in with.
func (a actors) settle(s *catalog.Statement) {
	tag := tagOf(s.SQL)
	if s.Tool == "" {
		s.Tool = tag.tool
	}
	switch {
	case tag.person != "":
		s.User, s.Actor = tag.person, "human"
	case s.Actor != "":
	case a.serves(s.User):
		s.Actor = "service"
	default:
		s.Actor = tag.kind
	}
}

func (a actors) serves(user string) bool {
	for _, re := range a.service {
		if re.MatchString(user) {
			return true
		}
	}
	return false
}

// tag is what a tool's comment says: which tool, the person it ran for, or what
// kind of run it was if for nobody.
type tag struct{ tool, person, kind string }

var (
	dbtTag      = regexp.MustCompile(`/\*\s*(\{.*?"app":\s*"dbt".*?\})\s*\*/`)
	lookerTag   = regexp.MustCompile(`-- Looker Query Context '(\{.*\})'`)
	modeTag     = regexp.MustCompile(`--\s*(\{.*"url":\s*"https://(?:app\.mode|modeanalytics|modea)\.com/.*\})`)
	metabaseTag = regexp.MustCompile(`Metabase:: userID: (\d+)`)
	redashTag   = regexp.MustCompile(`/\* Username: ([^,]+), query_id: [^,]+, Queue: [^,]+,.*?Scheduled: (True|False)`)
	hexTag      = regexp.MustCompile(`-- Hex query metadata:`)
)

// tagOf looks at the comments at both ends only: a tag in the middle of a
// statement would be somebody's text.
func tagOf(sql string) tag {
	text := sql
	if len(text) > 8192 {
		text = sql[:4096] + "\n" + sql[len(sql)-4096:]
	}
	if !strings.Contains(text, "--") && !strings.Contains(text, "/*") {
		return tag{}
	}
	if m := metabaseTag.FindStringSubmatch(text); m != nil {
		return tag{tool: "metabase", person: "metabase:" + m[1]}
	}
	if m := redashTag.FindStringSubmatch(text); m != nil {
		if m[2] == "True" {
			return tag{tool: "redash", kind: "bi"}
		}
		return tag{tool: "redash", person: strings.TrimSpace(m[1])}
	}
	if m := lookerTag.FindStringSubmatch(text); m != nil {
		return tag{tool: "looker", person: prefixed("looker:", field(m[1], "user_id")), kind: "bi"}
	}
	if m := modeTag.FindStringSubmatch(text); m != nil {
		return tag{tool: "mode", person: field(m[1], "email"), kind: "bi"}
	}
	if dbtTag.MatchString(text) {
		return tag{tool: "dbt", kind: "pipeline"}
	}
	if hexTag.MatchString(text) {
		return tag{tool: "hex"}
	}
	return tag{}
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// field reads one key of a JSON tag as text.
func field(object, key string) string {
	var m map[string]json.RawMessage
	if json.Unmarshal([]byte(object), &m) != nil {
		return ""
	}
	return strings.Trim(string(m[key]), `"`)
}
