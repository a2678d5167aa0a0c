package boltkv

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"testing"

	"waymark/catalog/kv"
)

// The load of a crawl: an operation is one update of batchAssets assets, each of
// them a large fact, a small head and an entry in the change log.
const (
	batchAssets = 1000
	factSize    = 1500
	headBytes   = 120
)

func BenchmarkLoadSorted(b *testing.B) {
	load(b, func(asset int) int { return asset })
}

// BenchmarkLoadRandom spreads the assets of each batch over all keys.
func BenchmarkLoadRandom(b *testing.B) {
	load(b, func(asset int) int { return int(uint32(asset) * 2654435761) }) // an odd factor: each number once
}

func load(b *testing.B, place func(asset int) int) {
	s := benchStore(b)
	rnd := rand.New(rand.NewPCG(1, 2))
	fact, head := make([]byte, factSize), make([]byte, headBytes)
	for i := range fact {
		fact[i] = byte(rnd.Uint32())
	}
	asset := 0
	b.ResetTimer()
	for range b.N {
		err := s.Update(b.Context(), func(w kv.Writer) error {
			for range batchAssets {
				asset++
				urn := fmt.Sprintf("urn:li:dataset:(urn:li:dataPlatform:postgres,shop.public.t%010d,PROD)", place(asset))
				binary.BigEndian.PutUint64(fact, uint64(asset))
				if err := w.Put("fact", kv.Strings(urn, "schema", "crawl"), fact); err != nil {
					return err
				}
				if err := w.Put("asset", kv.Strings(urn), head); err != nil {
					return err
				}
				if err := w.Put("change", kv.AppendUint64(nil, uint64(asset)), []byte(urn)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(3*asset)/b.Elapsed().Seconds(), "puts/s")
	b.ReportMetric(float64(asset)/b.Elapsed().Seconds(), "assets/s")
}

func benchStore(b *testing.B) kv.Store {
	b.Helper()
	s, err := Open(filepath.Join(b.TempDir(), "catalog.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return kv.Summed(s)
}

// BenchmarkUpdateParallel is the load of many people: small updates at once.
func BenchmarkUpdateParallel(b *testing.B) {
	s := benchStore(b)
	var next atomic.Uint64
	b.SetParallelism(32) // times GOMAXPROCS goroutines
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			key := kv.AppendUint64(nil, next.Add(1))
			if err := s.Update(b.Context(), func(w kv.Writer) error { return w.Put("edit", key, key) }); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

func BenchmarkUpdateOne(b *testing.B) {
	s := benchStore(b)
	for i := range b.N {
		key := kv.AppendUint64(nil, uint64(i))
		if err := s.Update(b.Context(), func(w kv.Writer) error { return w.Put("edit", key, key) }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}
