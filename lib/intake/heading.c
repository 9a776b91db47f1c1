/* The heading of a CSV export: its names, and what there is to say about them. */
#include "intake/heading.h"
#include <stdio.h>

int mp_heading_names(struct mp_session *s, const struct mp_csv_row *row, struct mp_decoder *d,
                     struct mp_str **names)
{
    *names = mp_arena_alloc(&s->k->arena, (row->n + 1) * sizeof **names);
    if (!*names || !mp_decoder_begin(d, row->raw.n)) {
        struct mp_error e;
        mp_error_memory(&e);
        return mp_app_fail(s->app, &e);
    }
    for (size_t i = 0; i < row->n; i++) {
        unsigned flags = 0;
        (*names)[i] = mp_decode(d, row->fields[i].text, &flags);
    }
    return 0;
}

const char *mp_heading_hint(const struct mp_csv_row *row)
{
    if (row->raw.n && memchr(row->raw.p, '\0', row->raw.n))
        return " (it has NUL bytes: UTF-16 without a byte-order mark? Convert it with iconv)";
    if (row->n == 1)
        return " (it is one field: does the delimiter fit?)";
    return "";
}

static int fail_lacking(struct mp_session *s, const struct mp_csv_row *row, struct mp_str column)
{
    struct mp_error e;
    mp_error_set(&e, MP_NO_COLUMN,
                 "column '%.*s', which profile %.*s needs, is not in the heading%s", (int)column.n,
                 column.p, (int)s->profile->name.n, s->profile->name.p, mp_heading_hint(row));
    mp_error_at(&e, s->in->name, row->line, 1);
    return mp_app_fail(s->app, &e);
}

/* A field that no column of this file can fill is more often a typing error than meant. */
static void say_absent(struct mp_session *s)
{
    for (enum mp_field f = 0; f < MP_N_FIELDS; f++) {
        struct mp_str column = mp_table_absent(&s->table, f);
        char text[200];
        if (!column.p)
            continue;
        snprintf(text, sizeof text, "column '%.*s' is not in the heading: %s stays empty",
                 (int)column.n, column.p, mp_field_info[f].path);
        mp_session_warn(s, MP_ABSENT_COLUMN, MP_COLUMN_NONE, text);
    }
}

static void say_duplicates(struct mp_session *s, const struct mp_str *names, size_t first)
{
    for (size_t i = first; i < s->table.n_columns; i++) /* a longer name has a number behind it */
        if (i == first || s->table.names[i].n != mp_str_trim(names[i]).n)
            mp_session_warn(s, MP_DUPLICATE_COLUMN, i, "the name stands here a second time");
}

int mp_heading_bind(struct mp_session *s, const struct mp_csv_row *row, struct mp_decoder *d)
{
    struct mp_str *names;
    size_t duplicate;
    if (mp_heading_names(s, row, d, &names) < 0 ||
        mp_session_begin(s, names, row->n, &duplicate) < 0)
        return -1;
    struct mp_str lacks = mp_table_lacks(&s->table);
    if (lacks.p)
        return fail_lacking(s, row, lacks);
    s->csv = row;
    s->row.line = row->line;
    say_duplicates(s, names, duplicate);
    say_absent(s);
    return 0;
}
