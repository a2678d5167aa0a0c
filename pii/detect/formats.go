package detect

import "slices"

// formats is the table of all recognisers; a country is one file and one line here.
var formats = slices.Concat(
	globalFormats, euFormats,
	adFormats, alFormats, arFormats, atFormats, auFormats, azFormats,
	beFormats, bgFormats, brFormats, caFormats, chFormats, clFormats, cnFormats, coFormats, crFormats, cuFormats, czFormats,
	deFormats, dkFormats, doFormats, dzFormats, ecFormats, eeFormats, egFormats, esFormats,
	fiFormats, foFormats, frFormats, gbFormats, ghFormats, gnFormats, grFormats, gtFormats,
	hkFormats, hrFormats, huFormats, idFormats, ieFormats, ilFormats, inFormats, isFormats, itFormats,
	jpFormats, keFormats, krFormats, liFormats, ltFormats, lvFormats,
	maFormats, meFormats, mkFormats, muFormats, mxFormats, myFormats, mzFormats,
	ngFormats, nlFormats, noFormats, nzFormats, peFormats, phFormats, pkFormats, plFormats, ptFormats, pyFormats,
	roFormats, rsFormats, ruFormats, seFormats, sgFormats, siFormats, skFormats, smFormats, snFormats, svFormats,
	thFormats, tnFormats, trFormats, twFormats, uaFormats, usFormats, uyFormats, veFormats, vnFormats, zaFormats,
)
