package sqlite

import "waymark/crawler"

// config is the part source.config of a recipe.
type config struct {
	Name      string            `yaml:"name"`       // first part of the tables' names; the recipe's name if absent
	Path      string            `yaml:"path"`       // the file that is schema main
	Attach    map[string]string `yaml:"attach"`     // further files by schema
	Tables    crawler.Filter    `yaml:"tables"`     // of schema.table
	RowCounts bool              `yaml:"row_counts"` // count the rows of every table
	Sample    sampling          `yaml:"sample"`
}

type sampling struct {
	Rows  *int `yaml:"rows"`  // 50 if absent; 0 reads none
	Views bool `yaml:"views"` // sample views too
}

// eraseConfig is the part erase of a recipe. Empty members are the crawled files.
type eraseConfig struct {
	Path   string            `yaml:"path"`
	Attach map[string]string `yaml:"attach"`
}
