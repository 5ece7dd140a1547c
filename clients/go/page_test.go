package sandgate

import (
	"errors"
	"slices"
	"testing"
)

func numbers(asked *[]string) func(string) (*Page[int], error) {
	pages := map[string]*Page[int]{
		"start": {Data: []int{1, 2}, NextCursor: "b", HasMore: true},
		"b":     {Data: []int{3}, NextCursor: "c", HasMore: true},
		// A log has a cursor at its end too.
		"c": {Data: []int{4}, NextCursor: "d", HasMore: false},
	}
	return func(after string) (*Page[int], error) {
		*asked = append(*asked, after)
		return pages[after], nil
	}
}

func TestItemsAreAllOfThem(t *testing.T) {
	var asked []string
	var all []int
	list := items("start", numbers(&asked))
	for range 2 {
		for number, err := range list {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, number)
		}
	}
	if !slices.Equal(all, []int{1, 2, 3, 4, 1, 2, 3, 4}) {
		t.Error(all)
	}
	if !slices.Equal(asked, []string{"start", "b", "c", "start", "b", "c"}) {
		t.Error(asked)
	}
}

func TestItemsAskForNoPageBeforeItIsNeeded(t *testing.T) {
	var asked []string
	list := items("start", numbers(&asked))
	if asked != nil {
		t.Error(asked)
	}
	for number := range list {
		if number == 2 {
			break
		}
	}
	if !slices.Equal(asked, []string{"start"}) {
		t.Error(asked)
	}
}

func TestItemsEndWithAFailure(t *testing.T) {
	no := errors.New("no")
	count := 0
	for _, err := range items("", func(string) (*Page[int], error) { return nil, no }) {
		if count++; err != no {
			t.Error(err)
		}
	}
	if count != 1 {
		t.Error(count)
	}
}
