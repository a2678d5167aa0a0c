package job

import (
	"context"
	"strings"

	"waymark/catalog/kv"
)

// part is how much of a mark one record holds, well below what a store takes.
const part = 256 << 10

func markKey(name string, n byte) []byte { return append(append([]byte(name), 0), n) }

// Mark returns the text kept under name, "" if there is none.
func (b *Book) Mark(ctx context.Context, name string) (string, error) {
	var text strings.Builder
	err := b.store.View(ctx, func(r kv.Reader) error {
		text.Reset()
		for p, err := range r.Scan(bucketMark, markKey(name, 0), append([]byte(name), 1)) {
			if err != nil {
				return err
			}
			text.Write(p.Val)
		}
		return nil
	})
	return text.String(), err
}

// SetMark keeps a text under name, all of it or the old one.
func (b *Book) SetMark(ctx context.Context, name, text string) error {
	return b.store.Update(ctx, func(w kv.Writer) error {
		var old [][]byte
		for p, err := range w.Scan(bucketMark, markKey(name, 0), append([]byte(name), 1)) {
			if err != nil {
				return err
			}
			old = append(old, append([]byte(nil), p.Key...))
		}
		for _, key := range old {
			if err := w.Delete(bucketMark, key); err != nil {
				return err
			}
		}
		for n := 0; n*part < len(text); n++ {
			if err := w.Put(bucketMark, markKey(name, byte(n)), []byte(text[n*part:min(len(text), (n+1)*part)])); err != nil {
				return err
			}
		}
		return nil
	})
}
