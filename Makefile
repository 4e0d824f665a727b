# One setting for every Go command: both are part of the build cache's key.
export CGO_ENABLED := 0
export GOFLAGS := -trimpath

# What a call may change: make run ADDR=127.0.0.1:9000, make bench AREA=pages SIZE=80000.
ADDR ?= 127.0.0.1:8080
DATA ?= ./data/demo
AREA ?= pages
SIZE ?= 80000

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.DEFAULT_GOAL := help
.PHONY: help build run test soak bench lint generate

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

build: ## build bin/shuke, the whole product in one file
	go build -buildvcs=false -ldflags "-X main.version=$(VERSION)" -o bin/shuke .

run: build ## build and serve with sample data; prints the address and the sign-ins
	SHUKE_DATA_DIR=$(DATA) ./bin/shuke serve --demo --addr $(ADDR)

test: ## everything that decides whether a change may land, on SQLite and MariaDB
	@tools/test.sh

soak: ## the long ones: killed, stopped, full disks, many writers; by hand, a quarter of an hour
	@tools/soak.sh

bench: build ## figures on a prepared base: make bench AREA=pages SIZE=1000000
	@tools/install.sh
	./bin/shuke bench --area $(AREA) --size $(SIZE)

lint: ## formatting, vet, staticcheck, generated code
	@tools/lint.sh

generate: ## make the Go code of the templ files
	go tool templ generate
