package sample

import (
	"context"
	"path/filepath"
	"time"

	"waymark/catalog/fault"
)

// Company tells where the files of the sample company are and what to try on it.
type Company struct {
	App       string            // the application database
	Warehouse map[string]string // zone -> file, attached as schemas of one database
	QueryLog  string            // what ran on the warehouse, JSON Lines
	Catalog   string            // people, glossary, descriptions, dashboards, JSON Lines
	Recipes   []string          // in the order in which they are to be crawled
	Subject   Subject           // whose erasure shows how far data travels
	Try       []string          // three things to try first
}

// Subject is the student who asks to be forgotten.
type Subject struct {
	ID    int
	Name  string
	Email string
}

// zones are the files of the warehouse, in the order in which data flows.
var zones = []string{"raw_data", "analytics", "adhoc", "archive"}

// Write makes the company in dir, an existing folder without these files.
// It returns fault.Unavailable when a file cannot be written and
// fault.Internal when the company contradicts itself.
func Write(ctx context.Context, dir string, now time.Time) (company Company, err error) {
	defer fault.Wrap(&err, "write the sample company to %s", dir)
	dir, err = filepath.Abs(dir)
	if err != nil {
		return Company{}, fault.Unavailable.Of(err)
	}
	company = layout(dir)
	cal := newCalendar(now)
	crowd, err := readStaff()
	if err != nil {
		return Company{}, err
	}
	boards, err := readDashboards()
	if err != nil {
		return Company{}, err
	}
	market, err := newMarket(cal)
	if err != nil {
		return Company{}, err
	}
	views := viewsOf(boards, crowd, cal)
	tables, err := build(ctx, company, cal, market, views)
	if err != nil {
		return Company{}, err
	}
	if err := writeLog(company.QueryLog, cal, crowd, boards, tables); err != nil {
		return Company{}, err
	}
	if err := writeCatalog(company.Catalog, cal, crowd, boards, views, tables); err != nil {
		return Company{}, err
	}
	return company, writeRecipes(company)
}

func layout(dir string) Company {
	c := Company{
		App:       filepath.Join(dir, "app.db"),
		Warehouse: map[string]string{},
		QueryLog:  filepath.Join(dir, "query_log.jsonl"),
		Catalog:   filepath.Join(dir, "catalog.jsonl"),
		Subject:   mary,
	}
	for _, zone := range zones {
		c.Warehouse[zone] = filepath.Join(dir, zone+".db")
	}
	for _, name := range []string{"app", "warehouse", "query-log"} {
		c.Recipes = append(c.Recipes, filepath.Join(dir, name+".yaml"))
	}
	c.Try = []string{
		`search "revenue": the certified table comes first, above one that programs query all day`,
		`open analytics.revenue_daily and follow net_revenue back to raw_data, column by column`,
		`open a request to erase ` + mary.Email + ` and see how far one student's data travels`,
	}
	return c
}
