SET hive.exec.dynamic.partition.mode=nonstrict;
USE mart;
ADD JAR hdfs:///x/udf.jar; CREATE TEMPORARY FUNCTION f AS 'com.x.F';
FROM (SELECT a, b, c FROM src WHERE dt = '${hiveconf:dt}') t INSERT OVERWRITE TABLE x PARTITION (dt = '1', hr) SELECT a, b, c WHERE c > 1 INSERT INTO TABLE y SELECT DISTINCT a INSERT OVERWRITE DIRECTORY '/tmp/z' ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' SELECT b GROUP BY b

CREATE EXTERNAL TABLE IF NOT EXISTS db.t (a INT COMMENT 'x', b MAP<STRING, ARRAY<STRUCT<c:INT,d:STRING>>>) COMMENT 'y' PARTITIONED BY (dt STRING) CLUSTERED BY (a) SORTED BY (a ASC) INTO 32 BUCKETS SKEWED BY (a) ON (1, 2) STORED AS DIRECTORIES ROW FORMAT SERDE 'org.x' WITH SERDEPROPERTIES ('a' = 'b') STORED AS INPUTFORMAT 'x' OUTPUTFORMAT 'y' LOCATION 'hdfs:///a/b' TBLPROPERTIES ('transactional' = 'true')

CREATE TABLE t STORED AS ORC TBLPROPERTIES ('orc.compress' = 'SNAPPY') AS SELECT a, count(DISTINCT b) cnt FROM s GROUP BY a

CREATE TEMPORARY TABLE tt LIKE t

CREATE TABLE t2 ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' LINES TERMINATED BY '\n' STORED AS TEXTFILE AS SELECT * FROM u

CREATE TABLE h STORED BY 'org.apache.hadoop.hive.hbase.HBaseStorageHandler' WITH SERDEPROPERTIES ('hbase.columns.mapping' = ':key') AS SELECT 1

FROM (FROM src MAP src.a, src.b USING 'm.py' AS (k, v) CLUSTER BY k) mo INSERT OVERWRITE TABLE o REDUCE mo.k, mo.v USING 'r.py' AS (d, c)

SELECT TRANSFORM (a, b) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' USING '/bin/cat' AS (x INT, y STRING) ROW FORMAT SERDE 'z' FROM t; ADD FILE x.py

LOAD DATA LOCAL INPATH '/x/y' OVERWRITE INTO TABLE t PARTITION (dt = '1'); LOAD DATA INPATH 'hdfs://a' INTO TABLE u; EXPORT TABLE t PARTITION (a = 1) TO '/exp/x' FOR REPLICATION('x'); IMPORT EXTERNAL TABLE t FROM '/exp/x' LOCATION '/y'; IMPORT FROM '/z'

INSERT INTO TABLE t PARTITION (dt) (a, dt) VALUES (1, 'x'), (2, 'y'); INSERT INTO t TABLE u; INSERT OVERWRITE TABLE t SELECT * FROM (SELECT a FROM x UNION ALL SELECT b FROM y) z

MERGE INTO c AS t USING s ON t.id = s.id WHEN MATCHED AND s.x THEN UPDATE SET a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.a); UPDATE t SET a = b WHERE c; DELETE FROM t WHERE a IN (SELECT b FROM u)

SELECT a.id, b.v FROM a LEFT SEMI JOIN c ON a.id = c.id JOIN b ON (a.id = b.id AND b.dt = '${dt}') LATERAL VIEW explode(split(a.tags, ',')) e AS tag LATERAL VIEW OUTER inline(array(struct(1, 2))) i AS p, q WHERE a.x RLIKE 'y' AND a.dt IN (SELECT max(dt) FROM d) GROUP BY a.id, b.v GROUPING SETS (a.id, (a.id, b.v)) HAVING count(*) > 1 DISTRIBUTE BY a.id SORT BY b.v

SELECT tbl.`(ds|hr)?+.+` FROM tbl

SELECT `a.b` FROM t TABLESAMPLE (BUCKET 3 OUT OF 32 ON rand()) s

SELECT a FROM t TABLESAMPLE (100M)

SELECT a, GROUPING__ID, INPUT__FILE__NAME FROM t GROUP BY a WITH CUBE

SELECT a FROM t LIMIT 5, 10

SELECT * FROM t1 JOIN t2 USING (id) CROSS JOIN t3

select a from t where unix_timestamp(b,'yyyy') > 1 and !c and d == 1 and e <=> f

CREATE VIEW v (a, b COMMENT 'x') COMMENT 'y' PARTITIONED ON (b) TBLPROPERTIES ('a' = 'b') AS SELECT a, b FROM t

ALTER VIEW v AS SELECT c FROM d

CREATE MATERIALIZED VIEW mv DISABLE REWRITE PARTITIONED ON (x) STORED AS ORC AS SELECT x FROM t

ALTER MATERIALIZED VIEW mv REBUILD

ALTER TABLE t ADD IF NOT EXISTS PARTITION (dt = '1') LOCATION '/x' PARTITION (dt = '2'); ALTER TABLE t DROP PARTITION (dt < '1') PURGE; ALTER TABLE t EXCHANGE PARTITION (dt = '1') WITH TABLE u; ALTER TABLE t PARTITION (a = 1) RENAME TO PARTITION (a = 2); ALTER TABLE t RENAME TO u; ALTER TABLE t CHANGE COLUMN a b INT AFTER c; ALTER TABLE t REPLACE COLUMNS (a INT); ALTER TABLE t SET SERDE 'x'; ALTER TABLE t CONCATENATE; ALTER TABLE t COMPACT 'major'; MSCK REPAIR TABLE t SYNC PARTITIONS; ANALYZE TABLE t PARTITION (dt) COMPUTE STATISTICS NOSCAN; SHOW PARTITIONS t; DESCRIBE FORMATTED t a; SHOW CREATE TABLE t; CREATE DATABASE d LOCATION 'x' WITH DBPROPERTIES ('a' = 'b'); DROP DATABASE d CASCADE; DROP TABLE t PURGE; TRUNCATE TABLE t PARTITION (a = 1); CREATE INDEX i ON TABLE t (a) AS 'COMPACT' WITH DEFERRED REBUILD; CREATE ROLE r; GRANT ALL ON TABLE t TO USER u; SHOW LOCKS; LOCK TABLE t SHARED; UNLOCK TABLE t; RELOAD FUNCTION; DFS -ls /x; !ls; SOURCE x.hql; CREATE MACRO m(x DOUBLE) x * 2; CREATE FUNCTION d.f AS 'x' USING JAR 'y'; START TRANSACTION; COMMIT; ABORT TRANSACTIONS 1; REPL DUMP d; EXPLAIN FORMATTED SELECT a FROM t; KILL QUERY 'x'; CREATE SCHEDULED QUERY q CRON '0 0 * * * ?' AS INSERT INTO t SELECT a FROM s; CREATE RESOURCE PLAN p; ALTER RESOURCE PLAN p ACTIVATE; EXPLAIN AUTHORIZATION SELECT 1; CREATE REMOTE DATABASE d USING c; WITH q AS (SELECT 1 a) INSERT INTO t SELECT * FROM q; DELETE JAR x; LIST JARS; RESET;

WITH q1 AS (SELECT key FROM src WHERE key = '5') FROM q1 INSERT OVERWRITE TABLE s1 SELECT *; CREATE TABLE s2 AS WITH q1 AS (SELECT key FROM src) SELECT * FROM q1; INSERT OVERWRITE TABLE a SELECT ROW_NUMBER() OVER (PARTITION BY b ORDER BY c) r, percentile_approx(d, 0.5), collect_set(e)[0], str_to_map(f)['x'], named_struct('a', g).a, h.i.j, CASE k WHEN 1 THEN l END, if(m, n, o), nvl(p, q), cast(r as decimal(10,2)), date_sub(current_date, 1), get_json_object(s, '$.a'), reflect('x', 'y', t) FROM z

INSERT OVERWRITE TABLE ${hivevar:db}.t PARTITION(dt='${hiveconf:d}') SELECT /*+ MAPJOIN(b) */ a.* FROM ${hivevar:db}.a a JOIN b ON a.id=b.id AND b.dt='$day' WHERE a.dt=${dt}

EXPLAIN SELECT 1; from t select a, b; from a join b on a.id = b.id select a.x where b.y > 1

insert overwrite table t partition (dt) select a, b, dt from (select a, b, dt, row_number() over (distribute by a sort by b desc) rn from s) x where rn = 1; insert into t2 select * from t3 lateral view json_tuple(js, 'a', 'b') j as ja, jb; create table t4 like t5 stored as orc location '/x'; with a as (select 1 x), b as (select x from a) insert overwrite table t6 select x from b

from t a join u b on a.id = b.id insert overwrite table x select a.v, b.w where a.k > 1 insert overwrite local directory '/l' select a.v group by a.v
