package detect

// Costa Rica.
var crFormats = []format{
	{name: "cr.cpf", class: classNational, shapes: "999999999 0999999999", groups: "1-4-4 2-4-4", words: "cedula cpf", check: func(b []byte) bool { return len(b) == 10 || b[0] != '0' }, keyed: true},
	{name: "cr.cr", class: classImmigration, shapes: "19999999999 199999999999", words: "residencia dimex", keyed: true},
}
