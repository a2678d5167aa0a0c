package detect

// Faroe Islands.
var foFormats = []format{
	{name: "fo.vn", class: classTaxOrg, shapes: "999999", groups: "3-3 2-2-2", words: "vinnutal", prefix: "FO", keyed: true},
}
