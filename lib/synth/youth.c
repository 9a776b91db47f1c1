/* Who the youths are: households, their children, names. */
#include "synth/youth.h"
#include "base/time.h"
#include "synth/errors.h"

int64_t mp_synth_arrival(const struct mp_synth_run *run, uint64_t household)
{
    return (int64_t)run->model->start * MP_MINUTES_A_DAY + (int64_t)(household * run->gap / 1000);
}

int32_t mp_synth_birth_before(int32_t day, int64_t years, struct mp_chance *c)
{
    int y, m, d;
    mp_date_civil(day, &y, &m, &d);
    if (m == 2 && d == 29)
        d = 28;
    return mp_date_day(y - (int)years, m, d) - (int32_t)mp_chance_below(c, 365);
}

/* Younger if the first is in the older half, so that all are of an age to be here. */
static int32_t birth_of_next(const struct mp_synth_model *m, int32_t before, bool younger,
                             struct mp_chance *c)
{
    enum { YEAR = 365, MORE_OR_LESS = 80 };
    int32_t years = (int32_t)m->households.n_years[mp_synth_place(&m->households.years_apart, c)];
    int32_t days = years * YEAR + (int32_t)mp_chance_below(c, MORE_OR_LESS);
    return younger ? before + days : before - days;
}

static bool of_age(const struct mp_synth_model *m, const struct mp_synth_child *child)
{
    int age = mp_date_age(child->birth, child->first);
    int64_t youngest = m->youths.ages[0];
    for (size_t i = 1; i < m->youths.age.n; i++)
        youngest = m->youths.ages[i] < youngest ? m->youths.ages[i] : youngest;
    return age >= youngest && age <= m->youths.oldest;
}

/* The household without regard to namesakes. */
static void draw_household(const struct mp_synth_run *run, uint64_t household,
                           struct mp_synth_household *out)
{
    const struct mp_synth_model *m = run->model;
    struct mp_chance c = mp_chance_of(run->seed, household, MP_FOR_HOUSEHOLD);
    size_t wanted = (size_t)m->households.n_children[mp_synth_place(&m->households.children, &c)];
    int32_t day = (int32_t)(mp_synth_arrival(run, household) / MP_MINUTES_A_DAY) + 1;
    int64_t years = m->youths.ages[mp_synth_place(&m->youths.age, &c)];
    bool younger = 2 * years > m->youths.oldest + m->youths.ages[0];
    for (out->n = 0; out->n < wanted; out->n++) {
        struct mp_synth_child *child = &out->children[out->n], *before = child - 1;
        child->girl = mp_chance_hits(&c, m->youths.girls);
        child->institution = mp_synth_place(&m->institutions, &c);
        child->first = day;
        if (out->n == 0) {
            child->birth = mp_synth_birth_before(day, years, &c);
            continue;
        }
        bool twin = mp_chance_hits(&c, m->households.twins);
        bool same = mp_chance_hits(&c, m->households.same_institution);
        int32_t birth = birth_of_next(m, before->birth, younger, &c);
        child->birth = twin ? before->birth : birth;
        child->institution = same ? before->institution : child->institution;
        child->first += mp_synth_minutes(&m->households.apart, &c) / MP_MINUTES_A_DAY;
        if (!of_age(m, child))
            return;
    }
}

/* Whether the first child is called like that of another household, an earlier one. */
static bool namesake(const struct mp_synth_run *run, uint64_t household, uint64_t *other,
                     struct mp_chance *c)
{
    enum { FAR = 20000 }; /* earlier by so many at most, so that their lives overlap */
    *c = mp_chance_of(run->seed, household, MP_FOR_NAMESAKE);
    bool hit = mp_chance_hits(c, run->model->youths.namesakes);
    if (household == 0)
        return false;
    *other = household - 1 - mp_chance_below(c, household < FAR ? (uint32_t)household : FAR);
    return hit;
}

void mp_synth_household(const struct mp_synth_run *run, uint64_t household,
                        struct mp_synth_household *out)
{
    uint64_t other;
    struct mp_chance c;
    draw_household(run, household, out);
    if (!namesake(run, household, &other, &c))
        return;
    struct mp_synth_household theirs;
    draw_household(run, other, &theirs);
    struct mp_synth_child child = out->children[0];
    child.girl = theirs.children[0].girl;
    if (mp_chance_hits(&c, run->model->youths.namesakes_same_birth)) {
        child.birth = theirs.children[0].birth;
        if (!of_age(run->model, &child))
            child.birth = out->children[0].birth;
    }
    out->children[0] = child;
}

/* One family name out of its parts. */
static void add_family(const struct mp_synth_maker *maker, bool girl, struct mp_buf *prefix,
                       struct mp_buf *family, struct mp_chance *c)
{
    if (maker->prefix.n && prefix)
        mp_buf_addstr(prefix, mp_synth_pick(&maker->prefix, c));
    for (size_t i = 0; i < maker->n_parts; i++)
        mp_buf_addstr(family, mp_synth_by_sex(mp_synth_pick(&maker->parts[i], c), girl));
}

static void draw_family(const struct mp_synth_run *run, uint64_t number, bool girl,
                        struct mp_synth_name *out)
{
    const struct mp_synth_model *m = run->model;
    struct mp_chance c = mp_chance_of(run->seed, number, MP_FOR_FAMILY);
    const struct mp_synth_origin *origin = &m->origin[mp_synth_place(&m->origins, &c)];
    bool two = mp_chance_hits(&c, m->youths.double_family);
    add_family(&origin->maker[mp_synth_place(&origin->makers, &c)], girl, &out->prefix,
               &out->family, &c);
    if (two) {
        mp_buf_addc(&out->family, '-');
        add_family(&origin->maker[mp_synth_place(&origin->makers, &c)], girl, NULL, &out->family,
                   &c);
    }
}

static bool taken(struct mp_str name, const struct mp_str *before, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (mp_str_eq(before[i], name))
            return true;
    return false;
}

/* A given name that no child before has, and that perhaps begins like the first child's. A list
 * may have too few of either; then what it has must do. */
static struct mp_str draw_given(const struct mp_synth_weights *list, const struct mp_str *before,
                                size_t n, bool alike, struct mp_chance *c)
{
    struct mp_str name = mp_synth_pick(list, c);
    for (int tries = 0; n > 0 && tries < MP_SYNTH_ALIKE; tries++) {
        bool wanted = !alike || (name.n > 0 && before[0].n > 0 && name.p[0] == before[0].p[0]);
        if (wanted && !taken(name, before, n))
            return name;
        name = mp_synth_pick(list, c);
    }
    for (size_t i = 0; i < list->n && taken(name, before, n); i++)
        name = list->texts[i];
    return name;
}

/* Given names depend on those of the children before, so they are drawn from the first on. */
static void draw_givens(const struct mp_synth_run *run, uint64_t household,
                        const struct mp_synth_household *of, size_t child, struct mp_buf *out)
{
    const struct mp_synth_model *m = run->model;
    struct mp_chance family = mp_chance_of(run->seed, household * MP_SYNTH_CHILDREN, MP_FOR_FAMILY);
    const struct mp_synth_origin *origin = &m->origin[mp_synth_place(&m->origins, &family)];
    struct mp_str names[MP_SYNTH_CHILDREN];
    for (size_t i = 0; i <= child; i++) {
        struct mp_chance c =
            mp_chance_of(run->seed, household * MP_SYNTH_CHILDREN + i, MP_FOR_GIVEN);
        const struct mp_synth_weights *list = &origin->given[of->children[i].girl];
        bool second = mp_chance_hits(&c, m->youths.second_given);
        bool alike = mp_chance_hits(&c, m->households.alike);
        names[i] = draw_given(list, names, i, alike, &c);
        if (i < child)
            continue;
        mp_buf_addstr(out, names[i]);
        if (second) {
            mp_buf_addc(out, ' ');
            mp_buf_addstr(out, mp_synth_pick(list, &c));
        }
    }
}

static void draw_name(const struct mp_synth_run *run, uint64_t household, size_t child,
                      struct mp_synth_name *out)
{
    struct mp_synth_household of;
    draw_household(run, household, &of);
    struct mp_chance c =
        mp_chance_of(run->seed, household * MP_SYNTH_CHILDREN + child, MP_FOR_HOUSEHOLD);
    bool other = mp_chance_hits(&c, run->model->households.other_family_name) && child > 0;
    draw_family(run, household * MP_SYNTH_CHILDREN + (other ? child : 0), of.children[child].girl,
                out);
    draw_givens(run, household, &of, child, &out->given);
}

void mp_synth_name(const struct mp_synth_run *run, uint64_t household, size_t child,
                   struct mp_synth_name *out)
{
    uint64_t other;
    struct mp_chance c;
    out->given.len = out->prefix.len = out->family.len = 0;
    if (child > 0 || !namesake(run, household, &other, &c)) {
        draw_name(run, household, child, out);
        return;
    }
    draw_name(run, other, 0, out);
    (void)mp_chance_next(&c); /* the one that said whether they are born on one day */
    if (mp_chance_hits(&c, run->model->youths.namesakes_alike))
        mp_synth_misspell(run->model, mp_chance_below(&c, 2) ? &out->given : &out->family, &c);
}

void mp_synth_name_free(struct mp_synth_name *name)
{
    mp_buf_free(&name->given);
    mp_buf_free(&name->prefix);
    mp_buf_free(&name->family);
}
