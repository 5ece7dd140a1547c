# The log so far. With 'Accept: text/event-stream' it is followed.
curl "$SANDGATE_BASE_URL/v1/sessions/build-42/events?types=message,complete" \
  -H "Authorization: Bearer $SANDGATE_API_KEY"
