package sqllineage

import "strings"

// fnClass is what lineage needs to know of a function.
type fnClass uint8

const (
	fnAggregate   fnClass = 1 << iota
	fnMasking             // hides the values of its arguments
	fnConditional         // its first argument is a test
	fnCount
	fnOrdered    // its value is in WITHIN GROUP (ORDER BY …)
	fnWindowOnly // lag, first_value: rows of a window, not an aggregate
)

// functionClass looks a function up by its unqualified name.
func functionClass(name string) fnClass {
	var buf [48]byte
	if len(name) > len(buf) {
		return 0
	}
	for i := range len(name) {
		buf[i] = lower[name[i]]
	}
	return functionClasses[string(buf[:len(name)])]
}

var functionClasses = func() map[string]fnClass {
	m := map[string]fnClass{}
	add := func(c fnClass, names ...string) {
		for _, n := range names {
			m[n] |= c
		}
	}
	add(fnAggregate, "sum", "avg", "min", "max", "any_value", "array_agg", "arrayagg", "string_agg", "listagg", "group_concat", "wm_concat", "xmlagg", "json_agg", "jsonb_agg",
		"json_arrayagg", "json_objectagg", "json_object_agg", "jsonb_object_agg", "object_agg", "collect_list", "collect_set", "list", "stddev", "stddev_pop", "stddev_samp",
		"stdev", "stdevp", "var", "varp", "variance", "var_pop", "var_samp", "corr", "covar_pop", "covar_samp", "median", "mode", "percentile", "percentile_cont", "percentile_disc",
		"percentile_approx", "approx_percentile", "approx_quantiles", "quantile", "quantiles", "bit_and", "bit_or", "bit_xor", "bool_and", "bool_or", "logical_and", "logical_or",
		"every", "any", "some", "first", "last", "min_by", "max_by", "arg_min", "arg_max", "argmin", "argmax", "anylast", "grouparray", "groupuniqarray", "sumif", "avgif", "minif", "maxif", "anyif",
		"summap", "uniqexactif", "sumsimplestate", "approx_top_count", "approx_top_k", "histogram", "map_agg", "map_union", "multimap_agg", "set_agg", "set_union", "kurtosis", "skewness", "skew",
		"regr_slope", "regr_intercept", "regr_r2", "regr_count", "regr_avgx", "regr_avgy", "total", "product", "geometric_mean", "checksum_agg", "array_unique_agg", "bitor_agg", "bitand_agg", "bitxor_agg", "bitmap_or_agg", "bitmap_construct_agg", "array_union_agg", "array_concat_agg",
		"boolor_agg", "booland_agg", "max_string", "histogram_numeric", "entropy", "mad", "sumdistinct", "topk", "string_agg_distinct", "arbitrary", "argmaxif", "argminif", "quantileexact", "quantile_cont", "quantile_disc", "approx_quantile", "reservoir_quantile",
		"quantiletdigest", "avgweighted", "stddevpop", "stddevsamp", "varpop", "varsamp", "approx_set", "merge", "hll_merge", "grouparrayif", "last_value_agg", "sumstate", "summerge", "first_agg", "max_n", "grouparraydistinct")
	add(fnAggregate|fnMasking|fnCount, "count", "count_big", "count_if", "countif", "approx_count_distinct", "approx_distinct", "uniq", "uniqexact", "uniqcombined", "uniqif", "hll", "ndv",
		"regr_count", "hll_cardinality", "count_distinct", "hll_count", "uniqhll12")
	add(fnOrdered, "percentile_cont", "percentile_disc", "mode", "approx_percentile", "median", "percentile")
	add(fnAggregate|fnWindowOnly, "lag", "lead", "first_value", "last_value", "nth_value", "lagindframe", "leadinframe")
	add(fnMasking, "md5", "sha", "sha1", "sha2", "sha224", "sha256", "sha384", "sha512", "md5_hex", "md5_binary", "sha1_hex", "sha1_binary", "sha2_hex", "sha2_binary", "hash", "xxhash64",
		"farm_fingerprint", "hashbytes", "checksum", "binary_checksum", "murmurhash", "cityhash64", "siphash64", "siphash128", "crc32", "standard_hash", "ora_hash", "mask", "mask_hash",
		"mask_first_n", "mask_last_n", "mask_show_first_n", "mask_show_last_n", "mask_inner", "mask_outer", "digest", "hmac", "encrypt", "aes_encrypt", "crypt", "pgp_sym_encrypt", "hashtext",
		"fnv_hash", "func_sha1", "strtol_hash", "hex_hash", "password", "halfmd5", "md5_number_lower64", "md5_number_upper64", "xxhash32", "xxh3", "to_hashids", "hash_agg", "spookyhash_v2_64", "hmac_sha256", "hmac_sha1", "hmac_md5", "hmac_sha512",
		"encrypt_raw", "tokenize_pii", "sha3", "md5number", "farmhash64", "metrohash64", "inthash64", "javahash", "hivehash")
	add(fnConditional, "if", "iff", "iif", "nvl2", "decode", "multiif")
	return m
}()

// combinators are the endings that ClickHouse gives to any aggregate.
var combinators = [...]string{"if", "state", "merge", "mergestate", "array", "distinct", "ornull", "ordefault", "foreach", "map", "resample", "simplestate", "argmin", "argmax"}

// families are the beginnings of ClickHouse's aggregates of many names.
var families = [...]string{"quantile", "uniq", "any", "group", "stddev", "var", "covar", "corr", "skew", "kurt", "topk", "sum", "avg", "min", "max", "count", "delta", "entropy", "first_value", "last_value",
	"exponential", "simplelinear", "stochastic", "rank", "studentt", "welch", "mannwhitney", "interval", "bounding", "sparkbar", "windowfunnel", "retention", "sequence", "maxintersections", "categorical", "cramers"}

// combined is the class of an aggregate of ClickHouse by its family and
// endings. tested tells that its last argument is a condition.
func combined(name string) (class fnClass, tested bool) {
	name = toLower(name)
	for again := true; again; {
		again = false
		for _, c := range combinators {
			if base, ok := strings.CutSuffix(name, c); ok && base != "" {
				if functionClass(base)&fnAggregate == 0 && !inFamily(base) {
					continue
				}
				name, again, tested = base, true, tested || c == "if"
				break
			}
		}
	}
	if class = functionClass(name); class&fnAggregate != 0 && class&fnWindowOnly == 0 {
		return class, tested
	}
	if inFamily(name) {
		class = fnAggregate
		if strings.HasPrefix(name, "uniq") || strings.HasPrefix(name, "count") {
			class |= fnMasking
		}
		return class, tested
	}
	return 0, false
}

func inFamily(name string) bool {
	for _, f := range families[:11] {
		if strings.HasPrefix(name, f) && aggregateTails.has(name[len(f):]) {
			return true
		}
	}
	for _, f := range families[11:] {
		if name == f || strings.HasPrefix(name, f) {
			return true
		}
	}
	return false
}

// aggregateTails are what may follow the shorter beginnings.
var aggregateTails = set("", "s", "exact", "exacts", "exactweighted", "exactlow", "exacthigh", "timing", "timings", "timingweighted", "tdigest", "tdigestweighted", "deterministic", "bfloat16", "dd", "gk",
	"interpolatedweighted", "combined", "combined64", "hll12", "theta", "last", "heavy", "arraysample", "arraymovingavg", "arraymovingsum", "arrayinsertat", "arraylast", "arraysorted", "arrayintersect",
	"array", "uniqarray", "concat", "bitmap", "bitmapand", "bitmapor", "bitmapxor", "bitand", "bitor", "bitxor", "pop", "samp", "popstable", "sampstable", "stable", "k", "weighted", "pop_", "_value", "_respect_nulls")

// structFunctions make a value with named fields.
var structFunctions = set("struct", "named_struct", "struct_pack", "object_construct", "object_construct_keep_null", "row", "tuple", "json_build_object", "jsonb_build_object", "json_object", "named_tuple")
