package pgwire

import (
	"context"
	"database/sql"

	"waymark/catalog/fault"
)

// Commit ends a transaction that wrote. When the answer is lost on the way, the
// server is asked how it ended, by the number that the transaction had: only if
// that cannot be told either is the outcome unknown, which is fault.Unavailable.
func (p *Pool) Commit(ctx context.Context, tx *sql.Tx) error {
	var id string
	if err := tx.QueryRowContext(ctx, "select pg_current_xact_id()::text").Scan(&id); err != nil {
		return Explain(err, "commit")
	}
	err := tx.Commit()
	if err == nil {
		return nil
	}
	if Code(err) != "" {
		return Explain(err, "commit")
	}
	return p.outcome(ctx, id, err)
}

func (p *Pool) outcome(ctx context.Context, id string, lost error) error {
	var status sql.NullString
	if err := p.QueryRowContext(ctx, "select pg_xact_status($1::text::xid8)", id).Scan(&status); err != nil {
		return fault.Unavailable.Errorf("the connection was lost at the commit and the outcome is unknown: %s", reason(lost))
	}
	switch status.String {
	case "committed":
		return nil
	case "aborted":
		return fault.Conflict.Errorf("the connection was lost at the commit and the server took everything back")
	}
	return fault.Unavailable.Errorf("the connection was lost at the commit and the transaction is %q", status.String)
}
