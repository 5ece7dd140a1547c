curl -X POST "$SANDGATE_BASE_URL/v1/sessions/build-42/interrupt" \
  -H "Authorization: Bearer $SANDGATE_API_KEY"
