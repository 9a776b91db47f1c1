/* What the readers of the different formats share while they read one input. */
#include "intake/session.h"
#include <inttypes.h>
#include <stdio.h>

int mp_session_begin(struct mp_session *s, const struct mp_str *names, size_t n, size_t *duplicate)
{
    struct mp_arena *a = &s->k->arena;
    struct mp_error e;
    if (mp_table_bind(a, s->profile, names, n, &s->table, duplicate, &e) < 0)
        return mp_app_fail(s->app, &e);
    s->writer.no_text = s->k->no_text;
    s->writer.warn = mp_session_warn;
    s->writer.ctx = s;
    s->cells = mp_arena_alloc(a, (n + 1) * sizeof *s->cells);
    s->dropped = mp_arena_alloc(a, (s->profile->n_rows + 1) * sizeof *s->dropped);
    if (!s->cells || !s->dropped ||
        mp_row_writer_begin(&s->writer, a, &s->table, s->in->name, &e) < 0) {
        mp_error_memory(&e);
        return mp_app_fail(s->app, &e);
    }
    s->row.cells = s->cells;
    return 0;
}

/* Line and column of a cell; the row's own beginning where the format has no columns. */
static void place_of(const struct mp_session *s, size_t column, size_t *line, size_t *col)
{
    *line = s->row.line;
    *col = 0;
    if (s->csv && column < s->csv->n)
        mp_csv_place(s->csv, s->csv->fields[column].at, line, col);
}

void mp_session_warn(void *ctx, enum mp_code code, size_t column, const char *text)
{
    struct mp_session *s = ctx;
    struct mp_error e;
    size_t line, col;
    place_of(s, column, &line, &col);
    if (column < s->table.n_columns)
        mp_error_set(&e, code, "%.*s: %s", (int)s->table.names[column].n, s->table.names[column].p,
                     text);
    else
        mp_error_set(&e, code, "%s", text);
    mp_error_at(&e, s->in->name, line, col);
    mp_app_say(s->app, &e);
}

int mp_session_reject(struct mp_session *s, enum mp_code code, size_t line, size_t col,
                      struct mp_str raw, size_t part, const char *text)
{
    struct mp_error e;
    mp_error_set(&e, code, "%s", text);
    mp_error_at(&e, s->in->name, line, col);
    return mp_app_reject(s->app, &e, raw, s->row.record, s->row.offset, part);
}

/* A row that no rule knows is set aside: it may be about a missing youth. */
static int reject_unknown(struct mp_session *s, size_t rule, struct mp_str raw)
{
    size_t column = s->table.file_column[s->profile->rows[rule].column];
    struct mp_str name = s->profile->columns[s->profile->rows[rule].column];
    char room[200], text[400];
    struct mp_str value = {"", 0};
    if (column != MP_COLUMN_NONE && s->cells[column].text.p)
        value = s->cells[column].text;
    snprintf(text, sizeof text, "%.*s: the profile does not say whether '%s' counts", (int)name.n,
             name.p, mp_error_quote(value, room));
    size_t line, col;
    place_of(s, column, &line, &col);
    return mp_session_reject(s, MP_UNKNOWN_ROLE, line, col, raw, 0, text);
}

int mp_session_row(struct mp_session *s, struct mp_str raw)
{
    struct mp_app *app = s->app;
    size_t rule;
    enum mp_row_verdict verdict = mp_row_counts(&s->writer, &s->row, &rule);
    if (s->writer.folded.failed) {
        struct mp_error e;
        mp_error_memory(&e);
        return mp_app_fail(app, &e);
    }
    switch (verdict) {
    case MP_ROW_UNKNOWN:
        return reject_unknown(s, rule, raw);
    case MP_ROW_DROP:
        s->dropped[rule]++;
        app->counts.dropped++;
        return 0;
    default:
        mp_row_write(&s->writer, &s->row, &app->out.buf);
        mp_app_place(app, s->in->name, s->row.line);
        app->counts.out++;
        return mp_app_check(app);
    }
}

void mp_session_end(struct mp_session *s)
{
    for (size_t i = 0; i < s->profile->n_rows; i++) {
        struct mp_error e;
        if (!s->dropped || s->dropped[i] == 0)
            continue;
        struct mp_str name = s->profile->columns[s->profile->rows[i].column];
        mp_error_set(&e, MP_DROPPED, "%" PRIu64 " row%s left out by the rule for '%.*s'",
                     s->dropped[i], s->dropped[i] == 1 ? "" : "s", (int)name.n, name.p);
        mp_error_at(&e, s->in->name, 0, 0);
        mp_app_say(s->app, &e);
    }
    mp_row_writer_free(&s->writer);
}
