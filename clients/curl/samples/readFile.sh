curl "$SANDGATE_BASE_URL/v1/sessions/build-42/files/hello.txt" \
  -H "Authorization: Bearer $SANDGATE_API_KEY"
