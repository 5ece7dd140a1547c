# Answers once the turn is complete or waits for a person, in 60 seconds at the latest.
curl "$SANDGATE_BASE_URL/v1/sessions/build-42/turns/turn_01?wait=60" \
  -H "Authorization: Bearer $SANDGATE_API_KEY"
