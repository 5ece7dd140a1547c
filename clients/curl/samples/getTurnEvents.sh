# Where a stream broke off, this goes on behind the last id.
curl -N "$SANDGATE_BASE_URL/v1/sessions/build-42/turns/turn_01/events" \
  -H "Authorization: Bearer $SANDGATE_API_KEY" \
  -H 'Last-Event-ID: 2'
