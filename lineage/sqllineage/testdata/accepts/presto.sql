SELECT a, approx_distinct(b) FROM hive.db.t CROSS JOIN UNNEST(c) AS u (d) WHERE e IN (SELECT x FROM y) GROUP BY 1

CREATE TABLE x WITH (bucketed_by = ARRAY['a'], bucket_count = 5) AS SELECT a FROM t

CREATE TABLE m AS (SELECT a FROM n)

INSERT INTO t SELECT a FROM (SELECT a FROM u LIMIT 5)
