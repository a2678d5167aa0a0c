package mysql

import (
	"context"

	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// Check says which capability of the recipe lacks what.
func (s *Source) Check(ctx context.Context) []crawler.Finding {
	out := []crawler.Finding{s.checkViews(ctx)}
	if s.config.QueryLog.Kind != "" {
		out = append(out, s.checkLog(ctx))
	}
	return out
}

func (s *Source) checkViews(ctx context.Context) crawler.Finding {
	f := crawler.Finding{Capability: "views"}
	list, err := s.listed(ctx)
	if err != nil {
		f.Text = err.Error()
		return f
	}
	for _, d := range list {
		tables, err := infoschema.Tables(ctx, s.pool, d)
		if err != nil {
			f.Text = explain(err, "describe database "+d).Error()
			return f
		}
		for _, t := range tables {
			if t.Kind == "view" && t.SQL == "" {
				f.Text = "the definition of view " + d + "." + t.Name + " is hidden"
				f.Fix = "grant show view on " + infoschema.Backtick(d) + ".* to " + infoschema.Backtick(s.pool.user)
				return f
			}
		}
	}
	f.OK = true
	return f
}

func (s *Source) checkLog(ctx context.Context) crawler.Finding {
	f := crawler.Finding{Capability: "query_log"}
	if err := s.logged(ctx); err != nil {
		f.Text = err.Error()
		return f
	}
	rows, err := s.pool.QueryContext(ctx, "select 1 from mysql.general_log limit 0"+infoschema.Mark)
	if err != nil {
		f.Text = s.unreadable(err).Error()
		return f
	}
	f.OK = rows.Close() == nil
	return f
}
