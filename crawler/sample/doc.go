// Package sample makes the company behind `waymark demo`: an online course
// marketplace with an application database, a warehouse of four zones, ninety
// days of query log, dashboards, people and a glossary, written as the files
// that the ordinary sources then read. It knows nothing of the catalog.
//
// Everything is seeded: two runs with the same now give the same bytes, and
// runs on different days differ in dates alone. Nobody in it is real.
//
// The subtle thing: the numbers of the warehouse are not invented. The raw zone
// is copied from the application, and every other table is filled by the very
// statements that stand in the log (sql/daily.sql and sql/once.sql), so values,
// lineage and log agree.
package sample
