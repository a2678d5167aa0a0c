package detect

// Egypt.
var egFormats = []format{
	{name: "eg.tn", class: classTaxOrg, shapes: "999999999", groups: "3-3-3", words: "الضريبي", keyed: true},
}
