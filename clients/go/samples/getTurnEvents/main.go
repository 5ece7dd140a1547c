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
	for event, err := range session.Turns.Events(ctx, "turn_01", 2) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(event.Envelope().Type)
	}
}
