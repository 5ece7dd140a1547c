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
	resumed, err := session.Resume(ctx, sandgate.ResumeRequest{
		RequestID: "perm_01",
		Decision:  sandgate.DecisionAllow,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(resumed.TurnID)
}
