package catalog

import (
	"encoding/binary"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// A value larger than the store takes is kept in parts: under its key stands a
// marker with the number of parts, and the parts under the key, 0xff and a
// number. A CBOR map never begins with the marker byte.
const (
	partMark = 0xff
	partSize = kv.MaxValue - 64
)

func putParts(w kv.Writer, b kv.Bucket, key, val []byte) error {
	if len(val) <= partSize {
		return w.Put(b, key, val)
	}
	n := (len(val) + partSize - 1) / partSize
	for i := range n {
		part := val[i*partSize : min((i+1)*partSize, len(val))]
		if err := w.Put(b, partKey(key, i), part); err != nil {
			return err
		}
	}
	return w.Put(b, key, binary.BigEndian.AppendUint32([]byte{partMark}, uint32(n)))
}

func getParts(r kv.Reader, b kv.Bucket, key []byte) ([]byte, bool, error) {
	val, ok, err := r.Get(b, key)
	if err != nil || !ok || len(val) != 5 || val[0] != partMark {
		return val, ok, err
	}
	var all []byte
	for i := range int(binary.BigEndian.Uint32(val[1:])) {
		part, ok, err := r.Get(b, partKey(key, i))
		if err != nil {
			return nil, false, err
		}
		if !ok {
			return nil, false, fault.Corrupt.Errorf("part %d of %s/%s is missing", i, b, key)
		}
		all = append(all, part...)
	}
	return all, true, nil
}

func partKey(key []byte, i int) []byte {
	return binary.BigEndian.AppendUint32(append(append([]byte(nil), key...), partMark), uint32(i))
}
