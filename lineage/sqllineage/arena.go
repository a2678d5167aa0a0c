package sqllineage

// slab hands out zeroed values of T that live until reset.
type slab[T any] struct {
	blocks [][]T
	block  int
	used   int
}

const slabSize = 256

func (s *slab[T]) new() *T {
	if s.block == len(s.blocks) {
		s.blocks = append(s.blocks, make([]T, slabSize))
	}
	v := &s.blocks[s.block][s.used]
	if s.used++; s.used == slabSize {
		s.block++
		s.used = 0
	}
	var zero T
	*v = zero
	return v
}

// reset takes back everything. A slab that one huge statement blew up shrinks.
func (s *slab[T]) reset() {
	const keep = 64
	if len(s.blocks) > keep {
		s.blocks = s.blocks[:keep:keep]
	}
	s.block, s.used = 0, 0
}

// lists hands out slices that live until reset.
type lists[T any] struct {
	chunk []T
	used  int
}

const listChunk = 1024

// copy returns a copy of v that never shares its capacity.
func (l *lists[T]) copy(v []T) []T {
	if len(v) == 0 {
		return nil
	}
	if len(v) > listChunk/4 {
		return append([]T(nil), v...)
	}
	if l.used+len(v) > len(l.chunk) {
		l.chunk, l.used = make([]T, listChunk), 0
	}
	out := l.chunk[l.used : l.used+len(v) : l.used+len(v)]
	copy(out, v)
	l.used += len(v)
	return out
}

// make returns n zeroed values that never share their capacity.
func (l *lists[T]) make(n int) []T {
	if n > listChunk/4 {
		return make([]T, n)
	}
	if l.used+n > len(l.chunk) {
		l.chunk, l.used = make([]T, listChunk), 0
	}
	out := l.chunk[l.used : l.used+n : l.used+n]
	clear(out)
	l.used += n
	return out
}

// reset makes the current chunk reusable; slices handed out before are void.
func (l *lists[T]) reset() { l.used = 0 }
