/*
 * The model of synthetic reports: a file of schemas/synth, which explains every key.
 *
 * Read once; everything lives in the arena that was given, and nothing in it changes afterwards.
 */
#ifndef MP_SYNTH_MODEL_H
#define MP_SYNTH_MODEL_H

#include "synth/read.h"

enum {
    MP_SYNTH_CHILDREN = 6,  /* most of one household */
    MP_SYNTH_ABSENCES = 40, /* most of one youth */
    MP_SYNTH_ADDITIONS = 8, /* most of one registration */
    MP_SYNTH_PARTS = 4,     /* most of a family name */
    MP_SYNTH_MAKERS = 64,   /* of family names, in all */
    MP_SYNTH_ORIGINS = 32,  /* name lists */
    MP_SYNTH_ALIKE = 8,     /* draws until a given name begins like another */
};

enum mp_synth_source { MP_SYNTH_POLICE, MP_SYNTH_FORM, MP_SYNTH_REGISTER, MP_SYNTH_SOURCES };

enum mp_synth_what { MP_SYNTH_MISSING, MP_SYNTH_UPDATE, MP_SYNTH_RETURNED, MP_SYNTH_TRANSFER };

/* In the order in which they are made. X(identifier, key) */
#define MP_SYNTH_ERRORS(X)                                                                         \
    X(CUT, "cut")                                                                                  \
    X(MARKS, "marks")                                                                              \
    X(TYPING, "typing")                                                                            \
    X(SOUND, "sound")                                                                              \
    X(PREFIX_SHORT, "prefix_short")                                                                \
    X(PREFIX_MOVED, "prefix_moved")                                                                \
    X(PREFIX_DROPPED, "prefix_dropped")                                                            \
    X(INITIAL, "initial")                                                                          \
    X(INITIALS, "initials")                                                                        \
    X(CAPITALS, "capitals")                                                                        \
    X(EXCHANGED, "exchanged")                                                                      \
    X(BIRTH_SWAPPED, "birth_swapped")                                                              \
    X(BIRTH_DIGIT, "birth_digit")                                                                  \
    X(BIRTH_YEAR, "birth_year")

enum mp_synth_error {
#define X(id, key) MP_SYNTH_##id,
    MP_SYNTH_ERRORS(X)
#undef X
        MP_SYNTH_N_ERRORS
};

/* What a report can lack. X(identifier, key) */
#define MP_SYNTH_GAPS(X)                                                                           \
    X(REPORTED_AT, "reported_at")                                                                  \
    X(GIVEN_NAME, "given_name")                                                                    \
    X(FAMILY_NAME, "family_name")                                                                  \
    X(BIRTH_DATE, "birth_date")                                                                    \
    X(SEX, "sex")                                                                                  \
    X(AGE, "age")                                                                                  \
    X(CLIENT_ID, "client_id")                                                                      \
    X(INSTITUTION, "institution")                                                                  \
    X(SETTING, "setting")                                                                          \
    X(MUNICIPALITY, "municipality")                                                                \
    X(MISSING_SINCE, "missing_since")                                                              \
    X(RETURNED_AT, "returned_at")                                                                  \
    X(POLICE_CATEGORY, "police_category")                                                          \
    X(TRAFFIC_LIGHT, "traffic_light")

enum mp_synth_gap {
#define X(id, key) MP_SYNTH_NO_##id,
    MP_SYNTH_GAPS(X)
#undef X
        MP_SYNTH_N_GAPS
};

/* Values of the three kinds of templates, in this order. */
#define MP_SYNTH_NUMBER_VALUES   "unit letters year serial"
#define MP_SYNTH_SPELLING_VALUES "institution"
#define MP_SYNTH_SENTENCE_VALUES "given name age institution since since_day back back_day"
enum { MP_SYNTH_N_NUMBER = 4, MP_SYNTH_N_SENTENCE = 8 };

struct mp_synth_sentences {
    size_t n;
    struct mp_synth_template *list;
};

struct mp_synth_of_source {
    struct mp_str profile;
    struct mp_synth_template number;
    int64_t digits;
    uint32_t share;               /* of absences */
    struct mp_synth_spread delay; /* from departure to first report */
    uint32_t returns;             /* of absences that ended */
    struct mp_synth_spread return_delay;
    uint32_t return_known;       /* of first reports of absences that ended */
    uint32_t departure_repeated; /* of later reports */
    uint32_t day_only;
    struct mp_synth_spread off; /* stated minus true moment */
    int64_t round_to;           /* minutes */
    uint32_t errors[MP_SYNTH_N_ERRORS], gaps[MP_SYNTH_N_GAPS];
    struct mp_synth_weights spellings;
    struct mp_synth_template *spelling;
    struct mp_synth_sentences said[MP_SYNTH_TRANSFER + 1]; /* by what the report is */
};

struct mp_synth_maker {
    struct mp_synth_weights prefix; /* n 0: none */
    struct mp_synth_weights parts[MP_SYNTH_PARTS];
    size_t n_parts;
};

struct mp_synth_origin {
    struct mp_synth_weights given[2]; /* boys, girls */
    struct mp_synth_weights makers;   /* their weights */
    struct mp_synth_maker *maker;
};

struct mp_synth_institution {
    struct mp_str name; /* p NULL: somebody's home */
    struct mp_str letters, setting, municipality;
    size_t unit;
};

struct mp_synth_model {
    int32_t start; /* day */
    int32_t span;  /* minutes */
    int64_t households_a_day;

    struct {
        struct mp_synth_weights children, years_apart;
        int64_t *n_children, *n_years;
        uint32_t twins, same_institution, other_family_name, alike;
        struct mp_synth_spread apart;
    } households;
    struct {
        struct mp_synth_weights age;
        int64_t *ages, oldest;
        uint32_t girls, second_given, double_family;
        uint32_t namesakes, namesakes_alike, namesakes_same_birth;
    } youths;
    struct {
        struct mp_synth_weights number;
        int64_t *numbers;
        struct mp_synth_spread lasts, next, clock;
        uint32_t open, moves, moves_when_deregistered, urgent;
        int32_t deregistered_after;
        struct mp_synth_weights traffic_light;
    } absences;
    struct {
        struct mp_synth_weights additions;
        int64_t *n_additions;
        struct mp_synth_spread addition_delay;
        uint32_t other_unit, twice, return_is_update;
    } police;
    uint32_t transfers;

    struct mp_synth_of_source sources[MP_SYNTH_SOURCES];
    struct mp_synth_weights units, institutions;
    struct mp_synth_institution *institution;
    struct mp_synth_weights origins;
    struct mp_synth_origin *origin;

    struct {                              /* of errors */
        struct mp_synth_weights keyboard; /* rows of keys */
        struct mp_synth_weights sounds;   /* "a=b" */
        struct mp_synth_weights short_prefix;
        struct mp_str *shorter;
    } spelling;

    struct {
        uint32_t second; /* share of texts with a second sentence */
        struct mp_str nameless;
        struct mp_synth_lists lists;
        struct mp_synth_sentences more;
    } narrative;
};

/* Reads a file; 0, or -1 with the error. */
int mp_synth_model_read(struct mp_arena *a, const char *path, struct mp_synth_model *m,
                        struct mp_error *e);

/* Parts of it: the units, then the institutions, which must not be read twice. */
int mp_synth_read_units(struct mp_synth_reader *r, const struct mp_yaml *root,
                        struct mp_synth_model *m);
int mp_synth_read_institutions(struct mp_synth_reader *r, const struct mp_yaml *root,
                               struct mp_synth_model *m);

/* Parts of it, in files of their own. */
int mp_synth_read_names(struct mp_synth_reader *r, const struct mp_yaml *root,
                        struct mp_synth_model *m);
int mp_synth_read_sources(struct mp_synth_reader *r, const struct mp_yaml *root,
                          struct mp_synth_model *m);

#endif
