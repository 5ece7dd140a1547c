curl "$SANDGATE_BASE_URL/v1/webhooks" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{
  "url": "https://hooks.example.com/sandgate",
  "events": ["permission.requested", "turn.completed"]
}'
