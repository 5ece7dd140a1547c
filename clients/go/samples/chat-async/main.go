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
	turn, err := session.Turns.Start(ctx, "npm test")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(turn.ID, turn.Status)
}
