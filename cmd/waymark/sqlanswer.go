package main

import (
	"encoding/json"

	"github.com/mailru/easyjson/jwriter"

	"waymark/lineage/sqllineage"
)

// sqlAnswer is the answer line: the request's id, then the script.
type sqlAnswer struct {
	ID json.RawMessage
	sqllineage.Script
}

// whole reports whether everything was understood: no statement in part, none with
// parentheses or quotes that do not close.
func (a sqlAnswer) whole() bool {
	for _, s := range a.Statements {
		if s.Outcome == sqllineage.Failed || s.Outcome == sqllineage.Partial {
			return false
		}
		for _, d := range s.Diagnostics {
			if d.Code == sqllineage.Unbalanced || d.Code == sqllineage.Truncated {
				return false
			}
		}
	}
	return a.Outcome != sqllineage.Failed
}

// encode returns the answer as one line of JSON, in the fields and the order that
// the struct tags of sqllineage declare.
func (a sqlAnswer) encode() ([]byte, error) {
	w := answerWriter{jwriter.Writer{NoEscapeHTML: true}}
	w.RawByte('{')
	if len(a.ID) > 0 {
		w.RawString(`"id":`)
		w.Raw(a.ID, nil)
		w.RawByte(',')
	}
	w.RawString(`"statements":`)
	list(&w, a.Statements, w.statement)
	w.flows(a.Inputs, a.Outputs, a.Columns)
	w.text(`,"outcome":`, string(a.Outcome))
	w.optional(`,"reason":`, a.Reason)
	w.optional(`,"dialect":`, string(a.Dialect))
	w.diagnostics(a.Diagnostics)
	w.RawString("}\n")
	return w.BuildBytes()
}

// answerWriter writes the parts of an answer.
type answerWriter struct{ jwriter.Writer }

// list writes the values of a JSON list.
func list[T any](w *answerWriter, values []T, write func(T)) {
	w.RawByte('[')
	for i, v := range values {
		if i > 0 {
			w.RawByte(',')
		}
		write(v)
	}
	w.RawByte(']')
}

func (w *answerWriter) text(key, value string) {
	w.RawString(key)
	w.String(value)
}

// optional writes a text that is left out when it is empty.
func (w *answerWriter) optional(key, value string) {
	if value != "" {
		w.text(key, value)
	}
}

func (w *answerWriter) number(key string, n int) {
	w.RawString(key)
	w.Int(n)
}

func (w *answerWriter) statement(s sqllineage.Statement) {
	w.number(`{"index":`, s.Index)
	w.number(`,"start":`, s.Start)
	w.number(`,"end":`, s.End)
	w.text(`,"kind":`, string(s.Kind))
	w.text(`,"outcome":`, string(s.Outcome))
	w.text(`,"reason":`, s.Reason)
	w.flows(s.Inputs, s.Outputs, s.Columns)
	w.RawString(`,"reads":`)
	list(w, s.Reads, w.read)
	if len(s.Joins) > 0 {
		w.RawString(`,"joins":`)
		list(w, s.Joins, w.join)
	}
	w.diagnostics(s.Diagnostics)
	if s.Parent != nil {
		w.number(`,"parent":`, *s.Parent)
	}
	w.optional(`,"fingerprint":`, s.Fingerprint)
	w.RawByte('}')
}

// flows writes the three lists that statements and requests share.
func (w *answerWriter) flows(inputs, outputs []string, columns []sqllineage.OutputColumn) {
	w.RawString(`,"inputs":`)
	list(w, inputs, w.String)
	w.RawString(`,"outputs":`)
	list(w, outputs, w.String)
	w.RawString(`,"columns":`)
	list(w, columns, w.column)
}

func (w *answerWriter) column(c sqllineage.OutputColumn) {
	w.RawString(`{"output":{"table":`)
	if c.Output.Table == nil {
		w.RawString("null")
	} else {
		w.String(*c.Output.Table)
	}
	w.text(`,"column":`, c.Output.Column)
	w.text(`},"expression":`, c.Expression)
	w.RawString(`,"inputs":`)
	list(w, c.Inputs, w.input)
	w.number(`,"start":`, c.Start)
	w.number(`,"end":`, c.End)
	w.RawByte('}')
}

func (w *answerWriter) input(in sqllineage.Input) {
	w.text(`{"table":`, in.Table)
	w.text(`,"column":`, in.Column)
	w.text(`,"type":`, string(in.Type))
	w.text(`,"subtype":`, string(in.Subtype))
	w.RawString(`,"masking":`)
	w.Bool(in.Masking)
	w.optional(`,"path":`, in.Path)
	if in.Candidate {
		w.RawString(`,"candidate":true`)
	}
	w.RawByte('}')
}

func (w *answerWriter) read(r sqllineage.Read) {
	w.text(`{"table":`, r.Table)
	w.text(`,"column":`, r.Column)
	w.RawString(`,"subtypes":`)
	list(w, r.Subtypes, func(s sqllineage.Subtype) { w.String(string(s)) })
	w.RawByte('}')
}

func (w *answerWriter) join(j sqllineage.JoinPair) {
	side := func(key string, c sqllineage.TableColumn) {
		w.RawString(key)
		w.text(`{"table":`, c.Table)
		w.text(`,"column":`, c.Column)
		w.RawByte('}')
	}
	side(`{"left":`, j.Left)
	side(`,"right":`, j.Right)
	w.RawByte('}')
}

func (w *answerWriter) diagnostics(found []sqllineage.Diagnostic) {
	if len(found) == 0 {
		return
	}
	w.RawString(`,"diagnostics":`)
	list(w, found, func(d sqllineage.Diagnostic) {
		w.text(`{"code":`, string(d.Code))
		w.text(`,"severity":`, string(d.Severity))
		w.number(`,"start":`, d.Start)
		w.number(`,"end":`, d.End)
		w.number(`,"line":`, d.Line)
		w.number(`,"column":`, d.Column)
		w.optional(`,"words":`, d.Words)
		w.RawByte('}')
	})
}
