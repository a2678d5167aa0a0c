package lineage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// ChangeSet is a set of files that are to be run, and where.
type ChangeSet struct {
	Files   []ChangedFile
	Source  string // the recipe whose datasets they name; "" finds them by platform and name
	Dialect string // "" is the source's, else ANSI
}

// ChangedFile is the text of a file of DDL.
type ChangedFile struct{ Name, Text string }

// Effect is one change to an asset that the catalog knows, and what it does to others.
type Effect struct {
	File   string
	Line   int
	Change string // drop column, rename, change type, new meaning ...
	Asset  urn.URN
	Column string
	Was    string // the type before
	Is     string // the new name or type
	Items  []Affected
	Total  int
}

// Changes reads files of DDL, compares them with what the catalog knows, and returns
// what they would do to whatever lies downstream: at most limit assets of each change.
// What it could not judge is told as a note, by file and line.
func (g *Graph) Changes(ctx context.Context, set ChangeSet, depth, limit int) (effects []Effect, notes []string, err error) {
	defer fault.Wrap(&err, "read the changes")
	n, err := g.names(ctx)
	if err != nil {
		return nil, nil, err
	}
	log, err := g.logOf(ctx, set)
	if err != nil {
		return nil, nil, err
	}
	r := changeReader{w: within{names: n, log: log, keeps: true}, cat: g.cat, made: map[string]bool{}, now: map[catalog.ColumnRef]string{}, seen: map[sameness]bool{}}
	for _, f := range set.Files {
		if err := r.file(ctx, f); err != nil {
			return nil, nil, err
		}
	}
	if err := n.failed(); err != nil {
		return nil, nil, err
	}
	for i := range r.effects {
		e := &r.effects[i]
		if e.Items, e.Total, err = g.Impact(ctx, e.Asset, e.Column, r.happens[i], depth, limit); err != nil {
			return nil, nil, err
		}
	}
	return r.effects, r.notes, nil
}

// logOf is where the files would run.
func (g *Graph) logOf(ctx context.Context, set ChangeSet) (catalog.Log, error) {
	log := catalog.Log{Source: set.Source, Dialect: set.Dialect}
	if set.Dialect != "" {
		if _, ok := sqllineage.ParseDialect(set.Dialect); !ok {
			return log, fault.Invalid.Errorf("there is no dialect %q", set.Dialect)
		}
		log.Platform = platformOf(set.Dialect)
	}
	if set.Source == "" {
		return log, nil
	}
	a, err := g.cat.Find(access.With(ctx, access.System("lineage")), urn.Source(set.Source))
	if err != nil || a.Profile == nil {
		return log, fault.NotFound.Errorf("there is no source %q", set.Source)
	}
	p := a.Profile.Properties
	log.Platform, log.Instance, log.DefaultDB, log.DefaultSchema = p["platform"], p["instance"], p["default_db"], p["default_schema"]
	log.Dialect = first(set.Dialect, p["dialect"])
	return log, nil
}

// platformOf is the platform whose dialect goes by another name, or by the same.
func platformOf(dialect string) string {
	switch dialect {
	case "ansi":
		return ""
	case "tsql":
		return "mssql"
	}
	return dialect
}

// sameness is what makes two changes the same one.
type sameness struct {
	Asset          urn.URN
	Column, Change string
}

// changeReader turns files into changes to known assets.
type changeReader struct {
	w       within
	cat     *catalog.Catalog
	made    map[string]bool              // tables that the files make themselves
	now     map[catalog.ColumnRef]string // renamed columns: new name -> the catalog's
	seen    map[sameness]bool
	effects []Effect
	happens []Happening
	notes   []string
}

// file reads one file.
func (r *changeReader) file(ctx context.Context, f ChangedFile) error {
	for _, a := range sqllineage.Alterations(dialectOf(r.w.log.Dialect), f.Text) {
		at := Effect{File: f.Name, Line: a.Line, Change: string(a.Kind), Column: a.Column, Is: first(a.To, a.Type)}
		found := r.w.meant(a.Table)
		switch {
		case r.made[strings.ToLower(a.Table)], len(found) == 0 && a.Kind == sqllineage.DefineTable:
			r.made[strings.ToLower(a.Table)] = true
			continue
		case len(found) == 0:
			r.note(at, "%s is not in the catalog", a.Table)
			continue
		case len(found) > 1:
			r.note(at, "%s may be any of %d assets; name the source, or write more of the name", a.Table, len(found))
			continue
		}
		at.Asset = found[0]
		if err := r.change(ctx, at, a, f.Text[a.Span.Start:a.Span.End]); err != nil {
			return err
		}
	}
	return nil
}

func (r *changeReader) note(at Effect, format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf("%s line %d: ", at.File, at.Line)+fmt.Sprintf(format, args...))
}

// change takes one alteration of a known asset.
func (r *changeReader) change(ctx context.Context, at Effect, a sqllineage.Alteration, text string) error {
	switch a.Kind {
	case sqllineage.DropTable, sqllineage.RenameTable:
		r.add(at, Gone)
		r.made[strings.ToLower(a.To)] = a.To != ""
	case sqllineage.DropColumn, sqllineage.RenameColumn:
		if r.known(&at) {
			r.add(at, Gone)
		}
		if a.To != "" {
			r.now[catalog.ColumnRef{Dataset: at.Asset, Column: a.To}] = at.Column
		}
	case sqllineage.RetypeColumn:
		if r.known(&at) && !sameType(at.Was, at.Is) {
			r.add(at, Altered)
		}
	case sqllineage.AddColumn:
		r.now[catalog.ColumnRef{Dataset: at.Asset, Column: a.Column}] = ""
	case sqllineage.DefineTable:
		if a.Keep {
			return nil
		}
		return r.define(ctx, at, a, text)
	}
	return nil
}

// add keeps a change, once.
func (r *changeReader) add(at Effect, h Happening) {
	k := sameness{at.Asset, at.Column, at.Change}
	if r.seen[k] {
		return
	}
	r.seen[k] = true
	r.effects, r.happens = append(r.effects, at), append(r.happens, h)
}

// known finds the column in the catalog, under the name that it had before the files
// renamed it, and its type. A column that the catalog lacks breaks nothing known.
func (r *changeReader) known(at *Effect) bool {
	if was, renamed := r.now[catalog.ColumnRef{Dataset: at.Asset, Column: at.Column}]; renamed {
		at.Column = was
		if was == "" {
			return false // the files add it themselves
		}
	}
	t := r.w.describe(at.Asset).table
	i := slices.IndexFunc(t.Columns, func(c string) bool { return strings.EqualFold(c, at.Column) })
	if i < 0 {
		r.note(*at, "%s has no column %s in the catalog", at.Asset.Name(), at.Column)
		return false
	}
	at.Column, at.Was = t.Columns[i], t.Types[i]
	return true
}

// define compares a definition with the columns that the catalog knows.
func (r *changeReader) define(ctx context.Context, at Effect, a sqllineage.Alteration, text string) error {
	columns := a.Columns
	if a.Query && columns == nil {
		columns = r.w.named(text)
		if columns == nil {
			r.note(at, "the columns of the new %s are not known: a star could not be resolved", at.Asset.Name())
		}
	}
	if columns != nil {
		r.compare(at, columns)
	}
	if !a.Query {
		return nil
	}
	return r.meaning(ctx, at, text)
}

// named returns the columns that a CREATE ... AS query makes, or nil if they are not
// all known.
func (w within) named(text string) (out []sqllineage.TypedColumn) {
	script, err := sqllineage.Parse(dialectOf(w.log.Dialect), text, w.options())
	if err != nil || script.Outcome == sqllineage.Failed {
		return nil
	}
	for _, c := range script.Columns {
		if c.Output.Column == "*" || c.Output.Column == "" {
			return nil
		}
		out = append(out, sqllineage.TypedColumn{Name: c.Output.Column})
	}
	return out
}

func (r *changeReader) compare(at Effect, columns []sqllineage.TypedColumn) {
	was := r.w.describe(at.Asset).table
	for i, name := range was.Columns {
		at := at
		at.Column, at.Was = name, was.Types[i]
		is := slices.IndexFunc(columns, func(c sqllineage.TypedColumn) bool { return strings.EqualFold(c.Name, name) })
		switch {
		case is < 0:
			at.Change = string(sqllineage.DropColumn)
			r.add(at, Gone)
		case columns[is].Type != "" && !sameType(was.Types[i], columns[is].Type):
			at.Change, at.Is = string(sqllineage.RetypeColumn), columns[is].Type
			r.add(at, Altered)
		}
	}
}

// newMeaning is the change of a column whose expression is another one.
const newMeaning = "new meaning"

// meaning compares the query of a definition with the text that the catalog has.
func (r *changeReader) meaning(ctx context.Context, at Effect, text string) error {
	a, err := r.cat.Find(ctx, at.Asset)
	if err != nil || a.Definition == nil || a.Definition.SQL == "" {
		return err
	}
	d := dialectOf(r.w.log.Dialect)
	written := asWritten(a.Definition.SQL)
	was, is := r.w.expressions(a.Definition.SQL, written), r.w.expressions(text, written)
	at.Change = newMeaning
	some := false
	for _, column := range slices.Sorted(maps.Keys(was)) {
		if now, still := is[column]; still && now != was[column] {
			at := at
			at.Column, some = r.w.column(at.Asset, column), true
			r.add(at, Altered)
		}
	}
	if !some && written && len(was) == len(is) && sqllineage.Fingerprint(d, queryOf(a.Definition.SQL)) != sqllineage.Fingerprint(d, queryOf(text)) {
		r.add(at, Altered) // other rows, or in another order
	}
	return nil
}

// asWritten reports whether a source kept a definition as its author wrote it. One
// that gives the query alone prints it anew, with names and casts that nobody wrote;
// then only where values come from can be compared.
func asWritten(text string) bool {
	head, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return strings.EqualFold(head, "create")
}

// expressions returns what makes each column of a query: where its values come from
// and, if the text counts, the expression without literals.
func (w within) expressions(text string, counts bool) map[string]string {
	d := dialectOf(w.log.Dialect)
	script, err := sqllineage.Parse(d, text, w.options())
	if err != nil {
		return nil
	}
	out := map[string]string{}
	for _, c := range script.Columns {
		var b strings.Builder
		if counts {
			b.WriteString(sqllineage.Fingerprint(d, c.Expression).String())
		}
		for _, in := range c.Inputs {
			b.WriteString("\x00" + string(w.asset(in.Table)) + "\x00" + in.Column + "\x00" + string(in.Subtype))
		}
		out[strings.ToLower(c.Output.Column)] = b.String()
	}
	return out
}

// queryOf cuts the head of a CREATE ... AS from its query.
func queryOf(text string) string {
	lower := strings.ToLower(text)
	at := -1
	for _, word := range []string{"with", "select"} {
		if i := strings.Index(lower, word); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	return strings.TrimRight(text[max(at, 0):], "; \n\t")
}

// meant returns the assets that a name in a file may mean: as written, with the
// defaults, else those whose name ends with it.
func (w within) meant(name string) []urn.URN {
	if name == "" {
		return nil
	}
	if u, ok := w.find(w.full(name)); ok {
		return []urn.URN{u}
	}
	return w.ending(w.log.Platform, strings.ToLower(name))
}

// sameType reports whether two spellings mean one type.
func sameType(a, b string) bool { return plainType(a) == plainType(b) }

// spellings are the longer or other names of common types.
var spellings = strings.NewReplacer("character varying", "varchar", "double precision", "double", "timestamp without time zone", "timestamp",
	"timestamp with time zone", "timestamptz", "time without time zone", "time", "int4", "int", "int8", "bigint", "int2", "smallint",
	"float8", "double", "float4", "real", "boolean", "bool", "integer", "int", "numeric", "decimal", "character", "char")

func plainType(t string) string {
	return strings.ReplaceAll(spellings.Replace(strings.ToLower(strings.TrimSpace(t))), " ", "")
}
