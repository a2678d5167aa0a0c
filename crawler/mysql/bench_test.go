package mysql_test

import (
	"fmt"
	"strings"
	"testing"

	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/mysql"
)

// BenchmarkCrawl crawls 500 tables of 20 columns, each with a foreign key.
func BenchmarkCrawl(b *testing.B) {
	s := newServer(b)
	s.exec(b, "create table t0000 (id bigint primary key)")
	for i := 1; i < 500; i++ {
		var sql strings.Builder
		fmt.Fprintf(&sql, "create table t%04d (id bigint primary key", i)
		for c := 1; c < 19; c++ {
			fmt.Fprintf(&sql, ", c%d text", c)
		}
		fmt.Fprintf(&sql, ", up bigint, foreign key (up) references t%04d (id))", i-1)
		s.exec(b, sql.String())
	}
	for b.Loop() {
		bench := crawltest.NewBench(b, map[string]crawler.Opener{"mysql": mysql.Open})
		if report := bench.Crawl(b, recipe+eraser, crawler.OK); report.Created != 500 {
			b.Fatalf("got %d created, want 500", report.Created)
		}
	}
}
