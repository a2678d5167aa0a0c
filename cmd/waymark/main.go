// Command waymark is the data catalog: one program with its web UI inside. See the
// embedded manual: waymark help.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // promises name time zones, and not every machine has them
)

func main() { os.Exit(run()) }

// run ends on the first interrupt; a second one kills.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	root, s := newRoot()
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if line := s.explain(err); line != "" {
		fmt.Fprintln(os.Stderr, "waymark: "+line)
	}
	return exitCode(err)
}
