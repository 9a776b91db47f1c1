/*
 * A country by a scenario: who goes missing, when and from where, and what is written about it.
 *
 * All of it is in memory at once: a year of a country is some ten thousands of reports.
 */
#ifndef MP_SYNTH_COUNTRY_H
#define MP_SYNTH_COUNTRY_H

#include "synth/plan.h"
#include "synth/scenario.h"

struct mp_synth_resident {
    uint64_t household;
    size_t child;
    bool girl;
    int32_t birth;
    uint8_t values[MP_SYNTH_FACTS];
};

struct mp_synth_away {
    size_t who;
    unsigned number;         /* of this youth, from 1 */
    int64_t departure, back; /* as in struct mp_synth_absence */
    size_t institution;
    uint32_t client;
    bool untold; /* came back, and no report says when */
    /* told: when the youth left; when it was noticed, which gives the day of it */
    bool says_since, says_noticed;
    struct mp_synth_registration registrations[MP_SYNTH_REGISTRATIONS];
    size_t first, n; /* its papers */
    uint8_t values[MP_SYNTH_FACTS];
    size_t means, n_means; /* what its texts say: places in the country's meanings */
    size_t said, n_said;   /* the phrases: places in the country's said */
};

struct mp_synth_paper {
    int64_t at;
    size_t away;
    uint8_t source, what, role, registration, document;
    bool appended;    /* stands in the text of the paper before it of its registration */
    bool says_return; /* in a column */
    int year;
    uint32_t serial;
    size_t text, n_text; /* place in the country's texts */
};

struct mp_synth_country {
    const struct mp_synth_scenario *s;
    struct mp_synth_run run;
    /* runs of structs, by MP_ITEMS */
    struct mp_buf residents, aways, papers;
    struct mp_buf texts, meanings, said; /* of struct mp_synth_signal, struct mp_str */
    size_t *order;                       /* of papers, by time */
};

/* Draws all of it but the texts. 0, or -1 with the error. Free it in either case. */
int mp_synth_settle(struct mp_synth_country *c, const struct mp_synth_scenario *s, uint64_t seed,
                    struct mp_error *e);

/* Writes the texts, and notes what they say. */
int mp_synth_compose(struct mp_synth_country *c, struct mp_error *e);

void mp_synth_country_free(struct mp_synth_country *c);

/* A stream of chance for something of this paper. */
struct mp_chance mp_synth_paper_chance(const struct mp_synth_country *c, size_t paper,
                                       enum mp_synth_purpose purpose);

/* What this paper lacks; the stream goes on behind it. */
struct mp_chance mp_synth_paper_gaps(const struct mp_synth_country *c, size_t paper,
                                     bool gap[MP_SYNTH_N_GAPS]);

/* The name as this paper has it; its buffers are emptied first. */
void mp_synth_paper_name(const struct mp_synth_country *c, size_t paper,
                         struct mp_synth_name *name);

/* Appends the number of a paper's registration or form. */
void mp_synth_paper_number(const struct mp_synth_country *c, size_t paper, struct mp_buf *out);

/* One export; the counters count its rows. */
void mp_synth_export_rows(const struct mp_synth_country *c, size_t export, struct mp_buf *out,
                          uint64_t *rows);

/* Appends the truth: a line for every absence, in order of departure. */
int mp_synth_country_truth(const struct mp_synth_country *c, struct mp_buf *out,
                           struct mp_error *e);

#endif
