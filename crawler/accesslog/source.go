// Package accesslog reads log files of statements as usage and lineage: the
// query log of interfaces.md, one JSON object a line, plain or gzipped. It has no
// assets of its own: names in the statements belong to the source that ran them.
//
// The subtle thing: counts of a day are replaced whole, so a day is always read
// whole. The mark is the newest day seen; the next read begins where that day
// begins in each file, and a file that was rewritten, or a new one with older
// days in it, makes everything be read anew. Logs never prove that a table is gone.
package accesslog

import (
	"context"
	"path/filepath"
	"slices"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/crawler"
)

// Source is a set of log files.
type Source struct {
	config config
	files  []string
}

// Open finds the files of a recipe.
func Open(_ context.Context, c crawler.Config) (crawler.Source, error) {
	s := &Source{}
	if err := c.Decode(&s.config); err != nil {
		return nil, err
	}
	if s.config.For == "" && (s.config.Platform == "" || s.config.Dialect == "") {
		return nil, fault.Invalid.Errorf("recipe %s: say whose tables the statements name: `for: RECIPE`, or platform and dialect", c.Name)
	}
	if len(s.config.Files) == 0 {
		return nil, fault.Invalid.Errorf("recipe %s: source.config names no files; add `files: [/data/queries.jsonl]`", c.Name)
	}
	for _, pattern := range s.config.Files {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, fault.Invalid.Errorf("recipe %s: %q is not a pattern of files", c.Name, pattern)
		}
		if len(found) == 0 {
			at, _ := filepath.Abs(pattern)
			return nil, fault.Invalid.Errorf("recipe %s: there is no file %s", c.Name, at)
		}
		s.files = append(s.files, found...)
	}
	for _, path := range s.files {
		if err := crawler.RegularFile(path); err != nil {
			return nil, fault.Invalid.Errorf("recipe %s: %s cannot be read: %w", c.Name, path, err)
		}
	}
	slices.Sort(s.files)
	s.files = slices.Compact(s.files)
	return s, nil
}

// Names says whose tables the statements name.
func (s *Source) Names() catalog.Log {
	return catalog.Log{Source: s.config.For, Platform: s.config.Platform, Dialect: s.config.Dialect,
		Instance: s.config.Instance, DefaultDB: s.config.Database, DefaultSchema: s.config.Schema}
}

// Crawl emits nothing: logs tell of statements, not of tables.
func (s *Source) Crawl(context.Context, crawler.Scope, func(catalog.Asset) error) error { return nil }

// Close has nothing to close between reads.
func (s *Source) Close() error { return nil }
