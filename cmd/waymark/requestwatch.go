package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/catalog/job"
)

// runDoc is a plan or a verification on its way.
type runDoc struct {
	State, Step, Error, Code string
	Done, Total              int
}

// lookEvery is how often a command asks how far a run is.
const lookEvery = 200 * time.Millisecond

// watched is a command that begins a run of a request, waits for its end with its
// progress on a terminal, and prints what became of the request. When the command is
// stopped, a run on a server goes on, and the same command joins it.
func watched(s *settings, name, short, field string, print func(*cobra.Command, *settings, requestDoc) error) *cobra.Command {
	return &cobra.Command{
		Use: name + " ID", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			k, err := dial(c.Context(), s)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, k.Close()) }()
			vars := map[string]any{"id": args[0]}
			var begun struct{ It runDoc }
			if err := k.do(c.Context(), `mutation($id: String!) { it: `+field+`(id: $id) { state } }`, vars, &begun); err != nil {
				return err
			}
			if err := k.watch(c.Context(), vars, progressTo(c.ErrOrStderr())); err != nil {
				return err
			}
			var got struct{ It *requestDoc }
			if err := k.do(c.Context(), `query($id: String!) { it: request(id: $id) `+requestFields+` }`, vars, &got); err != nil {
				return err
			}
			if got.It == nil {
				return fault.NotFound.Errorf("there is no request %s", args[0])
			}
			return print(c, s, *got.It)
		},
	}
}

// watch waits for the end of the newest run of a request and returns its error.
func (c *client) watch(ctx context.Context, vars map[string]any, show io.Writer) error {
	defer fmt.Fprint(show, "\r\x1b[K")
	for {
		var got struct{ It *struct{ Run *runDoc } }
		if err := c.do(ctx, `query($id: String!) { it: request(id: $id) { run { state step done total error code } } }`, vars, &got); err != nil {
			return err
		}
		if got.It == nil || got.It.Run == nil {
			return fault.NotFound.Errorf("there is no run of request %v", vars["id"])
		}
		switch r := got.It.Run; r.State {
		case job.Running:
			fmt.Fprintf(show, "\r\x1b[K%s", r.text())
		case "ok":
			return nil
		default:
			return errEnded(r.Code, r.Error)
		}
		select {
		case <-time.After(lookEvery):
		case <-ctx.Done():
			return fault.Unavailable.Of(ctx.Err())
		}
	}
}

func (r runDoc) text() string {
	if r.Total == 0 {
		return r.Step
	}
	return fmt.Sprintf("%s: %d of %d", r.Step, r.Done, r.Total)
}

// progressTo is w if it is a terminal, and nothing else.
func progressTo(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return f
		}
	}
	return io.Discard
}
