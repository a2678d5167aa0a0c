package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"waymark/catalog"
	"waymark/catalog/exchange"
	"waymark/catalog/fault"
	"waymark/crawler"
	"waymark/crawler/dbt"
)

// dbtChecks reads the results of tests in a target folder and returns them as lines
// of an import, the one way in.
func dbtChecks(target string, warn io.Writer) (*bytes.Buffer, error) {
	var files [2]*os.File
	for i, name := range []string{"manifest.json", "run_results.json"} {
		f, err := crawler.OpenFile(filepath.Join(target, name))
		if err != nil {
			return nil, usage("--dbt: %s: %v", filepath.Join(target, name), err)
		}
		defer f.Close() // only read
		files[i] = f
	}
	tests, err := dbt.ReadTests(files[0], files[1])
	if err != nil {
		return nil, err
	}
	if tests.Unplaced > 0 {
		fmt.Fprintf(warn, "%d tests are about no table that the manifest names; they are left out\n", tests.Unplaced)
	}
	return checkLines(tests.List)
}

func checkLines(list []dbt.Tested) (*bytes.Buffer, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	for _, t := range list {
		l := exchange.Line{URN: string(t.Dataset), Type: string(catalog.Dataset)}
		for _, r := range t.Runs {
			l.Checks = append(l.Checks, exchange.Result{Name: r.Name, Column: r.Column, Status: r.Status, Severity: r.Severity, Message: r.Message, At: r.At})
		}
		if err := enc.Encode(l); err != nil {
			return nil, fault.Internal.Of(err)
		}
	}
	return &out, nil
}
