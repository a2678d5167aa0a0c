package main

import (
	"waymark/crawler"
	"waymark/crawler/accesslog"
	"waymark/crawler/mysql"
	"waymark/crawler/postgres"
	"waymark/crawler/sqlite"
)

// openers is which connector reads which type of source.
func openers() map[string]crawler.Opener {
	return map[string]crawler.Opener{
		"sqlite": sqlite.Open, "postgres": postgres.Open, "mysql": mysql.Open, "mariadb": mysql.Open, "querylog": accesslog.Open,
	}
}

// grades is how each type is tested: R on the real engine in make test, F on a
// server of our own that plays it.
var grades = map[string]string{"sqlite": "R", "postgres": "R", "mariadb": "R", "mysql": "F", "querylog": "R"}
