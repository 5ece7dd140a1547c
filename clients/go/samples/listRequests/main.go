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
	requests, err := session.Requests(ctx, sandgate.ListRequestsParams{})
	if err != nil {
		log.Fatal(err)
	}
	for _, request := range requests {
		fmt.Println(request.RequestID, request.Title)
	}
}
