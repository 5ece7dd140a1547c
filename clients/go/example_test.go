package sandgate_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"sandgate.example/sandgate"
)

func Example() {
	ctx := context.Background()
	// Where and who, say SANDGATE_BASE_URL and SANDGATE_API_KEY.
	client, err := sandgate.New(sandgate.Options{})
	if err != nil {
		log.Fatal(err)
	}
	session, err := client.Sessions.Create(ctx, sandgate.CreateSession{PermissionMode: sandgate.PermissionModeBypass})
	if err != nil {
		log.Fatal(err)
	}
	for event, err := range session.Chat(ctx, "npm test") {
		if err != nil {
			log.Fatal(err)
		}
		switch event := event.(type) {
		case *sandgate.ToolDeltaEvent:
			fmt.Print(event.Text)
		case *sandgate.CompleteEvent:
			fmt.Println(event.StopReason)
		}
	}
}

func ExampleSession_Chat() {
	ctx, session := context.Background(), new(sandgate.Session)
	answer, err := session.Chat(ctx, "echo hello").Text()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(answer)
}

func ExampleOnPermission() {
	ctx, session := context.Background(), new(sandgate.Session)
	ask := func(_ context.Context, request *sandgate.PermissionRequestedEvent) (sandgate.ResumeRequest, error) {
		fmt.Printf("%s? ", request.Title)
		answer, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if strings.TrimSpace(answer) == "yes" {
			return sandgate.ResumeRequest{Decision: sandgate.DecisionAllow}, err
		}
		return sandgate.ResumeRequest{Decision: sandgate.DecisionDeny, Message: "Not today."}, err
	}
	answer, err := session.Chat(ctx, "rm -r build", sandgate.OnPermission(ask)).Text()
	fmt.Println(answer, err)
}

func ExampleFiles_Write() {
	ctx, session := context.Background(), new(sandgate.Session)
	file, err := session.Files.Read(ctx, "todo.md")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	todo, err := io.ReadAll(file)
	if err != nil {
		log.Fatal(err)
	}
	longer := strings.NewReader(string(todo) + "- one more\n")
	_, err = session.Files.Write(ctx, "todo.md", longer, sandgate.IfMatch(file.ETag))
	var refusal *sandgate.Error
	if errors.As(err, &refusal) && refusal.Code == "precondition_failed" {
		fmt.Println("Somebody else was faster.")
	}
}
