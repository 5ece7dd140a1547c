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
	for event, err := range session.Chat(ctx, "uname -s") {
		if err != nil {
			log.Fatal(err)
		}
		switch event := event.(type) {
		case *sandgate.ToolDeltaEvent:
			fmt.Print(event.Text)
		case *sandgate.CompleteEvent:
			fmt.Println(event.StopReason)
		}
	}
}
