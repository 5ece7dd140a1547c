package main

import (
	"context"
	"fmt"
	"log"
	"strings"

	"sandgate.example/sandgate"
)

func main() {
	ctx := context.Background()
	client, err := sandgate.New(sandgate.Options{})
	if err != nil {
		log.Fatal(err)
	}
	session := client.Sessions.Handle("build-42")
	file, err := session.Files.Write(ctx, "notes/today.md", strings.NewReader("# Today"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(file.Path, file.Size)
}
