package crawler

import (
	"context"
	"sync"
	"time"
)

// idleTime is how long an opened source waits for its next reader. Finding a person
// asks hundreds of short questions; opening a connection for each would be most of
// the work.
const idleTime = 2 * time.Second

// idle keeps opened sources for the next who reads from them, one user at a time.
type idle struct {
	mu   sync.Mutex
	free map[string][]Source // by recipe text: a changed recipe finds none of the old
}

// borrow returns an opened source of a recipe, and what gives it back. A source whose
// use failed is closed instead.
func (r *Runner) borrow(ctx context.Context, name string) (Source, func(failed bool) error, error) {
	recipe, err := r.recipe(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	src := r.idle.take(recipe.Text)
	if src == nil {
		if src, err = r.Open(ctx, recipe); err != nil {
			return nil, nil, err
		}
	}
	return src, func(failed bool) error {
		if failed {
			return src.Close()
		}
		r.idle.put(recipe.Text, src)
		return nil
	}, nil
}

func (i *idle) take(key string) Source {
	i.mu.Lock()
	defer i.mu.Unlock()
	list := i.free[key]
	if len(list) == 0 {
		return nil
	}
	i.free[key] = list[:len(list)-1]
	return list[len(list)-1]
}

func (i *idle) put(key string, src Source) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.free == nil {
		i.free = map[string][]Source{}
	}
	i.free[key] = append(i.free[key], src)
	time.AfterFunc(idleTime, func() { i.drop(key, src) })
}

// drop closes a source that nobody took meanwhile. One that was taken and given back
// has a later timer of its own, and may close a little early by this one.
func (i *idle) drop(key string, src Source) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for n, s := range i.free[key] {
		if s == src {
			i.free[key] = append(i.free[key][:n], i.free[key][n+1:]...)
			src.Close()
			return
		}
	}
}

// clear closes the idle sources of a recipe: nobody reads while rows are erased.
func (i *idle) clear(key string) {
	for src := i.take(key); src != nil; src = i.take(key) {
		src.Close()
	}
}
