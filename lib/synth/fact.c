/* Facts by a scenario: reading and drawing them. */
#include "synth/fact.h"

static const char *const own_names[] = {
#define X(id, name) name,
    MP_SYNTH_OWN_FACTS(X)
#undef X
};

size_t mp_synth_fact_place(const struct mp_synth_facts *facts, struct mp_str name)
{
    size_t i = 0;
    while (i < facts->n && !mp_str_eq(facts->list[i].name, name))
        i++;
    return i;
}

size_t mp_synth_value_known(const struct mp_synth_fact *f, struct mp_str value)
{
    for (size_t i = 0; i < f->n_values; i++)
        if (mp_str_eq(f->values[i], value))
            return i;
    return MP_SYNTH_VALUES;
}

size_t mp_synth_value(struct mp_synth_fact *f, struct mp_str value)
{
    size_t known = mp_synth_value_known(f, value);
    if (known < MP_SYNTH_VALUES || f->n_values == MP_SYNTH_VALUES)
        return known;
    f->values[f->n_values] = value;
    return f->n_values++;
}

static void begin_fact(struct mp_synth_facts *facts, struct mp_str name)
{
    struct mp_synth_fact *f = &facts->list[facts->n++];
    *f = (struct mp_synth_fact){.name = name};
    mp_synth_value(f, MP_STR(MP_SYNTH_NOTHING));
}

/* The facts of the program's own, with the values that it gives them. */
static void begin_own(struct mp_synth_facts *facts)
{
    facts->n = facts->n_drawn = 0;
    for (size_t i = 0; i < MP_SYNTH_N_OWN; i++)
        begin_fact(facts, mp_str_of(own_names[i]));
    static const char *const settings[] = {"closed", "open", "reception", "home"};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        mp_synth_value(&facts->list[MP_FACT_SETTING], mp_str_of(settings[i]));
    for (size_t i = MP_FACT_AGAIN; i <= MP_FACT_BACK; i++) {
        mp_synth_value(&facts->list[i], MP_STR("no"));
        mp_synth_value(&facts->list[i], MP_STR("yes"));
    }
}

static int read_need(struct mp_synth_reader *r, const struct mp_yaml *key, struct mp_yaml *item,
                     struct mp_synth_facts *facts, struct mp_synth_need *out)
{
    char room[200];
    out->fact = mp_synth_fact_place(facts, key->text);
    if (out->fact == facts->n || (out->fact >= MP_FACT_SEX && facts->list[out->fact].n_cases == 0))
        return mp_yaml_fail(key, r->e, "'%s' is no fact that is known before this one",
                            mp_error_quote(key->text, room));
    for (size_t i = 0; i < mp_yaml_count(item); i++) {
        struct mp_yaml *value = mp_yaml_item(item, i);
        if (mp_yaml_is_text(value, r->e) < 0)
            return -1;
        size_t place = mp_synth_value_known(&facts->list[out->fact], value->text);
        if (place == MP_SYNTH_VALUES)
            return mp_yaml_fail(value, r->e, "'%s' is no value of '%s'", value->text.p,
                                key->text.p);
        out->values |= UINT64_C(1) << place;
    }
    return 0;
}

int mp_synth_read_needs(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        struct mp_synth_facts *facts, struct mp_synth_case *out)
{
    if (!mp_yaml_get(map, key))
        return 0;
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_MAP);
    if (!y)
        return -1;
    out->needs = mp_arena_alloc(r->arena, y->n * sizeof *out->needs);
    if (!out->needs)
        return mp_error_memory(r->e);
    for (; out->n < y->n; out->n++)
        if (read_need(r, y->keys[out->n], y->items[out->n], facts, &out->needs[out->n]) < 0)
            return -1;
    return 0;
}

static int read_weights(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        struct mp_synth_fact *f, struct mp_synth_case *out)
{
    if (mp_synth_read_weights(r, map, key, &out->weights) < 0)
        return -1;
    out->values = mp_arena_alloc(r->arena, out->weights.n * sizeof *out->values);
    if (!out->values)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < out->weights.n; i++) {
        size_t value = mp_synth_value(f, out->weights.texts[i]);
        if (value == MP_SYNTH_VALUES)
            return mp_yaml_fail(mp_yaml_get(map, key), r->e, "'%s' has more than %d values",
                                f->name.p, MP_SYNTH_VALUES - 1);
        out->values[i] = (uint8_t)value;
    }
    return 0;
}

static int read_fact(struct mp_synth_reader *r, const struct mp_yaml *y,
                     struct mp_synth_facts *facts)
{
    struct mp_str name, of = MP_STR("absence");
    if (mp_yaml_check(y, "fact of cases", r->e) < 0 ||
        mp_yaml_text(y, "fact", true, &name, r->e) < 0 ||
        mp_yaml_text(y, "of", false, &of, r->e) < 0)
        return -1;
    if (!mp_str_in("person absence", of))
        return mp_yaml_fail(mp_yaml_get(y, "of"), r->e, "here must stand person or absence");
    size_t place = mp_synth_fact_place(facts, name);
    if (place < facts->n && (place < MP_FACT_SEX || facts->list[place].n_cases > 0))
        return mp_yaml_fail(mp_yaml_get(y, "fact"), r->e, "'%s' is there already", name.p);
    if (place == facts->n && facts->n == MP_SYNTH_FACTS)
        return mp_yaml_fail(y, r->e, "more than %d facts are not possible", MP_SYNTH_FACTS);
    struct mp_yaml *cases = mp_synth_part(r, y, "cases", MP_YAML_LIST);
    if (!cases)
        return -1;
    if (place == facts->n)
        begin_fact(facts, name);
    struct mp_synth_fact *f = &facts->list[place];
    f->of_person = mp_str_is(of, "person");
    f->cases = mp_arena_alloc(r->arena, cases->n * sizeof *f->cases);
    if (!f->cases)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < cases->n; i++)
        if (mp_yaml_check(cases->items[i], "when values", r->e) < 0 ||
            mp_synth_read_needs(r, cases->items[i], "when", facts, &f->cases[i]) < 0 ||
            read_weights(r, cases->items[i], "values", f, &f->cases[i]) < 0)
            return -1;
    f->n_cases = cases->n;
    facts->drawn[facts->n_drawn++] = place;
    return 0;
}

/* The same fact among those that are changed, or this one. */
static const struct mp_yaml *as_changed(const struct mp_yaml *fact, const struct mp_yaml *changed)
{
    const struct mp_yaml *name = mp_yaml_get(fact, "fact");
    for (size_t i = 0; changed && name && i < changed->n; i++) {
        const struct mp_yaml *other = mp_yaml_get(changed->items[i], "fact");
        if (other && mp_str_eq(other->text, name->text))
            return changed->items[i];
    }
    return fact;
}

int mp_synth_read_facts(struct mp_synth_reader *r, const struct mp_yaml *map,
                        const struct mp_yaml *changes, struct mp_synth_facts *out)
{
    begin_own(out);
    struct mp_yaml *y = mp_synth_part(r, map, "facts", MP_YAML_LIST), *changed = NULL;
    if (!y)
        return -1;
    if (mp_yaml_get(changes, "changed")) {
        changed = mp_synth_part(r, changes, "changed", MP_YAML_LIST);
        if (!changed)
            return -1;
    }
    for (size_t i = 0; i < y->n; i++)
        if (read_fact(r, as_changed(y->items[i], changed), out) < 0)
            return -1;
    for (size_t i = MP_FACT_SEX; i < MP_SYNTH_N_OWN; i++)
        if (out->list[i].n_cases == 0)
            return mp_yaml_fail(y, r->e, "the fact '%s' is missing", own_names[i]);
    return 0;
}

int mp_synth_read_fixed(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        struct mp_synth_facts *facts, size_t *n, size_t **of,
                        struct mp_synth_case **cases)
{
    char room[200];
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_MAP);
    if (!y)
        return -1;
    *of = mp_arena_alloc(r->arena, y->n * sizeof **of);
    *cases = mp_arena_alloc(r->arena, y->n * sizeof **cases);
    if (!*of || !*cases)
        return mp_error_memory(r->e);
    for (*n = 0; *n < y->n; ++*n) {
        size_t place = (*of)[*n] = mp_synth_fact_place(facts, y->keys[*n]->text);
        if (place == facts->n || !facts->list[place].of_person)
            return mp_yaml_fail(y->keys[*n], r->e, "'%s' is no fact of a person",
                                mp_error_quote(y->keys[*n]->text, room));
        if (read_weights(r, y, y->keys[*n]->text.p, &facts->list[place], &(*cases)[*n]) < 0)
            return -1;
    }
    return 0;
}

bool mp_synth_needs_met(const struct mp_synth_case *one, const uint8_t *values)
{
    for (size_t i = 0; i < one->n; i++)
        if (!(one->needs[i].values >> values[one->needs[i].fact] & 1))
            return false;
    return true;
}

void mp_synth_draw(const struct mp_synth_facts *facts, bool of_person, uint64_t fixed,
                   uint8_t *values, struct mp_chance *c)
{
    for (size_t n = 0; n < facts->n_drawn; n++) {
        size_t i = facts->drawn[n];
        const struct mp_synth_fact *f = &facts->list[i];
        struct mp_chance own = {mp_chance_next(c)}; /* other weights shift no other fact */
        if (f->of_person != of_person || fixed >> i & 1)
            continue;
        values[i] = 0;
        for (size_t k = 0; k < f->n_cases; k++)
            if (mp_synth_needs_met(&f->cases[k], values)) {
                values[i] = f->cases[k].values[mp_synth_place(&f->cases[k].weights, &own)];
                break;
            }
    }
}
