package detect

// Algeria.
var dzFormats = []format{
	{name: "dz.nif", class: classTaxOrg, shapes: "999999999999999 99999999999999999999", words: "nif", keyed: true},
}
