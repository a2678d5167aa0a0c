package graphql

import (
	"encoding/json"
	"strconv"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog/fault"
)

// Long is a whole number beyond 32 bits.
type Long int64

// ImplementsGraphQLType names the scalar of the schema.
func (Long) ImplementsGraphQLType(name string) bool { return name == "Long" }

// UnmarshalGraphQL reads a number from a variable or literal.
func (l *Long) UnmarshalGraphQL(input any) error {
	switch v := input.(type) {
	case int32:
		*l = Long(v)
	case int64:
		*l = Long(v)
	case float64:
		*l = Long(v)
	case json.Number:
		n, err := v.Int64()
		*l = Long(n)
		return err
	default:
		return fault.Invalid.Errorf("%v is no whole number", input)
	}
	return nil
}

// MarshalJSON writes the number as it is.
func (l Long) MarshalJSON() ([]byte, error) { return strconv.AppendInt(nil, int64(l), 10), nil }

// moment is a time that may be unknown.
func moment(t time.Time) *gql.Time {
	if t.IsZero() {
		return nil
	}
	return &gql.Time{Time: t.UTC()}
}

func long(n *int64) *Long {
	if n == nil {
		return nil
	}
	l := Long(*n)
	return &l
}

// some returns list, or an empty list for nil, which a list field may not be.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// top returns the first n of list.
func top[T any](list []T, n int32) []T {
	if n < 0 {
		n = 0
	}
	return list[:min(int(n), len(list))]
}

// ID is the ID scalar. The library's own writes it with the escapes of Go, which
// JSON does not know: one control character made a whole answer unreadable.
type ID string

// ImplementsGraphQLType names the scalar of the schema.
func (ID) ImplementsGraphQLType(name string) bool { return name == "ID" }

// UnmarshalGraphQL reads a text or a whole number.
func (id *ID) UnmarshalGraphQL(input any) error {
	switch v := input.(type) {
	case string:
		*id = ID(v)
	case int32:
		*id = ID(strconv.Itoa(int(v)))
	default:
		return fault.Invalid.Errorf("%v is no id", input)
	}
	return nil
}

// MarshalJSON writes the id as JSON text.
func (id ID) MarshalJSON() ([]byte, error) { return json.Marshal(string(id)) }
