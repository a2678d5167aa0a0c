/* nightly load: orders */
create or replace transient table ANALYTICS.CORE.FCT_ORDERS cluster by (to_date(order_ts)) data_retention_time_in_days = 1 as
with src as (
    select o.$1:order_id::number(38,0) as order_id, o.raw:"Customer"."Id"::string as customer_id,
           try_to_timestamp_ntz(o.raw:ts::varchar) as order_ts, f.index as line_no, f.value['sku']::string sku, f.value:qty::int as qty
    from RAW.SHOP.ORDERS_JSON o, lateral flatten(input => o.raw:lines, outer => true, mode => 'ARRAY') f
    where o.raw:status <> 'test' -- skip tests
), dedup as (select * from src qualify row_number() over (partition by order_id, line_no order by order_ts desc nulls last) = 1)
select d.*, c.name as customer_name, iff(c.vip, 'Y', 'N') as vip_flag
from dedup d left join CORE.DIM_CUSTOMER c on c.customer_id = d.customer_id

create or replace task ops.load_task warehouse = compute_wh schedule = 'USING CRON 0 9-17 * * SUN America/Los_Angeles' user_task_timeout_ms = 10000 allow_overlapping_execution = false when system$stream_has_data('orders_stream') as merge into dwh.orders t using (select * from orders_stream where metadata$action = 'INSERT') s on t.id = s.id when matched and s.metadata$isupdate then update set amount = s.amount, updated_at = current_timestamp() when not matched then insert (id, amount, updated_at) values (s.id, s.amount, sysdate())

create or replace task t2 after t1, t0 as begin
  insert into a select x from b;
  let c := sqlrowcount;
  call log_it(:c);
exception when other then
  insert into err (msg) values (:sqlerrm);
end;

copy into my_db.my_schema.t (id, name, loaded_at, fname) from (select $1, t.$2, current_timestamp, metadata$filename from @my_db.my_schema.%t/staged/ t) file_format = (format_name = 'my_csv') pattern = '.*sales.*[.]csv' on_error = 'skip_file_10%' purge = true force = true

copy into @%t from t file_format = (type = parquet) header = true overwrite = true

copy into 's3://mybucket/unload/' from (select id, amt from mydb.public.sales) storage_integration = myint partition by ('date=' || to_varchar(dt)) file_format = (type = parquet) max_file_size = 32000000

copy into @~/x/y.csv.gz from (select object_construct(*) from t1) file_format = (type = json)

copy into t from s3://bucket/path credentials=(aws_key_id='x' aws_secret_key='y') files = ('a.csv', 'b.csv') match_by_column_name = case_insensitive

insert overwrite all
  when amount > 1000 and region = 'EU' then into big_eu (id, amt) values (oid, amount) into audit_t
  when amount > 1000 then into big
  else into small
select oid, amount, region from raw_orders

insert all into t1 into t1 (c1, c2, c3) values (n2, n1, default) into t2 (c1, c2, c3) values (n3, n2, n1) select n1, n2, n3 from src

select * from sales at(offset => -60*5) as s where s.id in (select id from sales before(statement => '8e5d0ca9-005e-44e6-b858-a8f5b37c5726'))

select t.$1, t.$2 from values (1, 'a'), (2, 'b') as t

select column1 as id, column2 as nm from (values (1, 'one'), (2, 'two')) where column1 > 1

select seq4() as n, uniform(1, 10, random()) u from table(generator(rowcount => 100)) v

select * from employees start with title = 'President' connect by manager_id = prior employee_id order by employee_id

select sys_connect_by_path(title, ' -> ') p, employee_id, connect_by_root title as root from employees start with title = 'President' connect by prior employee_id = manager_id

select * from stock_price_history match_recognize(partition by company order by price_date measures match_number() as match_number, first(price_date) as start_date, last(price_date) as end_date, count(*) as rows_in_sequence, count(row_with_price_decrease.*) as num_decreases one row per match after match skip to last row_with_price_increase pattern(row_before_decrease row_with_price_decrease+ row_with_price_increase+) define row_with_price_decrease as price < lag(price), row_with_price_increase as price > lag(price)) order by company, match_number

select * from quarterly_sales pivot(sum(amount) for quarter in (any order by quarter)) order by empid

select * from quarterly_sales pivot(sum(amount) for quarter in ('2023_Q1' as q1, '2023_Q2' as q2) default on null (0)) as p (empid_renamed, q1, q2)

select * from monthly_sales unpivot include nulls (sales for month in (jan as 'January', feb, mar))

with cte as (select a from t1 union all by name select a from t2) select * exclude (b) rename (a as z) from cte

select t1.*  ilike '%id%' exclude (x), t2.* replace (upper(nm) as nm) from t1 join t2 using (id)

select a.id, b.val from t1 a asof join t2 b match_condition (a.ts >= b.ts) on a.k = b.k

select * from table(information_schema.query_history(dateadd('hours',-1,current_timestamp()),current_timestamp())) order by start_time

select * from table(result_scan(last_query_id())) where "status" = 'x'

select * from table(my_udtf(t.a)) f, t

select t.id, u.out_col from t, table(my_db.public.my_udtf(t.a, t.b) over (partition by t.id order by t.ts)) u

select * from snowflake.account_usage.query_history q where q.start_time > dateadd(day, -7, current_date) limit 10

select listagg(distinct name, ', ') within group (order by name) over (partition by dept) as names, approx_percentile(x, 0.5) med, median(y), mode(z), hash_agg(*), count_if(a > 1), array_agg(object_construct(*)) from emp

select a, filter(arr, x -> x:v > 1) as f, transform(arr, (x int) -> x + a) as tr, reduce(arr, 0, (acc, val) -> acc + val) r from t

select src:a.b[0].c::string, src['a']['b'][0]::number, src:"A B".c, get_path(src, 'x.y'), src:v.w:z from car_sales

select id from a minus select id from b

update t set a = s.a, t.b = s.b + t.b from s, u where t.id = s.id and u.k = s.k

delete from t using s, (select id from z) q where t.id = s.id and q.id = s.id

create or replace dynamic table d (a, b) target_lag = '5 minutes' warehouse = wh refresh_mode = auto initialize = on_create as select a, count(*) b from x group by 1

create or replace materialized view mv cluster by (a) comment='x' as select a, sum(b) as sb from t group by a

create or replace secure view v (id comment 'identifier', "Name" with masking policy mp using (name, id)) copy grants comment = 'hello' as select id, nm from base

create or replace view v as select * from a.b.c with no schema binding

create or replace temporary table tmp like other;
insert into tmp select * from src;
create table final as select a, b from tmp;

create table t_clone clone src at (timestamp => to_timestamp_tz('04/05/2013 01:02:03', 'mm/dd/yyyy hh24:mi:ss'));

create or replace external table et (c varchar as (value:c1::varchar), d date as (value:c2::date)) partition by (d) location = @my_stage/path/ auto_refresh = true file_format = (type = parquet)

create iceberg table my_iceberg (a int) external_volume = 'v' catalog = 'SNOWFLAKE' base_location = 'x/y'

alter table if exists a swap with b

alter table t add column if not exists z int default 1, drop column y, rename column q to r, cluster by (a), set data_retention_time_in_days = 3

truncate table if exists t

execute immediate $$
declare
  res resultset default (select price from invoices);
  c1 cursor for res;
  total number default 0;
begin
  for rec in c1 do
    total := total + rec.price;
  end for;
  insert into totals (v) select :total;
  return total;
end;
$$

execute immediate 'create or replace table x as select a from y'

declare
  sql_text varchar;
begin
  sql_text := 'insert into ' || 'tgt' || ' select c from src';
  execute immediate :sql_text;
end;

set tbl = 'db.s.t'; select a from identifier($tbl); insert into identifier($tbl) (a) select b from z

select a from identifier('db.s.t') where x = $1

select * from table('db.s.t')

call my_proc(1, 'x')->>select * from $1

show tables like 'a%' ->> select "name" from $1 where "rows" > 0

with x as procedure (a int) returns int language sql as $$ begin return 1; end; $$ call x(1)

create or replace function f(a number, b varchar) returns table (x number, y varchar) language sql as $$ select t.x, t.y from tt t where t.a = a $$

create or replace function area(r float) returns float as 'pi() * r * r'

create or replace procedure p(d date) returns varchar language javascript execute as caller as $$ var s = snowflake.createStatement({sqlText: "insert into t select * from s"}); s.execute(); return 'ok'; $$

create or replace procedure p() returns string language python runtime_version = '3.8' packages = ('snowflake-snowpark-python') handler = 'run' as $$
def run(session):
    session.sql("select 1").collect()
$$

select system$typeof(x), t.* from (select parse_json('{"a":1}') x) t

select * from t sample bernoulli (10) seed (1) join u tablesample system (5 percent) on t.i = u.i

select a, b from t group by grouping sets ((a), (b), ()), rollup(a, b) having count(*) > (select max(lim) from cfg) limit 10 offset 5

select top 10 a from t order by all

create or replace alert al warehouse = w schedule = '1 minute' if (exists (select g from gauge where g > 200)) then insert into gauge_history values (current_timestamp())

select ai_complete('model', concat('x', review)) as r, snowflake.cortex.sentiment(txt) s from reviews

select * from semantic_view(sv dimensions c.name metrics o.total where c.x > 1)

merge into t using s on t.id=s.id when matched then update all by name when not matched then insert all by name

select * from (select * from t1 natural full outer join t2) as x(a,b,c)

from t select a, b where c > 1

create or replace row access policy rap as (region varchar) returns boolean -> exists (select 1 from sec.map m where m.r = region)

insert into t (a, b) select $1, $2 from @stage/file.csv.gz (file_format => 'ff');

undrop table t

drop table if exists a cascade

drop view v

drop schema s

drop database d

use role r; use warehouse w; use database d; use schema d.s; use secondary roles all;
select a from t

begin transaction name t1

insert into a select x from b

commit work

select object_construct_keep_null(*) o, {*} as p, {'a': x, 'b': y} as q, [x, y] as arr, {t.* exclude x} as r from t

select a as "select", "from".b as "group", c "order" from "from" join "Mixed Case"."T" on 1=1

select * from directory(@st)

list @st

get @st file:///tmp

put file:///tmp/x.csv @st auto_compress=true

remove @st/x

select date_trunc(month, d) m, d::date - interval '1 day' as y, d at time zone 'UTC' from t where d between '2020-01-01' and current_date() and rlike(a, 'x') and a like any ('%x', '%y') and b ilike all ('q') escape '!' and c not in (select c from u)

select 1 from t where a = 'it''s' and b = $$x$$ and c = 'a\'b'; insert into db..t select * from db.public."Weird ""Name"""

create or replace temporary table a as select 1 x

create or replace table b as select x from a

alter table b rename to db.s.c

select * from c

insert into t (a) select parse_json(column1) from values ('{}'); insert into t values (1, current_timestamp()), (2, null); insert into t select $1, $2 from (values (1, 2))

update t set a = b.x from (select id, max(x) x from s group by 1) b where t.id = b.id and exists (select 1 from k where k.id = t.id)

create or replace view v as with recursive r as (select id, pid, 1 as lvl from n where pid is null union all select n.id, n.pid, r.lvl + 1 from n join r on n.pid = r.id) select id, lvl from r

select a, sum(b) over (partition by c order by d rows between unbounded preceding and current row) s, ratio_to_report(b) over (partition by c) r, conditional_true_event(e) over (order by f) g, first_value(h) ignore nulls over (order by i) fv from t

select * from a inner join b on a.id = b.id and b.d between a.s and a.e left outer join lateral (select max(z) mz from c where c.id = a.id) l

copy into t from (select $1:a::int, $1:b.c::string, metadata$file_row_number from '@db.s.st/x/y' (file_format => ff, pattern => '.*') s) on_error = continue

merge into t using (select distinct id, v from s) s on t.id = s.id when matched and s.v is null then delete when matched and t.v <> s.v then update set t.v = s.v, t.n = t.n + 1, t.u = current_timestamp when not matched then insert (id, v) values (s.id, s.v)

execute immediate $$ begin create or replace table x as select a from y; return 'ok'; end $$

begin let x int := 1

if (x > 0) then insert into t select a from s

elseif (x = 0) then delete from u

else update w set a = 1

end if

for i in 1 to 10 do insert into z values (:i)

end for

let c1 cursor for select id, nm from q

open c1

fetch c1 into a1, b1

insert into o (id, nm) values (:a1, :b1)

close c1

end

create procedure p() returns string language javascript as 'return 1'; call p(); create or replace function js(a float) returns float language javascript as 'return A;'; select js(x) from t

select object_agg(k, v) o, array_unique_agg(a), max_by(a, b), approx_top_k(c), hll(d), bitor_agg(e), grouping_id(a), width_bucket(f, 1, 2, 3), regexp_substr(g, 'x', 1, 1, 'e'), h::variant:a, try_to_date(i), coalesce(j, k), nvl2(l, m, n), div0(o1, p1), greatest(q, r), md5(s), st_makepoint(x, y), array_size(z), datediff('day', d1, d2), dateadd(month, 1, d3), last_day(d4, 'week'), extract(year from d5), position('a' in s1), trim(both from s2), get(o2, 'x')::int, o3['a'].b from t group by all

CREATE OR REPLACE PROCEDURE load_all(p_date DATE DEFAULT CURRENT_DATE(), tbl VARCHAR)
RETURNS TABLE ()
LANGUAGE SQL
EXECUTE AS CALLER
AS
$$
DECLARE
  v_cnt INTEGER DEFAULT 0;
  rs RESULTSET;
  stmt STRING DEFAULT 'SELECT a, b FROM raw.t WHERE d = ?';
  cur CURSOR FOR SELECT table_name FROM information_schema.tables;
BEGIN
  BEGIN TRANSACTION;
  DELETE FROM mart.f WHERE d = :p_date;
  INSERT INTO mart.f (d, x) SELECT :p_date, x FROM raw.s WHERE d = :p_date;
  v_cnt := SQLROWCOUNT;
  COMMIT;
  FOR row_variable IN cur DO
    EXECUTE IMMEDIATE 'GRANT SELECT ON ' || row_variable.table_name || ' TO ROLE r';
  END FOR;
  rs := (EXECUTE IMMEDIATE :stmt USING (p_date));
  LET q := 'INSERT INTO ' || :tbl || ' SELECT * FROM raw.z';
  EXECUTE IMMEDIATE :q;
  CASE (v_cnt) WHEN 0 THEN RETURN 'none'; ELSE NULL; END;
  WHILE (v_cnt > 0) DO v_cnt := v_cnt - 1; END WHILE;
  REPEAT v_cnt := v_cnt + 1; UNTIL (v_cnt > 3) END REPEAT;
  LOOP BREAK; END LOOP;
  RETURN TABLE(rs);
EXCEPTION
  WHEN STATEMENT_ERROR THEN ROLLBACK; RETURN OBJECT_CONSTRUCT('e', SQLERRM);
  WHEN OTHER THEN RAISE;
END;
$$;

create or replace table t (id number autoincrement start 1 increment 1, v variant, primary key (id), constraint fk foreign key (v) references o (id)) cluster by (id) comment = 'x' with tag (a = 'b');
create or replace table t2 using template (select array_agg(object_construct(*)) from table(infer_schema(location=>'@st/', file_format=>'ff')));
alter table t modify column v set masking policy mp; alter table t add search optimization on equality(v); alter warehouse w set warehouse_size = 'LARGE'; alter task t resume; alter pipe p refresh; alter session set query_tag = 'x'; create or replace stage st url='s3://b/p' storage_integration = si file_format=(type=csv); create file format ff type = csv; create sequence sq start = 1; grant usage on database d to role r; describe table t; show grants; comment on table t is 'x'; create or replace share s; create masking policy mp as (v string) returns string -> case when current_role() in ('A') then v else sha2(v) end; create or replace network policy np allowed_ip_list = ('1.1.1.1'); create or replace streamlit s root_location = '@x' main_file = 'y'; create notification integration n type = queue; create external function f(a int) returns variant api_integration = x as 'https://y'; create tag t; create database d clone e; create schema s clone t; drop task t; execute task t; set (a, b) = (1, 'x'); unset a; call system$wait(1); create or replace stream s on view v append_only = true at (offset => 0); alter dynamic table d suspend; create or replace event table e; create or replace git repository g origin = 'x'; create or replace secret s type = password username = 'x' password = 'y'; create cortex search service css on txt attributes a warehouse = w target_lag = '1 day' as (select txt, a from docs); create semantic view sv tables (t) dimensions (t.a as x); explain using text select a from t; alter account set x = 1; create resource monitor r with credit_quota = 1; create application a; create compute pool p; create service s in compute pool p from specification $$ x $$; rm @x; ls @y;

select * from t1 left join t2 using (id) where t1.x ilike any ('a%') qualify count(*) over (partition by t1.y) > 1 order by 1 nulls first limit 10

select a.*, b.c:d::string, b.c[0]:e, flatten_val.value, seq from a, b, lateral flatten(input => parse_json(b.arr)) flatten_val, table(split_to_table(a.s, ',')) st

create function area(r float) returns float as 'pi() * r * r'; create function ft(d date) returns table (x number, y varchar) as 'select p, q from s where dt = d'; select area(w.rad), z.x from w, table(ft(w.day)) z
