package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/lineage/sqllineage"
)

// newSQL is the offline commands: they need no store.
func newSQL() *cobra.Command {
	cmd := &cobra.Command{Use: "sql", Short: "Read SQL offline: lineage, redaction, fingerprints"}
	cmd.AddCommand(newSQLLineage(), newSQLText("redact", "Print the statement with every literal replaced by ?", sqllineage.Redact),
		newSQLText("fingerprint", "Print the hash of the statement without its literals", func(d sqllineage.Dialect, sql string) string {
			return sqllineage.Fingerprint(d, sql).String()
		}))
	return cmd
}

func newSQLText(name, short string, do func(sqllineage.Dialect, string) string) *cobra.Command {
	var dialect string
	cmd := &cobra.Command{Use: name + " [FILE.sql...]", Short: short}
	cmd.Flags().StringVar(&dialect, "dialect", "ansi", "dialect of the statements")
	cmd.RunE = func(c *cobra.Command, files []string) error {
		d, ok := sqllineage.ParseDialect(dialect)
		if !ok {
			return usage("there is no dialect %q", dialect)
		}
		return eachFile(c, files, func(text string) error {
			_, err := fmt.Fprintln(c.OutOrStdout(), do(d, text))
			return err
		})
	}
	return cmd
}

// eachFile hands the text of each file, or of standard input, to do.
func eachFile(c *cobra.Command, files []string, do func(string) error) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, f := range files {
		var text []byte
		var err error
		if f == "-" {
			text, err = io.ReadAll(c.InOrStdin())
		} else {
			text, err = os.ReadFile(f)
		}
		if err != nil {
			return usage("%s: %v", f, err)
		}
		if err := do(string(text)); err != nil {
			return err
		}
	}
	return nil
}

// sqlRequest is one request of a batch: interfaces of scripts stand on it.
type sqlRequest struct {
	ID            json.RawMessage `json:"id"`
	Dialect       string          `json:"dialect"`
	SQL           string          `json:"sql"`
	DefaultDB     string          `json:"default_db"`
	DefaultSchema string          `json:"default_schema"`
	Schemas       schemas         `json:"schemas"`
}

// schemas are tables with their columns in the order of the JSON text.
type schemas map[string][]string

// UnmarshalJSON keeps the order of the columns, which a Go map would lose.
func (s *schemas) UnmarshalJSON(b []byte) error {
	var tables map[string]json.RawMessage
	if err := json.Unmarshal(b, &tables); err != nil {
		return err
	}
	*s = schemas{}
	for name, raw := range tables {
		columns, err := orderedKeys(raw)
		if err != nil {
			return err
		}
		(*s)[name] = columns
	}
	return nil
}

// orderedKeys returns the keys of a JSON object in order, or the texts of a list.
func orderedKeys(raw json.RawMessage) (out []string, err error) {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	open, err := dec.Token()
	if err != nil {
		return nil, err
	}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, ok := tok.(string)
		if !ok {
			return nil, fault.Invalid.Errorf("a table's columns are an object of names and types")
		}
		out = append(out, name)
		if open == json.Delim('{') {
			var skip json.RawMessage
			if err := dec.Decode(&skip); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// sqlAnswer is the answer line: the request's id, then the script.
type sqlAnswer struct {
	ID json.RawMessage `json:"id,omitempty"`
	sqllineage.Script
}

func newSQLLineage() *cobra.Command {
	var r sqlRequest
	var jsonl, strict bool
	var file string
	cmd := &cobra.Command{Use: "lineage [FILE.sql...]", Short: "Tables, columns and reads of statements"}
	f := cmd.Flags()
	f.StringVar(&r.Dialect, "dialect", "", "dialect of the statements; detected when not given")
	f.StringVar(&r.DefaultDB, "default-db", "", "database of names that lack one")
	f.StringVar(&r.DefaultSchema, "default-schema", "", "schema of names that lack one")
	f.StringVar(&file, "schemas", "", "file of JSON: table -> columns with types")
	f.BoolVar(&jsonl, "jsonl", false, "one request a line in, one answer a line out")
	f.BoolVar(&strict, "strict", false, "end with 4 when a statement failed")
	cmd.RunE = func(c *cobra.Command, files []string) error {
		if file != "" {
			text, err := os.ReadFile(file)
			if err != nil {
				return usage("schemas %s: %v", file, err)
			}
			if err := json.Unmarshal(text, &r.Schemas); err != nil {
				return usage("schemas %s: %v", file, err)
			}
		}
		failed := false
		out := bufio.NewWriter(c.OutOrStdout())
		answer := func(r sqlRequest) error {
			a, err := r.answer()
			failed = failed || a.Outcome == sqllineage.Failed
			if err != nil {
				return err
			}
			return printJSON(out, a)
		}
		var err error
		if jsonl {
			err = eachRequest(c.InOrStdin(), answer)
		} else {
			err = eachFile(c, files, func(text string) error { r.SQL = text; return answer(r) })
		}
		if err = errors.Join(err, out.Flush()); err == nil && strict && failed {
			err = ended{code: exitRefused, err: errors.New("statements were not understood")}
		}
		return err
	}
	return cmd
}

func (r sqlRequest) answer() (sqlAnswer, error) {
	a := sqlAnswer{ID: r.ID}
	d, ok := sqllineage.ParseDialect(r.Dialect)
	if !ok && r.Dialect != "" {
		return a, usage("there is no dialect %q", r.Dialect)
	}
	script, err := sqllineage.Parse(d, r.SQL, sqllineage.Options{DefaultDB: r.DefaultDB, DefaultSchema: r.DefaultSchema, Schemas: sqllineage.Static(r.Schemas)})
	a.Script = script
	return a, err
}

// eachRequest reads requests line by line, of any length up to 64 MiB.
func eachRequest(in io.Reader, do func(sqlRequest) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<20), 64<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var r sqlRequest
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return fault.Invalid.Errorf("line %d is no request: %w", n, err)
		}
		if err := do(r); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fault.Invalid.Errorf("read the requests: %w", err)
	}
	return nil
}
