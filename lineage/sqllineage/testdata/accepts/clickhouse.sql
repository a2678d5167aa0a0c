ALTER TABLE visits ADD COLUMN IF NOT EXISTS browser String DEFAULT 'x' AFTER b, MODIFY COLUMN c LowCardinality(String) CODEC(ZSTD(3)) TTL d + INTERVAL 1 DAY, DROP COLUMN e, COMMENT COLUMN f 'y', CLEAR COLUMN g IN PARTITION 'z', RENAME COLUMN h TO i, MATERIALIZE COLUMN j

ALTER TABLE t ON CLUSTER '{cluster}' ADD INDEX idx (a) TYPE minmax GRANULARITY 4

ALTER TABLE t ADD PROJECTION p (SELECT a, sum(b) GROUP BY a)

ALTER TABLE t DETACH PARTITION tuple('2020')

ALTER TABLE t DROP PARTITION ID '202001', FREEZE PARTITION 201902

ALTER TABLE t FETCH PARTITION 201902 FROM '/clickhouse/tables/01-01/visits'

ALTER TABLE t MODIFY SETTING max_part_loading_threads = 8

ALTER TABLE t MODIFY ORDER BY (a, b)

ALTER TABLE t MODIFY TTL d + INTERVAL 1 MONTH TO DISK 'x', d + INTERVAL 1 YEAR DELETE WHERE e = 1

ALTER TABLE t ADD CONSTRAINT c CHECK a > 1

ALTER TABLE t UPDATE a = b + 1, c = 2 IN PARTITION 1 WHERE d = 3

ALTER TABLE t ON CLUSTER c DELETE WHERE a = 1

ALTER TABLE dst REPLACE PARTITION '2020' FROM src

ALTER TABLE src MOVE PARTITION '2020' TO TABLE dst

ALTER TABLE dst ATTACH PARTITION ID 'x' FROM src

ALTER USER john IDENTIFIED BY 'x' HOST LOCAL

ALTER QUOTA q FOR INTERVAL 15 month MAX queries = 123 TO CURRENT_USER

ALTER ROW POLICY p ON t FOR SELECT USING a = 1 TO x

ALTER DATABASE d MODIFY SETTING x = 1

ALTER NAMED COLLECTION c SET a = 'b'

ATTACH TABLE t FROM 'path/' (a UInt8) ENGINE = File(TabSeparated)

ATTACH DICTIONARY d

BACKUP TABLE test.table TO Disk('backups', '1.zip') SETTINGS base_backup = Disk('x')

CHECK TABLE t PARTITION 'x' SETTINGS check_query_single_value_result = 0

CREATE DATABASE IF NOT EXISTS db ON CLUSTER c ENGINE = Atomic COMMENT 'x'

CREATE TABLE IF NOT EXISTS db.t ON CLUSTER c (a UInt64, b Nullable(String) DEFAULT 'x' CODEC(LZ4), c DateTime64(3, 'UTC') MATERIALIZED now(), d Array(Tuple(x String, y Nested(z Int8))) ALIAS a, e Enum8('a' = 1), f AggregateFunction(sum, UInt64), g JSON, INDEX i a TYPE bloom_filter GRANULARITY 1, PROJECTION p (SELECT a ORDER BY b), CONSTRAINT x CHECK a > 0, PRIMARY KEY (a)) ENGINE = ReplicatedReplacingMergeTree('/x/{shard}', '{replica}', c) PARTITION BY toYYYYMM(c) PRIMARY KEY a ORDER BY (a, b) SAMPLE BY a TTL c + INTERVAL 1 DAY DELETE WHERE b = 'x', c + INTERVAL 2 DAY GROUP BY a SET b = max(b) SETTINGS index_granularity = 8192 COMMENT 'y'

CREATE TABLE t2 AS t1 ENGINE = Distributed(cluster, db, t1, rand())

CREATE TABLE t ENGINE = MergeTree ORDER BY a AS SELECT a FROM s

CREATE TABLE t ENGINE = Memory EMPTY AS SELECT a FROM s

CREATE TABLE t AS numbers(10)

CREATE TABLE t CLONE AS s ENGINE = MergeTree

CREATE OR REPLACE TABLE t (a Int8) ENGINE = S3('https://b.s3.amazonaws.com/x.csv', 'CSV')

REPLACE TABLE t (a Int8) ENGINE = Memory AS SELECT a FROM s

CREATE TEMPORARY TABLE tmp (a UInt8) ENGINE = Memory

CREATE VIEW v ON CLUSTER c (a UInt8) DEFINER = alice SQL SECURITY DEFINER AS SELECT a FROM t

CREATE VIEW pv AS SELECT a FROM t WHERE b = {x:String}

CREATE MATERIALIZED VIEW mv ENGINE = SummingMergeTree ORDER BY a POPULATE AS SELECT a, sum(b) AS s FROM t GROUP BY a

CREATE MATERIALIZED VIEW mv REFRESH EVERY 1 HOUR OFFSET 5 MINUTE RANDOMIZE FOR 10 SECOND DEPENDS ON x, y APPEND TO dst (a UInt8) EMPTY AS SELECT a FROM t

CREATE LIVE VIEW lv AS SELECT a FROM t

CREATE WINDOW VIEW wv TO dst AS SELECT count() AS c, tumbleStart(w) AS s FROM t GROUP BY tumble(ts, INTERVAL '5' SECOND) AS w

CREATE DICTIONARY db.d (id UInt64 DEFAULT 0, name String EXPRESSION 'x' HIERARCHICAL) PRIMARY KEY id SOURCE(CLICKHOUSE(HOST 'h' TABLE 't' DB 'x')) LAYOUT(FLAT()) LIFETIME(MIN 0 MAX 1000) COMMENT 'x'

CREATE FUNCTION linear_equation AS (x, k, b) -> k*x + b

CREATE USER mira HOST IP '127.0.0.1' IDENTIFIED WITH sha256_password BY 'qwerty'

CREATE ROLE accountant

CREATE ROW POLICY p ON db.t USING a < 1000 AS RESTRICTIVE TO accountant

CREATE QUOTA q FOR INTERVAL 15 month MAX queries = 123 TO CURRENT_USER

CREATE SETTINGS PROFILE p SETTINGS max_memory_usage = 100000001 MIN 90000000

CREATE NAMED COLLECTION c AS a = '1', b = '2' OVERRIDABLE

DELETE FROM t ON CLUSTER c IN PARTITION 'x' WHERE a = 1 SETTINGS y = 1

DESCRIBE TABLE t SETTINGS x = 1

DESC (SELECT a FROM t)

DETACH TABLE t ON CLUSTER c PERMANENTLY SYNC

DROP TABLE IF EXISTS t ON CLUSTER c SYNC

DROP TEMPORARY TABLE tmp

DROP DICTIONARY d

DROP VIEW v

EXCHANGE TABLES a AND b ON CLUSTER c

EXCHANGE DICTIONARIES a AND b

EXISTS TABLE db.t INTO OUTFILE 'x' FORMAT JSON

EXPLAIN PIPELINE header = 1 SELECT a FROM t

EXPLAIN AST SELECT 1

GRANT SELECT(x, y) ON db.table TO john WITH GRANT OPTION

GRANT CURRENT GRANTS ON *.* TO x

REVOKE ADMIN OPTION FOR r FROM u

INSERT INTO t (* EXCEPT (b)) VALUES (2, 2)

INSERT INTO t FORMAT Values (1, 'a'), (2, 'b')

INSERT INTO t FORMAT JSONEachRow {"a": 1, "b": "it's"} {"a": 2}

INSERT INTO t SETTINGS async_insert = 1 FORMAT TSV
1	abc'def
2	x

INSERT INTO FUNCTION s3('https://b/x.csv', 'CSV') PARTITION BY a SELECT a FROM t

INSERT INTO TABLE FUNCTION remote('h:9000', 'db', 't') SELECT a FROM s

INSERT INTO t FROM INFILE 'x.csv.gz' COMPRESSION 'gzip' FORMAT CSV

INSERT INTO t SELECT a FROM s SETTINGS max_insert_threads = 4

INSERT INTO t SETTINGS x = 1 VALUES (1)

INSERT INTO t WITH c AS (SELECT a FROM s) SELECT a FROM c

KILL QUERY WHERE query_id = 'x' SYNC

KILL MUTATION WHERE database = 'x'

OPTIMIZE TABLE t ON CLUSTER c PARTITION 'x' FINAL DEDUPLICATE BY * EXCEPT (a)

RENAME TABLE a TO b, c TO d.e ON CLUSTER f

RENAME DATABASE a TO b

RESTORE TABLE t AS u FROM Disk('x', 'y')

SET max_threads = 4, x = 'y'

SET param_x = 5

SET ROLE DEFAULT

SET DEFAULT ROLE r TO u

SHOW TABLES FROM db LIKE '%x%' LIMIT 5 FORMAT JSON

SHOW CREATE TABLE db.t

SYSTEM RELOAD DICTIONARY d

SYSTEM FLUSH LOGS

TRUNCATE TABLE IF EXISTS db.t ON CLUSTER c SYNC

TRUNCATE ALL TABLES FROM db

UNDROP TABLE t

USE db

UPDATE t SET a = 1 WHERE b = 2

WATCH v EVENTS

MOVE USER u TO x

SELECT DISTINCT ON (a, b) a, b FROM t FINAL SAMPLE 1/10 OFFSET 1/2 PREWHERE c = 1 WHERE d = 2 GROUP BY a WITH ROLLUP WITH TOTALS HAVING x > 1 ORDER BY a WITH FILL FROM 1 TO 10 STEP 2 STALENESS 3 INTERPOLATE (e AS e + 1) LIMIT 3 OFFSET 2 BY a, b LIMIT 10, 5 WITH TIES SETTINGS max_threads = 1 INTO OUTFILE 'x' TRUNCATE COMPRESSION 'gzip' FORMAT TabSeparatedWithNames

SELECT a FROM t GLOBAL ANY LEFT JOIN u USING a, b

SELECT a FROM t ALL INNER JOIN u ON t.x = u.x ASOF LEFT JOIN v ON t.y = v.y AND t.z >= v.z LEFT ANTI JOIN w USING (q) LEFT SEMI JOIN s ON 1 PASTE JOIN r

SELECT a, arr_item, n FROM t LEFT ARRAY JOIN arr AS arr_item, arrayEnumerate(arr) AS n, nested.x AS y

SELECT a FROM t ARRAY JOIN nested

WITH '2019-08-01' AS ts_upper_bound, (SELECT sum(b) FROM u) AS total, c AS (SELECT x FROM v), 5 AS n SELECT a / total AS share, a -> a + 1 FROM t, c WHERE d = ts_upper_bound

WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT sum(n) FROM r

SELECT quantile(0.9)(a), sumIf(b, c > 1), argMax(d, e), uniqExactState(f), groupArray(10)(g), countIf(h), topK(3)(i), any(j), arrayMap(x -> x + 1, arr), arrayMap((x, y) -> x + y, a1, a2), arrayFilter(x -> x.1 = 1, k), tup.1, tup.name, l['key'], m[1], [1, 2, 3], (1, 'x'), {'a': 1}, map('a', 1), n ? o : p, q = 1 ? 'x' : 'y', toDate(r) + INTERVAL 1 DAY, INTERVAL '1 day', CAST(s AS Nullable(UInt8)), CAST(t, 'String'), u::Array(UInt8), v IS NULL, w NOT IN (1, 2), x GLOBAL IN (SELECT y FROM z), y IN tbl, z LIKE 'a%', aa ILIKE 'b', bb BETWEEN 1 AND 2, NOT cc, dd == ee, ff != gg, hh <> ii, jj % 2, kk DIV 2, ll MOD 3, -mm, dictGet('db.d', 'x', nn), dictGetOrDefault('d', ('a', 'b'), oo, (1, 2)), COLUMNS('^x'), COLUMNS(a, b) EXCEPT c, t.COLUMNS('y'), * EXCEPT (a, b) REPLACE (c + 1 AS c) APPLY (toString) APPLY x -> x + 1, DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00:00', 0xFF, 0b11, 1e5, inf, nan, 'a\'b', 'c''d', $$e$$, count(), count(*), count(DISTINCT a), lagInFrame(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), rank() OVER w, exists(SELECT 1), extract(year FROM d), trim(BOTH 'x' FROM e), substring(f FROM 1 FOR 2), CASE WHEN a THEN b END, identity(a AS b) + b, {p:UInt8}, arr.size0, json.a.b, json.a[].b, @@version FROM t WINDOW w AS (ORDER BY a)

SELECT a FROM s3('https://b/*.parquet', 'Parquet'), url('x', CSV, 'a String'), file('y.csv'), numbers(10), remote('h', db.t), remote('h', 'db', 't2'), cluster('c', db.t3), mysql('h:3306', 'db', 't4', 'u', 'p'), postgresql('h', 'db', 't5', 'u', 'p'), merge('db', '^x'), values('a Int8', 1, 2), generateRandom('a Int8'), view(SELECT a FROM u), input('a Int8'), dictionary('d'), hdfs('h'), icebergS3('x'), deltaLake('y'), azureBlobStorage('z')

SELECT a FROM {db:Identifier}.{t:Identifier}

SELECT a FROM t LIMIT 1 BY a FORMAT Null

SELECT a FROM (SELECT b AS a FROM t UNION DISTINCT SELECT c FROM u EXCEPT SELECT d FROM v INTERSECT SELECT e FROM w) SETTINGS x = 1

FROM t SELECT a WHERE b = 1

SELECT a FROM t QUALIFY row_number() OVER (PARTITION BY b) = 1

SELECT a FROM t GROUP BY GROUPING SETS ((a), (b)), c

SELECT a FROM t GROUP BY ALL ORDER BY ALL

SELECT a FROM t ORDER BY a ASC NULLS LAST, b LIMIT 5 WITH TIES

SELECT a FROM db.t AS x FINAL WHERE _part = 'y'

SELECT 1 FORMAT Vertical

SELECT (SELECT max(x) FROM u) AS m, a FROM t WHERE a > m

EXPLAIN indexes = 1, projections = 1 SELECT * FROM t

SELECT toStartOfInterval(ts, INTERVAL 5 MINUTE) AS t, countIf(code >= 500) / count() AS err, quantiles(0.5, 0.99)(dur) AS q, sumMap(m), groupUniqArray(x), argMinMerge(st), any(y) AS yy, minOrNull(z), avgOrDefault(w) FROM db.t WHERE date >= today() - 7 AND has(tags, 'x') AND match(u, '^a') GROUP BY t ORDER BY t WITH FILL STEP INTERVAL 5 MINUTE

SELECT database, table, formatReadableSize(sum(bytes)) FROM system.parts WHERE active GROUP BY database, table ORDER BY sum(bytes) DESC FORMAT PrettyCompact

INSERT INTO db.t (*) SELECT * FROM db.u WHERE a IN (SELECT b FROM v) SETTINGS insert_quorum = 2

CREATE TABLE IF NOT EXISTS db.d ON CLUSTER '{cluster}' (`a` UInt64 CODEC(Delta, ZSTD), `n.x` Array(String), INDEX i1 a TYPE set(100) GRANULARITY 2, b String DEFAULT lower(c), c String EPHEMERAL) ENGINE = Distributed('{cluster}', db, l, cityHash64(a)) SETTINGS fsync_after_insert = 0

SELECT a[1].2, b.c.d, tuple(1, 'x').1, (e, f) = (1, 2), [g, h][1], map('k', i)['k'], j?.k FROM t

WITH x AS (SELECT 1 AS a), 5 AS n, (a, b) -> a + b AS f SELECT f(a, n) FROM x

SELECT * FROM a LEFT JOIN b ON a.x = b.x AND a.y < b.y INNER ANY JOIN c USING (z) SETTINGS join_algorithm = 'hash'

SELECT DISTINCT a FROM t SAMPLE 0.1 WHERE b GLOBAL IN t2 ORDER BY a LIMIT 10 OFFSET 5 ROWS; SHOW PROCESSLIST; SELECT version(); SET allow_experimental_x = 1; SYSTEM STOP MERGES t; KILL QUERY WHERE user = 'x' ASYNC

ALTER TABLE t MODIFY QUERY SELECT a FROM s; ALTER TABLE t ADD COLUMN `n.y` Array(UInt8) AFTER `n.x`; ALTER TABLE t MATERIALIZE INDEX i; ALTER TABLE t REMOVE TTL; ALTER TABLE t RESET SETTING x
