package sqllineage

import "slices"

// markers are tokens that speak for dialects, with a weight.
type marker struct {
	weight   int
	dialects []Dialect
}

var wordMarkers = map[string]marker{
	"qualify":         {3, []Dialect{Snowflake, BigQuery, Databricks, DuckDB, ClickHouse}},
	"top":             {2, []Dialect{TSQL, Snowflake, Redshift}},
	"nolock":          {6, []Dialect{TSQL}},
	"exec":            {3, []Dialect{TSQL}},
	"isnull":          {2, []Dialect{TSQL, Redshift}},
	"getdate":         {2, []Dialect{TSQL, Redshift, Snowflake}},
	"sysdate":         {2, []Dialect{Oracle, Redshift}},
	"rownum":          {4, []Dialect{Oracle}},
	"dual":            {2, []Dialect{Oracle, MySQL}},
	"nvl":             {2, []Dialect{Oracle, Redshift, Snowflake, Spark}},
	"flatten":         {4, []Dialect{Snowflake}},
	"variant":         {3, []Dialect{Snowflake}},
	"iff":             {3, []Dialect{Snowflake}},
	"safe_cast":       {4, []Dialect{BigQuery}},
	"int64":           {4, []Dialect{BigQuery, ClickHouse}},
	"string":          {1, []Dialect{BigQuery, Spark, Hive, Databricks}},
	"explode":         {3, []Dialect{Spark, Hive, Databricks}},
	"overwrite":       {3, []Dialect{Hive, Spark, Databricks}},
	"prewhere":        {6, []Dialect{ClickHouse}},
	"distkey":         {5, []Dialect{Redshift}},
	"sortkey":         {5, []Dialect{Redshift}},
	"ilike":           {2, []Dialect{Postgres, Snowflake, Redshift, DuckDB}},
	"returning":       {2, []Dialect{Postgres, SQLite, Oracle}},
	"jsonb":           {4, []Dialect{Postgres}},
	"group_concat":    {3, []Dialect{MySQL, SQLite}},
	"ifnull":          {1, []Dialect{MySQL, SQLite, BigQuery, Snowflake}},
	"auto_increment":  {4, []Dialect{MySQL}},
	"autoincrement":   {3, []Dialect{SQLite, Snowflake}},
	"approx_distinct": {3, []Dialect{Trino}},
	"read_parquet":    {5, []Dialect{DuckDB}},
	"mergetree":       {6, []Dialect{ClickHouse}},
	"straight_join":   {5, []Dialect{MySQL}},
}

// Detect guesses the dialect of sql, likeliest first. It weighs words and
// signs that few dialects have.
func Detect(sql string) []Guess {
	scores := map[Dialect]int{}
	add := func(weight int, list ...Dialect) {
		for _, d := range list {
			scores[d] += weight
		}
	}
	tokens, _ := lex(traitsOf(ANSI), sql, nil, 20_000)
	for i, t := range tokens {
		switch {
		case t.kind == tWord:
			if m, ok := wordMarkers[toLower(sql[t.start:t.end])]; ok {
				add(m.weight, m.dialects...)
			}
			if t.word == kLateral && tokens[i+1].word == kView {
				add(6, Hive, Spark, Databricks)
			}
		case t.kind == tQuoted && sql[t.start] == '`':
			add(2, MySQL, BigQuery, Spark, Databricks, Hive)
			if slices.Contains([]byte(sql[t.start:t.end]), '.') {
				add(5, BigQuery)
			}
		case t.is(opCast):
			add(2, Postgres, Snowflake, Redshift, DuckDB, Databricks)
		case t.is('[') && i > 0 && (tokens[i-1].is('.') || tokens[i-1].word == kFrom || tokens[i-1].word == kJoin || tokens[i-1].word == kSelect || tokens[i-1].is(',')):
			add(4, TSQL)
		case t.is(':') && i > 0 && tokens[i-1].name() && tokens[i+1].name():
			add(3, Snowflake, Databricks)
		case t.kind == tParam && sql[t.start] == '@':
			add(2, TSQL, MySQL, BigQuery)
		case t.kind == tString && sql[t.start] == '$':
			add(3, Postgres)
		}
	}
	guesses := make([]Guess, 0, len(scores)+1)
	for _, d := range Dialects() {
		if scores[d] > 0 {
			guesses = append(guesses, Guess{d, scores[d]})
		}
	}
	guesses = append(guesses, Guess{ANSI, 0})
	slices.SortStableFunc(guesses, func(a, b Guess) int { return b.Score - a.Score })
	return guesses
}

// parseDetected reads sql in the two likeliest dialects and keeps the answer
// with fewer complaints.
func parseDetected(sql string, o Options) Script {
	guesses := Detect(sql)
	var best Script
	least := -1
	for _, g := range guesses[:min(2, len(guesses))] {
		s := parseAs(g.Dialect, sql, o)
		s.Dialect = g.Dialect
		if n := complaints(&s); least < 0 || n < least {
			best, least = s, n
		}
	}
	best.Diagnostics = append(best.Diagnostics, Diagnostic{Code: DialectGuess, Severity: Info, Line: 1, Column: 1, Words: string(best.Dialect)})
	return best
}

// complaints weighs the diagnostics of an answer.
func complaints(s *Script) int {
	n := 0
	for i := range s.Statements {
		for _, d := range s.Statements[i].Diagnostics {
			switch d.Severity {
			case Error:
				n += 100
			case Warning:
				n += 10
			default:
				n++
			}
		}
	}
	return n
}
