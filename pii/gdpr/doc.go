// Package gdpr answers the requests of people about their own data: it opens a
// request, finds every row about the subject, plans what is to happen to it, lets
// two people approve exactly that plan, carries it out through the connectors,
// looks a second time, and proves what was done.
//
// It holds no code per law (the law pack is data), reaches no database itself (the
// small interfaces in reach.go do), and never closes a request with a doubt: what
// failed or cannot be reached keeps it open, whatever anyone clicks.
//
// Its state lives in the privacy store (package vault):
//
//	request number          -> Request: state, clock, approvals, runs, looks, holds
//	subject number          -> the identities that the subject gave and that were learned
//	plan    number          -> the frozen Plan with the keys of the rows it means
//	journal number          -> what was begun and ended, source by source; receipts under number/receipt/look
//	hold    dataset         -> legal hold on a dataset
//	counter year            -> the last number given out
//
// The subtle thing is the order of writing. Every act has its record in the ledger
// before it happens; a ledger that fails stops the act. Between the record of an
// intent and the record of its result a process may die: then the rows are counted
// again, and what happened is concluded from them, never assumed.
package gdpr
