CREATE OR REPLACE PACKAGE BODY etl.pkg_sales AS
  g_batch CONSTANT NUMBER := 1;
  TYPE t_rows IS TABLE OF stg.sales%ROWTYPE INDEX BY PLS_INTEGER;
  CURSOR c_src (p_dt DATE) IS SELECT id, amt, cust FROM stg.sales WHERE dt >= p_dt;
  FUNCTION get_rate(p_ccy VARCHAR2) RETURN NUMBER IS
    v_rate NUMBER;
  BEGIN
    SELECT rate INTO v_rate FROM ref.fx WHERE ccy = p_ccy AND ROWNUM = 1;
    RETURN v_rate;
  EXCEPTION WHEN NO_DATA_FOUND THEN RETURN 1;
  END get_rate;
  PROCEDURE load_all(p_dt IN DATE DEFAULT SYSDATE) AS
    l_rows t_rows;
    l_ids dbms_sql.number_table;
  BEGIN
    OPEN c_src(p_dt);
    LOOP
      FETCH c_src BULK COLLECT INTO l_rows LIMIT 1000;
      FORALL i IN 1 .. l_rows.COUNT SAVE EXCEPTIONS
        INSERT INTO dwh.sales (id, amt, cust) VALUES (l_rows(i).id, l_rows(i).amt, l_rows(i).cust);
      EXIT WHEN c_src%NOTFOUND;
    END LOOP;
    CLOSE c_src;
    FOR r IN (SELECT id, nm FROM stg.cust) LOOP
      UPDATE dwh.cust c SET c.nm = r.nm WHERE c.id = r.id;
      IF SQL%ROWCOUNT = 0 THEN
        INSERT INTO dwh.cust (id, nm) VALUES (r.id, r.nm);
      END IF;
    END LOOP;
    MERGE /*+ parallel(4) */ INTO dwh.agg t USING (SELECT cust, SUM(amt) s FROM dwh.sales GROUP BY cust) s ON (t.cust = s.cust)
      WHEN MATCHED THEN UPDATE SET t.total = s.s WHERE t.locked = 'N' DELETE WHERE t.total = 0
      WHEN NOT MATCHED THEN INSERT (t.cust, t.total) VALUES (s.cust, s.s) WHERE s.s > 0
      LOG ERRORS INTO err$_agg ('x') REJECT LIMIT UNLIMITED;
    EXECUTE IMMEDIATE 'TRUNCATE TABLE stg.sales';
    DELETE FROM stg.tmp WHERE id IN (SELECT id FROM dwh.sales) RETURNING id BULK COLLECT INTO l_ids;
    COMMIT;
  EXCEPTION
    WHEN OTHERS THEN ROLLBACK; RAISE_APPLICATION_ERROR(-20001, 'x' || SQLERRM);
  END load_all;
END pkg_sales;
/

CREATE OR REPLACE PACKAGE p AS PROCEDURE a(x NUMBER); FUNCTION b RETURN DATE; TYPE rc IS REF CURSOR; c CONSTANT VARCHAR2(10) := 'x'; END p;
/
SELECT a FROM t
/

SELECT e.ename, d.dname FROM scott.emp e, scott.dept d WHERE e.deptno = d.deptno (+) AND d.loc(+) = 'X'

SELECT LEVEL, LPAD(' ', 2*LEVEL) || ename AS nm, CONNECT_BY_ROOT ename AS boss, SYS_CONNECT_BY_PATH(ename, '/') pth FROM emp WHERE sal > 10 START WITH mgr IS NULL CONNECT BY NOCYCLE PRIOR empno = mgr AND LEVEL < 5 ORDER SIBLINGS BY ename

INSERT ALL WHEN amt > 100 THEN INTO big (id, a) VALUES (oid, amt) INTO big2 WHEN amt > 10 THEN INTO mid ELSE INTO small (id) VALUES (oid) SELECT oid, amt FROM orders

INSERT FIRST WHEN x = 1 THEN INTO a VALUES (id, x) ELSE INTO b (id) VALUES (id) SELECT id, x FROM s

INSERT INTO (SELECT id, nm FROM emp WHERE dept = 1 WITH CHECK OPTION) VALUES (1, 'x')

UPDATE emp e SET (sal, comm) = (SELECT s.sal * 1.1, s.comm FROM sals s WHERE s.id = e.id), dt = SYSDATE WHERE EXISTS (SELECT 1 FROM sals s2 WHERE s2.id = e.id) RETURNING sal INTO :x

SELECT jt.* FROM po p, JSON_TABLE(p.doc, '$.items[*]' ERROR ON ERROR COLUMNS (rn FOR ORDINALITY, sku VARCHAR2(10) PATH '$.sku', qty NUMBER PATH '$.q' DEFAULT 0 ON EMPTY, NESTED PATH '$.parts[*]' COLUMNS (pn VARCHAR2 PATH '$.n'))) jt

SELECT x.id, x.nm FROM docs d, XMLTABLE('/a/b' PASSING d.xml COLUMNS id NUMBER PATH '@id', nm VARCHAR2(10) PATH 'name') x

SELECT XMLELEMENT("e", XMLATTRIBUTES(e.id AS "id", e.nm), XMLFOREST(e.a, e.b AS "bb"), XMLAGG(XMLELEMENT("c", e.c) ORDER BY e.d)) AS x, EXTRACTVALUE(e.doc, '/a') v, e.doc.extract('/x').getStringVal() g FROM emp e

SELECT deptno, MAX(sal) KEEP (DENSE_RANK FIRST ORDER BY hiredate DESC) OVER (PARTITION BY deptno) AS m, LISTAGG(ename, ',') WITHIN GROUP (ORDER BY ename) l, RATIO_TO_REPORT(sal) OVER () r FROM emp GROUP BY deptno

SELECT country, prod, yr, s FROM sales_view MODEL PARTITION BY (country) DIMENSION BY (prod, yr) MEASURES (sale s) RULES UPSERT SEQUENTIAL ORDER (s['Bounce', 2002] = s['Bounce', 2001] + 1, s['Y', FOR yr FROM 2000 TO 2005 INCREMENT 1] = 0) ORDER BY 1

SELECT * FROM ticker MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY tstamp MEASURES STRT.tstamp AS start_tstamp, LAST(DOWN.tstamp) AS bottom ALL ROWS PER MATCH AFTER MATCH SKIP TO LAST UP PATTERN (STRT DOWN+ UP+) SUBSET X = (DOWN, UP) DEFINE DOWN AS DOWN.price < PREV(DOWN.price), UP AS UP.price > PREV(UP.price)) MR

SELECT * FROM emp AS OF TIMESTAMP (SYSTIMESTAMP - INTERVAL '1' HOUR) e, dept AS OF SCN 123 d WHERE e.d = d.d

SELECT versions_xid, ename FROM emp VERSIONS BETWEEN TIMESTAMP MINVALUE AND MAXVALUE WHERE empno = 1

SELECT * FROM (SELECT d, j, sal FROM emp) PIVOT (SUM(sal) AS s, COUNT(*) AS c FOR j IN ('CLERK' AS clk, 'MGR' mgr))

SELECT * FROM (SELECT d, j, sal FROM emp) PIVOT XML (SUM(sal) FOR j IN (SELECT j FROM jobs))

SELECT id, k, v1, v2 FROM w UNPIVOT INCLUDE NULLS ((v1, v2) FOR k IN ((a1, a2) AS 'A', (b1, b2) AS 'B'))

WITH FUNCTION f(x NUMBER) RETURN NUMBER IS BEGIN RETURN x + 1; END; SELECT f(a) FROM t
/

WITH t1(a, b) AS (SELECT id, mgr FROM emp WHERE mgr IS NULL UNION ALL SELECT e.id, e.mgr FROM emp e, t1 WHERE e.mgr = t1.a) SEARCH DEPTH FIRST BY a SET ord CYCLE a SET is_cyc TO 'Y' DEFAULT 'N' SELECT a, b, ord FROM t1

CREATE TABLE t2 TABLESPACE users PCTFREE 0 NOLOGGING PARALLEL 4 COMPRESS FOR QUERY HIGH PARTITION BY RANGE (dt) INTERVAL (NUMTOYMINTERVAL(1, 'MONTH')) (PARTITION p0 VALUES LESS THAN (TO_DATE('2020-01-01','YYYY-MM-DD'))) AS SELECT /*+ full(t) */ a, b FROM t1@dblink.world t

CREATE GLOBAL TEMPORARY TABLE gtt (a NUMBER) ON COMMIT PRESERVE ROWS;
INSERT INTO gtt SELECT a FROM src;
INSERT /*+ APPEND */ INTO tgt (z) SELECT a FROM gtt;

CREATE MATERIALIZED VIEW mv BUILD IMMEDIATE REFRESH FAST ON COMMIT ENABLE QUERY REWRITE AS SELECT a.rowid ar, a.x, b.y FROM ta a, tb b WHERE a.id = b.id(+)

CREATE OR REPLACE FORCE EDITIONABLE VIEW hr.v ("ID", NAME, CONSTRAINT pk PRIMARY KEY (id) RELY DISABLE NOVALIDATE) AS SELECT e.id, e.nm FROM hr.emp e WITH READ ONLY

CREATE OR REPLACE TRIGGER trg BEFORE INSERT OR UPDATE OF sal ON emp REFERENCING NEW AS n OLD AS o FOR EACH ROW WHEN (n.sal > 0) DECLARE v NUMBER; BEGIN SELECT seq.NEXTVAL INTO :n.id FROM dual; INSERT INTO audit_t (id, old_sal, new_sal) VALUES (:n.id, :o.sal, :n.sal); END;
/

CREATE TABLE ext (a NUMBER, b VARCHAR2(10)) ORGANIZATION EXTERNAL (TYPE ORACLE_LOADER DEFAULT DIRECTORY d ACCESS PARAMETERS (RECORDS DELIMITED BY NEWLINE FIELDS TERMINATED BY ',') LOCATION ('a.csv', 'b.csv')) REJECT LIMIT UNLIMITED

SELECT q'[it's]' a, N'x' b, DATE '2020-01-01' c, TIMESTAMP '2020-01-01 00:00:00 +00:00' d, INTERVAL '1-2' YEAR TO MONTH e, 1e3d f, :bind g, &sub h, &&sub2. i FROM dual

SELECT t.column_value, o.id FROM orders o, TABLE(o.items) t, TABLE(pkg.fn(o.id)) f, TABLE(CAST(MULTISET(SELECT x FROM z WHERE z.id = o.id) AS num_tab)) m

SELECT CURSOR(SELECT a FROM x WHERE x.id = y.id) c, CAST(COLLECT(y.nm) AS nt) n, REF(y) r, VALUE(y) v, TREAT(VALUE(y) AS t).z z FROM y

SELECT a FROM t PARTITION (p1) SAMPLE BLOCK (10) SEED (1) x WHERE x.b = 1 FETCH FIRST 10 PERCENT ROWS WITH TIES

SELECT a FROM t WHERE b = 1 FOR UPDATE OF t.a NOWAIT SKIP LOCKED

SELECT a INTO v_a FROM t;

BEGIN
  FOR i IN 1..10 LOOP INSERT INTO t (a) SELECT x FROM s WHERE n = i; END LOOP;
  <<outer>> WHILE TRUE LOOP EXIT outer WHEN 1=1; END LOOP outer;
  CASE v WHEN 1 THEN DELETE FROM a; ELSE NULL; END CASE;
  pkg.proc(p => 1, q => 'x');
  DBMS_OUTPUT.PUT_LINE('x');
  GOTO fin; <<fin>> NULL;
END;
/

DECLARE
  v_sql VARCHAR2(4000);
  v_tab VARCHAR2(30) := 'FACT_' || TO_CHAR(SYSDATE, 'YYYY');
  TYPE rec IS RECORD (a NUMBER, b t.x%TYPE);
  r rec; PRAGMA AUTONOMOUS_TRANSACTION; e EXCEPTION; PRAGMA EXCEPTION_INIT(e, -1);
BEGIN
  v_sql := 'INSERT INTO tgt (a) SELECT b FROM src WHERE c = :1';
  EXECUTE IMMEDIATE v_sql USING v_tab;
  EXECUTE IMMEDIATE 'INSERT INTO ' || v_tab || ' SELECT z FROM w';
  OPEN rc FOR SELECT a, b FROM q; 
  OPEN rc FOR 'SELECT m FROM n' USING 1;
  SELECT a, b INTO r FROM t; INSERT INTO u VALUES r; UPDATE u SET ROW = r WHERE id = 1;
END;
/

CREATE OR REPLACE FUNCTION f RETURN t_tab PIPELINED IS BEGIN FOR x IN (SELECT a FROM t) LOOP PIPE ROW (t_obj(x.a)); END LOOP; RETURN; END;
/

CREATE OR REPLACE FUNCTION top_n(t DBMS_TF.table_t, n NUMBER) RETURN VARCHAR2 SQL_MACRO IS BEGIN RETURN 'SELECT * FROM t FETCH FIRST n ROWS ONLY'; END;

ALTER SESSION SET CURRENT_SCHEMA = hr; SELECT a FROM emp; ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY';

ALTER TABLE t RENAME TO u; RENAME a TO b; ALTER TABLE t ADD (x NUMBER, y DATE); ALTER TABLE t MODIFY x NOT NULL; ALTER TABLE t EXCHANGE PARTITION p WITH TABLE s INCLUDING INDEXES WITHOUT VALIDATION; ALTER TABLE t TRUNCATE PARTITION p; DROP TABLE t CASCADE CONSTRAINTS PURGE; ALTER TABLE t SPLIT PARTITION p AT (1) INTO (PARTITION a, PARTITION b); COMMENT ON COLUMN t.a IS 'x'; LOCK TABLE t IN EXCLUSIVE MODE; ALTER SYSTEM SWITCH LOGFILE; PURGE RECYCLEBIN; FLASHBACK TABLE t TO BEFORE DROP; EXPLAIN PLAN SET STATEMENT_ID = 'x' FOR SELECT a FROM t; SET TRANSACTION READ ONLY; SAVEPOINT s; ANALYZE TABLE t COMPUTE STATISTICS; AUDIT SELECT ON t; CREATE SYNONYM s FOR a.b; CREATE DATABASE LINK l CONNECT TO u IDENTIFIED BY p USING 'x'; CREATE SEQUENCE q; CREATE INDEX i ON t (UPPER(a)) LOCAL; CREATE BITMAP INDEX b ON t (a) FROM t, d WHERE t.x = d.x; CREATE TYPE o AS OBJECT (a NUMBER, MEMBER FUNCTION f RETURN NUMBER); CREATE DIRECTORY d AS '/x'; CREATE TABLESPACE ts DATAFILE 'x' SIZE 1M; GRANT SELECT ON t TO u; TRUNCATE TABLE x.y DROP STORAGE; CALL p(1);

SET DEFINE OFF
SET SERVEROUTPUT ON SIZE 1000000
PROMPT loading
SPOOL x.log
WHENEVER SQLERROR EXIT SQL.SQLCODE
@@other.sql
INSERT INTO a SELECT b FROM c;
EXEC pkg.run(1)
COMMIT;
EXIT;

SELECT a.*, ROWNUM rn, ROW_NUMBER() OVER (ORDER BY a.x) FROM (SELECT * FROM t ORDER BY x) a WHERE ROWNUM <= 10

SELECT DECODE(a, 1, b, 2, c, d) x, NVL(e, f) y, NVL2(g, h, i) z, CASE j WHEN 1 THEN k ELSE l END w, TO_CHAR(m, 'X'), TRIM(BOTH 'x' FROM n), EXTRACT(YEAR FROM o), CAST(p AS DATE), ORA_HASH(q), STANDARD_HASH(r, 'MD5'), REGEXP_SUBSTR(s, 'x', 1, 1), seq.NEXTVAL, seq.CURRVAL FROM t

SELECT t1.a FROM t1 CROSS APPLY (SELECT b FROM t2 WHERE t2.id = t1.id) x OUTER APPLY TABLE(t1.nt) y

SELECT a FROM t1 PARTITION BY (x) RIGHT OUTER JOIN t2 ON t1.id = t2.id

SELECT json_object('a' VALUE x, 'b' : y, KEY 'c' IS z ABSENT ON NULL RETURNING CLOB) o, json_arrayagg(q ORDER BY r) ar, t.doc.name.first nm, json_value(t.doc, '$.a' RETURNING NUMBER) v, json_query(d2, '$' WITH WRAPPER) jq FROM t

MERGE INTO t USING dual ON (t.id = :1) WHEN MATCHED THEN UPDATE SET a = :2 WHEN NOT MATCHED THEN INSERT (id, a) VALUES (:1, :2)

SELECT /*+ leading(a b) */ 1 FROM dual WHERE (a, b) IN ((1, 2), (3, 4)) AND (SELECT COUNT(*) FROM t) > ANY (SELECT n FROM m)

SELECT a FROM t MINUS (SELECT b FROM u INTERSECT SELECT c FROM v)

INSERT INTO t (a, b) SELECT x, y FROM s LOG ERRORS INTO err_t ('tag') REJECT LIMIT 10

INSERT INTO t SET a = 1, b = 2

INSERT INTO t BY NAME SELECT a, b FROM s

DELETE t WHERE a = 1

DELETE FROM (SELECT * FROM t WHERE b = 2)

SELECT group_id(), grouping(a), SUM(b) FROM t GROUP BY CUBE(a, (b, c)), GROUPING SETS (a, b)

SELECT * FROM t1 a NATURAL JOIN t2 b LEFT JOIN LATERAL (SELECT * FROM t3 c WHERE c.id = a.id) d ON 1=1

UPDATE t SET (a, b) = (SELECT x, y FROM s WHERE s.id = t.id), c = (SELECT MAX(z) FROM u) WHERE EXISTS (SELECT NULL FROM s WHERE s.id = t.id)

CREATE OR REPLACE PROCEDURE p (p_id IN NUMBER, p_out OUT SYS_REFCURSOR) AUTHID CURRENT_USER IS
  CURSOR c IS SELECT id, nm FROM src WHERE k = p_id FOR UPDATE;
  r c%ROWTYPE; v_n NUMBER := 0; v_sql VARCHAR2(200);
  TYPE t_id IS TABLE OF NUMBER; ids t_id;
BEGIN
  OPEN c; LOOP FETCH c INTO r; EXIT WHEN c%NOTFOUND; INSERT INTO dst (id, nm) VALUES (r.id, r.nm); UPDATE src SET done = 'Y' WHERE CURRENT OF c; END LOOP; CLOSE c;
  SELECT id BULK COLLECT INTO ids FROM q;
  FORALL i IN ids.FIRST .. ids.LAST DELETE FROM z WHERE id = ids(i);
  v_sql := 'MERGE INTO m USING n ON (m.id = n.id) WHEN MATCHED THEN UPDATE SET m.a = n.a';
  EXECUTE IMMEDIATE v_sql;
  OPEN p_out FOR SELECT * FROM dst;
  DBMS_MVIEW.REFRESH('MV');
  IF v_n > 0 THEN NULL; ELSIF v_n = 0 THEN p2(v_n); ELSE RAISE_APPLICATION_ERROR(-20000, 'x'); END IF;
  WHILE v_n < 3 LOOP v_n := v_n + 1; END LOOP;
EXCEPTION WHEN DUP_VAL_ON_INDEX THEN NULL; WHEN OTHERS THEN INSERT INTO err_log (m) VALUES (SQLERRM); COMMIT; RAISE;
END p;
/

SELECT * FROM t1, t2 WHERE t1.a = t2.a(+) AND REGEXP_LIKE(t1.b, 'x') ORDER BY t1.c FETCH NEXT 5 ROWS ONLY

select /*+ parallel(a 8) */ a.acct_no, b.nm "Name", to_char(a.dt, 'YYYYMMDD') dt, decode(a.st, 'A', a.amt, 0) amt, row_number() over (partition by a.acct_no order by a.dt desc) rn, (select max(x.rate) from fx x where x.ccy = a.ccy) rate
from own.acct@dbl a, own.cust b, (select c.id, sum(c.v) v from own.c c group by c.id) d
where a.cust_id = b.id(+) and a.id = d.id(+) and a.dt >= trunc(sysdate) - 1 and rownum < 100 and a.st not in ('X', 'Y')
union all select n.acct_no, null, null, 0, 1, null from nulls n minus select acct_no, nm, dt, amt, rn, rate from excl
order by 1, 2 nulls last

insert /*+ append parallel(t,4) */ into own.tgt t (a, b, c) with w as (select a, b from own.s1), z as (select a, max(c) c from own.s2 group by a) select w.a, w.b, z.c from w join z on w.a = z.a

merge into tgt t using (select s.*, row_number() over (partition by id order by dt) rn from src s) s on (t.id = s.id) when matched then update set t.a = nvl(s.a, t.a), t.upd = sysdate when not matched then insert values (s.id, s.a, sysdate)

create table bkp nologging as select * from own.t where 1=0

SET DEFINE OFF;
SET SERVEROUTPUT ON
DEFINE own = x
BEGIN
  UPDATE t SET a = 1;
END;
/
SELECT a FROM &own..t;

CREATE FUNCTION f(a NUMBER) RETURN NUMBER IS BEGIN RETURN a + 1; END;
/
SELECT f(x) FROM t
/
