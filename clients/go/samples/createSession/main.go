package main

import (
	"context"
	"fmt"
	"log"

	"sandgate.example/sandgate"
)

func main() {
	ctx := context.Background()
	client, err := sandgate.New(sandgate.Options{}) // By SANDGATE_BASE_URL and SANDGATE_API_KEY.
	if err != nil {
		log.Fatal(err)
	}
	session, err := client.Sessions.Create(ctx, sandgate.CreateSession{
		ID:       "build-42",
		Metadata: map[string]string{"project": "website"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(session.ID, session.Data.Status)
}
