package arch

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// gawkNames are the functions and keywords that gawk adds to awk; it refuses them as
// names of variables, other awks do not.
var gawkNames = strings.Fields(`adump and asort asorti bindtextdomain compl dcgettext dcngettext fflush func gensub getline include
	isarray load lshift mkbool mktime namespace nextfile or patsplit rshift stopme strftime strtonum systime tolower toupper typeof xor`)

const benchOutput = "BenchmarkParse-2 100 12345 ns/op 12 ops 3 statements/s 9 statements 4 statements/cpu-s\nBenchmarkCrawl/first 1 1000000 ns/op\ncpu 1.0 0.2 3\n"

func TestBenchmarksAreTabulatedByEveryAwk(t *testing.T) {
	script, err := os.ReadFile("../../../.ci/bench")
	if err != nil {
		t.Fatal(err)
	}
	var args []string
	for _, m := range regexp.MustCompile(`-v (\w+)=`).FindAllSubmatch(script, -1) {
		name := string(m[1])
		if slices.Contains(gawkNames, name) {
			t.Errorf("the variable %q of .ci/bench is a builtin of gawk", name)
		}
		args = append(args, "-v", name+"=1")
	}
	if len(args) == 0 {
		t.Fatal("no variables found in .ci/bench")
	}
	for _, awk := range []string{"awk", "gawk", "mawk", "original-awk", "busybox"} {
		path, err := exec.LookPath(awk)
		if err != nil {
			t.Logf("%s is not installed", awk)
			continue
		}
		cmd := exec.Command(path, append(args, "-f", "../../../.ci/bench.awk")...)
		if awk == "busybox" {
			cmd.Args = slices.Insert(cmd.Args, 1, "awk")
		}
		cmd.Stdin = strings.NewReader(benchOutput)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "Parse") || !strings.Contains(string(out), "Crawl/first") {
			t.Errorf("%s: %v\n%s", awk, err, out)
		}
	}
}
