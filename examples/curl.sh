#!/usr/bin/env bash
# The same with curl.
# Run: VIVIM_TOKEN=… bash examples/curl.sh   (a token with memory:read and memory:write: `vivim tokens create`)
set -euo pipefail
server=${VIVIM_SERVER:-http://localhost:7717}
vivim() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer $VIVIM_TOKEN" "$@"; }

vivim "$server/v1/conversations" --json '{
  "externalId": "bread-2024",
  "title": "Bread",
  "messages": [
    { "role": "user", "content": "How long does a sourdough rest?" },
    { "role": "assistant", "content": "Overnight in the fridge." }
  ]
}'
vivim --get "$server/v1/search" --data-urlencode 'q=sourdough'
vivim "$server/v1/context" --json '{ "query": "How long does the dough rest?", "budget": 800 }'
