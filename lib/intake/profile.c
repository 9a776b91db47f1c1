/* A profile: what the columns of one kind of export mean. */
#include "intake/profile.h"
#include "base/utf8.h"
#include "io/encoding.h"
#include "io/folder.h"
#include <stdlib.h>

const struct mp_field_info mp_field_info[MP_N_FIELDS] = {
    [MP_F_ID] = {"id", MP_STR(",\"id\":"), MP_FIELD_TEXT, NULL, false},
    [MP_F_DOCUMENT] = {"document", MP_STR(",\"document\":"), MP_FIELD_TEXT, NULL, false},
    [MP_F_KIND] = {"kind", MP_STR(",\"kind\":"), MP_FIELD_CHOICE,
                   "missing returned transfer update", false},
    [MP_F_UNIT] = {"source.unit", MP_STR(",\"unit\":"), MP_FIELD_TEXT, NULL, false},
    [MP_F_REPORTED_AT] = {"reported_at", MP_STR(",\"reported_at\":"), MP_FIELD_TIME, NULL, false},
    [MP_F_GIVEN_NAME] = {"person.given_name", MP_STR(",\"given_name\":"), MP_FIELD_TEXT, NULL,
                         false},
    [MP_F_NAME_PREFIX] = {"person.name_prefix", MP_STR(",\"name_prefix\":"), MP_FIELD_TEXT, NULL,
                          false},
    [MP_F_FAMILY_NAME] = {"person.family_name", MP_STR(",\"family_name\":"), MP_FIELD_TEXT, NULL,
                          false},
    [MP_F_BIRTH_DATE] = {"person.birth_date", MP_STR(",\"birth_date\":"), MP_FIELD_DATE, NULL,
                         false},
    [MP_F_SEX] = {"person.sex", MP_STR(",\"sex\":"), MP_FIELD_CHOICE, "f m x", true},
    [MP_F_CLIENT_ID] = {"person.client_id", MP_STR(",\"client_id\":"), MP_FIELD_TEXT, NULL, false},
    [MP_F_INSTITUTION] = {"place.institution", MP_STR(",\"institution\":"), MP_FIELD_TEXT, NULL,
                          false},
    [MP_F_SETTING] = {"place.setting", MP_STR(",\"setting\":"), MP_FIELD_CHOICE,
                      "closed open reception home", false},
    [MP_F_MUNICIPALITY] = {"place.municipality", MP_STR(",\"municipality\":"), MP_FIELD_TEXT, NULL,
                           false},
    [MP_F_PLACED_SINCE] = {"place.since", MP_STR(",\"since\":"), MP_FIELD_TIME, NULL, false},
    [MP_F_MISSING_SINCE] = {"missing_since", MP_STR(",\"missing_since\":"), MP_FIELD_TIME, NULL,
                            true},
    [MP_F_RETURNED_AT] = {"returned_at", MP_STR(",\"returned_at\":"), MP_FIELD_TIME, NULL, true},
    [MP_F_FIRST_ACTION_AT] = {"first_action_at", MP_STR(",\"first_action_at\":"), MP_FIELD_TIME,
                              NULL, false},
    [MP_F_INTERVIEW_AT] = {"interview_at", MP_STR(",\"interview_at\":"), MP_FIELD_TIME, NULL,
                           false},
    [MP_F_POLICE_CATEGORY] = {"police_category", MP_STR(",\"police_category\":"), MP_FIELD_CHOICE,
                              "urgent other", true},
    [MP_F_TRAFFIC_LIGHT] = {"traffic_light", MP_STR(",\"traffic_light\":"), MP_FIELD_CHOICE,
                            "red orange green", true},
    [MP_F_NARRATIVE] = {"narrative", MP_STR(",\"narrative\":"), MP_FIELD_PROSE, NULL, false},
};

enum { MAX_COLUMNS = 256 };

struct loader {
    struct mp_arena *a;
    struct mp_profile *p;
    struct mp_error *e;
};

/* Place of a column name among those that the profile names, put in if new. -1: memory. */
static int column_of(struct loader *l, struct mp_yaml *y, size_t *out)
{
    struct mp_profile *p = l->p;
    if (mp_yaml_is_text(y, l->e) < 0)
        return -1;
    for (*out = 0; *out < p->n_columns; ++*out)
        if (mp_str_eq(p->columns[*out], y->text))
            return 0;
    if (p->n_columns == MAX_COLUMNS)
        return mp_yaml_fail(y, l->e, "more than %d columns", MAX_COLUMNS);
    struct mp_str *folded;
    size_t n;
    if (mp_patterns_read(l->a, y, &folded, &n, l->e) < 0)
        return -1;
    p->columns[p->n_columns] = y->text;
    p->folded[p->n_columns++] = *folded;
    return 0;
}

static int check_choice(struct loader *l, const struct mp_field_info *info, struct mp_yaml *y)
{
    if (info->type != MP_FIELD_CHOICE || mp_str_in(info->choices, y->text))
        return 0;
    return mp_yaml_fail(y, l->e, "'%s' is no value of %s; known are: %s", y->text.p, info->path,
                        info->choices);
}

static int read_formats(struct loader *l, struct mp_yaml *y, struct mp_source *s, bool clock_only)
{
    struct mp_yaml *formats = mp_yaml_get(y, "format");
    s->n_formats = mp_yaml_count(formats);
    if (s->n_formats == 0 || s->n_formats > MP_SOURCE_FORMATS)
        return mp_yaml_fail(y, l->e, "a date or time needs 1 to %d 'format's", MP_SOURCE_FORMATS);
    for (size_t i = 0; i < s->n_formats; i++) {
        struct mp_yaml *item = mp_yaml_item(formats, i);
        if (mp_date_format_read(item, &s->formats[i], l->e) < 0)
            return -1;
        if (s->formats[i].has_date == clock_only)
            return mp_yaml_fail(item, l->e, "this format must have %s",
                                clock_only ? "a time alone" : "a date");
    }
    return 0;
}

/* What the source is: a column, part of a number, an earlier field or a constant. */
static int read_origin(struct loader *l, struct mp_yaml *y, enum mp_field field,
                       struct mp_source *s)
{
    struct mp_yaml *v;
    if ((v = mp_yaml_get(y, "column")))
        return column_of(l, v, &s->column);
    if ((v = mp_yaml_get(y, "suffix_of"))) {
        s->number = MP_NUMBER_SUFFIX;
        return column_of(l, v, &s->column);
    }
    if ((v = mp_yaml_get(y, "unit_of"))) {
        s->number = MP_NUMBER_UNIT;
        if (l->p->number.given && l->p->number.unit == 0)
            return mp_yaml_fail(y, l->e, "the profile's 'number' does not say what its unit is");
        return column_of(l, v, &s->column);
    }
    if ((v = mp_yaml_get(y, "field"))) {
        if (mp_yaml_is_text(v, l->e) < 0)
            return -1;
        for (s->field = 0; s->field < field; s->field++)
            if (mp_str_is(v->text, mp_field_info[s->field].path))
                return 0;
        return mp_yaml_fail(v, l->e, "'%s' is no field that stands before this one", v->text.p);
    }
    if (!(v = mp_yaml_get(y, "value")))
        return mp_yaml_fail(y, l->e,
                            "a source has one of: column, suffix_of, unit_of, field, value");
    if (mp_yaml_is_text(v, l->e) < 0 || check_choice(l, &mp_field_info[field], v) < 0)
        return -1;
    s->value = v->text;
    return 0;
}

static int read_source(struct loader *l, struct mp_yaml *y, enum mp_field field, bool clock_only,
                       struct mp_source *s)
{
    const struct mp_field_info *info = &mp_field_info[field];
    *s = (struct mp_source){.column = MP_COLUMN_NONE, .field = MP_N_FIELDS};
    if (mp_yaml_check(y, "column suffix_of unit_of field value part map format read optional",
                      l->e) < 0 ||
        read_origin(l, y, field, s) < 0 || mp_yaml_bool(y, "optional", &s->optional, l->e) < 0)
        return -1;
    struct mp_yaml *v;
    if ((v = mp_yaml_get(y, "part")) && mp_part_read(v, &s->part, l->e) < 0)
        return -1;
    if ((v = mp_yaml_get(y, "map"))) {
        if (mp_value_map_read(l->a, v, &s->map, l->e) < 0)
            return -1;
        for (size_t i = 0; i < v->n; i++)
            if (check_choice(l, info, v->items[i]) < 0)
                return -1;
    } else if (info->type == MP_FIELD_CHOICE && !s->value.p) {
        return mp_yaml_fail(y, l->e, "%s needs a 'map' to one of: %s", info->path, info->choices);
    }
    if ((v = mp_yaml_get(y, "read"))) {
        if (mp_yaml_is_text(v, l->e) < 0)
            return -1;
        if (!mp_str_is(v->text, "number"))
            return mp_yaml_fail(v, l->e, "'%s': only 'number' can be read so", v->text.p);
        s->number = MP_NUMBER_ITSELF;
    }
    if (s->number != MP_NUMBER_NONE && !l->p->number.given)
        return mp_yaml_fail(y, l->e, "the profile does not say how a 'number' is spelt");
    if (info->type == MP_FIELD_TIME || info->type == MP_FIELD_DATE)
        return read_formats(l, y, s, clock_only);
    return 0;
}

static int read_sources(struct loader *l, struct mp_yaml *y, enum mp_field field, bool clock_only,
                        struct mp_sources *out)
{
    out->n = mp_yaml_count(y);
    out->list = mp_arena_alloc(l->a, (out->n + 1) * sizeof *out->list);
    if (!out->list)
        return mp_error_memory(l->e);
    for (size_t i = 0; i < out->n; i++)
        if (read_source(l, mp_yaml_item(y, i), field, clock_only, &out->list[i]) < 0)
            return -1;
    return 0;
}

static int read_field(struct loader *l, struct mp_yaml *key, struct mp_yaml *y)
{
    enum mp_field f = 0;
    while (f < MP_N_FIELDS && !mp_str_is(key->text, mp_field_info[f].path))
        f++;
    if (f == MP_N_FIELDS)
        return mp_yaml_fail(key, l->e,
                            "'%s' is no field of a record that a column can give; "
                            "mp-ingest(1) lists them",
                            key->text.p);
    struct mp_yaml *date = mp_yaml_get(y, "date");
    if (!date)
        return read_sources(l, y, f, false, &l->p->fields[f]);
    if (mp_field_info[f].type != MP_FIELD_TIME)
        return mp_yaml_fail(y, l->e, "%s has no time of day", key->text.p);
    struct mp_yaml *clock = mp_yaml_get(y, "time");
    if (mp_yaml_check(y, "date time", l->e) < 0 ||
        read_sources(l, date, f, false, &l->p->fields[f]) < 0)
        return -1;
    return clock ? read_sources(l, clock, f, true, &l->p->clock[f]) : 0;
}

static int read_rows(struct loader *l, struct mp_yaml *y)
{
    struct mp_profile *p = l->p;
    p->n_rows = mp_yaml_count(y);
    p->rows = mp_arena_alloc(l->a, (p->n_rows + 1) * sizeof *p->rows);
    if (!p->rows)
        return mp_error_memory(l->e);
    for (size_t i = 0; i < p->n_rows; i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        struct mp_row_rule *r = &p->rows[i];
        struct mp_yaml *column = mp_yaml_get(item, "column");
        r->memo = mp_arena_alloc(l->a, sizeof *r->memo);
        if (!r->memo)
            return mp_error_memory(l->e);
        if (mp_yaml_check(item, "column keep drop", l->e) < 0)
            return -1;
        if (!column)
            return mp_yaml_fail(item, l->e, "key 'column' is missing");
        if (column_of(l, column, &r->column) < 0 ||
            mp_patterns_read(l->a, mp_yaml_get(item, "keep"), &r->keep, &r->n_keep, l->e) < 0 ||
            mp_patterns_read(l->a, mp_yaml_get(item, "drop"), &r->drop, &r->n_drop, l->e) < 0)
            return -1;
    }
    return 0;
}

static int read_header(struct loader *l, struct mp_yaml *y)
{
    struct mp_profile *p = l->p;
    struct mp_str format = {0}, delimiter = MP_STR(",");
    if (mp_yaml_check(y,
                      "profile version about format delimiter encodings recognise number "
                      "rows fields",
                      l->e) < 0 ||
        mp_yaml_text(y, "profile", true, &p->name, l->e) < 0 ||
        mp_yaml_int(y, "version", true, &p->version, l->e) < 0 ||
        mp_yaml_text(y, "about", true, &p->about, l->e) < 0 ||
        mp_yaml_text(y, "format", true, &format, l->e) < 0 ||
        mp_yaml_text(y, "delimiter", false, &delimiter, l->e) < 0)
        return -1;
    static const char *const formats[] = {"csv", "jsonl", "records"};
    size_t f = 0;
    while (f < 3 && !mp_str_is(format, formats[f]))
        f++;
    if (f == 3)
        return mp_yaml_fail(mp_yaml_get(y, "format"), l->e, "known formats: csv jsonl records");
    p->format = (enum mp_profile_format)f;
    if (delimiter.n != 1 || strchr("\"\r\n", delimiter.p[0]))
        return mp_yaml_fail(mp_yaml_get(y, "delimiter"), l->e,
                            "a delimiter is one ASCII character");
    p->delimiter = delimiter.p[0];
    struct mp_yaml *number = mp_yaml_get(y, "number");
    return number ? mp_number_format_read(l->a, number, &p->number, l->e) : 0;
}

/* Columns that must be in the heading, and the encodings. */
static int read_recognition(struct loader *l, struct mp_yaml *y)
{
    struct mp_profile *p = l->p;
    struct mp_yaml *columns = mp_yaml_get(y, "recognise"), *enc = mp_yaml_get(y, "encodings");
    if (p->format != MP_PROFILE_RECORDS && mp_yaml_count(columns) == 0)
        return mp_yaml_fail(y, l->e,
                            "key 'recognise' is missing: columns by which a file is known");
    for (size_t i = 0; i < mp_yaml_count(columns); i++) {
        size_t c;
        if (column_of(l, mp_yaml_item(columns, i), &c) < 0)
            return -1;
        p->needed[c] = true;
    }
    p->n_encodings = mp_yaml_count(enc);
    p->encodings = mp_arena_alloc(l->a, (p->n_encodings + 1) * sizeof *p->encodings);
    if (!p->encodings)
        return mp_error_memory(l->e);
    if (p->n_encodings > 2)
        return mp_yaml_fail(enc, l->e, "at most two encodings: UTF-8 and one of single bytes");
    for (size_t i = 0; i < p->n_encodings; i++) {
        if (mp_yaml_is_text(mp_yaml_item(enc, i), l->e) < 0)
            return -1;
        struct mp_encoding known;
        struct mp_error why;
        p->encodings[i] = mp_yaml_item(enc, i)->text;
        if (mp_encoding_open(&known, p->encodings[i], &why) < 0)
            return mp_yaml_fail(mp_yaml_item(enc, i), l->e, "%s", why.text);
    }
    if (p->n_encodings == 0)
        p->encodings[p->n_encodings++] = MP_STR("utf-8");
    return 0;
}

int mp_profile_load(struct mp_arena *a, const char *path, struct mp_profile *out,
                    struct mp_error *e)
{
    struct loader l = {a, out, e};
    struct mp_yaml *y;
    *out = (struct mp_profile){0};
    out->columns = mp_arena_alloc(a, MAX_COLUMNS * sizeof *out->columns);
    out->folded = mp_arena_alloc(a, MAX_COLUMNS * sizeof *out->folded);
    out->needed = mp_arena_alloc(a, MAX_COLUMNS * sizeof *out->needed);
    if (!out->columns || !out->folded || !out->needed)
        return mp_error_memory(e);
    if (mp_yaml_load(a, path, &y, e) < 0 || read_header(&l, y) < 0 || read_recognition(&l, y) < 0 ||
        read_rows(&l, mp_yaml_get(y, "rows")) < 0)
        return -1;
    struct mp_yaml *fields = mp_yaml_get(y, "fields");
    if (fields && fields->kind != MP_YAML_MAP)
        return mp_yaml_fail(fields, e, "here must stand fields and their sources");
    for (size_t i = 0; fields && i < fields->n; i++)
        if (read_field(&l, fields->keys[i], fields->items[i]) < 0)
            return -1;
    return 0;
}

int mp_profiles_names(const char *folder, struct mp_buf *b, struct mp_error *e)
{
    struct mp_arena arena = {0};
    struct mp_str *paths;
    size_t n;
    int bad = mp_folder_yaml(&arena, folder, &paths, &n, e);
    for (size_t i = 0; !bad && i < n; i++) {
        if (b->len)
            mp_buf_addc(b, ' ');
        mp_buf_addstr(b, mp_folder_name(paths[i]));
    }
    mp_arena_free(&arena);
    return bad;
}

int mp_profiles_load(struct mp_arena *a, const char *folder, struct mp_profiles *out,
                     struct mp_error *e)
{
    struct mp_str *paths;
    size_t n;
    out->n = 0;
    if (mp_folder_yaml(a, folder, &paths, &n, e) < 0)
        return -1;
    out->list = mp_arena_alloc(a, (n + 1) * sizeof *out->list);
    if (!out->list)
        return mp_error_memory(e);
    for (size_t i = 0; i < n; i++)
        if (mp_profile_load(a, paths[i].p, &out->list[out->n++], e) < 0)
            return -1;
    return 0;
}
