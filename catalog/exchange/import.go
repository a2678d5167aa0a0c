package exchange

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Report says what an import did.
type Report struct {
	Lines     int      `json:"lines"`
	Created   int      `json:"created"`
	Changed   int      `json:"changed"`
	Unchanged int      `json:"unchanged"`
	Failed    int      `json:"failed"`
	Problems  []string `json:"problems"` // "line 7: ...", the first of them
}

// Limits of an import.
const (
	maxLine     = 16 << 20
	maxProblems = 100
	chunk       = 1000
)

// Import reads assets from r until its end and applies them. A bad line is reported
// with its number and skipped; the rest goes in. The error is of reading or of the
// catalog, never of a line.
func Import(ctx context.Context, cat *catalog.Catalog, r io.Reader) (Report, error) {
	im := &importer{cat: cat, days: map[time.Time]map[urn.URN][]catalog.UsageRow{}, checks: map[urn.URN][]catalog.CheckRun{}, sizes: map[urn.URN][]catalog.Size{}}
	in := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := readLine(in)
		if len(bytes.TrimSpace(line)) > 0 || errors.Is(err, errLong) {
			im.line(ctx, n, line, err)
		}
		if len(im.batch) == chunk {
			if err := im.flush(ctx); err != nil {
				return im.rep, err
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, errLong) {
			return im.rep, fault.Unavailable.Errorf("read the import: %w", err)
		}
	}
	if err := im.flush(ctx); err != nil {
		return im.rep, err
	}
	if err := im.record(ctx); err != nil {
		return im.rep, err
	}
	return im.rep, im.measure(ctx)
}

// importer is one import in progress.
type importer struct {
	cat     *catalog.Catalog
	rep     Report
	batch   []catalog.Asset
	numbers []int // of the lines of batch
	days    map[time.Time]map[urn.URN][]catalog.UsageRow

	checks map[urn.URN][]catalog.CheckRun
	sizes  map[urn.URN][]catalog.Size
}

// measure keeps the results and sizes of assets that are stored by now.
func (im *importer) measure(ctx context.Context) error {
	if len(im.sizes) > 0 {
		if err := im.cat.RecordSizes(ctx, im.sizes); err != nil {
			return err
		}
	}
	if len(im.checks) == 0 {
		return nil
	}
	return im.cat.RecordChecks(ctx, string(catalog.Import), im.checks)
}

func (im *importer) line(ctx context.Context, n int, line []byte, err error) {
	im.rep.Lines++
	var t Told
	if err == nil || errors.Is(err, io.EOF) {
		t, err = Parse(line)
	}
	if err == nil {
		if replaced := catalog.Clean(&t.Asset); len(replaced) > 0 {
			im.problem(n, "characters that no text may hold were replaced in "+strings.Join(replaced, ", "))
		}
		err = t.Asset.Check()
	}
	if err == nil {
		err = im.use(t.Asset, t.Usage)
	}
	if err == nil && t.resultsOnly() {
		err = im.known(ctx, t.Asset.URN)
	}
	if err != nil {
		im.fail(n, err)
		return
	}
	if t.bare() {
		others, bad := im.told(ctx, t.Asset.URN)
		if bad != nil {
			im.fail(n, bad)
			return
		}
		if !others { // that there is such an asset is all that is said, and is kept
			t.Asset.Profile = &catalog.Profile{Name: t.Asset.URN.Name()}
		}
	}
	if !t.resultsOnly() {
		im.batch, im.numbers = append(im.batch, t.Asset), append(im.numbers, n)
	}
	if len(t.Checks) > 0 {
		im.checks[t.Asset.URN] = append(im.checks[t.Asset.URN], t.Checks...)
	}
	if len(t.Sizes) > 0 {
		im.sizes[t.Asset.URN] = append(im.sizes[t.Asset.URN], t.Sizes...)
	}
}

func (im *importer) fail(n int, err error) {
	im.rep.Failed++
	im.problem(n, err.Error())
}

func (im *importer) problem(n int, text string) {
	if len(im.rep.Problems) < maxProblems {
		im.rep.Problems = append(im.rep.Problems, fmt.Sprintf("line %d: %s", n, text))
	}
}

// told reports whether somebody else than imports speaks of an asset.
func (im *importer) told(ctx context.Context, u urn.URN) (bool, error) {
	a, err := im.cat.Find(ctx, u)
	if errors.Is(err, fault.NotFound) {
		return false, nil
	}
	return slices.ContainsFunc(a.Said, func(f catalog.Fact) bool { return f.Author != catalog.Import }), err
}

// has reports whether an asset is known, or was named by a line before.
func (im *importer) has(ctx context.Context, u urn.URN) (bool, error) {
	if slices.ContainsFunc(im.batch, func(a catalog.Asset) bool { return a.URN == u }) {
		return true, nil
	}
	return im.cat.Exists(ctx, u)
}

func (im *importer) known(ctx context.Context, u urn.URN) error {
	ok, err := im.has(ctx, u)
	if err == nil && !ok {
		err = fault.NotFound.Errorf("results for %s, which the catalog does not know", u)
	}
	return err
}

func (im *importer) use(a catalog.Asset, usage []Use) error {
	role := "read"
	if a.Type == catalog.Dashboard || a.Type == catalog.Chart {
		role = "view"
	}
	for _, u := range usage {
		day, err := date("usage.day", u.Day)
		if err != nil {
			return err
		}
		if im.days[day] == nil {
			im.days[day] = map[urn.URN][]catalog.UsageRow{}
		}
		im.days[day][a.URN] = append(im.days[day][a.URN], catalog.UsageRow{Actor: u.User, Kind: u.Kind, Role: role, Queries: u.Queries, Last: day.Unix()})
	}
	return nil
}

func (im *importer) flush(ctx context.Context) error {
	if len(im.batch) == 0 {
		return nil
	}
	err := im.apply(ctx, im.batch)
	if spoilt(err) { // by some of them: the others still go in
		for i, a := range im.batch {
			if err = im.apply(ctx, []catalog.Asset{a}); spoilt(err) {
				im.fail(im.numbers[i], err)
				err = nil
			} else if err != nil {
				break
			}
		}
	}
	im.batch, im.numbers = im.batch[:0], im.numbers[:0]
	return err
}

func spoilt(err error) bool { return errors.Is(err, fault.Invalid) || errors.Is(err, fault.Corrupt) }

func (im *importer) apply(ctx context.Context, list []catalog.Asset) error {
	d, err := im.cat.Apply(ctx, catalog.Batch{Author: catalog.Import, Run: "import", Assets: list})
	if err == nil {
		im.rep.Created, im.rep.Changed, im.rep.Unchanged = im.rep.Created+d.Created, im.rep.Changed+d.Changed, im.rep.Unchanged+d.Unchanged
	}
	return err
}

// record adds the imported use to what earlier imports said of other assets on the
// same days, and replaces what they said of these.
func (im *importer) record(ctx context.Context) error {
	for day, assets := range im.days {
		earlier := map[urn.URN][]catalog.UsageRow{}
		for rec, err := range im.cat.Usage(ctx, catalog.UsageFilter{Source: string(catalog.Import), From: day, To: day.Add(time.Second)}) {
			if err != nil {
				return err
			}
			if _, again := assets[rec.Asset]; !again {
				earlier[rec.Asset] = append(earlier[rec.Asset], rec.UsageRow)
			}
		}
		maps.Copy(assets, earlier)
		if err := im.cat.Record(ctx, catalog.Partition{Source: string(catalog.Import), Start: day, Assets: assets}); err != nil {
			return err
		}
	}
	return nil
}

var errLong = fault.Invalid.Errorf("longer than 16 MiB")

// readLine returns the next line without its end; a line over the limit is skipped
// whole and returned as errLong. io.EOF comes with the last line.
func readLine(in *bufio.Reader) (line []byte, err error) {
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if !long {
			line = append(line, part...)
		}
		if len(line) > maxLine {
			line, long = nil, true
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long && (err == nil || errors.Is(err, io.EOF)) {
			return nil, errLong
		}
		return line, err
	}
}
