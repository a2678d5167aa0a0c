package search

import (
	"math"
	"slices"
	"strings"
)

// Surveyor collects a Survey, one document after the other.
type Surveyor struct {
	n       int
	length  [Fields]int
	people  []float64
	queries []float64
	certify bool
}

// Add counts a document.
func (s *Surveyor) Add(d *Document) {
	s.n++
	for f := range Field(Fields) {
		s.length[f] += d.Length(f)
	}
	if d.Evidence.People > 0 {
		s.people = append(s.people, d.Evidence.People)
	}
	if d.Evidence.Queries > 0 {
		s.queries = append(s.queries, d.Evidence.Queries)
	}
	s.certify = s.certify || d.Evidence.Certified
}

// Survey returns the measures of all documents added.
func (s *Surveyor) Survey() Survey {
	out := Survey{Documents: s.n}
	for f := range out.Length {
		out.Length[f] = float64(s.length[f]) / float64(max(1, s.n))
	}
	out.Estate.P95People, out.Estate.P95Queries = p95(s.people), p95(s.queries)
	out.Estate.Certifies = s.certify
	return out
}

func p95(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[int(math.Ceil(0.95*float64(len(values))))-1]
}

// NoWords is the score of a candidate whose stage asks for no words.
const NoWords = 1

// Presence is what n copies of a stem are worth in a combined field, and Shortness
// what its length is worth; both only choose candidates, so they are rough, but the
// same in every engine.
func Presence(n int) float64 { return float64(n) / (float64(n) + 1) }

// Shortness lowers long documents, in which everything stands somewhere.
func Shortness(length float64) float64 { return 1 / (0.6 + 0.4*length/typicalLength) }

// typicalLength is that of twenty columns and a sentence. It is a constant so that
// engines choose alike whatever they have surveyed.
const typicalLength = 80

// Stems lists every stem that q asks for, once.
func (q *Query) Stems() []string {
	var out []string
	for _, m := range q.Stages {
		for _, list := range [][]Group{m.Groups, m.Not} {
			for _, g := range list {
				for _, a := range g {
					out = append(out, a.Stems...)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Lower returns keywords as engines index them.
func Lower(keywords []string) []string {
	out := make([]string, len(keywords))
	for i, k := range keywords {
		out[i] = strings.ToLower(k)
	}
	return out
}

// Keywords are those of a document, and those of the moment where there is one.
func Keywords(d *Document, m *Moment) []string {
	if m == nil {
		return d.Keywords
	}
	return append(slices.Clone(d.Keywords), m.Keywords(d)...)
}
