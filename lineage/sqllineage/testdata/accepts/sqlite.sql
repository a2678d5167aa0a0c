ALTER TABLE t RENAME TO u

ALTER TABLE t RENAME COLUMN a TO b

ALTER TABLE t ADD COLUMN c TEXT NOT NULL DEFAULT '' COLLATE NOCASE

ALTER TABLE t DROP COLUMN c

ANALYZE main.t

ATTACH DATABASE 'file:x.db?mode=ro' AS aux1 KEY 'secret'

BEGIN IMMEDIATE TRANSACTION

BEGIN EXCLUSIVE

COMMIT

END TRANSACTION

CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t (a COLLATE NOCASE DESC, lower(b)) WHERE c IS NOT NULL

CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b TEXT UNIQUE ON CONFLICT REPLACE CHECK (length(b) > 2), c REAL GENERATED ALWAYS AS (a * 2) STORED, d REFERENCES u (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, PRIMARY KEY (id, a), CONSTRAINT x FOREIGN KEY (b) REFERENCES w) STRICT, WITHOUT ROWID

CREATE TEMP TABLE x AS SELECT a, b FROM t

CREATE TRIGGER IF NOT EXISTS tr AFTER UPDATE OF address ON customers WHEN new.a > old.a BEGIN UPDATE orders SET address = new.address WHERE customer_name = old.name; SELECT RAISE(ABORT, 'x'); END

CREATE TRIGGER tr INSTEAD OF INSERT ON v FOR EACH ROW BEGIN INSERT INTO t (a) VALUES (new.a); DELETE FROM u WHERE id = old.id; END

CREATE TEMP VIEW IF NOT EXISTS v (x, y) AS SELECT a, b FROM t

CREATE VIRTUAL TABLE IF NOT EXISTS email USING fts5 (sender, title, body, tokenize = 'porter')

DELETE FROM main.t AS x INDEXED BY i WHERE a = 1 RETURNING id, a AS b

DELETE FROM t NOT INDEXED WHERE a = 1 ORDER BY b LIMIT 3 OFFSET 2

DETACH DATABASE aux1

DROP INDEX IF EXISTS i

DROP TABLE IF EXISTS main.t

DROP TRIGGER tr

DROP VIEW v

EXPLAIN QUERY PLAN SELECT a FROM t

INSERT OR REPLACE INTO t (a, b) VALUES (1, 2), (3, 4)

INSERT OR IGNORE INTO main.t AS x (a) SELECT b FROM u WHERE true ON CONFLICT (a) WHERE c > 1 DO UPDATE SET a = excluded.a, (b, c) = (1, excluded.c) WHERE x.a < excluded.a ON CONFLICT DO NOTHING RETURNING *

INSERT INTO t DEFAULT VALUES

REPLACE INTO t (a) VALUES (?1)

PRAGMA main.table_info('t')

PRAGMA foreign_keys = ON

REINDEX main.t

RELEASE SAVEPOINT sp

ROLLBACK TRANSACTION TO SAVEPOINT sp

SAVEPOINT sp

SELECT DISTINCT a, b AS 'my col', "c" d, [e f], `g`, t.*, rowid, oid, _rowid_ FROM main.t AS t INDEXED BY i, u NOT INDEXED LEFT OUTER JOIN v USING (a, b) NATURAL CROSS JOIN w RIGHT JOIN x ON x.a = t.a FULL JOIN y

SELECT ?, ?12, :name, @name, $name, $ns::name(x), x'4142', 1e5, 0xFF, 1_000, NULL, CURRENT_TIMESTAMP, TRUE FROM t

SELECT a || b, -c, ~d, +e, a IS NOT b, a IS NOT DISTINCT FROM b, a NOTNULL, a ISNULL, a NOT NULL, a GLOB '*x*', a NOT LIKE 'x' ESCAPE '\', a MATCH 'y', a REGEXP 'z', a == b, a <> b, a << 2, a COLLATE NOCASE, b BETWEEN 1 AND 2, c IN t2, c NOT IN main.t3, c IN (1, 2), c IN json_each(d), e -> '$.x', e ->> 'y', EXISTS (SELECT 1), CAST(a AS NUMERIC(10, 2)), CASE a WHEN 1 THEN 'x' END, RAISE(IGNORE) FROM t

SELECT group_concat(DISTINCT a), count(*) FILTER (WHERE b > 1), sum(c) FILTER (WHERE d) OVER (PARTITION BY e ORDER BY f GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS), row_number() OVER w, string_agg(a, ',' ORDER BY b), json_group_array(a), iif(a, b, c), likely(d) FROM t WINDOW w AS (ORDER BY a RANGE 3 PRECEDING), w2 AS (w)

SELECT value FROM json_each(json_extract('[]', '$')) AS j, generate_series(1, 10) g, pragma_table_info('t') p

SELECT a FROM t WHERE (a, b) = (SELECT x, y FROM u) GROUP BY 1 HAVING count(*) > 1 ORDER BY a COLLATE NOCASE DESC NULLS LAST LIMIT 10, 20

VALUES (1, 2), (3, 4)

SELECT a FROM t UNION ALL VALUES (1) INTERSECT SELECT b FROM u EXCEPT SELECT c FROM v

WITH RECURSIVE cnt (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM cnt LIMIT 1000000), y AS NOT MATERIALIZED (SELECT 1) SELECT x FROM cnt

WITH c AS (SELECT a FROM t) INSERT INTO u SELECT a FROM c

WITH c AS (SELECT a FROM t) DELETE FROM u WHERE id IN (SELECT a FROM c)

WITH c AS (SELECT a, id FROM t) UPDATE OR IGNORE u INDEXED BY i SET b = c.a FROM c WHERE c.id = u.id RETURNING *

UPDATE t SET (a, b) = (SELECT x, y FROM u WHERE u.id = t.id), c = 1 WHERE d = 2 ORDER BY e LIMIT 3

VACUUM main INTO 'file.db'

SELECT * FROM (t1 JOIN t2 ON t1.a = t2.a)

SELECT a FROM "my table" WHERE b = "text"

SELECT a FROM t WHERE x > date('now', '-1 day') ;;

CREATE TABLE "weird""name" ("a b" TEXT, [c d] INT, `e f` BLOB)

SELECT "users"."id", "users"."name" FROM "users" INNER JOIN "posts" ON "posts"."user_id" = "users"."id" WHERE "users"."active" = 1 AND "posts"."state" IN ('a', 'b') ORDER BY "users"."id" ASC LIMIT 10

CREATE TABLE sqlite_sequence(name,seq); INSERT INTO sqlite_sequence VALUES('t',5); PRAGMA user_version = 3; PRAGMA table_xinfo("t")

SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' UNION ALL SELECT name FROM sqlite_temp_master ORDER BY 1

SELECT strftime('%Y', ts, 'unixepoch') AS y, total(a), group_concat(b, '-') FILTER (WHERE c), json_group_object(k, v), max(d, e), ifnull(f, g), printf('%d', h), i -> 'x' ->> 'y', zeroblob(10), x'00ff' FROM t GROUP BY y HAVING y > '2020'
