package search

import "strings"

// The weights of ranking. They are a start from two public sets of questions and
// are watched by the judged sets; each has its reason.
const (
	trustBase = 0.55 // what text alone is worth: an untrusted exact table still beats noise
	trustGain = 0.9  // full trust is worth 1.45, none 0.55

	saturation = 1.0 // k1 of BM25

	wholeName = 1.3  // a question that says the asset's whole name means it
	besides   = 1.1  // two words of the query side by side in the name
	oneUnit   = 1.05 // two words of the query in the name of one column
	column    = 1.2  // the query is the whole name of a column
)

// fieldWeights are the weights and length normalisations of BM25F. Long
// descriptions say many words once; a long name is still a name.
var fieldWeights = [Fields]struct{ weight, b float64 }{
	FieldName:        {3, 0.4},
	FieldTerms:       {2, 0.4},
	FieldPath:        {1, 0.4},
	FieldColumns:     {1, 0.6},
	FieldDescription: {1, 0.75},
	FieldAbout:       {0.5, 0.4},
}

// Matched says where a word of the query was found.
type Matched struct {
	Word  string `json:"word"`
	Field string `json:"field"`
	How   string `json:"how"`
	As    string `json:"as,omitempty"`
}

// scorer holds what is the same for all candidates of one query.
type scorer struct {
	words    []Word
	idf      []float64 // by word
	stems    map[string]int
	exact    map[string]bool
	first    [256]bool // first bytes of stems: most words of a document end here
	survey   *Survey
	question bool
	said     string // the words side by side
}

func newScorer(words []Word, r *Result, survey *Survey, question bool) *scorer {
	s := &scorer{words: words, idf: make([]float64, len(words)), stems: map[string]int{}, exact: map[string]bool{}, survey: survey, question: question}
	for i := range words {
		s.said = strings.TrimSpace(s.said + " " + words[i].Text)
		s.idf[i] = IDF(r.Documents, words[i].frequency(r))
		for _, v := range words[i].Variants {
			for j, stem := range v.Stems {
				if _, ok := s.stems[stem]; !ok {
					s.stems[stem] = len(s.stems)
					s.first[stem[0]] = true
				}
				s.exact[v.Words[j]] = true
			}
		}
	}
	return s
}

// stem returns the number of the stem of a word, and whether it is in the query.
func (s *scorer) stem(w string) (int, bool) {
	if w == "" || !s.first[w[0]] {
		return 0, false
	}
	n, ok := s.stems[Stem(w)]
	return n, ok
}

// seen is what a document has of each stem of the query.
type seen struct {
	weight  []float64 // over fields, saturating later
	field   []Field   // where it weighs most
	best    []float64
	inexact []bool
}

// text scores the words of a document. Matched is filled where it is wanted.
func (s *scorer) text(d *Document, matched *[]Matched) float64 {
	x := s.look(d)
	sum, pairs := 0.0, 1.0
	for i := range s.words {
		best, v := s.word(i, x)
		sum += best
		if matched != nil && v != nil {
			*matched = append(*matched, s.match(i, v, x))
		}
	}
	if sum == 0 {
		return 0
	}
	if s.adjacent(d.Words[FieldName]) {
		pairs = besides
	} else if s.isColumn(d) {
		pairs = column
	} else if s.adjacent(d.Words[FieldColumns]) {
		pairs = oneUnit
	}
	if s.question && s.says(d) {
		pairs *= wholeName
	}
	return sum * pairs
}

// look reads the words of a document once.
func (s *scorer) look(d *Document) *seen {
	n := len(s.stems)
	x := &seen{weight: make([]float64, n), best: make([]float64, n), field: make([]Field, n), inexact: make([]bool, n)}
	for f := range Field(Fields) {
		s.field(d.Words[f], f, x)
	}
	return x
}

func (s *scorer) field(text string, f Field, x *seen) {
	if text == "" {
		return
	}
	length, counts := 0, [maxStems]float64{}
	eachWord(text, func(w string) {
		length++
		if n, ok := s.stem(w); ok && n < maxStems {
			if s.exact[w] {
				counts[n] += 1
			} else {
				counts[n] += factorPlural
			}
		}
	})
	average := max(1, s.survey.Length[f])
	norm := fieldWeights[f].weight / (1 - fieldWeights[f].b + fieldWeights[f].b*float64(length)/average)
	for n := range min(len(x.weight), maxStems) {
		if counts[n] == 0 {
			continue
		}
		add := norm * counts[n]
		x.weight[n] += add
		if add > x.best[n] {
			x.best[n], x.field[n] = add, f
			x.inexact[n] = counts[n] < 1
		}
	}
}

// maxStems bounds the stems that one query scores: 32 words and their variants.
const maxStems = 128

// eachWord calls fn for the words of a field.
func eachWord(text string, fn func(string)) {
	from := 0
	for i := range len(text) {
		if c := text[i]; c == ' ' || c == '\n' {
			fn(text[from:i])
			from = i + 1
		}
	}
	fn(text[from:])
}

// word scores one word of the query through its best variant.
func (s *scorer) word(i int, x *seen) (best float64, by *Variant) {
	for j := range s.words[i].Variants {
		v := &s.words[i].Variants[j]
		least := -1.0
		for _, stem := range v.Stems {
			if n := s.stems[stem]; n < maxStems && (least < 0 || x.weight[n] < least) {
				least = x.weight[n]
			}
		}
		if score := v.Factor * s.idf[i] * least / (saturation + least); least > 0 && score > best {
			best, by = score, v
		}
	}
	return best, by
}

func (s *scorer) match(i int, v *Variant, x *seen) Matched {
	n := s.stems[v.Stems[0]]
	m := Matched{Word: s.words[i].Text, Field: x.field[n].String(), How: v.How}
	if v.How != howExact {
		m.As = strings.Join(v.Words, " ")
	} else if x.inexact[n] {
		m.How = howPlural
	}
	return m
}

// adjacent says that two neighbours of the query stand side by side in one line.
func (s *scorer) adjacent(text string) bool {
	if text == "" || len(s.words) < 2 {
		return false
	}
	last, found := -2, false
	from := 0
	for i := 0; i <= len(text) && !found; i++ {
		if i < len(text) && text[i] != ' ' && text[i] != '\n' {
			continue
		}
		at := s.position(text[from:i])
		found = at >= 0 && at == last+1 && last >= 0
		last = at
		if i < len(text) && text[i] == '\n' {
			last = -2
		}
		from = i + 1
	}
	return found
}

// isColumn says that the words of the query, in their order, are one column's name.
func (s *scorer) isColumn(d *Document) bool {
	if len(s.words) < 2 {
		return false
	}
	return strings.Contains("\n"+d.Words[FieldColumns]+"\n", "\n"+s.said+"\n")
}

// position is which word of the query w is, or -1.
func (s *scorer) position(w string) int {
	n, ok := s.stem(w)
	if !ok {
		return -1
	}
	for i := range s.words {
		if s.stems[s.words[i].Variants[0].Stems[0]] == n {
			return i
		}
	}
	return -1
}

// says reports whether the query has every word of the asset's name.
func (s *scorer) says(d *Document) bool {
	all, any := true, false
	eachWord(d.Words[FieldName], func(w string) {
		if isNumber(w) || len(w) < 2 {
			return
		}
		_, ok := s.stem(w)
		all, any = all && ok, true
	})
	return all && any
}

// whole is what the text of an asset is worth whose name is the whole query. It is
// the same for all of them, so that trust decides among those that a name fits.
func (s *scorer) whole() float64 {
	sum := 0.0
	for _, idf := range s.idf {
		sum += idf
	}
	name := fieldWeights[FieldName].weight
	return max(NoWords, sum*name/(name+saturation))
}

// siblings finds, among candidates, the newest version of each orders_vN.
type siblings map[string]int

func newestOf(candidates []*Document) siblings {
	s := siblings{}
	for _, d := range candidates {
		if stem, n, ok := version(d.Words[FieldName]); ok {
			key := parentOf(d) + "/" + stem
			s[key] = max(s[key], n)
		}
	}
	return s
}

func (s siblings) supersedes(d *Document) bool {
	stem, n, ok := version(d.Words[FieldName])
	return ok && s[parentOf(d)+"/"+stem] > n
}

func parentOf(d *Document) string {
	parts := d.Parts()
	return d.Platform + "/" + strings.Join(parts[:len(parts)-1], ".")
}

// Penalty is one factor that lowered a score.
type Penalty struct {
	Name   string  `json:"name"`
	Factor float64 `json:"factor"`
}

// penaltiesOf lists what lowers a document, without what the query asks for.
func penaltiesOf(d *Document, asked map[string]bool, old bool) (list []Penalty, factor float64) {
	list, factor = []Penalty{}, 1
	for _, p := range penalties {
		if d.Marks&p.mark != 0 && !anyOf(p.asked, asked) {
			list = append(list, Penalty{p.name, p.factor})
			factor *= p.factor
		}
	}
	if old {
		list = append(list, Penalty{"a newer version stands beside it", superseded})
		factor *= superseded
	}
	if k := kindFactor(d.Type); k != 1 {
		list = append(list, Penalty{string(d.Type) + ", not the data itself", k})
		factor *= k
	}
	if factor < least {
		list = append(list, Penalty{"no lower than a tenth", least / factor})
		factor = least
	}
	return list, factor
}
