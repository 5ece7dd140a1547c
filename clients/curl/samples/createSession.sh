curl "$SANDGATE_BASE_URL/v1/sessions" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"id": "build-42", "metadata": {"project": "website"}}'
