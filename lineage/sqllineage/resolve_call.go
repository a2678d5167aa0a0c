package sqllineage

import "strings"

// Table functions, by what becomes of their arguments.
var (
	// unnesting turn one value into rows of the same data.
	unnesting = set("unnest", "explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "inline_outer", "stack", "json_each", "json_each_text", "jsonb_each",
		"jsonb_each_text", "json_array_elements", "jsonb_array_elements", "json_array_elements_text", "jsonb_array_elements_text", "json_tree", "json_object_keys",
		"jsonb_object_keys", "json_to_recordset", "jsonb_to_recordset", "json_to_record", "jsonb_to_record", "json_populate_recordset", "jsonb_populate_recordset",
		"json_populate_record", "jsonb_populate_record", "jsonb_path_query", "string_split", "split_to_table", "strtok_split_to_table", "regexp_split_to_table", "string_to_table",
		"arrayjoin", "json_table", "xmltable", "openjson", "json_tuple", "parse_url_tuple", "variant_explode", "variant_explode_outer", "nodes", "table", "the", "generate_subscripts",
		"regexp_matches", "hstore_each", "each", "skeys", "svals", "flatten", "openxml", "jsonb_array_elements_recursive", "columns_of", "unnest_ordinality", "xmlsequence")
	// generating make rows out of nothing.
	generating = set("generate_series", "generate_array", "generate_date_array", "generate_timestamp_array", "sequence", "range", "numbers", "generator", "zeros", "numbers_mt",
		"generaterandom", "values", "dual", "generate_random", "one", "random", "generate_timestamp")
	// reading read files or other systems; the first literal is what.
	reading = set("read_parquet", "read_csv", "read_csv_auto", "read_json", "read_json_auto", "read_ndjson", "read_ndjson_auto", "read_text", "read_blob", "parquet_scan", "delta_scan",
		"iceberg_scan", "read_files", "cloud_files", "s3", "s3cluster", "gcs", "url", "urlcluster", "file", "filecluster", "hdfs", "hdfscluster", "azureblobstorage", "azureblobstoragecluster", "infer_schema", "deltalake", "iceberg", "hudi",
		"sniff_csv", "read_xlsx", "st_read", "glob", "parquet_metadata", "openrowset", "directory", "csvread", "read_avro", "read_kafka", "read_pubsub", "parquet_schema", "read_json_objects")
	// remote name a table of another system in their arguments.
	remote = set("remote", "remotesecure", "cluster", "clusterallreplicas", "mysql", "postgresql", "mongodb", "sqlite", "merge", "jdbc", "odbc", "mysql_scan", "postgres_scan", "sqlite_scan",
		"read_delta", "bigquery_scan")
	// passing hand their TABLE argument through, or a query in a string.
	quoting = set("external_query", "openquery", "query", "system.query", "postgres_query", "mysql_query", "sqlite_query", "bigquery_query", "query_table")
)

// searching rank the rows of the table that is their first argument.
var searching = set("containstable", "freetexttable", "semantickeyphrasetable", "semanticsimilaritytable", "changetable")

// tableNaming name the table that they read in a string.
var tableNaming = set("table_changes", "changes_of", "delta_table_changes", "dictionary")

// namedTable is all columns of a table that an argument names.
func (r *resolver) namedTable(name []ident) *result {
	id := r.table(name, false)
	r.tables[id].read = true
	return r.tables[id].result
}

// callResult is the columns of a table function.
func (r *resolver) callResult(f *fromItem, sc *scope) *result {
	if f.call == nil {
		return &result{}
	}
	if f.call.kind != xCall || f.kind == fromUnnest {
		return r.elementResult(f, f.call, sc)
	}
	call := f.call
	name := call.parts[len(call.parts)-1].text
	switch {
	case r.braceParams && r.isTable(call.parts): // a view with parameters
		id := r.table(call.parts, false)
		r.tables[id].read = true
		return r.tables[id].result
	case name == rowsFrom[0].text:
		return r.rowsFrom(f, sc)
	case equalFold("flatten", name) && r.stages:
		return r.flatten(f, sc)
	case equalFold("arrayjoin", name), unnesting.has(name):
		return r.unnested(f, sc, name)
	case generating.has(name):
		r.walkAll(call.args, sc, use{sub: subTransformation}, false)
		if equalFold("range", name) && r.rangeColumn != "" && len(f.cols) == 0 {
			return &result{columns: []column{{name: r.rangeColumn}}}
		}
		return r.made(f, nil)
	case reading.has(name):
		if equalFold("openrowset", name) && len(call.args) == 3 && call.more == nil { // provider, connection, query
			if res := r.quoted(f); res != nil {
				return res
			}
			if object := call.args[2]; object.kind == xCol {
				return r.namedTable(object.parts)
			}
		}
		return r.readFiles(f, sc)
	case tableNaming.has(name) && len(call.args) > 0 && call.args[0].kind == xConst:
		res := copyResult(r.namedTable(r.p.namesIn(trimQuotes(r.p.sql[call.args[0].start:call.args[0].end]))))
		for _, made := range [...]string{"_change_type", "_commit_version", "_commit_timestamp"} {
			if equalFold("table_changes", name) && res.stars == 0 {
				res.add(column{name: made})
			}
		}
		return r.renamed(res, f.cols)
	case searching.has(name) && len(call.args) > 0 && call.args[0].kind == xCol: // CONTAINSTABLE (t, *, 'x')
		r.namedTable(call.args[0].parts)
		return r.made(f, nil)
	case remote.has(name):
		if res := r.remoteTable(f); res != nil {
			return res
		}
	case quoting.has(name):
		if res := r.quoted(f); res != nil {
			return res
		}
	case equalFold("stream", name) && len(call.args) == 1 && call.args[0].kind == xCol:
		return r.namedTable(call.args[0].parts)
	case equalFold("result_scan", name):
		if res := r.session.lastResult(r); res != nil {
			return r.renamed(res, f.cols)
		}
	}
	if res := r.expandTable(f, sc); res != nil {
		return res
	}
	return r.opaqueCall(f, sc)
}

// isTable reports whether a schema or the script knows a table of that name.
func (r *resolver) isTable(name []ident) bool {
	parts := make([]string, len(name))
	for i, id := range name {
		parts[i] = r.foldTable(id)
	}
	_, ok := r.session.schema(r.session.qualify(parts))
	return ok
}

// rowsFrom is ROWS FROM (f(x), g(y)): the columns of the functions side by side.
func (r *resolver) rowsFrom(f *fromItem, sc *scope) *result {
	res := &result{}
	for i, a := range f.call.args {
		one := &fromItem{kind: fromCall, call: a}
		if i < len(f.cols) {
			one.cols = f.cols[i : i+1]
		}
		if a.kind != xCall {
			continue
		}
		for _, c := range r.callResult(one, sc).columns {
			res.add(c)
		}
	}
	for _, c := range f.cols[min(len(f.call.args), len(f.cols)):] { // WITH ORDINALITY
		res.add(column{name: r.foldColumn(c)})
	}
	return res
}

// opaqueCall is a function that nobody knows: its columns stem from its
// arguments, as far as anyone can tell.
func (r *resolver) opaqueCall(f *fromItem, sc *scope) *result {
	base := len(r.scratch)
	var through []column
	for _, a := range f.call.args {
		if a.kind == xSub && a.more.query != nil {
			res := r.query(a.more.query, sc)
			through = append(through, res.columns...)
			for i := range res.columns {
				r.emit(res.columns[i].set, use{sub: subTransformation}, true)
			}
			continue
		}
		r.walk(a, sc, use{sub: subTransformation}, true)
	}
	set := r.keep(base)
	if !windowing.has(f.call.parts[len(f.call.parts)-1].text) {
		r.note(OpaqueFunction, Warning, f.call.start, f.call.end, nameOf(f.call.parts))
	}
	res := r.made(f, set)
	if len(f.cols) == 0 {
		for _, c := range through {
			res.add(c)
		}
	}
	return res
}

// windowing are table functions that add columns to those of their argument.
var windowing = set("tumble", "hop", "session", "cumulate", "gap_fill", "forecast")

func nameOf(parts []ident) string {
	s := ""
	for _, p := range parts {
		s = joinPath(s, p.text)
	}
	return s
}

// made is a relation whose columns all stem from set: the columns of the alias
// list, else any column that is asked for.
func (r *resolver) made(f *fromItem, set []origin) *result {
	res := &result{}
	for _, c := range f.cols {
		res.add(column{name: r.foldColumn(c), set: set})
	}
	if len(f.cols) > 0 {
		return res
	}
	if !f.alias.empty() {
		res.add(column{name: r.foldColumn(f.alias), set: set})
	}
	res.any, res.anySet = true, set
	return res
}

// unnested is the rows of an array, map or document.
func (r *resolver) unnested(f *fromItem, sc *scope, name string) *result {
	call := f.call
	if len(f.fields) > 0 {
		return r.declared(f, sc)
	}
	u := use{sub: subTransformation}
	identity := equalFold("unnest", name) || equalFold("table", name)
	if identity {
		u = use{sub: subIdentity}
	}
	var sets [][]origin
	var fields []column
	if len(call.parts) > 1 { // doc.nodes('/a')
		base := len(r.scratch)
		r.emit(r.object(call, sc), u, true)
		sets = append(sets, r.keep(base))
	}
	for _, a := range call.args {
		base := len(r.scratch)
		r.walk(a, sc, u, true)
		set := r.keep(base)
		if (identity || elementsOf.has(name)) && (a.kind == xCol || a.kind == xPath) {
			set = r.below(set, "[]")
		}
		sets = append(sets, set)
		if fields == nil {
			fields = r.elementFields(a, sc)
		}
	}
	if stacked := r.stacked(call, len(f.cols), sc); len(f.cols) > 0 && stacked != nil {
		sets = append(stacked, nil)
		name = ""
	}
	return r.elements(f, name, sets, fields)
}

// elementsOf are the functions, besides UNNEST, whose rows are the elements of
// an array.
var elementsOf = set("json_array_elements", "jsonb_array_elements", "json_array_elements_text", "jsonb_array_elements_text", "json_to_recordset", "jsonb_to_recordset",
	"json_populate_recordset", "jsonb_populate_recordset")

// records are the functions whose columns are fields of the document.
var records = set("json_to_recordset", "jsonb_to_recordset", "json_to_record", "jsonb_to_record")

// elementFields is the fields of the structs in an array.
func (r *resolver) elementFields(e *expr, sc *scope) []column {
	if fields := r.structFields(e, sc); fields != nil || e.kind != xOp || len(e.args) == 0 {
		return fields
	}
	return r.structFields(e.args[0], sc)
}

// spreading functions make every column out of any argument.
var spreading = set("json_tuple", "parse_url_tuple", "stack")

// stacked is the columns of stack(n, a, b, c, d …), which fills rows of width
// columns one after the other; nil where e is another call.
func (r *resolver) stacked(e *expr, width int, sc *scope) [][]origin {
	if e.kind != xCall || !equalFold("stack", e.parts[len(e.parts)-1].text) || len(e.args) < 2 {
		return nil
	}
	sets := make([][]origin, width)
	for i, a := range e.args[1:] {
		base := len(r.scratch)
		r.walk(a, sc, use{sub: subTransformation}, true)
		sets[i%width] = r.mergeSets(sets[i%width], r.keep(base))
	}
	return sets
}

// elements names the columns of unnested values.
func (r *resolver) elements(f *fromItem, name string, sets [][]origin, fields []column) *result {
	base := len(r.scratch)
	for _, s := range sets {
		r.scratch = append(r.scratch, s...)
	}
	all := r.keep(base)
	res := &result{}
	add := func(id ident, set []origin) { res.add(column{name: r.foldColumn(id), set: set, fields: fields}) }
	position := hasPrefix(toLower(name), "posexplode")
	for i, c := range f.cols {
		switch {
		case position && i == 0, f.ordinality && i == len(f.cols)-1 && i > 0:
			add(c, nil)
		case len(sets) > 1 && i < len(sets) && !spreading.has(name):
			add(c, sets[i])
		case records.has(name):
			add(c, r.below(all, c.text))
		default:
			add(c, all)
		}
	}
	if !f.offset.empty() {
		defer func() { res.add(column{name: r.foldColumn(f.offset)}) }()
	}
	if len(f.cols) > 0 {
		return res
	}
	if !f.alias.empty() {
		add(f.alias, all)
	}
	for _, c := range fields {
		res.add(c)
	}
	if f.ordinality {
		res.add(column{name: "ordinality"})
	}
	if position {
		res.add(column{name: "pos"})
	}
	if keyed := toLower(name); hasPrefix(keyed, "json") || hasPrefix(keyed, "string_") || hasPrefix(keyed, "split_") || keyed == "openjson" {
		res.add(column{name: "key", set: all})
		res.add(column{name: "value", set: all})
		for _, n := range [...]string{"type", "atom", "id", "parent", "fullkey", "path"} {
			if r.doubleMayBeText {
				res.add(column{name: n, set: all})
			}
		}
	}
	if fields == nil {
		res.any, res.anySet, res.fields = true, all, true
	}
	return res
}

// elementResult is ARRAY JOIN expr AS a: the element itself.
func (r *resolver) elementResult(f *fromItem, e *expr, sc *scope) *result {
	base := len(r.scratch)
	r.walk(e, sc, use{sub: subTransformation}, true)
	set := r.keep(base)
	res := &result{}
	if !f.alias.empty() {
		res.add(column{name: r.foldColumn(f.alias), set: set})
	}
	if !f.offset.empty() {
		res.add(column{name: r.foldColumn(f.offset)})
	}
	return res
}

// declared is JSON_TABLE, OPENJSON … WITH and XMLTABLE: columns with paths.
func (r *resolver) declared(f *fromItem, sc *scope) *result {
	base := len(r.scratch)
	prefix := ""
	for i, a := range f.call.args {
		if a.kind == xConst && i > 0 {
			if prefix == "" { // those behind it are passed on
				prefix = jsonPath(trimQuotes(r.p.sql[a.start:a.end]))
			}
			continue
		}
		r.walk(a, sc, use{sub: subIdentity}, true)
	}
	set := r.keep(base)
	if prefix != "" && !hasPrefix(prefix[max(0, len(prefix)-2):], "[]") && equalFold("openjson", f.call.parts[len(f.call.parts)-1].text) {
		prefix += "[]"
	}
	res := &result{}
	for _, fd := range f.fields {
		if fd.flag {
			res.add(column{name: r.foldColumn(fd.name)})
			continue
		}
		res.add(column{name: r.foldColumn(fd.name), set: r.below(set, joinPath(prefix, fd.path))})
	}
	return res
}

// flatten is Snowflake's FLATTEN: value, this and the columns about them.
func (r *resolver) flatten(f *fromItem, sc *scope) *result {
	base := len(r.scratch)
	path := ""
	for i, a := range f.call.args {
		name := ""
		if m := f.call.more; m != nil && i < len(m.names) {
			name = toLower(m.names[i].text)
		}
		switch name {
		case "", "input":
			r.walk(a, sc, use{sub: subIdentity}, true)
		case "path":
			path = trimQuotes(r.p.sql[a.start:a.end])
		}
	}
	set := r.below(r.keep(base), path)
	res := &result{}
	for _, n := range [...]string{"seq", "key", "path", "index", "value", "this"} {
		c := column{name: n}
		switch n {
		case "value":
			c.set = r.below(set, "[]")
		case "this":
			c.set = set
		case "key":
			c.set = retyped(set, subTransformation)
		}
		res.add(c)
	}
	return r.renamed(res, f.cols)
}

// retyped is set with at least the given subtype.
func retyped(set []origin, sub subtype) []origin {
	out := make([]origin, len(set))
	for i, o := range set {
		out[i] = use{sub: sub}.apply(o)
	}
	return out
}

// readFiles is a function that reads files: they are an input by path.
func (r *resolver) readFiles(f *fromItem, sc *scope) *result {
	var literals []string
	var collect func(list []*expr)
	collect = func(list []*expr) {
		for i, a := range list {
			if m := f.call.more; m != nil && i < len(m.names) && !m.names[i].empty() && !equalFold("bulk", m.names[i].text) && !equalFold("location", m.names[i].text) && a.kind == xConst {
				continue
			}
			switch {
			case a.kind == xConst && a.end-a.start > 2 && r.p.sql[a.end-1] == '\'' && (r.p.sql[a.start] == 'N' || r.p.sql[a.start] == 'n'):
				literals = append(literals, trimQuotes(r.p.sql[a.start+1:a.end]))
			case a.kind == xConst && a.end-a.start > 2 && (r.p.sql[a.start] == '\'' || r.p.sql[a.start] == '"' || r.p.sql[a.start] == '@'):
				literals = append(literals, trimQuotes(r.p.sql[a.start:a.end]))
			case a.kind == xOp && a.class == opEquals: // header = true
			case a.kind == xOp:
				collect(a.args)
			default:
				r.walk(a, sc, use{sub: subTransformation}, false)
			}
		}
	}
	collect(f.call.args)
	if len(literals) == 0 {
		return r.opaqueCall(f, sc)
	}
	if len(f.call.args) > 0 && f.call.args[0].kind == xConst {
		literals = literals[:1]
	}
	res := &result{}
	base := len(r.scratch)
	for _, l := range literals {
		id := r.table([]ident{{text: l, quoted: true}}, true)
		r.tables[id].read = true
		r.scratch = append(r.scratch, r.tables[id].result.columns[0].set...)
	}
	res.add(column{name: "*", star: true, set: r.keep(base)})
	return r.renamed(res, f.cols)
}

// remoteTable is a table of another server, named in the arguments.
func (r *resolver) remoteTable(f *fromItem) *result {
	var names []ident
	for i, a := range f.call.args {
		switch {
		case i == 0 && len(f.call.args) > 1 && (a.kind == xConst || a.kind == xCol && len(a.parts) == 1): // the server
		case a.kind == xCol && len(a.parts) > 1:
			names = append(names[:0:0], a.parts...)
		case len(names) > 1:
		case a.kind == xCol:
			names = append(names, a.parts...)
		case a.kind == xConst && i > 0 && r.p.sql[a.start] == '\'':
			names = append(names, ident{text: trimQuotes(r.p.sql[a.start:a.end]), quoted: true})
		}
	}
	if len(names) == 0 {
		return nil
	}
	if len(names) > 2 {
		names = names[:2]
	}
	id := r.table(names, false)
	r.tables[id].read = true
	return r.tables[id].result
}

// quoted is a query in a string: EXTERNAL_QUERY('conn', 'select …').
func (r *resolver) quoted(f *fromItem) *result {
	for i := len(f.call.args) - 1; i >= 0; i-- {
		a := f.call.args[i]
		if a.kind != xConst {
			continue
		}
		was := r.traits
		if equalFold("external_query", f.call.parts[len(f.call.parts)-1].text) {
			r.traits = r.externalTraits(r.p.sql[a.start:a.end])
		}
		res := r.innerText(a)
		r.traits = was
		if res != nil {
			return res
		}
	}
	return nil
}

// externalTraits is the dialect of a federated query of BigQuery, which goes to
// MySQL or to PostgreSQL (and its relatives Spanner and AlloyDB); names in
// backticks tell.
func (r *resolver) externalTraits(text string) *traits {
	if strings.IndexByte(text, '`') >= 0 {
		return traitsByDialect[MySQL]
	}
	return traitsByDialect[Postgres]
}
