module waymark/lineage/sqllineage/oracletest

go 1.26.0

require (
	github.com/google/go-cmp v0.7.0
	github.com/sqlc-dev/darkwing v0.2.0
	github.com/sqlc-dev/doubleclick v1.0.0
	github.com/sqlc-dev/marino v0.3.1
	github.com/sqlc-dev/oliphant v0.2.0
	github.com/sqlc-dev/teesql v1.1.0
	github.com/sqlc-dev/zetajones v0.2.0
	waymark v0.0.0
)

require (
	github.com/xwb1989/sqlparser v0.0.0-20180606152119-120387863bf2 // indirect
	golang.org/x/text v0.43.0 // indirect
	google.golang.org/protobuf v1.36.12 // indirect
)

replace waymark => ../../..
