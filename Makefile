# What Waymark is built and tested with. Two commands are enough to begin:
#   make demo    builds all and opens the sample company on http://127.0.0.1:8080
#   make test    runs every test
# They need Go, Node with npm, and make; .ci/provision installs the rest.

SHELL := /bin/bash
.DELETE_ON_ERROR:

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

# staticcheck and gofmt in place of golangci-lint, which takes minutes of two cores
# to compile for the same findings. Pinned: a new release must not break a build.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: help demo test bench build ui generate lint lint-go lint-ui
help:
	@sed -n 's/^#   \(make .*\)/\1/p' Makefile
	@echo "others: build ui generate lint bench"

demo: ui build
	@./bin/waymark demo

test:
	@.ci/test

bench:
	@.ci/bench

# One static file; the UI is inside if `make ui` ran before.
build:
	@CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/waymark ./cmd/waymark

ui: ui/node_modules/.package-lock.json
	@npm --prefix ui --silent run build

# npm itself writes that file when all is installed. Scripts of packages never run.
ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	@npm --prefix ui ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

generate: ui/node_modules/.package-lock.json
	@go generate ./...
	@npm --prefix ui --silent run generate

lint: lint-go lint-ui

lint-go:
	@bad=$$(git ls-files -z --cached --others --exclude-standard -- '*.go' | xargs -0 -r ls 2>/dev/null | xargs -r gofmt -l) || exit 1; \
	if [ -n "$$bad" ]; then echo "gofmt would change:"; echo "$$bad"; exit 1; fi
	@go vet ./...
	@go run $(STATICCHECK) ./...

lint-ui: ui/node_modules/.package-lock.json
	@npm --prefix ui --silent run lint
