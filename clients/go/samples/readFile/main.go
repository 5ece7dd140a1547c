package main

import (
	"context"
	"fmt"
	"io"
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
	file, err := session.Files.Read(ctx, "hello.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(string(text))
}
