/* Reading a model: youths, absences, institutions. */
#include "synth/model.h"
#include "base/time.h"

enum { ALL_MONTHS = 1900, LAST_START = 2100 };

static int read_frame(struct mp_synth_reader *r, const struct mp_yaml *root,
                      struct mp_synth_model *m)
{
    struct mp_str text;
    struct mp_time start;
    if (mp_yaml_text(root, "start", true, &text, r->e) < 0)
        return -1;
    if (!mp_time_read(text, &start) || start.minute >= 0 ||
        start.day < mp_date_day(ALL_MONTHS, 1, 1) || start.day > mp_date_day(LAST_START, 1, 1))
        return mp_yaml_fail(mp_yaml_get(root, "start"), r->e,
                            "'%s' is no day from %d-01-01 to %d-01-01", text.p, ALL_MONTHS,
                            LAST_START);
    m->start = start.day;
    return mp_synth_read_time(r, root, "span", 1440, &m->span) < 0 ||
                   mp_synth_read_number(r, root, "households_a_day", 1, 100000,
                                        &m->households_a_day) < 0
               ? -1
               : 0;
}

static int read_households(struct mp_synth_reader *r, const struct mp_yaml *root,
                           struct mp_synth_model *m)
{
    struct mp_yaml *y = mp_synth_part(r, root, "households", MP_YAML_MAP);
    if (!y ||
        mp_yaml_check(y,
                      "children years_apart twins apart same_institution other_family_name alike",
                      r->e) < 0 ||
        mp_synth_read_numbers(r, y, "children", 1, MP_SYNTH_CHILDREN, &m->households.children,
                              &m->households.n_children) < 0 ||
        mp_synth_read_numbers(r, y, "years_apart", 1, 20, &m->households.years_apart,
                              &m->households.n_years) < 0 ||
        mp_synth_read_share(r, y, "twins", &m->households.twins) < 0 ||
        mp_synth_read_spread(r, y, "apart", 0, &m->households.apart) < 0 ||
        mp_synth_read_share(r, y, "same_institution", &m->households.same_institution) < 0 ||
        mp_synth_read_share(r, y, "other_family_name", &m->households.other_family_name) < 0 ||
        mp_synth_read_share(r, y, "alike", &m->households.alike) < 0)
        return -1;
    return 0;
}

static int read_youths(struct mp_synth_reader *r, const struct mp_yaml *root,
                       struct mp_synth_model *m)
{
    struct mp_yaml *y = mp_synth_part(r, root, "youths", MP_YAML_MAP);
    if (!y ||
        mp_yaml_check(y,
                      "age oldest girls second_given double_family namesakes namesakes_alike "
                      "namesakes_same_birth",
                      r->e) < 0 ||
        mp_synth_read_numbers(r, y, "age", 0, 99, &m->youths.age, &m->youths.ages) < 0 ||
        mp_synth_read_number(r, y, "oldest", 0, 99, &m->youths.oldest) < 0 ||
        mp_synth_read_share(r, y, "girls", &m->youths.girls) < 0 ||
        mp_synth_read_share(r, y, "second_given", &m->youths.second_given) < 0 ||
        mp_synth_read_share(r, y, "double_family", &m->youths.double_family) < 0 ||
        mp_synth_read_share(r, y, "namesakes", &m->youths.namesakes) < 0 ||
        mp_synth_read_share(r, y, "namesakes_alike", &m->youths.namesakes_alike) < 0 ||
        mp_synth_read_share(r, y, "namesakes_same_birth", &m->youths.namesakes_same_birth) < 0)
        return -1;
    for (size_t i = 0; i < m->youths.age.n; i++)
        if (m->youths.ages[i] > m->youths.oldest)
            return mp_yaml_fail(mp_yaml_get(y, "age")->keys[i], r->e,
                                "older than 'oldest', which is %lld", (long long)m->youths.oldest);
    return 0;
}

static int read_absences(struct mp_synth_reader *r, const struct mp_yaml *root,
                         struct mp_synth_model *m)
{
    struct mp_yaml *y = mp_synth_part(r, root, "absences", MP_YAML_MAP);
    if (!y ||
        mp_yaml_check(y,
                      "number lasts open next clock moves deregistered_after "
                      "moves_when_deregistered urgent traffic_light",
                      r->e) < 0 ||
        mp_synth_read_numbers(r, y, "number", 1, MP_SYNTH_ABSENCES, &m->absences.number,
                              &m->absences.numbers) < 0 ||
        mp_synth_read_spread(r, y, "lasts", 1, &m->absences.lasts) < 0 ||
        mp_synth_read_share(r, y, "open", &m->absences.open) < 0 ||
        mp_synth_read_spread(r, y, "next", 1, &m->absences.next) < 0 ||
        mp_synth_read_spread(r, y, "clock", 0, &m->absences.clock) < 0 ||
        mp_synth_read_share(r, y, "moves", &m->absences.moves) < 0 ||
        mp_synth_read_time(r, y, "deregistered_after", 1, &m->absences.deregistered_after) < 0 ||
        mp_synth_read_share(r, y, "moves_when_deregistered", &m->absences.moves_when_deregistered) <
            0 ||
        mp_synth_read_share(r, y, "urgent", &m->absences.urgent) < 0 ||
        mp_synth_read_weights(r, y, "traffic_light", &m->absences.traffic_light) < 0)
        return -1;
    for (size_t i = 0; i < m->absences.clock.of.n; i++)
        if (m->absences.clock.ranges[i].to >= 1440)
            return mp_yaml_fail(mp_yaml_get(mp_yaml_get(y, "clock")->items[i], "to"), r->e,
                                "a day ends at 1439m");
    for (size_t i = 0; i < m->absences.traffic_light.n; i++)
        if (!mp_str_in("red orange green", m->absences.traffic_light.texts[i]))
            return mp_yaml_fail(mp_yaml_get(y, "traffic_light")->keys[i], r->e,
                                "here must stand red, orange or green");
    return 0;
}

static int read_institution(struct mp_synth_reader *r, const struct mp_yaml *y,
                            struct mp_synth_model *m, struct mp_synth_institution *to,
                            int64_t *weight)
{
    struct mp_str unit;
    if (mp_yaml_check(y, "name letters setting municipality unit weight", r->e) < 0 ||
        mp_yaml_text(y, "name", false, &to->name, r->e) < 0 ||
        mp_yaml_text(y, "letters", to->name.p != NULL, &to->letters, r->e) < 0 ||
        mp_yaml_text(y, "setting", true, &to->setting, r->e) < 0 ||
        mp_yaml_text(y, "municipality", true, &to->municipality, r->e) < 0 ||
        mp_yaml_text(y, "unit", true, &unit, r->e) < 0 ||
        mp_synth_read_number(r, y, "weight", 0, 10000, weight) < 0)
        return -1;
    if (!mp_str_in("closed open reception home", to->setting))
        return mp_yaml_fail(mp_yaml_get(y, "setting"), r->e,
                            "here must stand closed, open, reception or home");
    for (to->unit = 0; to->unit < m->units.n; to->unit++)
        if (mp_str_eq(m->units.texts[to->unit], unit))
            return 0;
    return mp_yaml_fail(mp_yaml_get(y, "unit"), r->e, "'%s' is none of the units", unit.p);
}

/* Letters make numbers, so no two institutions share them. */
static int check_letters(struct mp_synth_reader *r, const struct mp_yaml *list,
                         const struct mp_synth_institution *all, size_t i)
{
    for (size_t k = 0; k < i && all[i].letters.p; k++)
        if (all[k].letters.p && mp_str_eq(all[i].letters, all[k].letters))
            return mp_yaml_fail(mp_yaml_get(list->items[i], "letters"), r->e,
                                "another institution has the letters '%s'", all[i].letters.p);
    return 0;
}

int mp_synth_read_units(struct mp_synth_reader *r, const struct mp_yaml *root,
                        struct mp_synth_model *m)
{
    return mp_synth_read_weights(r, root, "units", &m->units);
}

int mp_synth_read_institutions(struct mp_synth_reader *r, const struct mp_yaml *root,
                               struct mp_synth_model *m)
{
    enum { MOST = 1000 };
    struct mp_yaml *y = mp_synth_part(r, root, "institutions", MP_YAML_LIST);
    if (!y)
        return -1;
    if (y->n > MOST)
        return mp_yaml_fail(y, r->e, "more than %d are not possible here", MOST);
    m->institution = mp_arena_alloc(r->arena, y->n * sizeof *m->institution);
    m->institutions.texts = mp_arena_alloc(r->arena, y->n * sizeof *m->institutions.texts);
    m->institutions.upto = mp_arena_alloc(r->arena, y->n * sizeof *m->institutions.upto);
    if (!m->institution || !m->institutions.texts || !m->institutions.upto)
        return mp_error_memory(r->e);
    uint32_t sum = 0;
    for (size_t i = 0; i < y->n; i++) {
        int64_t weight;
        if (read_institution(r, y->items[i], m, &m->institution[i], &weight) < 0 ||
            check_letters(r, y, m->institution, i) < 0)
            return -1;
        m->institutions.upto[m->institutions.n++] = sum += (uint32_t)weight;
    }
    return sum > 0 ? 0 : mp_yaml_fail(y, r->e, "not all weights may be 0");
}

int mp_synth_model_read(struct mp_arena *a, const char *path, struct mp_synth_model *m,
                        struct mp_error *e)
{
    struct mp_yaml *root;
    struct mp_synth_reader r = {a, e};
    *m = (struct mp_synth_model){0};
    if (mp_yaml_load(a, path, &root, e) < 0 ||
        mp_yaml_check(root,
                      "start span households_a_day households youths absences units institutions "
                      "sources spelling names narrative",
                      e) < 0 ||
        read_frame(&r, root, m) < 0 || read_households(&r, root, m) < 0 ||
        read_youths(&r, root, m) < 0 || read_absences(&r, root, m) < 0 ||
        mp_synth_read_units(&r, root, m) < 0 || mp_synth_read_institutions(&r, root, m) < 0 ||
        mp_synth_read_names(&r, root, m) < 0 || mp_synth_read_sources(&r, root, m) < 0)
        return -1;
    return 0;
}
