package main

import (
	"context"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// searched is what people of the sample company searched for before the visitor came,
// so that the report of searches has something to say.
var searched = []struct {
	who    string
	ago    int // days
	words  string
	opened string
}{
	{"jonas", 5, "umsatz", ""}, {"jonas", 5, "revenue", "analytics.revenue_daily"},
	{"nora", 4, "umsatz", ""}, {"nora", 4, "net revenue", "analytics.revenue_daily"},
	{"ana", 4, "refund rate", "analytics.refund_rate_monthly"},
	{"daeun", 3, "dropout", ""}, {"daeun", 3, "churn", "analytics.churn_features"},
	{"ana", 3, "revenue", "analytics.revenue_daily"},
	{"jonas", 2, "campaign spend", ""},
	{"nora", 2, "active students", "analytics.active_students_daily"},
	{"ines", 1, "campaign spend", ""},
	{"daeun", 1, "revenue", "analytics.revenue_daily"},
}

// searchBefore puts those searches into the log, with what they would find today.
func (w *waymark) searchBefore(ctx context.Context) error {
	var lines []catalog.SoughtBy
	for _, s := range searched {
		found, err := w.find.Find(access.With(ctx, access.System("demo")), search.Request{Text: s.words, Limit: 1, Plain: true})
		if err != nil {
			return err
		}
		hour := time.Now().UTC().AddDate(0, 0, -s.ago).Truncate(time.Hour)
		lines = append(lines, catalog.SoughtBy{User: s.who, Sought: catalog.Sought{Hour: hour, Words: s.words, Page: 1, Total: found.Total}})
		if s.opened == "" {
			continue
		}
		assets, err := w.find.Resolve(ctx, s.opened)
		if err != nil {
			return err
		}
		lines = append(lines, opened(s.who, hour, s.words, assets[0]))
	}
	return w.cat.LogSearches(ctx, lines)
}

func opened(who string, hour time.Time, words string, u urn.URN) catalog.SoughtBy {
	return catalog.SoughtBy{User: who, Sought: catalog.Sought{Hour: hour, Words: words, Opened: u, Rank: 1}}
}
