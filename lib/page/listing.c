/* The worklist as a table, one line a case: for spreadsheets, where people sort and filter. */
#include "page/dossier.h"

enum { REASONS = 3, QUOTES = 2, COLUMNS = 20 };

static const char BETWEEN[] = " | "; /* what a cell holds several of */

/* Heads: a path of the words, or a dimension. */
static const struct head {
    const char *path, *dimension;
} heads[COLUMNS] = {
    {"sheet.number", NULL},     {"sheet.list", NULL},
    {"sheet.who", NULL},        {NULL, "sex"},
    {"sheet.age", NULL},        {NULL, "institution"},
    {NULL, "setting"},          {"sheet.gone_since", NULL},
    {"sheet.back_since", NULL}, {"sheet.gone_hours", NULL},
    {"sheet.urgency", NULL},    {NULL, "institution_light"},
    {"sheet.points", NULL},     {NULL, "police_category"},
    {"sheet.n_lower", NULL},    {"sheet.why", NULL},
    {"sheet.late", NULL},       {"sheet.actions", NULL},
    {"sheet.questions", NULL},  {"sheet.reports", NULL},
};

static struct mp_str str_at(const struct mp_dossier *d, const char *path)
{
    return mp_rec_str(d->episode.root, path);
}

/* A moment as spreadsheets read it in every language; the month alone for statistics. */
static struct mp_str moment(struct mp_say *s, struct mp_time t)
{
    enum { DAY = 10, MONTH = 7 };
    struct mp_buf b = {0};
    if (!t.known)
        return MP_STR("");
    s->fields++;
    mp_time_add(&b, t);
    if (b.len > DAY)
        b.data[DAY] = ' ';
    if (s->level == MP_DETAIL_STATISTICS && b.len > MONTH)
        b.len = MONTH;
    return mp_say_keep(s, &b);
}

static struct mp_str hours(struct mp_dossier *d)
{
    const struct mp_span *span = &d->episode.k->spans[MP_GIVEN_MISSING_HOURS];
    struct mp_buf b = {0};
    if (!span->known)
        return MP_STR("");
    int64_t n = (span->least + span->most) / 120;
    if (d->say.level == MP_DETAIL_STATISTICS)
        return mp_say_hours(&d->say, n);
    mp_buf_addf(&b, "%lld", (long long)n);
    return mp_say_keep(&d->say, &b);
}

/* Lines in one cell, what they rest on in brackets; the lines are freed. */
static struct mp_str joined(struct mp_say *s, struct mp_buf *lines)
{
    const struct mp_page_line *line = MP_ITEMS(const struct mp_page_line, *lines);
    struct mp_buf b = {0};
    for (size_t i = 0; i < MP_COUNT(struct mp_page_line, *lines); i++) {
        mp_say_join(&b, BETWEEN, line[i].text);
        if (line[i].detail.n > 0) {
            mp_buf_adds(&b, line[i].text.n ? " (" : BETWEEN);
            mp_buf_addstr(&b, line[i].detail);
            mp_buf_adds(&b, line[i].text.n ? ")" : "");
        }
    }
    s->b->failed |= lines->failed;
    mp_buf_free(lines);
    return mp_say_keep(s, &b);
}

static struct mp_str number(struct mp_say *s, size_t n)
{
    struct mp_buf b = {0};
    mp_buf_addu(&b, n);
    return mp_say_keep(s, &b);
}

void mp_dossier_line(struct mp_dossier *d, size_t place)
{
    struct mp_say *s = &d->say;
    struct mp_episode *ep = &d->episode;
    struct mp_buf why = {0}, actions = {0}, questions = {0};
    bool named = s->level != MP_DETAIL_STATISTICS;
    struct mp_path path;
    mp_path_of(&path, MP_STR("triage.mismatch"));
    size_t late = mp_episode_actions(ep, &actions);
    mp_episode_reasons(ep, &why, REASONS, QUOTES);
    if (ep->open)
        mp_episode_questions(ep, &questions);
    struct mp_str category = mp_say_named(s, "category", str_at(d, "triage.category"));
    const struct mp_str cells[COLUMNS] = {
        number(s, place),
        mp_say_get(s, ep->open ? "sheet.list_open" : "sheet.list_closed"),
        mp_episode_name(ep),
        mp_say_named(s, "sex", str_at(d, "person.sex")),
        mp_episode_age(ep),
        named ? mp_say_value(s, str_at(d, "place.institution")) : MP_STR(""),
        mp_say_named(s, "setting", str_at(d, "place.setting")),
        moment(s, ep->k->missing),
        moment(s, ep->k->returned),
        hours(d),
        category.n ? category : mp_say_get(s, "sheet.undecided"),
        mp_say_named(s, "institution_light", str_at(d, "traffic_light")),
        mp_say_value(s, str_at(d, "triage.score")),
        mp_say_named(s, "police_category", str_at(d, "triage.registered")),
        mp_say_get(s, yyjson_is_true(mp_rec_get(ep->root, &path)) ? "sheet.yes" : "sheet.no"),
        joined(s, &why),
        number(s, late),
        joined(s, &actions),
        joined(s, &questions),
        mp_episode_numbers(ep),
    };
    mp_buf_add(&d->lines, cells, sizeof cells);
}

struct mp_grid *mp_dossier_listing(struct mp_dossier *d)
{
    struct mp_say *s = &d->say;
    struct mp_grid *g = mp_build_alloc(s->b, 1, sizeof *g);
    struct mp_str *names = mp_build_alloc(s->b, COLUMNS, sizeof *names);
    s->b->failed |= d->lines.failed;
    for (size_t i = 0; i < COLUMNS && names; i++)
        names[i] = heads[i].path ? mp_say_get(s, heads[i].path)
                                 : mp_words_name(&s->b->words, "dimensions",
                                                 mp_str_of(heads[i].dimension), "name");
    if (g && names)
        *g = (struct mp_grid){.heads = names,
                              .cells = MP_ITEMS(struct mp_str, d->lines),
                              .n_columns = COLUMNS,
                              .n_rows = MP_COUNT(struct mp_str, d->lines) / COLUMNS};
    return g;
}
