ABORT

ALTER DATABASE tickit_sandbox ISOLATION LEVEL SNAPSHOT

ALTER DATASHARE salesshare ADD TABLE public.tickit_sales_redshift

ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC

ALTER EXTERNAL TABLE spectrum_schema.t SET LOCATION 's3://b/k'

ALTER FUNCTION first_quarter_revenue(a int) OWNER TO bob

ALTER GROUP admin_group ADD USER dwuser

ALTER MATERIALIZED VIEW mv AUTO REFRESH YES

ALTER ROLE r WITH RENAME TO q

ALTER SCHEMA us_sales QUOTA 300 GB

ALTER TABLE listing ALTER SORTKEY AUTO, ALTER DISTSTYLE KEY DISTKEY eventid

ALTER TABLE users ADD COLUMN feedback_score int DEFAULT NULL ENCODE zstd

ALTER TABLE spectrum.sales_part ADD IF NOT EXISTS PARTITION(saledate='2008-01-01') LOCATION 's3://b/saledate=2008-01/'

ALTER TABLE t1 ALTER COLUMN c0 ENCODE AZ64

ALTER USER admin PASSWORD 'adminPass9' VALID UNTIL '2017-12-31'

ANALYZE VERBOSE venue (venueid, venuename) PREDICATE COLUMNS

ANALYZE COMPRESSION listing COMPROWS 1000000

ATTACH RLS POLICY policy_concerts ON tickit_category_redshift TO ROLE analyst, ROLE dbadmin

BEGIN READ ONLY

CALL sp_test(1, 'x')

CANCEL 802 'Long-running query'

CLOSE movie_cursor

COMMENT ON TABLE guests IS 'x'

COPY favoritemovies FROM 'dynamodb://ProductCatalog' IAM_ROLE 'arn:aws:iam::0123456789012:role/MyRedshiftRole' READRATIO 50

COPY listing (a, b) FROM 's3://mybucket/data/listing/' CREDENTIALS 'aws_iam_role=arn:aws:iam::1:role/x' FORMAT AS JSON 's3://b/jsonpaths.json' GZIP TIMEFORMAT 'auto' MAXERROR 10 REGION 'us-west-2' MANIFEST COMPUPDATE OFF STATUPDATE ON ACCEPTINVCHARS IGNOREHEADER 1

COPY public.t FROM 's3://b/p' IAM_ROLE default FORMAT AS PARQUET SERIALIZETOJSON

CREATE DATABASE sampledb COLLATE CASE_INSENSITIVE

CREATE DATASHARE salesshare SET PUBLICACCESSIBLE TRUE

CREATE EXTERNAL FUNCTION exfunc_foo(varchar) RETURNS varchar VOLATILE LAMBDA 'f' IAM_ROLE 'arn:x'

CREATE EXTERNAL SCHEMA spectrum_schema FROM DATA CATALOG DATABASE 'spectrum_db' IAM_ROLE 'arn:aws:iam::1:role/x' CREATE EXTERNAL DATABASE IF NOT EXISTS

CREATE EXTERNAL TABLE spectrum.sales (salesid integer, saledate date, m map<varchar(10), struct<a:int>>) PARTITIONED BY (d date) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' STORED AS TEXTFILE LOCATION 's3://b/tickit/spectrum/sales/' TABLE PROPERTIES ('numRows'='172000')

CREATE FUNCTION f_py_greater (a float, b float) RETURNS float STABLE AS $$ if a > b: return a
 return b $$ LANGUAGE plpythonu

CREATE FUNCTION f_sql_greater (float, float) RETURNS float STABLE AS $$ SELECT CASE WHEN $1 > $2 THEN $1 ELSE $2 END $$ LANGUAGE sql

CREATE GROUP admin_group WITH USER admin1, admin2

CREATE LIBRARY f_urlparse LANGUAGE plpythonu FROM 's3://b/urlparse3-1.0.3.zip' CREDENTIALS 'aws_iam_role=arn'

CREATE MASKING POLICY mask_cc WITH (credit_card VARCHAR(256)) USING ('000000XXXX0000'::TEXT)

CREATE MATERIALIZED VIEW mv_city BACKUP NO DISTSTYLE KEY DISTKEY (city) SORTKEY (a) AUTO REFRESH YES AS SELECT city FROM t

CREATE MODEL demo_ml.customer_churn FROM (SELECT state, area_code FROM demo_ml.customer_activity WHERE record_date < '2020-01-01') TARGET churn FUNCTION predict_churn IAM_ROLE 'arn' SETTINGS (S3_BUCKET 'b')

CREATE OR REPLACE PROCEDURE test_sp1(f1 int, f2 varchar(20)) AS $$ DECLARE min_val int; BEGIN DROP TABLE if exists tmp_tbl; CREATE TEMP TABLE tmp_tbl(id int); INSERT INTO tmp_tbl values (f1),(10001); SELECT INTO min_val MIN(id) FROM tmp_tbl; RAISE INFO 'min_val = %', min_val; END; $$ LANGUAGE plpgsql SECURITY INVOKER

CREATE RLS POLICY policy_concerts WITH (catgroup VARCHAR(10)) USING (catgroup = 'Concerts')

CREATE ROLE sample_role1

CREATE TABLE t1 (col1 int IDENTITY(1, 1) ENCODE zstd DISTKEY, col2 varchar(max) COLLATE case_insensitive NOT NULL, d super, h hllsketch, PRIMARY KEY (col1)) BACKUP NO DISTSTYLE KEY COMPOUND SORTKEY (col1, col2)

CREATE TABLE t2 DISTSTYLE EVEN INTERLEAVED SORTKEY (a, b) ENCODE AUTO AS SELECT a, b FROM t1

CREATE TEMP TABLE #newtable (LIKE event INCLUDING DEFAULTS) DISTKEY (a)

CREATE LOCAL TEMPORARY TABLE x (id int) ON COMMIT PRESERVE ROWS

CREATE USER newman WITH PASSWORD '@AbC4321!' SESSION TIMEOUT 120

CREATE VIEW sales_vw AS SELECT a, b FROM public.sales UNION ALL SELECT a, b FROM spectrum.sales WITH NO SCHEMA BINDING

DEALLOCATE prep_select_plan

DECLARE lollapalooza CURSOR FOR SELECT eventname FROM sales

DELETE event USING sales WHERE event.eventid = sales.eventid

DELETE FROM category WHERE catid BETWEEN 0 AND 9

DESC DATASHARE salesshare OF ACCOUNT '1' NAMESPACE 'x'

DESC IDENTITY PROVIDER azure

DETACH MASKING POLICY m ON t (c) FROM PUBLIC

DROP DATASHARE salesshare

DROP EXTERNAL VIEW a.b

DROP LIBRARY f_urlparse

DROP MODEL demo_ml.customer_churn

DROP PROCEDURE proc1(int)

EXECUTE prep_select_plan(1, 'x')

EXPLAIN VERBOSE SELECT a FROM t

FETCH FORWARD 10 FROM lollapalooza

GRANT USAGE ON DATASHARE salesshare TO NAMESPACE '13b8833d'

GRANT ASSUMEROLE ON 'arn:aws:iam::1:role/x' TO reg_user1 FOR COPY

GRANT SELECT ON TABLE t TO ROLE r

INSERT INTO category_stage (SELECT * FROM category)

LOCK event, sales

MERGE INTO target USING source ON target.id = source.id REMOVE DUPLICATES

MERGE INTO target USING source AS s ON target.id = s.id WHEN MATCHED THEN UPDATE SET id = s.id, name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)

PREPARE prep_insert_plan (int) AS INSERT INTO prep1 VALUES ($1)

REFRESH MATERIALIZED VIEW tickets_mv CASCADE

RESET query_group

REVOKE ALL ON SCHEMA s FROM GROUP g

SELECT TOP 10 qtysold, sellerid FROM sales ORDER BY qtysold DESC

SELECT * EXCLUDE col4 FROM t

SELECT a, b FROM t QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1

SELECT a FROM t CONNECT BY PRIOR id = manager_id START WITH id = 1

SELECT c.c_name, o.o_orderkey, l.l_quantity FROM customer_orders_lineitem c, c.c_orders o, o.o_lineitems l WHERE l.l_quantity > 1

SELECT attr AS attribute_name, json_typeof(val) AS value_type FROM customer_orders_lineitem c, UNPIVOT c.c_orders AS val AT attr

SELECT c.c_orders[0].o_totalprice, c."c_orders"[1]['x'] FROM customer_orders_lineitem c, c.c_orders AS orders AT index

SELECT * FROM (SELECT partname, price FROM part) PIVOT (AVG(price) AS avg_price, COUNT(*) FOR partname IN ('P1', 'P2' AS p2))

SELECT * FROM (SELECT red, green, blue FROM count_by_color) UNPIVOT INCLUDE NULLS (cnt FOR color IN (red, green AS g, blue))

SELECT approximate count(distinct pricepaid), listagg(distinct sellerid, ', ') within group (order by dateid) over (partition by x), median(a), ratio_to_report(b) over (), dateadd(month, 18, caldate), datediff(qtr, a, b), date_part(dow, c), getdate(), sysdate, nvl2(a, b, c), decode(a, 1, 'x', b), a::varchar(max), convert(integer, d), json_extract_path_text(e, 'f', 'g'), len(h), strtol('16', 10), func_sha1(x), md5(y), try_cast(q as int) FROM t

SELECT eventid FROM listing MINUS SELECT eventid FROM sales

SELECT eventname INTO TEMP newevent FROM event WHERE a ~ 'x' AND b SIMILAR TO '%y%' AND c ILIKE 'z' ESCAPE '\\'

SET query_group TO 'priority'

SET SEARCH_PATH TO '$user', public

SET SESSION AUTHORIZATION 'dwuser'

SHOW TABLES FROM SCHEMA dev.public LIKE '%x'

SHOW TABLE sales

SHOW EXTERNAL TABLE a.b PARTITION

START TRANSACTION

TRUNCATE TABLE a.b

UNLOAD ('select * from venue') TO 's3://b/unload/' IAM_ROLE 'arn' PARQUET PARTITION BY (venuestate) INCLUDE MAXFILESIZE 256 MB CLEANPATH ALLOWOVERWRITE

UNLOAD ($$ select a from venue where b = 'x' $$) TO 's3://b/unload/' IAM_ROLE default CSV DELIMITER AS '|'

UPDATE category SET catid = 100 FROM event WHERE event.catid = category.catid

USE sales_db

VACUUM FULL sales TO 75 PERCENT BOOST

WITH RECURSIVE john_org(id, name, manager_id, level) AS (SELECT id, name, manager_id, 1 AS level FROM employee WHERE name = 'John' UNION ALL SELECT e.id, e.name, e.manager_id, level + 1 FROM employee e, john_org j WHERE e.manager_id = j.id AND level < 4) SELECT id, name, manager_id FROM john_org ORDER BY manager_id

ALTER TABLE target APPEND FROM staging IGNOREEXTRA

COPY JOB CREATE job_copy AUTO ON

CREATE EXTERNAL TABLE spectrum.x PARTITIONED BY (a) STORED AS PARQUET LOCATION 's3://b/x/' AS SELECT b, a FROM t

CREATE EXTERNAL VIEW sample_schema.v AS SELECT a FROM external_schema.t

INSERT INTO spectrum.lineitem SELECT a FROM local_lineitem

SELECT SUM(l_quantity) FROM t

SELECT a.*, ROW_NUMBER() OVER (PARTITION BY a.x ORDER BY a.y DESC) AS rn INTO TEMP TABLE t2 FROM s.a a WHERE a.d BETWEEN DATEADD('day', -7, GETDATE())::DATE AND CURRENT_DATE

CREATE TABLE IF NOT EXISTS s.t (a BIGINT ENCODE raw NOT NULL, b VARCHAR(256) ENCODE lzo, c TIMESTAMPTZ DEFAULT GETDATE()) DISTSTYLE ALL SORTKEY AUTO

COPY s.t FROM 's3://b/k.manifest' ACCESS_KEY_ID 'x' SECRET_ACCESS_KEY 'y' SESSION_TOKEN 'z' MANIFEST DELIMITER '\t' NULL AS '\\N' EMPTYASNULL ESCAPE REMOVEQUOTES DATEFORMAT 'YYYY-MM-DD' SSH

COPY s.t FROM 'emr://j-1/out/part-*' CREDENTIALS 'x' FIXEDWIDTH 'a:3,b:5'

UNLOAD ('SELECT * FROM s.t WHERE a = \'x\' LIMIT 10') TO 's3://b/k' IAM_ROLE 'r' HEADER GZIP PARALLEL OFF

ALTER TABLE s.t ADD PARTITION (d='1') LOCATION 's3://b/1/' PARTITION (d='2') LOCATION 's3://b/2/'

SELECT pg_terminate_backend(1); SET enable_result_cache_for_session TO off; SHOW search_path; SELECT current_schema();

GRANT USAGE ON LANGUAGE plpythonu TO x; ALTER USER u SET search_path TO a, b; CREATE USER u PASSWORD DISABLE; DROP USER IF EXISTS u

SELECT TOP 5 LISTAGG(DISTINCT a, '|') WITHIN GROUP (ORDER BY b), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY c) OVER (PARTITION BY d), APPROXIMATE PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY e), REGEXP_SUBSTR(f, '[0-9]+'), CONVERT_TIMEZONE('UTC', 'x', g), DATE_TRUNC('week', h)::DATE, NVL(i, j, k), ZEROIFNULL(l), x'4D' FROM s.t GROUP BY d
