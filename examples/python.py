"""The same from Python, with nothing but its standard library.

Run: VIVIM_TOKEN=… python3 examples/python.py   (a token with memory:read and memory:write: `vivim tokens create`)
"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

SERVER = os.environ.get("VIVIM_SERVER", "http://localhost:7717")
TOKEN = os.environ.get("VIVIM_TOKEN", "")


def call(method, path, body=None, **query):
    """One request. A refusal is problem+json (RFC 9457): a stable `code`, and words."""
    query = {name: value for name, value in query.items() if value is not None}
    url = f"{SERVER}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
    request = urllib.request.Request(url, method=method, headers={"Authorization": f"Bearer {TOKEN}"})
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
        # Sent twice, it is done once.
        request.add_header("Idempotency-Key", str(uuid.uuid4()))
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def pages(path, **query):
    """Each item of a list, page by page."""
    cursor = None
    while True:
        page = call("GET", path, cursor=cursor, **query)
        yield from page["items"]
        cursor = page["nextCursor"]
        if cursor is None:
            return


def events(method, path, body=None, **query):
    """What the server tells as it happens, one JSON object after the other."""
    url = f"{SERVER}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
    request = urllib.request.Request(url, method=method, headers={"Authorization": f"Bearer {TOKEN}"})
    request.add_header("Accept", "text/event-stream")
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        for line in answer:
            if line.startswith(b"data:"):
                yield json.loads(line[5:])


def bring_in(name, content):
    """A file, as a durable job: followed until it ends. Brought in again, it changes nothing."""
    url = f"{SERVER}/v1/imports?{urllib.parse.urlencode({'fileName': name})}"
    request = urllib.request.Request(url, method="POST", headers={"Authorization": f"Bearer {TOKEN}"}, data=content)
    request.add_header("Content-Type", "application/octet-stream")
    with urllib.request.urlopen(request) as answer:
        run = json.load(answer)
    for _ in events("GET", f"/v1/imports/{run['id']}/events"):
        pass
    return call("GET", f"/v1/imports/{run['id']}")


try:
    call(
        "POST",
        "/v1/conversations",
        {
            "externalId": "garden-2024",
            "title": "The garden",
            "messages": [
                {"role": "user", "content": "When do I plant the tulips?"},
                {"role": "assistant", "content": "Before the first frost: in October."},
            ],
        },
    )
    for conversation in pages("/v1/conversations", limit=50):
        print("-", conversation["title"])
    beds = {"externalId": "beds-2024", "title": "The beds", "messages": [{"role": "user", "content": "How deep are tulips planted?"}]}
    run = bring_in("beds.json", json.dumps({"conversations": [beds]}).encode())
    print(f"{run['state']}: {run['report']['conversations']['added']} added")
    for hit in call("GET", "/v1/search", q="tulips")["items"]:
        print("found in", hit["conversation"]["title"])
    bundle = call("POST", "/v1/context", {"query": "When are tulips planted?", "budget": 800})
    print(bundle["text"])
    # The same, told as it forms; the last event is the whole.
    *_, last = events("POST", "/v1/context", {"query": "How deep are tulips planted?", "budget": 800})
    print("formed:", last["type"])
except urllib.error.HTTPError as error:
    problem = json.load(error)
    sys.exit(f"{problem['code']}: {problem.get('detail') or problem['title']}")
