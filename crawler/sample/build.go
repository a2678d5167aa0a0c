package sample

import (
	"context"
	"strconv"

	"waymark/catalog/fault"
)

// inApp are the application's tables, parents before children.
var inApp = []string{"students", "addresses", "instructors", "payout_accounts", "categories", "courses", "lectures", "enrollments",
	"payments", "refunds", "reviews", "messages", "devices", "logins", "lecture_views", "support_tickets"}

// fromOutside are the tables of raw_data that do not come from the application.
var fromOutside = []string{"fx_rates", "ad_spend", "email_sends"}

// build writes the five databases and describes what is in them.
func build(ctx context.Context, c Company, cal calendar, m *market, views []view) (tables []table, err error) {
	s, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := s.fill(ctx, cal, m, views); err != nil {
		return nil, err
	}
	return s.describe(ctx)
}

func (s *store) fill(ctx context.Context, cal calendar, m *market, views []view) error {
	last := func(section) (string, error) { return cal.day(0), nil }
	for _, script := range []string{"app.sql", "raw_data.sql", "analytics.sql"} {
		if err := s.run(ctx, script, last); err != nil {
			return err
		}
	}
	for _, table := range inApp {
		if err := s.insert(ctx, "app."+table, m.rows[table]); err != nil {
			return err
		}
	}
	for _, table := range fromOutside {
		if err := s.insert(ctx, "raw_data."+table, m.rows[table]); err != nil {
			return err
		}
	}
	if err := s.insert(ctx, "raw_data.dashboard_views", viewRows(views)); err != nil {
		return err
	}
	for _, script := range []string{"load.sql", "daily.sql"} {
		if err := s.run(ctx, script, last); err != nil {
			return err
		}
	}
	return s.run(ctx, "once.sql", func(part section) (string, error) { return dayOf(cal, part) })
}

// dayOf is the day on which a section says that it ran.
func dayOf(cal calendar, part section) (string, error) {
	ago, err := strconv.Atoi(part.words["ago"])
	if err != nil {
		return "", fault.Internal.Of(err)
	}
	return cal.day(ago), nil
}
