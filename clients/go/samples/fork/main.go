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
	fork, err := session.Fork(ctx, sandgate.ForkSession{
		Metadata: map[string]string{"attempt": "2"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(fork.ID, fork.Data.ForkedFrom.SessionID)
}
