/*
 * A profile: what the columns of one kind of export mean, read from schemas/profiles/NAME.yaml.
 *
 * The record's fields are listed with the sources they come from; a field may have several, of
 * which the first that has a value counts. Columns that no source names go to `rest`.
 */
#ifndef MP_INTAKE_PROFILE_H
#define MP_INTAKE_PROFILE_H

#include "intake/date_format.h"
#include "intake/name_part.h"
#include "intake/number_format.h"
#include "intake/value_map.h"

/* In the order in which a record has them; a source of kind "field" may name an earlier one. */
enum mp_field {
    MP_F_ID,
    MP_F_DOCUMENT,
    MP_F_KIND,
    MP_F_UNIT,
    MP_F_REPORTED_AT,
    MP_F_GIVEN_NAME,
    MP_F_NAME_PREFIX,
    MP_F_FAMILY_NAME,
    MP_F_BIRTH_DATE,
    MP_F_SEX,
    MP_F_CLIENT_ID,
    MP_F_INSTITUTION,
    MP_F_SETTING,
    MP_F_MUNICIPALITY,
    MP_F_PLACED_SINCE,
    MP_F_MISSING_SINCE,
    MP_F_RETURNED_AT,
    MP_F_FIRST_ACTION_AT,
    MP_F_INTERVIEW_AT,
    MP_F_POLICE_CATEGORY,
    MP_F_TRAFFIC_LIGHT,
    MP_F_NARRATIVE,
    MP_N_FIELDS
};

enum mp_field_type { MP_FIELD_TEXT, MP_FIELD_CHOICE, MP_FIELD_TIME, MP_FIELD_DATE, MP_FIELD_PROSE };

struct mp_field_info {
    const char *path;  /* in the record and in the profile: "person.sex" */
    struct mp_str key; /* `,"sex":` */
    enum mp_field_type type;
    const char *choices; /* blank-separated, of a CHOICE */
    bool is_fact;        /* listed in facts_from */
};

extern const struct mp_field_info mp_field_info[MP_N_FIELDS];

#define MP_COLUMN_NONE ((size_t)-1)

enum { MP_SOURCE_FORMATS = 4 };

/* What of a registration number in the column counts. */
enum mp_number_use {
    MP_NUMBER_NONE,   /* it is not read as one */
    MP_NUMBER_ITSELF, /* in its normal form; anything else in the column is a fault */
    MP_NUMBER_SUFFIX, /* the document's suffix */
    MP_NUMBER_UNIT    /* the unit that registered */
};

struct mp_source {
    size_t column; /* of the profile's columns; MP_COLUMN_NONE: not from a column */
    enum mp_number_use number;
    bool optional;       /* no fault: a value that the map does not know; without map: no column */
    enum mp_field field; /* another field's value; MP_N_FIELDS: none */
    struct mp_str value; /* a constant; p NULL: none */
    enum mp_part part;
    struct mp_value_map map; /* n == 0: none */
    struct mp_date_format formats[MP_SOURCE_FORMATS];
    size_t n_formats;
};

struct mp_sources {
    struct mp_source *list;
    size_t n;
};

struct mp_row_rule {
    size_t column;
    struct mp_str *keep, *drop; /* folded patterns */
    size_t n_keep, n_drop;
    struct mp_memo *memo;
};

enum mp_profile_format { MP_PROFILE_CSV, MP_PROFILE_JSONL, MP_PROFILE_RECORDS };

struct mp_profile {
    struct mp_str name, about;
    int64_t version;
    enum mp_profile_format format;
    char delimiter;
    struct mp_str *encodings; /* as written; the first is the expected one */
    size_t n_encodings;
    struct mp_str *columns, *folded; /* every column that the profile names */
    size_t n_columns;
    bool *needed; /* per column: must be in a heading for the profile to fit */
    struct mp_row_rule *rows;
    size_t n_rows;
    struct mp_number_format number;
    struct mp_sources fields[MP_N_FIELDS]; /* n == 0: the profile does not map the field */
    struct mp_sources clock[MP_N_FIELDS];  /* of TIME fields whose clock stands apart */
};

/* Reads and checks a profile into the arena. 0, or -1 with the error. */
int mp_profile_load(struct mp_arena *a, const char *path, struct mp_profile *out,
                    struct mp_error *e);

/* Appends the names of a folder's profiles, blank-separated. 0, or -1 with the error. */
int mp_profiles_names(const char *folder, struct mp_buf *b, struct mp_error *e);

struct mp_profiles {
    struct mp_profile *list;
    size_t n;
};

/* All *.yaml of a folder, in the order of their names. */
int mp_profiles_load(struct mp_arena *a, const char *folder, struct mp_profiles *out,
                     struct mp_error *e);

#endif
