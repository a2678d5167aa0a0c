// Package graphql is how people, scripts and the UI ask Waymark. The schema lies in
// schema/, one file a topic, and is the documentation; each topic has one Go file
// of resolvers. A resolver reads arguments, calls one method of the domain and
// wraps the result: nothing about the business is decided here.
//
// It knows no store and no connector, and checks no rights: the domain does.
package graphql
