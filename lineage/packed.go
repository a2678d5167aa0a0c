package lineage

import (
	"encoding/binary"
	"math"
	"slices"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// packed is a contribution as it is stored: its texts once each, and rows of
// numbers that mean them. Its texts point into the stored value, so it is valid as
// long as that is; to load a graph allocates almost nothing.
//
//	version, flags, first, last, until, texts, links, pairs
type packed struct {
	by          uint32
	first, last int64
	until       int64 // 0, or when it ended: what an old log said
	stale       bool
	texts       [][]byte
	links       []packedLink
	pairs       []packedPair
}

type packedLink struct {
	up, down uint32
	origin   uint8
	sure     uint16 // thousandths
	marks    marks
	from     int64
}

type packedPair struct {
	up, upColumn, down, downColumn, expression uint32
	kind                                       pairKind
}

// packedVersion begins every value; another one is read by no one and rebuilt.
const packedVersion = 2

// originNumbers are the stored numbers of origins: add at the end, never reorder.
var originNumbers = []Origin{"", FromDefinition, FromLog, FromDashboard, FromImport, FromPeople, FromSource, fromRefutation}

// fromRefutation is the origin of what a person says is wrong. It supports no edge.
const fromRefutation Origin = "refuted"

// pack encodes a contribution. Where it would be more than a store takes, the
// texts of expressions are left out, and after them the pairs of columns.
func (c *contribution) pack() []byte {
	val := c.packWith(true, true)
	if len(val) > kv.MaxValue {
		val = c.packWith(false, true)
	}
	if len(val) > kv.MaxValue {
		val = c.packWith(false, false)
	}
	return val
}

func (c *contribution) packWith(expressions, pairs bool) []byte {
	t := texts{of: map[string]uint64{}}
	var rows []byte
	rows = binary.AppendUvarint(rows, t.number(string(c.By)))
	rows = binary.AppendUvarint(rows, uint64(len(c.Links)))
	for _, l := range c.Links {
		rows = binary.AppendUvarint(rows, t.number(string(l.Up)))
		rows = binary.AppendUvarint(rows, t.number(string(l.Down)))
		rows = append(rows, byte(slices.Index(originNumbers, l.Origin)), byte(l.Marks))
		rows = binary.AppendUvarint(rows, uint64(math.Round(float64(l.Confidence)*1000)))
		rows = binary.AppendVarint(rows, l.From-c.First)
	}
	if !pairs {
		return t.join(c, binary.AppendUvarint(rows, 0))
	}
	rows = binary.AppendUvarint(rows, uint64(len(c.Pairs)))
	for _, p := range c.Pairs {
		if !expressions {
			p.Expression = ""
		}
		for _, s := range []string{string(p.Up), p.UpColumn, string(p.Down), p.DownColumn, p.Expression} {
			rows = binary.AppendUvarint(rows, t.number(s))
		}
		rows = append(rows, byte(kindOfPair(p)))
	}
	return t.join(c, rows)
}

func kindOfPair(p pairSaid) pairKind {
	k := pairKind(max(0, slices.Index(subtypes, p.Subtype)))
	if p.Indirect {
		k |= pairIndirect
	}
	if p.Masking {
		k |= pairMasking
	}
	if p.Candidate {
		k |= pairCandidate
	}
	return k
}

// texts numbers what stands in one contribution.
type texts struct {
	of   map[string]uint64
	list []string
}

func (t *texts) number(s string) uint64 {
	n, ok := t.of[s]
	if !ok {
		n = uint64(len(t.list))
		t.of[s] = n
		t.list = append(t.list, s)
	}
	return n
}

func (t *texts) join(c *contribution, rows []byte) []byte {
	flags := byte(0)
	if c.Stale {
		flags = 1
	}
	b := binary.AppendVarint([]byte{packedVersion, flags}, c.First)
	b = binary.AppendVarint(binary.AppendVarint(b, c.Last), c.Until)
	b = binary.AppendUvarint(b, uint64(len(t.list)))
	for _, s := range t.list {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return append(b, rows...)
}

// unpack reads a stored value into p, whose lists it uses again.
func (p *packed) unpack(val []byte) error {
	r := reader{b: val}
	if v := r.byte(); v != packedVersion {
		return errOldForm
	}
	p.stale = r.byte() == 1
	p.first, p.last, p.until = r.varint(), r.varint(), r.varint()
	p.texts, p.links, p.pairs = p.texts[:0], p.links[:0], p.pairs[:0]
	for range r.count() {
		p.texts = append(p.texts, r.bytes(r.uvarint()))
	}
	p.by = r.index(p.texts)
	for range r.count() {
		l := packedLink{up: r.index(p.texts), down: r.index(p.texts), origin: r.byte(), marks: marks(r.byte()), sure: uint16(r.uvarint())}
		l.from = p.first + r.varint()
		if int(l.origin) >= len(originNumbers) {
			r.bad = true
		}
		p.links = append(p.links, l)
	}
	for range r.count() {
		p.pairs = append(p.pairs, packedPair{
			up: r.index(p.texts), upColumn: r.index(p.texts), down: r.index(p.texts), downColumn: r.index(p.texts), expression: r.index(p.texts),
			kind: pairKind(r.byte()),
		})
	}
	if r.bad || len(r.b) > 0 {
		return fault.Corrupt.Errorf("a stored contribution to the lineage cannot be read")
	}
	return nil
}

// errOldForm says that a value was stored by a program with another form.
var errOldForm = fault.Conflict.Errorf("the lineage is stored in another form")

func (p *packed) text(n uint32) string { return string(p.texts[n]) }

// holds reports whether one of its links counts at a moment, now for the zero time.
func (p *packed) holds(l packedLink, at time.Time) bool {
	if at.IsZero() {
		return p.until == 0
	}
	return l.from <= at.Unix() && (p.until == 0 || at.Unix() < p.until)
}

// downs returns the assets that it says something about.
func (p *packed) downs() map[string]bool {
	out := map[string]bool{}
	for _, l := range p.links {
		out[p.text(l.down)] = true
	}
	return out
}

// contribution gives what is packed its words.
func (p *packed) contribution() contribution {
	c := contribution{By: urn.URN(p.text(p.by)), First: p.first, Last: p.last, Until: p.until, Stale: p.stale}
	for _, l := range p.links {
		c.Links = append(c.Links, p.said(l))
	}
	for _, x := range p.pairs {
		c.Pairs = append(c.Pairs, pairSaid{
			Up: urn.URN(p.text(x.up)), UpColumn: p.text(x.upColumn), Down: urn.URN(p.text(x.down)), DownColumn: p.text(x.downColumn),
			Subtype: x.kind.subtype(), Indirect: x.kind&pairIndirect != 0, Masking: x.kind&pairMasking != 0, Candidate: x.kind&pairCandidate != 0,
			Expression: p.text(x.expression),
		})
	}
	return c
}

func (p *packed) said(l packedLink) said {
	return said{
		Up: urn.URN(p.text(l.up)), Down: urn.URN(p.text(l.down)), Origin: originNumbers[l.origin],
		Confidence: float32(l.sure) / 1000, Marks: l.marks, From: l.from,
	}
}

// reader takes a value apart; after the first mistake it gives zeros and is bad.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) varint() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return n
}

// count is how many items follow; each takes a byte at least.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return 0
	}
	return int(n)
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

// index is the number of one of the texts.
func (r *reader) index(of [][]byte) uint32 {
	n := r.uvarint()
	if n >= uint64(len(of)) {
		r.bad, r.b = true, nil
		return 0
	}
	return uint32(n)
}
