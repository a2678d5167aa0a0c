USE [SalesDW]
GO
SET ANSI_NULLS ON
GO
SET QUOTED_IDENTIFIER ON
GO
/****** Object:  StoredProcedure [etl].[usp_LoadFactSales]    Script Date: 1/1/2024 ******/
CREATE OR ALTER PROCEDURE [etl].[usp_LoadFactSales]
    @BatchId INT = NULL,
    @FromDate DATETIME2(7) = '1900-01-01',
    @Rows INT OUTPUT
WITH EXECUTE AS OWNER, RECOMPILE
AS
BEGIN
    SET NOCOUNT, XACT_ABORT ON;
    DECLARE @now DATETIME = GETDATE(), @err NVARCHAR(4000);
    DECLARE @changes TABLE (Act NVARCHAR(10), SaleKey BIGINT NOT NULL, PRIMARY KEY (SaleKey));
    BEGIN TRY
        BEGIN TRAN
        IF OBJECT_ID('tempdb..#stage') IS NOT NULL DROP TABLE #stage
        SELECT s.SaleId, s.Amount, c.CustomerKey, ISNULL(p.ProductKey, -1) AS ProductKey
        INTO #stage
        FROM [stg].[Sales] s WITH (NOLOCK, INDEX(ix_1))
        INNER HASH JOIN [dim].[Customer] c (NOLOCK) ON c.CustomerId = s.CustomerId AND c.IsCurrent = 1
        LEFT OUTER JOIN dim.Product AS p ON p.ProductId = s.ProductId
        WHERE s.ModifiedDate >= @FromDate
        OPTION (MAXDOP 4, RECOMPILE)
        CREATE CLUSTERED INDEX ix_stage ON #stage (SaleId)
        MERGE [fact].[Sales] WITH (HOLDLOCK) AS tgt
        USING #stage AS src ON tgt.SaleId = src.SaleId
        WHEN MATCHED AND (tgt.Amount <> src.Amount) THEN UPDATE SET tgt.Amount = src.Amount, tgt.[Updated At] = @now
        WHEN NOT MATCHED BY TARGET THEN INSERT (SaleId, Amount, CustomerKey, ProductKey) VALUES (src.SaleId, src.Amount, src.CustomerKey, src.ProductKey)
        WHEN NOT MATCHED BY SOURCE THEN DELETE
        OUTPUT $action, inserted.SaleKey INTO @changes (Act, SaleKey);
        SET @Rows = @@ROWCOUNT
        INSERT etl.ChangeLog (SaleKey, Action) SELECT SaleKey, Act FROM @changes
        COMMIT TRAN
    END TRY
    BEGIN CATCH
        IF @@TRANCOUNT > 0 ROLLBACK TRAN;
        SELECT @err = ERROR_MESSAGE()
        INSERT INTO etl.ErrorLog VALUES (@err, ERROR_NUMBER())
        ;THROW
    END CATCH
    RETURN 0
END
GO
EXEC etl.usp_LoadFactSales @BatchId = 1
GO

WITH cte AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY email ORDER BY id) rn FROM dbo.Users) DELETE FROM cte WHERE rn > 1

;WITH cte AS (SELECT TOP (10) * FROM dbo.Queue WITH (ROWLOCK, READPAST) ORDER BY id) UPDATE cte SET status = 'x' OUTPUT inserted.id, deleted.status

UPDATE TOP (100) t SET t.a = s.a FROM dbo.t t INNER JOIN (SELECT id, MAX(a) a FROM dbo.s GROUP BY id) s ON s.id = t.id WHERE t.b IS NULL

DELETE t OUTPUT deleted.id, deleted.name INTO dbo.arch (id, name) FROM dbo.t AS t JOIN dbo.s ON s.id = t.id WHERE s.x = 1

INSERT INTO dbo.t (a, b) OUTPUT inserted.a INTO #ids EXEC dbo.usp_get @x = 1

INSERT INTO dbo.t WITH (TABLOCK) (a) SELECT a FROM OPENROWSET(BULK 'https://acct.blob.core.windows.net/c/*.parquet', FORMAT = 'PARQUET') AS r

SELECT r.* FROM OPENROWSET(BULK N'D:\x.txt', SINGLE_CLOB) AS r

SELECT * FROM OPENQUERY(LinkedSrv, 'SELECT id, name FROM app.dbo.users WHERE x = ''1''')

SELECT a.* FROM OPENROWSET('SQLNCLI', 'Server=x;Trusted_Connection=yes;', 'SELECT id FROM db.dbo.t') AS a

SELECT o.id, (SELECT i.sku, i.qty FROM dbo.items i WHERE i.oid = o.id FOR JSON PATH, ROOT('x')) AS items FROM dbo.orders o FOR XML PATH('order'), ROOT('orders'), TYPE

SELECT STUFF((SELECT ',' + c.name FROM dbo.cols c WHERE c.tid = t.id ORDER BY c.pos FOR XML PATH(''), TYPE).value('.', 'nvarchar(max)'), 1, 1, '') AS cols FROM dbo.tabs t

SELECT T.c.value('(@id)[1]', 'int') AS id, T.c.value('(name/text())[1]','varchar(50)') nm FROM dbo.docs d CROSS APPLY d.xmlcol.nodes('/root/item') AS T(c)

SELECT * FROM dbo.Dept FOR SYSTEM_TIME AS OF @t d JOIN dbo.Emp FOR SYSTEM_TIME BETWEEN '2020' AND '2021' e ON e.did = d.id

SELECT v.x FROM (VALUES (1, 'a'), (2, 'b')) v (x, y) CROSS JOIN dbo.t

SELECT p.* FROM (SELECT yr, qtr, amt FROM dbo.s) src PIVOT (SUM(amt) FOR qtr IN ([Q1], [Q2])) AS p

SELECT id, [Total] = SUM(x), 'n' = y, z AS 'quoted alias' FROM dbo.t GROUP BY id, y, z WITH ROLLUP HAVING COUNT(*) > 1 ORDER BY 1 OFFSET 0 ROWS FETCH NEXT 10 ROWS ONLY

DECLARE @sql NVARCHAR(MAX), @tbl SYSNAME = N'dbo.Target';
SET @sql = N'INSERT INTO ' + @tbl + N' (a, b) SELECT x, y FROM dbo.src WHERE d = @d';
EXEC sp_executesql @sql, N'@d date', @d = '2020-01-01';

DECLARE @sql varchar(max)
SELECT @sql = 'truncate table dbo.x'
EXEC (@sql)
EXEC ('insert into dbo.y select z from dbo.w') AT linked1

DECLARE c CURSOR LOCAL FAST_FORWARD FOR SELECT id, nm FROM dbo.src
OPEN c
DECLARE @id int, @nm varchar(10)
FETCH NEXT FROM c INTO @id, @nm
WHILE @@FETCH_STATUS = 0
BEGIN
  INSERT INTO dbo.dst (id, nm) VALUES (@id, @nm)
  FETCH NEXT FROM c INTO @id, @nm
END
CLOSE c
DEALLOCATE c

SELECT @x = col, @y += 1 FROM dbo.t; UPDATE dbo.u SET a = @x, @y = b = b + 1

CREATE TABLE dbo.t (id INT IDENTITY(1,1) NOT NULL CONSTRAINT pk PRIMARY KEY CLUSTERED, a VARCHAR(10) COLLATE Latin1_General_CI_AS NULL DEFAULT ('x'), b AS (id * 2) PERSISTED, INDEX ix (a), SysStart datetime2 GENERATED ALWAYS AS ROW START, PERIOD FOR SYSTEM_TIME (SysStart, SysEnd)) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY] WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.h))

CREATE TABLE dbo.ctas WITH (DISTRIBUTION = HASH(id), CLUSTERED COLUMNSTORE INDEX) AS SELECT id, a FROM dbo.src OPTION (LABEL = 'x')

CREATE EXTERNAL TABLE ext.t WITH (LOCATION = '/out/', DATA_SOURCE = ds, FILE_FORMAT = ff) AS SELECT a FROM dbo.t

COPY INTO dbo.t (a, b) FROM 'https://x.blob.core.windows.net/c/f.csv' WITH (FILE_TYPE = 'CSV', FIRSTROW = 2)

BULK INSERT dbo.t FROM 'C:\x.csv' WITH (FIELDTERMINATOR = ',', ROWTERMINATOR = '\n', FIRSTROW = 2)

CREATE VIEW dbo.v WITH SCHEMABINDING AS SELECT a, COUNT_BIG(*) AS n FROM dbo.t GROUP BY a WITH CHECK OPTION
GO
ALTER VIEW dbo.v2 AS SELECT * FROM dbo.t1 UNION ALL SELECT * FROM dbo.t2
GO
CREATE OR ALTER FUNCTION dbo.f(@id INT) RETURNS TABLE WITH SCHEMABINDING AS RETURN (SELECT a, b FROM dbo.t WHERE id = @id)
GO
CREATE FUNCTION dbo.g(@x INT) RETURNS @r TABLE (id INT, nm VARCHAR(10)) AS BEGIN INSERT @r SELECT id, nm FROM dbo.t; INSERT INTO @r (id) SELECT id FROM dbo.u; RETURN END
GO
CREATE FUNCTION dbo.h(@x INT) RETURNS INT AS BEGIN DECLARE @r INT; SELECT @r = MAX(v) FROM dbo.t WHERE k = @x; RETURN @r END
GO
CREATE TRIGGER dbo.tr ON dbo.t AFTER INSERT, UPDATE AS BEGIN SET NOCOUNT ON; INSERT INTO dbo.audit (id, old) SELECT i.id, d.a FROM inserted i LEFT JOIN deleted d ON d.id = i.id END
GO

IF NOT EXISTS (SELECT 1 FROM sys.tables WHERE name = 'x') CREATE TABLE dbo.x (a int) ELSE TRUNCATE TABLE dbo.x

IF EXISTS (SELECT * FROM dbo.t) BEGIN PRINT 'x' INSERT INTO a SELECT b FROM c END ELSE IF 1=1 UPDATE d SET e = 1 ELSE BEGIN DELETE FROM f END

WHILE 1 = 1 BEGIN DELETE TOP (1000) FROM dbo.t WHERE d < GETDATE() IF @@ROWCOUNT = 0 BREAK ELSE CONTINUE END

SELECT a.x, b.y FROM dbo.a, dbo.b WHERE a.id *= b.id

SELECT TOP 5 PERCENT WITH TIES x FROM dbo.t ORDER BY x

SELECT JSON_VALUE(doc, '$.a.b') ab, j.[key], j.value FROM dbo.t CROSS APPLY OPENJSON(doc) j OUTER APPLY OPENJSON(j.value, '$.x') WITH (id int '$.id', raw nvarchar(max) AS JSON) k

SELECT s.value FROM dbo.t CROSS APPLY STRING_SPLIT(t.tags, ',') s

SELECT * FROM dbo.fn_get(1) f JOIN sys.dm_exec_requests r ON 1=1 CROSS APPLY sys.dm_exec_sql_text(r.sql_handle) t

SELECT x.a FROM srv.db.dbo.t AS x JOIN db2..t2 y ON x.id = y.id

INSERT INTO OPENQUERY(srv, 'SELECT a FROM db.t') SELECT a FROM dbo.s

SELECT IIF(a > 1, b, c), CHOOSE(d, e, f), TRY_CONVERT(date, g, 112), CAST(h AS decimal(18,2)), PARSE(i AS date USING 'en-US'), FORMAT(j, 'N', 'en'), HASHBYTES('SHA2_256', k), CONCAT_WS('-', l, m), {fn NOW()}, {d '2020-01-01'}, N'x' COLLATE Latin1_General_BIN, 0x1F, $12.5, n AT TIME ZONE 'UTC' FROM dbo.t

SELECT a, SUM(b) OVER w, LAG(c) IGNORE NULLS OVER (ORDER BY d), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY e) OVER (PARTITION BY f), STRING_AGG(g, ',') WITHIN GROUP (ORDER BY h) FROM dbo.t WINDOW w AS (PARTITION BY a ORDER BY b ROWS UNBOUNDED PRECEDING)

DROP TABLE IF EXISTS dbo.a, #b; DROP VIEW dbo.v; DROP PROC IF EXISTS p; DROP INDEX ix ON dbo.t
EXEC sp_rename 'dbo.old', 'new'
ALTER TABLE dbo.t ADD c INT NULL, CONSTRAINT fk FOREIGN KEY (a) REFERENCES dbo.u (b)
ALTER TABLE dbo.t SWITCH PARTITION 1 TO dbo.u PARTITION 2
ALTER SCHEMA x TRANSFER dbo.t

SELECT * INTO dbo.copy FROM dbo.src WHERE 1 = 0; SELECT id, IDENTITY(int, 1, 1) AS rid INTO ##g FROM dbo.q

MERGE INTO dbo.t WITH (TABLOCK) USING (VALUES (1, 'a'), (2, 'b')) AS s (id, nm) ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.nm) WHEN MATCHED THEN UPDATE SET nm = s.nm OUTPUT $action, inserted.*, deleted.nm;

INSERT INTO dbo.hist (id, act) SELECT id, act FROM (MERGE dbo.t AS t USING dbo.s AS s ON s.id = t.id WHEN MATCHED THEN UPDATE SET a = s.a OUTPUT $action AS act, inserted.id) AS m WHERE act = 'UPDATE'

SELECT name FROM MATCH_GRAPH; SELECT p1.name FROM Person p1, likes, Person p2 WHERE MATCH(p1-(likes)->p2)

SELECT c.name FROM CONTAINSTABLE(dbo.docs, body, 'x') AS k JOIN dbo.docs c ON c.id = k.[KEY] WHERE FREETEXT(c.title, 'y')

EXECUTE AS USER = 'x'; REVERT; GRANT SELECT ON dbo.t TO [role]; DENY EXECUTE ON OBJECT::dbo.p TO u; BACKUP DATABASE x TO DISK = 'f'; DBCC CHECKDB; WAITFOR DELAY '00:00:01'; KILL 53; CHECKPOINT; RECONFIGURE;

CREATE LOGIN l WITH PASSWORD = 'x'
CREATE USER u FOR LOGIN l
CREATE SCHEMA s AUTHORIZATION dbo
CREATE TYPE dbo.tt AS TABLE (id INT)
CREATE SEQUENCE dbo.sq START WITH 1
CREATE SYNONYM dbo.syn FOR db2.dbo.t
CREATE STATISTICS st ON dbo.t (a) WITH FULLSCAN
CREATE PARTITION FUNCTION pf (int) AS RANGE LEFT FOR VALUES (1, 100)
CREATE NONCLUSTERED INDEX ix ON dbo.t (a) INCLUDE (b) WHERE a IS NOT NULL
UPDATE STATISTICS dbo.t
ALTER INDEX ALL ON dbo.t REBUILD
ALTER DATABASE x SET RECOVERY SIMPLE
ENABLE TRIGGER tr ON dbo.t

SELECT a FROM t WITH (INDEX = ix1, FORCESEEK (ix (a))) OPTION (HASH JOIN, USE HINT ('X'), OPTIMIZE FOR (@a = 1))

declare @xml xml = '<a/>'; select x.value('.','int') from @xml.nodes('/a/b') t(x); exec sp_xml_preparedocument @h out, @xml; select * from openxml(@h, '/r/c', 1) with (id int '@id', nm varchar(10))

INSERT dbo.t DEFAULT VALUES; INSERT dbo.t (a) VALUES (DEFAULT), ((SELECT MAX(x) FROM dbo.q)); INSERT TOP (5) INTO dbo.t SELECT a FROM dbo.s

SELECT TOP(1) [order], [group] FROM [my db].[dbo].[table with space] AS [a b] WHERE [a b].[x]]y] = 1

CREATE PROC p AS
SELECT 1
SELECT a FROM dbo.x
EXEC dbo.other @a = 1, @b = @c OUTPUT
EXEC @rc = dbo.fn 1
RAISERROR ('x', 16, 1) WITH NOWAIT
GOTO done
done:
RETURN

CREATE PROCEDURE dbo.p @t dbo.tt READONLY AS INSERT INTO dbo.x (id) SELECT id FROM @t

SELECT GREATEST(a,b), DATE_BUCKET(week, 1, c), GENERATE_SERIES.value FROM GENERATE_SERIES(1, 10), dbo.t WHERE a IS NOT DISTINCT FROM b

CREATE MATERIALIZED VIEW mv WITH (DISTRIBUTION = HASH(a)) AS SELECT a, SUM(b) s FROM dbo.t GROUP BY a

RENAME OBJECT dbo.a TO b

SELECT * FROM dbo.t1 FULL OUTER JOIN dbo.t2 ON t1.id = t2.id LEFT MERGE JOIN dbo.t3 t3 ON t3.id = t1.id, dbo.t4

SELECT TOP 10 * FROM [a].[b].[c] WITH (NOLOCK) WHERE [d] LIKE N'%x%' ESCAPE '\' ORDER BY NEWID()

CREATE TABLE #a (id int)

INSERT #a EXEC dbo.p

SELECT b.* FROM #a a JOIN dbo.b b ON b.id = a.id

SELECT * INTO dbo.z FROM #a

UPDATE dbo.t SET a = CASE WHEN s.x > 1 THEN s.y ELSE t.a END, b += s.z FROM dbo.t INNER JOIN dbo.s ON s.id = dbo.t.id

DELETE dbo.t FROM dbo.t t1 LEFT JOIN dbo.k k ON k.id = t1.id WHERE k.id IS NULL

DELETE TOP (5) dbo.q

UPDATE dbo.v SET x.modify('replace value of (/a)[1] with "b"') WHERE id = 1

TRUNCATE TABLE dbo.w WITH (PARTITIONS (1 TO 2))

CREATE VIEW v AS WITH a AS (SELECT x FROM t1), b AS (SELECT x FROM a UNION SELECT y FROM t2) SELECT x FROM b

DECLARE @t TABLE (id INT, v INT)

INSERT INTO @t SELECT id, v FROM dbo.s

INSERT INTO dbo.d (id, v) SELECT t.id, t.v FROM @t AS t

UPDATE @t SET v = 1

/* dashboards */
SELECT   c.[Customer Name] AS [Customer]
       , SUM(CASE WHEN o.[Status] IN ('A','B') THEN o.Amt ELSE 0 END) AS [Open Amt]
       , COUNT(DISTINCT o.OrderID) OVER (PARTITION BY c.Region) cnt
       , (SELECT TOP 1 p.[Phone] FROM Sales.dbo.Phones p WHERE p.CustID = c.ID ORDER BY p.Created DESC) Phone
       , Sales.dbo.fn_Fmt(o.Amt, N'x') AS fmt
FROM     Sales.dbo.Customers c (nolock)
         LEFT JOIN Sales..Orders o with(nolock) on o.CustID = c.ID and o.[Date] between @start and dateadd(day, 1, @end)
WHERE    c.Active = 1 AND NOT EXISTS (SELECT * FROM Sales.dbo.Block b WHERE b.ID = c.ID)
GROUP BY c.[Customer Name], c.Region, c.ID, o.OrderID, o.Amt
HAVING SUM(o.Amt) > (SELECT AVG(Amt) FROM Sales.dbo.Orders)
ORDER BY 2 DESC
OPTION (RECOMPILE);

IF OBJECT_ID('tempdb..#t1','U') IS NOT NULL
	DROP TABLE #t1;
CREATE TABLE #t1 (id INT, nm VARCHAR(50), amt DECIMAL(18,2))
INSERT INTO #t1 (id, nm, amt)
SELECT id, nm, amt FROM src.a
UNION ALL
SELECT id, nm, -amt FROM src.b
;WITH x AS (SELECT id, SUM(amt) s FROM #t1 GROUP BY id)
UPDATE t SET t.total = x.s FROM tgt.totals t JOIN x ON x.id = t.id
IF @@ROWCOUNT > 0
	INSERT tgt.log (id, total) SELECT id, s FROM (SELECT id, SUM(amt) s FROM #t1 GROUP BY id) q
ELSE
	PRINT 'none'
SELECT * FROM #t1
DROP TABLE #t1

DECLARE @cols NVARCHAR(MAX), @query NVARCHAR(MAX)
SELECT @cols = STUFF((SELECT DISTINCT ',' + QUOTENAME(mon) FROM dbo.sales FOR XML PATH(''), TYPE).value('.', 'NVARCHAR(MAX)'), 1, 1, '')
SET @query = 'SELECT id, ' + @cols + ' FROM (SELECT id, mon, amt FROM dbo.sales) x PIVOT (SUM(amt) FOR mon IN (' + @cols + ')) p'
EXECUTE(@query)

create procedure dbo.upd as
begin
  set nocount on
  begin try
    begin transaction
    update a set a.x = b.x from dbo.a a inner join dbo.b b on a.id = b.id
    exec dbo.sub_proc
    insert into dbo.c select * from dbo.d
    declare @i int = 0
    while @i < 10 begin
      set @i += 1
      if @i % 2 = 0 continue
      insert into dbo.e (v) values (@i)
    end
    commit
  end try
  begin catch
    rollback
    declare @m nvarchar(max) = error_message()
    raiserror(@m, 16, 1)
  end catch
end

SELECT a.id, ISNULL(b.v, 0) v INTO #x FROM t1 a OUTER APPLY (SELECT SUM(v) v FROM t2 WHERE t2.id = a.id) b;
CREATE INDEX i1 ON #x (id);
ALTER TABLE #x ADD z INT;
UPDATE #x SET z = 1;
MERGE t3 WITH (HOLDLOCK) t USING #x s ON s.id = t.id WHEN MATCHED THEN UPDATE SET v = s.v;
TRUNCATE TABLE #x;

CREATE FUNCTION dbo.f(@id INT) RETURNS TABLE AS RETURN (SELECT a, b + @id AS b FROM dbo.t WHERE id = @id)
GO
SELECT x.a, x.b FROM dbo.u u CROSS APPLY dbo.f(u.id) x
