MERGE WITH SCHEMA EVOLUTION INTO main.sales.tgt AS t USING (SELECT *, row_number() OVER (PARTITION BY id ORDER BY ts DESC) rn FROM main.stg.src WHERE _change_type != 'update_preimage') s ON t.id = s.id WHEN MATCHED AND s.op = 'D' THEN DELETE WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT * WHEN NOT MATCHED BY SOURCE THEN UPDATE SET t.active = false

MERGE INTO delta.`/mnt/x/tgt` t USING parquet.`s3://b/src` s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.a = s.a, t.b = s.b + t.b WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)

COPY INTO main.raw.t FROM (SELECT _c0::int AS id, _c1 nm, _metadata.file_path fp FROM 'abfss://c@a.dfs.core.windows.net/x/') FILEFORMAT = CSV PATTERN = '*.csv' FORMAT_OPTIONS ('header' = 'true', 'mergeSchema' = 'true') COPY_OPTIONS ('mergeSchema' = 'true')

COPY INTO delta.`/x/t` FROM '/y/z' FILEFORMAT = JSON FILES = ('a.json')

CREATE OR REFRESH STREAMING TABLE bronze (CONSTRAINT ok EXPECT (id IS NOT NULL) ON VIOLATION DROP ROW) COMMENT 'x' TBLPROPERTIES ('quality' = 'bronze') AS SELECT *, _metadata.file_name fn FROM STREAM read_files('/Volumes/a/b/', format => 'json', schemaHints => 'id int')

CREATE OR REFRESH LIVE TABLE silver AS SELECT a, count(*) n FROM STREAM(LIVE.bronze) WATERMARK ts DELAY OF INTERVAL 10 MINUTES GROUP BY a, window(ts, '5 minutes')

CREATE OR REPLACE MATERIALIZED VIEW mv (a COMMENT 'x', b) SCHEDULE CRON '0 0 * * * ?' AS SELECT a, b FROM t

APPLY CHANGES INTO LIVE.tgt FROM STREAM(LIVE.src) KEYS (id) APPLY AS DELETE WHEN op = 'D' SEQUENCE BY ts COLUMNS * EXCEPT (op, ts) STORED AS SCD TYPE 2

CREATE FLOW f AS INSERT INTO tgt BY NAME SELECT * FROM STREAM(src)

CREATE FLOW f AS AUTO CDC INTO tgt FROM stream(src) KEYS (id) SEQUENCE BY ts

INSERT INTO t REPLACE WHERE dt = '2020-01-01' SELECT * FROM s

INSERT OVERWRITE t PARTITION (dt = '2020', hr) IF NOT EXISTS SELECT a, b, hr FROM s

INSERT INTO TABLE t BY NAME SELECT a, b FROM s

INSERT INTO t (a, b) TABLE s

INSERT INTO t FROM s SELECT a

INSERT INTO t REPLACE USING (a) SELECT a FROM s

INSERT WITH SCHEMA EVOLUTION INTO t SELECT 1

INSERT OVERWRITE LOCAL DIRECTORY '/tmp/x' USING parquet OPTIONS (compression 'snappy') SELECT a FROM t; INSERT OVERWRITE DIRECTORY USING csv OPTIONS ('path' '/tmp/y') SELECT a FROM t

SELECT /*+ BROADCAST(b), REPARTITION(3) */ a.id, b.nm FROM t1 a LEFT ANTI JOIN t2 x ON a.id = x.id INNER JOIN t3 b ON a.id <=> b.id CROSS JOIN LATERAL (SELECT max(z) mz FROM t4 WHERE t4.id = a.id) l

SELECT id, k, v, pos FROM t LATERAL VIEW OUTER posexplode(split(tags, ',')) e AS pos, tag LATERAL VIEW explode(map_col) m AS k, v LATERAL VIEW inline(structs) i LATERAL VIEW json_tuple(js, 'a', 'b') j AS ja, jb LATERAL VIEW stack(2, 'x', c1, 'y', c2) s AS sk, sv

SELECT explode(arr) AS x, posexplode(b) AS (p, q), inline(c), stack(2, d, e), from_json(f, 'a INT').a, g:h.i[0].j::string, element_at(m, 'k'), m['k'], s.x.y, transform(arr, x -> x + n), filter(arr, (x, i) -> x > i), aggregate(arr, 0, (acc, x) -> acc + x, acc -> acc * 2), named_struct('a', u, 'b', w), map(k1, v1), collect_list(struct(a, b)), try_cast(q1 AS int), sha2(r1, 256), CAST(a AS STRUCT<x: INT, y: ARRAY<STRING>>), any_value(b) FILTER (WHERE c1 > 1), INTERVAL 3 DAYS, date'2020-01-01', X'1F', 10L, 2.5BD FROM t

SELECT * FROM t VERSION AS OF 3

SELECT * FROM t TIMESTAMP AS OF '2020-01-01' x

SELECT * FROM t@v12

SELECT * FROM delta.`/x/y@v1`

SELECT * FROM table_changes('db.t', 2, 5)

SELECT * FROM db.t.history

SELECT * FROM system.access.audit

SELECT a, b FROM VALUES (1, 'x'), (2, 'y') AS v(a, b)

SELECT * FROM range(1, 10) r

TABLE t1

VALUES (1), (2)

FROM t SELECT a, b WHERE c > 1

SELECT * FROM json.`/a/b.json` j

SELECT * FROM read_kafka(bootstrapServers => 'x', subscribe => 'y')

SELECT * FROM csv.`dbfs:/x`

SELECT * FROM (SELECT yr, q, amt FROM s) PIVOT (sum(amt) AS s, avg(amt) a FOR q IN (1 AS q1, 2 q2)); SELECT * FROM t UNPIVOT INCLUDE NULLS (v FOR k IN (a AS `A`, b, c)); SELECT * FROM s PIVOT (sum(amt) FOR (y, q) IN ((2020, 1) AS a, (2021, 2) AS b))

SELECT a, sum(b) FROM t GROUP BY a WITH ROLLUP

SELECT a FROM t GROUP BY GROUPING SETS ((a), ()) HAVING count(1) > 1 QUALIFY rank() OVER (ORDER BY a) = 1 CLUSTER BY a

SELECT a FROM t DISTRIBUTE BY b SORT BY c DESC LIMIT ALL

SELECT a FROM t1 MINUS SELECT a FROM t2

SELECT TRANSFORM (a, b) USING 'python x.py' AS (c STRING, d) FROM t

SELECT * FROM t TABLESAMPLE (10 PERCENT) REPEATABLE (1) WHERE a RLIKE 'x' AND b LIKE ALL ('q', 'w')

SELECT * EXCEPT (a) FROM t

SELECT a FROM t1 NATURAL LEFT JOIN t2

CREATE TABLE IF NOT EXISTS c.s.t (id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 1), s STRUCT<a: INT, b: STRING COMMENT 'x'>, d DATE GENERATED ALWAYS AS (CAST(ts AS DATE)), CONSTRAINT pk PRIMARY KEY (id)) USING DELTA PARTITIONED BY (d) CLUSTER BY (id) LOCATION 's3://b/t' COMMENT 'x' TBLPROPERTIES ('delta.enableChangeDataFeed' = true)

CREATE OR REPLACE TABLE t USING delta LOCATION '/x' PARTITIONED BY (a) AS SELECT a, b FROM s

CREATE TABLE t2 SHALLOW CLONE t VERSION AS OF 3

CREATE TABLE t3 DEEP CLONE delta.`/a`

CREATE TABLE t4 LIKE t USING parquet

CREATE TABLE t5 USING csv OPTIONS (path '/a/b', header 'true')

CREATE TABLE t6 AS TABLE s

REPLACE TABLE t7 AS SELECT 1

CREATE OR REPLACE TEMP VIEW v AS SELECT a FROM t

CREATE GLOBAL TEMPORARY VIEW g (x) AS SELECT a FROM t

CREATE TEMPORARY VIEW jv USING org.apache.spark.sql.jdbc OPTIONS (url 'jdbc:x', dbtable 'a.b')

SELECT x FROM global_temp.g

CACHE LAZY TABLE ct OPTIONS ('storageLevel' 'DISK') AS SELECT a FROM t

INSERT INTO z SELECT a FROM ct

UNCACHE TABLE ct

REFRESH TABLE t

CLEAR CACHE

CREATE OR REPLACE FUNCTION f(x INT DEFAULT 1) RETURNS TABLE (a INT, b STRING) LANGUAGE SQL COMMENT 'x' RETURN SELECT a, b FROM t WHERE id = x; CREATE FUNCTION g(x INT) RETURNS INT RETURN (SELECT max(v) FROM t WHERE k = x); CREATE FUNCTION h(s STRING) RETURNS STRING LANGUAGE PYTHON AS $$ return s.upper() $$; CREATE TEMPORARY FUNCTION j AS 'com.x.Y' USING JAR 'z.jar'; SELECT * FROM f(1)

BEGIN
  DECLARE v INT DEFAULT 0; DECLARE q STRING;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN INSERT INTO err SELECT 1 AS x; END;
  SET VAR v = (SELECT max(id) FROM t);
  IF v > 1 THEN INSERT INTO a (x) SELECT y FROM b; ELSEIF v = 0 THEN DELETE FROM c; ELSE TRUNCATE TABLE d; END IF;
  WHILE v < 3 DO SET v = v + 1; END WHILE;
  FOR r AS SELECT id FROM s DO INSERT INTO o (id) VALUES (r.id); END FOR;
  lbl: LOOP LEAVE lbl; END LOOP lbl; REPEAT SET v = 1; UNTIL v > 0 END REPEAT;
  CASE WHEN v = 1 THEN SELECT 1; ELSE SELECT 2; END CASE;
  EXECUTE IMMEDIATE 'INSERT INTO dyn SELECT z FROM zz WHERE i = ?' USING v;
  SET q = 'INSERT INTO ' || 'dyn2' || ' SELECT z FROM zz'; EXECUTE IMMEDIATE q;
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'x';
END

DECLARE OR REPLACE VARIABLE tbl STRING DEFAULT 'main.s.t'; SET VAR x = 1; SELECT * FROM IDENTIFIER(tbl); SELECT a FROM IDENTIFIER('main' || '.s.t'); CREATE TABLE IDENTIFIER(:t) (a INT); INSERT INTO IDENTIFIER('m.n') SELECT 1 AS a; SELECT IDENTIFIER('a') FROM t; USE CATALOG main; USE SCHEMA s; SELECT a FROM t; EXECUTE IMMEDIATE 'SELECT a FROM p'

OPTIMIZE t WHERE d > 1 ZORDER BY (a, b); VACUUM t RETAIN 0 HOURS DRY RUN; DESCRIBE HISTORY t; DESCRIBE TABLE EXTENDED t; SHOW CREATE TABLE t; ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS; FSCK REPAIR TABLE t; MSCK REPAIR TABLE t; RESTORE TABLE t TO VERSION AS OF 1; ALTER TABLE t SET TBLPROPERTIES ('a' = 'b'); ALTER TABLE t ADD COLUMNS (c INT AFTER b); ALTER TABLE t RENAME TO u; ALTER TABLE t DROP PARTITION (d = 1); ALTER TABLE t ALTER COLUMN c TYPE BIGINT; ALTER TABLE t RECOVER PARTITIONS; COMMENT ON TABLE t IS 'x'; GRANT SELECT ON TABLE t TO `x@y.com`; CREATE CATALOG c; CREATE SCHEMA s MANAGED LOCATION 'x'; CREATE VOLUME v; CREATE EXTERNAL LOCATION l URL 's3://x' WITH (STORAGE CREDENTIAL c); CREATE SHARE s; ALTER SHARE s ADD TABLE t; CREATE RECIPIENT r; CONVERT TO DELTA parquet.`/x` PARTITIONED BY (d DATE); GENERATE symlink_format_manifest FOR TABLE t; SYNC SCHEMA a FROM b; DROP TABLE IF EXISTS t PURGE; DROP VIEW v; TRUNCATE TABLE t PARTITION (d = 1); SET spark.sql.shuffle.partitions = 10; SET -v; RESET; ADD JAR 'x.jar'; LIST FILES; LOAD DATA LOCAL INPATH '/x' OVERWRITE INTO TABLE t PARTITION (d = '1'); EXPLAIN EXTENDED SELECT a FROM t; SHOW TABLES IN x; REORG TABLE t APPLY (PURGE); CREATE BLOOMFILTER INDEX ON TABLE t FOR COLUMNS (a); PUT 'a' INTO 'b'; GET '/Volumes/x' TO 'y'; REMOVE '/Volumes/z'; CREATE CONNECTION c TYPE mysql OPTIONS (host 'x'); CREATE POLICY p ON TABLE t ROW FILTER f TO x; REFRESH MATERIALIZED VIEW mv; ALTER STREAMING TABLE st REFRESH; CREATE SERVER s; UNDROP TABLE t; REPAIR TABLE t; CREATE INDEX i ON t (a); SET TIME ZONE 'UTC'; REFRESH FUNCTION f; DROP VARIABLE x; SET CATALOG x; CALL p(1);

UPDATE t SET a = b + 1, t.c = (SELECT max(x) FROM y WHERE y.id = t.id) WHERE id IN (SELECT id FROM z); DELETE FROM t AS x WHERE EXISTS (SELECT 1 FROM u WHERE u.id = x.id)

WITH a AS (SELECT 1 x), b (y) AS (FROM a SELECT x) FROM b INSERT INTO t1 SELECT y INSERT OVERWRITE TABLE t2 SELECT y + 1 WHERE y > 0

FROM t |> WHERE a > 1 |> AGGREGATE sum(b) AS s GROUP BY c |> SELECT c, s |> JOIN u USING (c) |> EXTEND s + 1 AS s1

SELECT ai_query('m', request => concat('x', txt)) r, ai_classify(t2, array('a')) FROM docs; SELECT h3_longlatash3(lon, lat, 9) FROM p; SELECT * FROM vector_search(index => 'main.s.idx', query_text => 'x', num_results => 5)

create or replace table a.b.c (id bigint, nm string) using delta tblproperties (delta.x = 1)

insert into a.b.c (nm, id) values ('x', 1)

insert into a.b.c select * from a.b.d where id > (select max(id) from a.b.c)

create view a.b.v (x comment 'c', y) as select id, nm from a.b.c

alter table a.b.c rename to a.b.e

create function a.b.m(s string) returns string return concat('*', right(s, 2))

select a.b.m(nm) q from a.b.e

alter table a.b.e alter column nm set mask a.b.m

select id, c.d.e, f[0].g, h['k'], i:j.k[0]::int, explode(l) as (m, n), o.*, struct(p, q).p r, (s).t u from t lateral view explode(v) w as x qualify row_number() over (partition by id order by ts) = 1

CREATE FUNCTION f(x INT) RETURNS TABLE (a INT, b STRING) RETURN SELECT c, d FROM t WHERE id = x

SELECT a, b FROM f(1)

CREATE FUNCTION g(x INT) RETURNS INT RETURN (SELECT max(v) FROM t WHERE k = x)

CREATE VIEW vv AS SELECT g(id) AS m FROM q
