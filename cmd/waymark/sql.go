package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

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
			if o.given.Schemas, err = decodeSchemas(text); err != nil {
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

// requests answers line by line.
func (o *sqlReading) requests(name string, in io.Reader) error {
	b := sqlBatch{given: o.given, out: o.out, name: name}
	err := b.run(in)
	o.unclear += b.unclear
	return err
}

func (o *sqlReading) answer(r sqlRequest) error {
	a, err := r.answer()
	if err != nil {
		return err
	}
	if !a.whole() {
		o.unclear++
	}
	line, err := a.encode()
	if err != nil {
		return err
	}
	if _, err := o.out.Write(line); err != nil {
		return fault.Unavailable.Errorf("write the answer: %w", err)
	}
	return nil
}

func (r sqlRequest) answer() (sqlAnswer, error) {
	a := sqlAnswer{ID: r.ID}
	d, ok := sqllineage.ParseDialect(r.Dialect)
	if !ok && r.Dialect != "" {
		return a, usage("there is no dialect %q", r.Dialect)
	}
	script, err := sqllineage.Parse(d, r.SQL, sqllineage.Options{DefaultDB: r.DefaultDB, DefaultSchema: r.DefaultSchema, Schemas: r.Schemas})
	a.Script = script
	return a, err
}
