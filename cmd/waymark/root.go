package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
)

// version is set by the build.
var version = "dev"

// newRoot is the command tree; one file a command.
func newRoot() (*cobra.Command, *settings) {
	s := newSettings()
	root := &cobra.Command{
		Use: "waymark", Short: "The data catalog that says which table to trust, and why",
		SilenceErrors: true, SilenceUsage: true, Version: version,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.bind(cmd); err != nil {
				return err
			}
			return s.read()
		},
	}
	root.SetVersionTemplate("waymark {{.Version}}\n")
	root.SetHelpCommand(newHelp())
	s.flag(root, "data", "server", "token", "as", "json", "store", "search.index", "privacy.store", "privacy.key", "log.level")
	root.AddCommand(
		newDemo(s), newServe(s), newCrawl(s), newImport(s), newExport(s), newSearch(s), newRank(s),
		newLineage(s), newImpact(s), newDiscover(s), newSQL(), newPII(s), newRequest(s), newLedger(s), newFsck(s),
		newConfig(s), newVersion(),
	)
	return root, s
}

func newVersion() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs, Run: func(c *cobra.Command, _ []string) { c.Println("waymark " + version) }}
}

// logger writes to stderr, above the configured level.
func (s *settings) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.text("log.level"))); err != nil {
		return nil, usage("log.level is %q; write debug, info, warn or error", s.text("log.level"))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})), nil
}

// printJSON writes one document on one line, or indented for a person's terminal.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fault.Unavailable.Errorf("write the answer: %w", err)
	}
	return nil
}
