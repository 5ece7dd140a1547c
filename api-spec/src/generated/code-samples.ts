// Generated from clients/*/samples by `npm run generate`. Do not edit.

/** Programs for an operation, in the form of its `x-codeSamples`. */
export const codeSamples: Record<string, { lang: string; label: string; source: string }[]> = {
  "createSession": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"id\": \"build-42\", \"metadata\": {\"project\": \"website\"}}'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst client = new Sandgate(); // By SANDGATE_BASE_URL and SANDGATE_API_KEY.\nconst session = await client.sessions.create({\n  id: 'build-42',\n  metadata: { project: 'website' },\n});\nconsole.log(session.id, session.data.status);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nclient = Sandgate()  # By SANDGATE_BASE_URL and SANDGATE_API_KEY.\nsession = client.sessions.create(id=\"build-42\", metadata={\"project\": \"website\"})\nprint(session.id, session.data.status)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{}) // By SANDGATE_BASE_URL and SANDGATE_API_KEY.\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession, err := client.Sessions.Create(ctx, sandgate.CreateSession{\n\t\tID:       \"build-42\",\n\t\tMetadata: map[string]string{\"project\": \"website\"},\n\t})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(session.ID, session.Data.Status)\n}"
    }
  ],
  "chat": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "# With the same key it may be sent again: it then follows the same turn.\ncurl -N \"$SANDGATE_BASE_URL/v1/sessions/build-42/chat\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -H 'Idempotency-Key: 7c9e6679-7425-40de-944b-e07fc1f90ae7' \\\n  -d '{\"messages\": [{\"role\": \"user\", \"content\": \"uname -s\"}]}'"
    },
    {
      "lang": "bash",
      "label": "curl, not waiting",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/chat\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -H 'Prefer: respond-async' \\\n  -d '{\"messages\": [{\"role\": \"user\", \"content\": \"npm test\"}]}'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nfor await (const event of session.chat('uname -s')) {\n  if (event.type === 'tool.delta') process.stdout.write(event.text);\n  if (event.type === 'complete') console.log(event.stopReason);\n}"
    },
    {
      "lang": "typescript",
      "label": "TypeScript, not waiting",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst turn = await session.turns.start('npm test');\nconsole.log(turn.id, turn.status);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nfor event in session.chat(\"uname -s\"):\n    if event.type == \"tool.delta\":\n        print(event.text, end=\"\")\n    if event.type == \"complete\":\n        print(event.stop_reason)"
    },
    {
      "lang": "python",
      "label": "Python, not waiting",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nturn = session.turns.start(\"npm test\")\nprint(turn.id, turn.status)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tfor event, err := range session.Chat(ctx, \"uname -s\") {\n\t\tif err != nil {\n\t\t\tlog.Fatal(err)\n\t\t}\n\t\tswitch event := event.(type) {\n\t\tcase *sandgate.ToolDeltaEvent:\n\t\t\tfmt.Print(event.Text)\n\t\tcase *sandgate.CompleteEvent:\n\t\t\tfmt.Println(event.StopReason)\n\t\t}\n\t}\n}"
    },
    {
      "lang": "go",
      "label": "Go, not waiting",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tturn, err := session.Turns.Start(ctx, \"npm test\")\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(turn.ID, turn.Status)\n}"
    }
  ],
  "getTurn": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "# Answers once the turn is complete or waits for a person, in 60 seconds at the latest.\ncurl \"$SANDGATE_BASE_URL/v1/sessions/build-42/turns/turn_01?wait=60\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\""
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst turn = await session.turns.get('turn_01', { wait: 60 });\nconsole.log(turn.status, turn.outputText);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nturn = session.turns.get(\"turn_01\", wait=60)\nprint(turn.status, turn.output_text)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\t\"time\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tturn, err := session.Turns.Wait(ctx, \"turn_01\", time.Minute)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(turn.Status, turn.OutputText)\n}"
    }
  ],
  "getTurnEvents": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "# Where a stream broke off, this goes on behind the last id.\ncurl -N \"$SANDGATE_BASE_URL/v1/sessions/build-42/turns/turn_01/events\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Last-Event-ID: 2'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nfor await (const event of session.turns.events('turn_01', { after: 2 })) {\n  console.log(event.type);\n}"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nfor event in session.turns.events(\"turn_01\", after=2):\n    print(event.type)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tfor event, err := range session.Turns.Events(ctx, \"turn_01\", 2) {\n\t\tif err != nil {\n\t\t\tlog.Fatal(err)\n\t\t}\n\t\tfmt.Println(event.Envelope().Type)\n\t}\n}"
    }
  ],
  "interrupt": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl -X POST \"$SANDGATE_BASE_URL/v1/sessions/build-42/interrupt\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\""
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst { interrupted, turnId } = await session.interrupt();\nconsole.log(interrupted, turnId);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nstopped = session.interrupt()\nprint(stopped.interrupted, stopped.turn_id)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tstopped, err := session.Interrupt(ctx, sandgate.InterruptRequest{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(stopped.Interrupted, stopped.TurnID)\n}"
    }
  ],
  "getEvents": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "# The log so far. With 'Accept: text/event-stream' it is followed.\ncurl \"$SANDGATE_BASE_URL/v1/sessions/build-42/events?types=message,complete\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\""
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\n// The log so far; session.events() follows it.\nfor await (const event of session.listEvents({ types: 'message,complete' })) {\n  console.log(event.seq, event.type);\n}"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\n# The log so far; session.events() follows it.\nfor event in session.list_events(types=\"message,complete\"):\n    print(event.seq, event.type)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\t// The log so far; session.Events follows it.\n\tquery := sandgate.GetEventsParams{Types: \"message,complete\"}\n\tfor event, err := range session.ListEvents(ctx, query) {\n\t\tif err != nil {\n\t\t\tlog.Fatal(err)\n\t\t}\n\t\tfmt.Println(event.Envelope().Seq, event.Envelope().Type)\n\t}\n}"
    }
  ],
  "listRequests": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/requests\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\""
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nfor await (const { requestId, title } of session.requests()) {\n  console.log(requestId, title);\n}"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nfor request in session.requests():\n    print(request.request_id, request.title)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tfor request, err := range session.Requests(ctx, sandgate.ListRequestsParams{}) {\n\t\tif err != nil {\n\t\t\tlog.Fatal(err)\n\t\t}\n\t\tfmt.Println(request.RequestID, request.Title)\n\t}\n}"
    }
  ],
  "resume": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/resume\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"requestId\": \"perm_01\", \"decision\": \"allow\"}'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst { turnId } = await session.resume({\n  requestId: 'perm_01',\n  decision: 'allow',\n});\nconsole.log(turnId);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nresumed = session.resume(request_id=\"perm_01\", decision=\"allow\")\nprint(resumed.turn_id)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tresumed, err := session.Resume(ctx, sandgate.ResumeRequest{\n\t\tRequestID: \"perm_01\",\n\t\tDecision:  sandgate.DecisionAllow,\n\t})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(resumed.TurnID)\n}"
    }
  ],
  "listFiles": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/files?recursive=true\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\""
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nfor await (const { path, size } of session.files.list('.', { recursive: true })) {\n  console.log(path, size);\n}"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nfor file in session.files.list(recursive=True):\n    print(file.path, file.size)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tquery := sandgate.ListFilesParams{Recursive: true}\n\tfor file, err := range session.Files.List(ctx, query) {\n\t\tif err != nil {\n\t\t\tlog.Fatal(err)\n\t\t}\n\t\tfmt.Println(file.Path, file.Size)\n\t}\n}"
    }
  ],
  "readFile": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/files/hello.txt\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\""
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst file = await session.files.read('hello.txt');\nconsole.log(await file.text());"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nfile = session.files.read(\"hello.txt\")\nprint(file.text)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"io\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tfile, err := session.Files.Read(ctx, \"hello.txt\")\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tdefer file.Close()\n\ttext, err := io.ReadAll(file)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Print(string(text))\n}"
    }
  ],
  "writeFile": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl -X PUT \"$SANDGATE_BASE_URL/v1/sessions/build-42/files/notes/today.md\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/octet-stream' \\\n  --data-binary '# Today'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst { path, size } = await session.files.write('notes/today.md', '# Today');\nconsole.log(path, size);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nfile = session.files.write(\"notes/today.md\", \"# Today\")\nprint(file.path, file.size)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\t\"strings\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tfile, err := session.Files.Write(ctx, \"notes/today.md\", strings.NewReader(\"# Today\"))\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(file.Path, file.Size)\n}"
    }
  ],
  "createSnapshot": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/snapshots\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"name\": \"before the upgrade\"}'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst { id } = await session.snapshots.create({ name: 'before the upgrade' });\nconsole.log(id);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nsnapshot = session.snapshots.create(name=\"before the upgrade\")\nprint(snapshot.id)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tsnapshot, err := session.Snapshots.Create(ctx, sandgate.CreateSnapshot{Name: \"before the upgrade\"})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(snapshot.ID)\n}"
    }
  ],
  "fork": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/fork\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"metadata\": {\"attempt\": \"2\"}}'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst fork = await session.fork({ metadata: { attempt: '2' } });\nconsole.log(fork.id, fork.data.forkedFrom?.sessionId);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\nfork = session.fork(metadata={\"attempt\": \"2\"})\nprint(fork.id, fork.data.forked_from.session_id)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\tfork, err := session.Fork(ctx, sandgate.ForkSession{\n\t\tMetadata: map[string]string{\"attempt\": \"2\"},\n\t})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(fork.ID, fork.Data.ForkedFrom.SessionID)\n}"
    }
  ],
  "createSessionToken": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/sessions/build-42/tokens\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\n  \"scopes\": [\"sessions:read\", \"turns:write\"],\n  \"allowedOrigins\": [\"https://app.example.com\"]\n}'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nconst { token, expiresAt } = await session.tokens.create({\n  scopes: ['sessions:read', 'turns:write'],\n  allowedOrigins: ['https://app.example.com'],\n});\nconsole.log(token, expiresAt);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nsession = Sandgate().sessions.handle(\"build-42\")\ntoken = session.tokens.create(\n    scopes=[\"sessions:read\", \"turns:write\"],\n    allowed_origins=[\"https://app.example.com\"],\n)\nprint(token.token, token.expires_at)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tsession := client.Sessions.Handle(\"build-42\")\n\ttoken, err := session.Tokens.Create(ctx, sandgate.CreateSessionToken{\n\t\tScopes: []sandgate.SessionTokenScope{\n\t\t\tsandgate.SessionTokenScopeSessionsRead,\n\t\t\tsandgate.SessionTokenScopeTurnsWrite,\n\t\t},\n\t\tAllowedOrigins: []string{\"https://app.example.com\"},\n\t})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(token.Token, token.ExpiresAt)\n}"
    }
  ],
  "createWebhook": [
    {
      "lang": "bash",
      "label": "curl",
      "source": "curl \"$SANDGATE_BASE_URL/v1/webhooks\" \\\n  -H \"Authorization: Bearer $SANDGATE_API_KEY\" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\n  \"url\": \"https://hooks.example.com/sandgate\",\n  \"events\": [\"permission.requested\", \"turn.completed\"]\n}'"
    },
    {
      "lang": "typescript",
      "label": "TypeScript",
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst client = new Sandgate();\nconst { id, secret } = await client.webhooks.create({\n  url: 'https://hooks.example.com/sandgate',\n  events: ['permission.requested', 'turn.completed'],\n});\nconsole.log(id, secret);"
    },
    {
      "lang": "python",
      "label": "Python",
      "source": "from sandgate import Sandgate\n\nwebhook = Sandgate().webhooks.create(\n    url=\"https://hooks.example.com/sandgate\",\n    events=[\"permission.requested\", \"turn.completed\"],\n)\nprint(webhook.id, webhook.secret)"
    },
    {
      "lang": "go",
      "label": "Go",
      "source": "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\n\t\"sandgate.example/sandgate\"\n)\n\nfunc main() {\n\tctx := context.Background()\n\tclient, err := sandgate.New(sandgate.Options{})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\twebhook, err := client.Webhooks.Create(ctx, sandgate.CreateWebhook{\n\t\tURL: \"https://hooks.example.com/sandgate\",\n\t\tEvents: []sandgate.WebhookEventType{\n\t\t\tsandgate.WebhookEventTypePermissionRequested,\n\t\t\tsandgate.WebhookEventTypeTurnCompleted,\n\t\t},\n\t})\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(webhook.ID, webhook.Secret)\n}"
    }
  ]
};
