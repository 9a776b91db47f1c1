/* A lexicon for one test, written beside it, and what reading a text with it gives. */
#ifndef TESTS_UNIT_LEXICON_FIXTURE_H
#define TESTS_UNIT_LEXICON_FIXTURE_H

#include "test.h"
#include "text/reader.h"

struct lexicon_fixture {
    struct mp_lexicon lexicon;
    struct mp_reader reader;
};

/* The lexicon of this YAML, together with the few lists, verbs and times of lexicon_fixture.c;
 * `over`, if it is not NULL, is laid over both. Ends the run if it has a mistake. */
void lexicon_open(struct lexicon_fixture *f, const char *yaml, const char *over);
void lexicon_close(struct lexicon_fixture *f);

/* Reads a text of a report of Friday 2018-03-02, noon. */
void lexicon_read(struct lexicon_fixture *f, const char *text);

/* What the signals of a text are: "alcohol:absent pills:present"; "" for none. */
void lexicon_says(struct lexicon_fixture *f, const char *text, const char *want);

/* Where a pattern fits a text, in order: the folded words, `_` for one in a gap, `|` between two
 * places; "" if it does not. Of patterns of one word that list several, "a\nb" is two. */
void lexicon_finds(const char *pattern, const char *text, const char *want);

/* This YAML alone is refused at line and column with this message, in which FILE is its path. */
void lexicon_refuses(const char *yaml, size_t line, size_t col, const char *message);

#endif
