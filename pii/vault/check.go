package vault

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// kinds are all buckets of sealed records.
var kinds = []Bucket{Requests, Subjects, Plans, Journals, Holds, Counters, Reasons}

// checked is how many records one transaction of Check opens.
const checked = 100

// Check opens every data key and every record with all of its parts, page by page,
// so that it may run beside requests; after each page it calls pause, whose error ends
// it. Damage is reported and does not end it. Nothing of a record leaves it. A sealed
// vault is the fault.Unavailable of Sealed.
func (v *Vault) Check(ctx context.Context, pause func(records int) error, report func(error)) (records int, err error) {
	if v.sealed != nil {
		return 0, v.sealed
	}
	if err := v.checkKeys(ctx, report); err != nil {
		return 0, err
	}
	for _, b := range kinds {
		var from []byte
		for more := true; more; {
			n := 0
			err := v.store.View(ctx, func(r kv.Reader) (err error) {
				from, more, err = v.checkPage(r, b, from, &n, report)
				return err
			})
			if fault.KindOf(err) == fault.Corrupt { // the rest of the bucket cannot be reached
				report(fault.Corrupt.Errorf("%s: %w", b, err))
				more, err = false, nil
			}
			if err != nil {
				return records, err
			}
			records += n
			if err := pause(n); err != nil {
				return records, err
			}
		}
	}
	return records, nil
}

func (v *Vault) checkPage(r kv.Reader, b Bucket, from []byte, n *int, report func(error)) (next []byte, more bool, err error) {
	for p, err := range r.Scan(kv.Bucket(b), from, nil) {
		if err != nil {
			return nil, false, err
		}
		if *n == checked {
			return slices.Clone(p.Key), true, nil
		}
		*n++
		key := string(p.Key)
		if first, _, part := strings.Cut(key, "\x00"); part {
			key = first // without its first part nothing would open this one
		}
		_, ok, err := (Reader{v: v, r: r}).Get(b, key)
		if err == nil && !ok {
			err = fault.Corrupt.Errorf("a record of the privacy store lost its first part")
		}
		if fault.KindOf(err) == fault.Corrupt {
			report(fault.Corrupt.Errorf("%s %q: %w", b, key, err))
		} else if err != nil {
			return nil, false, err
		}
	}
	return nil, false, nil
}

func (v *Vault) checkKeys(ctx context.Context, report func(error)) error {
	err := v.store.View(ctx, func(r kv.Reader) error {
		for p, err := range r.Scan(bucketDataKey, nil, nil) {
			if err != nil {
				return err
			}
			if len(p.Key) != 4 {
				return fault.Corrupt.Errorf("a data key has a name of %d bytes", len(p.Key))
			}
			id := binary.BigEndian.Uint32(p.Key)
			if _, _, err := v.unwrap(r, id); err != nil {
				return err
			}
			if _, err := readUses(r, id); err != nil {
				return err
			}
		}
		return nil
	})
	if fault.KindOf(err) == fault.Corrupt {
		report(err)
		return nil
	}
	return err
}
