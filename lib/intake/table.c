/* The columns of one file, bound to a profile. */
#include "intake/table.h"
#include "base/utf8.h"
#include "io/json.h"

/* An arena copy of the trimmed name, folded, with " (2)" behind it where it stands a second time.
 * In `seen` each name has the last number that was given to it. */
static int name_column(struct mp_arena *a, struct mp_table *t, size_t i, struct mp_str name,
                       struct mp_map *seen, size_t *duplicate, struct mp_error *e)
{
    struct mp_buf text = {0}, folded = {0};
    name = mp_str_trim(name);
    mp_buf_addstr(&text, name);
    mp_utf8_fold(&folded, name);
    size_t first = mp_map_put(seen, mp_buf_str(&folded)), place = first;
    while (place != MP_MAP_NONE && seen->entries[place].value > 0) {
        *duplicate = i < *duplicate ? i : *duplicate;
        text.len = folded.len = 0;
        mp_buf_addstr(&text, name);
        mp_buf_addf(&text, " (%zu)", ++seen->entries[first].value);
        mp_utf8_fold(&folded, mp_buf_str(&text));
        place = text.failed || folded.failed ? MP_MAP_NONE : mp_map_put(seen, mp_buf_str(&folded));
    }
    if (place != MP_MAP_NONE)
        seen->entries[place].value = 1;
    t->names[i] = mp_arena_str(a, mp_buf_str(&text));
    t->folded[i] = mp_arena_str(a, mp_buf_str(&folded));
    folded.len = 0;
    mp_json_add_str(&folded, t->names[i]);
    mp_buf_addc(&folded, ':');
    t->keys[i] = mp_arena_str(a, mp_buf_str(&folded));
    bool good = place != MP_MAP_NONE && t->names[i].p && t->folded[i].p && t->keys[i].p &&
                !text.failed && !folded.failed;
    mp_buf_free(&text);
    mp_buf_free(&folded);
    return good ? 0 : mp_error_memory(e);
}

/* Whether a heading may lack its column without a word. */
static bool may_lack(const struct mp_source *s)
{
    return s->optional && s->map.n == 0;
}

static void note_use(struct mp_table *t, const struct mp_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        const struct mp_source *s = &sources->list[i];
        size_t c = s->column == MP_COLUMN_NONE ? MP_COLUMN_NONE : t->file_column[s->column];
        if (c != MP_COLUMN_NONE && /* what an optional map does not know would be lost */
            (!s->optional || may_lack(s)))
            t->to_rest[c] = false;
    }
}

static bool is_given(const struct mp_table *t, const struct mp_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        const struct mp_source *s = &sources->list[i];
        if (!may_lack(s) || s->column == MP_COLUMN_NONE ||
            t->file_column[s->column] != MP_COLUMN_NONE)
            return true;
    }
    return false;
}

static size_t plain_column(const struct mp_table *t, enum mp_field f)
{
    enum mp_field_type type = mp_field_info[f].type;
    const struct mp_sources *sources = &t->profile->fields[f];
    const struct mp_source *s = sources->list;
    if (sources->n == 0 || s->column == MP_COLUMN_NONE || s->number != MP_NUMBER_NONE ||
        s->map.n > 0 || s->part != MP_PART_ALL || (type != MP_FIELD_TEXT && type != MP_FIELD_PROSE))
        return MP_COLUMN_NONE;
    return t->file_column[s->column];
}

int mp_table_bind(struct mp_arena *a, const struct mp_profile *p, const struct mp_str *names,
                  size_t n, struct mp_table *t, size_t *duplicate, struct mp_error *e)
{
    *t = (struct mp_table){.profile = p, .n_columns = n};
    t->file_column = mp_arena_alloc(a, (p->n_columns + 1) * sizeof *t->file_column);
    t->keys = mp_arena_alloc(a, (n + 1) * sizeof *t->keys);
    t->names = mp_arena_alloc(a, (n + 1) * sizeof *t->names);
    t->folded = mp_arena_alloc(a, (n + 1) * sizeof *t->folded);
    t->to_rest = mp_arena_alloc(a, (n + 1) * sizeof *t->to_rest);
    t->rest = mp_arena_alloc(a, (n + 1) * sizeof *t->rest);
    if (!t->file_column || !t->keys || !t->names || !t->folded || !t->to_rest || !t->rest)
        return mp_error_memory(e);
    struct mp_map seen = {0};
    int bad = 0;
    *duplicate = n;
    for (size_t i = 0; i < n && !bad; i++) {
        t->to_rest[i] = true;
        bad = name_column(a, t, i, names[i], &seen, duplicate, e);
    }
    mp_map_free(&seen);
    if (bad)
        return -1;
    for (size_t c = 0; c < p->n_columns; c++) {
        size_t i = 0;
        while (i < n && !mp_str_eq(t->folded[i], p->folded[c]))
            i++;
        t->file_column[c] = i < n ? i : MP_COLUMN_NONE;
    }
    for (enum mp_field f = 0; f < MP_N_FIELDS; f++) {
        note_use(t, &p->fields[f]);
        note_use(t, &p->clock[f]);
        t->gives[f] = is_given(t, &p->fields[f]);
        if (t->gives[f])
            t->mapped[t->n_mapped++] = (struct mp_mapped_field){f, mp_field_info[f].type,
                                                                &p->fields[f], plain_column(t, f)};
    }
    for (size_t i = 0; i < n; i++)
        if (t->to_rest[i])
            t->rest[t->n_rest++] = i;
    return 0;
}

struct mp_str mp_table_lacks(const struct mp_table *t)
{
    for (size_t c = 0; c < t->profile->n_columns; c++)
        if (t->profile->needed[c] && t->file_column[c] == MP_COLUMN_NONE)
            return t->profile->columns[c];
    return (struct mp_str){0};
}

static struct mp_str absent(const struct mp_table *t, const struct mp_sources *sources)
{
    struct mp_str name = {0};
    for (size_t i = 0; i < sources->n; i++) {
        size_t c = sources->list[i].column;
        if (c == MP_COLUMN_NONE || may_lack(&sources->list[i]) ||
            t->file_column[c] != MP_COLUMN_NONE)
            return (struct mp_str){0};
        if (!name.p)
            name = t->profile->columns[c];
    }
    return name;
}

struct mp_str mp_table_absent(const struct mp_table *t, enum mp_field f)
{
    struct mp_str name = absent(t, &t->profile->fields[f]);
    return name.p ? name : absent(t, &t->profile->clock[f]);
}

bool mp_table_is_heading(const struct mp_table *t, const struct mp_str *fields, size_t n,
                         struct mp_buf *folded)
{
    bool same = n == t->n_columns && n > 1;
    for (size_t i = 0; i < n && same; i++) {
        folded->len = 0;
        mp_utf8_fold(folded, mp_str_trim(fields[i]));
        /* a second column of the same name is only longer by its number */
        struct mp_str begin = {t->folded[i].p,
                               folded->len < t->folded[i].n ? folded->len : t->folded[i].n};
        same = mp_str_eq(begin, mp_buf_str(folded));
    }
    return same && !folded->failed;
}
