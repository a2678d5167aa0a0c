package gdpr

import (
	"slices"
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ key, want string }{
		{"email=mary@example.org", "email=m•••@e••••••.org"},
		{"customer_id=1743", "customer_id=17••"},
		{"customer_id=7", "customer_id=•"},
		{"phone=+44 161 496 0417", "phone=+4••••••••"},
		{"username=가나다라", "username=가나••"},
	} {
		k, err := ParseKey(tt.key)
		if err != nil {
			t.Fatal(err)
		}
		if got := k.masked(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"customer_id": "customer id", "customerId": "customer id", "Customer-ID": "customer id", "고객_번호": "고객 번호", "sid": "sid",
	} {
		if got := strings.Join(words(name), " "); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"dim_student": "student", "student_360": "student", "customer_orders": "customer order", "raw_people": "person",
		"categories": "category", "addresses": "address", "users_v2": "user",
	} {
		if got := strings.Join(nouns(name), " "); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]bool{
		"student_id": true, "sid": true, "learner_key": true, "order_no": true, "paid": false, "is_valid": false, "amount": false, "grid": false,
	} {
		if got := identifying(name); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestMoves: every state can be reached from the first, every open one can end, and
// none goes on after the end.
func TestMoves(t *testing.T) {
	t.Parallel()
	reach := func(from State) map[State]bool {
		seen := map[State]bool{from: true}
		for todo := []State{from}; len(todo) > 0; {
			s := todo[0]
			todo = todo[1:]
			for _, next := range moves[s] {
				if !seen[next] {
					seen[next] = true
					todo = append(todo, next)
				}
			}
		}
		return seen
	}
	all := reach(Received)
	for s := range moves {
		if !all[s] {
			t.Errorf("%s cannot be reached", s)
		}
		if s.Ended() {
			t.Errorf("%s goes on after the end", s)
		}
		if !slices.ContainsFunc(ended, func(e State) bool { return reach(s)[e] }) {
			t.Errorf("%s cannot end", s)
		}
	}
	// Nothing that changed rows can be called off, and nothing closes unverified.
	for from, list := range moves {
		if slices.Contains(list, Closed) && !from.clean() && from != Sent {
			t.Errorf("%s can be closed", from)
		}
		if slices.Contains([]State{Executing, Executed, Incomplete, Verifying, Residual, Verified, VerifiedExcept}, from) && slices.Contains(list, Withdrawn) {
			t.Errorf("%s can be withdrawn", from)
		}
	}
}

func TestScrub(t *testing.T) {
	t.Parallel()
	keys := []Key{{Value: "mary@example.org"}, {Value: "17"}}
	got := scrub("Key (email)=(MARY@example.org) and mary@example.org again, 17 rows", keys)
	if want := "Key (email)=(…) and … again, 17 rows"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
