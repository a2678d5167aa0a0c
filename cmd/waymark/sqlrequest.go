package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/mailru/easyjson/jlexer"

	"waymark/lineage/sqllineage"
)

// sqlRequest is one request of a batch: interfaces of scripts stand on it.
type sqlRequest struct {
	ID            json.RawMessage
	Dialect       string
	SQL           string
	DefaultDB     string
	DefaultSchema string
	Schemas       sqllineage.Schemas
}

// decode reads a line of JSON over r, in one pass. What the line leaves out stays
// as it was. The request shares the line's memory.
func (r *sqlRequest) decode(line []byte, known *schemaCache) error {
	in := jlexer.Lexer{Data: line}
	var schemas error
	in.Delim('{')
	for !in.IsDelim('}') {
		key := in.UnsafeFieldName(false)
		in.WantColon()
		switch {
		case in.IsNull():
			in.Skip()
		case key == "id":
			r.ID = in.Raw()
		case key == "dialect":
			r.Dialect = in.String()
		case key == "sql":
			r.SQL = in.UnsafeString()
		case key == "default_db":
			r.DefaultDB = in.String()
		case key == "default_schema":
			r.DefaultSchema = in.String()
		case key == "schemas":
			r.Schemas, schemas = known.decode(in.Raw())
		default:
			in.SkipRecursive()
		}
		in.WantComma()
	}
	in.Delim('}')
	in.Consumed()
	if err := errors.Join(syntax(in.Error()), schemas); err != nil {
		return err
	}
	if len(r.ID) > 0 && !json.Valid(r.ID) {
		return errors.New("its id is no JSON")
	}
	return nil
}

// schemaCache remembers schemas by their text: batches repeat them.
type schemaCache struct {
	known map[string]sqllineage.Schemas
	bytes int
}

// maxCachedSchemas bounds the texts that a schemaCache keeps.
const maxCachedSchemas = 32 << 20

// decode returns the schemas of a JSON object, {table: {column: type}} or
// {table: [column]}, in the order of the text.
func (c *schemaCache) decode(raw []byte) (sqllineage.Schemas, error) {
	if s, ok := c.known[string(raw)]; ok {
		return s, nil
	}
	s, err := decodeSchemas(raw)
	if err != nil {
		return nil, err
	}
	if c.bytes += len(raw); c.known == nil || c.bytes > maxCachedSchemas {
		c.known, c.bytes = map[string]sqllineage.Schemas{}, len(raw)
	}
	c.known[string(raw)] = s
	return s, nil
}

func decodeSchemas(raw []byte) (sqllineage.Schemas, error) {
	in := jlexer.Lexer{Data: raw}
	var tables []sqllineage.Table
	in.Delim('{')
	for !in.IsDelim('}') {
		t := sqllineage.Table{Name: strings.Split(in.String(), ".")}
		in.WantColon()
		t.Columns, t.Types = decodeColumns(&in)
		tables = append(tables, t)
		in.WantComma()
	}
	in.Delim('}')
	in.Consumed()
	return sqllineage.StaticTables(tables), syntax(in.Error())
}

// syntax says what is wrong where, without the text around it, which may hold
// literals of a statement.
func syntax(err error) error {
	var found *jlexer.LexerError
	if errors.As(err, &found) {
		return fmt.Errorf("JSON: %s at byte %d", found.Reason, found.Offset)
	}
	return err
}

// decodeColumns reads the columns of one table with their types, where it has them.
func decodeColumns(in *jlexer.Lexer) (columns, types []string) {
	if in.IsDelim('[') {
		for in.Delim('['); !in.IsDelim(']'); in.WantComma() {
			columns = append(columns, in.String())
		}
		in.Delim(']')
		return columns, nil
	}
	for in.Delim('{'); !in.IsDelim('}'); in.WantComma() {
		columns = append(columns, in.String())
		in.WantColon()
		var typ string
		if raw := in.Raw(); len(raw) > 0 && raw[0] == '"' { // a type that is no text is none
			typ = jsonText(raw)
		}
		types = append(types, typ)
	}
	in.Delim('}')
	return columns, types
}

// jsonText is the value of a JSON string.
func jsonText(raw []byte) string {
	in := jlexer.Lexer{Data: raw}
	return in.String()
}
