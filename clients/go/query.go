package sandgate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
)

// queryString is ?after=3&metadata[project]=website of a struct of the contract, or nothing.
func queryString(query any) (string, error) {
	if query == nil {
		return "", nil
	}
	data, err := json.Marshal(query)
	if err != nil {
		return "", err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	// A float would spell large numbers otherwise.
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return "", err
	}
	values := url.Values{}
	for name, value := range fields {
		texts, isMap := value.(map[string]any)
		if !isMap {
			values.Set(name, fmt.Sprint(value))
		}
		for key, text := range texts {
			values.Set(fmt.Sprintf("%s[%s]", name, key), fmt.Sprint(text))
		}
	}
	if len(values) == 0 {
		return "", nil
	}
	return "?" + values.Encode(), nil
}
