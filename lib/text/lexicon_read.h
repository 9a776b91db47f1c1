/* Between the files that read a lexicon: lexicon.c (files, words), lexicon_code.c (codes),
 * lexicon_context.c (cues and answers), lexicon_grammar.c (words of clauses), lexicon_index.c (what
 * is looked up), lexicon_needs.c (in what order). Only for them. */
#ifndef MP_TEXT_LEXICON_READ_H
#define MP_TEXT_LEXICON_READ_H

#include "text/lexicon.h"

enum { MP_LEXICON_FILES = 64 };

struct mp_lexicon_loader {
    struct mp_lexicon *l;
    struct mp_yaml *roots[MP_LEXICON_FILES];
    size_t n_roots,
        n_base;          /* the first n_base are of the lexicon itself, the others laid over it */
    size_t n_codes_base; /* so many codes are the lexicon's own; 0: all so far */
    struct mp_error *e;
};

/* Place of the name, or -1. */
int mp_lexicon_name_in(const char *const *names, size_t n, struct mp_str name);

/* -1 with the error "here must stand WHAT" unless `y` is a map or NULL. */
int mp_lexicon_is_map(struct mp_yaml *y, struct mp_error *e, const char *what);

/* A new entry with the pattern that stands at `at`, compiled; the rest is the caller's. NULL with
 * the error. Valid until the next one. */
struct mp_entry *mp_lexicon_add_entry(struct mp_lexicon_loader *k, struct mp_yaml *at);

/* Reads what stands under a code that is declared; `base`: what was dropped does not count. */
int mp_lexicon_read_code(struct mp_lexicon_loader *k, uint32_t at, struct mp_yaml *y, bool base);

/* Reads `context` and `answers` of a file. */
int mp_lexicon_read_context(struct mp_lexicon_loader *k, struct mp_yaml *root);

/* When all is read: what words are in the grammar (errors at `at`), then the tables. */
int mp_lexicon_mark_grammar(struct mp_lexicon *l, const struct mp_yaml *at, struct mp_error *e);
int mp_lexicon_index(struct mp_lexicon *l, struct mp_error *e);

/* Gives each class for which index.need_of is set its number there, as far as numbers go: what
 * variants need beyond the last is not asked for, so they are tried in vain more often. -1 if
 * memory ran out. */
int mp_lexicon_number_needs(struct mp_lexicon *l);

#endif
