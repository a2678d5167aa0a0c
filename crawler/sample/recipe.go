package sample

import (
	"fmt"
	"os"
	"strings"

	"waymark/catalog/fault"
)

// writeRecipes writes what tells the ordinary sources where to look.
func writeRecipes(c Company) error {
	var files strings.Builder
	for i, zone := range zones {
		if i > 0 {
			files.WriteString(", ")
		}
		fmt.Fprintf(&files, "%s: %q", zone, c.Warehouse[zone])
	}
	texts := []string{
		fmt.Sprintf(`# The application database.
name: app
source:
  type: sqlite
  config:
    name: shop
    path: %[1]q
    sample: {rows: 50}
erase: {path: %[1]q}
schedule: "0 * * * *"
`, c.App),
		fmt.Sprintf(`# The warehouse: four files, attached as the schemas of one database.
name: warehouse
source:
  type: sqlite
  config:
    name: warehouse
    attach: {%[1]s}
    sample: {rows: 50}
erase:
  attach: {%[1]s}
schedule: "0 * * * *"
`, files.String()),
		fmt.Sprintf(`# What ran on the warehouse.
name: query-log
source:
  type: querylog
  config:
    files: [%q]
    for: warehouse
actors: {service: ["^svc_"]}
schedule: "10 * * * *"
`, c.QueryLog),
	}
	for i, text := range texts {
		if err := os.WriteFile(c.Recipes[i], []byte(text), 0o600); err != nil {
			return fault.Unavailable.Of(err)
		}
	}
	return nil
}
