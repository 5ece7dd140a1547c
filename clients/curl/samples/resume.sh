curl "$SANDGATE_BASE_URL/v1/sessions/build-42/resume" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"requestId": "perm_01", "decision": "allow"}'
