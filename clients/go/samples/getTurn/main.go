package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"sandgate.example/sandgate"
)

func main() {
	ctx := context.Background()
	client, err := sandgate.New(sandgate.Options{})
	if err != nil {
		log.Fatal(err)
	}
	session := client.Sessions.Handle("build-42")
	turn, err := session.Turns.Wait(ctx, "turn_01", time.Minute)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(turn.Status, turn.OutputText)
}
