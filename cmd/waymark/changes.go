package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/lineage"
)

// changeReport is the answer of the API about files of changes.
type changeReport struct {
	Changes []changeEffect `json:"changes"`
	Notes   []string       `json:"notes"`
}

type changeEffect struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Change string `json:"change"`
	Asset  *struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"asset"`
	Column string   `json:"column"`
	Was    string   `json:"was"`
	Is     string   `json:"is"`
	Impact impacted `json:"impact"`
}

const askChanges = `query($files: [ChangedFile!]!, $source: String, $dialect: String, $depth: Int) {
  changes(files: $files, source: $source, dialect: $dialect, depth: $depth, first: 200) {
    notes changes { file line change asset { id name } column was is impact { ` + impactFields + ` } } } }`

// changedFile is one file as it is sent.
type changedFile struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// judge prints what files of changes would break.
func (o *impactFlags) judge(c *cobra.Command, k *client, paths []string) error {
	var files []changedFile
	for _, path := range paths {
		found, dialect, err := readChanges(c.InOrStdin(), path)
		if err != nil {
			return err
		}
		if o.dialect == "" && o.source == "" {
			o.dialect = dialect
		}
		files = append(files, found...)
	}
	got, err := k.changes(c.Context(), files, o)
	if err != nil {
		return err
	}
	if err := got.print(c.OutOrStdout(), o.format); err != nil {
		return err
	}
	return refuse(o.fail, got.count())
}

// maxSent is how much text goes into one request; the API takes a mebibyte.
const maxSent = 700 << 10

// changes asks for all files, in as few requests as they fit into.
func (k *client) changes(ctx context.Context, files []changedFile, o *impactFlags) (all changeReport, err error) {
	all = changeReport{Changes: []changeEffect{}, Notes: []string{}}
	for len(files) > 0 {
		n, size := 0, 0
		for n < len(files) && size+len(files[n].Text) <= maxSent {
			size += len(files[n].Text)
			n++
		}
		if n == 0 {
			return all, usage("%s is longer than %d KiB; split it", files[0].Name, maxSent>>10)
		}
		vars := map[string]any{"files": files[:n], "depth": o.depth}
		if o.source != "" {
			vars["source"] = o.source
		}
		if o.dialect != "" {
			vars["dialect"] = o.dialect
		}
		var got struct{ Changes changeReport }
		if err := k.do(ctx, askChanges, vars, &got); err != nil {
			return all, err
		}
		all.Changes, all.Notes = append(all.Changes, got.Changes.Changes...), append(all.Notes, got.Changes.Notes...)
		files = files[n:]
	}
	return all, nil
}

// readChanges reads what a path holds: a file of DDL, standard input, a dbt project's
// artifacts, or a folder of .sql files. For artifacts it also tells their dialect.
func readChanges(in io.Reader, path string) ([]changedFile, string, error) {
	if path == "-" {
		text, err := io.ReadAll(in)
		if err != nil {
			return nil, "", usage("standard input: %v", err)
		}
		return []changedFile{{"-", string(text)}}, "", nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, "", usage("%s: %v", path, err)
	case filepath.Base(path) == manifestName:
		return readProject(filepath.Dir(path))
	case !info.IsDir():
		f, err := readChange(path)
		return []changedFile{f}, "", err
	}
	for _, dir := range []string{path, filepath.Join(path, "target")} {
		if _, err := os.Stat(filepath.Join(dir, manifestName)); err == nil {
			return readProject(dir)
		}
	}
	files, err := readFolder(path)
	return files, "", err
}

func readChange(path string) (changedFile, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return changedFile{}, usage("%s: %v", path, err)
	}
	return changedFile{path, string(text)}, nil
}

func readFolder(dir string) (out []changedFile, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.EqualFold(filepath.Ext(path), ".sql") {
			return err
		}
		f, err := readChange(path)
		out = append(out, f)
		return err
	})
	if err == nil && len(out) == 0 {
		err = usage("%s holds no .sql file and no dbt %s", dir, manifestName)
	}
	slices.SortFunc(out, func(a, b changedFile) int { return strings.Compare(a.Name, b.Name) })
	return out, err
}

// count says how many assets are hurt how, by all changes together.
func (r changeReport) count() map[string]int {
	worst := map[string]int{}
	for _, x := range r.Changes {
		for _, i := range x.Impact.Items {
			at := slices.Index(lineage.Severities(), i.Severity)
			if was, seen := worst[i.Asset.ID]; !seen || at < was {
				worst[i.Asset.ID] = at
			}
		}
	}
	out := map[string]int{}
	for _, at := range worst {
		out[lineage.Severities()[at]]++
	}
	return out
}

// what names the thing that is changed.
func (x changeEffect) what() string {
	name := "a hidden asset"
	if x.Asset != nil {
		name = x.Asset.Name
	}
	if x.Column != "" {
		name += "." + x.Column
	}
	return name
}

func (r changeReport) print(w io.Writer, format string) error {
	switch format {
	case "json":
		return printJSON(w, struct {
			changeReport
			Breaks        int `json:"breaks"`
			ChangesValues int `json:"changes_values"`
			MayChange     int `json:"may_change"`
		}{r, r.count()[lineage.Breaks], r.count()[lineage.ChangesValues], r.count()[lineage.MayChange]})
	case "csv":
		rows := [][]string{append([]string{"file", "line", "change", "changed"}, impactColumns...)}
		for _, x := range r.Changes {
			for _, i := range x.Impact.Items {
				rows = append(rows, append([]string{x.File, fmt.Sprint(x.Line), x.Change, x.what()}, i.row()...))
			}
		}
		return printCSV(w, rows)
	}
	return r.text(w)
}

func (r changeReport) text(w io.Writer) error {
	for _, x := range r.Changes {
		turn := ""
		switch {
		case x.Was != "" && x.Is != "" && x.Change == "change type":
			turn = " from " + x.Was + " to " + x.Is
		case x.Is != "":
			turn = " to " + x.Is
		}
		fmt.Fprintf(w, "%s:%d  %s %s%s: ", x.File, x.Line, x.Change, x.what(), turn)
		if x.Impact.Total == 0 {
			fmt.Fprintln(w, "nothing known depends on it")
			continue
		}
		fmt.Fprintln(w, plural(x.Impact.Total, "asset"))
		for _, i := range x.Impact.Items {
			fmt.Fprintln(w, "  "+i.line())
		}
	}
	for _, n := range r.Notes {
		fmt.Fprintln(w, "not judged: "+n)
	}
	n := r.count()
	_, err := fmt.Fprintf(w, "%s: %d breaks, %d changes values, %d may change\n", plural(len(r.Changes), "change"), n[lineage.Breaks], n[lineage.ChangesValues], n[lineage.MayChange])
	return fault.Unavailable.Of(err)
}
