# Turns the output of Go benchmarks into rows of .ci/bench.

function time(ms) {
	if (ms == "") return "-"
	if (ms >= 10000) return sprintf("%.1f s", ms / 1000)
	if (ms >= 10) return sprintf("%.0f ms", ms)
	if (ms >= 0.1) return sprintf("%.2f ms", ms)
	return sprintf("%.1f µs", ms * 1000)
}

# wide pads to the right place: µ has two bytes, which printf would count.
function wide(s, n) { while (length(s) - gsub(/µ/, "µ", s) * (length("µ") - 1) < n) s = " " s; return s }

function number(x,  s, out) {
	if (x == "") return "-"
	s = sprintf("%.0f", x)
	while (length(s) > 3) { out = "," substr(s, length(s) - 2) out; s = substr(s, 1, length(s) - 3) }
	return s out
}

# middle of the numbers in list, which are separated by blanks.
function middle(list,  n, i, j, x, v) {
	n = split(list, v, " ")
	for (i = 2; i <= n; i++) {
		x = v[i] + 0
		for (j = i - 1; j > 0 && v[j] + 0 > x; j--) v[j + 1] = v[j]
		v[j + 1] = x
	}
	return v[int((n + 1) / 2)]
}

BEGIN {
	while ((getline line < goals) > 0) {
		split(line, g, "|")
		row[g[1]] = g[2]; goal[g[1]] = g[3]
	}
}

/^Benchmark.*ns\/op/ {
	name = $1; sub(/^Benchmark/, "", name); sub(/-[0-9]+$/, "", name)
	if (!(name in runs)) order[++rows] = name
	runs[name]++; times[name] += $2
	for (i = 3; i < NF; i += 2) value[name, $(i + 1)] = $i
	each[name] = each[name] " " value[name, "ns/op"] / 1e6
}
/^cpu / { process = $2 + $3; clock = $4 }
/skipped: / { sub(/^ */, ""); print "  " $0 }

END {
	for (r = 1; r <= rows; r++) show(order[r])
}

# judge says of each goal whether it was met. On a loaded machine a rate that the
# clock missed is also judged by CPU second.
function judge(goals, rate, percpu, p50, p95, p99,  i, n, list, out) {
	n = split(goals, list, ";")
	for (i = 1; i <= n; i++) out = out (i > 1 ? "; " : "") one(list[i], rate, percpu, p50, p95, p99)
	return out == "" ? "-" : out
}

function one(goal, rate, percpu, p50, p95, p99,  g) {
	split(goal, g, " ")
	if (g[2] == "median") return wait(g, p50)
	if (g[2] == "p95") return wait(g, p95)
	if (g[2] == "p99") return wait(g, p99)
	if (g[2] == "MB") return sprintf("%.0f MB, at most %s: %s", megabytes, g[1], megabytes + 0 <= g[1] + 0 ? "met" : "missed")
	if (g[2] == "/CPU-s") rate = percpu
	goal = ">= " number(g[1]) g[2] ": "
	if (rate + 0 >= g[1] + 0) return goal "met"
	return goal "missed" (g[2] == "/s" && percpu + 0 >= g[1] + 0 ? ", met by CPU" : "")
}

function wait(g, ms) { return g[2] " <= " g[1] " ms: " (ms == "" ? "too few" : ms + 0 <= g[1] + 0 ? "met" : "missed") }

function show(name,  n, ops, p50, p95, p99, cpu, rate, percpu, verdict) {
	n = value[name, "assets"]
	if (package ~ /bleveindex/) n = tables
	p50 = value[name, "p50-ms"]; p95 = value[name, "p95-ms"]; p99 = value[name, "p99-ms"]
	cpu = value[name, "cpu-ms/op"]
	rate = value[name, "assets/s"]; percpu = value[name, "assets/cpu-s"]
	ops = value[name, "ops"]
	if (ops != "" && percpu != "") cpu = 1000 * n / percpu / ops
	megabytes = value[name, "heap-MB"]
	if (name ~ /^Graph/) percpu = cpu > 0 ? 1000 / cpu : ""
	if (name ~ /(^|\/)(Search|Suggest)/) { ops = 2000; percpu = cpu > 0 ? 1000 / cpu : "" }
	if (name ~ /^(Parse|Sqlglot)$/) { # Parse is alone in its process, whose start counts as well
		n = 99
		rate = value[name, "statements/s"]; ops = value[name, "statements"]
		percpu = name == "Parse" ? ops / process : value[name, "statements/cpu-s"]
		cpu = 1000 / percpu
	}
	if (ops == "") {
		ops = times[name]
		p50 = middle(each[name])
	}
	if (name ~ /^Crawl/) { n = 2000; rate = n / p50 * 1000 }
	if (ops < 100) p95 = ""
	if (ops < 1000) p99 = ""
	if (value[name, "failed"] > 0) row[name] = row[name] ", " value[name, "failed"] " failed"
	verdict = judge(goal[name], rate, percpu, p50, p95, p99)
	if (value[name, "p99-busy-ms"] != "") # what the processor did for one caller, whatever else it did
		verdict = verdict sprintf(", processor %.2f and %.2f ms", value[name, "p50-busy-ms"], value[name, "p99-busy-ms"])
	split(loads, around, " ") # before and after; our own share of the latter is no load
	if (around[1] > 0.75 * cores || around[2] - process / clock > 0.75 * cores)
		verdict = verdict " (loaded " around[1] " to " around[2] ")"
	printf "%-32s %9s %7s %s %s %s %s %10s %10s  %s\n", (row[name] == "" ? name : row[name]), number(n), number(ops), \
		wide(time(p50), 9), wide(time(p95), 9), wide(time(p99), 9), wide(time(cpu), 9), number(rate), number(percpu), verdict
}
