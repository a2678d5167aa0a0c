package kv

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"time"

	"waymark/catalog/fault"
)

// Keys are tuples: each part is appended in an encoding whose bytes sort as the
// parts do, first part first. A string ends with 00 01 and its zero bytes become
// 00 FF, so that no string is a prefix of another and "a" sorts before "a\x00".

const (
	escape  = 0x00
	endMark = 0x01
	zero    = 0xFF
)

// AppendString appends s to key so that keys sort as their strings do.
func AppendString(key []byte, s string) []byte {
	for i := range len(s) {
		key = append(key, s[i])
		if s[i] == escape {
			key = append(key, zero)
		}
	}
	return append(key, escape, endMark)
}

// AppendUint64 appends n to key in eight bytes, the smallest first in order.
func AppendUint64(key []byte, n uint64) []byte {
	return binary.BigEndian.AppendUint64(key, n)
}

// AppendTime appends t to key in twelve bytes, the earliest first in order. The
// zone is not kept.
func AppendTime(key []byte, t time.Time) []byte {
	key = binary.BigEndian.AppendUint64(key, uint64(t.Unix())^(1<<63)) // the sign flipped: 1969 before 1970
	return binary.BigEndian.AppendUint32(key, uint32(t.Nanosecond()))
}

// Strings is the key of a tuple of strings.
func Strings(parts ...string) []byte {
	n := 0
	for _, p := range parts {
		n += len(p) + 2
	}
	key := make([]byte, 0, n+8) // room for a number behind them
	for _, p := range parts {
		key = AppendString(key, p)
	}
	return key
}

// CutString reads the string at the start of key and returns what follows it.
func CutString(key []byte) (s string, rest []byte, err error) {
	var text []byte // holds the unescaped start, once a zero byte was seen
	for start := 0; ; {
		i := bytes.IndexByte(key[start:], escape)
		if i < 0 || start+i+1 >= len(key) {
			return "", nil, fault.Corrupt.Errorf("key %x has no end of string", key)
		}
		part, mark := key[start:start+i], key[start+i+1]
		start += i + 2
		switch {
		case mark == endMark && text == nil:
			return string(part), key[start:], nil
		case mark == endMark:
			return string(append(text, part...)), key[start:], nil
		case mark != zero:
			return "", nil, fault.Corrupt.Errorf("key %x has a wrong escape", key)
		}
		text = append(append(text, part...), escape)
	}
}

// CutUint64 reads the number at the start of key and returns what follows it.
func CutUint64(key []byte) (n uint64, rest []byte, err error) {
	if len(key) < 8 {
		return 0, nil, fault.Corrupt.Errorf("key %x is too short for a number", key)
	}
	return binary.BigEndian.Uint64(key), key[8:], nil
}

// CutTime reads the time at the start of key, in UTC, and returns what follows it.
func CutTime(key []byte) (t time.Time, rest []byte, err error) {
	if len(key) < 12 {
		return time.Time{}, nil, fault.Corrupt.Errorf("key %x is too short for a time", key)
	}
	sec := int64(binary.BigEndian.Uint64(key) ^ (1 << 63))
	return time.Unix(sec, int64(binary.BigEndian.Uint32(key[8:]))).UTC(), key[12:], nil
}

// Bounds of a name. Three names as they are and a number fit into MaxKey.
const (
	MaxName  = 8 << 10
	maxPlain = 320
)

// Name returns what stands for name in a key: itself, or for more than 320 bytes
// its SHA-256 behind a byte that no UTF-8 text has, so the two never meet. Hashed
// names lose their order, and their owner keeps them whole in the value. A name
// above MaxName is fault.Invalid.
func Name(name string) (string, error) {
	switch {
	case len(name) <= maxPlain:
		return name, nil
	case len(name) > MaxName:
		return "", fault.Invalid.Errorf("name of %d bytes; at most %d are allowed", len(name), MaxName)
	}
	sum := sha256.Sum256([]byte(name))
	return "\xff" + string(sum[:]), nil
}

// After returns the least key behind all keys that begin with prefix, the upper
// bound of their Scan; nil, an open bound, if there is none.
func After(prefix []byte) []byte {
	for n := len(prefix); n > 0; n-- {
		if prefix[n-1] != 0xFF {
			end := bytes.Clone(prefix[:n])
			end[n-1]++
			return end
		}
	}
	return nil
}

// ScanPrefix yields the records whose keys begin with prefix.
func ScanPrefix(r Reader, b Bucket, prefix []byte) iter.Seq2[Pair, error] {
	return r.Scan(b, prefix, After(prefix))
}
