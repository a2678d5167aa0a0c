package sample

import (
	"fmt"
	"strings"
)

// asset is one line of catalog.jsonl, in the field order of interfaces.md.
type asset struct {
	Type        string            `json:"type"`
	Platform    string            `json:"platform,omitempty"`
	Name        string            `json:"name"`
	Env         string            `json:"env,omitempty"`
	Subtype     string            `json:"subtype,omitempty"`
	Display     string            `json:"display_name,omitempty"`
	Title       string            `json:"title,omitempty"`
	Email       string            `json:"email,omitempty"`
	Team        string            `json:"team,omitempty"`
	Service     bool              `json:"service,omitempty"`
	Roles       []string          `json:"roles,omitempty"`
	Description string            `json:"description,omitempty"`
	Definition  string            `json:"definition,omitempty"`
	Formula     string            `json:"formula,omitempty"`
	Synonyms    []string          `json:"synonyms,omitempty"`
	Canonical   []string          `json:"canonical,omitempty"`
	Columns     []assetColumn     `json:"columns,omitempty"`
	Owners      []assetOwner      `json:"owners,omitempty"`
	Tags        []string          `json:"tags,omitempty"`
	Terms       []string          `json:"terms,omitempty"`
	Domain      string            `json:"domain,omitempty"`
	Certified   *assetCertificate `json:"certified,omitempty"`
	Deprecated  *assetDeprecation `json:"deprecated,omitempty"`
	Replacement string            `json:"replacement,omitempty"`
	SQL         string            `json:"sql,omitempty"`
	Stats       *assetStats       `json:"stats,omitempty"`
	Usage       []assetUsage      `json:"usage,omitempty"`
	Checks      []assetCheck      `json:"checks,omitempty"`
	Sizes       []assetSize       `json:"sizes,omitempty"`
	SLA         *assetPromise     `json:"sla,omitempty"`
	Upstreams   []assetUpstream   `json:"upstreams,omitempty"`
	Properties  map[string]string `json:"properties,omitempty"`
}

type assetColumn struct {
	Name        string          `json:"name"`
	Type        string          `json:"type,omitempty"`
	Description string          `json:"description,omitempty"`
	Nullable    bool            `json:"nullable"`
	PrimaryKey  bool            `json:"primary_key,omitempty"`
	References  *assetReference `json:"references,omitempty"`
}

type assetReference struct {
	Dataset string `json:"dataset"`
	Column  string `json:"column"`
}

type assetOwner struct {
	User string `json:"user"`
	Kind string `json:"kind"`
}

type assetCertificate struct {
	By    string `json:"by"`
	Until string `json:"until"`
}

type assetDeprecation struct {
	Note  string `json:"note"`
	Since string `json:"since"`
}

type assetStats struct {
	Rows    int    `json:"rows"`
	Updated string `json:"updated_at"`
}

type assetUsage struct {
	Day     string `json:"day"`
	User    string `json:"user"`
	Kind    string `json:"kind"`
	Queries int    `json:"queries"`
}

type assetUpstream struct {
	Dataset string      `json:"dataset"`
	Columns []assetPair `json:"columns,omitempty"`
}

type assetPair struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func datasetURN(name string) string {
	return fmt.Sprintf("urn:li:dataset:(urn:li:dataPlatform:sqlite,%s,PROD)", name)
}

// assetURN turns what data files call an asset, zone.table or tool:dashboard, into its URN.
func assetURN(name string) string {
	if tool, id, ok := strings.Cut(name, ":"); ok {
		return fmt.Sprintf("urn:li:dashboard:(%s,%s)", tool, id)
	}
	return datasetURN("warehouse." + name)
}

func owners(login, kind string) []assetOwner {
	if login == "" {
		return nil
	}
	return []assetOwner{{User: login, Kind: kind}}
}
