package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"waymark/catalog/fault"
)

// explanation is why a hit stands where it does, in the shape of the API.
type explanation struct {
	Text, TrustFactor, Personal, Score float64
	Penalties                          []struct {
		Name   string
		Factor float64
	}
	Stage, Beats, Because string
}

// explainHit prints the score of a hit multiplied out, and what made it so.
func explainHit(w io.Writer, h foundHit) error {
	var e explanation
	if err := json.Unmarshal(h.Explanation, &e); err != nil {
		return fault.Internal.Of(err)
	}
	fmt.Fprintf(w, "     score %.3f = words %.3f × trust %.3f", e.Score, e.Text, e.TrustFactor)
	for _, p := range e.Penalties {
		fmt.Fprintf(w, " × %.2g %s", p.Factor, p.Name)
	}
	if e.Personal != 1 {
		fmt.Fprintf(w, " × %.3f your own use", e.Personal)
	}
	fmt.Fprintf(w, "\n     %s: %s\n", h.Stage, e.Stage)
	if words := matchedWords(h); words != "" {
		fmt.Fprintln(w, "     found "+words)
	}
	if e.Beats != "" {
		fmt.Fprintf(w, "     before %s: %s\n", e.Beats, e.Because)
	}
	return nil
}

// matchedWords says where each word of the query was found, and as what.
func matchedWords(h foundHit) string {
	var out []string
	for _, m := range h.Matched {
		text := fmt.Sprintf("%s in %s", m.Word, m.Field)
		if m.As != "" && m.As != m.Word {
			text += fmt.Sprintf(" as %s (%s)", m.As, m.How)
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}
