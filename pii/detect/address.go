package detect

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// addresses finds what is known by its signs rather than by its digits: e-mail, web, IP and wallet addresses.
func (s *scan) addresses() {
	for i := 0; i < len(s.text); {
		switch c := s.text[i]; {
		case c == '@':
			s.email(i)
		case c == ':' && strings.HasPrefix(s.text[i:], "://"):
			s.url(i)
		case c == '.' || c == ':':
			i = s.ip(i)
			continue
		case (c == '1' || c == '3' || c == 'b' || c == 'B' || c == '0') && (i == 0 || !wordByte(s.text[i-1])):
			s.wallet(i)
		}
		i++
	}
}

// add records the span of bytes lo to hi.
func (s *scan) add(lo, hi int, format, class string, score float64, checksum bool) {
	s.spans = append(s.spans, Span{Start: s.runes(lo), End: s.runes(hi), Format: format, Entity: class, Score: score, Checksum: checksum})
}

// runes counts the characters before byte i, on from where it counted last.
func (s *scan) runes(i int) int {
	if i < s.byteAt {
		s.byteAt, s.runeAt = 0, 0
	}
	s.runeAt += utf8.RuneCountInString(s.text[s.byteAt:i])
	s.byteAt = i
	return s.runeAt
}

// wordAt tells whether a letter or digit stands at byte i, but not one of a script next to which a number stands free.
func wordAt(t string, i int) bool {
	if t[i] < utf8.RuneSelf {
		return wordByte(t[i])
	}
	r, _ := utf8.DecodeRuneInString(t[i:])
	return !wideScript(r)
}

func wordByte(c byte) bool {
	return isDigit(c) || isUpper(c) || isLower(c) || c == '_' || c >= utf8.RuneSelf
}

// email takes the longest local part and domain around the sign at byte i.
func (s *scan) email(i int) {
	lo, hi := i, i+1
	for lo > 0 && localByte(s.text[lo-1]) {
		lo--
	}
	for hi < len(s.text) && domainByte(s.text[hi]) && !scriptBorder(s.text, hi) {
		hi++
	}
	for lo < i && s.text[lo] == '.' {
		lo++
	}
	hi = i + 1 + len(strings.TrimRight(s.text[i+1:hi], ".-"))
	if isEmail(s.text[lo:i], s.text[i+1:hi]) {
		s.add(lo, hi, "email", classEmail, 0.97, false)
	}
}

// scriptBorder tells whether ASCII meets Hangul, Han or Kana at byte i: a label of a domain does not go on there.
func scriptBorder(t string, i int) bool {
	return t[i] >= utf8.RuneSelf && t[i-1] != '.' && t[i-1] < utf8.RuneSelf && !wordAt(t, i)
}

func localByte(c byte) bool { return wordByte(c) || strings.IndexByte(".!#$%&'*+-/=?^`{|}~", c) >= 0 }

func domainByte(c byte) bool { return wordByte(c) && c != '_' || c == '.' || c == '-' }

// isEmail follows RFC 5321 without quoted local parts: dots between atoms, a domain of labels under a top-level name.
func isEmail(local, domain string) bool {
	if local == "" || len(local) > 64 || len(domain) > 253 || strings.Contains(local, "..") || local[len(local)-1] == '.' {
		return false
	}
	return isDomain(domain)
}

// isDomain asks for two labels or more, the last a name of letters.
func isDomain(d string) bool {
	dot := strings.LastIndexByte(d, '.')
	if dot < 1 || !isTopLevel(d[dot+1:]) {
		return false
	}
	for d != "" {
		label, rest, _ := strings.Cut(d, ".")
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		d = rest
	}
	return true
}

func isTopLevel(t string) bool {
	if strings.HasPrefix(strings.ToLower(t), "xn--") {
		return true
	}
	for _, r := range t {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return utf8.RuneCountInString(t) >= 2
}

// longestURL bounds the search for the end of a web address; browsers take no longer ones.
const longestURL = 2048

// url takes scheme and the rest up to white space or a quotation mark, around the "://" at byte i.
func (s *scan) url(i int) {
	lo, hi := i, i+3
	for lo > 0 && (isLower(s.text[lo-1]|0x20) || isDigit(s.text[lo-1]) || s.text[lo-1] == '+') {
		lo--
	}
	for hi < len(s.text) && hi < i+longestURL && s.text[hi] > ' ' && strings.IndexByte(`"'<>|\^`+"`{}", s.text[hi]) < 0 {
		hi++
	}
	hi = i + 3 + len(strings.TrimRight(s.text[i+3:hi], ".,;:!?)]"))
	host := s.text[i+3 : hi]
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	bare, _, _ := strings.Cut(host, ":")
	if lo < i && (isDomain(bare) || isIPv4(bare) || bare == "localhost" || strings.HasPrefix(host, "[")) {
		s.add(lo, hi, "url", classURL, 0.6, false)
	}
}

func wholeEmail(v string) bool {
	local, domain, ok := strings.Cut(v, "@")
	for i := range len(local) {
		ok = ok && localByte(local[i])
	}
	for i := range len(domain) {
		ok = ok && domainByte(domain[i])
	}
	return ok && isEmail(local, domain)
}

func wholeIP(v string) bool {
	v, bits, cut := strings.Cut(v, "/")
	_, err := netip.ParseAddr(v)
	return err == nil && (!cut || bits != "" && len(bits) <= 3 && allDigits([]byte(bits)))
}

func wholeURL(v string) bool {
	s := scan{text: v}
	if i := strings.Index(v, "://"); i > 0 {
		s.url(i)
	}
	return len(s.spans) == 1 && s.spans[0].Start == 0 && s.spans[0].End == utf8.RuneCountInString(v)
}

func isIPv4(t string) bool {
	a, err := netip.ParseAddr(t)
	return err == nil && a.Is4()
}

// ip takes the run of address characters around byte i, records it if it is an address, and returns where to go on.
func (s *scan) ip(i int) int {
	lo, hi := i, i
	for lo > 0 && ipByte(s.text[lo-1]) {
		lo--
	}
	for hi < len(s.text) && ipByte(s.text[hi]) {
		hi++
	}
	if strings.IndexByte(s.text[lo:hi], ':') < 0 {
		s.ipv4(lo, hi)
	} else if !s.ipv6(lo, hi) {
		s.ipv4s(lo, hi)
	}
	return hi
}

// ipv4s tries what stands between colons: "ip:192.0.2.1", "192.0.2.1:8080".
func (s *scan) ipv4s(lo, hi int) {
	for lo < hi {
		end := strings.IndexByte(s.text[lo:hi], ':')
		if end < 0 {
			end = hi - lo
		}
		if strings.Count(s.text[lo:lo+end], ".") >= 3 {
			s.ipv4(lo, lo+end)
		}
		lo += end + 1
	}
}

func ipByte(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' || c == '.' || c == ':'
}

// ipv4 stands free of letters; after the word version it is none.
func (s *scan) ipv4(lo, hi int) {
	hi = lo + len(strings.TrimRight(s.text[lo:hi], "."))
	if !isIPv4(s.text[lo:hi]) || lo > 0 && wordByte(s.text[lo-1]) || hi < len(s.text) && wordAt(s.text, hi) || isVersion(s.text[max(0, lo-24):lo]) {
		return
	}
	s.add(lo, s.prefixLength(hi), "ip", classIP, 0.9, false)
}

func isVersion(before string) bool {
	before = strings.ToLower(strings.TrimRight(before, " :=v"))
	return strings.HasSuffix(before, "version") || strings.HasSuffix(before, "release") || strings.HasSuffix(before, "build")
}

// ipv6 stands free of letters, may be mapped IPv4, and may carry a zone and a prefix length. It tells whether it was one.
func (s *scan) ipv6(lo, hi int) bool {
	hi = lo + len(strings.TrimRight(s.text[lo:hi], "."))
	run := s.text[lo:hi]
	if strings.HasSuffix(run, ":") && !strings.HasSuffix(run, "::") {
		hi--
		run = s.text[lo:hi]
	}
	if lo > 0 && wordByte(s.text[lo-1]) || hi < len(s.text) && wordByte(s.text[hi]) || strings.Trim(run, ":.") == "" {
		return false
	}
	if a, err := netip.ParseAddr(run); err != nil || !a.Is6() {
		return false
	}
	end := hi
	if end < len(s.text) && s.text[end] == '%' {
		for end++; end < len(s.text) && wordByte(s.text[end]); end++ {
		}
	}
	s.add(lo, s.prefixLength(end), "ip", classIP, 0.9, false)
	return true
}

// prefixLength extends an address over "/24".
func (s *scan) prefixLength(hi int) int {
	end := hi
	if end < len(s.text) && s.text[end] == '/' {
		for end++; end < len(s.text) && end < hi+4 && isDigit(s.text[end]); end++ {
		}
	}
	if end == hi+1 {
		return hi
	}
	return end
}

// wallet takes the run of letters and digits at byte i.
func (s *scan) wallet(i int) {
	hi := i
	for hi < len(s.text) && wordByte(s.text[hi]) && s.text[hi] != '_' {
		hi++
	}
	if hi-i >= 26 && isWallet([]byte(s.text[i:hi])) {
		s.add(i, hi, "crypto", classFinancial, 0.95, true)
	}
}
