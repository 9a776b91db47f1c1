/*
 * The reports: what is asked of them all the time, in the store; their lines and names, as cold
 * text that may lie in its file; what is compared, as rows of numbers (lib/link/rows.h).
 *
 * They are sorted by their own content, so that nothing that follows depends on the order in which
 * they came.
 */
#ifndef MP_LINK_REPORT_H
#define MP_LINK_REPORT_H

#include "base/arena.h"
#include "base/hash.h"
#include "link/rows.h"

enum mp_link_kind { MP_LINK_MISSING, MP_LINK_RETURNED, MP_LINK_TRANSFER, MP_LINK_UPDATE };

enum mp_link_role {
    MP_LINK_FIRST,
    MP_LINK_DUPLICATE,
    MP_LINK_AS_UPDATE,
    MP_LINK_AS_RETURN,
    MP_LINK_AS_TRANSFER
};

/* What has an id. */
enum mp_link_unit { MP_LINK_PERSON, MP_LINK_EPISODE, MP_LINK_UNITS };

struct mp_link_episode;

/* What a report brings along from an earlier run. */
struct mp_link_past {
    struct mp_str was[MP_LINK_UNITS]; /* its ids; p NULL: none */
    struct mp_str content, version;   /* private to history.c */
};

/* There are millions of these: what is not asked all the time lies in the text behind them. */
struct mp_link_report {
    /* private: see the functions below */
    const char *text;
    uint32_t line_n, bare_n, key_n, label_n, id_n;

    uint32_t place;   /* 0 for the first report that was read, and so on */
    uint32_t rank;    /* set by mp_link_sort: its place among all */
    const char *file; /* where it came from, for messages */
    uint64_t number;  /* line number there */
    uint32_t person;  /* set by mp_link_cluster: place of the person's first report */
    uint32_t same_id; /* private to episode.c and absence.c */
    struct mp_time reported, missing, returned;
    float bits;                /* of the probability that `rule` holds: INFINITY where it is certain
                                  or the report alone */
    uint8_t kind;              /* enum mp_link_kind */
    uint8_t role;              /* enum mp_link_role, set by mp_link_episodes */
    bool whole;                /* an episode already: takes no part */
    bool fresh;                /* new or changed since an earlier run */
    struct mp_link_past *past; /* NULL: none */
    const char *rule;          /* set by mp_link_cluster: why it is this person's; NULL: alone */
    /* set by mp_link_episodes */
    struct mp_link_episode *episode;
    const char *reason;          /* why it is in this episode: a code of the man page */
    struct mp_link_report *next; /* private */
};

struct mp_link_reports { /* mp_link_reports_make makes, mp_link_reports_free frees */
    struct mp_link_model *model;
    struct mp_store *store;      /* where all of it lies; borrowed */
    struct mp_arena arena;       /* of the reports themselves */
    struct mp_link_report **all; /* in the order of reading, until mp_link_sort */
    size_t n, cap;
    struct mp_link_rows rows;    /* the values of all: see mp_link_row */
    struct mp_link_named *named; /* hosts that they name (lib/link/hosts.h), as they came */
    size_t n_named, cap_named;
    struct mp_map files; /* names of those that reports came from */
    bool history;        /* some may have ids of an earlier run: what becomes of these is told */
    size_t jobs;         /* threads that compare */
    /* told how far a long piece of work is, in one thread; NULL: nobody asks */
    void (*progress)(void *ctx, const char *what, uint64_t done, uint64_t total);
    void *progress_ctx;
    struct mp_buf scratch;
};

/* The values of the i-th report of all, one a field of the model: 0 where it is not known, else a
 * number of r->rows.values. (Until mp_link_sort: of the i-th that was read.) */
static inline const uint32_t *mp_link_row(const struct mp_link_reports *r, size_t i)
{
    return r->rows.all + i * r->model->n_fields;
}

/* Begins to fetch it from memory: to wait for that takes longer than to compare it. */
static inline void mp_link_fetch_row(const struct mp_link_reports *r, size_t i)
{
    const uint32_t *row = mp_link_row(r, i);
    __builtin_prefetch(row);
    __builtin_prefetch(row + MP_CACHE_LINE / sizeof *row);
}

/* `what` must be a literal. */
static inline void mp_link_progress(const struct mp_link_reports *r, const char *what,
                                    uint64_t done, uint64_t total)
{
    if (r->progress)
        r->progress(r->progress_ctx, what, done, total);
}

/* The line as it came, without the line end. */
static inline struct mp_str mp_link_line(const struct mp_link_report *one)
{
    return (struct mp_str){one->text, one->line_n};
}

/* Its own key: unit, number, document, name; of a whole episode its id. */
static inline struct mp_str mp_link_key(const struct mp_link_report *one)
{
    return (struct mp_str){one->text + one->line_n + 1, one->key_n};
}

/* Number and document in one, for references. */
static inline struct mp_str mp_link_label(const struct mp_link_report *one)
{
    return (struct mp_str){one->text + one->line_n + one->key_n + 2, one->label_n};
}

/* The line without a `link` of an earlier run; the same bytes if it has none. */
static inline struct mp_str mp_link_bare(const struct mp_link_report *one)
{
    const char *behind = one->text + one->line_n + one->key_n + one->label_n + 3;
    return one->bare_n ? (struct mp_str){behind, one->bare_n} : mp_link_line(one);
}

/* Its number, empty if that is not known. */
static inline struct mp_str mp_link_number(const struct mp_link_report *one)
{
    return (struct mp_str){mp_link_label(one).p, one->id_n};
}

/* Its id of an earlier run; p NULL: none. */
static inline struct mp_str mp_link_was(const struct mp_link_report *one, enum mp_link_unit unit)
{
    return one->past ? one->past->was[unit] : (struct mp_str){0};
}

/* The report as a record that is not parsed yet. */
static inline struct mp_rec mp_link_record(const struct mp_link_report *one)
{
    return (struct mp_rec){
        .line = mp_link_line(one), .file = mp_str_of(one->file), .number = one->number};
}

void mp_link_reports_make(struct mp_link_reports *r, struct mp_link_model *m,
                          struct mp_store *store);

/* Takes a copy of the record. 0, or -1 with the error. */
int mp_link_add(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e);

/* Sorts `all`: reports with reported_at first, by time, the others by departure; then by key, then
 * by their bytes. 0, or -1 with a MEMORY error. */
int mp_link_sort(struct mp_link_reports *r, struct mp_error *e);

/* -1, 0, 1 in that order. Once they are sorted, their ranks say the same. */
int mp_link_order(const struct mp_link_report *a, const struct mp_link_report *b);

/* For qsort of pointers to reports that are sorted already. */
int mp_link_by_rank(const void *a, const void *b);

void mp_link_reports_free(struct mp_link_reports *r);

#endif
