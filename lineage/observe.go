package lineage

import (
	"context"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// Observe opens an observer for the statements of one log. It is what crawls and
// imports get in place of the SQL reader: raw text goes in, and only redacted
// text, facts and counts come out into the catalog.
func (g *Graph) Observe(ctx context.Context, log catalog.Log) (catalog.Observer, error) {
	n, err := newNames(ctx, g.cat)
	if err != nil {
		return nil, err
	}
	who, err := newPeople(ctx, g.cat)
	if err != nil {
		return nil, err
	}
	return &observer{
		graph: g, log: log, names: n, people: who, read: map[string]*shape{}, texts: map[string]*shape{},
		sessions: map[string]*session{}, counts: newCounts(), reasons: map[string]*catalog.Reason{},
	}, nil
}

// observer reads one log. A statement is parsed once a shape: the same text
// without literals, dialect and defaults give the same answer.
type observer struct {
	graph    *Graph
	log      catalog.Log
	names    *names
	people   *people
	texts    map[string]*shape // by raw text; memory only
	read     map[string]*shape // by fingerprint and defaults
	sessions map[string]*session
	counts   *counts
	total    catalog.Understood
	reasons  map[string]*catalog.Reason
}

// shape is one distinct statement.
type shape struct {
	urn  urn.URN
	seen bool // some run of it counted: it was not rolled back
	ran  bool // some run of it succeeded, so that its data flowed
	reading
}

// kept returns what the catalog keeps of the statement.
func (s *shape) kept() *catalog.StatementFacts {
	f := s.facts
	if !s.ran {
		f.Outputs, f.Columns = nil, nil
	}
	return &f
}

// Add takes the next statements of the log.
func (o *observer) Add(ctx context.Context, list []catalog.Statement) error {
	for i := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		o.one(&list[i])
	}
	return nil
}

// one counts a statement, or holds it back until its transaction ends.
func (o *observer) one(s *catalog.Statement) {
	o.people.settle(s)
	in := o.within(s)
	ses := o.session(s)
	switch verb(s.SQL) {
	case "BEGIN", "START":
		ses.open = true
		return
	case "COMMIT", "END":
		o.release(ses)
		return
	case "ROLLBACK", "ABORT":
		if !strings.Contains(strings.ToUpper(s.SQL), " TO ") {
			ses.open, ses.held = false, nil
		}
		return
	}
	h := held{stmt: *s, shape: o.shape(in, s, ses)}
	if ses.open && s.Session != "" {
		ses.held = append(ses.held, h)
		return
	}
	o.count(h)
}

func (o *observer) within(s *catalog.Statement) within {
	log := o.log
	if s.Dialect != "" {
		log.Dialect = s.Dialect
	}
	if s.Database != "" && log.Instance == "" {
		log.DefaultDB = s.Database
	}
	if s.Schema != "" {
		log.DefaultSchema = s.Schema
	}
	return within{names: o.names, log: log}
}

// shape returns the reading of a statement from the cache or by parsing it.
func (o *observer) shape(in within, s *catalog.Statement, ses *session) *shape {
	d := dialectOf(in.log.Dialect)
	place := in.log.DefaultDB + "\x00" + in.log.DefaultSchema + "\x00"
	sql, key := s.SQL, place+s.SQL
	if ses.uses(s.SQL) { // temporary tables of the session stand before it
		sql = ses.temps + ";\n" + s.SQL
		key = place + sql
	}
	if known, ok := o.texts[key]; ok {
		return known
	}
	fp := sqllineage.Fingerprint(d, sql).String()
	known, ok := o.read[place+fp]
	if !ok {
		known = o.parse(in, sql, fp, s.Time)
		o.read[place+fp] = known
	}
	if len(o.texts) < textCache {
		o.texts[key] = known
	}
	return known
}

// textCache bounds how many raw texts are remembered during one log.
const textCache = 50_000

func (o *observer) parse(in within, sql, fp string, at time.Time) *shape {
	r, err := in.read(sql)
	if err != nil {
		r.facts = catalog.StatementFacts{Outcome: string(sqllineage.Failed), Reason: err.Error(), Dialect: in.log.Dialect, Source: in.log.Source}
	}
	r.facts.First = at.UTC().Truncate(time.Second)
	return &shape{urn: urn.Query(fp), reading: r}
}

// Close writes what was seen: statements as assets, counts as partitions, and how
// much was understood.
func (o *observer) Close(ctx context.Context) (catalog.Understood, error) {
	for _, ses := range o.sessions {
		o.release(ses) // the log ended inside a transaction: unknown counts as done
	}
	if err := o.writeShapes(ctx); err != nil {
		return o.total, err
	}
	if err := o.counts.record(ctx, o.graph.cat, o.log.Reader); err != nil {
		return o.total, err
	}
	o.finishReasons()
	return o.total, o.graph.saveOutcome(ctx, o.log, o.total)
}

// writeBatch is how many statements go into one transaction.
const writeBatch = 500

func (o *observer) writeShapes(ctx context.Context) error {
	batch := catalog.Batch{Author: catalog.Lineage, Run: "log " + o.log.Reader}
	flush := func() error {
		if len(batch.Assets) == 0 {
			return nil
		}
		_, err := o.graph.cat.Apply(ctx, batch)
		batch.Assets = batch.Assets[:0]
		return err
	}
	stubs := map[urn.URN]bool{}
	for _, s := range o.read {
		if !s.seen || s.facts.Outcome == string(sqllineage.Skipped) {
			continue
		}
		facts := s.kept()
		batch.Assets = append(batch.Assets, catalog.Asset{URN: s.urn, Type: catalog.Query, Statement: facts})
		for _, u := range append(append([]urn.URN(nil), facts.Inputs...), facts.Outputs...) {
			if !stubs[u] && o.names.isStub(u) {
				stubs[u] = true
				batch.Assets = append(batch.Assets, catalog.Asset{URN: u, Type: catalog.Dataset, Status: &catalog.Status{Stub: true}})
			}
		}
		if len(batch.Assets) >= writeBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// verb is the first word of a statement, upper case, comments before it skipped.
func verb(sql string) string {
	for {
		sql = strings.TrimLeft(sql, " \t\r\n;(")
		switch {
		case strings.HasPrefix(sql, "/*"):
			_, rest, ok := strings.Cut(sql, "*/")
			if !ok {
				return ""
			}
			sql = rest
		case strings.HasPrefix(sql, "--"):
			_, rest, _ := strings.Cut(sql, "\n")
			sql = rest
		default:
			end := strings.IndexFunc(sql, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') })
			if end < 0 {
				end = len(sql)
			}
			return strings.ToUpper(sql[:end])
		}
	}
}
