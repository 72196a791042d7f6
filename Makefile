# Hookloom. "make help" lists what there is to do.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X github.com/hookloom/hookloom/app.Version=$(VERSION)
# Where a binary's addresses allow it, Linux maps its code in pieces of 2 MB and
# counts all of each as resident: 5 MB more than is used. These do not allow it.
ifeq ($(shell go env GOOS 2>/dev/null),linux)
LDFLAGS += -T 0x411000
endif
# Without gin's codec of a format that nothing here speaks: 3 MB of code.
export GOFLAGS := -tags=nomsgpack $(GOFLAGS)
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

# The binary is static. Vet and the crash suite share its build cache.
STATIC := CGO_ENABLED=0 go
BUILD := $(STATIC) build -trimpath -buildvcs=false -ldflags "$(LDFLAGS)"
# The race detector needs cgo. It does not watch SQLite itself, which is C made
# into Go and shares nothing with our goroutines: watched, it is three times slower.
TEST := CGO_ENABLED=1 go test -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false -timeout 12m

UI_SOURCES := $(shell find ui/src ui/public ui/tools ui/index.html ui/vite.config.ts ui/tsconfig.json ui/package.json -type f -not -path '*/node_modules/*')
EXAMPLES := $(patsubst %/go.mod,%,$(wildcard examples/*/go.mod))

.PHONY: help
help: ## List these targets
	@if [ -t 1 ]; then bold='\033[1m%-9s\033[0m'; else bold=%-9s; fi; \
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  '"$$bold"' %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## Build everything and start the server on http://127.0.0.1:8080
	bin/hookloom serve

.PHONY: build
build: ui/dist/index.html ## Build bin/hookloom: one static file with the UI inside
	@scripts/need go
	$(BUILD) -o bin/hookloom .

.PHONY: dev
dev: build ## Run the server and, beside it, the UI that reloads while you edit
	scripts/dev

.PHONY: test
test: need check build test-schema test-ui test-go smoke ## Run every test, on a real PostgreSQL, Redis and Chromium

.PHONY: lint
lint: ui/node_modules/.package-lock.json ## Lint Go, the UI and the scripts
	@scripts/need go node shellcheck
	shellcheck scripts/* .ci/run
	cd ui && npm run --silent check
	go run $(GOLANGCI) run ./...

.PHONY: bench
bench: export HOOKLOOM_BIN := $(CURDIR)/bin/hookloom
bench: build ## Measure throughput, latency and memory; takes ARGS
	go run ./test/bench $(ARGS)

.PHONY: demo
demo: build ## Show a Stripe sale granting a course, on a server of its own
	go run ./test/demo $(ARGS)

.PHONY: faults
faults: export HOOKLOOM_BIN := $(CURDIR)/bin/hookloom
faults: need build ## Run the long crash suite: kills, restarts and flushes for an hour or so
	go test -count=1 -timeout 4h -v ./test/faults -args -long $(ARGS)

.PHONY: schema
schema: ui/tools/schema/node_modules/.package-lock.json ## Write the UI's types of the API again, after the API changed
	$(STATIC) run -buildvcs=false . openapi | node ui/tools/schema/schema.mjs

.PHONY: reference
reference: ## Write the reference of node types again, after one changed
	$(STATIC) test ./app -run TestReferenceIsCurrent -reference

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin ui/node_modules ui/tools/schema/node_modules
	find ui/dist -mindepth 1 ! -name .gitkeep -delete

# Parts of "test", each to be run alone while working on it.

.PHONY: need
need:
	@scripts/need go node gcc postgres redis chromium

.PHONY: check
check:
	scripts/formatted
	$(STATIC) vet ./...

.PHONY: test-schema
test-schema: build
	@bin/hookloom openapi | node ui/tools/schema/schema.mjs --check

.PHONY: test-ui
test-ui: ui/node_modules/.package-lock.json
	cd ui && npm run --silent check && npm run --silent test

.PHONY: test-go
test-go: export HOOKLOOM_BIN := $(CURDIR)/bin/hookloom
test-go: build
	$(TEST) $$(go list ./... | grep -v /test/faults$$)
	$(STATIC) test -trimpath -buildvcs=false -timeout 12m ./test/faults
	@set -e; for module in $(EXAMPLES); do echo "cd $$module && go test ./..."; (cd $$module && GOFLAGS=-mod=mod $(TEST) ./...); done

.PHONY: smoke
smoke: build
	cd ui && npm run --silent smoke

# The UI is built again only when one of its files is newer than the last build.
ui/dist/index.html: $(UI_SOURCES) ui/node_modules/.package-lock.json
	cd ui && npm run --silent build

ui/node_modules/.package-lock.json: ui/package-lock.json ui/package.json
	@scripts/need node
	cd ui && npm ci --no-audit --no-fund
	@touch $@

# By itself, because what makes the types needs an older TypeScript than the UI.
ui/tools/schema/node_modules/.package-lock.json: ui/tools/schema/package-lock.json ui/tools/schema/package.json
	@scripts/need node
	cd ui/tools/schema && npm ci --no-audit --no-fund
	@touch $@
