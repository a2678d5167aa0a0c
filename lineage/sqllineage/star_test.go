package sqllineage

import (
	"fmt"
	"strings"
)

// starSchema is the tables of a made-up shop: facts and dimensions, as the
// queries of starQueries read them.
func starSchema() Schemas {
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
	return Static(dimensions)
}

// starQueries makes 99 analytic statements over the shop, of the shapes that
// warehouses see: star joins, unions of channels, year-over-year comparisons
// through common tables, windows over aggregates, correlated subqueries.
func starQueries() []string {
	var list []string
	facts := []struct{ table, p string }{{"store_sales", "se"}, {"web_sales", "wb"}, {"catalog_sales", "cg"}}
	measures := []string{"quantity", "sales_amount", "profit", "discount_amount", "tax"}
	dims := []string{"brand", "category", "class", "color"}
	for n := range 99 {
		f := facts[n%3]
		g := facts[(n+1)%3]
		m, m2, d := measures[n%5], measures[(n+2)%5], dims[n%4]
		r := strings.NewReplacer("$fact", f.table, "$p", f.p, "$other", g.table, "$q", g.p, "$m2", m2, "$m", m, "$d", d, "$n", fmt.Sprint(1990+n))
		list = append(list, r.Replace(starShapes[n%len(starShapes)]))
	}
	return list
}

var starShapes = []string{
	`select i.$d, c.year, c.month, sum($p_$m) as total, avg($p_$m2) as mean, count(distinct cu.customer_key) as buyers
from $fact f join calendar c on f.$p_date_key = c.date_key join item i on f.$p_item_key = i.item_key
join customer cu on cu.customer_key = f.$p_customer_key left join promo p on p.promo_key = f.$p_promo_key
where c.year between $n and $n + 2 and i.list_price > 10 and (p.channel = 'web' or p.channel is null) and cu.segment in ('a', 'b', 'c')
group by i.$d, c.year, c.month having sum($p_$m) > 1000 order by total desc, i.$d limit 100`,
	`with sales as (select i.item_key, i.$d, c.year, s.state, sum(f.$p_$m) as amount, sum(f.$p_$m - f.$p_$m2) as margin
  from $fact f, calendar c, item i, store s where f.$p_date_key = c.date_key and f.$p_item_key = i.item_key and f.$p_store_key = s.store_key and c.quarter = 2
  group by i.item_key, i.$d, c.year, s.state),
ranked as (select sales.*, rank() over (partition by state, year order by amount desc) as place,
    avg(amount) over (partition by $d, year) as typical, lag(amount) over (partition by item_key, state order by year) as before
  from sales)
select cur.$d, cur.state, cur.year, cur.amount, prev.amount as last_year, case when prev.amount > 0 then cur.amount / prev.amount else null end as growth,
  cur.typical, cur.place from ranked cur join ranked prev on cur.item_key = prev.item_key and cur.state = prev.state and cur.year = prev.year + 1
where cur.place <= 10 and cur.amount > cur.typical * 1.1 order by growth desc, 1, 2 limit 100`,
	`select channel, $d, year, sum(amount) as amount, sum(units) as units, count(*) as lines from (
  select 'one' as channel, i.$d, c.year, $p_$m as amount, $p_quantity as units from $fact join item i on $p_item_key = item_key join calendar c on $p_date_key = date_key where $p_store_key is null
  union all
  select 'two' as channel, i.$d, c.year, $q_$m as amount, $q_quantity as units from $other join item i on $q_item_key = item_key join calendar c on $q_date_key = date_key where $q_store_key is null
) both_channels group by channel, $d, year order by channel, $d, year limit 100`,
	`select cu.last_name, cu.first_name, a.city, t.bought_city, t.ticket, t.amount, t.profit from (
  select f.ticket, f.$p_customer_key, a2.city as bought_city, sum(f.$p_coupon) as amount, sum(f.$p_profit) as profit
  from $fact f join calendar c on f.$p_date_key = c.date_key join store s on f.$p_store_key = s.store_key join address a2 on a2.address_key = s.store_key
  where c.weekday in (1, 6, 0) and c.year in ($n, $n + 1, $n + 2) and s.city in ('Midway', 'Fairview')
  group by f.ticket, f.$p_customer_key, a2.city) t
join customer cu on t.$p_customer_key = cu.customer_key join address a on cu.address_key = a.address_key
where a.city <> t.bought_city and exists (select 1 from $other o where o.$q_customer_key = cu.customer_key and o.$q_$m > 5)
order by cu.last_name, t.ticket limit 100`,
	`with low as (select w.ware_name, i.item_key, c.month, stddev_samp(v.iy_quantity) as deviation, avg(v.iy_quantity) as mean
  from inventory v join item i on v.iy_item_key = i.item_key join ware w on v.iy_ware_key = w.ware_key join calendar c on v.iy_date_key = c.date_key
  where c.year = $n group by w.ware_name, i.item_key, c.month)
insert into report (ware, item, month, mean, spread)
select a.ware_name, a.item_key, a.month, a.mean, coalesce(case a.mean when 0 then null else a.deviation / a.mean end, 0)
from low a join low b on a.item_key = b.item_key and a.ware_name = b.ware_name and a.month + 1 = b.month
where a.mean > (select 1.2 * avg(mean) from low z where z.month = a.month) and b.deviation > 0`,
	`create table summary_$n as select coalesce(x.$d, y.$d) as $d, x.total as this_total, y.total as that_total, nullif(x.total, 0) / nullif(y.total, 0) as ratio,
  upper(x.best) as best, x.share
from (select i.$d, sum($p_$m) as total, max(i.brand) as best, 100 * sum($p_$m) / sum(sum($p_$m)) over (partition by i.class) as share
      from $fact join item i on $p_item_key = i.item_key where i.color like 'r%' group by i.$d, i.class) x
full join (select i.$d, sum($q_$m) as total from $other join item i on $q_item_key = i.item_key group by i.$d) y on x.$d = y.$d`,
}
