package paper

import (
	"bytes"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	data := []byte(`{"a":"</script><b>","n":1}`)
	d := Document{
		Title: "Receipt <1>", Subtitle: "한국어 & more", Inside: data,
		Sections: []Section{{
			Title: "What", Facts: [][2]string{{"Number", "2026-0001"}},
			Head: []string{"Dataset", "Rows"}, Rows: [][]string{{"shop.<orders>", "3"}}, Lines: []string{"a line"},
		}},
	}
	var first, again bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &again} {
		if err := Write(b, d); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("got two prints that differ, want the same bytes")
	}
	page := first.String()
	for _, want := range []string{"Receipt &lt;1&gt;", "한국어 &amp; more", "<dt>Number</dt><dd>2026-0001</dd>", "<td>shop.&lt;orders&gt;</td><td>3</td>", "<p>a line</p>"} {
		if !strings.Contains(page, want) {
			t.Errorf("got a page without %q", want)
		}
	}
	if strings.Contains(page, "</script><b>") {
		t.Error("got data that ends its element, want it inert")
	}
	inside, ok := Inside(first.Bytes())
	if want := `{"a":"\u003c/script\u003e\u003cb\u003e","n":1}`; !ok || string(inside) != want {
		t.Errorf("got %s, %v, want %s", inside, ok, want)
	}
}

func TestNothingInside(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := Write(&b, Document{Title: "Pack"}); err != nil {
		t.Fatal(err)
	}
	if data, ok := Inside(b.Bytes()); ok {
		t.Errorf("got %q, want nothing inside", data)
	}
	if _, ok := Inside([]byte("{}")); ok {
		t.Error("got data out of a file that is no document")
	}
}
