package sample

import (
	"context"
	"database/sql"

	"waymark/catalog/fault"
)

// alterations are what somebody changes after the first crawl, by zone: a column more
// where nothing breaks, one less where somebody may have relied on it, and another
// name on which a nightly model stands.
var alterations = []struct{ zone, statement string }{
	{"analytics", `ALTER TABLE course_funnel ADD COLUMN refunded INTEGER`},
	{"adhoc", `ALTER TABLE coupon_sim DROP COLUMN given_away`},
	{"raw_data", `ALTER TABLE ad_spend RENAME COLUMN clicks TO click_count`},
}

// Evolve changes the schema of three tables of the warehouse, as happens in every
// company; the next crawl of the warehouse sees it. It is done once.
func (c Company) Evolve(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "change the schema of the sample company")
	for _, a := range alterations {
		db, err := sql.Open("sqlite", c.Warehouse[a.zone])
		if err != nil {
			return fault.Internal.Of(err)
		}
		_, err = db.ExecContext(ctx, a.statement)
		if bad := db.Close(); err == nil {
			err = bad
		}
		if err != nil {
			return fault.Unavailable.Of(err)
		}
	}
	return nil
}
