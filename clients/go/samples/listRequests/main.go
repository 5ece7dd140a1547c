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
	for request, err := range session.Requests(ctx, sandgate.ListRequestsParams{}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(request.RequestID, request.Title)
	}
}
