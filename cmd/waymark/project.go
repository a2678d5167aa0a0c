package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"waymark/catalog/fault"
)

// The artifacts of a dbt project.
const (
	manifestName = "manifest.json"
	catalogName  = "catalog.json"
)

// manifest is what is read of a project's manifest.
type manifest struct {
	Metadata struct {
		Adapter string `json:"adapter_type"`
	} `json:"metadata"`
	Nodes map[string]model `json:"nodes"`
}

type model struct {
	Type     string `json:"resource_type"`
	Relation string `json:"relation_name"`
	File     string `json:"original_file_path"`
	Compiled string `json:"compiled_code"`
	Older    string `json:"compiled_sql"` // before dbt 1.3
}

// built is what is read of a project's catalog: the columns that its tables have.
type built struct {
	Nodes map[string]struct {
		Columns map[string]builtColumn `json:"columns"`
	} `json:"nodes"`
}

type builtColumn struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Index int    `json:"index"`
}

// readProject turns the models of a dbt project into definitions, as the project
// would make them: the query of each, and its columns where they are known.
func readProject(dir string) (out []changedFile, dialect string, err error) {
	var m manifest
	var b built
	if err := readArtifact(filepath.Join(dir, manifestName), &m); err != nil {
		return nil, "", err
	}
	if err := readArtifact(filepath.Join(dir, catalogName), &b); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, "", err
	}
	for _, id := range slices.Sorted(maps.Keys(m.Nodes)) {
		n := m.Nodes[id]
		if n.Relation == "" || n.Type != "model" && n.Type != "seed" && n.Type != "snapshot" {
			continue
		}
		if text := n.definition() + b.definition(id, n.Relation); text != "" {
			out = append(out, changedFile{n.File, text})
		}
	}
	return out, adapters[m.Metadata.Adapter], nil
}

// adapters are the dialects of the adapters; another is read as ANSI.
var adapters = map[string]string{"postgres": "postgres", "redshift": "redshift", "snowflake": "snowflake", "bigquery": "bigquery", "databricks": "databricks",
	"spark": "spark", "trino": "trino", "athena": "athena", "duckdb": "duckdb", "clickhouse": "clickhouse", "sqlserver": "tsql", "synapse": "tsql", "fabric": "tsql",
	"oracle": "oracle", "mysql": "mysql", "mariadb": "mariadb", "sqlite": "sqlite", "hive": "hive", "presto": "presto"}

func readArtifact(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fault.Invalid.Errorf("%s is no dbt artifact: %w", path, err)
	}
	return nil
}

// definition is the model as a view; nothing for one that was not compiled.
func (n model) definition() string {
	sql := n.Compiled
	if sql == "" {
		sql = n.Older
	}
	if sql = strings.TrimRight(strings.TrimSpace(sql), ";"); sql == "" {
		return ""
	}
	return "create or replace view " + n.Relation + " as " + sql + ";\n"
}

// definition lists the columns that the project's last build made.
func (b built) definition(id, relation string) string {
	columns := slices.Collect(maps.Values(b.Nodes[id].Columns))
	if len(columns) == 0 {
		return ""
	}
	slices.SortFunc(columns, func(x, y builtColumn) int { return x.Index - y.Index })
	quote := `"`
	if strings.Contains(relation, "`") {
		quote = "`"
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = quote + c.Name + quote + " " + c.Type
	}
	return "create or replace table " + relation + " (" + strings.Join(parts, ", ") + ");\n"
}
