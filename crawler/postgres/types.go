package postgres

import "waymark/crawler"

// config is the part source.config of a recipe.
type config struct {
	DSN       crawler.Secret    `yaml:"dsn"`
	Databases *crawler.Filter   `yaml:"databases"` // absent: the database of the dsn alone
	Schemas   crawler.Filter    `yaml:"schemas"`
	Tables    crawler.Filter    `yaml:"tables"` // of schema.table
	QueryLog  queryLog          `yaml:"query_log"`
	Sample    sampling          `yaml:"sample"`
	Deadlines crawler.Deadlines `yaml:"deadlines"`
}

type queryLog struct {
	Kind string `yaml:"kind"`
}

type sampling struct {
	Rows  *int `yaml:"rows"`  // 50 if absent; 0 reads none
	Views bool `yaml:"views"` // sample views too
}

// eraseConfig is the part erase of a recipe.
type eraseConfig struct {
	DSN crawler.Secret `yaml:"dsn"`
}
