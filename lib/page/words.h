/*
 * The words of a page in one language: schemas/labels/nl.yaml and its like.
 *
 * `values` of a dimension are its own words, or the name of one of the `lists`, for words that
 * several have. A code of a signal is a dimension as well: its name stands in the list `codes`, and
 * its values in `statuses`.
 *
 * Texts are reached by a dotted path. Data can hold dimensions, values, units and tables that the
 * file does not know: these are shown under their own names. A text that the page itself needs and
 * that is not there is remembered in `missing`; mp_words_check makes an error of it.
 */
#ifndef MP_PAGE_WORDS_H
#define MP_PAGE_WORDS_H

#include "base/time.h"
#include "io/yaml.h"

struct mp_words {
    struct mp_arena *arena; /* borrowed: holds the file and every text that is made of it */
    struct mp_yaml *root;
    struct mp_str group, decimal; /* signs in numbers */
    const char *missing;          /* path of the first text that was not there, or NULL */
    bool failed;                  /* memory ran out */
};

/* What {name} in a text becomes. */
struct mp_fill {
    const char *name;
    struct mp_str value;
};

/* Reads the file at `path` into the arena. 0, or -1 with the error. */
int mp_words_load(struct mp_words *w, struct mp_arena *arena, const char *path, struct mp_error *e);

/* -1 if memory ran out or a text was missing since mp_words_load. */
int mp_words_check(const struct mp_words *w, struct mp_error *e);

/* The bytes of b in the arena; b is freed. Empty, and `failed`, if memory ran out. */
struct mp_str mp_words_keep(struct mp_words *w, struct mp_buf *b);

/* The text at a path such as "page.title"; empty, and remembered, where there is none. */
struct mp_str mp_words_get(struct mp_words *w, const char *path);

/* The same with its {names} filled in; a name that is not among `fills` stays as it is. */
struct mp_str mp_words_fill(struct mp_words *w, const char *path, const struct mp_fill *fills,
                            size_t n);

/* The name of what the data calls `key` ("dimensions", "setting", "name"), or `key` itself. */
struct mp_str mp_words_name(struct mp_words *w, const char *section, struct mp_str key,
                            const char *field);

/* A text that a section's entry has under `field` (NULL: the entry is a text itself); p NULL where
 * there is none. */
struct mp_str mp_words_find(const struct mp_words *w, const char *section, struct mp_str key,
                            const char *field);

/* The same of a text that must be there, filled in: where it is not, it is remembered. */
struct mp_str mp_words_say(struct mp_words *w, const char *section, struct mp_str key,
                           const char *field, const struct mp_fill *fills, size_t n);

/* Whether the words list a dimension's values. */
bool mp_words_listed(const struct mp_words *w, struct mp_str dimension);

/* The i-th key of a section; p NULL behind the last. */
struct mp_str mp_words_key(const struct mp_words *w, const char *section, size_t i);

/* What it means that a dimension's value is not known, a sentence; p NULL where nothing is said. */
struct mp_str mp_words_unknown(const struct mp_words *w, struct mp_str dimension);

/* A value of a dimension in words; `value.p` NULL or "unknown" means not known. Week numbers are
 * written as page.week says. */
struct mp_str mp_words_value(struct mp_words *w, struct mp_str dimension, struct mp_str value);

/* Place of a key in a section, of a value in its dimension (`value.p` NULL: of the dimension), for
 * sorting; SIZE_MAX where the file does not have it. */
size_t mp_words_order(const struct mp_words *w, const char *section, struct mp_str key,
                      struct mp_str value);

/* A number of the data (JSON's spelling) with the language's signs; its digits stay as they are. */
struct mp_str mp_words_number(struct mp_words *w, struct mp_str number);
struct mp_str mp_words_count(struct mp_words *w, size_t n);

/* A day as page.date says. */
struct mp_str mp_words_date(struct mp_words *w, int32_t day);

/* The same as the text at a path says, which can hold {day}, {month} and {year}. */
struct mp_str mp_words_day(struct mp_words *w, const char *path, int32_t day);

/* True for an ISO 8601 week, "2018-W05". */
bool mp_words_is_week(struct mp_str s, int *year, int *week);

#endif
