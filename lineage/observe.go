package lineage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
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
	n, err := g.names(ctx)
	if err != nil {
		return nil, err
	}
	who, err := newPeople(ctx, g.cat)
	if err != nil {
		return nil, err
	}
	return &observer{
		graph: g, log: log, names: n, people: who, read: map[string]*shape{}, texts: map[string]*shape{},
		sessions: map[string]*session{}, counts: newCounts(), outcomes: newOutcomes(), owners: map[string]string{}, most: maxShapes,
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
	outcomes *outcomes
	owners   map[string]string // fingerprint -> the place whose statement has it for its name
	most     int               // distinct statements in memory; more are written before the log ends
}

// maxShapes bounds the distinct statements of a log in memory, each of which takes
// some kilobytes. Few logs have as many.
const maxShapes = 20_000

// shape is one distinct statement.
type shape struct {
	urn  urn.URN
	ran  bool // some run of it succeeded, so that its data flowed
	sure bool // and the log says so
	reading
}

// Add takes the next statements of the log.
func (o *observer) Add(ctx context.Context, list []catalog.Statement) error {
	for i := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := o.one(ctx, &list[i]); err != nil {
			return err
		}
		if len(o.read) < o.most {
			continue
		}
		if err := o.makeRoom(ctx); err != nil {
			return err
		}
	}
	return nil
}

// makeRoom writes what was read so far, but for statements of transactions that are
// still open: whether those ran is not known yet. A statement that comes again is read
// again and added to what was written.
func (o *observer) makeRoom(ctx context.Context) error {
	held := map[*shape]bool{}
	for _, ses := range o.sessions {
		for i := range ses.held {
			held[ses.held[i].shape] = true
		}
	}
	kept := map[string]*shape{}
	for key, s := range o.read {
		if held[s] {
			kept[key] = s
			delete(o.read, key)
		}
	}
	if err := o.writeShapes(ctx); err != nil {
		return err
	}
	o.read, o.texts = kept, map[string]*shape{}
	o.most = max(o.most, 2*len(kept))
	return nil
}

// one reads a statement and counts it, or holds it back until its transaction ends.
func (o *observer) one(ctx context.Context, s *catalog.Statement) error {
	o.people.settle(s)
	ses := o.session(s)
	t, name := turnOf(s.SQL)
	sh, err := o.shape(ctx, o.within(s), s, ses)
	if err != nil {
		return err
	}
	h := held{stmt: *s, shape: sh}
	o.outcomes.add(startOf(o.log, s.Time), h.shape, s)
	switch {
	case t != noTurn:
		if s.Session != "" {
			o.move(ses, t, name)
		}
		return nil
	case undone(s.SQL):
		h.stmt.Status = statusUndone
	case h.happened():
		ses.keep(h.shape.temps, s.SQL)
	}
	if ses.open {
		ses.held = append(ses.held, h)
		return nil
	}
	o.count(h)
	return nil
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
func (o *observer) shape(ctx context.Context, in within, s *catalog.Statement, ses *session) (*shape, error) {
	d := dialectOf(in.log.Dialect)
	place := in.log.DefaultDB + "\x00" + in.log.DefaultSchema + "\x00"
	sql, key := s.SQL, place+s.SQL
	if ses.uses(s.SQL) { // temporary tables of the session stand before it
		sql = ses.before() + ";\n" + s.SQL
		key = place + sql
	}
	own := len(sql) - len(s.SQL)
	if known, ok := o.texts[key]; ok {
		return known, nil
	}
	fp := sqllineage.Fingerprint(d, sql).String()
	known, ok := o.read[place+fp]
	if !ok {
		name, err := o.name(ctx, fp, in.log)
		if err != nil {
			return nil, err
		}
		known = o.parse(in, sql, own, s.Time)
		known.urn = name
		if err := o.names.failed(); err != nil {
			return nil, err
		}
		o.read[place+fp] = known
	}
	if len(o.texts) < textCache {
		o.texts[key] = known
	}
	return known, nil
}

// name is the statement's own: its fingerprint, and where the same text stands for
// other tables elsewhere, in another source or under other defaults, its place too.
func (o *observer) name(ctx context.Context, fp string, log catalog.Log) (urn.URN, error) {
	here := placeOf(log.Source, log.DefaultDB, log.DefaultSchema)
	if owner, taken := o.owners[fp]; taken {
		if owner == here {
			return urn.Query(fp), nil
		}
		return urn.Query(fp + "-" + here), nil
	}
	found, err := o.graph.cat.FindMany(ctx, []urn.URN{urn.Query(fp)})
	if err != nil {
		return "", err
	}
	o.owners[fp] = here
	if len(found) > 0 && found[0].Statement != nil {
		f := found[0].Statement
		o.owners[fp] = placeOf(f.Source, f.DefaultDB, f.DefaultSchema)
	}
	return o.name(ctx, fp, log)
}

// placeOf names the place whose tables a text names, in eight letters.
func placeOf(source, db, schema string) string {
	sum := sha256.Sum256([]byte(source + "\x00" + db + "\x00" + schema))
	return hex.EncodeToString(sum[:4])
}

// textCache bounds how many raw texts are remembered during one log.
const textCache = 50_000

func (o *observer) parse(in within, sql string, own int, at time.Time) *shape {
	r := in.read(sql, own)
	if r.facts.Outcome == outcomeFailed {
		in.withhold(&r.facts, len(sql)-own)
		r.spot = Spot{}
	}
	r.facts.First = at.UTC().Truncate(time.Second)
	r.beneath = in.expand(&r)
	return &shape{reading: r}
}

// Close writes what was seen: statements as assets, counts as partitions, and how
// much was understood.
func (o *observer) Close(ctx context.Context) (catalog.Understood, error) {
	for _, ses := range o.sessions {
		for i := range ses.held {
			ses.held[i].unsure = true
		}
		o.release(ses) // the log ended inside a transaction: unknown counts as done
	}
	total := o.outcomes.report()
	if err := o.writeShapes(ctx); err != nil {
		return total, err
	}
	if err := o.counts.record(ctx, o.graph.cat, o.log.Reader); err != nil {
		return total, err
	}
	return total, o.outcomes.record(ctx, o.graph.store, o.log)
}

// writeBatch is how many statements go into one transaction.
const writeBatch = 500

// writeShapes writes the statements that carry data, and the tables that they name
// and nobody has.
func (o *observer) writeShapes(ctx context.Context) error {
	var list []*shape
	for _, s := range o.read {
		if s.facts.Outcome != outcomeSkipped {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b *shape) int { return strings.Compare(string(a.urn), string(b.urn)) })
	stubs := map[urn.URN]bool{}
	for part := range slices.Chunk(list, writeBatch) {
		known, err := o.graph.statements(ctx, part)
		if err != nil {
			return err
		}
		batch := catalog.Batch{Author: catalog.Lineage, Run: "log " + o.log.Reader}
		for _, s := range part {
			facts := s.kept(known[s.urn])
			facts.Stamp = o.names.stamp(o.graph.Reader, slices.Concat(facts.Inputs, facts.Outputs, facts.Absent))
			batch.Assets = append(batch.Assets, catalog.Asset{URN: s.urn, Type: catalog.Query, Statement: facts})
			for _, u := range slices.Concat(facts.Inputs, facts.Outputs) {
				if s.ran && !stubs[u] && o.names.isStub(u) {
					stubs[u] = true
					batch.Assets = append(batch.Assets, o.names.stub(u))
				}
			}
		}
		if _, err := o.graph.cat.Apply(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// statements returns what the catalog knows of the shapes.
func (g *Graph) statements(ctx context.Context, list []*shape) (map[urn.URN]*catalog.StatementFacts, error) {
	urns := make([]urn.URN, len(list))
	for i, s := range list {
		urns[i] = s.urn
	}
	found, err := g.cat.FindMany(ctx, urns)
	known := make(map[urn.URN]*catalog.StatementFacts, len(found))
	for i := range found {
		known[found[i].URN] = found[i].Statement
	}
	return known, err
}

// kept returns what the catalog keeps of the statement after this reading: that it
// failed today takes nothing from what it did before.
func (s *shape) kept(known *catalog.StatementFacts) *catalog.StatementFacts {
	f := s.facts
	f.Unsure, f.Fruitless = s.ran && !s.sure, !s.ran && (known == nil || known.Fruitless)
	if !s.ran {
		f.Outputs, f.Columns = nil, nil
	}
	if known == nil {
		return &f
	}
	if !known.First.IsZero() && known.First.Before(f.First) {
		f.First = known.First
	}
	switch before := len(known.Outputs) > 0; {
	case before && !s.ran:
		f.Outputs, f.Columns, f.Unsure = known.Outputs, known.Columns, known.Unsure
	case before:
		f.Unsure = f.Unsure && known.Unsure
	}
	return &f
}

// undone reports whether a text of several statements takes back what it did: its
// last word on a transaction that it begins is ROLLBACK.
func undone(sql string) bool {
	if len(sql) > maxTemps || !strings.Contains(strings.ToUpper(sql), "ROLLBACK") {
		return false
	}
	began, back := false, false
	for _, part := range strings.Split(sql, ";") {
		switch t, _ := turnOf(part); t {
		case begins:
			began = true
		case commits:
			back = false
			began = false
		case rollsBack:
			back = began
		}
	}
	return back
}
