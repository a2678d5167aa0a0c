package kv

import "waymark/catalog/fault"

// MaxFramed is what a store itself must take for a value: MaxValue and the room
// that wrappers such as Summed add around it.
const MaxFramed = MaxValue + 64

// MaxBucket bounds the name of a bucket, in bytes.
const MaxBucket = 64

// CheckPut returns fault.Invalid for a record that no store takes. Stores call it
// with max = MaxFramed before they write, wrappers with max = MaxValue.
func CheckPut(b Bucket, key, val []byte, max int) error {
	if err := CheckKey(b, key); err != nil {
		return err
	}
	if len(val) > max {
		return fault.Invalid.Errorf("value of %d bytes in bucket %s; at most %d are allowed", len(val), b, max)
	}
	return nil
}

// CheckKey returns fault.Invalid for a bucket or key that no store takes.
func CheckKey(b Bucket, key []byte) error {
	switch {
	case b == "" || len(b) > MaxBucket:
		return fault.Invalid.Errorf("bucket name of %d bytes; 1 to %d are allowed", len(b), MaxBucket)
	case len(key) == 0 || len(key) > MaxKey:
		return fault.Invalid.Errorf("key of %d bytes in bucket %s; 1 to %d are allowed", len(key), b, MaxKey)
	}
	return nil
}
