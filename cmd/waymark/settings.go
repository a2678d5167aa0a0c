package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"
	"gopkg.in/yaml.v3"

	"waymark/catalog/fault"
)

// setting is one key of the configuration, with its default and what it is for.
// The key privacy.store is the flag --privacy-store and WAYMARK_PRIVACY_STORE.
type setting struct {
	key, def, help string
	secret         bool
}

// catalogue of all settings: what config print shows and config check knows.
var known = []setting{
	{key: "data", def: "./waymark-data", help: "folder of the embedded store"},
	{key: "server", help: "address of a running server to send the command to"},
	{key: "token", help: "token for --server", secret: true},
	{key: "as", help: "act as this person (with --data)"},
	{key: "json", def: "false", help: "print one JSON document, or JSON Lines where a command streams"},
	{key: "addr", def: "127.0.0.1:8080", help: "address to listen on"},
	{key: "store", help: "catalog store, bolt:DIR or mem:; default is in the data folder"},
	{key: "search.index", help: "search index, bleve:DIR; default is in the data folder"},
	{key: "search.log", def: "true", help: "keep a log of searches under pseudonyms for 90 days"},
	{key: "search.personal", def: "true", help: "lift what the searching person and their team use"},
	{key: "lineage.stale-days", def: "90", help: "days read of a log that did not show an edge, after which it is stale"},
	{key: "lineage.close-days", def: "400", help: "the same, after which it ends"},
	{key: "privacy.store", help: "privacy store, bolt:DIR; default is privacy in the data folder"},
	{key: "privacy.key", help: "file of the privacy store's key; default is beside the data folder"},
	{key: "ledger.heads", help: "where a server sends new heads of the ledger: file:PATH, https://HOST/PATH or ${ENV}, separated by commas"},
	{key: "notify.mail", help: "server that takes mail to subscribers, smtp://USER@HOST:587 or smtps://USER@HOST:465; none sends no mail"},
	{key: "notify.password", help: "password for notify.mail, by reference: ${ENV} or ${file:PATH}", secret: true},
	{key: "notify.from", def: "waymark@localhost", help: "sender of mail to subscribers"},
	{key: "notify.link", help: "address of this server as subscribers reach it, for links in messages"},
	{key: "notify.networks", help: "private networks that webhooks may reach, 10.2.0.0/16, separated by commas"},
	{key: "log.level", def: "warn", help: "debug, info, warn or error"},
}

// settings are flag > environment > file > default.
type settings struct{ v *viper.Viper }

func newSettings() *settings {
	v := viper.New()
	v.SetEnvPrefix("WAYMARK")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_", "-", "_"))
	for _, k := range known {
		v.SetDefault(k.key, k.def)
		if err := v.BindEnv(k.key); err != nil {
			panic(err) // a key without a name: a defect of the table
		}
	}
	return &settings{v: v}
}

func (s *settings) text(key string) string { return s.v.GetString(key) }
func (s *settings) json() bool             { return s.v.GetBool("json") }

// named reports whether a person gave a value that is not the default.
func (s *settings) named(key string) bool {
	i := slices.IndexFunc(known, func(k setting) bool { return k.key == key })
	return s.text(key) != known[i].def
}

// flag adds the flag of a setting to a command.
func (s *settings) flag(cmd *cobra.Command, keys ...string) {
	for _, k := range known {
		if !slices.Contains(keys, k.key) {
			continue
		}
		name := strings.ReplaceAll(k.key, ".", "-")
		flags := cmd.PersistentFlags()
		if k.def == "true" || k.def == "false" {
			flags.Bool(name, false, k.help)
		} else {
			flags.String(name, k.def, k.help)
		}
	}
}

// bind lets the flags of the command that runs win over environment and file. It is
// done for that command alone: two commands may have the same flag.
func (s *settings) bind(cmd *cobra.Command) error {
	for _, k := range known {
		if f := cmd.Flags().Lookup(strings.ReplaceAll(k.key, ".", "-")); f != nil {
			if err := s.v.BindPFlag(k.key, f); err != nil {
				return fault.Internal.Of(err)
			}
		}
	}
	return nil
}

// read reads the configuration file, if there is one. A key that nobody knows is
// an error that names the key and its line.
func (s *settings) read() error {
	file := os.Getenv("WAYMARK_CONFIG")
	if file == "" {
		file = "waymark.yaml"
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) && os.Getenv("WAYMARK_CONFIG") == "" {
		return nil
	}
	if err != nil {
		return fault.Invalid.Errorf("configuration %s: %w", file, err)
	}
	if err := checkKeys(file, text); err != nil {
		return err
	}
	s.v.SetConfigType("yaml")
	if err := s.v.ReadConfig(bytes.NewReader(text)); err != nil {
		return fault.Invalid.Errorf("configuration %s: %w", file, err)
	}
	return nil
}

func checkKeys(file string, text []byte) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return fault.Invalid.Errorf("configuration %s: %w", file, err)
	}
	if len(doc.Content) == 0 {
		return nil
	}
	return checkNode(file, "", doc.Content[0])
}

func checkNode(file, prefix string, n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return fault.Invalid.Errorf("%s line %d: write keys and values, like data: ./waymark-data", file, n.Line)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := prefix+n.Content[i].Value, n.Content[i+1]
		if slices.ContainsFunc(known, func(k setting) bool { return k.key == key }) {
			continue
		}
		if val.Kind == yaml.MappingNode && slices.ContainsFunc(known, func(k setting) bool { return strings.HasPrefix(k.key, key+".") }) {
			if err := checkNode(file, key+".", val); err != nil {
				return err
			}
			continue
		}
		return fault.Invalid.Errorf("%s line %d: there is no key %s; waymark config print lists all", file, n.Content[i].Line, key)
	}
	return nil
}

// dataDir is the data folder as an absolute path.
func (s *settings) dataDir() (string, error) {
	dir, err := filepath.Abs(s.text("data"))
	if err != nil {
		return "", fault.Invalid.Errorf("data folder %s: %w", s.text("data"), err)
	}
	return dir, nil
}

// ages are the days after which an edge that no log shows is stale, and ends.
func (s *settings) ages() (stale, closed int, err error) {
	if stale, err = s.days("lineage.stale-days"); err != nil {
		return 0, 0, err
	}
	if closed, err = s.days("lineage.close-days"); err != nil {
		return 0, 0, err
	}
	if closed <= stale {
		return 0, 0, fault.Invalid.Errorf("lineage.close-days is %d and must be more than lineage.stale-days, %d", closed, stale)
	}
	return stale, closed, nil
}

func (s *settings) days(key string) (int, error) {
	n, err := strconv.Atoi(s.text(key))
	if err != nil || n < 1 {
		return 0, fault.Invalid.Errorf("%s is %q; write a number of days, 1 or more", key, s.text(key))
	}
	return n, nil
}

// newConfig is the command that shows and checks the configuration.
func newConfig(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Check or print the configuration"}
	cmd.AddCommand(&cobra.Command{
		Use: "check", Short: "Check the configuration file", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			fmt.Fprintln(c.OutOrStdout(), "the configuration is fine") // read() ran before and would have failed
			return nil
		},
	}, &cobra.Command{
		Use: "print", Short: "Print every key with its value, secrets masked", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			for _, k := range known {
				val := s.text(k.key)
				switch val = masked(val); {
				case k.secret && val != "":
					val = "***"
				case k.key == "ledger.heads":
					val = maskedHooks(val)
				}
				fmt.Fprintf(c.OutOrStdout(), "%s: %s  # %s\n", k.key, val, k.help)
			}
			return nil
		},
	})
	return cmd
}
