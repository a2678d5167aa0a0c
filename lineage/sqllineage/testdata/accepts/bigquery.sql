DECLARE run_date DATE DEFAULT DATE_SUB(CURRENT_DATE('Asia/Seoul'), INTERVAL 1 DAY);
DECLARE tables ARRAY<STRING>;
DECLARE x, y INT64 DEFAULT 0;
SET (x, y) = (SELECT AS STRUCT MAX(a), MIN(a) FROM `proj-1.ds.src`);
BEGIN TRANSACTION;
CREATE TEMP TABLE stage AS SELECT id, SAFE_CAST(v AS FLOAT64) AS v FROM `proj-1.ds.raw_*` WHERE _TABLE_SUFFIX BETWEEN '20200101' AND FORMAT_DATE('%Y%m%d', run_date);
MERGE `proj-1.ds.tgt` T USING stage S ON T.id = S.id AND T._PARTITIONTIME > TIMESTAMP('2020-01-01') WHEN MATCHED AND S.v IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET v = S.v, n = T.n + 1 WHEN NOT MATCHED BY TARGET THEN INSERT ROW WHEN NOT MATCHED BY SOURCE AND T.d = run_date THEN UPDATE SET active = FALSE;
COMMIT TRANSACTION;
FOR rec IN (SELECT name FROM ds.tabs) DO
  EXECUTE IMMEDIATE FORMAT("INSERT INTO ds.log (n) SELECT COUNT(*) FROM `%s`", rec.name);
END FOR;
LOOP SET x = x + 1; IF x > 3 THEN LEAVE; END IF; END LOOP;
WHILE x < 5 DO SET x = x + 1; END WHILE;
REPEAT SET x = 1; UNTIL x > 0 END REPEAT;
CASE WHEN x = 1 THEN INSERT INTO ds.a (i) SELECT 1; ELSE SELECT 2; END CASE;
BEGIN SELECT 1/0; EXCEPTION WHEN ERROR THEN INSERT ds.err (m) VALUES (@@error.message); RAISE USING MESSAGE = 'x'; END;
ASSERT (SELECT COUNT(*) FROM ds.q) > 0 AS 'must';
EXPORT DATA OPTIONS (uri = 'gs://b/x/*.csv', format = 'CSV', overwrite = true) AS SELECT a, b FROM ds.t ORDER BY a;

FROM ds.produce |> WHERE sales > 0 |> AGGREGATE SUM(sales) AS total, COUNT(*) n GROUP BY item |> EXTEND total * 2 AS t2 |> SET total = total + 1 |> RENAME item AS it |> DROP n |> ORDER BY total DESC |> LIMIT 10

FROM ds.a |> JOIN ds.b USING (id) |> LEFT JOIN ds.c AS c ON a.id = c.id |> SELECT a.x, b.y, c.z |> AS q |> WHERE q.x > 1 |> UNION ALL (FROM ds.d |> SELECT x, y, z) |> PIVOT (SUM(x) FOR y IN ('a', 'b')) |> CALL ds.tvf(1) |> TABLESAMPLE SYSTEM (1 PERCENT) |> DISTINCT |> WINDOW SUM(z) OVER () AS w

SELECT o.id, i.sku, off, (SELECT STRING_AGG(t, ',' ORDER BY t) FROM UNNEST(o.tags) t WHERE t <> 'x') tags, ARRAY(SELECT AS STRUCT x.a, x.b FROM UNNEST(o.items) x) arr, ARRAY_LENGTH(o.items) n FROM `p.d.orders` o, UNNEST(o.items) AS i WITH OFFSET AS off LEFT JOIN UNNEST(i.parts) p ON TRUE CROSS JOIN o.notes AS nt

SELECT STRUCT(a AS x, b) s, STRUCT<x INT64, y STRING>(1, c) t, [d, e] arr, ARRAY<INT64>[f] g, (h, i) tup, MAP.x FROM ds.t

SELECT * EXCEPT (a, b) REPLACE (c / 2 AS c), t.* EXCEPT (z) FROM ds.t AS t QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) = 1

SELECT event_name, (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'page') AS page, user.geo.country, COUNT(DISTINCT user_pseudo_id) FROM `proj.analytics_1.events_*` WHERE _TABLE_SUFFIX = '20240101' GROUP BY ALL

CREATE OR REPLACE TABLE ds.t (a INT64 NOT NULL OPTIONS(description="x"), s STRUCT<b STRING, c ARRAY<STRUCT<d INT64>>>) PARTITION BY DATE(ts) CLUSTER BY a OPTIONS (expiration_timestamp = TIMESTAMP "2025-01-01", labels = [("a", "b")]) AS SELECT a, s FROM ds.src

CREATE TABLE ds.copy COPY ds.orig

CREATE SNAPSHOT TABLE ds.s CLONE ds.t FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)

CREATE TABLE ds.c2 CLONE ds.t

CREATE TABLE ds.l LIKE ds.t AS SELECT * FROM ds.t

CREATE MATERIALIZED VIEW ds.mv PARTITION BY d CLUSTER BY x OPTIONS (enable_refresh = true, refresh_interval_minutes = 60) AS SELECT d, x, SUM(y) y FROM ds.t GROUP BY 1, 2

CREATE EXTERNAL TABLE ds.ext (a STRING) WITH PARTITION COLUMNS (dt DATE) OPTIONS (format = 'CSV', uris = ['gs://b/a/*.csv', 'gs://b/b/*.csv'], skip_leading_rows = 1)

LOAD DATA OVERWRITE ds.t (a INT64, b STRING) PARTITION BY _PARTITIONDATE FROM FILES (format = 'PARQUET', uris = ['gs://b/x.parquet'])

LOAD DATA INTO TEMP TABLE t FROM FILES (format = 'CSV', uris = ['gs://x/y.csv'])

CREATE OR REPLACE MODEL ds.m TRANSFORM (ML.STANDARD_SCALER(a) OVER () AS a2, label) OPTIONS (model_type = 'linear_reg', input_label_cols = ['label']) AS SELECT a, label FROM ds.train

SELECT predicted_label, x FROM ML.PREDICT(MODEL `ds.m`, (SELECT a AS x, b FROM ds.t), STRUCT(0.5 AS threshold))

SELECT * FROM ML.EVALUATE(MODEL ds.m, TABLE ds.test)

SELECT * FROM ML.FORECAST(MODEL ds.m, STRUCT(30 AS horizon))

SELECT * FROM AI.FORECAST(TABLE ds.t, data_col => 'x', timestamp_col => 'y')

SELECT * FROM ML.GENERATE_TEXT(MODEL ds.llm, (SELECT CONCAT('x', review) AS prompt, id FROM ds.reviews), STRUCT(TRUE AS flatten_json_output))

SELECT query.id, base.title, distance FROM VECTOR_SEARCH(TABLE ds.docs, 'embedding', (SELECT id, emb FROM ds.q), 'emb', top_k => 5, distance_type => 'COSINE')

SELECT a FROM ds.logs l WHERE SEARCH(l, 'x') AND CONTAINS_SUBSTR((a, b), 'y')

SELECT * FROM EXTERNAL_QUERY('us.conn', '''SELECT id, nm FROM app.users''') q JOIN ds.t USING (id)

SELECT * FROM APPENDS(TABLE ds.t, NULL, NULL)

SELECT * FROM CHANGES(TABLE ds.t, '2020-01-01', CURRENT_TIMESTAMP())

SELECT * FROM GAP_FILL(TABLE ds.t, ts_column => 'ts', bucket_width => INTERVAL 1 MINUTE)

SELECT r.* FROM RANGE_SESSIONIZE((SELECT a FROM ds.z), 'a', ['b']) r

CREATE OR REPLACE TABLE FUNCTION ds.tvf(y INT64, t TABLE<a INT64>) RETURNS TABLE<a INT64, b STRING> AS (SELECT a, b FROM ds.t WHERE yr = y); SELECT * FROM ds.tvf(2020)

CREATE TEMP FUNCTION mult(x FLOAT64, y FLOAT64) RETURNS FLOAT64 AS (x * y)

CREATE AGGREGATE FUNCTION ds.agg(x INT64) AS (SUM(x))

SELECT mult(a, b) m, js(c) FROM ds.t

CREATE OR REPLACE PROCEDURE ds.proc(IN d DATE, OUT n INT64) OPTIONS (strict_mode = FALSE) BEGIN INSERT INTO ds.t (a) SELECT b FROM ds.s WHERE dt = d; SET n = @@row_count; CALL ds.other(d); END

INSERT INTO ds.t (a, b) VALUES (1, (SELECT MAX(x) FROM ds.q)), (2, DEFAULT)

INSERT ds.t SELECT * FROM UNNEST([STRUCT(1 AS a, 'x' AS b)])

UPDATE ds.t SET a.b.c = 1, arr = ARRAY_CONCAT(arr, [1]) WHERE TRUE

UPDATE ds.t t SET v = s.v FROM ds.s s JOIN ds.r r ON r.id = s.id WHERE t.id = s.id

DELETE ds.t WHERE id IN (SELECT id FROM ds.d)

DELETE FROM `p-1`.ds.t t WHERE EXISTS (SELECT 1 FROM ds.x x WHERE x.id = t.id)

TRUNCATE TABLE ds.t

SELECT a, b FROM ds.t FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01' TABLESAMPLE SYSTEM (10 PERCENT) WHERE a IN UNNEST(@arr) AND b LIKE ANY ('x', 'y') AND c IS NOT DISTINCT FROM d

SELECT * FROM (SELECT p, q, s FROM ds.t) PIVOT (SUM(s) AS tot, COUNT(*) AS n FOR q IN ('Q1', 'Q2' AS second))

SELECT * FROM ds.t UNPIVOT INCLUDE NULLS (sales FOR quarter IN (q1 AS 'one', q2)); SELECT * FROM ds.t UNPIVOT ((a, b) FOR k IN ((c, d) AS 'x', (e, f)))

SELECT table_name FROM `proj.region-us.INFORMATION_SCHEMA.TABLES`

SELECT * FROM ds.INFORMATION_SCHEMA.COLUMNS

SELECT job_id FROM `region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT WHERE x

SELECT * FROM my-proj.ds.t, my-proj.`ds.x`

select * from ds.__TABLES__

SELECT APPROX_QUANTILES(a, 4)[OFFSET(2)], ANY_VALUE(b HAVING MAX c), ARRAY_AGG(d IGNORE NULLS ORDER BY e LIMIT 1)[SAFE_OFFSET(0)], COUNTIF(f > 1), SUM(g) OVER (w ROWS 1 PRECEDING), FIRST_VALUE(h) OVER (PARTITION BY i ORDER BY j), SHA256(k), IF(l, m, n), IFNULL(o, p), JSON_VALUE(q, '$.a'), q.a.b, LAX_STRING(q.c), q['x'][0], FARM_FINGERPRINT(r), KEYS.NEW_KEYSET('x'), NET.HOST(s), ST_GEOGPOINT(t, u), SAFE.SUBSTR(v, 1), EXTRACT(DAYOFWEEK FROM w1 AT TIME ZONE 'x'), DATE_DIFF(x, y, DAY), CAST(z AS STRING FORMAT 'YYYY'), aa || bb FROM ds.t WINDOW w AS (PARTITION BY z1 ORDER BY z2)

WITH RECURSIVE r AS (SELECT 1 AS n, id FROM ds.a UNION ALL SELECT n + 1, b.id FROM r JOIN ds.b b ON b.pid = r.id WHERE n < 5), nonrec AS (SELECT * FROM r) SELECT * FROM nonrec

SELECT a FROM ds.t GROUP BY ROLLUP (a, b), CUBE (c) HAVING MAX(d) > (SELECT e FROM ds.cfg) ORDER BY a NULLS LAST LIMIT 5 OFFSET 2;

SELECT AS VALUE STRUCT(a, b) FROM ds.t

SELECT DISTINCT AS STRUCT a FROM ds.t

SELECT WITH DIFFERENTIAL_PRIVACY OPTIONS (epsilon = 1, privacy_unit_column = id) item, AVG(q) FROM ds.t GROUP BY item

SELECT WITH AGGREGATION_THRESHOLD OPTIONS (threshold = 3) a, COUNT(*) FROM ds.t GROUP BY a

SELECT * FROM ds.t MATCH_RECOGNIZE (PARTITION BY a ORDER BY b MEASURES FIRST(x.c) AS fc AFTER MATCH SKIP PAST LAST ROW PATTERN (x+ y) DEFINE x AS c > 1, y AS c < 1)

GRAPH FinGraph MATCH (p:Person)-[o:Owns]->(a:Account) WHERE a.x > 1 RETURN p.name, a.id

SELECT * FROM GRAPH_TABLE (ds.FinGraph MATCH (p:Person) RETURN p.name AS name)

ALTER TABLE ds.t ADD COLUMN IF NOT EXISTS a STRING, DROP COLUMN b; ALTER TABLE ds.t RENAME TO u; ALTER TABLE ds.t SET OPTIONS (description = 'x'); ALTER TABLE ds.t RENAME COLUMN a TO b; ALTER VIEW ds.v SET OPTIONS (x = 1); ALTER SCHEMA ds SET OPTIONS (a = 1); ALTER BI_CAPACITY `p.r.default` SET OPTIONS (size_gb = 1); CREATE SCHEMA IF NOT EXISTS p.ds OPTIONS (location = 'us'); DROP SNAPSHOT TABLE IF EXISTS ds.s; DROP TABLE FUNCTION ds.f; DROP MATERIALIZED VIEW ds.mv; DROP EXTERNAL TABLE ds.e; CREATE SEARCH INDEX i ON ds.t (ALL COLUMNS); CREATE VECTOR INDEX vi ON ds.t (e) OPTIONS (index_type = 'IVF'); CREATE ROW ACCESS POLICY p ON ds.t GRANT TO ('user:x') FILTER USING (a = 1); CREATE CAPACITY c OPTIONS (a = 1); CREATE RESERVATION `p.r.x` OPTIONS (slot_capacity = 1); CREATE ASSIGNMENT `p.r.x.a` OPTIONS (assignee = 'x'); GRANT `roles/bigquery.dataViewer` ON SCHEMA ds TO 'user:x'; REVOKE `roles/x` ON TABLE ds.t FROM 'user:y'; UNDROP SCHEMA ds; EXPORT MODEL ds.m OPTIONS (uri = 'gs://x'); DROP ALL ROW ACCESS POLICIES ON ds.t; SET @@dataset_id = 'ds2'; CREATE CONNECTION c OPTIONS (x = 1); CREATE DATA_POLICY p OPTIONS (x = 1); EXECUTE IMMEDIATE 'SELECT ? + @x' INTO a, b USING 1, 2 AS x; RETURN; EXPLAIN SELECT a FROM ds.t;

CREATE VIEW ds.v (a OPTIONS(description = 'x'), b) OPTIONS (friendly_name = 'v') AS (WITH q AS (SELECT 1 z) SELECT a1, b1 FROM ds.t CROSS JOIN q)

INSERT INTO `p.d.t$20240101` (a) SELECT a FROM `p.d.s@-3600000`

select u.* from (select as struct a, b from ds.t) u union all by name select * from ds.u; select * from ds.t1 full outer union all by name on (a) select * from ds.t2

SELECT a FROM (SELECT a FROM ds.t UNION DISTINCT SELECT b FROM ds.u INTERSECT DISTINCT SELECT c FROM ds.v) ORDER BY a

INSERT INTO ds.t SELECT * FROM ds.s WHERE EXISTS (SELECT 1 FROM ds.r WHERE r.id = s.id)

INSERT ds.t (a, b) VALUES ROW(1, 2)

UPDATE ds.t SET a = (SELECT MAX(x) FROM ds.u), s.f = 1, s = STRUCT(1 AS f) WHERE id = 1

SELECT t.a.b, t.c[OFFSET(0)].d, t.e[SAFE_ORDINAL(1)], (SELECT AS STRUCT t.f, t.g).f, ARRAY(SELECT x FROM UNNEST(t.h) x WHERE x > t.i), EXISTS(SELECT 1 FROM UNNEST(t.j) y WHERE y.k = t.l) FROM ds.t t

SELECT * FROM ds.t1 t JOIN UNNEST(t.arr) a WITH OFFSET pos ON a.id = t.id, t.other o, UNNEST(o.inner_arr) ii

CREATE OR REPLACE VIEW `p.d.v` AS SELECT id, IF(x, y, z) AS w, SAFE_DIVIDE(a, b) d, COALESCE(c, (SELECT MAX(q) FROM p.d.q)) e FROM `p.d.t` LEFT JOIN p.d.u USING (id)

EXPORT DATA WITH CONNECTION `p.us.c` OPTIONS (uri = 's3://b/x/*', format = 'PARQUET') AS SELECT * FROM ds.t

EXECUTE IMMEDIATE CONCAT('CREATE OR REPLACE TABLE ds.', 'x', ' AS SELECT a FROM ds.y')

EXECUTE IMMEDIATE "SELECT MAX(a) FROM ds.t" INTO m

BEGIN DECLARE x INT64; SET x = (SELECT MAX(id) FROM ds.a); IF x > 1 THEN INSERT INTO ds.b SELECT x; ELSEIF x = 1 THEN SELECT 1; ELSE DELETE ds.c WHERE TRUE; END IF; EXCEPTION WHEN ERROR THEN SELECT @@error.message; END;

FROM ds.t |> LEFT JOIN ds.u ON t.id = u.id |> AGGREGATE COUNT(*) AS n GROUP AND ORDER BY t.x |> WHERE n > 1 |> SELECT x, n |> ORDER BY n |> LIMIT 5

SELECT a, b FROM ds.t |> EXTEND a + b AS c |> DROP b |> JOIN (SELECT id FROM ds.z) z ON z.id = a |> UNPIVOT (v FOR k IN (a, c))

#standardSQL
WITH base AS (
  SELECT user_pseudo_id, event_timestamp, (SELECT ep.value.int_value FROM UNNEST(event_params) ep WHERE ep.key = 'ga_session_id') AS sid,
         ecommerce.transaction_id, items
  FROM `proj-x.analytics_123.events_*`
  WHERE _TABLE_SUFFIX BETWEEN FORMAT_DATE('%Y%m%d', DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY)) AND '20991231'
), s AS (SELECT *, LAG(event_timestamp) OVER (PARTITION BY user_pseudo_id ORDER BY event_timestamp) prev FROM base)
SELECT DATE(TIMESTAMP_MICROS(event_timestamp), "Asia/Seoul") d, COUNT(DISTINCT CONCAT(user_pseudo_id, CAST(sid AS STRING))) sessions, SUM(i.price * i.quantity) rev, ARRAY_AGG(STRUCT(i.item_id, i.price AS p) ORDER BY i.price DESC LIMIT 3) top
FROM s LEFT JOIN UNNEST(items) i
GROUP BY 1

CREATE OR REPLACE TABLE `p.d.t` AS SELECT * EXCEPT(rn) FROM (SELECT *, ROW_NUMBER() OVER(PARTITION BY id ORDER BY updated_at DESC) rn FROM `p.raw.t`) WHERE rn = 1

MERGE INTO `p.d.t` t USING (SELECT id, ANY_VALUE(x) x FROM `p.d.s` GROUP BY id UNION ALL SELECT id, NULL FROM `p.d.dead`) s ON FALSE WHEN NOT MATCHED AND s.x IS NOT NULL THEN INSERT (id, x, ts) VALUES (id, x, CURRENT_TIMESTAMP()) WHEN NOT MATCHED BY SOURCE THEN DELETE

SELECT t.* EXCEPT (a), s.a.b.c AS z FROM `p.d.t` AS t, (SELECT AS STRUCT x.y FROM p.d.x) s, `p`.d.`u` u WHERE t.id = u.id AND t.k IN UNNEST([1,2,3]) AND DATE(_PARTITIONTIME) = @run_date

CREATE TEMP TABLE a AS SELECT 1 x

INSERT INTO ds.b SELECT x FROM a

DROP TABLE a

CALL ds.p(1)

SELECT * FROM ds.b FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY)

CREATE TEMP FUNCTION mask(x STRING, y STRING) AS (TO_HEX(SHA256(x)))

CREATE TEMP FUNCTION lim(k INT64) AS ((SELECT MAX(v) FROM ds.cfg c WHERE c.id = k))

INSERT INTO ds.o (m, l) SELECT mask(mail, nm), lim(id) FROM ds.t

CREATE OR REPLACE TABLE FUNCTION ds.tvf(y INT64) RETURNS TABLE<a INT64, b STRING> AS (SELECT x, z FROM ds.t WHERE yr = y); SELECT a, b, k FROM ds.tvf(2020) f, ds.u
