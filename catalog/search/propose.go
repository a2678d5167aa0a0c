package search

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Proposal is a change that would help those who searched. A person accepts it or
// does not; nothing is learned silently.
type Proposal struct {
	Kind  string // synonym or description
	Asset urn.URN
	Word  string // the synonym to add
	Text  string // the proposal as a sentence
}

// The kinds of proposals.
const (
	ProposeSynonym     = "synonym"
	ProposeDescription = "description"
)

// why a search stands in a list.
type why uint8

const (
	foundNothing why = iota
	triedAgain
	openedNothing
	wanted
)

// propose names the asset that a search was about, as far as the caller may see it,
// and what would have helped.
func (s *Search) propose(ctx context.Context, k *seeking, why why) error {
	visible, err := s.cat.FindMany(ctx, slices.Sorted(maps.Keys(k.opens)))
	if err != nil {
		return err
	}
	var about *catalog.Asset
	for i := range visible {
		if a := &visible[i]; about == nil || k.opens[a.URN] > k.opens[about.URN] {
			about = a
		}
	}
	how := ""
	switch {
	case about != nil && k.Then != "":
		how = fmt.Sprintf("who searched for it then opened %s after %q", about.Name(), k.Then)
	case about != nil:
		how = "it is what they open"
	default:
		if about, how, err = s.meantBy(ctx, k, why); err != nil || about == nil {
			return err
		}
	}
	k.Asset = about.URN
	k.Proposal, err = s.proposal(ctx, about, k, why, how)
	return err
}

// meantBy asks today's catalog what a search is about of which nothing was opened.
func (s *Search) meantBy(ctx context.Context, k *seeking, why why) (*catalog.Asset, string, error) {
	a, err := s.Find(ctx, Request{Text: k.Words, Limit: 1, Plain: true})
	if err != nil || len(a.Hits) == 0 || why == triedAgain {
		return nil, "", err
	}
	found, err := s.cat.FindMany(ctx, []urn.URN{a.Hits[0].URN})
	if err != nil || len(found) == 0 {
		return nil, "", err
	}
	how := "it stands first and nobody opens it"
	if why == foundNothing && a.Suggestion != "" {
		how = fmt.Sprintf("it is nearly spelled %q", a.Suggestion)
	}
	return &found[0], how, nil
}

// proposal is a synonym where other words led to the asset and a term stands for it,
// and else a description where there is none.
func (s *Search) proposal(ctx context.Context, about *catalog.Asset, k *seeking, why why, how string) (*Proposal, error) {
	_, words, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	if term := words.termOf(about.URN); term != nil && why != wanted && why != openedNothing {
		return &Proposal{
			Kind: ProposeSynonym, Asset: term.urn, Word: k.Words,
			Text: fmt.Sprintf("Add %q as a synonym of %s: %s.", k.Words, term.name, how),
		}, nil
	}
	if about.Profile != nil && about.Profile.Description != "" || about.Term != nil {
		return nil, nil
	}
	return &Proposal{Kind: ProposeDescription, Asset: about.URN, Text: fmt.Sprintf("Describe %s in the words of those who look for it, %q: %s.", about.Name(), k.Words, how)}, nil
}

// termOf is the term that an asset is, or whose answer it is.
func (g *glossary) termOf(u urn.URN) *term {
	for i := range g.terms {
		if t := &g.terms[i]; t.urn == u || slices.Contains(t.canonical, u) {
			return t
		}
	}
	return nil
}
