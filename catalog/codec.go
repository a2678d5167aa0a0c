package catalog

import (
	"reflect"
	"slices"

	"github.com/cespare/xxhash/v2"
	"github.com/fxamacker/cbor/v2"

	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// The stored form is CBOR with numbered members: compact, deterministic (so that
// equal values have equal digests), and open to new members, which old programs
// skip and new ones read as zero.
var (
	encoding = must(cbor.EncOptions{Sort: cbor.SortCanonical, Time: cbor.TimeRFC3339NanoUTC}.EncMode())
	decoding = must(decodeOptions.DecMode())
	// Older programs stored texts that are no UTF-8; they are cleaned when they are read.
	lenient = must(func() cbor.DecOptions { o := decodeOptions; o.UTF8 = cbor.UTF8DecodeInvalid; return o }().DecMode())
)

var decodeOptions = cbor.DecOptions{MaxNestedLevels: 32, MaxArrayElements: 1 << 20, MaxMapPairs: 1 << 20}

// must turns a wrong option, which only a programmer can cause, into a start-up panic.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func decode(b []byte, v any) error {
	err := decoding.Unmarshal(b, v)
	if err != nil && lenient.Unmarshal(b, v) == nil {
		new(cleaner).value(reflect.ValueOf(v).Elem(), "")
		return nil
	}
	if err != nil {
		return fault.Corrupt.Errorf("stored value: %w", err)
	}
	return nil
}

// slot reads and sets one aspect of an asset without knowing its type.
type slot struct {
	get func(*Asset) any // nil when the aspect is nil
	set func(*Asset, []byte) error
}

func slotOf[T any](field func(*Asset) **T) slot {
	return slot{
		get: func(a *Asset) any {
			if p := *field(a); p != nil {
				return p
			}
			return nil
		},
		set: func(a *Asset, b []byte) error {
			p := new(T)
			*field(a) = p
			return decode(b, p)
		},
	}
}

// slots is indexed by Aspect; a test holds it against the members of Asset.
var slots = [aspects]slot{
	AspectProfile:       slotOf(func(a *Asset) **Profile { return &a.Profile }),
	AspectSchema:        slotOf(func(a *Asset) **Schema { return &a.Schema }),
	AspectDefinition:    slotOf(func(a *Asset) **Definition { return &a.Definition }),
	AspectStats:         slotOf(func(a *Asset) **Stats { return &a.Stats }),
	AspectOwners:        slotOf(func(a *Asset) **Owners { return &a.Owners }),
	AspectLabels:        slotOf(func(a *Asset) **Labels { return &a.Labels }),
	AspectCertification: slotOf(func(a *Asset) **Certification { return &a.Certification }),
	AspectDeprecation:   slotOf(func(a *Asset) **Deprecation { return &a.Deprecation }),
	AspectFlow:          slotOf(func(a *Asset) **DataFlow { return &a.Flow }),
	AspectTerm:          slotOf(func(a *Asset) **Glossary { return &a.Term }),
	AspectPerson:        slotOf(func(a *Asset) **Person { return &a.Person }),
	AspectRecipe:        slotOf(func(a *Asset) **Recipe { return &a.Recipe }),
	AspectStatement:     slotOf(func(a *Asset) **StatementFacts { return &a.Statement }),
	AspectUsage:         slotOf(func(a *Asset) **UsageSignal { return &a.Usage }),
	AspectConsumers:     slotOf(func(a *Asset) **ConsumerSignal { return &a.Consumers }),
	AspectPrivacy:       slotOf(func(a *Asset) **Privacy { return &a.Privacy }),
	AspectDecisions:     slotOf(func(a *Asset) **Decisions { return &a.Decisions }),
	AspectChecks:        slotOf(func(a *Asset) **Checks { return &a.Checks }),
	AspectNotes:         slotOf(func(a *Asset) **Notes { return &a.Notes }),
	AspectStatus:        slotOf(func(a *Asset) **Status { return &a.Status }),
	AspectPromise:       slotOf(func(a *Asset) **Promise { return &a.Promise }),
	AspectIncident:      slotOf(func(a *Asset) **Trouble { return &a.Trouble }),
	AspectRefuted:       slotOf(func(a *Asset) **Refuted { return &a.Refuted }),
}

// said is one aspect of one asset as an author says it now, ready to be stored.
// An empty val retracts what the author said before.
type said struct {
	aspect Aspect
	digest uint64
	val    []byte
}

// emptyMap is the encoding of a struct whose members are all zero.
const emptyMap = 0xa0

// express encodes the aspects of a that are not nil, in the order of their numbers.
func express(a *Asset) ([]said, error) {
	var out []said
	for i := 1; i < aspects; i++ {
		v := slots[i].get(a)
		if v == nil {
			continue
		}
		b, err := encoding.Marshal(v)
		if err != nil {
			return nil, fault.Invalid.Errorf("%s of %s: %w", Aspect(i), a.URN, err)
		}
		if len(b) == 1 && b[0] == emptyMap {
			b = nil
		}
		out = append(out, said{aspect: Aspect(i), digest: xxhash.Sum64(b), val: b})
	}
	return out, nil
}

// head is the record of an asset: which facts there are, and when each moved.
type head struct {
	Type    Type       `cbor:"1,keyasint,omitempty"`
	Created int64      `cbor:"2,keyasint,omitempty"` // unix seconds
	Seq     Seq        `cbor:"3,keyasint,omitempty"`
	Facts   []factHead `cbor:"4,keyasint,omitempty"`
	Removed bool       `cbor:"5,keyasint,omitempty"` // a tombstone
	URN     urn.URN    `cbor:"6,keyasint,omitempty"` // only where the key does not hold it whole
}

// name returns the URN of the asset whose head stands under key.
func (h *head) name(key []byte) urn.URN {
	if h.URN != "" {
		return h.URN
	}
	return urn.URN(key)
}

type factHead struct {
	_      struct{} `cbor:",toarray"`
	Aspect Aspect
	Author Author
	Digest uint64
	Seq    Seq
}

// fact returns the place of a fact in h.Facts, or -1.
func (h *head) fact(aspect Aspect, author Author) int {
	return slices.IndexFunc(h.Facts, func(f factHead) bool { return f.Aspect == aspect && f.Author == author })
}

// vouched reports whether somebody who sees the world, not a follower, says
// anything of the asset.
func (h *head) vouched() bool {
	return slices.ContainsFunc(h.Facts, func(f factHead) bool { return f.Author.rank() < 3 })
}
