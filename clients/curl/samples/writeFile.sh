curl -X PUT "$SANDGATE_BASE_URL/v1/sessions/build-42/files/notes/today.md" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/octet-stream' \
  --data-binary '# Today'
