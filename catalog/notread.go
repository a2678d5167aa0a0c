package catalog

// NotRead is the property of a dataset whose rows, or some of them, could not be
// read by the credential that crawled it. Its value says why.
const NotRead = "not_read"

// RowsNotRead is why rows of a dataset could not be read, "" if nothing is known
// against it.
func (a *Asset) RowsNotRead() string {
	if a.Profile == nil {
		return ""
	}
	return a.Profile.Properties[NotRead]
}
