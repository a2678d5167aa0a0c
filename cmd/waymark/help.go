package main

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"waymark/graphql"
)

//go:embed help/*.md
var pages embed.FS

// manual returns the pages of the manual by name.
func manual() (out []graphql.ManualPage) {
	names, _ := fs.Glob(pages, "help/*.md") // the pattern is constant
	for _, name := range names {
		text, _ := pages.ReadFile(name) // named by Glob
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
		out = append(out, graphql.ManualPage{Name: strings.TrimSuffix(path.Base(name), ".md"), Title: title, Text: string(text)})
	}
	return out
}

// newHelp prints a page of the manual, or what a command does.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use: "help [TOPIC | COMMAND]", Short: "Read the manual, or what a command does",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				for _, p := range manual() {
					if p.Name == args[0] {
						fmt.Fprint(c.OutOrStdout(), p.Text)
						return nil
					}
				}
			}
			if len(args) > 0 {
				if found, _, err := c.Root().Find(args); err == nil && found != c.Root() {
					return found.Help()
				}
				return usage("there is no page and no command %q", strings.Join(args, " "))
			}
			if err := c.Root().Help(); err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), "\nThe manual (waymark help TOPIC):")
			for _, p := range manual() {
				fmt.Fprintf(c.OutOrStdout(), "  %-14s %s\n", p.Name, p.Title)
			}
			return nil
		},
	}
}
