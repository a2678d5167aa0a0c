package sqllineage

import (
	"strings"

	"waymark/lineage/sqllineage/mysqlast"
)

// secondOpinion asks another parser for the tables of a statement that this
// one could not read. Its answer is partial at best: it has no columns.
func (e *engine) secondOpinion(out *Statement) {
	read, ok := mysqlast.Read(e.parser.sql[out.Start:out.End])
	if !ok {
		return
	}
	out.Inputs, out.Outputs = e.qualified(read.Inputs), e.qualified(read.Outputs)
	out.Columns, out.Reads, out.Joins = []OutputColumn{}, []Read{}, nil
	out.Reason = string(SecondOpinion) + ": " + out.Reason
	out.Outcome = Partial
	line, column := e.lines.at(out.Start)
	out.Diagnostics = append(out.Diagnostics, Diagnostic{Code: SecondOpinion, Severity: Info, Start: out.Start, End: out.Start, Line: line, Column: column})
}

// qualified prints plain names like names that were read here.
func (e *engine) qualified(names []string) []string {
	list := make([]string, 0, len(names))
	for _, name := range names {
		var parts []string
		for _, part := range strings.Split(name, ".") {
			parts = append(parts, e.parser.foldTable(ident{text: part}))
		}
		list = append(list, joinName(e.session.qualify(parts)))
	}
	return list
}
