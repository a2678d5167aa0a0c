// Package ui carries the web interface that Vite built, so that the program
// is one file. A clone that never ran Node holds only the placeholder; Built
// tells the server to answer with its "UI not built" page then.
//
// It is not the server: cmd/internal/httpd decides paths, caching and headers.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the built files, with index.html at its root if there are any.
func FS() fs.FS {
	root, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("ui: " + err.Error()) // the directory is named above; only a typing error there can fail
	}
	return root
}

// Built reports whether the interface was built before the program was.
func Built() bool {
	_, err := fs.Stat(dist, "dist/index.html")
	return err == nil
}
