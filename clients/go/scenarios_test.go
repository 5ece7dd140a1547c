package sandgate_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"sandgate.example/sandgate"
)

// A scenario is a row of clients/scenarios.json, which says at its top what all of it means.
type scenario struct {
	Name    string           `json:"name"`
	About   string           `json:"about"`
	Through string           `json:"through"`
	Steps   []map[string]any `json:"steps"`
}

// A step is one of a scenario with all names filled in.
type step struct {
	Do         string                 `json:"do"`
	Text       string                 `json:"text"`
	Base64     []byte                 `json:"base64"`
	Answer     sandgate.ResumeRequest `json:"answer"`
	Until      string                 `json:"until"`
	Key        string                 `json:"key"`
	TurnID     string                 `json:"turnId"`
	SnapshotID string                 `json:"snapshotId"`
	Path       string                 `json:"path"`
	CreateOnly bool                   `json:"createOnly"`
	After      int                    `json:"after"`
	Body       json.RawMessage        `json:"body"`
	Query      json.RawMessage        `json:"query"`
	Expect     any                    `json:"expect"`
	Save       map[string]string      `json:"save"`
	Refused    string                 `json:"refused"`
}

// TestScenarios plays what every client does alike.
func TestScenarios(t *testing.T) {
	data, err := os.ReadFile(told(t, "SANDGATE_SCENARIOS"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct{ Scenarios []scenario }
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	urls := map[string]string{
		"":         told(t, "SANDGATE_BASE_URL"),
		"cuts":     told(t, "SANDGATE_CUTS_URL"),
		"stumbles": told(t, "SANDGATE_STUMBLES_URL"),
	}
	apiKey := told(t, "SANDGATE_API_KEY")
	if len(table.Scenarios) == 0 {
		t.Fatal("There is no scenario.")
	}
	for _, scenario := range table.Scenarios {
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			if err := play(ctx, scenario, urls[scenario.Through], apiKey); err != nil {
				t.Fatalf("%s %v", scenario.About, err)
			}
		})
	}
}

// told is a variable that npm run test:clients sets.
func told(t *testing.T, name string) string {
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: the scenarios need a running stack, which `npm run test:clients` brings.", name)
	}
	return value
}

func play(ctx context.Context, scenario scenario, baseURL, apiKey string) error {
	stage := &stage{baseURL: baseURL, apiKey: apiKey, through: scenario.Through}
	if err := stage.useKey(""); err != nil {
		return err
	}
	names := map[string]any{"run": rand.Text()}
	for number, raw := range scenario.Steps {
		if err := playStep(ctx, stage, raw, names); err != nil {
			return fmt.Errorf("Step %d, %s: %w", number+1, raw["do"], err)
		}
	}
	return nil
}

func playStep(ctx context.Context, stage *stage, raw map[string]any, names map[string]any) error {
	filled, err := json.Marshal(fill(raw, names))
	if err != nil {
		return err
	}
	var step step
	if err := unmarshal(filled, &step); err != nil {
		return err
	}
	act, known := acts[step.Do]
	if !known {
		return errors.New("this step is not known")
	}
	outcome, err := act(ctx, stage, step)
	if step.Refused != "" {
		var refusal *sandgate.Error
		if errors.As(err, &refusal) && refusal.Code == step.Refused {
			return nil
		}
		return fmt.Errorf("not refused as %s: %v", step.Refused, err)
	}
	if err != nil {
		return err
	}
	found, err := asJSON(outcome)
	if err != nil {
		return err
	}
	if wrong := mismatch(found, step.Expect, "the outcome"); step.Expect != nil && wrong != "" {
		return errors.New(wrong)
	}
	for name, path := range step.Save {
		if names[name], err = pick(found, path); err != nil {
			return err
		}
	}
	return nil
}

// unmarshal knows every member, or fails: a scenario must not be played by half.
func unmarshal(data []byte, into any) error {
	if data == nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
