package kv

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog/fault"
)

var someStrings = []string{"", "\x00", "\x00\x00", "\x00\x01", "\x00\xff", "\x01", "a", "a\x00", "a\x00b", "a\x01", "ab", "b", "é", "\xff", "\xff\x00"}

func TestStringsSortAsTuples(t *testing.T) {
	slices.Sort(someStrings)
	var tuples [][]string
	for _, a := range someStrings {
		for _, b := range someStrings {
			tuples = append(tuples, []string{a, b})
		}
	}
	for i := 1; i < len(tuples); i++ {
		if a, b := Strings(tuples[i-1]...), Strings(tuples[i]...); bytes.Compare(a, b) >= 0 {
			t.Errorf("%q -> %x and %q -> %x: got the wrong order", tuples[i-1], a, tuples[i], b)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	now := time.Date(2026, 3, 29, 2, 30, 0, 123456789, time.FixedZone("CEST", 7200))
	for _, s := range someStrings {
		key := AppendTime(AppendUint64(AppendString(nil, s), 7), now)
		gotS, rest, err := CutString(key)
		if err != nil || gotS != s {
			t.Errorf("CutString(%x): got %q, %v want %q", key, gotS, err, s)
		}
		gotN, rest, err := CutUint64(rest)
		if err != nil || gotN != 7 {
			t.Errorf("CutUint64 behind %q: got %d, %v want 7", s, gotN, err)
		}
		gotT, rest, err := CutTime(rest)
		if err != nil || !gotT.Equal(now) || len(rest) != 0 {
			t.Errorf("CutTime behind %q: got %v, %x left, %v want %v", s, gotT, rest, err, now)
		}
	}
}

func TestCutRefusesDamage(t *testing.T) {
	for _, key := range []string{"", "a", "a\x00", "a\x00\x02", "a\x00\xff", "a\x00\xffb"} {
		if _, _, err := CutString([]byte(key)); fault.KindOf(err) != fault.Corrupt {
			t.Errorf("CutString(%q): got %v want kind corrupt", key, err)
		}
	}
	if _, _, err := CutUint64(make([]byte, 7)); fault.KindOf(err) != fault.Corrupt {
		t.Errorf("CutUint64: got %v want kind corrupt", err)
	}
	if _, _, err := CutTime(make([]byte, 11)); fault.KindOf(err) != fault.Corrupt {
		t.Errorf("CutTime: got %v want kind corrupt", err)
	}
}

func TestNumbersAndTimesSort(t *testing.T) {
	numbers := []uint64{0, 1, 255, 256, math.MaxUint32, math.MaxInt64, math.MaxInt64 + 1, math.MaxUint64}
	for i := 1; i < len(numbers); i++ {
		if bytes.Compare(AppendUint64(nil, numbers[i-1]), AppendUint64(nil, numbers[i])) >= 0 {
			t.Errorf("%d and %d: got the wrong order", numbers[i-1], numbers[i])
		}
	}
	epoch := time.Unix(0, 0)
	times := []time.Time{{}, epoch.Add(-time.Hour), epoch.Add(-time.Nanosecond), epoch, epoch.Add(time.Nanosecond), epoch.Add(time.Second), epoch.AddDate(5000, 0, 0)}
	for i := 1; i < len(times); i++ {
		if bytes.Compare(AppendTime(nil, times[i-1]), AppendTime(nil, times[i])) >= 0 {
			t.Errorf("%v and %v: got the wrong order", times[i-1], times[i])
		}
	}
}

func TestName(t *testing.T) {
	short, long := strings.Repeat("n", maxPlain), strings.Repeat("n", maxPlain+1)
	if got, err := Name(short); got != short || err != nil {
		t.Errorf("short name: got %q, %v want it as it is", got, err)
	}
	got, err := Name(long)
	if err != nil || len(got) != 33 || got[0] != 0xff {
		t.Errorf("long name: got %q, %v want FF and 32 bytes", got, err)
	}
	if again, _ := Name(long); again != got {
		t.Errorf("long name again: got %q want %q", again, got)
	}
	if other, _ := Name(long + "n"); other == got {
		t.Errorf("another long name: got the same %q", other)
	}
	if _, err := Name(strings.Repeat("n", MaxName+1)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("name above the limit: got %v want kind invalid", err)
	}
	if key := AppendUint64(Strings(short, short, short), 1); len(key) > MaxKey {
		t.Errorf("three long names and a number: got %d bytes want at most %d", len(key), MaxKey)
	}
}

func TestAfter(t *testing.T) {
	for prefix, want := range map[string]string{"a": "b", "ab": "ac", "a\xff": "b", "a\xfe\xff\xff": "a\xff"} {
		if got := After([]byte(prefix)); string(got) != want {
			t.Errorf("After(%q): got %q want %q", prefix, got, want)
		}
	}
	for _, prefix := range []string{"", "\xff", "\xff\xff"} {
		if got := After([]byte(prefix)); got != nil {
			t.Errorf("After(%q): got %q want nil", prefix, got)
		}
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		prefix, other := random(rnd), random(rnd)
		end := After(prefix)
		inside := bytes.Compare(other, prefix) >= 0 && (end == nil || bytes.Compare(other, end) < 0)
		if got := bytes.HasPrefix(other, prefix); got != inside {
			t.Errorf("%x and prefix %x: the bounds say %v, want %v", other, prefix, inside, got)
		}
	}
}

// random is up to three bytes of few values, so that prefixes are met.
func random(rnd *rand.Rand) []byte {
	b := make([]byte, rnd.IntN(4))
	for i := range b {
		b[i] = []byte{0, 1, 0xfe, 0xff}[rnd.IntN(4)]
	}
	return b
}

func FuzzCutString(f *testing.F) {
	f.Add([]byte("a\x00\x01rest"))
	f.Add([]byte("a\x00\xffb\x00\x01"))
	f.Fuzz(func(t *testing.T, key []byte) {
		s, rest, err := CutString(key)
		if err != nil {
			return
		}
		if again := append(AppendString(nil, s), rest...); !bytes.Equal(again, key) {
			t.Errorf("CutString(%x) and back: got %x", key, again)
		}
	})
}
