package postgres

import (
	"context"
	"errors"

	"waymark/catalog"
	"waymark/crawler"
	"waymark/crawler/infoschema"
	"waymark/crawler/pgwire"
)

const (
	// A partition may be partitioned itself; its table is the one that is none.
	partitionsQuery = `with recursive part (oid, root) as (
  select i.inhrelid, i.inhparent from pg_catalog.pg_inherits i
  join pg_catalog.pg_class c on c.oid = i.inhrelid join pg_catalog.pg_class p on p.oid = i.inhparent
  where c.relispartition and not p.relispartition and c.relkind in ('r', 'p', 'f')
  union all
  select i.inhrelid, part.root from part join pg_catalog.pg_inherits i on i.inhparent = part.oid
  join pg_catalog.pg_class c on c.oid = i.inhrelid where c.relispartition)
select n.nspname::text, c.relname::text, tn.nspname::text, t.relname::text from part
join pg_catalog.pg_class c on c.oid = part.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class t on t.oid = part.root join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace` + infoschema.Mark

	// Of functions that share a name the reader would not know which is called. A body
	// of SQL statements (BEGIN ATOMIC) is kept in a form that only newer servers print.
	functionsQuery = `select n.nspname::text, min(p.proname)::text, min(pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)),
  min(pg_catalog.pg_get_function_arguments(p.oid)), min(coalesce(pg_catalog.pg_get_function_result(p.oid), 'void')), min(p.prosrc)
from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace join pg_catalog.pg_language l on l.oid = p.prolang
where l.lanname = 'sql' and p.prosrc <> '' and` + notSystem + `
  and not exists (select 1 from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e')
group by n.nspname, p.proname having count(*) = 1` + infoschema.Mark
)

// Coverage lists the partitions and the SQL functions of a database. The catalogs show
// every role all of it.
func (s *Source) Coverage(ctx context.Context, scope crawler.Scope) (catalog.Coverage, error) {
	v := catalog.Coverage{Exact: true, Parts: map[string]string{}, Functions: map[string]catalog.Function{}}
	db, err := s.pool(ctx, scope.Name)
	if err != nil {
		return v, err
	}
	n := naming(scope.Name)
	err = eachTexts(ctx, db, partitionsQuery, 4, func(t []string) {
		v.Parts[n.Name(t[0], t[1])] = n.Name(t[2], t[3])
	})
	if err == nil {
		err = eachTexts(ctx, db, functionsQuery, 6, func(t []string) {
			v.Functions[n.Name(t[0], t[1])] = catalog.Function{Head: "create function " + t[2] + "(" + t[3] + ") returns " + t[4], Body: t[5]}
		})
	}
	if err != nil {
		return v, pgwire.Explain(err, "list the partitions and functions of "+scope.Name)
	}
	return v, nil
}

// eachTexts hands over the rows of a query of texts.
func eachTexts(ctx context.Context, q infoschema.Querier, query string, width int, take func([]string)) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	texts, into := make([]string, width), make([]any, width)
	for i := range texts {
		into[i] = &texts[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return errors.Join(err, rows.Err())
		}
		take(texts)
	}
	return rows.Err()
}
