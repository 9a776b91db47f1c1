/* Reading a scenario. */
#include "synth/scenario.h"

struct files {
    struct mp_synth_reader *r;
    mp_synth_find_fn *find;
    struct mp_yaml *own, *like; /* like: has the keys that own lacks, or NULL */
    struct mp_synth_scenario *s;
};

/* The map that has the key: the scenario or the one that it is like. */
static const struct mp_yaml *with(const struct files *f, const char *key)
{
    return mp_yaml_get(f->own, key) || !f->like ? f->own : f->like;
}

static int find(const struct files *f, const char *folder, const char *name, struct mp_str *path)
{
    struct mp_buf b = {0};
    int bad = f->find(&b, folder, name, f->r->e);
    if (!bad) {
        *path = mp_arena_str(f->r->arena, (struct mp_str){b.data, strlen(b.data)});
        bad = path->p ? 0 : mp_error_memory(f->r->e);
    }
    mp_buf_free(&b);
    return bad;
}

static int load(struct files *f, const char *folder, const char *name, struct mp_yaml **root)
{
    struct mp_str path;
    if (find(f, folder, name, &path) < 0 || mp_yaml_load(f->r->arena, path.p, root, f->r->e) < 0)
        return -1;
    return mp_yaml_check(*root,
                         "scenario version like model phrases from to reports groups changes "
                         "absences police form repeated noise nameless units institutions facts "
                         "changed layouts exports",
                         f->r->e);
}

static int read_model(struct files *f)
{
    struct mp_str name, path;
    const struct mp_yaml *y = with(f, "model");
    if (mp_yaml_text(y, "model", true, &name, f->r->e) < 0 || find(f, "synth", name.p, &path) < 0 ||
        mp_synth_model_read(f->r->arena, path.p, &f->s->model, f->r->e) < 0)
        return -1;
    f->s->model.institutions.n = 0; /* a scenario has its own */
    return mp_synth_read_units(f->r, with(f, "units"), &f->s->model) < 0
               ? -1
               : mp_synth_read_institutions(f->r, with(f, "institutions"), &f->s->model);
}

static int read_day(struct files *f, const char *key, struct mp_time *out)
{
    struct mp_str text;
    const struct mp_yaml *y = with(f, key);
    if (mp_yaml_text(y, key, true, &text, f->r->e) < 0)
        return -1;
    if (!mp_time_read(text, out) || out->minute >= 0)
        return mp_yaml_fail(mp_yaml_get(y, key), f->r->e, "'%s' is no day such as 2019-01-31",
                            text.p);
    return 0;
}

/* A number, or a share, for each setting that is named. */
static int read_by_setting(struct files *f, const struct mp_yaml *map, const char *key,
                           int64_t *numbers, uint32_t *shares)
{
    struct mp_yaml *y = mp_synth_part(f->r, map, key, MP_YAML_MAP);
    if (!y)
        return -1;
    for (size_t i = 0; i < y->n; i++) {
        const char *name = y->keys[i]->text.p;
        size_t v = mp_synth_value_known(&f->s->facts.list[MP_FACT_SETTING], y->keys[i]->text);
        if (v == 0 || v >= MP_SYNTH_SETTINGS)
            return mp_yaml_fail(y->keys[i], f->r->e,
                                "here must stand closed, open, reception or home");
        if (numbers ? mp_synth_read_number(f->r, y, name, 0, 1000000, &numbers[v]) < 0
                    : mp_synth_read_share(f->r, y, name, &shares[v]) < 0)
            return -1;
    }
    return 0;
}

/* The program knows what the values of these mean. */
static int check_own(struct files *f)
{
    static const char *const allowed[MP_SYNTH_N_OWN] = {
        [MP_FACT_SEX] = "girl boy",
        [MP_FACT_AGE] = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
        [MP_FACT_CATEGORY] = "urgent other",
        [MP_FACT_LIGHT] = "red orange green " MP_SYNTH_NOTHING,
    };
    const struct mp_yaml *y = mp_yaml_get(with(f, "facts"), "facts");
    for (size_t i = MP_FACT_SEX; i < MP_SYNTH_N_OWN; i++) {
        const struct mp_synth_fact *fact = &f->s->facts.list[i];
        for (size_t k = 0; k < fact->n_cases; k++)
            for (size_t v = 0; v < fact->cases[k].weights.n; v++)
                if (!mp_str_in(allowed[i], fact->cases[k].weights.texts[v]))
                    return mp_yaml_fail(y, f->r->e, "values of '%s' can be: %s", fact->name.p,
                                        allowed[i]);
    }
    return 0;
}

/* Nobody can leave from a setting that no institution has. */
static int check_places(struct files *f)
{
    const struct mp_synth_model *m = &f->s->model;
    const struct mp_synth_fact *fact = &f->s->facts.list[MP_FACT_SETTING];
    for (size_t v = 1; v < MP_SYNTH_SETTINGS; v++) {
        bool found = f->s->reports[v] == 0;
        for (size_t i = 0; i < m->institutions.n; i++)
            found |= mp_str_eq(m->institution[i].setting, fact->values[v]) &&
                     m->institutions.upto[i] > (i ? m->institutions.upto[i - 1] : 0);
        if (!found)
            return mp_yaml_fail(mp_yaml_get(with(f, "reports"), "reports"), f->r->e,
                                "none of the institutions is '%s'", fact->values[v].p);
    }
    return 0;
}

static int read_frame(struct files *f, int64_t reports)
{
    struct mp_synth_scenario *s = f->s;
    if (mp_yaml_text(f->own, "scenario", true, &s->name, f->r->e) < 0 ||
        read_day(f, "from", &s->from) < 0 || read_day(f, "to", &s->to) < 0 ||
        read_by_setting(f, with(f, "reports"), "reports", s->reports, NULL) < 0 ||
        mp_synth_read_share(f->r, with(f, "changes"), "changes", &s->changes) < 0 ||
        mp_synth_read_share(f->r, with(f, "repeated"), "repeated", &s->repeated) < 0 ||
        mp_yaml_text(with(f, "nameless"), "nameless", true, &s->nameless, f->r->e) < 0 ||
        mp_synth_read_numbers(f->r, with(f, "noise"), "noise", 0, 9, &s->noise, &s->n_noise) < 0)
        return -1;
    if (s->to.day <= s->from.day)
        return mp_yaml_fail(mp_yaml_get(with(f, "to"), "to"), f->r->e, "this lies before 'from'");
    int64_t all = 0;
    for (size_t i = 0; i < MP_SYNTH_SETTINGS; i++)
        all += s->reports[i];
    for (size_t i = 0; reports > 0 && all > 0 && i < MP_SYNTH_SETTINGS; i++)
        s->reports[i] = (s->reports[i] * reports + all / 2) / all;
    return 0;
}

static int read_absences(struct files *f)
{
    struct mp_synth_scenario *s = f->s;
    struct mp_synth_reader *r = f->r;
    struct mp_yaml *y = mp_synth_part(r, with(f, "absences"), "absences", MP_YAML_MAP);
    if (!y || mp_yaml_check(y, "number lasts next clock open moves deregistered_after", r->e) < 0)
        return -1;
    if (mp_synth_read_numbers(r, y, "number", 1, MP_SYNTH_ABSENCES, &s->absences, &s->n_absences) <
            0 ||
        mp_synth_read_spread(r, y, "lasts", 1, &s->lasts) < 0 ||
        mp_synth_read_spread(r, y, "next", 1, &s->next) < 0 ||
        mp_synth_read_spread(r, y, "clock", 0, &s->clock) < 0 ||
        mp_synth_read_share(r, y, "open", &s->open) < 0 ||
        mp_synth_read_share(r, y, "moves", &s->moves) < 0 ||
        mp_synth_read_time(r, y, "deregistered_after", 1, &s->deregistered_after) < 0)
        return -1;
    for (size_t i = 0; i < s->clock.of.n; i++)
        if (s->clock.ranges[i].to >= MP_MINUTES_A_DAY)
            return mp_yaml_fail(mp_yaml_get(mp_yaml_get(y, "clock")->items[i], "to"), r->e,
                                "a day ends at 1439m");
    return 0;
}

static int read_writers(struct files *f)
{
    struct mp_synth_scenario *s = f->s;
    struct mp_synth_reader *r = f->r;
    struct mp_yaml *y = mp_synth_part(r, with(f, "police"), "police", MP_YAML_MAP);
    if (!y ||
        mp_yaml_check(y, "delay additions addition_delay return_delay twice own_document untold",
                      r->e) < 0 ||
        mp_synth_read_spread(r, y, "delay", 0, &s->police.delay) < 0 ||
        mp_synth_read_numbers(r, y, "additions", 0, MP_SYNTH_ADDITIONS, &s->police.additions,
                              &s->police.n_additions) < 0 ||
        mp_synth_read_spread(r, y, "addition_delay", 0, &s->police.addition_delay) < 0 ||
        mp_synth_read_spread(r, y, "return_delay", 0, &s->police.return_delay) < 0 ||
        mp_synth_read_share(r, y, "twice", &s->police.twice) < 0 ||
        mp_synth_read_share(r, y, "own_document", &s->police.own_document) < 0 ||
        mp_synth_read_share(r, y, "untold", &s->police.untold) < 0)
        return -1;
    y = mp_synth_part(r, with(f, "form"), "form", MP_YAML_MAP);
    if (!y ||
        mp_yaml_check(y, "share delay returns return_delay return_known transfers", r->e) < 0 ||
        read_by_setting(f, y, "share", NULL, s->form.share) < 0 ||
        mp_synth_read_spread(r, y, "delay", 0, &s->form.delay) < 0 ||
        mp_synth_read_share(r, y, "returns", &s->form.returns) < 0 ||
        mp_synth_read_spread(r, y, "return_delay", 0, &s->form.return_delay) < 0 ||
        mp_synth_read_share(r, y, "return_known", &s->form.known) < 0 ||
        mp_synth_read_share(r, y, "transfers", &s->form.transfers) < 0)
        return -1;
    return 0;
}

static int read_groups(struct files *f)
{
    struct mp_synth_scenario *s = f->s;
    if (!mp_yaml_get(f->own, "groups"))
        return 0;
    struct mp_yaml *y = mp_synth_part(f->r, f->own, "groups", MP_YAML_LIST);
    if (!y)
        return -1;
    s->groups = mp_arena_alloc(f->r->arena, y->n * sizeof *s->groups);
    if (!s->groups)
        return mp_error_memory(f->r->e);
    for (; s->n_groups < y->n; s->n_groups++) {
        struct mp_synth_group *g = &s->groups[s->n_groups];
        struct mp_yaml *one = y->items[s->n_groups];
        struct mp_str setting;
        if (mp_yaml_check(one, "persons setting facts", f->r->e) < 0 ||
            mp_synth_read_number(f->r, one, "persons", 0, 100000, &g->persons) < 0 ||
            mp_yaml_text(one, "setting", true, &setting, f->r->e) < 0 ||
            mp_synth_read_fixed(f->r, one, "facts", &s->facts, &g->n, &g->of, &g->cases) < 0)
            return -1;
        g->setting = mp_synth_value_known(&s->facts.list[MP_FACT_SETTING], setting);
        if (g->setting == 0 || g->setting >= MP_SYNTH_SETTINGS || s->reports[g->setting] == 0)
            return mp_yaml_fail(mp_yaml_get(one, "setting"), f->r->e,
                                "here must stand a setting that has reports");
        for (size_t i = 0; i < g->n; i++)
            g->fixed |= UINT64_C(1) << g->of[i];
    }
    return 0;
}

static int read_bank(struct files *f)
{
    const struct mp_yaml *map = with(f, "phrases");
    struct mp_yaml *y = mp_synth_part(f->r, map, "phrases", MP_YAML_LIST);
    if (!y)
        return -1;
    struct mp_str *paths = mp_arena_alloc(f->r->arena, y->n * sizeof *paths);
    if (!paths)
        return mp_error_memory(f->r->e);
    for (size_t i = 0; i < y->n; i++)
        if (mp_yaml_is_text(y->items[i], f->r->e) < 0 ||
            find(f, "synth/phrases", y->items[i]->text.p, &paths[i]) < 0)
            return -1;
    return mp_synth_bank_read(f->r, paths, y->n, y, &f->s->facts, &f->s->bank);
}

static int read_layouts(struct files *f)
{
    struct mp_synth_scenario *s = f->s;
    struct mp_yaml *y = mp_synth_part(f->r, with(f, "layouts"), "layouts", MP_YAML_LIST);
    if (!y)
        return -1;
    s->layouts = mp_arena_alloc(f->r->arena, y->n * sizeof *s->layouts);
    if (!s->layouts)
        return mp_error_memory(f->r->e);
    for (; s->n_layouts < y->n; s->n_layouts++) {
        struct mp_str path;
        if (mp_yaml_is_text(y->items[s->n_layouts], f->r->e) < 0 ||
            find(f, "synth/layouts", y->items[s->n_layouts]->text.p, &path) < 0 ||
            mp_synth_layout_read(f->r, path.p, &s->layouts[s->n_layouts]) < 0)
            return -1;
    }
    return 0;
}

static int read_export(struct files *f, const struct mp_yaml *y, struct mp_synth_export *out)
{
    struct mp_synth_scenario *s = f->s;
    struct mp_str layout, unit = {0};
    if (mp_yaml_check(y, "file layout unit", f->r->e) < 0 ||
        mp_yaml_text(y, "file", true, &out->file, f->r->e) < 0 ||
        mp_yaml_text(y, "layout", true, &layout, f->r->e) < 0 ||
        mp_yaml_text(y, "unit", false, &unit, f->r->e) < 0)
        return -1;
    if (memchr(out->file.p, '/', out->file.n) || out->file.p[0] == '.')
        return mp_yaml_fail(mp_yaml_get(y, "file"), f->r->e,
                            "a name without a folder must stand "
                            "here");
    while (out->layout < s->n_layouts && !mp_str_eq(s->layouts[out->layout].name, layout))
        out->layout++;
    if (out->layout == s->n_layouts)
        return mp_yaml_fail(mp_yaml_get(y, "layout"), f->r->e, "'%s' is none of the layouts",
                            layout.p);
    out->source = unit.p ? MP_SYNTH_POLICE : MP_SYNTH_FORM;
    while (unit.p && out->unit < s->model.units.n &&
           !mp_str_eq(s->model.units.texts[out->unit], unit))
        out->unit++;
    if (unit.p && out->unit == s->model.units.n)
        return mp_yaml_fail(mp_yaml_get(y, "unit"), f->r->e, "'%s' is none of the units", unit.p);
    return 0;
}

/* Every report must find an export: one of each unit, one of the form. */
static int check_exports(struct files *f, const struct mp_yaml *y)
{
    const struct mp_synth_scenario *s = f->s;
    for (size_t unit = 0; unit <= s->model.units.n; unit++) {
        size_t found = 0;
        for (size_t i = 0; i < s->n_exports; i++)
            found += s->exports[i].source == MP_SYNTH_FORM ? unit == s->model.units.n
                                                           : s->exports[i].unit == unit;
        if (found != 1)
            return mp_yaml_fail(y, f->r->e, "'%s' must have one export",
                                unit < s->model.units.n ? s->model.units.texts[unit].p : "form");
    }
    return 0;
}

static int read_exports(struct files *f)
{
    struct mp_yaml *y = mp_synth_part(f->r, with(f, "exports"), "exports", MP_YAML_LIST);
    if (!y)
        return -1;
    if (y->n > MP_SYNTH_EXPORTS)
        return mp_yaml_fail(y, f->r->e, "more than %d are not possible here", MP_SYNTH_EXPORTS);
    for (; f->s->n_exports < y->n; f->s->n_exports++) {
        size_t i = f->s->n_exports;
        if (read_export(f, y->items[i], &f->s->exports[i]) < 0)
            return -1;
        for (size_t k = 0; k < i; k++)
            if (mp_str_eq(f->s->exports[k].file, f->s->exports[i].file))
                return mp_yaml_fail(y->items[i], f->r->e, "two exports are called '%s'",
                                    f->s->exports[i].file.p);
    }
    return check_exports(f, y);
}

int mp_synth_scenario_read(struct mp_arena *a, const char *name, int64_t reports,
                           mp_synth_find_fn *finder, struct mp_synth_scenario *out,
                           struct mp_error *e)
{
    struct mp_synth_reader r = {a, e};
    struct files f = {.r = &r, .find = finder, .s = out};
    struct mp_str like = {0};
    *out = (struct mp_synth_scenario){0};
    if (load(&f, "synth/scenarios", name, &f.own) < 0 ||
        mp_yaml_text(f.own, "like", false, &like, e) < 0 ||
        (like.p && load(&f, "synth/scenarios", like.p, &f.like) < 0) || read_model(&f) < 0 ||
        mp_synth_read_facts(&r, with(&f, "facts"), f.own, &out->facts) < 0 || check_own(&f) < 0 ||
        read_frame(&f, reports) < 0 || check_places(&f) < 0 || read_absences(&f) < 0 ||
        read_writers(&f) < 0 || read_groups(&f) < 0 || read_bank(&f) < 0 || read_layouts(&f) < 0)
        return -1;
    return read_exports(&f);
}
