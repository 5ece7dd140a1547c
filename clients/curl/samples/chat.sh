# With the same key it may be sent again: it then follows the same turn.
curl -N "$SANDGATE_BASE_URL/v1/sessions/build-42/chat" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -H 'Idempotency-Key: 7c9e6679-7425-40de-944b-e07fc1f90ae7' \
  -d '{"messages": [{"role": "user", "content": "uname -s"}]}'
