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
	snapshot, err := session.Snapshots.Create(ctx, sandgate.CreateSnapshot{Name: "before the upgrade"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(snapshot.ID)
}
