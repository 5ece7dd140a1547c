curl "$SANDGATE_BASE_URL/v1/sessions/build-42/tokens" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{
  "scopes": ["sessions:read", "turns:write"],
  "allowedOrigins": ["https://app.example.com"]
}'
