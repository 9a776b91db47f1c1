/* Who goes missing, when and from where, and which reports are made of it. */
#include "synth/country.h"
#include "synth/errors.h"
#include "synth/stream.h"
#include <stdlib.h>

enum { DAY = MP_MINUTES_A_DAY };

struct settler {
    struct mp_synth_country *country;
    const struct mp_synth_scenario *s;
    struct mp_chance c;
    int64_t quota[MP_SYNTH_SETTINGS]; /* registrations still to be made */
    uint64_t household;               /* the next that nobody has come from */
    uint32_t *clients;                /* last number, for each institution */
    int64_t end;                      /* the first minute that nobody has written about */
    struct {                          /* of the youth in hand */
        size_t n, institution[MP_SYNTH_ABSENCES];
        uint32_t client[MP_SYNTH_ABSENCES];
    } stays;
};

static int64_t on_the_clock(int64_t at)
{
    struct mp_time t = {(int32_t)(at / DAY), (int16_t)(at % DAY), true};
    return mp_time_exists(t) ? at : at + 60;
}

/* Everybody tells round minutes. */
static int64_t rounded(int64_t at)
{
    enum { ROUND = 5 };
    return on_the_clock(at - at % ROUND);
}

static int64_t after(struct settler *t, int64_t at, const struct mp_synth_spread *s)
{
    return on_the_clock(at + mp_synth_minutes(s, &t->c));
}

/* Written, unless that would be after the end. */
static bool add(struct settler *t, struct mp_synth_paper paper, enum mp_synth_source source,
                enum mp_synth_what what)
{
    struct mp_synth_country *country = t->country;
    size_t away = MP_COUNT(struct mp_synth_away, country->aways) - 1;
    if (paper.at >= t->end)
        return false;
    paper.away = away;
    paper.source = (uint8_t)source;
    paper.what = (uint8_t)what;
    mp_buf_add(&country->papers, &paper, sizeof paper);
    MP_ITEMS(struct mp_synth_away, country->aways)[away].n += !country->papers.failed;
    return true;
}

static bool appends(const struct mp_synth_scenario *s, size_t unit)
{
    size_t i = 0;
    while (s->exports[i].source != MP_SYNTH_POLICE || s->exports[i].unit != unit)
        i++;
    return s->layouts[s->exports[i].layout].appended;
}

/* A later writing of a registration: a document of its own, or in the text of the one before. */
static bool add_later(struct settler *t, const struct mp_synth_away *a, int64_t at, uint8_t number,
                      uint8_t *document, enum mp_synth_what what)
{
    bool own = mp_chance_hits(&t->c, t->s->police.own_document) ||
               !appends(t->s, a->registrations[number].unit);
    struct mp_synth_paper paper = {
        .at = at, .registration = number, .document = *document, .appended = !own};
    paper.document = (uint8_t)(*document + own);
    if (!add(t, paper, MP_SYNTH_POLICE, what))
        return false;
    *document = paper.document;
    return true;
}

/* Whether a return was told. */
static bool register_at_police(struct settler *t, const struct mp_synth_away *a, uint8_t number)
{
    const struct mp_synth_scenario *s = t->s;
    bool back = a->back != MP_SYNTH_NO_RETURN;
    int64_t at = after(t, a->departure, &s->police.delay);
    uint8_t document = 1;
    struct mp_synth_paper paper = {.at = at, .registration = number, .document = document};
    if (!add(t, paper, MP_SYNTH_POLICE, MP_SYNTH_MISSING))
        return false;
    t->quota[a->values[MP_FACT_SETTING]]--;
    int64_t n = s->police.n_additions[mp_synth_place(&s->police.additions, &t->c)];
    for (; n > 0 && number == 0; n--) {
        int64_t then = after(t, at, &s->police.addition_delay);
        if ((back && then >= a->back) || !add_later(t, a, then, number, &document, MP_SYNTH_UPDATE))
            break;
        at = then;
    }
    bool untold = mp_chance_hits(&t->c, s->police.untold);
    if (!back || untold)
        return false;
    at = after(t, a->back > at ? a->back : at, &s->police.return_delay);
    return add_later(t, a, at, number, &document, MP_SYNTH_RETURNED);
}

static bool fill_in_form(struct settler *t, const struct mp_synth_away *a)
{
    const struct mp_synth_scenario *s = t->s;
    bool back = a->back != MP_SYNTH_NO_RETURN;
    bool known = mp_chance_hits(&t->c, s->form.known);
    bool transfers = mp_chance_hits(&t->c, s->form.transfers);
    bool returns = mp_chance_hits(&t->c, s->form.returns);
    struct mp_synth_paper paper = {.at = after(t, a->departure, &s->form.delay), .document = 1};
    paper.says_return = known && back && paper.at > a->back;
    if (!add(t, paper, MP_SYNTH_FORM, MP_SYNTH_MISSING))
        return false;
    bool told = paper.says_return;
    int64_t first = paper.at, given = a->departure + s->deregistered_after;
    paper.says_return = false;
    paper.at = on_the_clock(given > first ? given : first + 1);
    if (transfers && (!back || a->back > given))
        add(t, paper, MP_SYNTH_FORM, MP_SYNTH_TRANSFER);
    if (!back || !returns)
        return told;
    paper.at = after(t, a->back > first ? a->back : first, &s->form.return_delay);
    paper.says_return = true;
    return add(t, paper, MP_SYNTH_FORM, MP_SYNTH_RETURNED) || told;
}

/* Appended papers have no role: they are no reports. */
static void give_roles(struct mp_synth_paper *p, size_t n)
{
    static const uint8_t roles[] = {[MP_SYNTH_MISSING] = MP_SYNTH_DUPLICATE,
                                    [MP_SYNTH_UPDATE] = MP_SYNTH_AS_UPDATE,
                                    [MP_SYNTH_RETURNED] = MP_SYNTH_AS_RETURN,
                                    [MP_SYNTH_TRANSFER] = MP_SYNTH_AS_TRANSFER};
    size_t first = 0;
    for (size_t i = 0; i < n; i++) {
        p[i].role = roles[p[i].what];
        if (p[i].at < p[first].at)
            first = i;
    }
    p[first].role = MP_SYNTH_FIRST;
}

static void write_down(struct settler *t, struct mp_synth_away *a)
{
    const struct mp_synth_scenario *s = t->s;
    struct mp_synth_country *country = t->country;
    size_t setting = a->values[MP_FACT_SETTING];
    bool twice = mp_chance_hits(&t->c, s->police.twice) && t->quota[setting] > 1;
    bool form = mp_chance_hits(&t->c, s->form.share[setting]);
    size_t place = MP_COUNT(struct mp_synth_away, country->aways) - 1;
    a->registrations[0].unit = s->model.institution[a->institution].unit;
    a->registrations[1].unit = mp_synth_place(&s->model.units, &t->c);
    a->first = MP_COUNT(struct mp_synth_paper, country->papers);
    MP_ITEMS(struct mp_synth_away, country->aways)[place] = *a;
    bool told = register_at_police(t, a, 0);
    if (twice && a->registrations[1].unit != a->registrations[0].unit)
        told |= register_at_police(t, a, 1);
    if (form)
        told |= fill_in_form(t, a);
    struct mp_synth_away *kept = &MP_ITEMS(struct mp_synth_away, country->aways)[place];
    kept->untold = a->back != MP_SYNTH_NO_RETURN && !told;
    if (!country->papers.failed)
        give_roles(MP_ITEMS(struct mp_synth_paper, country->papers) + a->first, kept->n);
}

/* An institution of this setting, by weight. There is one: the scenario was checked. */
static size_t pick_institution(struct settler *t, size_t setting)
{
    const struct mp_synth_model *m = &t->s->model;
    struct mp_str wanted = t->s->facts.list[MP_FACT_SETTING].values[setting];
    size_t place;
    do
        place = mp_synth_place(&m->institutions, &t->c);
    while (!mp_str_eq(m->institution[place].setting, wanted));
    return place;
}

static uint32_t client_at(struct settler *t, size_t institution)
{
    for (size_t i = 0; i < t->stays.n; i++)
        if (t->stays.institution[i] == institution)
            return t->stays.client[i];
    t->stays.institution[t->stays.n] = institution;
    return t->stays.client[t->stays.n++] = ++t->clients[institution];
}

/* A setting of which reports are wanted, by how many; 0: of none. */
static size_t pick_setting(struct settler *t)
{
    int64_t all = 0;
    for (size_t i = 0; i < MP_SYNTH_SETTINGS; i++)
        all += t->quota[i] > 0 ? t->quota[i] : 0;
    if (all == 0)
        return 0;
    int64_t x = mp_chance_below(&t->c, (uint32_t)all);
    size_t i = 0;
    for (; t->quota[i] <= 0 || x >= t->quota[i]; i++)
        x -= t->quota[i] > 0 ? t->quota[i] : 0;
    return i;
}

/* Somebody of this sex of whom nobody has heard, if the model has such names at all; brothers and
 * sisters come one after the other. */
static void find_name(struct settler *t, struct mp_synth_resident *who)
{
    struct mp_synth_household of;
    enum { TRIES = 2000 };
    size_t child = t->household % MP_SYNTH_CHILDREN;
    for (int tries = 0;; tries++, t->household++) {
        child = t->household % MP_SYNTH_CHILDREN;
        mp_synth_household(&t->country->run, t->household / MP_SYNTH_CHILDREN, &of);
        if (child < of.n && (of.children[child].girl == who->girl || tries > TRIES))
            break;
    }
    who->household = t->household++ / MP_SYNTH_CHILDREN;
    who->child = child;
}

static int64_t at_some_hour(struct settler *t, int64_t day)
{
    return rounded(day * DAY + mp_synth_minutes(&t->s->clock, &t->c));
}

static int64_t next_departure(struct settler *t, int64_t back)
{
    int64_t gap = mp_synth_minutes(&t->s->next, &t->c);
    int64_t at = at_some_hour(t, (back + gap) / DAY);
    return gap < DAY || at <= back ? rounded(back + gap + 5) : at;
}

/* One absence; false: it was the last. */
static bool leave(struct settler *t, const struct mp_synth_resident *who, struct mp_synth_away *a)
{
    const struct mp_synth_scenario *s = t->s;
    size_t setting = a->values[MP_FACT_SETTING], number = a->number;
    memcpy(a->values, who->values, sizeof a->values);
    a->values[MP_FACT_SETTING] = (uint8_t)setting;
    bool open = mp_chance_hits(&t->c, s->open);
    int64_t back = rounded(after(t, a->departure, &s->lasts) + 4);
    a->back = open || back >= t->end ? MP_SYNTH_NO_RETURN : back;
    a->values[MP_FACT_AGAIN] = number > 1 ? 2 : 1;
    a->values[MP_FACT_BACK] = a->back != MP_SYNTH_NO_RETURN ? 2 : 1;
    a->client = client_at(t, a->institution);
    mp_synth_draw(&s->facts, false, 0, a->values, &t->c);
    mp_buf_add(&t->country->aways, a, sizeof *a);
    if (t->country->aways.failed)
        return false;
    write_down(t, a);
    return a->back != MP_SYNTH_NO_RETURN;
}

/* Goes to another place, perhaps; false: nobody wants reports from there. */
static bool move_on(struct settler *t, struct mp_synth_away *a)
{
    size_t setting = a->values[MP_FACT_SETTING];
    bool changes = mp_chance_hits(&t->c, t->s->changes);
    bool moves = mp_chance_hits(&t->c, t->s->moves);
    size_t other = pick_setting(t);
    if (changes && other && other != setting)
        a->institution = pick_institution(t, setting = other);
    else if (moves)
        a->institution = pick_institution(t, setting);
    a->values[MP_FACT_SETTING] = (uint8_t)setting;
    return t->quota[setting] > 0;
}

static void live(struct settler *t, const struct mp_synth_resident *who, int64_t departure)
{
    enum { OF_AGE = 18 };
    const struct mp_synth_scenario *s = t->s;
    int64_t wanted = s->n_absences[mp_synth_place(&s->absences, &t->c)];
    struct mp_synth_away a = {.who = MP_COUNT(struct mp_synth_resident, t->country->residents) - 1,
                              .departure = departure};
    a.values[MP_FACT_SETTING] = who->values[MP_FACT_SETTING];
    a.institution = pick_institution(t, a.values[MP_FACT_SETTING]);
    t->stays.n = 0;
    for (a.number = 1; a.number <= wanted; a.number++) {
        if (a.departure >= t->end ||
            mp_date_age(who->birth, (int32_t)(a.departure / DAY)) >= OF_AGE || !leave(t, who, &a) ||
            !move_on(t, &a))
            return;
        a.departure = next_departure(t, a.back);
    }
}

/* A youth who first goes missing from this setting, perhaps as one of a group. */
static void settle_one(struct settler *t, size_t setting, const struct mp_synth_group *group)
{
    const struct mp_synth_scenario *s = t->s;
    struct mp_synth_country *country = t->country;
    struct mp_synth_resident who = {.values = {[MP_FACT_SETTING] = (uint8_t)setting}};
    size_t number = MP_COUNT(struct mp_synth_resident, country->residents);
    t->c = mp_chance_of(country->run.seed, number, MP_FOR_ABSENCES);
    for (size_t i = 0; group && i < group->n; i++)
        who.values[group->of[i]] =
            group->cases[i].values[mp_synth_place(&group->cases[i].weights, &t->c)];
    mp_synth_draw(&s->facts, true, group ? group->fixed : 0, who.values, &t->c);
    struct mp_str sex = s->facts.list[MP_FACT_SEX].values[who.values[MP_FACT_SEX]];
    struct mp_str age = s->facts.list[MP_FACT_AGE].values[who.values[MP_FACT_AGE]];
    int64_t years = 0;
    for (size_t i = 0; i < age.n; i++)
        years = years * 10 + (age.p[i] - '0');
    who.girl = mp_str_is(sex, "girl");
    find_name(t, &who);
    uint32_t days = (uint32_t)(s->to.day - s->from.day + 1);
    int32_t day = s->from.day + (int32_t)mp_chance_below(&t->c, days);
    who.birth = mp_synth_birth_before(day, years, &t->c);
    mp_buf_add(&country->residents, &who, sizeof who);
    if (!country->residents.failed)
        live(t, &who, at_some_hour(t, day));
}

/* Until all reports are there that are wanted - or nobody writes any, which a strange scenario can
 * bring about. */
static void settle_all(struct settler *t)
{
    enum { IDLE = 2000 };
    const struct mp_synth_scenario *s = t->s;
    const struct mp_synth_country *country = t->country;
    size_t papers = 0;
    int idle = 0;
    for (size_t i = 0; i < s->n_groups; i++)
        for (int64_t k = 0; k < s->groups[i].persons; k++)
            settle_one(t, s->groups[i].setting, &s->groups[i]);
    for (;;) {
        size_t number = MP_COUNT(struct mp_synth_resident, country->residents);
        t->c = mp_chance_of(country->run.seed, number, MP_FOR_PLACE);
        size_t setting = pick_setting(t);
        if (!setting || idle > IDLE || country->residents.failed || country->aways.failed ||
            country->papers.failed)
            return;
        settle_one(t, setting, NULL);
        idle = country->papers.len > papers ? 0 : idle + 1;
        papers = country->papers.len;
    }
}

struct sorted {
    int64_t at;
    size_t paper;
};

static int by_time(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->paper < y->paper ? -1 : x->paper > y->paper;
}

static int sort_papers(struct mp_synth_country *c, struct mp_error *e)
{
    size_t n = MP_COUNT(struct mp_synth_paper, c->papers);
    struct sorted *list = malloc((n + 1) * sizeof *list);
    c->order = malloc((n + 1) * sizeof *c->order);
    if (!list || !c->order) {
        free(list);
        return mp_error_memory(e);
    }
    for (size_t i = 0; i < n; i++)
        list[i] = (struct sorted){MP_ITEMS(struct mp_synth_paper, c->papers)[i].at, i};
    qsort(list, n, sizeof *list, by_time);
    for (size_t i = 0; i < n; i++)
        c->order[i] = list[i].paper;
    free(list);
    return 0;
}

static void give_numbers(struct mp_synth_country *c, struct mp_synth_counter *of_units)
{
    struct mp_synth_counter of_forms = {0};
    for (size_t i = 0; i < MP_COUNT(struct mp_synth_paper, c->papers); i++) {
        struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[c->order[i]];
        struct mp_synth_away *a = &MP_ITEMS(struct mp_synth_away, c->aways)[p->away];
        struct mp_synth_registration *r = &a->registrations[p->registration];
        if (p->source == MP_SYNTH_FORM) {
            p->serial = mp_synth_count(&of_forms, p->at, &p->year);
            continue;
        }
        if (r->serial == 0)
            r->serial = mp_synth_count_registration(&of_units[r->unit], p->at, &r->year);
        p->serial = r->serial;
        p->year = r->year;
    }
}

int mp_synth_settle(struct mp_synth_country *c, const struct mp_synth_scenario *s, uint64_t seed,
                    struct mp_error *e)
{
    *c = (struct mp_synth_country){.s = s, .run = {&s->model, seed, 1}};
    struct settler t = {.country = c, .s = s, .end = ((int64_t)s->to.day + 1) * DAY};
    memcpy(t.quota, s->reports, sizeof t.quota);
    t.clients = calloc(s->model.institutions.n, sizeof *t.clients);
    struct mp_synth_counter *of_units = calloc(s->model.units.n, sizeof *of_units);
    int bad = t.clients && of_units ? 0 : mp_error_memory(e);
    if (!bad) {
        settle_all(&t);
        if (c->residents.failed || c->aways.failed || c->papers.failed)
            bad = mp_error_memory(e);
    }
    if (!bad)
        bad = sort_papers(c, e);
    if (!bad)
        give_numbers(c, of_units);
    free(t.clients);
    free(of_units);
    return bad;
}

struct mp_chance mp_synth_paper_chance(const struct mp_synth_country *c, size_t paper,
                                       enum mp_synth_purpose purpose)
{
    enum { FAR = 1 << 20 }; /* other than the numbers of youths */
    return mp_chance_of(c->run.seed, (uint64_t)paper + FAR, purpose);
}

struct mp_chance mp_synth_paper_gaps(const struct mp_synth_country *c, size_t paper,
                                     bool gap[MP_SYNTH_N_GAPS])
{
    const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[paper];
    struct mp_chance chance = mp_synth_paper_chance(c, paper, MP_FOR_GAPS);
    for (size_t i = 0; i < MP_SYNTH_N_GAPS; i++)
        gap[i] = mp_chance_hits(&chance, c->s->model.sources[p->source].gaps[i]);
    return chance;
}

void mp_synth_paper_name(const struct mp_synth_country *c, size_t paper, struct mp_synth_name *name)
{
    const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[paper];
    const struct mp_synth_away *a = &MP_ITEMS(struct mp_synth_away, c->aways)[p->away];
    const struct mp_synth_resident *who = &MP_ITEMS(struct mp_synth_resident, c->residents)[a->who];
    struct mp_chance chance = mp_synth_paper_chance(c, paper, MP_FOR_ERRORS);
    mp_synth_name(&c->run, who->household, who->child, name);
    mp_synth_spoil_name(&c->s->model, &c->s->model.sources[p->source], name, &chance);
}

void mp_synth_paper_number(const struct mp_synth_country *c, size_t paper, struct mp_buf *out)
{
    const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[paper];
    const struct mp_synth_away *a = &MP_ITEMS(struct mp_synth_away, c->aways)[p->away];
    const struct mp_synth_of_source *source = &c->s->model.sources[p->source];
    char digits[32];
    struct mp_buf b = {.data = digits, .cap = sizeof digits};
    mp_buf_addf(&b, "%04d%0*u", p->year, (int)source->digits, (unsigned)p->serial);
    const struct mp_str values[MP_SYNTH_N_NUMBER] = {
        c->s->model.units.texts[a->registrations[p->registration].unit],
        c->s->model.institution[a->institution].letters,
        {b.data, 4},
        {b.data + 4, b.len - 4}};
    mp_synth_fill(out, &source->number, values, NULL, false, NULL);
}

void mp_synth_country_free(struct mp_synth_country *c)
{
    mp_buf_free(&c->residents);
    mp_buf_free(&c->aways);
    mp_buf_free(&c->papers);
    mp_buf_free(&c->texts);
    mp_buf_free(&c->meanings);
    mp_buf_free(&c->said);
    free(c->order);
    *c = (struct mp_synth_country){0};
}
