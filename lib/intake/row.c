/* One row of an export becomes one record: reading and checking. Writing is in row_write.c. */
#include "intake/row.h"
#include "base/utf8.h"
#include "intake/row_write.h"
#include <stdio.h>

int mp_row_writer_begin(struct mp_row_writer *w, struct mp_arena *a, const struct mp_table *t,
                        struct mp_str file, struct mp_error *e)
{
    w->table = t;
    w->spoilt = mp_arena_alloc(a, t->n_columns + 1);
    return w->spoilt && mp_row_lay_out(w, a, file) ? 0 : mp_error_memory(e);
}

void mp_row_writer_free(struct mp_row_writer *w)
{
    mp_buf_free(&w->folded);
    mp_buf_free(&w->numbers);
    mp_buf_free(&w->facts_text);
}

static inline void note_column(struct mp_row_writer *w, enum mp_field f, size_t column)
{
    w->from_column |= (uint32_t)(column != MP_COLUMN_NONE) << f;
    w->column_of[f] = column;
}

/* The file's column that a source reads; MP_COLUMN_NONE: it reads none. */
static inline size_t column_of(const struct mp_row_writer *w, const struct mp_source *src)
{
    return src->column == MP_COLUMN_NONE ? MP_COLUMN_NONE : w->table->file_column[src->column];
}

/* The cell that a column of the profile stands for, trimmed; {NULL, 0} if empty or not there. */
static inline struct mp_str cell_of(const struct mp_row_writer *w, const struct mp_intake_row *row,
                                    size_t column)
{
    size_t c = column == MP_COLUMN_NONE ? MP_COLUMN_NONE : w->table->file_column[column];
    if (c == MP_COLUMN_NONE || !row->cells[c].text.p)
        return (struct mp_str){0};
    struct mp_str s = mp_str_trim(row->cells[c].text);
    return s.n ? s : (struct mp_str){0};
}

static enum mp_row_verdict judge(struct mp_row_writer *w, const struct mp_row_rule *r,
                                 struct mp_str s)
{
    bool known;
    struct mp_memo_slot *slot = mp_memo_at(r->memo, s, &known);
    if (known)
        return (enum mp_row_verdict)slot->answer;
    w->folded.len = 0;
    mp_utf8_fold(&w->folded, s);
    struct mp_str folded = mp_buf_str(&w->folded);
    enum mp_row_verdict v = mp_patterns_fit(r->keep, r->n_keep, folded)   ? MP_ROW_KEEP
                            : mp_patterns_fit(r->drop, r->n_drop, folded) ? MP_ROW_DROP
                                                                          : MP_ROW_UNKNOWN;
    if (slot)
        slot->answer = v;
    return v;
}

enum mp_row_verdict mp_row_counts(struct mp_row_writer *w, const struct mp_intake_row *row,
                                  size_t *rule)
{
    const struct mp_profile *p = w->table->profile;
    for (*rule = 0; *rule < p->n_rows; ++*rule) {
        const struct mp_row_rule *r = &p->rows[*rule];
        enum mp_row_verdict v = judge(w, r, cell_of(w, row, r->column));
        if (v != MP_ROW_KEEP)
            return v;
    }
    return MP_ROW_KEEP;
}

/* Says what is wrong with a cell and keeps its text for rest. */
static void fault(struct mp_row_writer *w, enum mp_code code, size_t column, struct mp_str s,
                  const char *what)
{
    char room[200], text[400];
    snprintf(text, sizeof text, "'%s' %s", mp_error_quote(s, room), what);
    if (column != MP_COLUMN_NONE)
        w->spoilt[column] = w->is_spoilt = true;
    w->warn(w->ctx, code, column, text);
}

static void date_fault(struct mp_row_writer *w, enum mp_value_fault f, size_t column,
                       struct mp_str s, struct mp_str format)
{
    char what[200];
    switch (f) {
    case MP_VALUE_TWO_DIGIT_YEAR:
        fault(w, MP_TWO_DIGIT_YEAR, column, s, "has a year of two digits");
        break;
    case MP_VALUE_SWAPPED:
        snprintf(what, sizeof what, "is no date as %.*s; are day and month swapped?", (int)format.n,
                 format.p);
        fault(w, MP_SWAPPED_DATE, column, s, what);
        break;
    case MP_VALUE_NO_SUCH_DAY:
        fault(w, MP_BAD_DATE, column, s, "does not exist");
        break;
    default:
        snprintf(what, sizeof what, "is not written as %.*s", (int)format.n, format.p);
        fault(w, MP_BAD_DATE, column, s, what);
    }
}

/* Reads a date or time with the first format that fits; the fault of the nearest one otherwise. */
static bool read_time(struct mp_row_writer *w, const struct mp_source *src, struct mp_str s,
                      size_t column, struct mp_time *t)
{
    enum mp_value_fault worst = MP_VALUE_OTHER_FORM;
    size_t nearest = 0;
    for (size_t i = 0; i < src->n_formats; i++) {
        enum mp_value_fault f = mp_date_format_apply(&src->formats[i], s, t);
        if (f == MP_VALUE_GOOD)
            return true;
        if (f > worst) {
            worst = f;
            nearest = i;
        }
    }
    date_fault(w, worst, column, s, src->formats[nearest].text);
    return false;
}

/* The text of one source as the field wants it, before maps; {NULL, 0} if it has none. */
static inline struct mp_str source_text(const struct mp_row_writer *w,
                                        const struct mp_intake_row *row,
                                        const struct mp_source *src, enum mp_field f)
{
    if (src->column == MP_COLUMN_NONE)
        return src->value.p ? src->value : w->values[src->field].text;
    struct mp_str s = cell_of(w, row, src->column);
    if (!s.p)
        return s;
    if (mp_field_info[f].type == MP_FIELD_PROSE) /* as it stood, blanks and all */
        return row->cells[w->table->file_column[src->column]].text;
    if (src->part != MP_PART_ALL)
        s = mp_part_of(src->part, s);
    return s.n ? s : (struct mp_str){0};
}

/* A number is written into `numbers`, whose bytes hold still until the next row. */
static bool read_number(struct mp_row_writer *w, const struct mp_source *src, struct mp_str s,
                        struct mp_str *out)
{
    struct mp_number_parts parts;
    size_t start = w->numbers.len;
    if (!mp_number_format_apply(&w->table->profile->number, s, &w->numbers, &parts)) {
        w->numbers.len = start;
        return false;
    }
    *out = src->number == MP_NUMBER_SUFFIX ? parts.suffix
           : src->number == MP_NUMBER_UNIT
               ? parts.unit
               : (struct mp_str){w->numbers.data + start, w->numbers.len - start};
    return true;
}

/* One source of a field that is no time. True: the value is set, or a fault was said. */
static bool read_text(struct mp_row_writer *w, const struct mp_intake_row *row, enum mp_field f,
                      const struct mp_source *src, bool last)
{
    struct mp_str s = source_text(w, row, src, f);
    if (!s.p)
        return false;
    size_t column = column_of(w, src);
    struct mp_str out = s;
    if (src->number != MP_NUMBER_NONE) {
        if (!read_number(w, src, s, &out)) {
            bool itself = src->number == MP_NUMBER_ITSELF;
            if (itself)
                fault(w, MP_BAD_NUMBER, column, s,
                      "is no registration number as the profile spells it");
            return itself;
        }
        if (out.n == 0)
            return false;
    } else if (src->map.n > 0) {
        out = mp_value_map_find(&src->map, s, &w->folded);
        if (!out.p) {
            if (last && !src->optional)
                fault(w, MP_BAD_VALUE, column, s, "is no value that the profile knows");
            return false;
        }
    }
    w->values[f].text = out;
    note_column(w, f, column);
    return true;
}

static bool read_moment(struct mp_row_writer *w, const struct mp_intake_row *row,
                        const struct mp_sources *sources, enum mp_field f, struct mp_time *t)
{
    for (size_t i = 0; i < sources->n; i++) {
        const struct mp_source *src = &sources->list[i];
        struct mp_str s = source_text(w, row, src, f);
        if (!s.p)
            continue;
        size_t column = column_of(w, src);
        if (!read_time(w, src, s, column, t))
            return false;
        w->column_of[f] = column;
        return true;
    }
    return false;
}

/* For messages: what stands in a column of the file, "" for a constant. */
static struct mp_str whole_cell(const struct mp_intake_row *row, size_t column)
{
    return column == MP_COLUMN_NONE ? MP_STR("") : row->cells[column].text;
}

static void read_time_field(struct mp_row_writer *w, const struct mp_intake_row *row,
                            enum mp_field f)
{
    const struct mp_profile *p = w->table->profile;
    struct mp_time t = {0};
    if (!read_moment(w, row, &p->fields[f], f, &t))
        return;
    size_t date_column = w->column_of[f];
    if (p->clock[f].n > 0) {
        struct mp_time clock = {0};
        t.minute = read_moment(w, row, &p->clock[f], f, &clock) ? clock.minute : -1;
    }
    if (t.minute >= 0 && !mp_time_exists(t)) {
        fault(w, MP_SKIPPED_HOUR, w->column_of[f], whole_cell(row, w->column_of[f]),
              "lies in the hour that summer time skips");
        t.minute = -1;
    }
    note_column(w, f, date_column);
    w->values[f].time = t;
}

/* A value that another one contradicts is taken back. */
static void take_back(struct mp_row_writer *w, const struct mp_intake_row *row, enum mp_field f,
                      enum mp_code code, const char *what)
{
    size_t column = w->column_of[f];
    fault(w, code, column, whole_cell(row, column), what);
    w->values[f] = (struct mp_value){0};
    w->from_column &= ~(UINT32_C(1) << f);
}

static void check_together(struct mp_row_writer *w, const struct mp_intake_row *row)
{
    struct mp_value *v = w->values;
    struct mp_time day = mp_row_day(w), birth = v[MP_F_BIRTH_DATE].time;
    if (birth.known && day.known && birth.day > day.day)
        take_back(w, row, MP_F_BIRTH_DATE, MP_FUTURE_BIRTH, "lies behind the report");
    struct mp_time left = v[MP_F_MISSING_SINCE].time, back = v[MP_F_RETURNED_AT].time;
    bool by_minute = left.minute >= 0 && back.minute >= 0;
    if (left.known && back.known &&
        (back.day < left.day || (back.day == left.day && by_minute && back.minute < left.minute)))
        take_back(w, row, MP_F_RETURNED_AT, MP_RETURN_FIRST, "lies before the departure");
}

/* A field that is a column's text as it stands; false if there is none. */
static inline bool read_plain(struct mp_row_writer *w, const struct mp_intake_row *row,
                              const struct mp_mapped_field *m)
{
    if (m->plain == MP_COLUMN_NONE || !row->cells[m->plain].text.p)
        return false;
    struct mp_str all = row->cells[m->plain].text, s = mp_str_trim(all);
    if (s.n == 0)
        return false;
    /* prose stays as it stood, blanks and all */
    w->values[m->field].text = m->type == MP_FIELD_PROSE ? all : s;
    note_column(w, m->field, m->plain);
    return true;
}

static void read_field(struct mp_row_writer *w, const struct mp_intake_row *row,
                       const struct mp_mapped_field *m)
{
    const struct mp_sources *s = m->sources;
    if (m->type == MP_FIELD_TIME || m->type == MP_FIELD_DATE) {
        read_time_field(w, row, m->field);
        return;
    }
    for (size_t i = 0; i < s->n; i++)
        if (read_text(w, row, m->field, &s->list[i], i + 1 == s->n))
            return;
}

/* Nothing is left of the row before. */
static void forget(struct mp_row_writer *w)
{
    for (size_t i = 0; i < w->table->n_mapped; i++) /* no other is ever set */
        w->values[w->table->mapped[i].field] = (struct mp_value){0};
    w->from_column = 0;
    if (w->is_spoilt)
        memset(w->spoilt, 0, w->table->n_columns);
    w->is_spoilt = false;
    w->numbers.len = 0;
    mp_buf_reserve(&w->numbers, 1024); /* so that it does not move while the row is read */
}

void mp_row_write(struct mp_row_writer *w, const struct mp_intake_row *row, struct mp_buf *b)
{
    const struct mp_table *t = w->table;
    forget(w);
    for (size_t i = 0; i < t->n_mapped; i++)
        if (!read_plain(w, row, &t->mapped[i]))
            read_field(w, row, &t->mapped[i]);
    check_together(w, row);
    mp_row_write_json(w, row, b);
    b->failed |= w->folded.failed || w->numbers.failed || w->facts_text.failed;
}
