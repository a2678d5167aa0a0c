ALTER TABLE t ADD COLUMN IF NOT EXISTS k INTEGER DEFAULT 10

ALTER TABLE t ALTER i SET DATA TYPE VARCHAR USING CONCAT(i, '_', j)

ALTER TABLE t SET SORTED BY (a)

ALTER TABLE t RENAME TO u

ALTER VIEW v RENAME TO w

ANALYZE

ATTACH IF NOT EXISTS 'file.db' AS db2 (TYPE sqlite, READ_ONLY)

ATTACH 'postgres:dbname=x' AS pg (TYPE postgres, SCHEMA 'public')

BEGIN TRANSACTION

CALL pragma_table_info('t')

CALL duckdb_functions()

CHECKPOINT db2

COMMENT ON COLUMN t.a IS 'x'

COPY lineitem FROM 'lineitem.csv' (HEADER, DELIMITER '|')

COPY lineitem (a, b) TO 'lineitem.parquet' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year, month), OVERWRITE_OR_IGNORE)

COPY (SELECT a FROM t) TO 's3://b/x.json' (ARRAY true)

COPY (FROM t SELECT a) TO '/dev/stdout'

COPY FROM DATABASE db1 TO db2 (SCHEMA)

COPY t FROM 'x*.csv' WITH CSV HEADER

CREATE OR REPLACE TABLE t AS FROM 'x.csv'

CREATE TABLE t (id INTEGER PRIMARY KEY, a STRUCT(x INT, y VARCHAR[]), m MAP(VARCHAR, INT), u UNION(n INT, s VARCHAR), e ENUM('a', 'b'), l INT[3], g AS (id * 2) VIRTUAL, h DECIMAL(10, 2) DEFAULT 3.5 CHECK (h > 0), FOREIGN KEY (id) REFERENCES u (id))

CREATE TEMP TABLE IF NOT EXISTS t1 AS SELECT a FROM read_csv('x.csv', columns = {'a': 'INT'})

CREATE INDEX s_idx ON films (revenue, (a + b))

CREATE MACRO add(a, b := 5) AS a + b

CREATE OR REPLACE TEMP MACRO tm(a) AS TABLE SELECT a AS x FROM t

CREATE FUNCTION f(x) AS x + 1, (x, y) AS x + y

CREATE SCHEMA IF NOT EXISTS s

CREATE SECRET my_secret (TYPE s3, KEY_ID 'x', SECRET 'y')

CREATE PERSISTENT SECRET IF NOT EXISTS (TYPE gcs, PROVIDER credential_chain)

CREATE SEQUENCE seq START 1 INCREMENT BY 2 CYCLE

CREATE TYPE mood AS ENUM ('happy', 'sad')

CREATE TYPE x AS STRUCT(i INTEGER)

CREATE OR REPLACE VIEW v (a, b) AS SELECT x, y FROM t

DEALLOCATE q1

DELETE FROM t USING u WHERE t.id = u.id RETURNING t.id

DESCRIBE SELECT a FROM t

DESCRIBE t

DETACH db2

DROP TABLE IF EXISTS t CASCADE

DROP MACRO TABLE tm

DROP TYPE mood

EXECUTE q1(1, 'x')

EXPLAIN ANALYZE SELECT a FROM t

EXPORT DATABASE 'dir' (FORMAT parquet)

IMPORT DATABASE 'dir'

INSERT INTO t BY NAME SELECT 1 AS a

INSERT OR REPLACE INTO t VALUES (1, DEFAULT)

INSERT INTO t (a) FROM u SELECT b ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b WHERE t.c > 1 RETURNING *

INSERT INTO t SELECT a FROM u ON CONFLICT DO NOTHING

INSTALL httpfs FROM community

FORCE INSTALL spatial

LOAD spatial

MERGE INTO p USING (SELECT a, b FROM u) AS q ON p.a = q.a WHEN MATCHED THEN UPDATE SET b = q.b WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT BY NAME RETURNING merge_action

MERGE INTO p USING q USING (id) WHEN MATCHED THEN UPDATE WHEN NOT MATCHED THEN INSERT

PIVOT cities ON year IN (2000, 2010) USING sum(population) AS total, max(population) AS m GROUP BY country

UNPIVOT monthly_sales ON jan, feb, (mar, apr) AS q INTO NAME month VALUE sales, other

PRAGMA table_info('t')

PRAGMA memory_limit = '1GB'

PREPARE q1 AS SELECT a FROM t WHERE b = $1

RESET threads

ROLLBACK

SET VARIABLE x = (SELECT max(a) FROM t)

SET GLOBAL threads TO 4

SET search_path = 'a,b'

SHOW TABLES

SHOW ALL TABLES

SUMMARIZE tbl

SUMMARIZE SELECT a FROM t

TRUNCATE t

UPDATE EXTENSIONS

UPDATE t SET a = u.b FROM u WHERE t.id = u.id RETURNING *

USE db2.s

VACUUM ANALYZE t (a)

FROM t

FROM t SELECT a, b WHERE c > 1 ORDER BY ALL LIMIT 10%

FROM range(10) AS r(i) SELECT i

SELECT * EXCLUDE (a, b) REPLACE (c / 2 AS c) RENAME (d AS e), t.* LIKE '%x', COLUMNS(* EXCLUDE f), COLUMNS('x(.*)') AS 'y\1', min(COLUMNS(*)), COLUMNS(c -> c LIKE 'a%'), * SIMILAR TO 'z.*' FROM t

SELECT a, sum(b) FROM t GROUP BY ALL HAVING sum(b) > 1 QUALIFY row_number() OVER (PARTITION BY a) = 1 ORDER BY ALL DESC

SELECT a: 1, b: x + 1 FROM t: tbl

SELECT [1, 2, 3][1:-1:2], {'a': 1, 'b': x}, MAP {'k': v}, MAP(['a'], [1]), s.f, s['f'], l[1], struct_pack(a := x), list_transform(l, x -> x + 1), list_filter(l, lambda x, i: x > i), [x * 2 FOR x IN l IF x > 1], t.a::INT, TRY_CAST(b AS DOUBLE), c ** 2, d // 3, e ^@ 'x', f ILIKE 'y', g GLOB 'z', h IN l, i IS DISTINCT FROM j, k BETWEEN 1 AND 2, l || m, n -> '$.a', o ->> 'b', p ~ 'x', 'abc'.upper(), q.trim().lower(), CASE WHEN r THEN 1 END, INTERVAL 3 DAY, INTERVAL (s) MONTH, DATE '2020-01-01', $1, ?, $name, 1_000, 0x1F, 1e3, E'\n', $$x$$, $t$y$t$, ARRAY[1, 2], row(1, 2), (1, 2).x, unnest(l), unnest(st, recursive := true), getvariable('v'), current_date, x'AB'::BLOB, @ -1, !c, arg_max(a, b ORDER BY c), list(a ORDER BY b) FILTER (c > 1), first(a ORDER BY b), quantile_cont(a, [0.1, 0.9]), string_agg(a, ',') WITHIN GROUP (ORDER BY a), lag(a IGNORE NULLS) OVER (ORDER BY b), #1, GROUPING_ID(a), (SELECT max(x) FROM u), EXISTS (FROM v), NOT a FROM t

SELECT a FROM t ASOF LEFT JOIN u ON t.k = u.k AND t.ts >= u.ts

SELECT a FROM t ASOF JOIN u USING (k, ts)

SELECT a FROM t POSITIONAL JOIN u

SELECT a FROM t SEMI JOIN u ON t.id = u.id ANTI JOIN v USING (id)

SELECT a FROM t, LATERAL (SELECT t.b + 1 AS c) AS l, unnest(t.arr) AS x (y), 'file.parquet' AS f, "dir/*.csv", read_json('x.json', format = 'array') j, glob('*.x'), sniff_csv('x')

SELECT a FROM t TABLESAMPLE reservoir(20%) REPEATABLE (42)

SELECT a FROM t USING SAMPLE 10% (bernoulli, 377)

SELECT a FROM t USING SAMPLE reservoir(50 ROWS) REPEATABLE (100)

SELECT a FROM t AT (VERSION => 3)

SELECT a FROM t LIMIT (SELECT 5) OFFSET 2

SELECT a FROM (PIVOT t ON b USING sum(c) GROUP BY a)

SELECT * FROM t PIVOT (sum(x) FOR y IN (1, 2) z IN ('a') GROUP BY q) AS p

SELECT * FROM t UNPIVOT INCLUDE NULLS (v FOR n IN (a, b))

SELECT a FROM t UNION ALL BY NAME SELECT b FROM u EXCEPT ALL SELECT c FROM v

WITH RECURSIVE r (a) USING KEY (a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM r WHERE a < 3), c AS MATERIALIZED (FROM t) SELECT a FROM r, c

WITH c AS (FROM t) INSERT INTO u FROM c

VALUES (1, 2), (3, 4)

FROM (VALUES (1, 2)) AS t (a, b)

SELECT a FROM query('SELECT 1')

SELECT a FROM query_table('t')

SELECT grouping(a) FROM t GROUP BY GROUPING SETS ((a, b), (a), ()), CUBE (c), ROLLUP (d)

SELECT rank() OVER w FROM t WINDOW w AS (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW)

SELECT a FROM db.s.t AS x, 'https://x.y/z.csv'

.mode markdown

SELECT * FROM read_csv_auto('a.csv', header=true, columns={'a': 'INT', 'b': 'VARCHAR'}) WHERE a IS NOT NULL

CREATE TABLE t AS SELECT * FROM 'x.parquet'; INSERT INTO t SELECT * FROM read_json_auto('y.json'); COPY t TO 'z' (FORMAT csv, PARTITION_BY (a, b), OVERWRITE)

SELECT a.b.c, d['e'].f, g[1:2], h[-1], list_aggregate(i, 'sum'), j.k::STRUCT(x INT, y VARCHAR), {'x': 1}.x, [1, 2][1], array_agg(l ORDER BY m)[1], strptime(n, '%Y')::DATE, epoch_ms(o), regexp_extract(p, '(\d+)', 1), (q -> '$.a')::INT, r ->> '$.b', s.t ILIKE '%x%', u SIMILAR TO 'y', v BETWEEN 1 AND 2, w IN (1, 2), try_cast(x AS INT), y::DECIMAL(10,2), current_timestamp, today(), ifnull(z, 0), coalesce(*COLUMNS(['aa', 'bb'])) FROM t

SELECT unnest([1,2,3]) AS a, generate_subscripts([4,5], 1) AS b; FROM duckdb_tables() SELECT table_name; DESCRIBE FROM t; SHOW DATABASES; SUMMARIZE FROM 'x.parquet'

SELECT a, rank() OVER (PARTITION BY b ORDER BY c) r FROM t QUALIFY r = 1 LIMIT 5; SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, c DESC; SELECT count(DISTINCT (a, b)) FROM t

ATTACH 'ducklake:meta.db' AS lake (DATA_PATH 'x/'); USE lake; CREATE TABLE lake.t (a INT); CALL lake.snapshots(); DETACH DATABASE IF EXISTS lake

WITH c(a) AS MATERIALIZED (VALUES (1), (2)) SELECT c.a, x FROM c, LATERAL (SELECT c.a + 1) AS l(x), range(3) r
