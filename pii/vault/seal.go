package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// A sealed record is version | flags | key id | nonce | ciphertext and tag.
const (
	version    = 1
	headerSize = 1 + 1 + 4 + 12
	nonceAt    = 6
)

// A data key retires before its random nonces could meet, or when it is old.
const (
	maxSeals = 1 << 31
	maxAge   = 90 * 24 * time.Hour
)

// associated is what a record is bound to besides its key.
func (v *Vault) associated(b kv.Bucket, key []byte) []byte {
	return append(kv.AppendString(kv.AppendString(nil, string(v.origin)), string(b)), key...)
}

func seal(key []byte, id uint32, plain, associated []byte) ([]byte, error) {
	aead, err := gcm(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, headerSize, headerSize+len(plain)+aead.Overhead())
	out[0] = version
	binary.BigEndian.PutUint32(out[2:], id)
	copy(out[nonceAt:], random(12))
	// The header is bound as well: version, flags and key id cannot be exchanged.
	return aead.Seal(out, out[nonceAt:headerSize], plain, append(out[:nonceAt:nonceAt], associated...)), nil
}

// unseal opens a record with the data key that keyOf finds.
func unseal(stored, associated []byte, keyOf func(id uint32) ([]byte, error)) ([]byte, error) {
	if len(stored) < headerSize || stored[0] != version || stored[1] != 0 {
		return nil, fault.Corrupt.Errorf("a record of the privacy store has the wrong form")
	}
	key, err := keyOf(binary.BigEndian.Uint32(stored[2:]))
	if err != nil {
		return nil, err
	}
	aead, err := gcm(key)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, stored[nonceAt:headerSize], stored[headerSize:], append(stored[:nonceAt:nonceAt], associated...))
	if err != nil {
		return nil, fault.Corrupt.Errorf("a record of the privacy store was changed or moved, or is of another key")
	}
	return plain, nil
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fault.Internal.Of(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fault.Internal.Of(err)
	}
	return aead, nil
}

// wrapID is in the header of wrapped data keys, where no data key is named.
const wrapID = 0

// dataKey returns the data key id, unwrapped. Only keys read in a View are
// remembered: an Update may have made its key and then fail.
func (v *Vault) dataKey(r Reader, id uint32) ([]byte, error) {
	v.mu.Lock()
	key, ok := v.keys[id]
	v.mu.Unlock()
	if ok {
		return key, nil
	}
	_, key, err := v.unwrap(r.r, id)
	if err == nil && !r.writes {
		v.mu.Lock()
		v.keys[id] = key
		v.mu.Unlock()
	}
	return key, err
}

// unwrap returns data key id and when it was made.
func (v *Vault) unwrap(r kv.Reader, id uint32) (born time.Time, key []byte, err error) {
	stored, ok, err := r.Get(bucketDataKey, idKey(id))
	if err != nil {
		return born, nil, err
	}
	if !ok {
		return born, nil, fault.Corrupt.Errorf("data key %d of the privacy store is missing", id)
	}
	wrap, err := v.derive("wrap")
	if err != nil {
		return born, nil, err
	}
	plain, err := unseal(stored, v.associated(bucketDataKey, idKey(id)), func(uint32) ([]byte, error) { return wrap, nil })
	if err != nil {
		return born, nil, err
	}
	return time.Unix(int64(binary.BigEndian.Uint64(plain)), 0), plain[8:], nil
}

// current returns the newest data key, or a new one if that is old, worn out or
// missing, and counts one more use of it.
func (v *Vault) current(w kv.Writer) (id uint32, key []byte, err error) {
	for p, err := range w.Scan(bucketDataKey, nil, nil) {
		if err != nil {
			return 0, nil, err
		}
		id = binary.BigEndian.Uint32(p.Key)
	}
	var born time.Time
	var uses uint64
	if id > 0 {
		if born, key, err = v.unwrap(w, id); err != nil {
			return 0, nil, err
		}
		if uses, err = readUses(w, id); err != nil {
			return 0, nil, err
		}
	}
	if id == 0 || uses >= maxSeals || v.Now().Sub(born) > maxAge {
		id, uses = id+1, 0
		if key, err = v.makeKey(w, id); err != nil {
			return 0, nil, err
		}
	}
	return id, key, w.Put(bucketSeals, idKey(id), binary.BigEndian.AppendUint64(nil, uses+1))
}

func readUses(r kv.Reader, id uint32) (uint64, error) {
	val, ok, err := r.Get(bucketSeals, idKey(id))
	if err != nil || !ok {
		return 0, err
	}
	if len(val) != 8 {
		return 0, fault.Corrupt.Errorf("the use count of data key %d has the wrong form", id)
	}
	return binary.BigEndian.Uint64(val), nil
}

// makeKey stores a new random data key with its birth, wrapped.
func (v *Vault) makeKey(w kv.Writer, id uint32) ([]byte, error) {
	wrap, err := v.derive("wrap")
	if err != nil {
		return nil, err
	}
	key := random(32)
	plain := append(binary.BigEndian.AppendUint64(nil, uint64(v.Now().Unix())), key...)
	stored, err := seal(wrap, wrapID, plain, v.associated(bucketDataKey, idKey(id)))
	if err != nil {
		return nil, err
	}
	return key, w.Put(bucketDataKey, idKey(id), stored)
}

func idKey(id uint32) []byte { return binary.BigEndian.AppendUint32(nil, id) }
