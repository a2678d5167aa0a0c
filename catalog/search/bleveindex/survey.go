package bleveindex

import (
	"context"
	"encoding/json"
	"runtime/debug"
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// surveyed keeps the newest survey until one document in a hundred has changed.
type surveyed struct {
	mu     sync.Mutex
	have   bool
	survey search.Survey
	since  int
}

func (s *surveyed) moved(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.since += n
}

func (s *surveyed) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.have, s.since = false, 0
}

// worthKeeping is from how many documents on a survey is stored, so that a command
// that asks once need not read them all.
const worthKeeping = 5_000

var keySurvey = []byte("survey")

// Survey meets search.Index.
func (x *Index) Survey(ctx context.Context) (out search.Survey, err error) {
	defer fault.Wrap(&err, "survey the search index")
	x.mu.RLock()
	defer x.mu.RUnlock()
	defer x.watch(debug.SetPanicOnFault(true), &err)
	x.survey.mu.Lock()
	defer x.survey.mu.Unlock()
	if x.survey.have && x.survey.since*100 < max(1, x.survey.survey.Documents) {
		return x.survey.survey, nil
	}
	if !x.survey.have && x.survey.since == 0 {
		if kept, ok := x.keptSurvey(); ok {
			x.survey.survey, x.survey.have = kept, true
			return kept, nil
		}
	}
	if out, err = x.measure(ctx); err != nil {
		return out, err
	}
	x.survey.survey, x.survey.have, x.survey.since = out, true, 0
	if out.Documents >= worthKeeping {
		text, err := json.Marshal(out)
		if err != nil {
			return out, fault.Internal.Of(err)
		}
		return out, x.keepSurvey(text)
	}
	return out, nil
}

func (x *Index) keepSurvey(text []byte) error {
	if x.readOnly {
		return nil // it only costs a survey
	}
	b := index.NewBatch()
	b.SetInternal(keySurvey, text)
	x.changed.Store(true)
	return write(x.live, b)
}

// keptSurvey reads the stored survey, if it still fits.
func (x *Index) keptSurvey() (s search.Survey, ok bool) {
	snap, done, err := x.snapshot()
	if err != nil {
		return s, false
	}
	defer done()
	text, err := snap.GetInternal(keySurvey)
	if err != nil || len(text) == 0 || json.Unmarshal(text, &s) != nil {
		return s, false
	}
	n, err := snap.DocCount()
	off := int(n) - s.Documents
	return s, err == nil && max(off, -off)*100 < max(1, s.Documents)
}

// measure reads every record.
func (x *Index) measure(ctx context.Context) (search.Survey, error) {
	var s search.Surveyor
	snap, done, err := x.snapshot()
	if err != nil {
		return search.Survey{}, err
	}
	defer done()
	for _, seg := range snap.Segments() {
		deleted := seg.Deleted()
		for n := range uint64(seg.FullSize()) {
			if deleted != nil && deleted.Contains(uint32(n)) {
				continue
			}
			if n%1000 == 0 && ctx.Err() != nil {
				return search.Survey{}, ctx.Err()
			}
			d, err := readRecord(seg, n)
			if err != nil {
				return search.Survey{}, err
			}
			s.Add(d)
		}
	}
	return s.Survey(), nil
}
