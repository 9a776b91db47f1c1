/* From the lines of states to a tally. */
#include "count/roll.h"
#include "count/state.h"
#include <inttypes.h>
#include <stdlib.h>

static int no_state(struct mp_error *e, const char *what)
{
    return mp_error_set(e, MP_NOT_A_RECORD, "no line of a state of these tables: %s", what);
}

/* ---- values ---- */

/* A number that is there and not negative. */
static bool number_at(yyjson_val *map, const char *key, uint64_t *out)
{
    int64_t n;
    if (!mp_rec_int(yyjson_obj_get(map, key), &n) || n < 0)
        return false;
    *out = (uint64_t)n;
    return true;
}

/* How often: 1 to the largest number that a pair can have. */
static bool times_of(struct mp_str s, uint32_t *out)
{
    int64_t n;
    if (!mp_rec_int_of(s, &n) || n < 1 || n > UINT32_MAX)
        return false;
    *out = (uint32_t)n;
    return true;
}

static bool id_of(yyjson_val *root, uint64_t *id)
{
    struct mp_str s = mp_rec_text(yyjson_obj_get(root, "state"));
    if (s.n != 16)
        return false;
    *id = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *digits = "0123456789abcdef", *d = memchr(digits, s.p[i], 16);
        if (!d)
            return false;
        *id = *id << 4 | (uint64_t)(d - digits);
    }
    return true;
}

enum { PERSON_DIGITS = 11 };

static bool person_of(const char *p, uint64_t *out)
{
    uint64_t n = 0;
    for (size_t i = 0; i < PERSON_DIGITS; i++) {
        unsigned char c = (unsigned char)p[i];
        uint64_t digit;
        if (c >= 'A' && c <= 'Z')
            digit = c - 'A';
        else if (c >= 'a' && c <= 'z')
            digit = c - 'a' + 26u;
        else if (c >= '0' && c <= '9')
            digit = c - '0' + 52u;
        else if (c == '-' || c == '_')
            digit = c == '-' ? 62 : 63;
        else
            return false;
        if (i + 1 == PERSON_DIGITS && digit % 4 != 0)
            return false;
        n = i + 1 < PERSON_DIGITS ? n << 6 | digit : n << 4 | digit >> 2;
    }
    *out = n;
    return true;
}

/* ---- states ---- */

/* What is known of the state; NULL if memory ran out. */
static struct mp_state_seen *seen_of(struct mp_state_reader *r, uint64_t id,
                                     const struct mp_rec *rec)
{
    if (r->ids.n == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 16;
        struct mp_state_seen *seen = realloc(r->seen, cap * sizeof *seen);
        if (!seen)
            return NULL;
        r->seen = seen;
        r->cap = cap;
    }
    size_t n = r->ids.n, at = mp_numbers_put(&r->ids, id);
    if (at == MP_NUMBERS_NONE)
        return NULL;
    if (at == n)
        r->seen[at] = (struct mp_state_seen){.file = rec->file, .line = rec->number};
    return &r->seen[at];
}

void mp_state_read_begin(struct mp_state_reader *r, struct mp_tally *tally,
                         const struct mp_state_frame *frame)
{
    *r = (struct mp_state_reader){.frame = frame, .tally = tally};
}

void mp_state_read_end(struct mp_state_reader *r)
{
    mp_numbers_free(&r->ids);
    free(r->seen);
    mp_buf_free(&r->room);
    *r = (struct mp_state_reader){0};
}

static int not_whole(const struct mp_state_seen *s, uint64_t id, struct mp_error *e)
{
    if (s->heads == 0)
        mp_error_set(e, MP_STATE_NOT_WHOLE, "state %016" PRIx64 ": its head is missing", id);
    else if (s->lines < s->expected)
        mp_error_set(e, MP_STATE_NOT_WHOLE,
                     "state %016" PRIx64 ": lines are missing: %" PRIu64 " of %" PRIu64, id,
                     s->expected - s->lines, s->expected);
    else if (s->lines > s->expected)
        mp_error_set(e, MP_STATE_NOT_WHOLE,
                     "state %016" PRIx64 ": lines came twice: %" PRIu64 " of %" PRIu64, id,
                     s->lines - s->expected, s->expected);
    else
        mp_error_set(e, MP_STATE_NOT_WHOLE, "state %016" PRIx64 ": lines have been changed", id);
    return mp_error_at(e, s->file, s->line, 0);
}

int mp_state_read_check(const struct mp_state_reader *r, struct mp_error *e)
{
    if (r->ids.n == 0)
        return mp_error_set(e, MP_STATE_NOT_WHOLE, "there is no state in the input");
    for (size_t i = 0; i < r->ids.n; i++) {
        const struct mp_state_seen *s = &r->seen[i];
        if (s->heads == 0 || s->lines != s->expected || s->sum != s->heads * r->ids.keys[i])
            return not_whole(s, r->ids.keys[i], e);
    }
    return 0;
}

bool mp_state_read_twice(const struct mp_state_reader *r, size_t *at, struct mp_error *e)
{
    while (*at < r->ids.n) {
        size_t i = (*at)++;
        const struct mp_state_seen *s = &r->seen[i];
        if (s->heads < 2 || !s->members)
            continue;
        mp_error_set(e, MP_SAME_STATE,
                     "state %016" PRIx64 " came %" PRIu64 " times and is counted as often",
                     r->ids.keys[i], s->heads);
        mp_error_at(e, s->file, s->line, 0);
        return true;
    }
    return false;
}

/* ---- the head ---- */

static int other(struct mp_error *e, const char *what, struct mp_str theirs)
{
    char quote[200];
    if (theirs.n == 0)
        return mp_error_set(e, MP_OTHER_STATE, "the state was made without %s: leave it out", what);
    return mp_error_set(e, MP_OTHER_STATE, "the state was made with %s %s: give the same", what,
                        mp_error_quote(theirs, quote));
}

static int other_persons(struct mp_error *e, struct mp_str check)
{
    return mp_error_set(e, MP_OTHER_STATE,
                        "the state was made with%s --key: its persons cannot be compared",
                        check.n ? " another" : "out");
}

static bool is_moment(struct mp_str theirs, struct mp_time ours)
{
    struct mp_time t = {0};
    return theirs.n == 0 ? !ours.known
                         : mp_time_read(theirs, &t) && ours.known && mp_time_cmp(t, ours) == 0;
}

/* Whether it hangs on the same as what is counted here. */
static int check_frame(const struct mp_state_frame *f, yyjson_val *root, struct mp_error *e)
{
    struct mp_str set = mp_rec_str(root, "set"), version = mp_rec_str(root, "version");
    struct mp_str unit = mp_rec_str(root, "unit"), as_of = mp_rec_str(root, "as_of");
    struct mp_str check = mp_rec_str(root, "key");
    if (!mp_str_eq(set, f->set))
        return other(e, "the set of tables", set);
    if (!mp_str_eq(version, f->version))
        return other(e, "tables of version", version);
    if (!is_moment(as_of, f->as_of))
        return other(e, "--as-of", as_of);
    if (!mp_str_eq(unit, mp_str_of(f->unit)))
        return other(e, "--unit", unit);
    if (!mp_str_is(mp_rec_str(root, "rules"), f->rules))
        return mp_error_set(e, MP_OTHER_STATE,
                            "the state was made with other tables, dimensions or case: give the "
                            "same options, and make all states with the same files");
    if (!mp_str_is(mp_rec_str(root, "persons"), f->key->secret ? "hmac" : "hash") ||
        !mp_str_is(check, f->key->check))
        return other_persons(e, check);
    return 0;
}

/* The places of the paths that its records told. */
static bool read_told(const struct mp_case *k, yyjson_val *list, uint64_t *out)
{
    yyjson_arr_iter all = yyjson_arr_iter_with(list);
    *out = 0;
    for (yyjson_val *v; (v = yyjson_arr_iter_next(&all));) {
        size_t i = 0;
        while (i < k->lookup.n && !mp_str_eq(mp_case_path(k, i), mp_rec_text(v)))
            i++;
        if (i == k->lookup.n)
            return false;
        *out |= (uint64_t)1 << i;
    }
    return yyjson_is_arr(list);
}

static bool read_numbers(const struct mp_case *k, yyjson_val *root, struct mp_state_head *h)
{
    yyjson_val *lacking = yyjson_obj_get(root, "lacking");
    struct mp_time first = mp_rec_time(root, "first_day"), last = mp_rec_time(root, "last_day");
    *h = (struct mp_state_head){.first_day = INT32_MAX, .last_day = INT32_MIN};
    if (first.known && last.known) {
        h->first_day = first.day;
        h->last_day = last.day;
    }
    return number_at(root, "records", &h->records) &&
           number_at(lacking, "episodes", &h->lacking[MP_EPISODES]) &&
           number_at(lacking, "persons", &h->lacking[MP_PERSONS]) &&
           number_at(root, "endless", &h->endless) && number_at(root, "lines", &h->lines) &&
           read_told(k, yyjson_obj_get(root, "told"), &h->told);
}

static void add_head(struct mp_tally *t, const struct mp_state_head *h)
{
    t->records += h->records;
    t->lacking[MP_EPISODES] += h->lacking[MP_EPISODES];
    t->lacking[MP_PERSONS] += h->lacking[MP_PERSONS];
    t->told |= h->told;
    t->endless += h->endless;
    t->first_day = h->first_day < t->first_day ? h->first_day : t->first_day;
    t->last_day = h->last_day > t->last_day ? h->last_day : t->last_day;
}

static int read_head(struct mp_state_reader *r, const struct mp_rec *rec, uint64_t id,
                     struct mp_error *e)
{
    struct mp_state_head h;
    if (check_frame(r->frame, rec->root, e) < 0)
        return -1;
    if (!read_numbers(r->tally->k, rec->root, &h))
        return no_state(e, "its head lacks something");
    struct mp_state_seen *seen = seen_of(r, id, rec);
    r->room.len = 0;
    mp_buf_addc(&r->room, '{');
    mp_state_add_head(&r->room, r->frame, &h, r->tally->k);
    if (!seen || r->room.failed)
        return mp_error_memory(e);
    seen->heads++;
    seen->lines++;
    seen->expected += h.lines;
    seen->sum += mp_state_hash(mp_hash(r->room.data, r->room.len), MP_STATE_HEAD, 0, 0);
    add_head(r->tally, &h);
    return 0;
}

/* ---- cells ---- */

/* The cell that a line adds to. */
struct target {
    struct mp_state_seen *seen;
    struct mp_crosstab *table;
    uint32_t cell;
    uint64_t hash;
    bool persons; /* every record so far tells them */
};

/* The place of the line's table in the set, or that behind its last. */
static size_t table_of(const struct mp_crosstabs *set, yyjson_val *root)
{
    uint64_t number;
    struct mp_str name = mp_rec_text(yyjson_obj_get(root, "table"));
    if (!number_at(root, "number", &number) || number < 1 || number > set->n ||
        !mp_str_eq(set->items[number - 1].name, name))
        return set->n;
    return (size_t)number - 1;
}

static int read_coordinates(struct mp_crosstab *t, yyjson_val *by, uint64_t *key,
                            struct mp_error *e)
{
    size_t found = 0;
    *key = 0;
    for (size_t i = 0; i < t->n_by; i++) {
        uint32_t value;
        yyjson_val *v = mp_rec_member(by, t->by[i]->name);
        if (!v)
            continue;
        found++;
        struct mp_str text = mp_rec_text(v);
        int good = text.p ? mp_dim_read_value(t->by[i], text, &value, e) : 0;
        if (good < 0)
            return -1;
        if (good == 0)
            return no_state(e, "it has a value that its dimension cannot have");
        *key |= (uint64_t)value << mp_crosstab_shift(i);
    }
    return found == yyjson_obj_size(by) && yyjson_is_obj(by)
               ? 0
               : no_state(e, "it has a dimension that its table lacks");
}

static int add_member(struct mp_state_reader *r, const struct target *to, uint64_t person,
                      uint32_t times)
{
    to->seen->members = true;
    to->seen->sum += mp_state_hash(to->hash, MP_STATE_MEMBER, person, times);
    if (!to->persons)
        return 0;
    size_t number = mp_numbers_put(&r->tally->persons, person);
    if (number == MP_NUMBERS_NONE)
        return -1;
    int is_new = mp_pairs_add(&to->table->members, to->cell, (uint32_t)number, times);
    to->table->cells[to->cell].value[MP_PERSONS] += is_new > 0;
    return is_new < 0 ? -1 : 0;
}

static int read_members(struct mp_state_reader *r, const struct target *to, yyjson_val *map,
                        struct mp_error *e)
{
    yyjson_obj_iter all = yyjson_obj_iter_with(map);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));) {
        struct mp_str list = mp_rec_text(yyjson_obj_iter_get_val(key));
        uint32_t times;
        uint64_t person;
        if (!times_of(mp_rec_text(key), &times) || list.n % PERSON_DIGITS != 0)
            return no_state(e, "its members cannot be read");
        for (size_t i = 0; i < list.n; i += PERSON_DIGITS) {
            if (!person_of(list.p + i, &person))
                return no_state(e, "its members cannot be read");
            if (add_member(r, to, person, times) < 0)
                return mp_error_memory(e);
        }
    }
    return 0;
}

static int read_spans(const struct target *to, yyjson_val *list, struct mp_error *e)
{
    yyjson_arr_iter all = yyjson_arr_iter_with(list);
    for (yyjson_val *v; (v = yyjson_arr_iter_next(&all));) {
        int64_t length, open;
        uint32_t times;
        if (!mp_rec_int(yyjson_arr_get(v, 0), &length) ||
            !mp_rec_int(yyjson_arr_get(v, 1), &open) ||
            !times_of(mp_rec_text(yyjson_arr_get(v, 2)), &times) || length < 0 ||
            length > UINT32_MAX / 2 || open < 0 || open > 1)
            return no_state(e, "its spans cannot be read");
        uint32_t span = (uint32_t)length * 2 + (uint32_t)open;
        to->seen->sum += mp_state_hash(to->hash, MP_STATE_SPAN, span, times);
        if (mp_pairs_add(&to->table->spans, to->cell, span, times) < 0)
            return mp_error_memory(e);
    }
    return 0;
}

/* Where the line has counts: of a cell in several lines the first. */
static int read_counts(const struct target *to, yyjson_val *root, struct mp_error *e)
{
    static const enum mp_state_part parts[2][2] = {{MP_STATE_REPORTS, MP_STATE_EPISODES},
                                                   {MP_STATE_HIT_REPORTS, MP_STATE_HIT_EPISODES}};
    yyjson_val *hits = yyjson_obj_get(root, "hits");
    uint64_t n[2][2] = {{0}};
    if (!yyjson_obj_get(root, "reports"))
        return 0;
    if (!number_at(root, "reports", &n[0][0]) || !number_at(root, "episodes", &n[0][1]) ||
        (hits && (!number_at(hits, "reports", &n[1][0]) || !number_at(hits, "episodes", &n[1][1]))))
        return no_state(e, "its counts cannot be read");
    struct mp_count_cell *cell = &to->table->cells[to->cell];
    for (size_t i = 0; i < 2; i++) {
        cell->value[i] += n[0][i];
        cell->hits[i] += n[1][i];
        to->seen->sum += mp_state_hash(to->hash, parts[0][i], 0, n[0][i]) +
                         mp_state_hash(to->hash, parts[1][i], 0, n[1][i]);
    }
    return 0;
}

static bool is_total(const struct mp_crosstab *t, uint64_t key)
{
    bool total = false;
    for (size_t i = 0; i < t->n_by; i++)
        total |= mp_crosstab_value(key, i) == MP_VALUE_ALL;
    return total;
}

static int read_cell(struct mp_state_reader *r, const struct mp_rec *rec, uint64_t id,
                     struct mp_error *e)
{
    uint64_t key;
    struct target to = {.persons = mp_tally_gives(r->tally, MP_PERSONS)};
    struct mp_crosstabs *set = r->tally->set;
    size_t table = table_of(set, rec->root);
    if (table == set->n)
        return no_state(e, "there is no such table");
    to.table = &set->items[table];
    if (read_coordinates(to.table, yyjson_obj_get(rec->root, "by"), &key, e) < 0)
        return -1;
    if (mp_crosstab_is_additive(to.table) && is_total(to.table, key))
        return no_state(e, "it has a total, which follows from other lines");
    r->room.len = 0;
    mp_buf_addc(&r->room, '{');
    mp_state_add_cell(&r->room, set, table, key);
    to.seen = seen_of(r, id, rec);
    size_t cell = mp_crosstab_cell(to.table, key);
    if (!to.seen || cell == MP_NUMBERS_NONE || r->room.failed)
        return mp_error_memory(e);
    to.cell = (uint32_t)cell;
    to.hash = mp_hash(r->room.data, r->room.len);
    if (read_counts(&to, rec->root, e) < 0 ||
        read_members(r, &to, yyjson_obj_get(rec->root, "members"), e) < 0 ||
        read_spans(&to, yyjson_obj_get(rec->root, "spans"), e) < 0)
        return -1;
    to.seen->lines++;
    return 0;
}

int mp_state_read(struct mp_state_reader *r, const struct mp_rec *rec, struct mp_error *e)
{
    uint64_t id;
    int bad;
    if (!id_of(rec->root, &id))
        bad = no_state(e, "it does not name its state");
    else if (yyjson_obj_get(rec->root, "rules"))
        bad = read_head(r, rec, id, e);
    else
        bad = read_cell(r, rec, id, e);
    return bad ? mp_error_at(e, rec->file, rec->number, 1) : 0;
}
