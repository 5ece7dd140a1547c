curl "$SANDGATE_BASE_URL/v1/sessions/build-42/snapshots" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"name": "before the upgrade"}'
