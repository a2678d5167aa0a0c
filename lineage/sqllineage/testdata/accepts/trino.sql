CREATE TABLE IF NOT EXISTS hive.mart.t COMMENT 'x' WITH (format = 'PARQUET', partitioned_by = ARRAY['dt'], external_location = 's3://b/x') AS SELECT a, CAST(b AS row(x integer, y varchar)) AS r, dt FROM iceberg.raw.s WHERE dt = date '2020-01-01' WITH NO DATA

SELECT t.id, u.k, u.v, n.ord, r.x FROM t CROSS JOIN UNNEST(map_col, arr) AS u (k, v, e) LEFT JOIN UNNEST(tags) WITH ORDINALITY AS n (tag, ord) ON TRUE CROSS JOIN UNNEST(CAST(json_parse(js) AS array(row(x int, y varchar)))) AS r

SELECT * FROM TABLE(sequence(start => 1, stop => 10))

SELECT * FROM TABLE(postgresql.system.query(query => 'SELECT id, nm FROM app.users'))

SELECT * FROM TABLE(exclude_columns(input => TABLE(orders), columns => DESCRIPTOR(clerk, comment)))

SELECT * FROM TABLE(my_fn(input => TABLE(SELECT a FROM t) PARTITION BY a ORDER BY b))

SELECT * FROM orders MATCH_RECOGNIZE (PARTITION BY cust ORDER BY dt MEASURES A.price AS s, FINAL LAST(B.price) AS bp, CLASSIFIER() AS c ONE ROW PER MATCH OMIT EMPTY MATCHES AFTER MATCH SKIP PAST LAST ROW PATTERN (A B+ C*?) SUBSET U = (A, B) DEFINE B AS price < PREV(price), C AS price > PREV(price)) m

SELECT j.* FROM t, JSON_TABLE(t.js, 'lax $[*]' AS "p" COLUMNS (id bigint PATH 'lax $.id', nm varchar PATH 'lax $.n' DEFAULT 'x' ON EMPTY, NESTED PATH 'lax $.c[*]' AS c COLUMNS (z int PATH 'lax $.z')) PLAN DEFAULT (OUTER)) j

SELECT approx_percentile(a, 0.5), array_agg(b ORDER BY c DESC) FILTER (WHERE d > 1), map_agg(e, f), max_by(g, h), listagg(i, ',' ON OVERFLOW TRUNCATE) WITHIN GROUP (ORDER BY j), transform(k, x -> x + l), reduce(m, 0, (s, x) -> s + x, s -> s), zip_with(n, o, (x, y) -> x || y), row(p, q)[1], r.field, s['key'], t[1], try_cast(u AS bigint), try(v / w), json_extract_scalar(x, '$.a'), json_value(y, 'lax $.b' RETURNING int), json_object('k' : z, 'm' VALUE aa), date_trunc('day', bb), bb AT TIME ZONE 'UTC', cc IS DISTINCT FROM dd, if(ee, ff), coalesce(gg, hh), to_hex(sha256(ii)), format('%s', jj), lag(kk) IGNORE NULLS OVER (PARTITION BY ll ORDER BY mm), U&'x', X'1F', ?, grouping(a) FROM tt GROUP BY GROUPING SETS ((a), CUBE (b, c)) WINDOW w AS (ORDER BY a)

INSERT INTO cat.s.t (a, b) SELECT a, b FROM x FETCH FIRST 10 ROWS WITH TIES

INSERT INTO t TABLE u

INSERT INTO t VALUES (1, 'a'), (2, 'b')

DELETE FROM t WHERE a IN (SELECT a FROM u)

UPDATE t SET a = 1, b = (SELECT max(b) FROM u) WHERE c

TRUNCATE TABLE t

MERGE INTO acc AS t USING (SELECT c, sum(x) s FROM m GROUP BY c) AS s ON (t.c = s.c) WHEN MATCHED AND s.s = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET x = s.s + t.x, y = s.c WHEN NOT MATCHED THEN INSERT (c, x) VALUES (s.c, s.s)

WITH RECURSIVE t(n, m) AS (VALUES (1, 2) UNION ALL SELECT n + 1, x FROM t, y WHERE n < 4) SELECT sum(n), m FROM t GROUP BY m

WITH FUNCTION hello(name varchar) RETURNS varchar RETURN format('Hello %s!', 'name'), FUNCTION bye(x int) RETURNS int BEGIN DECLARE y int DEFAULT 1; RETURN x + y; END SELECT hello(nm), bye(n) FROM people

CREATE OR REPLACE VIEW v COMMENT 'x' SECURITY INVOKER AS SELECT a FROM t; CREATE OR REPLACE MATERIALIZED VIEW mv GRACE PERIOD INTERVAL '1' HOUR WITH (partitioning = ARRAY['a']) AS SELECT a, count(*) c FROM t GROUP BY a; REFRESH MATERIALIZED VIEW mv; CREATE TABLE l (LIKE x INCLUDING PROPERTIES, b int); ALTER TABLE t RENAME TO u; ALTER TABLE t EXECUTE optimize(file_size_threshold => '10MB') WHERE a = 1; ALTER TABLE t ADD COLUMN r row(a int); ALTER VIEW v RENAME TO w; DROP MATERIALIZED VIEW IF EXISTS mv; CALL system.sync_partition_metadata('a', 'b', 'ADD'); COMMENT ON TABLE t IS 'x'; ANALYZE t WITH (partitions = ARRAY[ARRAY['a']]); USE cat.sch; SELECT a FROM t; SET SESSION x = 'y'; RESET SESSION x; PREPARE p FROM SELECT a FROM t WHERE b = ?; EXECUTE p USING 1; DEALLOCATE PREPARE p; DESCRIBE OUTPUT p; SHOW STATS FOR t; SHOW CREATE VIEW v; EXPLAIN ANALYZE VERBOSE SELECT a FROM t; EXPLAIN (TYPE DISTRIBUTED) INSERT INTO t SELECT a FROM u; GRANT SELECT ON t TO ROLE r; DENY INSERT ON t TO u; START TRANSACTION READ ONLY; SET ROLE r; SET PATH a.b; SET TIME ZONE 'x'; CREATE SCHEMA c.s WITH (location = 's3://x'); CREATE FUNCTION f(x int) RETURNS int RETURN x + 1; CREATE CATALOG c USING memory WITH (a = 'b'); EXECUTE IMMEDIATE 'SELECT a FROM z WHERE b = ?' USING 1; KILL QUERY x; SET SESSION AUTHORIZATION u; CREATE BRANCH b IN TABLE t;

SELECT * FROM t FOR VERSION AS OF 123

SELECT * FROM t FOR TIMESTAMP AS OF TIMESTAMP '2020-01-01 00:00:00' AS x

SELECT * FROM "t$partitions"

SELECT * FROM cat.sch."t$snapshots" s

SELECT a FROM t TABLESAMPLE BERNOULLI (10)

SELECT "$path", "quoted Col" FROM hive.s."Mixed"

SELECT a FROM (VALUES (1, 'a')) AS v (a, b)

TABLE t

VALUES 1, 2

SELECT * FROM a NATURAL JOIN b

SELECT x.* AS (p, q) FROM t

SELECT ALL a FROM t EXCEPT ALL SELECT b FROM u

SELECT a FROM t1, LATERAL (SELECT b FROM t2 WHERE t2.id = t1.id) l

SELECT max(a) OVER w FROM t WINDOW w AS (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)

WITH a AS (SELECT x FROM t), b AS (SELECT x AS y FROM a) SELECT b.y, (SELECT count(*) FROM a) FROM b WHERE b.y IN (SELECT z FROM u) AND b.y = ANY (VALUES 1, 2)

INSERT INTO hive.d.t SELECT a, b, CAST(ROW(c, d) AS ROW(x int, y int)) FROM s

CREATE TABLE x AS SELECT * FROM (VALUES (1, 'a')) AS v(i, s)

DELETE FROM t

CREATE TABLE y (a, b) AS SELECT c, d FROM z

SELECT count(*) FILTER (WHERE a > 1) n, sum(b) OVER (PARTITION BY c ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) s, element_at(m, 'k') e, m['k2'] f, CASE WHEN x IS NULL THEN y END g, json_format(j) h, k.l.m n2, date_diff('day', d1, d2), regexp_like(s1, 'x'), cardinality(arr), arr || ARRAY[z], ALL_MATCH(arr2, q -> q > w), at_timezone(ts, 'UTC'), "select" FROM t
