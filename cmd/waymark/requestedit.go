package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// newRequestEdit changes a plan before it is approved.
func newRequestEdit(s *settings) *cobra.Command {
	var ground, until string
	var reset bool
	targets := map[string]*string{}
	cmd := &cobra.Command{Use: "edit ID", Short: "Change the plan before it is approved; each edit is a new hash", Args: cobra.ExactArgs(1)}
	for what, short := range map[string]string{
		"exclude": "leave a dataset as it is", "retain": "keep the rows of a dataset, or one column of them; takes --ground",
		"pseudonymise": "keep rows under pseudonyms instead of deleting them", "add": "take in a dataset that no sure path reaches",
	} {
		targets[what] = cmd.Flags().String(what, "", short)
	}
	cmd.Flags().StringVar(&ground, "ground", "", "the law or reason")
	cmd.Flags().StringVar(&until, "until", "", "the day until which it is kept, as 2036-12-31")
	cmd.Flags().BoolVar(&reset, "reset", false, "drop every edit")
	cmd.RunE = func(c *cobra.Command, args []string) error {
		what, target := "", ""
		n := 0
		for each, t := range targets {
			if *t != "" {
				what, target = each, *t
				n++
			}
		}
		if reset {
			what = "reset"
			n++
		}
		if n != 1 {
			return usage("one of --exclude, --retain, --pseudonymise, --add and --reset")
		}
		text := `mutation($id: String!, $what: String!, $target: String!, $ground: String!, $until: String!) {
  it: editPlan(id: $id, what: $what, target: $target, ground: $ground, until: $until) ` + requestFields + ` }`
		return oneRequest(c, s, text, map[string]any{"id": args[0], "what": what, "target": target, "ground": ground, "until": until}, planned)
	}
	return cmd
}

// withReason is a command that does one thing to a request for a reason.
func withReason(s *settings, name, short, field, why string) *cobra.Command {
	var reason string
	cmd := &cobra.Command{Use: name + " ID", Short: short, Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&reason, "reason", "", why)
	cmd.RunE = func(c *cobra.Command, args []string) error {
		if reason == "" {
			return usage("why? --reason TEXT, %s", why)
		}
		text := `mutation($id: String!, $reason: String!) { it: ` + field + `(id: $id, reason: $reason) ` + requestFields + ` }`
		return oneRequest(c, s, text, map[string]any{"id": args[0], "reason": reason}, show)
	}
	return cmd
}

// ruleDoc is a retention rule as the commands print it.
type ruleDoc struct {
	Name         string `json:"name"`
	Dataset      string `json:"dataset"`
	Column       string `json:"column,omitempty"`
	Class        string `json:"class,omitempty"`
	Law          string `json:"law"`
	Ground       string `json:"ground,omitempty"`
	Until        string `json:"until,omitempty"`
	Pseudonymise bool   `json:"pseudonymise,omitempty"`
}

const ruleFields = `{ name dataset column class law ground until pseudonymise }`

func newRetention(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "retention", Short: "What the law makes one keep, in every erasure"}
	cmd.AddCommand(newRetentionList(s), newRetentionSet(s), newRetentionRemove(s))
	return cmd
}

func newRetentionList(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the rules", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var got struct{ RetentionRules []ruleDoc }
			if err := asked(c, s, `{ retentionRules `+ruleFields+` }`, nil, &got); err != nil {
				return err
			}
			for _, r := range got.RetentionRules {
				if err := printRule(c, s, r); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func newRetentionSet(s *settings) *cobra.Command {
	var r ruleDoc
	cmd := &cobra.Command{Use: "set NAME", Short: "Keep a dataset, a column or a data category on a ground", Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&r.Dataset, "dataset", "", "the dataset; * stands for any part of its name")
	cmd.Flags().StringVar(&r.Column, "column", "", "one column of it")
	cmd.Flags().StringVar(&r.Class, "class", "", "or every column of a data category, as user.financial")
	cmd.Flags().StringVar(&r.Law, "law", "", "the statute that wants it kept")
	cmd.Flags().StringVar(&r.Ground, "ground", "", "more words on it")
	cmd.Flags().StringVar(&r.Until, "until", "", "the last day on which the rule counts, as 2036-12-31")
	cmd.Flags().BoolVar(&r.Pseudonymise, "pseudonymise", false, "keep it under a pseudonym")
	cmd.RunE = func(c *cobra.Command, args []string) error {
		r.Name = args[0]
		var got struct{ SetRetentionRule ruleDoc }
		text := `mutation($rule: RetentionRuleInput!) { setRetentionRule(rule: $rule) ` + ruleFields + ` }`
		rule := map[string]any{
			"name": r.Name, "dataset": r.Dataset, "column": r.Column, "class": r.Class, "law": r.Law, "ground": r.Ground, "until": r.Until, "pseudonymise": r.Pseudonymise,
		}
		if err := asked(c, s, text, map[string]any{"rule": rule}, &got); err != nil {
			return err
		}
		return printRule(c, s, got.SetRetentionRule)
	}
	return cmd
}

func newRetentionRemove(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "End a rule", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			var got struct{ RemoveRetentionRule bool }
			return asked(c, s, `mutation($name: String!) { removeRetentionRule(name: $name) }`, map[string]any{"name": args[0]}, &got)
		},
	}
}

// asked sends one operation and reads its answer.
func asked(c *cobra.Command, s *settings, text string, vars map[string]any, into any) (err error) {
	k, err := dial(c.Context(), s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, k.Close()) }()
	return k.do(c.Context(), text, vars, into)
}

func printRule(c *cobra.Command, s *settings, r ruleDoc) error {
	if s.json() {
		return printJSON(c.OutOrStdout(), r)
	}
	what := r.Dataset
	switch {
	case r.Column != "":
		what += "." + r.Column
	case r.Class != "":
		what += " (" + r.Class + ")"
	}
	how, until := "retain", ""
	if r.Pseudonymise {
		how = "pseudonymise"
	}
	if r.Until != "" {
		until = ", until " + r.Until
	}
	_, err := fmt.Fprintf(c.OutOrStdout(), "%-16s %-12s %s  %s%s\n", r.Name, how, what, r.Law, until)
	return err
}
