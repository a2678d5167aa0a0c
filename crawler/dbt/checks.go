// Package dbt reads what dbt leaves behind after a run. So far that is the results of
// its tests: run_results.json says how they went, manifest.json what they are about.
//
// It connects to nothing. The message of a test is taken without the values that it
// may quote, and its name without those that a name may be made of.
package dbt

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Tested is one dataset with the runs of its tests.
type Tested struct {
	Dataset urn.URN
	Runs    []catalog.CheckRun
}

// Tests is what one run of dbt told.
type Tests struct {
	List     []Tested // by dataset
	Unplaced int      // tests of which the manifest does not say what they are about
}

// node is what the manifest says of a model, source, seed, snapshot or test.
type node struct {
	ResourceType string `json:"resource_type"`
	Database     string `json:"database"`
	Schema       string `json:"schema"`
	Name         string `json:"name"`
	Alias        string `json:"alias"`
	Identifier   string `json:"identifier"` // of a source
	Column       string `json:"column_name"`
	Attached     string `json:"attached_node"`
	DependsOn    struct {
		Nodes []string `json:"nodes"`
	} `json:"depends_on"`
	Config struct {
		Severity string `json:"severity"`
	} `json:"config"`
	Test *struct {
		Name   string         `json:"name"`
		Kwargs map[string]any `json:"kwargs"`
	} `json:"test_metadata"`
}

type manifest struct {
	Metadata struct {
		Adapter string `json:"adapter_type"`
	} `json:"metadata"`
	Nodes   map[string]node `json:"nodes"`
	Sources map[string]node `json:"sources"`
}

type results struct {
	Metadata struct {
		At time.Time `json:"generated_at"`
	} `json:"metadata"`
	Results []struct {
		ID       string `json:"unique_id"`
		Status   string `json:"status"`
		Failures *int64 `json:"failures"`
		Timing   []struct {
			Name string    `json:"name"`
			Done time.Time `json:"completed_at"`
		} `json:"timing"`
	} `json:"results"`
}

// ReadTests reads both files. It returns fault.Invalid for files that dbt did not
// write; results of models are passed over.
func ReadTests(manifestFile, resultsFile io.Reader) (t Tests, err error) {
	var m manifest
	var r results
	if err := read("manifest.json", manifestFile, &m); err != nil {
		return t, err
	}
	if err := read("run_results.json", resultsFile, &r); err != nil {
		return t, err
	}
	if m.Metadata.Adapter == "" {
		return t, fault.Invalid.Errorf("manifest.json does not say for which adapter it is")
	}
	titles, runs := m.titles(), map[urn.URN][]catalog.CheckRun{}
	for _, x := range r.Results {
		test, ok := m.Nodes[x.ID]
		if !ok || test.ResourceType != "test" {
			continue
		}
		about, ok := m.about(test)
		if !ok {
			t.Unplaced++
			continue
		}
		run := catalog.CheckRun{Name: titles[x.ID], Column: test.column(), Status: statuses[x.Status], Severity: test.severity(), At: r.Metadata.At}
		for _, step := range x.Timing {
			if step.Name == "execute" && !step.Done.IsZero() {
				run.At = step.Done
			}
		}
		if x.Failures != nil && *x.Failures > 0 {
			run.Message = fmt.Sprintf("failures: %d", *x.Failures)
		}
		run.Status = cmp.Or(run.Status, catalog.CheckErrored) // a status that a later dbt has says nothing of the data
		runs[about] = append(runs[about], run)
	}
	for u, list := range runs {
		t.List = append(t.List, Tested{Dataset: u, Runs: list})
	}
	slices.SortFunc(t.List, func(a, b Tested) int { return cmp.Compare(a.Dataset, b.Dataset) })
	return t, nil
}

// statuses turns dbt's words into the catalog's.
var statuses = map[string]string{
	"pass": catalog.CheckPassed, "fail": catalog.CheckFailed, "warn": catalog.CheckWarned,
	"error": catalog.CheckErrored, "runtime error": catalog.CheckErrored, "skipped": catalog.CheckSkipped,
}

func read(name string, from io.Reader, to any) error {
	err := json.NewDecoder(from).Decode(to)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return fault.Invalid.Errorf("%s: %s has another form than dbt gives it", name, wrong.Field)
	case err != nil:
		return fault.Invalid.Errorf("%s is not one that dbt wrote: it does not parse", name)
	}
	return nil
}

// about finds the dataset of a test: the node that it is attached to, or the only
// node it reads. Of a test between two tables an old manifest does not say whose it is.
func (m *manifest) about(test node) (urn.URN, bool) {
	id := test.Attached
	if id == "" && len(test.DependsOn.Nodes) == 1 {
		id = test.DependsOn.Nodes[0]
	}
	n, ok := m.Nodes[id]
	if !ok {
		n, ok = m.Sources[id]
	}
	if !ok {
		return "", false
	}
	parts := slices.DeleteFunc([]string{n.Database, n.Schema, cmp.Or(n.Alias, n.Identifier, n.Name)}, func(s string) bool { return s == "" })
	name := strings.Join(parts, ".")
	if m.Metadata.Adapter == "snowflake" {
		name = strings.ToLower(name)
	}
	return urn.Dataset(m.Metadata.Adapter, name, ""), true
}

// titles names the tests. Where several of a kind are about the same column, the end of
// their ids, which dbt makes and keeps, tells them apart: they are not one check.
func (m *manifest) titles() map[string]string {
	type place struct {
		about         urn.URN
		title, column string
	}
	at := func(n node) place {
		about, _ := m.about(n)
		return place{about, n.title(), n.column()}
	}
	alike, out := map[place]int{}, map[string]string{}
	for _, n := range m.Nodes {
		if n.ResourceType == "test" {
			alike[at(n)]++
		}
	}
	for id, n := range m.Nodes {
		if out[id] = n.title(); n.ResourceType == "test" && alike[at(n)] > 1 {
			out[id] += " " + id[strings.LastIndexByte(id, '.')+1:]
		}
	}
	return out
}

// title names a test by its kind. The name that dbt makes of a generic test holds the
// accepted values, which are data.
func (n node) title() string {
	if n.Test != nil && n.Test.Name != "" {
		return n.Test.Name
	}
	return n.Name
}

func (n node) column() string {
	if n.Column == "" && n.Test != nil {
		column, _ := n.Test.Kwargs["column_name"].(string)
		return column
	}
	return n.Column
}

func (n node) severity() string {
	if strings.EqualFold(n.Config.Severity, "warn") {
		return catalog.Warning
	}
	return catalog.Critical // dbt's own default stops a build
}
