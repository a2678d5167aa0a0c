package accesslog

// config is the part source.config of a recipe.
type config struct {
	Files    []string `yaml:"files"`    // paths or patterns
	For      string   `yaml:"for"`      // the recipe whose tables the statements name
	Platform string   `yaml:"platform"` // where no recipe crawls them
	Dialect  string   `yaml:"dialect"`
	Instance string   `yaml:"instance"` // first part of the tables' names: of a SQLite database
	Database string   `yaml:"database"` // for names that lack one
	Schema   string   `yaml:"schema"`
}
