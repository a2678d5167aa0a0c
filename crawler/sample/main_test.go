package sample

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"modernc.org/sqlite"
)

// noon is the moment at which the tests' company is made, a Friday.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// made is the company that the tests read.
var made Company

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "sample")
	if err != nil {
		panic(err)
	}
	made, err = Write(context.Background(), dir, noon)
	if err != nil {
		panic(err)
	}
	if ran, err = read[statement](made.QueryLog); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// ran is the company's query log, read once by TestMain.
var ran []statement

// logged hands out the query log. Nobody changes it.
func logged(t *testing.T) []statement {
	t.Helper()
	if len(ran) == 0 {
		t.Fatal("the query log is empty")
	}
	return ran
}

// attached opens a company's files, each under its zone's name.
func attached(t *testing.T, c Company) *sql.Conn {
	t.Helper()
	d := &sqlite.Driver{}
	if err := d.RegisterDeterministicScalarFunction("sha256", 1, sha); err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(source{d})
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	files := map[string]string{"app": c.App}
	for zone, file := range c.Warehouse {
		files[zone] = file
	}
	for zone, file := range files {
		if _, err := conn.ExecContext(t.Context(), "ATTACH ? AS "+zone, file); err != nil {
			t.Fatal(err)
		}
	}
	return conn
}

// ask answers a query with rows of texts.
func ask(t *testing.T, conn *sql.Conn, query string, args ...any) [][]string {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var list [][]string
	for rows.Next() {
		row := make([]sql.NullString, len(names))
		into := make([]any, len(names))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(row))
		for i := range row {
			texts[i] = row[i].String
		}
		list = append(list, texts)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// decoded reads a file of JSON Lines, strictly.
func decoded[T any](t *testing.T, file string) []T {
	t.Helper()
	list, err := read[T](file)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func read[T any](file string) ([]T, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	var list []T
	for {
		var line T
		switch err := dec.Decode(&line); {
		case errors.Is(err, io.EOF):
			return list, nil
		case err != nil:
			return nil, fmt.Errorf("%s, line %d: %w", file, len(list)+1, err)
		}
		list = append(list, line)
	}
}
