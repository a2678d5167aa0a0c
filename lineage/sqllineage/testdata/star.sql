select i.$d, c.year, c.month, sum($p_$m) as total, avg($p_$m2) as mean, count(distinct cu.customer_key) as buyers
from $fact f join calendar c on f.$p_date_key = c.date_key join item i on f.$p_item_key = i.item_key
join customer cu on cu.customer_key = f.$p_customer_key left join promo p on p.promo_key = f.$p_promo_key
where c.year between $n and $n + 2 and i.list_price > 10 and (p.channel = 'web' or p.channel is null) and cu.segment in ('a', 'b', 'c')
group by i.$d, c.year, c.month having sum($p_$m) > 1000 order by total desc, i.$d limit 100;

with sales as (select i.item_key, i.$d, c.year, s.state, sum(f.$p_$m) as amount, sum(f.$p_$m - f.$p_$m2) as margin
  from $fact f, calendar c, item i, store s where f.$p_date_key = c.date_key and f.$p_item_key = i.item_key and f.$p_store_key = s.store_key and c.quarter = 2
  group by i.item_key, i.$d, c.year, s.state),
ranked as (select sales.*, rank() over (partition by state, year order by amount desc) as place,
    avg(amount) over (partition by $d, year) as typical, lag(amount) over (partition by item_key, state order by year) as before
  from sales)
select cur.$d, cur.state, cur.year, cur.amount, prev.amount as last_year, case when prev.amount > 0 then cur.amount / prev.amount else null end as growth,
  cur.typical, cur.place from ranked cur join ranked prev on cur.item_key = prev.item_key and cur.state = prev.state and cur.year = prev.year + 1
where cur.place <= 10 and cur.amount > cur.typical * 1.1 order by growth desc, 1, 2 limit 100;

select channel, $d, year, sum(amount) as amount, sum(units) as units, count(*) as lines from (
  select 'one' as channel, i.$d, c.year, $p_$m as amount, $p_quantity as units from $fact join item i on $p_item_key = item_key join calendar c on $p_date_key = date_key where $p_store_key is null
  union all
  select 'two' as channel, i.$d, c.year, $q_$m as amount, $q_quantity as units from $other join item i on $q_item_key = item_key join calendar c on $q_date_key = date_key where $q_store_key is null
) both_channels group by channel, $d, year order by channel, $d, year limit 100;

select cu.last_name, cu.first_name, a.city, t.bought_city, t.ticket, t.amount, t.profit from (
  select f.ticket, f.$p_customer_key, a2.city as bought_city, sum(f.$p_coupon) as amount, sum(f.$p_profit) as profit
  from $fact f join calendar c on f.$p_date_key = c.date_key join store s on f.$p_store_key = s.store_key join address a2 on a2.address_key = s.store_key
  where c.weekday in (1, 6, 0) and c.year in ($n, $n + 1, $n + 2) and s.city in ('Midway', 'Fairview')
  group by f.ticket, f.$p_customer_key, a2.city) t
join customer cu on t.$p_customer_key = cu.customer_key join address a on cu.address_key = a.address_key
where a.city <> t.bought_city and exists (select 1 from $other o where o.$q_customer_key = cu.customer_key and o.$q_$m > 5)
order by cu.last_name, t.ticket limit 100;

with low as (select w.ware_name, i.item_key, c.month, stddev_samp(v.iy_quantity) as deviation, avg(v.iy_quantity) as mean
  from inventory v join item i on v.iy_item_key = i.item_key join ware w on v.iy_ware_key = w.ware_key join calendar c on v.iy_date_key = c.date_key
  where c.year = $n group by w.ware_name, i.item_key, c.month)
insert into report (ware, item, month, mean, spread)
select a.ware_name, a.item_key, a.month, a.mean, coalesce(case a.mean when 0 then null else a.deviation / a.mean end, 0)
from low a join low b on a.item_key = b.item_key and a.ware_name = b.ware_name and a.month + 1 = b.month
where a.mean > (select 1.2 * avg(mean) from low z where z.month = a.month) and b.deviation > 0;

create table summary_$n as select coalesce(x.$d, y.$d) as $d, x.total as this_total, y.total as that_total, nullif(x.total, 0) / nullif(y.total, 0) as ratio,
  upper(x.best) as best, x.share
from (select i.$d, sum($p_$m) as total, max(i.brand) as best, 100 * sum($p_$m) / sum(sum($p_$m)) over (partition by i.class) as share
      from $fact join item i on $p_item_key = i.item_key where i.color like 'r%' group by i.$d, i.class) x
full join (select i.$d, sum($q_$m) as total from $other join item i on $q_item_key = i.item_key group by i.$d) y on x.$d = y.$d;

with yearly as (select cu.customer_key, cu.first_name, cu.last_name, cu.segment, c.year, sum(f.$p_list_amount - f.$p_discount_amount) as net, 'first' as channel
  from customer cu join $fact f on cu.customer_key = f.$p_customer_key join calendar c on f.$p_date_key = c.date_key
  group by cu.customer_key, cu.first_name, cu.last_name, cu.segment, c.year
  union all
  select cu.customer_key, cu.first_name, cu.last_name, cu.segment, c.year, sum(o.$q_list_amount - o.$q_discount_amount), 'second'
  from customer cu join $other o on cu.customer_key = o.$q_customer_key join calendar c on o.$q_date_key = c.date_key
  group by cu.customer_key, cu.first_name, cu.last_name, cu.segment, c.year)
select a2.customer_key, a2.first_name, a2.last_name, a2.segment, a2.net / nullif(a1.net, 0) as first_growth, b2.net / nullif(b1.net, 0) as second_growth
from yearly a1, yearly a2, yearly b1, yearly b2
where a1.customer_key = a2.customer_key and b1.customer_key = a1.customer_key and b2.customer_key = a1.customer_key
  and a1.channel = 'first' and a2.channel = 'first' and b1.channel = 'second' and b2.channel = 'second'
  and a1.year = $n and a2.year = $n + 1 and b1.year = $n and b2.year = $n + 1 and a1.net > 0 and b1.net > 0
  and case when a1.net > 0 then a2.net / a1.net else 0 end < case when b1.net > 0 then b2.net / b1.net else 0 end
order by a2.last_name, a2.first_name limit 100;

with back as (select r.$rp_customer_key as buyer, r.$rp_store_key as shop, sum(r.$rp_$m) as worth from $ret r join calendar c on r.$rp_date_key = c.date_key
  where c.year = $n group by r.$rp_customer_key, r.$rp_store_key)
select cu.customer_key, cu.last_name, s.name, b.worth, b.worth - (select avg(z.worth) from back z where z.shop = b.shop) as above
from back b join store s on s.store_key = b.shop join customer cu on cu.customer_key = b.buyer
where b.worth > (select 1.2 * avg(y.worth) from back y where y.shop = b.shop) and s.state = 'TN' order by cu.customer_key limit 100;

select i.sku, i.$d, i.class, sum(f.$p_$m) as earned, sum(f.$p_$m) * 100 / sum(sum(f.$p_$m)) over (partition by i.class) as share_of_class
from $fact f, item i, calendar c
where f.$p_item_key = i.item_key and i.category in ('Sports', 'Books', 'Home') and f.$p_date_key = c.date_key and c.day between '$n-02-22' and '$n-03-24'
group by i.sku, i.$d, i.class order by i.class, share_of_class desc limit 100;

select a.state, cu.segment, min(cu.birth_year) as oldest, max(cu.birth_year) as youngest, avg(cu.birth_year) as typical, count(distinct cu.email) as reachable
from customer cu join address a on cu.address_key = a.address_key
where exists (select 1 from $fact f join calendar c on f.$p_date_key = c.date_key where f.$p_customer_key = cu.customer_key and c.year = $n and c.quarter < 4)
  and (exists (select 1 from $other o join calendar k on o.$q_date_key = k.date_key where o.$q_customer_key = cu.customer_key and k.year = $n)
    or cu.customer_key in (select r.$rp_customer_key from $ret r where r.$rp_quantity > 2))
group by a.state, cu.segment order by 1, 2 limit 100;

select s.name, s.city,
  sum(case when c.weekday = 0 then f.$p_$m else null end) as sunday, sum(case when c.weekday = 1 then f.$p_$m else null end) as monday,
  sum(case when c.weekday = 2 then f.$p_$m else null end) as tuesday, sum(case when c.weekday = 3 then f.$p_$m else null end) as wednesday,
  sum(case when c.weekday = 4 then f.$p_$m else null end) as thursday, sum(case when c.weekday = 5 then f.$p_$m else null end) as friday,
  sum(case when c.weekday = 6 then f.$p_$m else null end) as saturday
from calendar c, $fact f, store s
where c.date_key = f.$p_date_key and s.store_key = f.$p_store_key and s.country = 'X' and c.year = $n
group by s.name, s.city order by s.name, s.city limit 100;

select up.place, best.sku as best_performing, worst.sku as worst_performing, up.item_key as best_key
from (select v.item_key, rank() over (order by v.typical asc) as place from
       (select $p_item_key as item_key, avg($p_$m) as typical from $fact where $p_store_key = 4 group by $p_item_key
        having avg($p_$m) > 0.9 * (select avg($p_$m2) from $fact where $p_store_key = 4 and $p_promo_key is null)) v) up
join (select w.item_key, rank() over (order by w.typical desc) as place from
       (select $p_item_key as item_key, avg($p_$m) as typical from $fact where $p_store_key = 4 group by $p_item_key) w) down on up.place = down.place
join item best on best.item_key = up.item_key join item worst on worst.item_key = down.item_key
where up.place < 11 order by up.place limit 100;

with lines as (select f.ticket, f.$p_item_key as item_key, f.$p_customer_key as buyer, f.$p_$m as sold, r.$rp_$m as returned,
    c.year as sold_year, k.year as back_year
  from $fact f left join $ret r on r.ticket = f.ticket and r.$rp_item_key = f.$p_item_key
  join calendar c on f.$p_date_key = c.date_key left join calendar k on r.$rp_date_key = k.date_key)
select l.sold_year, i.$d, sum(l.sold) as sold, sum(coalesce(l.returned, 0)) as returned, sum(l.sold - coalesce(l.returned, 0)) as kept,
  sum(coalesce(l.returned, 0)) / nullif(sum(l.sold), 0) as rate, max(l.back_year) as last_back
from lines l join item i on l.item_key = i.item_key
where l.sold_year between $n and $n + 1 group by l.sold_year, i.$d having sum(l.sold) > 100 order by rate desc limit 100;

select i.brand, i.category, c.quarter, s.state, sum(f.$p_$m) as amount, avg(f.$p_quantity) as pieces, count(*) as lines
from $fact f join calendar c on f.$p_date_key = c.date_key join item i on f.$p_item_key = i.item_key join store s on s.store_key = f.$p_store_key
where c.year = $n and s.state in ('TN', 'SD', 'AL')
group by rollup (i.brand, i.category, c.quarter, s.state) order by 1, 2, 3, 4 limit 100;

with both_ways as (select f.$p_customer_key as buyer, f.$p_item_key as item_key from $fact f join calendar c on f.$p_date_key = c.date_key where c.month between 1 and 6
  intersect
  select o.$q_customer_key, o.$q_item_key from $other o join calendar c on o.$q_date_key = c.date_key where c.month between 1 and 6)
select cu.segment, i.$d, count(distinct b.buyer) as buyers, min(cu.since) as earliest, max(i.list_price) as dearest
from both_ways b join customer cu on cu.customer_key = b.buyer join item i on i.item_key = b.item_key
group by cu.segment, i.$d order by buyers desc limit 100;

select a.zip, a.city, sum(f.$p_$m) as amount, max(i.list_price) as dearest
from $fact f, customer cu, address a, item i, calendar c
where f.$p_customer_key = cu.customer_key and cu.address_key = a.address_key and f.$p_item_key = i.item_key and f.$p_date_key = c.date_key
  and (substring(a.zip, 1, 5) in ('85669', '86197', '88274') or i.item_key in (select j.item_key from item j where j.color in ('red', 'teal')))
  and c.quarter = 2 and c.year = $n
group by a.zip, a.city order by a.zip, a.city limit 100;

with monthly as (select i.category, i.brand, s.name, s.city, c.year, c.month, sum(f.$p_$m) as amount,
    avg(sum(f.$p_$m)) over (partition by i.category, i.brand, s.name, s.city, c.year) as typical,
    rank() over (partition by i.category, i.brand, s.name, s.city order by c.year, c.month) as nth
  from item i join $fact f on f.$p_item_key = i.item_key join calendar c on f.$p_date_key = c.date_key join store s on f.$p_store_key = s.store_key
  where c.year = $n or c.year = $n - 1 and c.month = 12 or c.year = $n + 1 and c.month = 1
  group by i.category, i.brand, s.name, s.city, c.year, c.month),
beside as (select m.category, m.brand, m.name, m.year, m.month, m.typical, m.amount, lagging.amount as before, leading.amount as after
  from monthly m join monthly lagging on m.category = lagging.category and m.brand = lagging.brand and m.name = lagging.name and m.nth = lagging.nth + 1
  join monthly leading on m.category = leading.category and m.brand = leading.brand and m.name = leading.name and m.nth = leading.nth - 1)
select * from beside where year = $n and typical > 0 and abs(amount - typical) / typical > 0.1 order by amount - typical, 3 limit 100;

select s.name, i.sku, x.revenue, i.list_price, i.cost, i.$d
from store s, item i, (select y.shop, avg(y.revenue) as ave from (select $p_store_key as shop, $p_item_key as item_key, sum($p_$m) as revenue
    from $fact, calendar c where $p_date_key = c.date_key and c.year = $n group by $p_store_key, $p_item_key) y group by y.shop) t,
  (select $p_store_key as shop, $p_item_key as item_key, sum($p_$m) as revenue from $fact, calendar c
    where $p_date_key = c.date_key and c.year = $n group by $p_store_key, $p_item_key) x
where t.shop = x.shop and x.revenue <= 0.1 * t.ave and s.store_key = x.shop and i.item_key = x.item_key order by s.name, i.sku limit 100;

select w.ware_name, w.ware_city, c.year,
  sum(case when c.month = 1 then v.iy_quantity * v.iy_cost_amount else 0 end) as jan_worth, sum(case when c.month = 2 then v.iy_quantity * v.iy_cost_amount else 0 end) as feb_worth,
  sum(case when c.month = 3 then v.iy_quantity * v.iy_cost_amount else 0 end) as mar_worth, sum(case when c.month = 4 then v.iy_quantity * v.iy_cost_amount else 0 end) as apr_worth,
  sum(case when c.month = 1 then f.$p_$m / w.ware_key else 0 end) as jan_per_ware, sum(case when c.month = 2 then f.$p_$m / w.ware_key else 0 end) as feb_per_ware
from inventory v join ware w on v.iy_ware_key = w.ware_key join calendar c on v.iy_date_key = c.date_key
left join $fact f on f.$p_date_key = c.date_key and f.$p_ware_key = w.ware_key
where c.year = $n group by w.ware_name, w.ware_city, c.year order by w.ware_name limit 100;

select ranked.category, ranked.class, ranked.brand, ranked.amount, ranked.place from (
  select t.*, rank() over (partition by t.category order by t.amount desc) as place from (
    select i.category, i.class, i.brand, c.year, sum(coalesce(f.$p_$m * f.$p_quantity, 0)) as amount
    from $fact f join calendar c on f.$p_date_key = c.date_key join item i on f.$p_item_key = i.item_key where c.year between $n and $n + 1
    group by i.category, i.class, i.brand, c.year) t) ranked
where ranked.place <= 100 order by ranked.category, ranked.place limit 100;

with often as (select sub.item_key from (select f.$p_item_key as item_key, c.day, count(*) as times from $fact f join calendar c on f.$p_date_key = c.date_key
    where c.year in ($n, $n + 1) group by f.$p_item_key, c.day having count(*) > 4) sub),
peak as (select max(spent) as most from (select f.$p_customer_key as buyer, sum(f.$p_quantity * f.$p_$m) as spent from $fact f group by f.$p_customer_key) each_buyer),
best as (select f.$p_customer_key as buyer, sum(f.$p_quantity * f.$p_$m) as spent from $fact f group by f.$p_customer_key
  having sum(f.$p_quantity * f.$p_$m) > 0.95 * (select most from peak))
select cu.last_name, cu.first_name, sum(o.$q_quantity * o.$q_$m) as spent_elsewhere, max(b.spent) as spent_here
from $other o join best b on o.$q_customer_key = b.buyer join customer cu on cu.customer_key = b.buyer
where o.$q_item_key in (select item_key from often) group by cu.last_name, cu.first_name order by 1, 2 limit 100;

select x.sku, x.state, x.count_sold, x.mean_sold, x.spread_sold, x.spread_sold / nullif(x.mean_sold, 0) as variation, y.mean_back
from (select i.item_key, i.sku, s.state, count(f.$p_quantity) as count_sold, avg(f.$p_quantity) as mean_sold, stddev_samp(f.$p_quantity) as spread_sold
      from $fact f join item i on i.item_key = f.$p_item_key join store s on s.store_key = f.$p_store_key group by i.item_key, i.sku, s.state) x
left join (select r.$rp_item_key as item_key, avg(r.$rp_quantity) as mean_back from $ret r group by r.$rp_item_key) y on y.item_key = x.item_key
order by x.sku, x.state limit 100;

with totals as (select f.$p_item_key as item_key, sum(f.$p_$m) as amount, 'one' as channel from $fact f where f.$p_ware_key is null group by f.$p_item_key
  union all select o.$q_item_key, sum(o.$q_$m), 'two' from $other o where o.$q_ware_key is null group by o.$q_item_key
  union all select r.$rp_item_key, -sum(r.$rp_$m), 'back' from $ret r group by r.$rp_item_key)
select i.sku, i.$d, t.channel, t.amount, sum(t.amount) over (partition by i.$d order by t.amount desc rows between unbounded preceding and current row) as running,
  ntile(10) over (order by t.amount) as tenth
from totals t join item i on i.item_key = t.item_key where t.amount <> 0 order by i.sku, t.channel limit 100;

insert into report (ware, item, month, mean, spread)
select w.ware_name, i.item_key, c.month, avg(f.$p_$m), max(f.$p_$m) - min(f.$p_$m)
from $fact f join ware w on w.ware_key = f.$p_ware_key join item i on i.item_key = f.$p_item_key join calendar c on c.date_key = f.$p_date_key
where c.year = $n and not exists (select 1 from $ret r where r.ticket = f.ticket and r.$rp_item_key = f.$p_item_key)
group by w.ware_name, i.item_key, c.month;

create view slow_$n as select i.$d, i.sku as sku, stock.held, sold.gone, stock.held / nullif(sold.gone, 0) as months_left, coalesce(sold.last_day, stock.last_day) as last_day
from item i join (select v.iy_item_key as item_key, sum(v.iy_quantity) as held, max(c.day) as last_day from inventory v join calendar c on v.iy_date_key = c.date_key group by v.iy_item_key) stock
  on stock.item_key = i.item_key
left join (select f.$p_item_key as item_key, sum(f.$p_quantity) as gone, max(c.day) as last_day from $fact f join calendar c on f.$p_date_key = c.date_key
  where c.year = $n group by f.$p_item_key) sold on sold.item_key = i.item_key
where stock.held > 3 * coalesce(sold.gone, 0);

select p.promo_name, p.channel as medium, h.promoted, h.total, cast(h.promoted as decimal(15, 4)) / cast(h.total as decimal(15, 4)) * 100 as percentage
from promo p join (select f.$p_promo_key as promo_key, sum(case when q.discount > 0 then f.$p_$m end) as promoted, sum(f.$p_$m) as total
  from $fact f left join promo q on q.promo_key = f.$p_promo_key join calendar c on c.date_key = f.$p_date_key where c.year = $n and c.month = 11 group by f.$p_promo_key) h
  on h.promo_key = p.promo_key
where p.starts < '$n-12-01' order by percentage desc, p.promo_name limit 100;

select s.state, s.city, c.month, sum(f.$p_ship_cost) as shipping, sum(f.$p_profit) as earned,
  sum(case when r.ticket is null then f.$p_$m else 0 end) as kept, sum(f.$p_$m) filter (where i.color = 'blue') as blue
from $fact f join store s on s.store_key = f.$p_store_key join calendar c on c.date_key = f.$p_date_key join item i on i.item_key = f.$p_item_key
left join $ret r on r.ticket = f.ticket and r.line = f.line
where c.day between '$n-03-01' and '$n-05-01' and f.$p_ship_cost > 0 group by grouping sets ((s.state, s.city, c.month), (s.state), ()) order by 1, 2, 3 limit 100;

with recursive weeks as (select c.date_key, c.day, c.year, 1 as nth from calendar c where c.year = $n and c.weekday = 1 and c.month = 1
  union all select k.date_key, k.day, k.year, w.nth + 1 from weeks w join calendar k on k.date_key = w.date_key + 7 where w.nth < 53)
select w.day, w.year, i.$d, sum(f.$p_$m) as amount, sum(f.$p_quantity) as pieces
from weeks w join $fact f on f.$p_date_key between w.date_key and w.date_key + 6 join item i on i.item_key = f.$p_item_key
group by w.day, w.year, i.$d order by w.day limit 100;

select lower(cu.last_name) as last_name, upper(substring(cu.first_name, 1, 1)) as initial, coalesce(a.city, 'unknown') as city, latest.amount, latest.day
from customer cu left join address a on a.address_key = cu.address_key
join (select f.$p_customer_key as buyer, f.$p_$m as amount, c.day, row_number() over (partition by f.$p_customer_key order by c.day desc, f.ticket) as nth
  from $fact f join calendar c on c.date_key = f.$p_date_key) latest on latest.buyer = cu.customer_key and latest.nth = 1
where cu.birth_year < $n - 18 and cu.email like '%@%' order by 1, 2 limit 100;

select i.$d, here.amount as here, there.amount as there, back.amount as back, here.amount + there.amount - coalesce(back.amount, 0) as net
from item i
join (select $p_item_key as item_key, sum($p_$m) as amount from $fact where $p_date_key in (select date_key from calendar where year = $n) group by $p_item_key) here on here.item_key = i.item_key
join (select $q_item_key as item_key, sum($q_$m) as amount from $other where $q_date_key in (select date_key from calendar where year = $n) group by $q_item_key) there on there.item_key = i.item_key
left join (select $rp_item_key as item_key, sum($rp_$m) as amount from $ret where $rp_date_key in (select date_key from calendar where year = $n) group by $rp_item_key) back on back.item_key = i.item_key
order by net desc limit 100;

select visits.segment, visits.gmt_offset, count(*) as people, sum(visits.tickets) as tickets, avg(visits.spent) as spent, max(visits.spent) - min(visits.spent) as reach
from (select cu.customer_key, cu.segment, a.gmt_offset, count(distinct f.ticket) as tickets, sum(f.$p_$m) as spent
  from customer cu, address a, $fact f, calendar c, store s
  where cu.address_key = a.address_key and f.$p_customer_key = cu.customer_key and f.$p_date_key = c.date_key and s.store_key = f.$p_store_key
    and c.weekday between 1 and 5 and c.holiday = 'N' and (s.state = a.state or s.country <> a.country)
  group by cu.customer_key, cu.segment, a.gmt_offset having count(distinct f.ticket) between 2 and 20) visits
group by visits.segment, visits.gmt_offset order by people desc limit 100;

create table cohort_$n as
with first_seen as (select f.$p_customer_key as buyer, min(c.year * 12 + c.month) as born from $fact f join calendar c on c.date_key = f.$p_date_key group by f.$p_customer_key),
activity as (select distinct f.$p_customer_key as buyer, c.year * 12 + c.month as period from $fact f join calendar c on c.date_key = f.$p_date_key)
select s.born, a.period - s.born as age, count(distinct a.buyer) as active, max(cu.segment) as sample_segment, lead(max(a.period)) over (partition by s.born order by a.period - s.born) as following
from first_seen s join activity a on a.buyer = s.buyer join customer cu on cu.customer_key = s.buyer
group by s.born, a.period - s.born;

select distinct i.sku, i.size_name, i.list_price, w.ware_name, v.iy_quantity as held
from item i join inventory v on v.iy_item_key = i.item_key join ware w on w.ware_key = v.iy_ware_key join calendar c on c.date_key = v.iy_date_key
where (i.category = 'Women' and (i.color = 'powder' or i.color = 'khaki') and (i.size_name = 'medium' or i.size_name = 'extra large')
    or i.category = 'Men' and i.color in ('floral', 'deep') and i.size_name in ('petite', 'economy'))
  and i.item_key in (select f.$p_item_key from $fact f group by f.$p_item_key having sum(f.$p_$m) > 0)
  and v.iy_quantity between 100 and 500 and c.day > '$n-01-01' order by i.sku, held limit 100;
