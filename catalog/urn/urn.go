// Package urn is the identity of everything in the catalog: it makes, reads and
// compares URNs in the form that DataHub uses, so that lineage events and exports
// of other tools name the same things. It resolves nothing and knows no store.
package urn

import (
	"strings"

	"waymark/catalog/fault"
)

// URN names one asset, for example
// urn:li:dataset:(urn:li:dataPlatform:postgres,shop.public.orders,PROD).
// Two URNs are the same asset if they are equal. The zero URN names nothing.
type URN string

const prefix = "urn:li:"

// The entity words of the URNs that Waymark makes.
const (
	KindDataset   = "dataset"
	KindDashboard = "dashboard"
	KindChart     = "chart"
	KindFlow      = "dataFlow"
	KindJob       = "dataJob"
	KindModel     = "mlModel"
	KindTerm      = "glossaryTerm"
	KindDomain    = "domain"
	KindTag       = "tag"
	KindUser      = "corpuser"
	KindGroup     = "corpGroup"
	KindProduct   = "dataProduct"
	KindQuery     = "query"
	KindSource    = "dataHubIngestionSource"
	KindColumn    = "schemaField"
	KindIncident  = "incident"
)

// reserved characters are percent-encoded inside a part; dots are not.
var escape = strings.NewReplacer("%", "%25", ",", "%2C", "(", "%28", ")", "%29")
var unescape = strings.NewReplacer("%2C", ",", "%28", "(", "%29", ")", "%2c", ",", "%25", "%")

// Dataset names a table, view, topic or file by platform, full name and
// environment; an empty env is PROD.
func Dataset(platform, name, env string) URN { return placed(KindDataset, platform, name, env) }

// Model names a machine-learning model.
func Model(platform, name, env string) URN { return placed(KindModel, platform, name, env) }

// Join makes the full name of a dataset of its parts: database, schema, table. A part
// that holds a dot or begins with a double quote stands in double quotes, as in
// shop."odd.schema".t, so that different parts never make one name.
func Join(parts ...string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte('.')
		}
		if strings.Contains(p, ".") || strings.HasPrefix(p, `"`) {
			p = `"` + strings.ReplaceAll(p, `"`, `""`) + `"`
		}
		b.WriteString(p)
	}
	return b.String()
}

// Split returns the parts of a full name. It undoes Join, and splits any other text at
// its dots.
func Split(name string) []string {
	if !strings.Contains(name, `"`) {
		return strings.Split(name, ".")
	}
	var parts []string
	for {
		part, rest, more := cutPart(name)
		parts = append(parts, part)
		if !more {
			return parts
		}
		name = rest
	}
}

// cutPart takes the first part off a full name.
func cutPart(name string) (part, rest string, more bool) {
	if strings.HasPrefix(name, `"`) {
		for i := 1; i < len(name); i++ {
			switch {
			case name[i] != '"':
			case i+1 < len(name) && name[i+1] == '"':
				i++
			case i+1 == len(name) || name[i+1] == '.':
				return strings.ReplaceAll(name[1:i], `""`, `"`), name[min(i+2, len(name)):], i+1 < len(name)
			}
		}
	}
	return strings.Cut(name, ".")
}

func placed(kind, platform, name, env string) URN {
	if env == "" {
		env = "PROD"
	}
	return URN(prefix + kind + ":(urn:li:dataPlatform:" + escape.Replace(platform) + "," + escape.Replace(name) + "," + escape.Replace(env) + ")")
}

// Dashboard names a dashboard by its tool and the tool's id.
func Dashboard(tool, id string) URN { return pair(KindDashboard, escape.Replace(tool), id) }

// Chart names a chart by its tool and the tool's id.
func Chart(tool, id string) URN { return pair(KindChart, escape.Replace(tool), id) }

// Flow names a pipeline by its orchestrator, id and cluster.
func Flow(orchestrator, id, cluster string) URN {
	if cluster == "" {
		cluster = "PROD"
	}
	return URN(prefix + KindFlow + ":(" + escape.Replace(orchestrator) + "," + escape.Replace(id) + "," + escape.Replace(cluster) + ")")
}

// Job names one task of a flow.
func Job(flow URN, task string) URN { return pair(KindJob, string(flow), task) }

// Column names one column of a dataset.
func Column(dataset URN, column string) URN { return pair(KindColumn, string(dataset), column) }

func pair(kind, first, second string) URN {
	return URN(prefix + kind + ":(" + first + "," + escape.Replace(second) + ")")
}

// Term names a glossary term.
func Term(name string) URN { return plain(KindTerm, name) }

// Domain names a domain.
func Domain(name string) URN { return plain(KindDomain, name) }

// Tag names a tag.
func Tag(name string) URN { return plain(KindTag, name) }

// User names a person or a service account by its account name.
func User(name string) URN { return plain(KindUser, name) }

// Group names a group of people.
func Group(name string) URN { return plain(KindGroup, name) }

// Product names a data product.
func Product(name string) URN { return plain(KindProduct, name) }

// Query names a statement by its fingerprint.
func Query(fingerprint string) URN { return plain(KindQuery, fingerprint) }

// Source names a crawled source by its recipe's name.
func Source(name string) URN { return plain(KindSource, name) }

// Incident names something that went wrong by an id of its own.
func Incident(id string) URN { return plain(KindIncident, id) }

func plain(kind, name string) URN { return URN(prefix + kind + ":" + name) }

// Parse checks the form of s and returns it as a URN, or fault.Invalid.
func Parse(s string) (URN, error) {
	rest, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return "", fault.Invalid.Errorf("%q is no URN: it does not begin with %s", s, prefix)
	}
	kind, id, ok := strings.Cut(rest, ":")
	if !ok || kind == "" || id == "" {
		return "", fault.Invalid.Errorf("%q is no URN: it has no entity or no id", s)
	}
	u := URN(s)
	if want := arity[kind]; want > 0 && len(u.parts()) != want {
		return "", fault.Invalid.Errorf("%q is no URN of a %s: it wants %d parts in parentheses", s, kind, want)
	}
	return u, nil
}

// arity is how many parts stand in the parentheses of a kind.
var arity = map[string]int{KindDataset: 3, KindModel: 3, KindFlow: 3, KindDashboard: 2, KindChart: 2, KindJob: 2, KindColumn: 2}

// Is reports whether s has the outer form of a URN.
func Is(s string) bool { return strings.HasPrefix(s, prefix) }

// Kind returns the entity word, for example "dataset".
func (u URN) Kind() string {
	kind, _, _ := strings.Cut(strings.TrimPrefix(string(u), prefix), ":")
	return kind
}

// Platform returns the system of a dataset or model, the tool of a dashboard or
// chart, the orchestrator of a flow or job, and "" for the rest.
func (u URN) Platform() string {
	p := u.parts()
	switch u.Kind() {
	case KindDataset, KindModel:
		return unescape.Replace(strings.TrimPrefix(at(p, 0), prefix+"dataPlatform:"))
	case KindDashboard, KindChart, KindFlow:
		return unescape.Replace(at(p, 0))
	case KindJob, KindColumn:
		return URN(at(p, 0)).Platform()
	}
	return ""
}

// Name returns the full name inside the platform: "shop.public.orders" of a
// dataset, the id of a dashboard, the column of a schemaField, the plain id else.
func (u URN) Name() string {
	p := u.parts()
	if len(p) == 0 {
		_, id, _ := strings.Cut(strings.TrimPrefix(string(u), prefix), ":")
		return id
	}
	return unescape.Replace(at(p, 1))
}

// Env returns the environment of a dataset or model, and "" for the rest.
func (u URN) Env() string {
	if k := u.Kind(); k != KindDataset && k != KindModel {
		return ""
	}
	return unescape.Replace(at(u.parts(), 2))
}

// Parent returns the flow of a job and the dataset of a column, and "" else.
func (u URN) Parent() URN {
	if k := u.Kind(); k != KindJob && k != KindColumn {
		return ""
	}
	return URN(at(u.parts(), 0))
}

func (u URN) String() string { return string(u) }

// parts splits what stands in the outer parentheses at its own commas.
func (u URN) parts() []string {
	open := strings.IndexByte(string(u), '(')
	if open < 0 || !strings.HasSuffix(string(u), ")") || arity[u.Kind()] == 0 {
		return nil
	}
	body, depth, from := string(u)[open+1:len(u)-1], 0, 0
	var out []string
	for i := range len(body) {
		switch body[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				out, from = append(out, body[from:i]), i+1
			}
		}
	}
	return append(out, body[from:])
}

func at(parts []string, i int) string {
	if i < len(parts) {
		return parts[i]
	}
	return ""
}
