#!/usr/bin/env bash
# Whether what `cmake --install` wrote under ROOT works by itself: packaging/try_installed.sh ROOT. Called by
# `tools/dev package`.
#
# The small shop is trained and served with the installed binary, and asked over gRPC and HTTP.
set -euo pipefail

ROOT=$(cd "$1" && pwd)
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
AWASE=$ROOT/usr/bin/awase
WORK=$(mktemp -d)
SERVER=
trap 'if [[ -n $SERVER ]]; then kill "$SERVER" 2>/dev/null || true; fi; rm -rf "$WORK"' EXIT

fail() {
  printf 'try_installed: %s\n' "$*" >&2
  exit 1
}

# address KEY: of the line that says that the server is ready.
address() {
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$WORK/ready.json" "$1"
}

libraries=$(ldd "$AWASE")
if grep 'not found' <<<"$libraries"; then fail "libraries are missing"; fi
grep -qE 'libduckdb.so => (/usr/lib|/usr/local/lib|'"$ROOT"')' <<<"$libraries" || fail "DuckDB is not the installed one"
if command -v systemd-analyze >/dev/null && [[ -x /usr/bin/awase || -x /usr/local/bin/awase ]]; then
  systemd-analyze verify "$ROOT/usr/lib/systemd/system/awase.service"
fi

cd "$WORK"
"$AWASE" --version
python3 "$SOURCE/examples/shop/generate_orders.py" orders.csv
"$AWASE" train --orders orders.csv --products "$SOURCE/examples/shop/products.csv" --out models >train.log
# The unit's own flags, with this folder's paths, and behind them what /etc/default/awase may say.
cp "$ROOT/usr/share/doc/awase/examples/server.yaml" .
UNIT_FLAGS=$(sed -n 's/^ExecStart=awase //p' "$ROOT/usr/lib/systemd/system/awase.service" |
  sed -e 's|/var/lib/awase/||g' -e "s|/etc/awase/rules|$SOURCE/examples/shop/rules|" -e 's|/etc/awase/||' \
    -e 's|\$AWASE_SERVE_FLAGS||')
# shellcheck disable=SC2086 # words of their own
"$AWASE" $UNIT_FLAGS --validate-only >start.log 2>&1 || fail "a start would fail: $(cat start.log)"
# shellcheck disable=SC2086
"$AWASE" $UNIT_FLAGS --grpc 127.0.0.1:0 --http 127.0.0.1:0 --format json >ready.json 2>serve.log &
SERVER=$!
for _ in $(seq 100); do
  [[ -s ready.json ]] && break
  kill -0 "$SERVER" 2>/dev/null || fail "the server ended: $(cat serve.log)"
  sleep 0.1
done
"$AWASE" recommend --product cam-c200 --server "$(address grpc)" >page.txt
python3 - "$(address http)" <<'END'
import json, sys, urllib.request
base = "http://" + sys.argv[1]
assert urllib.request.urlopen(base + "/readyz").status == 200
request = urllib.request.Request(base + "/awase.v1.RecommendationService/Recommend",
                                 b'{"product_ids": ["cam-c200"]}', {"Content-Type": "application/json"})
slots = json.load(urllib.request.urlopen(request))["slots"]
assert any(slot["offers"] for slot in slots), slots
END
kill "$SERVER"
wait "$SERVER" || fail "it did not stop cleanly: $(tail -3 serve.log)"
SERVER=
echo "installed under $ROOT: trains, serves over gRPC and HTTP, stops"
