/* Rows of a CSV export. */
#include "base/utf8.h"
#include "intake/heading.h"
#include "intake/session.h"
#include <inttypes.h>
#include <stdio.h>

struct csv_rows {
    struct mp_session *s;
    struct mp_csv csv;
    struct mp_decoder decoder;
    size_t part; /* of a row that comes in pieces: too large, or broken by a quote */
    bool broken; /* what follows may still belong to a row that a quote has broken */
    struct mp_intake_cell *surplus;
    size_t surplus_cap;
};

static int fatal(struct csv_rows *r, const struct mp_error *e)
{
    return mp_app_fail(r->s->app, e);
}

static int memory(struct csv_rows *r)
{
    struct mp_error e;
    mp_error_memory(&e);
    return fatal(r, &e);
}

/* Reads the heading. 0: there is one. 1: the input is empty. */
static int read_heading(struct csv_rows *r)
{
    struct mp_error e;
    int got = mp_csv_next(&r->csv, &e);
    if (got < 0)
        return fatal(r, &e);
    return got == 0 ? 1 : mp_heading_bind(r->s, &r->csv.row, &r->decoder);
}

static int reject_problem(struct csv_rows *r)
{
    const struct mp_csv_row *row = &r->csv.row;
    static const struct {
        enum mp_code code;
        const char *text;
    } problems[] = {
        [MP_CSV_STRAY_QUOTE] = {MP_STRAY_QUOTE, "a quote inside a quoted field is not doubled"},
        [MP_CSV_UNCLOSED_QUOTE] = {MP_UNCLOSED_QUOTE, "this field's quote is never closed"},
        [MP_CSV_TOO_LARGE] = {MP_TOO_LARGE, "the row is larger than --max-record"},
    };
    size_t part = row->problem == MP_CSV_TOO_LARGE ? ++r->part : 0;
    r->part = row->more ? part : 0;
    r->broken = row->problem != MP_CSV_TOO_LARGE;
    return mp_session_reject(r->s, problems[row->problem].code, row->problem_line, row->problem_col,
                             row->raw, part, problems[row->problem].text);
}

/* 0: the row may be used; 1: it is dealt with; -1: stop. */
static int check_width(struct csv_rows *r)
{
    struct mp_session *s = r->s;
    const struct mp_csv_row *row = &r->csv.row;
    size_t want = s->table.n_columns;
    if (row->n == want)
        return 0;
    char text[160];
    snprintf(text, sizeof text, "%zu field%s where the heading has %zu", row->n,
             row->n == 1 ? "" : "s", want);
    if (s->k->fill_ragged) {
        mp_session_warn(s, MP_FILLED, MP_COLUMN_NONE, text);
        return 0;
    }
    size_t line, col, last = row->n > want ? want : row->n - 1;
    mp_csv_place(row, row->fields[last].at, &line, &col);
    return mp_session_reject(s, MP_RAGGED, line, col, row->raw, 0, text) < 0 ? -1 : 1;
}

static bool is_blank_row(const struct mp_csv_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (mp_str_trim(row->fields[i].text).n > 0)
            return false;
    return true;
}

/* What was noticed in a field, said at its place. */
static void say_noticed(struct csv_rows *r, size_t column, unsigned flags)
{
    char text[120];
    const char *now = r->decoder.last == MP_TEXT_UTF8 ? "UTF-8" : r->decoder.other.name;
    if (flags & MP_DECODED_SWITCHED) {
        snprintf(text, sizeof text, "from here on read as %s", now);
        mp_session_warn(r->s, MP_MIXED_ENCODING, column, text);
    }
    if (flags & MP_DECODED_UNDEFINED) {
        snprintf(text, sizeof text, "has bytes that %s does not define", now);
        mp_session_warn(r->s, MP_UNDEFINED_BYTE, column, text);
    }
}

/* How many fields there are before the first byte beyond ASCII: they need no decoding. */
static size_t ascii_fields(const struct mp_csv_row *row)
{
    if (row->is_ascii)
        return row->n;
    size_t first = mp_utf8_ascii_run(row->raw.p, row->raw.n), n = row->n;
    while (n > 0 && row->fields[--n].at > first)
        ;
    return n;
}

/* Fills in the cells. 0, 1 or -1 as above. */
static int decode_cells(struct csv_rows *r)
{
    struct mp_session *s = r->s;
    const struct mp_csv_row *row = &r->csv.row;
    size_t want = s->table.n_columns;
    if (!mp_decoder_begin(&r->decoder, row->raw.n))
        return memory(r);
    s->row.n_surplus = row->n > want ? row->n - want : 0;
    if (s->row.n_surplus > r->surplus_cap) {
        r->surplus_cap = s->row.n_surplus * 2;
        r->surplus = mp_arena_alloc(&s->k->arena, r->surplus_cap * sizeof *r->surplus);
        if (!r->surplus)
            return memory(r);
    }
    s->row.surplus = r->surplus;
    size_t i = ascii_fields(row);
    i = i < want ? i : want;
    for (size_t k = 0; k < i; k++)
        s->cells[k] = (struct mp_intake_cell){.text = row->fields[k].text};
    for (; i < row->n || i < want; i++) {
        unsigned flags = 0;
        struct mp_str text = {0};
        if (i < row->n)
            text = mp_decode(&r->decoder, row->fields[i].text, &flags);
        if (flags & MP_DECODED_BAD) {
            size_t line, col;
            mp_csv_place(row, row->fields[i].at, &line, &col);
            return mp_session_reject(s, MP_BAD_ENCODING, line, col, row->raw, 0,
                                     "bytes that are not UTF-8") < 0
                       ? -1
                       : 1;
        }
        if (flags)
            say_noticed(r, i, flags);
        *(i < want ? &s->cells[i] : &r->surplus[i - want]) = (struct mp_intake_cell){.text = text};
    }
    return 0;
}

static void say_oddities(struct csv_rows *r)
{
    const struct mp_csv_row *row = &r->csv.row;
    for (size_t i = 0; i < row->n; i++) {
        struct mp_str t = row->fields[i].text;
        size_t at = row->fields[i].at;
        bool quoted = at < row->raw.n && row->raw.p[at] == '"';
        if (t.n && memchr(t.p, '\0', t.n))
            mp_session_warn(r->s, MP_NUL_BYTE, i, "has a NUL byte");
        if (row->literal_quotes && !quoted && t.n && memchr(t.p, '"', t.n))
            mp_session_warn(r->s, MP_LITERAL_QUOTE, i, "has a quote inside, taken as it stands");
    }
}

/* Compared by its first field before all of it is folded. */
static bool is_heading(struct csv_rows *r)
{
    const struct mp_csv_row *row = &r->csv.row;
    const struct mp_table *t = &r->s->table;
    enum { MOST = 256 };
    struct mp_str fields[MOST];
    if (row->problem || row->n != t->n_columns || row->n > MOST ||
        !mp_str_eq(mp_str_trim(row->fields[0].text), t->names[0]))
        return false;
    for (size_t i = 0; i < row->n; i++)
        fields[i] = row->fields[i].text;
    return mp_table_is_heading(t, fields, row->n, &r->s->writer.folded);
}

/* Lines behind a row that a quote has broken, until there is a whole row again: further pieces of
 * that row, not rows of their own. */
static int reject_fragment(struct csv_rows *r)
{
    const struct mp_csv_row *row = &r->csv.row;
    return mp_session_reject(r->s, MP_STRAY_QUOTE, row->line, 1, row->raw, ++r->part + 1,
                             "goes on from the row before it");
}

static int good_row(struct csv_rows *r)
{
    struct mp_session *s = r->s;
    const struct mp_csv_row *row = &r->csv.row;
    if (is_blank_row(row)) {
        s->app->counts.dropped++;
        mp_session_warn(s, MP_EMPTY_ROW, MP_COLUMN_NONE, "a row of separators alone");
        return 0;
    }
    int done = check_width(r);
    if (done == 0)
        done = decode_cells(r);
    if (done != 0)
        return done < 0 ? -1 : 0;
    if (row->literal_quotes || row->has_nul)
        say_oddities(r);
    return mp_session_row(s, row->raw);
}

static int one_row(struct csv_rows *r)
{
    struct mp_session *s = r->s;
    const struct mp_csv_row *row = &r->csv.row;
    s->csv = row;
    s->row.line = row->line;
    s->row.offset = row->offset;
    if (r->broken && !row->problem && row->n != s->table.n_columns)
        return reject_fragment(r);
    if (r->broken) {
        r->broken = false;
        r->part = 0;
    }
    if (is_heading(r)) {
        mp_session_warn(s, MP_REPEATED_HEADING, MP_COLUMN_NONE, "the heading once more");
        return 0;
    }
    if (s->writer.folded.failed)
        return memory(r);
    if (r->part == 0) {
        s->row.record++;
        s->app->counts.in++;
    }
    return row->problem ? reject_problem(r) : good_row(r);
}

static int read_rows(struct csv_rows *r)
{
    struct mp_session *s = r->s;
    struct mp_error e;
    size_t bad_units = 0;
    for (;;) {
        int got = mp_csv_next(&r->csv, &e);
        if (got < 0)
            return fatal(r, &e);
        if (got == 0)
            return 0;
        if (one_row(r) < 0)
            return -1;
        if (s->in->bad_units > bad_units) {
            bad_units = s->in->bad_units;
            mp_session_warn(s, MP_LONE_UNIT, MP_COLUMN_NONE, "here or before the next row");
        }
        if (s->app->counts.in % 256 == 0)
            mp_app_progress(s->app, s->in);
    }
}

int mp_intake_csv(struct mp_session *s)
{
    struct csv_rows r = {.s = s};
    struct mp_error e;
    bool is_unicode = s->in->utf8_bom || s->in->utf16;
    if (mp_decoder_open(&r.decoder, s->profile, s->k->encoding, is_unicode, &e) < 0)
        return fatal(&r, &e);
    int result = -1;
    if (mp_csv_open(&r.csv, s->in, s->profile->delimiter, (size_t)s->app->max_record, &e) < 0) {
        fatal(&r, &e);
    } else {
        int heading = read_heading(&r);
        result = heading == 0 ? read_rows(&r) : heading > 0 ? 0 : -1;
        mp_csv_close(&r.csv);
    }
    mp_session_end(s);
    mp_decoder_close(&r.decoder);
    return result;
}
