#!/usr/bin/env bash
# The same with curl.
# Run: VIVIM_TOKEN=… bash examples/curl.sh   (a token with memory:read and memory:write: `vivim tokens create`)
set -euo pipefail
server=${VIVIM_SERVER:-http://localhost:7717}
vivim() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer $VIVIM_TOKEN" "$@"; }
# One member of a JSON answer, with the Python every system has.
member() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]] or "")' "$1"; }

# One conversation. Sent again under the same key it is done once.
vivim "$server/v1/conversations" --header 'Idempotency-Key: bread-2024' --json '{
  "externalId": "bread-2024",
  "title": "Bread",
  "messages": [
    { "role": "user", "content": "How long does a sourdough rest?" },
    { "role": "assistant", "content": "Overnight in the fridge." }
  ]
}'

# A file of them, and its progress until it ends: server-sent events.
printf '%s' '{"conversations":[{"externalId":"oven-2024","title":"The oven","messages":[{"role":"user","content":"How hot for sourdough?"}]}]}' |
  vivim "$server/v1/imports?fileName=oven.json" --header 'Content-Type: application/octet-stream' --data-binary @- >/tmp/vivim-run.$$
run=$(member id </tmp/vivim-run.$$)
rm /tmp/vivim-run.$$
vivim --no-buffer --max-time 60 "$server/v1/imports/$run/events"

# Every page of a list: nextCursor goes back as cursor until there is none.
cursor=
while :; do
  page=$(vivim --get "$server/v1/conversations" --data-urlencode limit=1 ${cursor:+--data-urlencode "cursor=$cursor"})
  printf '%s\n' "$page"
  cursor=$(member nextCursor <<<"$page")
  [ -n "$cursor" ] || break
done

vivim --get "$server/v1/search" --data-urlencode 'q=sourdough'
vivim "$server/v1/context" --json '{ "query": "How long does the dough rest?", "budget": 800 }'
# The same, told as it forms.
vivim --no-buffer --max-time 60 "$server/v1/context" --header 'Accept: text/event-stream' --json '{ "query": "How hot is the oven?", "budget": 800 }'

# A refusal is problem+json with a stable code; --fail-with-body shows it and fails.
if refused=$(vivim "$server/v1/conversations/c_22222222222222222222222222222222" 2>/dev/null); then exit 1; fi
printf 'refused: %s\n' "$(member code <<<"$refused")"
