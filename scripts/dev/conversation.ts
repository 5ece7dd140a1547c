/** A whole conversation in curl, to paste as it stands: the lines that `npm start` prints, and that a test runs. */
export function conversation(url: string, apiKey: string): string {
  return `    URL=${url} KEY=${apiKey}
    api() { curl -sS -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; echo; }

    # Open a session, and give its agent a script. It asks before it runs it.
    api "$URL/v1/sessions" -d '{"id": "hello"}'
    api "$URL/v1/sessions/hello/chat" -H 'Accept: application/json' -d '{"messages": [{"role": "user", "content": "echo hello > hello.txt; cat hello.txt"}]}'

    # Allow it, then read what happened, and the file.
    REQUEST=$(api "$URL/v1/sessions/hello/requests" | sed -n 's/.*"requestId":"\\([^"]*\\)".*/\\1/p')
    api "$URL/v1/sessions/hello/resume" -d '{"requestId": "'$REQUEST'", "decision": "allow"}'
    TURN=$(api "$URL/v1/sessions/hello/turns" | sed -n 's/.*{"id":"\\([^"]*\\)".*/\\1/p')
    api -N "$URL/v1/sessions/hello/turns/$TURN/events"
    api "$URL/v1/sessions/hello/files/hello.txt"`;
}
