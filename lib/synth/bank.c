/* Reading a bank of phrases, and telling moments by it. */
#include "synth/bank.h"

static int read_meaning(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        struct mp_synth_meaning *out)
{
    static const char statuses[] = "present suspected past absent other";
    if (!mp_yaml_get(map, key))
        return 0;
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_MAP);
    if (!y)
        return -1;
    out->signals = mp_arena_alloc(r->arena, y->n * sizeof *out->signals);
    if (!out->signals)
        return mp_error_memory(r->e);
    for (; out->n < y->n; out->n++) {
        if (mp_yaml_is_text(y->items[out->n], r->e) < 0)
            return -1;
        if (!mp_str_in(statuses, y->items[out->n]->text))
            return mp_yaml_fail(y->items[out->n], r->e, "here must stand one of: %s", statuses);
        out->signals[out->n] =
            (struct mp_synth_signal){y->keys[out->n]->text, y->items[out->n]->text};
    }
    return 0;
}

static int read_phrase(struct mp_synth_reader *r, struct mp_yaml *y, const char *known,
                       const struct mp_synth_lists *lists, struct mp_synth_phrase *out)
{
    struct mp_yaml *text = y;
    if (y->kind == MP_YAML_MAP) {
        if (mp_yaml_check(y, "text also", r->e) < 0 || read_meaning(r, y, "also", &out->also) < 0)
            return -1;
        text = mp_yaml_get(y, "text");
        if (!text)
            return mp_yaml_fail(y, r->e, "key 'text' is missing");
    }
    if (mp_yaml_is_text(text, r->e) < 0)
        return -1;
    out->raw = text->text;
    return mp_synth_read_template(r, text, text->text, known, lists, &out->text);
}

/* Appends the phrases of a key, if it is there. */
static int read_phrases(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        const char *known, const struct mp_synth_lists *lists,
                        struct mp_synth_phrases *out)
{
    if (!mp_yaml_get(map, key))
        return 0;
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_LIST);
    if (!y)
        return -1;
    struct mp_synth_phrase *list = mp_arena_alloc(r->arena, (out->n + y->n) * sizeof *list);
    if (!list)
        return mp_error_memory(r->e);
    if (out->n)
        memcpy(list, out->list, out->n * sizeof *list);
    out->list = list;
    for (size_t i = 0; i < y->n; i++, out->n++)
        if (read_phrase(r, y->items[i], known, lists, &list[out->n]) < 0)
            return -1;
    return 0;
}

/* `say` for both styles, and what one of them has of its own. */
static int read_styles(struct mp_synth_reader *r, const struct mp_yaml *y,
                       const struct mp_synth_lists *lists, struct mp_synth_phrases *out)
{
    static const char *const own[] = {"police", "form"};
    for (size_t i = 0; i < MP_SYNTH_STYLES; i++)
        if (read_phrases(r, y, "say", MP_SYNTH_PHRASE_VALUES, lists, &out[i]) < 0 ||
            read_phrases(r, y, own[i], MP_SYNTH_PHRASE_VALUES, lists, &out[i]) < 0)
            return -1;
    return 0;
}

static const char *const whats[] = {"missing", "update", "returned", "transfer"};

static int read_told(struct mp_synth_reader *r, const struct mp_yaml *y, unsigned *out)
{
    struct mp_yaml *list = mp_yaml_get(y, "told");
    if (!list)
        return mp_yaml_fail(y, r->e, "key 'told' is missing");
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *one = mp_yaml_item(list, i);
        if (mp_yaml_is_text(one, r->e) < 0)
            return -1;
        size_t what = 0;
        while (what <= MP_SYNTH_TRANSFER && !mp_str_is(one->text, whats[what]))
            what++;
        if (what > MP_SYNTH_TRANSFER)
            return mp_yaml_fail(one, r->e, "here must stand missing, update, returned or transfer");
        *out |= 1u << what;
    }
    return 0;
}

static int read_spot(struct mp_synth_reader *r, const struct mp_yaml *y, enum mp_synth_spot *out)
{
    struct mp_str spot = MP_STR("body");
    if (mp_yaml_text(y, "spot", false, &spot, r->e) < 0)
        return -1;
    if (!mp_str_in("head body tail", spot))
        return mp_yaml_fail(mp_yaml_get(y, "spot"), r->e, "here must stand head, body or tail");
    *out = mp_str_is(spot, "head")   ? MP_SYNTH_HEAD
           : mp_str_is(spot, "tail") ? MP_SYNTH_TAIL
                                     : MP_SYNTH_BODY;
    return 0;
}

/* An entry of a fact or value that this scenario does not have is read and forgotten. */
static int read_entry(struct mp_synth_reader *r, struct mp_yaml *y, struct mp_synth_facts *facts,
                      struct mp_synth_bank *b)
{
    struct mp_synth_entry *e = &b->entries[b->n_entries];
    struct mp_str fact, value;
    *e = (struct mp_synth_entry){.order = b->n_entries};
    if (mp_yaml_check(y, "fact value told spot when signals say police form", r->e) < 0 ||
        mp_yaml_text(y, "fact", true, &fact, r->e) < 0 ||
        mp_yaml_text(y, "value", true, &value, r->e) < 0 || read_told(r, y, &e->told) < 0 ||
        read_spot(r, y, &e->spot) < 0 || read_meaning(r, y, "signals", &e->means) < 0 ||
        read_styles(r, y, &b->lists, e->say) < 0)
        return -1;
    e->fact = mp_synth_fact_place(facts, fact);
    if (e->fact == facts->n)
        return 0;
    e->value = mp_synth_value_known(&facts->list[e->fact], value);
    if (e->value == MP_SYNTH_VALUES)
        return 0;
    if (b->of[e->fact][e->value])
        return mp_yaml_fail(y, r->e, "'%s: %s' is there already", fact.p, value.p);
    if (mp_synth_read_needs(r, y, "when", facts, &e->needs) < 0)
        return -1;
    b->of[e->fact][e->value] = e;
    b->n_entries++;
    return 0;
}

static int read_moment(struct mp_synth_reader *r, const struct mp_yaml *y,
                       const struct mp_synth_lists *lists, struct mp_synth_moment *out)
{
    enum { NEVER = 1000000, DAY = MP_MINUTES_A_DAY };
    int32_t from = 0, to = DAY - 1;
    out->days[1] = NEVER;
    if (mp_yaml_check(y, "days upto from to say", r->e) < 0 ||
        (mp_yaml_get(y, "days") &&
         mp_synth_read_number(r, y, "days", 0, NEVER, &out->days[0]) < 0) ||
        (mp_yaml_get(y, "upto") &&
         mp_synth_read_number(r, y, "upto", 0, NEVER, &out->days[1]) < 0) ||
        (mp_yaml_get(y, "from") && mp_synth_read_time(r, y, "from", 0, &from) < 0) ||
        (mp_yaml_get(y, "to") && mp_synth_read_time(r, y, "to", 0, &to) < 0) ||
        read_phrases(r, y, "say", MP_SYNTH_MOMENT_VALUES, lists, &out->say) < 0)
        return -1;
    if (out->say.n == 0)
        return mp_yaml_fail(y, r->e, "key 'say' is missing");
    out->minutes[0] = from;
    out->minutes[1] = to;
    return 0;
}

/* Lists come first, from all files: any phrase may name them. */
static int count_parts(struct mp_synth_reader *r, struct mp_yaml *const *roots, size_t n,
                       struct mp_synth_bank *b)
{
    size_t lists = 0, moments = 0, entries = 0;
    for (size_t i = 0; i < n; i++) {
        struct mp_yaml *y = mp_yaml_get(roots[i], "lists");
        lists += y ? y->n : 0;
        y = mp_yaml_get(roots[i], "moments");
        moments += y ? y->n : 0;
        y = mp_yaml_get(roots[i], "entries");
        entries += y ? y->n : 0;
    }
    b->lists.names = mp_arena_alloc(r->arena, (lists + 1) * sizeof *b->lists.names);
    b->lists.lists = mp_arena_alloc(r->arena, (lists + 1) * sizeof *b->lists.lists);
    b->moments = mp_arena_alloc(r->arena, (moments + 1) * sizeof *b->moments);
    b->entries = mp_arena_alloc(r->arena, (entries + 1) * sizeof *b->entries);
    return b->lists.names && b->lists.lists && b->moments && b->entries ? 0 : mp_error_memory(r->e);
}

static int read_calendar(struct mp_synth_reader *r, const struct mp_yaml *y, const char *key,
                         size_t n, struct mp_synth_weights *out)
{
    if (!mp_yaml_get(y, key))
        return 0;
    if (mp_synth_read_list(r, y, key, out) < 0)
        return -1;
    return out->n == n ? 0
                       : mp_yaml_fail(mp_yaml_get(y, key), r->e, "here must stand %zu names", n);
}

static int read_lists(struct mp_synth_reader *r, const struct mp_yaml *root,
                      struct mp_synth_bank *b)
{
    if (read_calendar(r, root, "weekdays", 7, &b->weekdays) < 0 ||
        read_calendar(r, root, "months", 12, &b->months) < 0)
        return -1;
    if (!mp_yaml_get(root, "lists"))
        return 0;
    struct mp_yaml *map = mp_synth_part(r, root, "lists", MP_YAML_MAP);
    if (!map)
        return -1;
    for (size_t i = 0; i < map->n; i++, b->lists.n++) {
        b->lists.names[b->lists.n] = map->keys[i]->text;
        if (mp_synth_read_list(r, map, map->keys[i]->text.p, &b->lists.lists[b->lists.n]) < 0)
            return -1;
    }
    return 0;
}

static int read_by_what(struct mp_synth_reader *r, const struct mp_yaml *root,
                        struct mp_synth_bank *b)
{
    struct mp_yaml *heads = mp_yaml_get(root, "heads"), *noise = mp_yaml_get(root, "noise");
    if ((heads && mp_yaml_check(heads, "missing update returned transfer", r->e) < 0) ||
        (noise && mp_yaml_check(noise, "missing update returned transfer", r->e) < 0))
        return -1;
    for (size_t i = 0; i <= MP_SYNTH_TRANSFER; i++) {
        struct mp_yaml *own = mp_yaml_get(noise, whats[i]);
        if (read_phrases(r, heads, whats[i], MP_SYNTH_MOMENT_VALUES, &b->lists, &b->heads[i]) < 0 ||
            (own && (mp_yaml_check(own, "say police form", r->e) < 0 ||
                     read_styles(r, own, &b->lists, b->noise[i]) < 0)))
            return -1;
    }
    return 0;
}

static int read_file(struct mp_synth_reader *r, const struct mp_yaml *root,
                     struct mp_synth_facts *facts, struct mp_synth_bank *b)
{
    struct mp_yaml *moments = mp_yaml_get(root, "moments"), *entries = mp_yaml_get(root, "entries");
    if ((moments && !mp_synth_part(r, root, "moments", MP_YAML_LIST)) ||
        (entries && !mp_synth_part(r, root, "entries", MP_YAML_LIST)))
        return -1;
    for (size_t i = 0; moments && i < moments->n; i++)
        if (read_moment(r, moments->items[i], &b->lists, &b->moments[b->n_moments++]) < 0)
            return -1;
    for (size_t i = 0; entries && i < entries->n; i++)
        if (read_entry(r, entries->items[i], facts, b) < 0)
            return -1;
    return read_by_what(r, root, b);
}

/* What every text needs, and a phrase for every value. */
static int check_whole(struct mp_synth_reader *r, const struct mp_yaml *at,
                       const struct mp_synth_facts *facts, const struct mp_synth_bank *b)
{
    if (b->weekdays.n == 0 || b->months.n == 0)
        return mp_yaml_fail(at, r->e, "none of these files has weekdays and months");
    if (b->n_moments == 0 || b->moments[b->n_moments - 1].days[0] > 0)
        return mp_yaml_fail(at, r->e, "the last of the moments must be for any day");
    for (size_t i = 0; i < facts->n; i++)
        for (size_t v = 1; v < facts->list[i].n_values; v++)
            if (i >= MP_SYNTH_N_OWN && !b->of[i][v])
                return mp_yaml_fail(at, r->e, "no phrase says '%s: %s'", facts->list[i].name.p,
                                    facts->list[i].values[v].p);
    return 0;
}

int mp_synth_bank_read(struct mp_synth_reader *r, const struct mp_str *paths, size_t n,
                       const struct mp_yaml *at, struct mp_synth_facts *facts,
                       struct mp_synth_bank *out)
{
    struct mp_yaml **roots = mp_arena_alloc(r->arena, n * sizeof(struct mp_yaml *));
    if (!roots)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < n; i++)
        if (mp_yaml_load(r->arena, paths[i].p, &roots[i], r->e) < 0 ||
            mp_yaml_check(roots[i],
                          "phrases version weekdays months lists moments entries heads noise",
                          r->e) < 0)
            return -1;
    if (count_parts(r, roots, n, out) < 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (read_lists(r, roots[i], out) < 0)
            return -1;
    for (size_t i = 0; i < n; i++)
        if (read_file(r, roots[i], facts, out) < 0)
            return -1;
    return check_whole(r, at, facts, out);
}

void mp_synth_fill_moment(const struct mp_synth_bank *bank, const struct mp_synth_template *t,
                          struct mp_time when, struct mp_chance *c, struct mp_buf *out)
{
    int y, m, d;
    enum { PARTS = 9, ROOM = 32 };
    char digits[PARTS][ROOM];
    mp_date_civil(when.day, &y, &m, &d);
    const struct {
        bool two;
        int value;
    } parts[PARTS] = {{true, when.minute / 60},
                      {false, when.minute / 60},
                      {true, when.minute % 60},
                      {true, d},
                      {false, d},
                      {true, m},
                      {false, m},
                      {true, y % 100},
                      {false, y}};
    struct mp_str values[MP_SYNTH_N_MOMENT];
    for (size_t i = 0; i < PARTS; i++) {
        char *at = digits[i];
        if (parts[i].two && parts[i].value < 10)
            *at++ = '0';
        values[i] = (struct mp_str){digits[i],
                                    (size_t)(mp_put_u(at, (uint64_t)parts[i].value) - digits[i])};
    }
    values[9] = bank->weekdays.texts[mp_date_weekday(when.day) - 1];
    values[10] = bank->months.texts[m - 1];
    mp_synth_fill(out, t, values, &bank->lists, false, c);
}

void mp_synth_tell(const struct mp_synth_bank *bank, struct mp_time t, struct mp_time now,
                   struct mp_chance *c, struct mp_buf *out)
{
    int64_t days = now.day - t.day;
    for (size_t i = 0; i < bank->n_moments; i++) {
        const struct mp_synth_moment *m = &bank->moments[i];
        bool last = i + 1 == bank->n_moments;
        if (!last && (days < m->days[0] || days > m->days[1] || t.minute < m->minutes[0] ||
                      t.minute > m->minutes[1]))
            continue;
        /* the usual way may be used of any moment */
        const struct mp_synth_moment *chosen =
            !last && mp_chance_below(c, 3) == 0 ? &bank->moments[bank->n_moments - 1] : m;
        const struct mp_synth_phrases *say = &chosen->say;
        mp_synth_fill_moment(bank, &say->list[mp_chance_below(c, (uint32_t)say->n)].text, t, c,
                             out);
        return;
    }
}
