# make run, make test, make check, make bench, make fuzz, make house, make deb. See README.md.
LISTEN ?= 127.0.0.1:8080
VAR ?= var
B ?= build
CC ?= gcc
KIND ?= release

PACKAGES = libmicrohttpd sqlite3 libpq libsodium icu-i18n icu-uc libbrotlienc zlib libseccomp libcmark-gfm libjpeg libpng libwebp libcrypto libqrencode jansson
# Opened by name when first needed (src/draw/drawn.h, src/send/post_calls.h): their headers only.
OPENED = pangocairo pangoft2 libcurl
WARN = -Wall -Wextra -Werror -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla
FLAGS_release = -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LINK_release = -pie -Wl,-z,relro,-z,now
# The test programs are linked one by one: the faster linker saves minutes, where there is one.
LINK_san = $(if $(shell command -v ld.gold),-fuse-ld=gold)
FLAGS_san = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_ALL = -std=gnu17 -D_GNU_SOURCE -fno-common $(FLAGS_$(KIND)) -Isrc -I$(G) -I. $(shell pkg-config --cflags $(PACKAGES) $(OPENED) 2>/dev/null) $(CFLAGS)
LIBS = $(LINK_$(KIND)) $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcmark-gfm-extensions -lstemmer -lm -pthread

# What the generators make is the same for every kind of build.
G = build/gen
T = build/tools
O = $(B)/$(KIND)
BINARY = $(if $(filter release,$(KIND)),$(B)/blueheart,$(O)/blueheart)

SOURCES = $(wildcard src/*.c src/*/*.c)
TEMPLATES = $(wildcard src/*/*.html)
# Phrases stand in C files, and in tables that are headers.
PHRASED = $(SOURCES) src/trail/deeds.h src/trail/subjects.h
PO = $(wildcard lang/*.po)
SQL = $(wildcard src/*/*.sql)
SQL_C = $(foreach f,$(SQL),$(G)/$(notdir $(patsubst %/,%,$(dir $(f))))/$(notdir $(f)).c)
PAGE_C = $(foreach f,$(TEMPLATES),$(G)/$(notdir $(patsubst %/,%,$(dir $(f))))/$(notdir $(f)).c)
MADE_C = $(SQL_C) $(PAGE_C) $(G)/lang/phrases.c
OBJECTS = $(SOURCES:%.c=$(O)/%.o) $(MADE_C:$(G)/%.c=$(O)/made/%.o)
BASE_C = $(wildcard src/base/*.c)

.PHONY: phrases all deps test-deps run test check house clean bench fuzz deb install
all: $(BINARY)

deps:
	@tools/deps build

test-deps:
	@tools/deps test

# Generators: small programs run by the build.
$(T)/gen-sql: $(wildcard gen/sql*.c gen/sql*.h) $(BASE_C) | deps
	@mkdir -p $(@D)
	@$(CC) -std=gnu17 -D_GNU_SOURCE -O1 -g $(WARN) -Isrc -I. $(filter %.c,$^) -o $@ -lsqlite3 -lsodium -lm
$(T)/gen-page: $(wildcard gen/page*.c gen/page*.h gen/text.c gen/text.h) $(BASE_C) | deps
	@mkdir -p $(@D)
	@$(CC) -std=gnu17 -D_GNU_SOURCE -O1 -g $(WARN) -Isrc -Igen $(filter %.c,$^) -o $@ -lsodium -lm
$(T)/gen-lang: $(wildcard gen/lang*.c gen/lang*.h gen/text.c gen/text.h) $(BASE_C) | deps
	@mkdir -p $(@D)
	@$(CC) -std=gnu17 -D_GNU_SOURCE -O1 -g $(WARN) -Isrc -Igen $(filter %.c,$^) -o $@ -lsodium -lm $(shell pkg-config --libs icu-i18n icu-uc 2>/dev/null)

$(T)/gen-borders: gen/borders.c $(BASE_C) | deps
	@mkdir -p $(@D)
	@$(CC) -std=gnu17 -D_GNU_SOURCE -O1 -g $(WARN) -Isrc $(filter %.c,$^) -o $@ -lsodium -lm

define sql_rule
$(G)/$(1)/$(2).c: src/$(1)/$(2) $$(wildcard src/$(1)/steps/*.sql) $(T)/gen-sql
	@mkdir -p $$(@D)
	@$(T)/gen-sql $$(@:.c=.h) $$@ $(1) src/$(1)/$(2) $$(sort $$(wildcard src/$(1)/steps/*.sql))
endef
$(foreach f,$(SQL),$(eval $(call sql_rule,$(notdir $(patsubst %/,%,$(dir $(f)))),$(notdir $(f)))))

$(G)/pages.stamp: $(TEMPLATES) $(T)/gen-page
	@mkdir -p $(G)
	@$(T)/gen-page $(G) $(TEMPLATES)
	@touch $@
$(PAGE_C) $(G)/messages.pot: $(G)/pages.stamp ;

$(G)/phrases.stamp: $(PO) $(PHRASED) $(G)/pages.stamp $(T)/gen-lang
	@mkdir -p $(G)/lang
	@$(T)/gen-lang $(G)/lang --pot $(G)/messages.pot --po $(PO) --c $(PHRASED)
	@touch $@
$(G)/lang/phrases.c: $(G)/phrases.stamp ;

# Brings lang/*.po up to date with what the program says now; translations are kept.
phrases: $(G)/pages.stamp $(T)/gen-lang
	@mkdir -p $(G)/lang
	@$(T)/gen-lang $(G)/lang --merge --pot $(G)/messages.pot --po $(PO) --c $(PHRASED)

# Headers are made beside the C files: whoever includes one is built again when it changed, and only then.
$(PAGE_C:.c=.h): $(G)/pages.stamp
	@:
$(SQL_C:.c=.h): %.h: %.c
	@:

MADE_STAMPS = $(SQL_C) $(G)/pages.stamp $(G)/phrases.stamp
$(O)/%.o: %.c | $(MADE_STAMPS)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ALL) $(WARN) -MMD -MP -c $< -o $@
$(O)/made/%.o: $(G)/%.c | $(MADE_STAMPS)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ALL) -Wall -Wextra -Werror -MMD -MP -c $< -o $@
$(O)/src/web/asset.o: src/web/style.css src/web/heart.svg src/web/price.js src/web/heart.png
$(O)/src/people/pages.o: src/people/passkey.js
$(O)/src/edit/pages.o: src/edit/edit.js
$(O)/src/wear/pages.o: src/wear/picture.js
$(O)/src/help/pages.o: src/help/help.css src/help/help.js src/help/copy.js
-include $(OBJECTS:.o=.d) $(wildcard $(O)/test/*/*.d)

$(BINARY): $(OBJECTS)
	@$(CC) $(CFLAGS_ALL) $^ -o $@ $(LIBS)
	@echo "built $@"

run: deps
	@$(MAKE) --no-print-directory all
	@mkdir -p $(VAR)
	@$(BINARY) init --once --db sqlite:$(VAR)/blueheart.db --var $(VAR) --listen $(LISTEN)
	@exec $(BINARY) serve --db sqlite:$(VAR)/blueheart.db --var $(VAR) --listen $(LISTEN)

house: all
	@$(BINARY) house

test: test-deps
	@test/run

check: test-deps
	@test/check

bench: test-deps
	@test/bench/run

fuzz: test-deps
	@test/fuzz/run

deb: deps
	@tools/deb

clean:
	rm -rf build

# Tests: every program with sanitizers. test/run runs them all and counts.
ifeq ($(KIND),san)
LIBRARY = $(filter-out $(O)/src/main.o,$(OBJECTS))
NO_SOCKET = $(filter-out $(O)/src/web/door% $(O)/src/web/process% $(O)/src/web/wall% $(O)/src/send/sender% $(O)/src/fedi/deliverer% $(O)/src/study/measurer% $(O)/src/command/% $(O)/src/vault/%,$(LIBRARY)) $(O)/src/command/rooms.o $(O)/src/command/data.o $(O)/src/command/index.o $(O)/src/command/paths.o $(O)/src/command/desk.o $(O)/src/command/user.o
UNITS = $(patsubst test/unit/%.c,$(O)/test/%,$(wildcard test/unit/*_test.c))
$(O)/test/page-test: $(patsubst %.c,$(O)/%.o,$(wildcard test/page/*.c)) $(O)/test/unit/letters.o $(NO_SOCKET)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ALL) $^ -o $@ $(LIBS)
$(O)/test/%_test: $(O)/test/unit/%_test.o $(O)/test/unit/help.o $(O)/test/unit/letters.o $(LIBRARY)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ALL) $^ -o $@ $(LIBS) -lcmocka $(ORACLES)
$(filter $(O)/test/publish%,$(UNITS)): $(O)/test/unit/publish_sample.o
$(O)/test/webauthn_test: ORACLES = $(shell pkg-config --libs jansson libfido2 2>/dev/null || pkg-config --libs jansson)
$(O)/test/query-types: $(O)/test/unit/query_types.o $(LIBRARY)
	@$(CC) $(CFLAGS_ALL) $^ -o $@ $(LIBS)
test-programs: $(BINARY) $(O)/test/page-test $(O)/test/query-types $(UNITS)
.SECONDARY:
endif

# What a question to search, a sign-in, links, an estimate and a poster cost; for make bench.
$(B)/search-bench $(B)/password-bench $(B)/link-bench $(B)/estimate-bench $(B)/wear-bench $(B)/kit-bench: $(B)/%-bench: test/bench/%.c $(filter-out $(O)/src/main.o,$(OBJECTS))
	@$(CC) $(CFLAGS_ALL) $^ -o $@ $(LIBS)

# Queues mails as a page does; for test/mail and make bench.
$(B)/pledge-fill: test/bench/pledge_fill.c $(filter-out $(O)/src/main.o,$(OBJECTS))
	@$(CC) $(CFLAGS_ALL) $^ -o $@ $(LIBS)
$(B)/mail-fill: test/mail/fill.c $(filter-out $(O)/src/main.o,$(OBJECTS))
	@$(CC) $(CFLAGS_ALL) $^ -o $@ $(LIBS)
