package main

import (
	"context"
	"fmt"
	"log"

	"sandgate.example/sandgate"
)

func main() {
	ctx := context.Background()
	client, err := sandgate.New(sandgate.Options{})
	if err != nil {
		log.Fatal(err)
	}
	webhook, err := client.Webhooks.Create(ctx, sandgate.CreateWebhook{
		URL: "https://hooks.example.com/sandgate",
		Events: []sandgate.WebhookEventType{
			sandgate.WebhookEventTypePermissionRequested,
			sandgate.WebhookEventTypeTurnCompleted,
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(webhook.ID, webhook.Secret)
}
