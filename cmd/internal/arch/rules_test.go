package arch

// Limits of a file and of a function, in lines, and of a chain of imports, in
// packages. They refuse accidents; clarity asks for less (a typical function is
// ten lines, a typical file 150).
const (
	maxFileLines = 600
	maxFuncLines = 100
	maxChain     = 8
)

// topLevel are the only directories at the root that may hold Go files.
var topLevel = []string{"cmd", "catalog", "lineage", "crawler", "pii", "graphql", "ui"}

// refused package names say nothing about what a package provides.
var refused = []string{
	"util", "utils", "common", "helper", "helpers", "misc", "base", "core", "model", "models",
	"service", "services", "types", "shared", "lib", "manager", "managers", "interfaces",
}

// domain is what nearly every package above the catalog stands on. It leaves out
// catalog/kv on purpose: only packages that keep state of their own are given it.
var domain = []string{"catalog", "catalog/urn", "catalog/access", "catalog/fault"}

// rule gives one directory the packages of this module that it may import.
type rule struct {
	dir  string
	deps []string
}

// rules is the table of who may import whom. The first pattern that matches
// wins: "a/*" is any directory right below a, "a/..." is a and all below it. A
// directory with Go files and without a row is refused.
var rules = []rule{
	{"cmd/waymark", everything},
	{"cmd/internal/hammer", everything},
	{"cmd/internal/arch", nil},
	{"cmd/internal/mcp", surface},
	{"cmd/internal/login", []string{"catalog/access", "catalog/urn", "catalog/kv", "catalog/fault"}},
	{"cmd/internal/httpd", []string{"cmd/internal/login", "catalog/access", "catalog/fault", "ui"}},
	{"cmd/internal/notify", domain},
	{"graphql", surface},
	{"ui", nil},

	{"catalog/fault", nil},
	{"catalog/urn", []string{"catalog/fault"}}, // a wrong URN is fault.Invalid
	{"catalog/dbtest", nil},
	{"catalog/kv", []string{"catalog/fault"}},
	{"catalog/kv/*", []string{"catalog/kv", "catalog/fault"}},
	{"catalog/job", []string{"catalog/kv", "catalog/fault"}},
	{"catalog/access", []string{"catalog/urn", "catalog/kv", "catalog/fault"}},
	{"catalog", []string{"catalog/urn", "catalog/kv", "catalog/access", "catalog/fault"}},
	{"catalog/catalogtest", join(domain, support)},
	{"catalog/exchange", domain},
	{"catalog/search", domain},
	{"catalog/search/searchtest", join(domain, support, "catalog/search", "catalog/search/peer")},
	{"catalog/search/*", join(domain, nil, "catalog/search")},

	{"lineage/sqllineage", []string{"lineage/sqllineage/mysqlast"}},
	{"lineage/sqllineage/oracletest", []string{"lineage/sqllineage", "lineage/sqllineage/mysqlast"}}, // a module of its own
	{"lineage/sqllineage/...", nil},
	{"lineage/openlineage", domain},
	{"lineage", join(domain, nil, "lineage/sqllineage", "catalog/kv")},

	{"crawler", domain},
	{"crawler/infoschema", crawling},
	{"crawler/pgwire", crawling},
	{"crawler/rest", crawling},
	// The suite crawls into a real store, with the reader of statements that the program has.
	{"crawler/crawltest", join(domain, support, "crawler", "lineage", "catalog/job", "catalog/kv", "catalog/kv/boltkv")},
	{"crawler/*", join(crawling, nil, "crawler/infoschema", "crawler/pgwire", "crawler/rest")},

	{"pii/detect", nil},
	{"pii/paper", nil},
	{"pii/vault", []string{"catalog/kv", "catalog/fault"}},
	{"pii/ledger", []string{"catalog/kv", "catalog/fault"}},
	{"pii", join(domain, nil, "catalog/kv", "pii/detect")},
	{"pii/trail", join(domain, nil, "catalog/kv", "pii", "pii/ledger", "pii/paper")},
	{"pii/gdpr", join(domain, nil, "pii", "pii/vault", "pii/ledger", "pii/paper")},
}

var (
	// everything is for the places where the parts meet. Nothing imports cmd/waymark.
	everything = []string{"cmd/internal/...", "graphql", "ui", "catalog/...", "lineage/...", "crawler/...", "pii/..."}
	// surface is what people and programs ask through: no store, no adapter.
	surface = join(domain, nil, "catalog/search", "catalog/search/peer", "catalog/job", "lineage", "crawler", "pii", "pii/trail", "pii/gdpr")
	// crawling is what a connector stands on; two connectors never know each other.
	crawling = []string{"crawler", "catalog", "catalog/urn", "catalog/fault"}
	// support is what test files and suites may use besides what they test.
	support = []string{"catalog/kv/memkv", "catalog/dbtest", "catalog/catalogtest"}
)

// suites are the conformance suites and the subtree whose tests run them, and the
// store on disk, on which the graph is timed.
var suites = map[string]string{
	"catalog/kv/boltkv":         "lineage",
	"catalog/kv/kvtest":         "catalog/kv/...",
	"catalog/search/searchtest": "catalog/search/...",
	"crawler/crawltest":         "crawler/...",
}

// tests are the files named *_test.go, and the packages named *test.
const tests = "(tests)"

// confined names the places that may import a third-party module, so that to
// replace one never touches a second place. A module without a row is refused:
// a new one needs a line in the manual's page "decisions" first.
var confined = []struct {
	module string
	places []string
}{
	{"go.etcd.io/bbolt", []string{"catalog/kv/boltkv"}},
	{"golang.org/x/sys", []string{"catalog/kv/boltkv"}},
	{"github.com/cespare/xxhash/v2", []string{"catalog/kv", "catalog"}},
	{"github.com/fxamacker/cbor/v2", []string{"catalog", "catalog/job", "lineage", "pii", "pii/vault", "pii/gdpr"}},
	{"github.com/jackc/pgx/v5", []string{"catalog/kv/pgkv", "crawler/pgwire", "catalog/dbtest", tests}},
	{"github.com/go-sql-driver/mysql", []string{"crawler/mysql", "catalog/dbtest", tests}},
	{"modernc.org/sqlite", []string{"crawler/sqlite", "crawler/sample", "catalog/dbtest", tests}},
	{"github.com/blevesearch", []string{"catalog/search/bleveindex"}},
	{"github.com/RoaringBitmap/roaring/v2", []string{"catalog/search/bleveindex"}},
	{"github.com/opensearch-project", []string{"catalog/search/osindex"}},
	{"github.com/cedar-policy/cedar-go", []string{"catalog/access"}},
	{"github.com/graph-gophers/graphql-go", []string{"graphql"}},
	{"github.com/xwb1989/sqlparser", []string{"lineage/sqllineage/mysqlast"}},
	{"github.com/sqlc-dev", []string{"lineage/sqllineage/oracletest"}},
	{"github.com/mailru/easyjson", []string{"cmd/waymark"}},
	{"github.com/spf13/cobra", []string{"cmd/waymark"}},
	{"github.com/spf13/pflag", []string{"cmd/waymark"}},
	{"github.com/spf13/viper", []string{"cmd/waymark"}},
	{"gopkg.in/yaml.v3", []string{"cmd/waymark", "crawler"}},
	{"github.com/coreos/go-oidc/v3", []string{"cmd/internal/login"}},
	{"golang.org/x/oauth2", []string{"cmd/internal/login"}},
	{"golang.org/x/crypto/argon2", []string{"cmd/internal/login"}},
	{"golang.org/x/mod/sumdb", []string{"pii/ledger"}},
	{"github.com/nyaruka/phonenumbers", []string{"pii/detect"}},
	{"github.com/prometheus/client_golang", []string{"cmd/internal/httpd"}},
	{"github.com/modelcontextprotocol/go-sdk", []string{"cmd/internal/mcp"}},
	{"github.com/google/go-cmp", []string{tests}},
	{"github.com/rogpeppe/go-internal", []string{tests}},
	// Two extensions of the standard library: words are folded for search, for
	// detection and for finding a person; x/sync replaces nothing.
	{"golang.org/x/text", []string{"catalog/access", "catalog/search", "catalog/search/bleveindex", "pii/detect", "pii/gdpr"}},
	{"golang.org/x/sync", []string{"..."}},
}

// peers is the one directory whose benchmarks may import any module of the
// table: what Waymark is measured against lives there.
const peers = "cmd/internal/hammer"

// blank are the packages that may be imported for their side effect alone, apart
// from a confined database driver in its own place.
var blank = []string{"embed", "time/tzdata"}

func join(a, b []string, more ...string) []string {
	return append(append(append([]string(nil), a...), b...), more...)
}
