// Package oracletest asks other parsers whether they agree with sqllineage.
//
// It is a module of its own, so that none of those parsers enters the product.
// Two things are compared. For statements that an independent parser of one
// dialect accepts, sqllineage must not fail and must name the same tables. And
// for statements made by a grammar that keeps count of what it writes, the
// tables and the sources of every column are known beforehand, in each dialect.
//
// The statements are those of sqllineage's own goldens and the made ones;
// WAYMARK_ORACLE_STATEMENTS sets how many are made for each dialect.
package oracletest
