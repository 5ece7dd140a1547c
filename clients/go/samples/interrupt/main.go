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
	stopped, err := session.Interrupt(ctx, sandgate.InterruptRequest{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stopped.Interrupted, stopped.TurnID)
}
