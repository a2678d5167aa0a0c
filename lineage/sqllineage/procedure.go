package sqllineage

// variables are the names that the script declares, folded.
type variables map[string]bool

// known reports whether id is a declared variable.
func (v variables) known(_ *traits, id ident) bool {
	return len(v) > 0 && v[variableKey(id)]
}
