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
	session := client.Sessions.Handle("build-42")
	// The log so far; session.Events follows it.
	query := sandgate.GetEventsParams{Types: "message,complete"}
	for event, err := range session.ListEvents(ctx, query) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(event.Envelope().Seq, event.Envelope().Type)
	}
}
