package sqllineage

import "strings"

// Dialect names a flavour of SQL.
type Dialect string

// The dialects.
const (
	ANSI       Dialect = "ansi"
	Postgres   Dialect = "postgres"
	Redshift   Dialect = "redshift"
	MySQL      Dialect = "mysql"
	MariaDB    Dialect = "mariadb"
	SQLite     Dialect = "sqlite"
	Snowflake  Dialect = "snowflake"
	BigQuery   Dialect = "bigquery"
	Databricks Dialect = "databricks"
	Spark      Dialect = "spark"
	Hive       Dialect = "hive"
	Trino      Dialect = "trino"
	Presto     Dialect = "presto"
	Athena     Dialect = "athena"
	ClickHouse Dialect = "clickhouse"
	DuckDB     Dialect = "duckdb"
	TSQL       Dialect = "tsql"
	Oracle     Dialect = "oracle"
)

// Dialects lists every dialect, in the order of the manual.
func Dialects() []Dialect {
	return []Dialect{ANSI, Postgres, Redshift, MySQL, MariaDB, SQLite, Snowflake, BigQuery, Databricks,
		Spark, Hive, Trino, Presto, Athena, ClickHouse, DuckDB, TSQL, Oracle}
}

// ParseDialect finds a dialect by its name or a common other name of it.
func ParseDialect(name string) (Dialect, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, d := range Dialects() {
		if string(d) == name {
			return d, true
		}
	}
	switch name {
	case "postgresql", "pg", "cockroachdb", "cockroach":
		return Postgres, true
	case "sqlite3":
		return SQLite, true
	case "sparksql", "spark_sql":
		return Spark, true
	case "mssql", "sqlserver", "synapse", "fabric", "azuresql":
		return TSQL, true
	case "plsql":
		return Oracle, true
	}
	return "", false
}
