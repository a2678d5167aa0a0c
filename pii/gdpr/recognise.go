package gdpr

import (
	"waymark/catalog"
	"waymark/catalog/urn"
)

// Recogniser is the one definition of how an identity may be written, for those who
// look for people outside a request.
type Recogniser struct{ m *matcher }

// NewRecogniser prepares an identity with the forms that the detector knows of it.
func NewRecogniser(k Key, forms Forms) Recogniser {
	return Recogniser{(&Desk{Deps: Deps{Forms: forms}}).matcherOf(k)}
}

// Judge returns the form in which a cell has the identity, "" for none; own reports
// whether the cell is nothing but the identity.
func (r Recogniser) Judge(cell string) (form string, own bool) {
	v := r.m.judge(cell)
	return v.form, v.own
}

// Probe returns what a connector looks for so that no cell which Judge accepts is
// left out.
func (r Recogniser) Probe(dataset urn.URN, columns []string) catalog.Probe {
	return probe([]*matcher{r.m}, dataset, columns)
}
