package main

import (
	"bufio"
	"bytes"
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
		return eachFile(c, files, func(_, text string) error {
			_, err := fmt.Fprintln(c.OutOrStdout(), do(d, text))
			return err
		})
	}
	return cmd
}

// eachFile hands the name and text of each file, or of standard input, to do.
func eachFile(c *cobra.Command, files []string, do func(name, text string) error) error {
	return eachInput(c, files, func(name string, in io.Reader) error {
		text, err := io.ReadAll(in)
		if err != nil {
			return usage("%s: %v", name, err)
		}
		return do(name, string(text))
	})
}

// eachInput opens each file, or standard input for - and for none.
func eachInput(c *cobra.Command, files []string, do func(name string, in io.Reader) error) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if name == "-" {
			if err := do("standard input", c.InOrStdin()); err != nil {
				return err
			}
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return usage("%s: %v", name, err)
		}
		if err := errors.Join(do(name, f), f.Close()); err != nil {
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
	var o sqlReading
	var file string
	cmd := &cobra.Command{
		Use: "lineage [FILE...]", Short: "Tables, columns and reads of statements",
		Long: "Reads files of SQL, or standard input, and prints one JSON answer a file.\n" +
			"With --jsonl every line is a request {\"id\",\"dialect\",\"sql\",\"default_db\",\"default_schema\",\"schemas\"}, of which only sql is required, and\n" +
			"every answer is a line, in order; the flags give what a request leaves out.",
	}
	f := cmd.Flags()
	f.StringVar(&o.given.Dialect, "dialect", "", "dialect of the statements; detected when not given")
	f.StringVar(&o.given.DefaultDB, "default-db", "", "database of names that lack one")
	f.StringVar(&o.given.DefaultSchema, "default-schema", "", "schema of names that lack one")
	f.StringVar(&file, "schemas", "", "file of JSON: table -> columns with types")
	f.BoolVar(&o.lines, "jsonl", false, "one request a line in, one answer a line out")
	f.BoolVar(&o.strict, "strict", false, "end with 4 when a statement was not wholly understood")
	cmd.RunE = func(c *cobra.Command, files []string) error {
		if file != "" {
			text, err := os.ReadFile(file)
			if err != nil {
				return usage("schemas %s: %v", file, err)
			}
			if err := json.Unmarshal(text, &o.given.Schemas); err != nil {
				return usage("schemas %s: %v", file, err)
			}
		}
		return o.run(c, files)
	}
	return cmd
}

// sqlReading is one call of sql lineage.
type sqlReading struct {
	given         sqlRequest // what the flags say
	lines, strict bool
	out           *bufio.Writer
	unclear       int // requests that were not wholly understood
}

func (o *sqlReading) run(c *cobra.Command, files []string) error {
	o.out = bufio.NewWriter(c.OutOrStdout())
	err := o.read(c, files)
	if err = errors.Join(err, fault.Unavailable.Of(o.out.Flush())); err == nil && o.strict && o.unclear > 0 {
		err = ended{code: exitRefused, err: fmt.Errorf("%s not wholly understood", plural(o.unclear, "request"))}
	}
	return err
}

func (o *sqlReading) read(c *cobra.Command, files []string) error {
	if o.lines {
		return eachInput(c, files, o.requests)
	}
	return eachFile(c, files, func(name, text string) error {
		r := o.given
		r.SQL = text
		if len(files) > 1 {
			r.ID, _ = json.Marshal(name) // a string always encodes
		}
		return o.answer(r)
	})
}

// requests answers line by line. Who sends one and waits gets its answer at once.
func (o *sqlReading) requests(name string, in io.Reader) error {
	lines := bufio.NewReaderSize(in, 1<<20)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fault.Invalid.Errorf("read %s: %w", name, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			if err := o.request(line); err != nil {
				return fmt.Errorf("%s line %d: %w", name, n, err)
			}
		}
		if lines.Buffered() == 0 {
			if err := o.out.Flush(); err != nil {
				return fault.Unavailable.Of(err)
			}
		}
		if err != nil {
			return nil
		}
	}
}

func (o *sqlReading) request(line []byte) error {
	r := o.given
	if err := json.Unmarshal(line, &r); err != nil {
		return fault.Invalid.Errorf("no request: %w", err)
	}
	return o.answer(r)
}

func (o *sqlReading) answer(r sqlRequest) error {
	a, err := r.answer()
	if err != nil {
		return err
	}
	if !a.whole() {
		o.unclear++
	}
	return printJSON(o.out, a)
}

// whole reports whether everything was understood: no statement in part, none with
// parentheses or quotes that do not close.
func (a sqlAnswer) whole() bool {
	for _, s := range a.Statements {
		if s.Outcome == sqllineage.Failed || s.Outcome == sqllineage.Partial {
			return false
		}
		for _, d := range s.Diagnostics {
			if d.Code == sqllineage.Unbalanced || d.Code == sqllineage.Truncated {
				return false
			}
		}
	}
	return a.Outcome != sqllineage.Failed
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
