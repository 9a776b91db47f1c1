/*
 * Scores: what was read in texts, held against what people say stands in them.
 *
 * Plain structs, so that it does not matter where a reading comes from: a text read here and now,
 * or a record that was made before. Texts are borrowed and must outlive the documents.
 */
#ifndef MP_SCORE_SCORE_H
#define MP_SCORE_SCORE_H

#include "base/buf.h"
#include "base/hash.h"

/* In the order in which they count where mentions of one code differ. */
enum mp_score_status {
    MP_SCORE_PRESENT,
    MP_SCORE_SUSPECTED,
    MP_SCORE_PAST,
    MP_SCORE_ABSENT,
    MP_SCORE_OTHER,
    MP_N_SCORE_STATUS
};

enum mp_score_fact {
    MP_SCORE_AGE,
    MP_SCORE_SEX,
    MP_SCORE_MISSING_SINCE,
    MP_SCORE_RETURNED_AT,
    MP_SCORE_POLICE_CATEGORY,
    MP_SCORE_TRAFFIC_LIGHT,
    MP_N_SCORE_FACTS
};

extern const char *const mp_score_status_names[MP_N_SCORE_STATUS];
extern const char *const mp_score_fact_names[MP_N_SCORE_FACTS];

struct mp_score_signal {
    struct mp_str code;
    enum mp_score_status status;
    struct mp_str quote, around; /* where it was read, and its sentence; p NULL: not known */
};

struct mp_score_value {
    struct mp_str json;          /* the value as JSON; p NULL: not known */
    struct mp_str quote, around; /* as of a signal */
};

/* What somebody, or some program, says of a text. Zeroed: nothing. */
struct mp_score_labels {
    struct mp_score_signal *signals; /* by code, each code once */
    size_t n;
    struct mp_score_value facts[MP_N_SCORE_FACTS];
};

struct mp_score_doc {
    struct mp_str id, text;
    struct mp_score_labels gold, read;
    bool was_read;         /* there is a reading; without it `read` is nothing */
    struct mp_str *unsure; /* codes that do not count here */
    size_t n_unsure;
};

/* The codes that count: of these patterns (base/glob.h), or all where there is none. */
struct mp_score_choice {
    const struct mp_str *patterns;
    size_t n;
};

/* Whether the code counts in this document. */
bool mp_score_counts(const struct mp_score_doc *doc, const struct mp_score_choice *c,
                     struct mp_str code);

/* One code of a document: what is said and what was read, of which one may be NULL. */
struct mp_score_pair {
    struct mp_str code;
    const struct mp_score_signal *gold, *read;
    size_t i, j; /* private: zeroed before the first */
};

/* The next code of the document that counts, in byte order; false behind the last. */
bool mp_score_next(const struct mp_score_doc *doc, const struct mp_score_choice *c,
                   struct mp_score_pair *pair);

/* True where both say the same of a fact. */
bool mp_score_fact_right(const struct mp_score_doc *doc, enum mp_score_fact fact);

struct mp_score_count {
    uint64_t tp, fp, fn; /* right, read wrongly, missed */
};

/* Shares of 0 to 1. Without anything to be found or read both are 1, and F1 is their harmonic
 * mean. */
double mp_score_precision(struct mp_score_count c);
double mp_score_recall(struct mp_score_count c);
double mp_score_f1(struct mp_score_count c);

struct mp_score { /* zeroed: nothing counted; mp_score_free frees */
    uint64_t docs, unread;
    struct mp_score_count exact;    /* code and status */
    struct mp_score_count code;     /* the code, whatever its status */
    struct mp_score_count positive; /* present, suspected or past, against the rest */
    struct mp_score_count status[MP_N_SCORE_STATUS];
    struct mp_map codes;              /* each code that was said or read */
    struct mp_buf by_code;            /* struct mp_score_count, in their order */
    uint64_t facts[MP_N_SCORE_FACTS]; /* right, of docs */
};

/* Counts a document. False if memory ran out. */
bool mp_score_add(struct mp_score *s, const struct mp_score_doc *doc,
                  const struct mp_score_choice *c);

/* Count of the i-th code of `codes`. */
struct mp_score_count mp_score_of_code(const struct mp_score *s, size_t i);

/* Places of `codes` in byte order of the codes; the caller frees. NULL if memory ran out. */
size_t *mp_score_order(const struct mp_score *s);

void mp_score_free(struct mp_score *s);

#endif
