package postgres

import (
	"context"
	"fmt"

	"waymark/crawler"
	"waymark/crawler/infoschema"
	"waymark/crawler/pgwire"
)

// Check says which capability of the recipe lacks what.
func (s *Source) Check(ctx context.Context) []crawler.Finding {
	out := []crawler.Finding{s.checkSample(ctx)}
	if s.config.QueryLog.Kind != "" {
		out = append(out, s.checkLog(ctx))
	}
	return out
}

func (s *Source) checkSample(ctx context.Context) crawler.Finding {
	f := crawler.Finding{Capability: "sample"}
	var hidden int
	var example string
	err := s.main.QueryRowContext(ctx, `select count(*), coalesce(min(pg_catalog.quote_ident(n.nspname)), '') from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'm') and`+notSystem+`and not (pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_table_privilege(c.oid, 'select'))`+infoschema.Mark).Scan(&hidden, &example)
	switch {
	case err != nil:
		f.Text = pgwire.Explain(err, "look at rights").Error()
	case hidden > 0:
		f.Text = fmt.Sprintf("%d tables cannot be read", hidden)
		role := infoschema.DoubleQuote(s.main.User)
		f.Fix = fmt.Sprintf("grant usage on schema %s to %s; grant select on all tables in schema %s to %s", example, role, example, role)
	default:
		f.OK = true
	}
	return f
}

func (s *Source) checkLog(ctx context.Context) crawler.Finding {
	f := crawler.Finding{Capability: "query_log"}
	_, err := s.log(ctx)
	if err != nil {
		f.Text = err.Error()
		return f
	}
	var may bool
	err = s.main.QueryRowContext(ctx, "select pg_catalog.pg_has_role('pg_read_all_stats', 'usage')"+infoschema.Mark).Scan(&may)
	if f.OK = err == nil && may; !f.OK {
		f.Text, f.Fix = "the texts of other users' statements are hidden", "grant pg_read_all_stats to "+infoschema.DoubleQuote(s.main.User)
	}
	return f
}
