package sandgate

import "iter"

// A Page is some items of a list.
type Page[T any] struct {
	Data []T `json:"data"`
	// NextCursor is where the next page begins; empty where there is none.
	NextCursor string `json:"nextCursor"`
	// HasMore says whether there is more now. A log has a cursor at its end too, as more may come.
	HasMore bool `json:"hasMore"`
	// Unavailable are, of [Client.RequestsPage], the ids of sessions that could not be asked just now: what waits there is
	// not in Data.
	Unavailable []string `json:"unavailable,omitempty"`
}

// items reads a list to its end. It asks for no page before it is needed.
func items[T any](after string, load func(after string) (*Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for after := after; ; {
			page, err := load(after)
			if err != nil {
				yield(*new(T), err)
				return
			}
			for _, item := range page.Data {
				if !yield(item, nil) {
					return
				}
			}
			if !page.HasMore || page.NextCursor == "" {
				return
			}
			after = page.NextCursor
		}
	}
}
