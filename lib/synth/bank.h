/*
 * What people write about an absence: a bank of phrases in files of schemas/synth/phrases, which
 * explain themselves. A phrase says that a fact has a value; which signals hold then, stands
 * beside it, so that what was written is known.
 */
#ifndef MP_SYNTH_BANK_H
#define MP_SYNTH_BANK_H

#include "base/time.h"
#include "synth/fact.h"
#include "synth/model.h"

/* Values of templates of phrases, and of those of moments. */
#define MP_SYNTH_PHRASE_VALUES                                                                     \
    "given name capitals family initials age born institution municipality since back now noticed"
#define MP_SYNTH_MOMENT_VALUES "hh h mi dd d mo m yy yyyy weekday month"
enum { MP_SYNTH_SINCE = 9, MP_SYNTH_NOTICED = 12, MP_SYNTH_N_PHRASE, MP_SYNTH_N_MOMENT = 11 };

enum mp_synth_style { MP_SYNTH_AS_POLICE, MP_SYNTH_AS_FORM, MP_SYNTH_STYLES };
enum mp_synth_spot { MP_SYNTH_HEAD, MP_SYNTH_BODY, MP_SYNTH_TAIL };

/* What a phrase means. Codes and statuses as texts, in the order of the file. */
struct mp_synth_meaning {
    size_t n;
    struct mp_synth_signal {
        struct mp_str code, status;
    } * signals;
};

struct mp_synth_phrases {
    size_t n;
    struct mp_synth_phrase {
        struct mp_str raw; /* as it stands in the bank */
        struct mp_synth_template text;
        struct mp_synth_meaning also;
    } * list;
};

struct mp_synth_entry {
    size_t fact, value;
    unsigned told; /* bits of enum mp_synth_what */
    enum mp_synth_spot spot;
    struct mp_synth_case needs; /* else it stays unsaid */
    struct mp_synth_meaning means;
    struct mp_synth_phrases say[MP_SYNTH_STYLES]; /* either may be empty */
    size_t order;                                 /* in the bank */
};

struct mp_synth_moment {
    int64_t days[2];    /* from the moment to the writing, both possible */
    int64_t minutes[2]; /* of the day, both possible */
    struct mp_synth_phrases say;
};

struct mp_synth_bank {
    struct mp_synth_lists lists;
    struct mp_synth_weights weekdays, months; /* lists of 7 and 12 */
    size_t n_moments, n_entries;
    struct mp_synth_moment *moments;
    struct mp_synth_entry *entries;
    const struct mp_synth_entry *of[MP_SYNTH_FACTS][MP_SYNTH_VALUES]; /* NULL: says nothing */
    struct mp_synth_phrases heads[MP_SYNTH_TRANSFER + 1]; /* before an addition, by what it is */
    struct mp_synth_phrases noise[MP_SYNTH_TRANSFER + 1][MP_SYNTH_STYLES];
};

/* Reads all files of a bank, whose paths are given, against the facts of a scenario: every value
 * of a fact that is no own one and not MP_SYNTH_NOTHING must be there. `at` is where a mistake is
 * that lies between files. */
int mp_synth_bank_read(struct mp_synth_reader *r, const struct mp_str *paths, size_t n,
                       const struct mp_yaml *at, struct mp_synth_facts *facts,
                       struct mp_synth_bank *out);

/* Appends a moment as it is told in a text that is written at `now`. */
void mp_synth_tell(const struct mp_synth_bank *bank, struct mp_time t, struct mp_time now,
                   struct mp_chance *c, struct mp_buf *out);

/* Appends a template whose values are those of a moment. */
void mp_synth_fill_moment(const struct mp_synth_bank *bank, const struct mp_synth_template *t,
                          struct mp_time when, struct mp_chance *c, struct mp_buf *out);

#endif
