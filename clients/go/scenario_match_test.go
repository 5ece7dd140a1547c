package sandgate_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// mismatch says where found is not as expected, or nothing. Of an object only the members that are expected count.
func mismatch(found, expected any, at string) string {
	switch expected := expected.(type) {
	case map[string]any:
		members, ok := found.(map[string]any)
		if !ok {
			return unlike(found, expected, at)
		}
		for name, value := range expected {
			if wrong := mismatch(members[name], value, at+"."+name); wrong != "" {
				return wrong
			}
		}
	case []any:
		items, ok := found.([]any)
		if !ok || len(items) != len(expected) {
			return unlike(found, expected, at)
		}
		for i, value := range expected {
			if wrong := mismatch(items[i], value, fmt.Sprintf("%s.%d", at, i)); wrong != "" {
				return wrong
			}
		}
	default:
		if found != expected {
			return unlike(found, expected, at)
		}
	}
	return ""
}

func unlike(found, expected any, at string) string {
	left, _ := json.Marshal(found)
	right, _ := json.Marshal(expected)
	return fmt.Sprintf("%s is %s, not %s", at, left, right)
}

// pick is the value at 0.requestId. It fails where there is none: saved, it would be equal to whatever else is missing.
func pick(value any, path string) (any, error) {
	for name := range strings.SplitSeq(path, ".") {
		switch within := value.(type) {
		case map[string]any:
			value = within[name]
		case []any:
			index, err := strconv.Atoi(name)
			if err != nil || index >= len(within) {
				return nil, fmt.Errorf("nothing is at %s", path)
			}
			value = within[index]
		default:
			value = nil
		}
	}
	// The zero of a struct stands for what the server did not say.
	if value == nil || value == "" || value == 0.0 {
		return nil, fmt.Errorf("nothing is at %s", path)
	}
	return value, nil
}

// fill puts what was saved in the place of each $name.
func fill(value any, names map[string]any) any {
	switch value := value.(type) {
	case map[string]any:
		filled := map[string]any{}
		for name, item := range value {
			filled[name] = fill(item, names)
		}
		return filled
	case []any:
		filled := make([]any, len(value))
		for i, item := range value {
			filled[i] = fill(item, names)
		}
		return filled
	case string:
		if saved, ok := names[strings.TrimPrefix(value, "$")]; ok && strings.HasPrefix(value, "$") {
			return saved
		}
	}
	return value
}

// asJSON is a value as the table of scenarios would write it.
func asJSON(value any) (plain any, err error) {
	data, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(data, &plain)
	}
	return plain, err
}

func TestMismatch(t *testing.T) {
	for _, test := range []struct {
		found, expected, wrong string
	}{
		{`{"a":{"b":1,"c":2},"d":3}`, `{"a":{"b":1}}`, ``},
		{`{"a":{"b":1}}`, `{"a":{"b":2}}`, `it.a.b is 1, not 2`},
		{`{}`, `{"a":1}`, `it.a is null, not 1`},
		{`[{"a":1,"b":2}]`, `[{"a":1}]`, ``},
		{`[]`, `[{"a":1}]`, `it is [], not [{"a":1}]`},
		{`[1,2]`, `[1]`, `it is [1,2], not [1]`},
		{`[[2]]`, `[[1]]`, `it.0.0 is 2, not 1`},
		{`null`, `{"a":1}`, `it is null, not {"a":1}`},
		{`false`, `true`, `it is false, not true`},
	} {
		found, _ := asJSON(json.RawMessage(test.found))
		expected, _ := asJSON(json.RawMessage(test.expected))
		if wrong := mismatch(found, expected, "it"); wrong != test.wrong {
			t.Errorf("%s as %s: %q", test.found, test.expected, wrong)
		}
	}
}

func TestFillAndPick(t *testing.T) {
	names := map[string]any{"seq": 3.0, "run": "r"}
	raw := map[string]any{"after": "$seq", "text": "echo $seq", "list": []any{"$run", "$other"}}
	filled := fill(raw, names)
	if wrong := mismatch(filled, map[string]any{"after": 3.0, "text": "echo $seq", "list": []any{"r", "$other"}}, "it"); wrong != "" {
		t.Error(wrong)
	}
	if picked, err := pick(filled, "list.0"); picked != "r" || err != nil {
		t.Errorf("picked %v, %v", picked, err)
	}
	for _, path := range []string{"list.9", "list.0.0", "other", "empty"} {
		if picked, err := pick(map[string]any{"list": []any{"r"}, "empty": ""}, path); err == nil {
			t.Errorf("picked %v at %s", picked, path)
		}
	}
}
