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
      "source": "import { Sandgate } from '@sandgate/client';\n\nconst session = new Sandgate().sessions.handle('build-42');\nfor (const { requestId, title } of await session.requests()) {\n  console.log(requestId, title);\n}"
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
    }
  ]
};
