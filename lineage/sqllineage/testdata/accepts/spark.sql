INSERT OVERWRITE TABLE dwd.dwd_order_di PARTITION(dt='${bizdate}')
SELECT /*+ mapjoin(c) */ a.order_id, NVL(b.user_name,'-') AS user_name, c.city, COALESCE(a.amt, 0) amt, from_unixtime(unix_timestamp(a.ts, 'yyyyMMdd'), 'yyyy-MM-dd') AS day
  , collect_set(d.tag) OVER (PARTITION BY a.order_id) tags, concat_ws(',', sort_array(collect_list(a.x))) xs
FROM ods.ods_order a LEFT OUTER JOIN dim.dim_user b ON a.user_id = b.user_id AND b.dt = '${bizdate}'
LEFT JOIN (SELECT id, city FROM dim.dim_city WHERE dt = date_sub('${bizdate}', 1)) c ON a.city_id = c.id
LEFT SEMI JOIN ods.white w ON w.id = a.user_id
LATERAL VIEW OUTER explode(split(a.tags, '\\|')) d AS tag
WHERE a.dt = '${bizdate}' AND a.status rlike '^[0-9]+$' AND length(a.x) > 0
GROUP BY a.order_id, b.user_name, c.city, a.amt, a.ts, d.tag

create table if not exists db.t using iceberg partitioned by (days(ts), bucket(16, id)) tblproperties ('format-version'='2') as select * from db.s

alter table db.t add partition field bucket(8, x)

call cat.system.rewrite_data_files(table => 'db.t')

merge into db.t t using (select * from upd) u on t.id = u.id when matched and u.op = 'delete' then delete when matched then update set t.a = u.a when not matched then insert *

select * from db.t.snapshots

select * from db.t for version as of 1

insert into db.t select /*+ coalesce(1) */ * from x

delete from db.t where id in (select id from y)

alter table db.t write ordered by id

alter table t create branch b

drop table t purge
