package search

import (
	"encoding/binary"
	"math"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// RecordVersion is the version of the record's layout and of the cutting of words;
// an index of another version is rebuilt.
const RecordVersion = 2

// Record writes a document in the few hundred bytes that an engine stores beside it.
func (d *Document) Record() []byte {
	w := writer{buf: make([]byte, 0, 512)}
	w.num(RecordVersion)
	for _, s := range []string{string(d.URN), string(d.Type), d.Platform, d.Name, d.Subtype, d.Domain, string(d.Replacement), string(d.CopyOf)} {
		w.str(s)
	}
	w.num(uint64(d.Marks))
	w.evidence(&d.Evidence)
	w.strs(d.Keywords)
	w.strs(d.Keys)
	for _, h := range d.Shape {
		w.buf = binary.LittleEndian.AppendUint32(w.buf, h)
	}
	for _, text := range d.Words {
		w.str(text)
	}
	return w.buf
}

// ReadRecord reads what Record wrote. Its strings share one copy of rec.
func ReadRecord(rec []byte) (*Document, error) {
	r := reader{rest: string(rec)}
	if v := r.num(); v != RecordVersion {
		return nil, fault.Corrupt.Errorf("a search record has version %d, not %d", v, RecordVersion)
	}
	d := &Document{URN: urn.URN(r.str()), Type: catalog.Type(r.str()), Platform: r.str(), Name: r.str(), Subtype: r.str(), Domain: r.str()}
	d.Replacement, d.CopyOf = urn.URN(r.str()), urn.URN(r.str())
	d.Marks = Marks(r.num())
	r.evidence(&d.Evidence)
	d.Keywords, d.Keys = r.strs(), r.strs()
	for i := range d.Shape {
		if b := r.take(4); b != "" {
			d.Shape[i] = binary.LittleEndian.Uint32([]byte(b))
		}
	}
	for f := range d.Words {
		d.Words[f] = r.str()
	}
	if r.bad {
		return nil, fault.Corrupt.Errorf("a search record of %d bytes ends early", len(rec))
	}
	return d, nil
}

type writer struct{ buf []byte }

func (w *writer) num(n uint64) { w.buf = binary.AppendUvarint(w.buf, n) }

func (w *writer) str(s string) {
	w.num(uint64(len(s)))
	w.buf = append(w.buf, s...)
}

func (w *writer) strs(list []string) {
	w.num(uint64(len(list)))
	for _, s := range list {
		w.str(s)
	}
}

func (w *writer) real(f float64) {
	w.buf = binary.LittleEndian.AppendUint32(w.buf, math.Float32bits(float32(f)))
}

func (w *writer) flag(b bool) {
	if b {
		w.num(1)
	} else {
		w.num(0)
	}
}

// time keeps seconds; 0 is no time.
func (w *writer) time(t time.Time) {
	if t.IsZero() {
		w.num(0)
		return
	}
	w.num(uint64(max(1, t.Unix())))
}

func (w *writer) evidence(e *catalog.Evidence) {
	for _, b := range []bool{e.UsageKnown, e.Certified, e.ConsumersKnown, e.Described} {
		w.flag(b)
	}
	for _, f := range []float64{e.People, e.Queries, e.Unparsed, e.ConsumerRank} {
		w.real(f)
	}
	for _, n := range []int64{int64(e.People30), e.Queries30, e.Service30, int64(e.CoveredDays), int64(e.ChecksPassed), int64(e.ChecksTotal),
		int64(e.Dashboards), int64(e.Viewers), int64(e.Downstream), int64(e.Columns), int64(e.ColumnsDescribed),
		int64(e.Cadence.Every / time.Second), int64(e.Cadence.Late / time.Second)} {
		w.num(uint64(max(0, n)))
	}
	w.time(e.CertifiedUntil)
	w.time(e.Cadence.Last)
	w.str(string(e.CertifiedBy))
	w.num(uint64(len(e.Owners)))
	for _, o := range e.Owners {
		w.str(string(o))
	}
}

type reader struct {
	rest string
	bad  bool
}

func (r *reader) num() uint64 {
	var n uint64
	for i := range min(len(r.rest), binary.MaxVarintLen64) {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.bad, r.rest = true, ""
	return 0
}

func (r *reader) take(n uint64) string {
	if n > uint64(len(r.rest)) {
		r.bad, r.rest = true, ""
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *reader) str() string { return r.take(r.num()) }

func (r *reader) strs() []string {
	n := r.num()
	if n == 0 || n > uint64(len(r.rest)) {
		r.bad = r.bad || n > 0
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.str()
	}
	return list
}

func (r *reader) real() float64 {
	b := r.take(4)
	if b == "" {
		return 0
	}
	return float64(math.Float32frombits(binary.LittleEndian.Uint32([]byte(b))))
}

func (r *reader) flag() bool { return r.num() == 1 }

func (r *reader) time() time.Time {
	n := r.num()
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}

func (r *reader) evidence(e *catalog.Evidence) {
	for _, b := range []*bool{&e.UsageKnown, &e.Certified, &e.ConsumersKnown, &e.Described} {
		*b = r.flag()
	}
	for _, f := range []*float64{&e.People, &e.Queries, &e.Unparsed, &e.ConsumerRank} {
		*f = r.real()
	}
	var n [13]int64
	for i := range n {
		n[i] = int64(r.num())
	}
	e.People30, e.Queries30, e.Service30, e.CoveredDays = int(n[0]), n[1], n[2], int(n[3])
	e.ChecksPassed, e.ChecksTotal, e.Dashboards, e.Viewers, e.Downstream = int(n[4]), int(n[5]), int(n[6]), int(n[7]), int(n[8])
	e.Columns, e.ColumnsDescribed = int(n[9]), int(n[10])
	e.Cadence.Every, e.Cadence.Late = time.Duration(n[11])*time.Second, time.Duration(n[12])*time.Second
	e.CertifiedUntil, e.Cadence.Last = r.time(), r.time()
	e.CertifiedBy = urn.URN(r.str())
	owners := r.strs()
	for _, o := range owners {
		e.Owners = append(e.Owners, urn.URN(o))
	}
}
