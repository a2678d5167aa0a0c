package sqllineage

import (
	_ "embed"
	"fmt"
	"strings"
)

// starTables is the tables of a made-up shop: facts and dimensions, as the
// queries of starQueries read them.
func starTables() map[string][]string {
	dimensions := map[string][]string{
		"calendar": {"date_key", "day", "month", "quarter", "year", "weekday", "holiday"},
		"item":     {"item_key", "sku", "brand", "category", "class", "color", "size_name", "list_price", "cost"},
		"store":    {"store_key", "name", "city", "state", "country", "manager", "floor_space", "opened"},
		"customer": {"customer_key", "first_name", "last_name", "email", "birth_year", "address_key", "segment", "since"},
		"address":  {"address_key", "street", "city", "state", "zip", "country", "gmt_offset"},
		"promo":    {"promo_key", "promo_name", "channel", "discount", "starts", "ends"},
		"ware":     {"ware_key", "ware_name", "ware_city", "ware_state"},
	}
	measures := []string{"quantity", "list_amount", "sales_amount", "discount_amount", "cost_amount", "tax", "coupon", "profit", "ship_cost"}
	for _, fact := range []string{"store_sales", "web_sales", "catalog_sales", "store_returns", "web_returns", "inventory"} {
		short := string(fact[0]) + string(fact[strings.IndexByte(fact+"_", '_')-1])
		columns := []string{"ticket", "line"}
		for _, key := range []string{"date_key", "item_key", "store_key", "customer_key", "promo_key", "ware_key"} {
			columns = append(columns, short+"_"+key)
		}
		for _, m := range measures {
			columns = append(columns, short+"_"+m)
		}
		dimensions[fact] = columns
	}
	return dimensions
}

// starShapes are the statements with places for a fact table, another one, the
// returns of the first, measures, an attribute of the items, and a year.
//
//go:embed testdata/star.sql
var starShapes string

// starQueries makes 99 analytic statements over the shop, of the 33 shapes that
// warehouses see: star joins, unions of channels, year-over-year comparisons
// through common tables, windows over aggregates, correlated subqueries. Each
// shape is there for each of three facts.
func starQueries() []string {
	shapes := strings.Split(strings.TrimSuffix(strings.TrimSpace(starShapes), ";"), ";\n\n")
	facts := []struct{ table, short, returns, shortReturns string }{
		{"store_sales", "se", "store_returns", "se"}, {"web_sales", "wb", "web_returns", "wb"}, {"catalog_sales", "cg", "store_returns", "se"}}
	measures := []string{"quantity", "sales_amount", "profit", "discount_amount", "tax"}
	items := []string{"brand", "category", "class", "color"}
	var list []string
	for n := range 3 * len(shapes) {
		f, g := facts[n/len(shapes)], facts[(n/len(shapes)+1)%3]
		r := strings.NewReplacer("$fact", f.table, "$ret", f.returns, "$rp", f.shortReturns, "$p", f.short, "$other", g.table, "$q", g.short,
			"$m2", measures[(n+2)%5], "$m", measures[n%5], "$d", items[n%4], "$n", fmt.Sprint(1990+n%40))
		list = append(list, r.Replace(shapes[n%len(shapes)]))
	}
	return list
}
