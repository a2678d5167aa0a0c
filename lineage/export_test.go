package lineage

import "waymark/catalog"

// HoldAtMost makes an observer write what it read when it holds n distinct statements.
func HoldAtMost(o catalog.Observer, n int) { o.(*observer).most = n }
