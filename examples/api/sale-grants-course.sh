#!/bin/sh
# Builds "a sale grants a course" over the API with nothing but curl, sends one
# sale, and prints the run, the contact and the grants.
#
#   HOOKLOOM_URL=http://127.0.0.1:8080 HOOKLOOM_API_KEY=hlk_... sh sale-grants-course.sh
#
# Make the key under Settings, API keys, or start the server with one of your
# own: BOOTSTRAP_API_KEY="hlk_$(openssl rand -hex 24)" hookloom serve
set -eu

: "${HOOKLOOM_API_KEY:?set it to an API key}"
api="${HOOKLOOM_URL:-http://127.0.0.1:8080}/api/v1/workspaces/${HOOKLOOM_WORKSPACE:-main}"

# call METHOD PATH [JSON]: one request; an answer that is not 2xx ends the script.
call() {
	method=$1 path=$2
	shift 2
	if [ $# -gt 0 ]; then
		set -- --header 'Content-Type: application/json' --data "$1"
	fi
	curl --silent --show-error --fail-with-body --request "$method" \
		--header "Authorization: Bearer $HOOKLOOM_API_KEY" "$@" "$api$path"
}

# field NAME: the first text field of that name in the JSON on standard input.
# (jq does this better; not everybody has it.)
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" | head -n 1; }

# first PREFIX: the first id with that prefix in the JSON on standard input.
first() { grep -o "$1_[0-9a-f-]\{36\}" | head -n 1; }

offer=$(call POST /offers '{"title":"Course A"}' | first off)
echo "offer     $offer"

workflow=$(call POST /workflows '{
  "name": "A sale grants a course",
  "definition": {
    "schema": 1,
    "triggers": [
      { "id": "sale", "type": "webhook.catch", "v": 1, "name": "Sale", "params": { "dedupe": { "by": "field", "key": "id" } } }
    ],
    "steps": [
      { "id": "buyer", "type": "contact.upsert", "v": 1,
        "params": { "email": "{{ trigger.body.email | lower() }}", "name": "{{ trigger.body.name }}" } },
      { "id": "access", "type": "offer.grant", "v": 1, "params": { "offer": "'"$offer"'" } },
      { "id": "mark", "type": "contact.add_tag", "v": 1, "params": { "tags": ["customer"] } }
    ]
  }
}' | first wf)
echo "workflow  $workflow"

call POST "/workflows/$workflow/publish" '{}' >/dev/null
hook=$(call GET "/workflows/$workflow" | field url)
echo "hook      $hook"

run=$(curl --silent --show-error --fail-with-body --header 'Content-Type: application/json' \
	--data '{"id":"sale-1","email":"Ada@Example.com","name":"Ada Lovelace"}' "$hook" | first run)
echo "run       $run"

until call GET "/runs/$run" | grep -q '"finished_at": *"'; do sleep 1; done
printf '\nThe run:\n'
call GET "/runs/$run"
printf '\n\nThe contact:\n'
call GET '/contacts?email=ada@example.com'
printf '\n\nThe grants:\n'
call GET '/grants'
echo
