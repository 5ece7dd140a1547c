curl "$SANDGATE_BASE_URL/v1/sessions/build-42/fork" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"metadata": {"attempt": "2"}}'
