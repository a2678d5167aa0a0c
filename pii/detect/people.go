package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// honorifics and suffixes that stand beside names, folded and without dots.
const titles = "mr mrs ms miss dr prof sir madam herr frau hr fr mme mlle m sr sra srta srita don dona sig sigra ing lic md phd jr ii iii iv dipl dott dra drs bc mgr mudr rndr judr sn bay bayan hanim bapak ibu pak drg ir hj raden univ prof esq rev fru hon dna os do ph mgr"

// companies are endings that only organisations carry.
const companies = "inc llc ltd limited gmbh ag kg ohg plc corp corporation company co sa sl srl spa bv nv oy ab as aps sarl sas ltda cia pty pvt group holding holdings partners associates sons ооо оао зао ао ип нпо sp zoo kft zrt bt nyrt rt kht sti a.s tbk pt cv ud perum persero"

// nameWords cuts a value into the folded words of a name; nil when it cannot be one.
func nameWords(v string, t traits) []string {
	if t.digits > 0 || t.runes < 2 || t.runes > 60 || t.letters < t.runes/2 {
		return nil
	}
	if t.others > 0 && strings.ContainsAny(v, "@#_/\\:;!?=+*&%$<>[]{}|\"") {
		return nil
	}
	words := strings.FieldsFunc(fold(v), func(r rune) bool {
		return r == ' ' || r == '-' || r == ',' || r == '.' || r == '(' || r == ')' || r == '\u3000'
	})
	if len(words) > 7 {
		return nil
	}
	return words
}

// people is what a sample tells about names of persons.
type people struct {
	n               int
	given, family   int // values of one word that are in the lists
	full            int // values of several words in which one is in a list and the others could be
	several         int // values of several words
	inflected       int // values with an ending that family names of a language share
	asian           int // values that read as East Asian names
	titled, company int
}

func (d *dictionary) people(s *sample) people {
	p := people{n: len(s.values)}
	for i, v := range s.values {
		t := s.traits[i]
		if t.wide > 0 {
			if t.wide*2 > t.runes && d.asianName(v) {
				p.asian++
			}
			if isAsianCompany(v) {
				p.company++
			}
			continue
		}
		if t.others > 0 && lastIsCompany(v) {
			p.company++
			continue
		}
		if words := nameWords(v, t); words != nil && capitalised(v, t) {
			d.person(&p, words)
		}
	}
	return p
}

// capitalised tells whether every word begins with a capital, all are capitals, or the script has none.
func capitalised(v string, t traits) bool {
	if t.upper == 0 {
		return !hasCase(v)
	}
	for v != "" {
		word, rest, _ := strings.Cut(v, " ")
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) && !hasWord(particles, word) {
			return false
		}
		v = rest
	}
	return true
}

// particles are the words of names that are written small.
const particles = "de da do dos das di del della dei van von der den ten ter zu zum la le y e i bin ibn al el af av du des d' san st und"

func hasCase(v string) bool {
	for _, r := range v {
		if unicode.IsLower(r) || unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// person counts one value.
func (d *dictionary) person(p *people, words []string) {
	known, sure, rest := 0, 0, 0
	for _, w := range words {
		switch {
		case hasWord(titles, w):
			p.titled++
			continue
		case hasWord(companies, w) && len(words) > 1:
			p.company++
			return
		}
		rest++
		if d.is(w, isGiven|isFamily) {
			sure++
		}
		if d.may(w, isGiven|isFamily) {
			known++
		}
		if inflected(w) {
			p.inflected++
			known++
		}
	}
	if rest > 1 {
		p.several++
		if sure > 0 || known > 1 {
			p.full++
		}
		return
	}
	if rest == 1 {
		w := words[len(words)-1]
		if d.is(w, isGiven) {
			p.given++
		}
		if d.is(w, isFamily) {
			p.family++
		}
	}
}

// inflected knows endings of family names and patronymics.
func inflected(w string) bool {
	n := utf8.RuneCountInString(w)
	if n < 5 {
		return false
	}
	for _, end := range [...]string{
		"ов", "ова", "ев", "ева", "ин", "ина", "ский", "ская", "скии", "енко", "чук", "ович", "евич", "овна", "евна", "ян",
		"ović", "ovic", "evic", "ski", "ska", "enko", "chuk", "yan", "shvili", "adze", "opoulos", "opoulou", "idis", "akis", "oglu",
		"sson", "sdottir", "ova", "escu", "eanu", "nen", "wicz", "owski", "ewski", "czyk", "iené", "aite", "auskas", "evicius", "ovich",
		"οπουλοσ", "οπουλου", "ιδησ", "ακησ", "ακη", "ιδου", "αδησ", "ογλου", "ιου", "εασ", "ακοσ", "ουδησ", "წვილი", "ძე",
	} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// asianName tells whether v reads as a Chinese, Korean or Japanese name.
func (d *dictionary) asianName(v string) bool {
	r := []rune(strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u3000' {
			return -1
		}
		return r
	}, v))
	if len(r) < 2 || len(r) > 7 {
		return false
	}
	if unicode.Is(unicode.Hangul, r[0]) {
		return d.koreanName(r)
	}
	return d.japaneseName(v, string(r)) || d.chineseName(r)
}

func (d *dictionary) koreanName(r []rune) bool {
	if len(r) > 4 || !d.koFamily[r[0]] {
		return false
	}
	for _, g := range r[1:] {
		if !d.koGiven[g] {
			return false
		}
	}
	return true
}

// chineseName: a family name of one character (the two of 欧阳 count one by one) and one or two of given names.
func (d *dictionary) chineseName(r []rune) bool {
	if len(r) > 4 || !d.zhFamily[r[0]] {
		return false
	}
	known := 0
	for _, g := range r[1:] {
		if d.zhGiven[g] {
			known++
		}
	}
	return known > 0 && known >= len(r)-2
}

// japaneseName: a listed family name in front, or one part of a name in two parts.
func (d *dictionary) japaneseName(v, joined string) bool {
	family, given, two := strings.Cut(strings.ReplaceAll(v, "\u3000", " "), " ")
	if two {
		return d.jaFamily[family] || d.jaGiven[given]
	}
	r := []rune(joined)
	for n := min(3, len(r)-1); n > 0; n-- {
		if d.jaFamily[string(r[:n])] && (d.jaGiven[string(r[n:])] || len(r)-n >= 1 && len(r)-n <= 3 && n > 1) {
			return true
		}
	}
	return false
}

func isAsianCompany(v string) bool {
	for _, w := range [...]string{"株式会社", "有限会社", "合同会社", "有限公司", "公司", "集团", "주식회사", "유한회사", "(주)", "㈜", "合資会社", "股份"} {
		if strings.Contains(v, w) {
			return true
		}
	}
	return false
}

// lastIsCompany tells whether the value ends like a company's name, or joins names with "and" as firms do.
func lastIsCompany(v string) bool {
	f := fold(v)
	if strings.Contains(f, " & ") || strings.HasPrefix(f, "ооо ") || strings.HasPrefix(f, "ао ") || strings.HasPrefix(f, "зао ") {
		return true
	}
	words := strings.Fields(strings.NewReplacer(".", "", ",", " ").Replace(f))
	return len(words) > 1 && (hasWord(companies, words[len(words)-1]) || hasWord(companies, words[0]))
}

// singles tells whether v, of one or two characters' script, is a given or family name alone: 雷, 桂芝, 佐藤, 지우.
func (d *dictionary) single(v string) (given, family bool) {
	if d.jaFamily[v] {
		return false, true
	}
	if d.jaGiven[v] {
		return true, false
	}
	r := []rune(v)
	if len(r) > 2 || len(r) == 0 {
		return false, false
	}
	ko := unicode.Is(unicode.Hangul, r[0])
	given, family = true, len(r) == 1
	for _, c := range r {
		if ko {
			given = given && d.koGiven[c]
			family = family && d.koFamily[c]
		} else {
			given = given && d.zhGiven[c]
			family = family && d.zhFamily[c]
		}
	}
	return given, family
}
