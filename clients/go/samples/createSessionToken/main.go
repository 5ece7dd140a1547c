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
	token, err := session.Tokens.Create(ctx, sandgate.CreateSessionToken{
		Scopes: []sandgate.SessionTokenScope{
			sandgate.SessionTokenScopeSessionsRead,
			sandgate.SessionTokenScopeTurnsWrite,
		},
		AllowedOrigins: []string{"https://app.example.com"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.Token, token.ExpiresAt)
}
