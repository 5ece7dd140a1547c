package sandgate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"sandgate.example/sandgate"
)

func TestNewTakesTheKeyAndTheURLFromTheEnvironment(t *testing.T) {
	t.Setenv("SANDGATE_API_KEY", "from-env")
	t.Setenv("SANDGATE_BASE_URL", "http://from-env/")
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, reply(200, map[string]string{"status": "ok"}))
		client := g.client(t, func(options *sandgate.Options) { options.APIKey, options.BaseURL = "", "" })
		if health, err := client.Health(t.Context()); err != nil || health.Status != "ok" {
			t.Fatal(health, err)
		}
		expectRequests(t, g, "GET /health")
		if key := g.seen()[0].header.Get("Authorization"); key != "Bearer from-env" {
			t.Error(key)
		}
	})
}

func TestNewSaysWhatIsMissing(t *testing.T) {
	t.Setenv("SANDGATE_API_KEY", "")
	t.Setenv("SANDGATE_BASE_URL", "")
	for missing, options := range map[string]sandgate.Options{
		"APIKey":                  {},
		"BaseURL":                 {APIKey: "key"},
		"BaseURL with its scheme": {APIKey: "key", BaseURL: "localhost:8787"},
	} {
		if _, err := sandgate.New(options); err == nil || !strings.Contains(err.Error(), missing) {
			t.Error(err)
		}
	}
}

func TestAClientDoesNotShowItsKey(t *testing.T) {
	client, err := sandgate.New(sandgate.Options{APIKey: "sk_secret", BaseURL: "http://localhost"})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v"} {
		for _, shown := range []any{client, *client, client.Sessions, *client.Sessions, client.Sessions.Handle("s")} {
			if text := fmt.Sprintf(format, shown); strings.Contains(text, "sk_secret") {
				t.Error(text)
			}
		}
	}
}

func TestAnIDThatWouldNameAnotherResourceIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, session)
		client := g.client(t)
		for _, id := range []string{"", ".", ".."} {
			if err := client.Sessions.Delete(t.Context(), id); err == nil {
				t.Errorf("%q passed", id)
			}
			if err := client.Sessions.Handle("s").Files.Delete(t.Context(), id); err == nil {
				t.Errorf("%q passed", id)
			}
		}
		if len(g.seen()) != 0 {
			t.Error(g.requests())
		}
	})
}

func TestRequestsSayWhichSessionsCouldNotBeAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		page := map[string]any{"data": []any{}, "nextCursor": nil, "hasMore": false, "unavailable": []string{"s"}}
		client := newGateway(t, reply(200, page)).client(t)
		asked, err := client.RequestsPage(t.Context(), sandgate.ListAccountRequestsParams{})
		if err != nil || !slices.Equal(asked.Unavailable, []string{"s"}) {
			t.Errorf("%+v, %v", asked, err)
		}
	})
}
