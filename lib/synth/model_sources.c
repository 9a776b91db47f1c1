/* Reading a model: what each source reports, and the texts. */
#include "synth/model.h"

static const char *const error_keys[] = {
#define X(id, key) key,
    MP_SYNTH_ERRORS(X)
#undef X
};
static const char *const gap_keys[] = {
#define X(id, key) key,
    MP_SYNTH_GAPS(X)
#undef X
};
#define X(id, key) " " key
static const char all_errors[] = MP_SYNTH_ERRORS(X);
static const char all_gaps[] = MP_SYNTH_GAPS(X);
#undef X

/* A map of shares; a key that is not there is 0. */
static int read_shares(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                       const char *known, const char *const *keys, size_t n, uint32_t *out)
{
    struct mp_yaml *y = mp_yaml_get(map, key);
    if (!y)
        return 0;
    if (mp_yaml_check(y, known, r->e) < 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (mp_yaml_get(y, keys[i]) && mp_synth_read_share(r, y, keys[i], &out[i]) < 0)
            return -1;
    return 0;
}

static int read_sentences(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                          const struct mp_synth_model *m, struct mp_synth_sentences *out)
{
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_LIST);
    if (!y)
        return -1;
    out->list = mp_arena_alloc(r->arena, y->n * sizeof *out->list);
    if (!out->list)
        return mp_error_memory(r->e);
    for (; out->n < y->n; out->n++)
        if (mp_yaml_is_text(y->items[out->n], r->e) < 0 ||
            mp_synth_read_template(r, y->items[out->n], y->items[out->n]->text,
                                   MP_SYNTH_SENTENCE_VALUES, &m->narrative.lists,
                                   &out->list[out->n]) < 0)
            return -1;
    return 0;
}

static int read_spellings(struct mp_synth_reader *r, const struct mp_yaml *y,
                          struct mp_synth_of_source *s)
{
    if (mp_synth_read_weights(r, y, "institution_as", &s->spellings) < 0)
        return -1;
    const struct mp_yaml *map = mp_yaml_get(y, "institution_as");
    s->spelling = mp_arena_alloc(r->arena, map->n * sizeof *s->spelling);
    if (!s->spelling)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < map->n; i++)
        if (mp_synth_read_template(r, map->keys[i], map->keys[i]->text, MP_SYNTH_SPELLING_VALUES,
                                   NULL, &s->spelling[i]) < 0)
            return -1;
    return 0;
}

/* Bits of MP_SYNTH_NUMBER_VALUES. */
enum { UNIT = 1, LETTERS = 2, YEAR = 4, SERIAL = 8 };

/* Without what is needed, two registrations would have one number. */
static int read_number_template(struct mp_synth_reader *r, const struct mp_yaml *y, unsigned needed,
                                struct mp_synth_template *out)
{
    struct mp_str number;
    if (mp_yaml_text(y, "number", true, &number, r->e) < 0)
        return -1;
    const struct mp_yaml *at = mp_yaml_get(y, "number");
    if (mp_synth_read_template(r, at, number, MP_SYNTH_NUMBER_VALUES, NULL, out) < 0)
        return -1;
    unsigned found = 0;
    for (size_t i = 0; i < out->n; i++)
        if (out->pieces[i].kind == MP_SYNTH_VALUE)
            found |= 1u << out->pieces[i].value;
    if ((found & needed) == needed)
        return 0;
    return mp_yaml_fail(at, r->e, "two reports could have one number: here must stand %s%s",
                        needed & UNIT      ? "{unit}, "
                        : needed & LETTERS ? "{letters}, "
                                           : "",
                        "{year} and {serial}");
}

/* What all sources have. */
static int read_source(struct mp_synth_reader *r, const struct mp_yaml *y, unsigned in_number,
                       struct mp_synth_of_source *s)
{
    if (mp_yaml_text(y, "profile", true, &s->profile, r->e) < 0 ||
        read_number_template(r, y, in_number, &s->number) < 0 ||
        mp_synth_read_number(r, y, "digits", 1, 9, &s->digits) < 0 ||
        mp_synth_read_share(r, y, "share", &s->share) < 0 ||
        mp_synth_read_spread(r, y, "delay", 0, &s->delay) < 0 ||
        mp_synth_read_share(r, y, "return_known", &s->return_known) < 0 ||
        mp_synth_read_spread(r, y, "return_delay", 0, &s->return_delay) < 0 ||
        mp_synth_read_share(r, y, "day_only", &s->day_only) < 0 ||
        mp_synth_read_spread(r, y, "off", -1440, &s->off) < 0 ||
        mp_synth_read_number(r, y, "round_to", 1, 60, &s->round_to) < 0 ||
        read_shares(r, y, "errors", all_errors + 1, error_keys, MP_SYNTH_N_ERRORS, s->errors) < 0 ||
        read_shares(r, y, "unknown", all_gaps + 1, gap_keys, MP_SYNTH_N_GAPS, s->gaps) < 0)
        return -1;
    return read_spellings(r, y, s);
}

/* What those have that report more than once. */
static int read_followups(struct mp_synth_reader *r, const struct mp_yaml *y,
                          struct mp_synth_of_source *s)
{
    return mp_synth_read_share(r, y, "returns", &s->returns) < 0 ||
                   mp_synth_read_share(r, y, "departure_repeated", &s->departure_repeated) < 0
               ? -1
               : 0;
}

#define IN_ALL                                                                                     \
    "profile number digits share delay return_known return_delay day_only off round_to errors "    \
    "unknown institution_as "

static int read_police(struct mp_synth_reader *r, const struct mp_yaml *sources,
                       struct mp_synth_model *m)
{
    struct mp_synth_of_source *s = &m->sources[MP_SYNTH_POLICE];
    struct mp_yaml *y = mp_synth_part(r, sources, "police", MP_YAML_MAP);
    if (!y ||
        mp_yaml_check(y,
                      IN_ALL "returns departure_repeated additions addition_delay other_unit twice "
                             "return_is_update",
                      r->e) < 0 ||
        read_source(r, y, UNIT | YEAR | SERIAL, s) < 0 || read_followups(r, y, s) < 0 ||
        mp_synth_read_numbers(r, y, "additions", 0, MP_SYNTH_ADDITIONS, &m->police.additions,
                              &m->police.n_additions) < 0 ||
        mp_synth_read_spread(r, y, "addition_delay", 1, &m->police.addition_delay) < 0 ||
        mp_synth_read_share(r, y, "other_unit", &m->police.other_unit) < 0 ||
        mp_synth_read_share(r, y, "twice", &m->police.twice) < 0 ||
        mp_synth_read_share(r, y, "return_is_update", &m->police.return_is_update) < 0)
        return -1;
    return 0;
}

static int read_institutions_own(struct mp_synth_reader *r, const struct mp_yaml *sources,
                                 struct mp_synth_model *m)
{
    struct mp_yaml *y = mp_synth_part(r, sources, "form", MP_YAML_MAP);
    if (!y || mp_yaml_check(y, IN_ALL "returns departure_repeated transfers", r->e) < 0 ||
        read_source(r, y, YEAR | SERIAL, &m->sources[MP_SYNTH_FORM]) < 0 ||
        read_followups(r, y, &m->sources[MP_SYNTH_FORM]) < 0 ||
        mp_synth_read_share(r, y, "transfers", &m->transfers) < 0)
        return -1;
    y = mp_synth_part(r, sources, "register", MP_YAML_MAP);
    return y && mp_yaml_check(y, IN_ALL, r->e) == 0
               ? read_source(r, y, LETTERS | YEAR | SERIAL, &m->sources[MP_SYNTH_REGISTER])
               : -1;
}

static int read_lists(struct mp_synth_reader *r, const struct mp_yaml *y, struct mp_synth_lists *l)
{
    struct mp_yaml *map = mp_synth_part(r, y, "lists", MP_YAML_MAP);
    if (!map)
        return -1;
    l->names = mp_arena_alloc(r->arena, map->n * sizeof *l->names);
    l->lists = mp_arena_alloc(r->arena, map->n * sizeof *l->lists);
    if (!l->names || !l->lists)
        return mp_error_memory(r->e);
    for (; l->n < map->n; l->n++) {
        l->names[l->n] = map->keys[l->n]->text;
        if (mp_synth_read_list(r, map, l->names[l->n].p, &l->lists[l->n]) < 0)
            return -1;
    }
    return 0;
}

static int read_narrative(struct mp_synth_reader *r, const struct mp_yaml *root,
                          struct mp_synth_model *m)
{
    static const struct {
        const char *key;
        enum mp_synth_source source;
        enum mp_synth_what what;
    } said[] = {
        {"police_missing", MP_SYNTH_POLICE, MP_SYNTH_MISSING},
        {"police_update", MP_SYNTH_POLICE, MP_SYNTH_UPDATE},
        {"police_returned", MP_SYNTH_POLICE, MP_SYNTH_RETURNED},
        {"form_missing", MP_SYNTH_FORM, MP_SYNTH_MISSING},
        {"form_returned", MP_SYNTH_FORM, MP_SYNTH_RETURNED},
        {"form_transfer", MP_SYNTH_FORM, MP_SYNTH_TRANSFER},
        {"register", MP_SYNTH_REGISTER, MP_SYNTH_MISSING},
    };
    struct mp_yaml *y = mp_synth_part(r, root, "narrative", MP_YAML_MAP);
    if (!y ||
        mp_yaml_check(y,
                      "second nameless lists more police_missing police_update police_returned "
                      "form_missing form_returned form_transfer register",
                      r->e) < 0 ||
        mp_synth_read_share(r, y, "second", &m->narrative.second) < 0 ||
        mp_yaml_text(y, "nameless", true, &m->narrative.nameless, r->e) < 0 ||
        read_lists(r, y, &m->narrative.lists) < 0 ||
        read_sentences(r, y, "more", m, &m->narrative.more) < 0)
        return -1;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (read_sentences(r, y, said[i].key, m, &m->sources[said[i].source].said[said[i].what]) <
            0)
            return -1;
    return 0;
}

int mp_synth_read_sources(struct mp_synth_reader *r, const struct mp_yaml *root,
                          struct mp_synth_model *m)
{
    struct mp_yaml *y = mp_synth_part(r, root, "sources", MP_YAML_MAP);
    return y && mp_yaml_check(y, "police form register", r->e) == 0 && read_police(r, y, m) == 0 &&
                   read_institutions_own(r, y, m) == 0
               ? read_narrative(r, root, m)
               : -1;
}
