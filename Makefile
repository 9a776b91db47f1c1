# mp: filters for reports of missing minors.
#
#   make            programs into bin/
#   make test       installs what the tests need, builds (also with sanitizers), runs all tests
#   make REWRITE=1 cases    rewrites the expectations of the case tests, for `git diff`
#   make docs       rewrites the generated sections of the man pages
#   make install    PREFIX (default /usr/local) and DESTDIR are honoured
#   make fuzz       feeds random texts and lexicons to the reading, FUZZ_SECONDS (60) each; needs clang
#   make country    a year of a country as exports, and which of its figures come out again
#   make faults     fails every single request for memory of every program; hours
#   make bench, make setup-test, make lint, make format, make clean

PREFIX  ?= /usr/local
CC      ?= cc
OPT     ?= -O2 -g
WARN     = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wvla -Wformat=2 -Werror
DEFS     = -D_GNU_SOURCE -Ilib
LIBS     = -lcsv -lyaml -lyyjson -lpcre2-8 -lm -lpthread
# contraction of a*b+c would make scores depend on the processor
CFLAGS  ?=
FLAGS    = -std=c17 $(OPT) -ffp-contract=off -fstack-protector-strong $(WARN) $(DEFS) $(CFLAGS)

BUILD   ?= .build/release
BIN     ?= bin
TOOLS   := $(patsubst tools/%.c,%,$(wildcard tools/mp-*.c))
LIB_SRC := $(wildcard lib/*/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
SCRIPTS := mp-weekly
SHARE    = $(DESTDIR)$(PREFIX)/share

.DELETE_ON_ERROR:
.PHONY: all test unit cases checks asan bench country faults fuzz setup-test docs install uninstall lint format clean

all: $(TOOLS:%=$(BIN)/%)

$(BIN)/%: $(BUILD)/tools/%.o $(BUILD)/libmp.a
	@mkdir -p $(BIN)
	$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libmp.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MMD -MP -c -o $@ $<

.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# The same programs and tests with the address and undefined-behaviour sanitizers.
SANITIZED = BUILD=.build/asan BIN=.build/asan/bin OPT='-O1 -g -fsanitize=address,undefined \
            -fno-sanitize-recover=all -fno-omit-frame-pointer'
asan:
	$(MAKE) $(SANITIZED) all .build/asan/unit

test:
	bin/mp-setup test
	$(MAKE) all $(BUILD)/unit
	$(MAKE) asan
	tests/run

UNIT_SRC := $(wildcard tests/unit/*.c)
$(BUILD)/unit: $(UNIT_SRC:%.c=$(BUILD)/%.o) $(BUILD)/libmp.a
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

unit: $(BUILD)/unit
	$(BUILD)/unit

cases: all
	tests/run cases

bench: all
	bin/mp-setup bench
	tests/bench/run

country: all
	tests/country --scenario argos-2019
	tests/country --scenario quickscan-2013

# What a run finds stands in .build/fuzz/; what is worth keeping belongs in tests/fuzz/corpus, which
# `make test` reads again. MP_FUZZ_LEXICON=schemas/lexicon takes the whole lexicon.
FUZZ_SECONDS ?= 60
FUZZED = address,undefined -fno-sanitize-recover=all \
         -fno-omit-frame-pointer
FUZZ = $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
# Every request for memory fails once, not only each kind of request; hours.
faults: all
	MP_SWEEP_ALL=1 tests/run checks '/memory:\|-faults'

fuzz:
	$(MAKE) BUILD=.build/fuzz CC=clang OPT='-O1 -g -fsanitize=fuzzer-no-link,$(FUZZED)' \
	    $(FUZZ:%=.build/fuzz/%)
	for t in $(FUZZ); do mkdir -p .build/fuzz/corpus/$$t && \
	    .build/fuzz/$$t -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=20 \
	        -artifact_prefix=.build/fuzz/$$t- .build/fuzz/corpus/$$t tests/fuzz/corpus/$$t || exit 1; \
	done

.build/fuzz/%: .build/fuzz/tests/fuzz/%.o .build/fuzz/libmp.a
	$(CC) $(FLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

setup-test:
	tests/setup/in-bare-chroot

docs: all
	tests/man-sections --write

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/mp \
	    $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions
	install -m 755 $(TOOLS:%=$(BIN)/%) $(SCRIPTS:%=bin/%) $(DESTDIR)$(PREFIX)/bin
	install -m 644 tools/*.1 $(SHARE)/man/man1
	cp -R schemas $(SHARE)/mp
	for t in $(TOOLS); do \
	    $(BIN)/$$t --docs=bash > $(SHARE)/bash-completion/completions/$$t && \
	    $(BIN)/$$t --docs=zsh > $(SHARE)/zsh/site-functions/_$$t || exit 1; \
	done
	for t in $(SCRIPTS); do \
	    bin/$$t --docs=bash > $(SHARE)/bash-completion/completions/$$t && \
	    bin/$$t --docs=zsh > $(SHARE)/zsh/site-functions/_$$t || exit 1; \
	done

uninstall:
	cd $(DESTDIR)$(PREFIX)/bin && rm -f $(TOOLS) $(SCRIPTS)
	cd $(SHARE)/man/man1 && rm -f $(notdir $(wildcard tools/*.1))
	cd $(SHARE)/bash-completion/completions && rm -f $(TOOLS) $(SCRIPTS)
	cd $(SHARE)/zsh/site-functions && rm -f $(TOOLS:%=_%) $(SCRIPTS:%=_%)
	rm -rf $(SHARE)/mp

lint:
	clang-format --dry-run --Werror $(LIB_SRC) $(wildcard lib/*/*.h tools/*.c tests/unit/*.[ch] \
	    tests/fuzz/*.[ch])
	cppcheck --quiet --error-exitcode=1 --inline-suppr --enable=warning,portability -Ilib lib tools

format:
	clang-format -i $(LIB_SRC) $(wildcard lib/*/*.h tools/*.c tests/unit/*.[ch] tests/fuzz/*.[ch])

clean:
	rm -rf .build demo $(TOOLS:%=bin/%)
