/* What happens to a youth: stays, absences, and the reports that are made of them. */
#include "synth/plan.h"
#include "base/time.h"
#include <stdlib.h>

enum {
    DAY = MP_MINUTES_A_DAY,
    /* two registrations with their additions and return; form: three; register: one */
    OF_ABSENCE = 2 + MP_SYNTH_ADDITIONS + 2 + 3 + 1,
};

struct planner {
    const struct mp_synth_run *run;
    const struct mp_synth_model *m;
    struct mp_chance c;
    struct mp_synth_youth youth;
    size_t n_absences, n_stays;
    struct mp_synth_report reports[MP_SYNTH_ABSENCES * OF_ABSENCE];
    struct mp_synth_absence absences[MP_SYNTH_ABSENCES];
    struct mp_synth_stay stays[MP_SYNTH_ABSENCES + 1];
};

/* The hour that summer time skips is passed over. */
static int64_t on_the_clock(int64_t at)
{
    struct mp_time t = {(int32_t)(at / DAY), (int16_t)(at % DAY), true};
    return mp_time_exists(t) ? at : at + 60;
}

static int64_t after(struct planner *p, int64_t at, const struct mp_synth_spread *s)
{
    return on_the_clock(at + mp_synth_minutes(s, &p->c));
}

static int64_t at_some_hour(struct planner *p, int64_t day)
{
    return on_the_clock(day * DAY + mp_synth_minutes(&p->m->absences.clock, &p->c));
}

static struct mp_synth_report *add(struct planner *p, int64_t at, enum mp_synth_source source,
                                   enum mp_synth_what what)
{
    struct mp_synth_report *r = &p->reports[p->youth.n_reports++];
    *r = (struct mp_synth_report){.at = at,
                                  .absence = (uint8_t)(p->n_absences - 1),
                                  .source = (uint8_t)source,
                                  .what = (uint8_t)what};
    return r;
}

static bool came_back(const struct mp_synth_absence *a)
{
    return a->back != MP_SYNTH_NO_RETURN;
}

static void register_at_police(struct planner *p, const struct mp_synth_absence *a, uint8_t number)
{
    const struct mp_synth_of_source *s = &p->m->sources[MP_SYNTH_POLICE];
    int64_t first = after(p, a->departure, &s->delay), at = first;
    uint8_t document = 1;
    struct mp_synth_report *r = add(p, first, MP_SYNTH_POLICE, MP_SYNTH_MISSING);
    r->registration = number;
    r->document = document++;
    size_t place = mp_synth_place(&p->m->police.additions, &p->c);
    for (int64_t i = p->m->police.n_additions[place]; i > 0; i--) {
        at = after(p, at, &p->m->police.addition_delay);
        if (number > 0 || (came_back(a) && at >= a->back))
            break;
        r = add(p, at, MP_SYNTH_POLICE, MP_SYNTH_UPDATE);
        r->document = document++;
    }
    bool returns = mp_chance_hits(&p->c, s->returns);
    if (!came_back(a) || !returns)
        return;
    at = after(p, a->back > first ? a->back : first, &s->return_delay);
    r = add(p, at, MP_SYNTH_POLICE, MP_SYNTH_RETURNED);
    r->registration = number;
    r->document = document;
}

static void fill_in_form(struct planner *p, const struct mp_synth_absence *a, bool deregistered)
{
    const struct mp_synth_of_source *s = &p->m->sources[MP_SYNTH_FORM];
    int64_t first = after(p, a->departure, &s->delay);
    add(p, first, MP_SYNTH_FORM, MP_SYNTH_MISSING);
    int64_t then = a->departure + p->m->absences.deregistered_after;
    if (mp_chance_hits(&p->c, p->m->transfers) && deregistered)
        add(p, on_the_clock(then > first ? then : first + 1), MP_SYNTH_FORM, MP_SYNTH_TRANSFER);
    bool returns = mp_chance_hits(&p->c, s->returns);
    if (came_back(a) && returns)
        add(p, after(p, a->back > first ? a->back : first, &s->return_delay), MP_SYNTH_FORM,
            MP_SYNTH_RETURNED);
}

static bool earlier(const struct mp_synth_report *a, const struct mp_synth_report *b)
{
    return a->at < b->at;
}

/* Few at a time, and nearly in order. */
static void sort(struct mp_synth_report *r, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct mp_synth_report one = r[i];
        size_t k = i;
        for (; k > 0 && earlier(&one, &r[k - 1]); k--)
            r[k] = r[k - 1];
        r[k] = one;
    }
}

/* The follow-ups of a source come after its own first, so the earliest is a departure. */
static void give_roles(struct mp_synth_report *r, size_t n)
{
    static const uint8_t roles[] = {[MP_SYNTH_MISSING] = MP_SYNTH_DUPLICATE,
                                    [MP_SYNTH_UPDATE] = MP_SYNTH_AS_UPDATE,
                                    [MP_SYNTH_RETURNED] = MP_SYNTH_AS_RETURN,
                                    [MP_SYNTH_TRANSFER] = MP_SYNTH_AS_TRANSFER};
    for (size_t i = 0; i < n; i++)
        r[i].role = i ? roles[r[i].what] : MP_SYNTH_FIRST;
}

/* The unit of the institution, or perhaps another. */
static size_t some_unit(struct planner *p, const struct mp_synth_absence *a, uint32_t share)
{
    size_t other = mp_synth_place(&p->m->units, &p->c);
    bool hit = mp_chance_hits(&p->c, share);
    return hit ? other : p->m->institution[p->stays[a->stay].institution].unit;
}

static void report_absence(struct planner *p, struct mp_synth_absence *a, bool deregistered)
{
    const struct mp_synth_model *m = p->m;
    size_t start = p->youth.n_reports;
    bool at_home = !m->institution[p->stays[a->stay].institution].name.p;
    bool police = mp_chance_hits(&p->c, m->sources[MP_SYNTH_POLICE].share);
    bool form = mp_chance_hits(&p->c, m->sources[MP_SYNTH_FORM].share) && !at_home;
    bool reg = mp_chance_hits(&p->c, m->sources[MP_SYNTH_REGISTER].share) && !at_home;
    bool twice = mp_chance_hits(&p->c, m->police.twice);
    a->registrations[0].unit = some_unit(p, a, m->police.other_unit);
    a->registrations[1].unit = some_unit(p, a, MP_SHARE_ALL);
    if (police || (!form && !reg)) /* one there must be */
        register_at_police(p, a, 0);
    if (police && twice && a->registrations[1].unit != a->registrations[0].unit)
        register_at_police(p, a, 1);
    if (form)
        fill_in_form(p, a, deregistered);
    const struct mp_synth_of_source *s = &m->sources[MP_SYNTH_REGISTER];
    if (reg) /* a line is closed on return */
        add(p,
            came_back(a) ? after(p, a->back, &s->return_delay) : after(p, a->departure, &s->delay),
            MP_SYNTH_REGISTER, MP_SYNTH_MISSING);
    sort(p->reports + start, p->youth.n_reports - start);
    give_roles(p->reports + start, p->youth.n_reports - start);
}

/* To another institution, or back to an earlier one, where the client's number stays the same. */
static size_t move(struct planner *p, size_t from)
{
    size_t to = mp_synth_place(&p->m->institutions, &p->c);
    if (to == p->stays[from].institution)
        return from;
    for (size_t i = 0; i < p->n_stays; i++)
        if (p->stays[i].institution == to)
            return i;
    p->stays[p->n_stays] = (struct mp_synth_stay){to, 0};
    return p->n_stays++;
}

/* A later departure: within hours of the return, or at some hour of a later day. */
static int64_t next_departure(struct planner *p, int64_t back)
{
    int64_t gap = mp_synth_minutes(&p->m->absences.next, &p->c);
    int64_t at = at_some_hour(p, (back + gap) / DAY);
    return gap < DAY || at <= back ? on_the_clock(back + gap) : at;
}

static void live(struct planner *p, int64_t departure)
{
    const struct mp_synth_model *m = p->m;
    int64_t wanted = m->absences.numbers[mp_synth_place(&m->absences.number, &p->c)];
    size_t stay = 0;
    for (int64_t i = 0; i < wanted; i++) {
        if (mp_date_age(p->youth.birth, (int32_t)(departure / DAY)) > m->youths.oldest)
            break;
        struct mp_synth_absence *a = &p->absences[p->n_absences++];
        *a = (struct mp_synth_absence){.departure = departure, .stay = stay};
        a->urgent = mp_chance_hits(&p->c, m->absences.urgent);
        a->light = mp_synth_place(&m->absences.traffic_light, &p->c);
        int64_t back = after(p, departure, &m->absences.lasts);
        bool open = mp_chance_hits(&p->c, m->absences.open) && i + 1 == wanted;
        bool deregistered = open || back - departure >= m->absences.deregistered_after;
        a->back = open ? MP_SYNTH_NO_RETURN : back;
        report_absence(p, a, deregistered);
        if (mp_chance_hits(&p->c,
                           deregistered ? m->absences.moves_when_deregistered : m->absences.moves))
            stay = move(p, stay);
        departure = next_departure(p, back);
    }
}

/* One piece of memory, of just the size that is needed. */
static struct mp_synth_youth *packed(struct planner *p)
{
    struct mp_synth_youth *y = &p->youth;
    size_t of_reports = y->n_reports * sizeof *y->reports;
    size_t of_absences = p->n_absences * sizeof *y->absences;
    size_t of_stays = p->n_stays * sizeof *y->stays;
    struct mp_synth_youth *out = malloc(sizeof *out + of_absences + of_stays + of_reports);
    if (!out)
        return NULL;
    *out = *y;
    out->absences = (void *)(out + 1);
    out->stays = (void *)(out->absences + p->n_absences);
    out->reports = (void *)(out->stays + p->n_stays);
    memcpy(out->absences, p->absences, of_absences);
    memcpy(out->stays, p->stays, of_stays);
    memcpy(out->reports, p->reports, of_reports);
    return out;
}

struct mp_synth_youth *mp_synth_plan(const struct mp_synth_run *run, uint64_t household,
                                     const struct mp_synth_household *of, size_t child)
{
    const struct mp_synth_child *who = &of->children[child];
    struct planner p; /* large: only what is used is set */
    p.run = run;
    p.m = run->model;
    p.c = mp_chance_of(run->seed, household * MP_SYNTH_CHILDREN + child, MP_FOR_ABSENCES);
    p.youth = (struct mp_synth_youth){
        .household = household, .child = child, .girl = who->girl, .birth = who->birth};
    p.n_absences = 0;
    p.stays[0] = (struct mp_synth_stay){who->institution, 0};
    p.n_stays = 1;
    live(&p, at_some_hour(&p, who->first));
    sort(p.reports, p.youth.n_reports);
    return packed(&p);
}
