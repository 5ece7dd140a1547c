curl "$SANDGATE_BASE_URL/v1/sessions/build-42/requests" \
  -H "Authorization: Bearer $SANDGATE_API_KEY"
