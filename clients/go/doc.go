// Package sandgate is the Go client of Sandgate: every session its own computer with an agent in it.
//
// A [Client] opens sessions; a [Session] is given turns by [Session.Chat], which streams what the agent does. A stream
// survives every cut: no event is missing, none comes twice. What fails in passing is sent again, under one idempotency
// key. The types come from the server's OpenAPI document.
package sandgate
