package postgres

import (
	"context"
	"database/sql"
	"errors"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/crawler"
	"waymark/crawler/infoschema"
	"waymark/crawler/pgwire"
)

func writing(database string) pgwire.Session {
	s := session(database)
	s.Write, s.Conns = true, 2 // the second asks how a commit ended
	return s
}

// CanErase says whether the recipe has an erasing credential that can log in.
func (s *Source) CanErase(ctx context.Context) error {
	pool, err := s.eraser(ctx, "")
	if err != nil {
		return err
	}
	return pool.Close()
}

func (s *Source) eraser(ctx context.Context, database string) (*pgwire.Pool, error) {
	if s.erase == nil || s.erase.DSN.Reveal() == "" {
		return nil, fault.Denied.Errorf("the recipe has no `erase: {dsn: ...}`, so nothing can be erased here")
	}
	return pgwire.Open(ctx, s.erase.DSN, writing(database))
}

// Erase performs acts on one database in one transaction. Rows that row security
// hides are an error and never skipped.
func (s *Source) Erase(ctx context.Context, acts []catalog.Act) ([]catalog.Acted, error) {
	if len(acts) == 0 {
		return nil, fault.Invalid.Errorf("there is nothing to do")
	}
	reader, err := s.at(ctx, acts[0].Dataset)
	if err != nil {
		return nil, err
	}
	for _, a := range acts {
		other, err := s.at(ctx, a.Dataset)
		if err != nil {
			return nil, err
		}
		if other != reader {
			return nil, fault.Invalid.Errorf("%s and %s lie in two databases, which no transaction of PostgreSQL spans; crawl them by a recipe each", acts[0].Dataset.Name(), a.Dataset.Name())
		}
	}
	pool, err := s.eraser(ctx, reader.Database)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	e := infoschema.Erasing{
		DB:     reader.rows,
		Begin:  func(ctx context.Context) (*sql.Tx, error) { return begin(ctx, pool) },
		Ready:  ready,
		Commit: pool.Commit,
	}
	out, err := e.Run(ctx, acts)
	if err == nil {
		refresh(ctx, pool, reader.rows, acts)
	}
	return out, err
}

// refreshQuery lists the materialized views made of some tables, at any distance,
// that the role may refresh, those that others are made of first.
const refreshQuery = `with recursive made (id, step) as (
  select c.oid, 0 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where (n.nspname, c.relname) in (select * from unnest($1::text[], $2::text[]))
  union
  select r.ev_class, made.step + 1 from made
  join pg_catalog.pg_depend d on d.refobjid = made.id and d.refclassid = 'pg_catalog.pg_class'::regclass and d.classid = 'pg_catalog.pg_rewrite'::regclass
  join pg_catalog.pg_rewrite r on r.oid = d.objid and r.ev_class <> made.id
  where made.step < 30)
select n.nspname::text, c.relname::text from made join pg_catalog.pg_class c on c.oid = made.id join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'm' and pg_catalog.pg_has_role(c.relowner, 'usage')
group by n.nspname, c.relname order by max(made.step), n.nspname, c.relname` + infoschema.Mark

// refresh makes materialized views of the changed tables anew where the role may.
// One that it may not, or that fails, still holds the rows: verification finds them.
func refresh(ctx context.Context, pool *pgwire.Pool, db infoschema.DB, acts []catalog.Act) {
	var schemas, tables []string
	for _, a := range acts {
		if p, err := db.Locate(ctx, pool, a.Dataset); err == nil {
			schemas, tables = append(schemas, p.Schema), append(tables, p.Table)
		}
	}
	rows, err := pool.QueryContext(ctx, refreshQuery, schemas, tables)
	if err != nil {
		return
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var schema, name string
		if rows.Scan(&schema, &name) == nil {
			list = append(list, db.Dialect.Table(schema, name))
		}
	}
	if rows.Err() != nil {
		return
	}
	for _, view := range list {
		if _, err := pool.ExecContext(ctx, "refresh materialized view "+view+infoschema.Mark); err != nil {
			return
		}
	}
}

// begin opens a transaction in which keys that may be checked at its end are: rows
// that point at each other go one after the other.
func begin(ctx context.Context, pool *pgwire.Pool) (*sql.Tx, error) {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "set constraints all deferred"); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

// ready refuses what is no table, and names the right that is missing before
// anything is touched.
func ready(ctx context.Context, tx *sql.Tx, places []infoschema.Place) error {
	for _, p := range places {
		name := p.Schema + "." + p.Table
		var kind, role string
		var may bool
		if err := tx.QueryRowContext(ctx, rightsQuery, p.Schema, p.Table).Scan(&kind, &role, &may); err != nil {
			return pgwire.Explain(err, "look at "+name)
		}
		if kind != "r" && kind != "p" {
			return fault.Invalid.Errorf("%s is a %s; rows are erased in the tables below it", name, kinds[kind])
		}
		if !may {
			return crawler.Problem{Class: crawler.Permission, Text: "the erasing role may not change " + name,
				Fix: "grant select, update, delete on " + dialect(letters{}).Table(p.Schema, p.Table) + " to " + infoschema.DoubleQuote(role)}
		}
	}
	return nil
}

const rightsQuery = `select c.relkind::text, current_user::text,
  pg_catalog.has_table_privilege(c.oid, 'select') and (pg_catalog.has_table_privilege(c.oid, 'delete') or pg_catalog.has_any_column_privilege(c.oid, 'update'))
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1::text and c.relname = $2::text` + infoschema.Mark
