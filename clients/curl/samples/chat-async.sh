curl "$SANDGATE_BASE_URL/v1/sessions/build-42/chat" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -H 'Prefer: respond-async' \
  -d '{"messages": [{"role": "user", "content": "npm test"}]}'
