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
	query := sandgate.ListFilesParams{Recursive: true}
	for file, err := range session.Files.List(ctx, query) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(file.Path, file.Size)
	}
}
