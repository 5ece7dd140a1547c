package sandgate_test

import (
	"testing"

	"sandgate.example/sandgate"
)

func TestParseWebhookEvent(t *testing.T) {
	head := `{"id":"evt_1","createdAt":"2026-11-22T20:34:00.000Z",`
	data := `{"sessionId":"s","turnId":"t","stopReason":"end_turn"}`
	event, err := sandgate.ParseWebhookEvent([]byte(head + `"type":"turn.completed","data":` + data + `}`))
	completed, ok := event.(*sandgate.WebhookTurnCompleted)
	if err != nil || !ok || completed.Data.StopReason != sandgate.StopReasonEndTurn {
		t.Error(event, err)
	}
	event, err = sandgate.ParseWebhookEvent([]byte(head + `"type":"moon.full","data":{}}`))
	if unknown, ok := event.(*sandgate.UnknownWebhookEvent); err != nil || !ok || unknown.Type != "moon.full" {
		t.Error(event, err)
	}
	if _, err = sandgate.ParseWebhookEvent([]byte(`<html>`)); err == nil {
		t.Error("no JSON passed")
	}
}
