/* The sheet of one case, for a briefing: one page on paper. */
#include "base/utf8.h"
#include "page/dossier.h"
#include <stdlib.h>

enum {
    SHEET_REASONS = 12,
    SHEET_QUOTES = 4,
    ITEMS_MAX = 40,
    HINTS_MAX = 6,
    COUNTS_MAX = 12,
    MERGED_MAX = 1000
};

/* A sheet with what it is sorted by. */
struct placed {
    struct mp_time begin;
    size_t number;
    struct mp_sheet sheet;
};

struct span {
    struct mp_str report;
    int64_t start, end;
    struct mp_str text; /* in the arena of the page */
};

static int64_t place_of(yyjson_val *signal, const char *key)
{
    int64_t n = -1;
    return mp_rec_int(mp_rec_member(signal, mp_str_of(key)), &n) ? n : -1;
}

/* The bytes of s behind its first n characters. */
static struct mp_str behind(struct mp_str s, int64_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < s.n)
        mp_utf8_next(s, &at);
    return (struct mp_str){s.p + at, s.n - at};
}

/* Puts mentions that overlap together: they stand in order of their report and place. */
static void add_item(struct mp_say *s, struct span *spans, size_t *n, yyjson_val *signal)
{
    struct mp_str quote = mp_rec_str(signal, "quote"), report = mp_rec_str(signal, "report");
    int64_t start = place_of(signal, "start"), end = place_of(signal, "end");
    struct span *last = *n ? spans + *n - 1 : NULL;
    if (quote.n == 0)
        return;
    if (last && last->text.n + quote.n <= MERGED_MAX && start >= last->start && start < last->end &&
        mp_str_eq(report, last->report)) {
        if (end <= last->end)
            return;
        struct mp_buf b = {0};
        mp_buf_addstr(&b, last->text);
        mp_buf_addstr(&b, behind(quote, last->end - start));
        last->text = mp_say_keep(s, &b);
        last->end = end;
    } else if (*n < ITEMS_MAX) {
        spans[(*n)++] = (struct span){report, start, end, quote};
    }
}

/* The description as it was written, in lines by report; for statistics its kinds alone. */
static void description(struct mp_episode *ep, struct mp_buf *lines)
{
    yyjson_val *signals = mp_episode_list(ep->root, "signals"), *signal;
    struct span spans[ITEMS_MAX];
    size_t i, k, count, n = 0;
    if (!signals || ep->s->level == MP_DETAIL_STATISTICS)
        return;
    yyjson_arr_foreach(signals, i, count, signal)
    {
        if (mp_str_is(mp_rec_str(signal, "code"), "description") &&
            mp_str_is(mp_rec_str(signal, "status"), "present"))
            add_item(ep->s, spans, &n, signal);
    }
    for (i = 0; i < n; i = k) {
        struct mp_buf b = {0};
        for (k = i; k < n && mp_str_eq(spans[k].report, spans[i].report); k++)
            mp_say_join(&b, "; ", mp_say_written(ep->s, spans[k].text));
        mp_say_line(lines, mp_say_keep(ep->s, &b),
                    mp_episode_source(ep, (struct mp_str){0}, spans[i].report), false);
    }
}

/* Of which kinds the items are. */
static struct mp_str kinds(struct mp_episode *ep)
{
    yyjson_val *all = mp_episode_list(ep->root, "triage.completeness.description.kinds"), *kind;
    struct mp_buf b = {0};
    size_t i, n;
    if (!all)
        return MP_STR("");
    yyjson_arr_foreach(all, i, n, kind)
    {
        struct mp_str name = mp_rec_text(kind);
        if (i < ITEMS_MAX && name.n > 0)
            mp_say_join(
                &b, ", ",
                mp_say_value(ep->s, mp_words_name(&ep->s->b->words, "kinds", name, "name")));
    }
    return mp_say_keep(ep->s, &b);
}

/* Yes, no or not known: whether a report tells of an item. */
static struct mp_str told(struct mp_episode *ep, const char *path)
{
    struct mp_str state = mp_rec_str(ep->root, path);
    ep->s->fields++;
    return mp_say_get(ep->s, mp_str_is(state, "present") ? "sheet.yes"
                             : mp_str_is(state, "no")    ? "sheet.no"
                                                         : "page.unknown");
}

static void add_description(struct mp_episode *ep, struct mp_buf *parts)
{
    struct mp_say *s = ep->s;
    struct mp_buf items = {0}, lines = {0};
    struct mp_time born = mp_rec_time(ep->root, "person.birth_date");
    mp_say_item(s, &items, "sheet.who", mp_episode_who(ep), NULL);
    if (s->level == MP_DETAIL_FULL)
        mp_say_item(s, &items, "sheet.born", mp_say_moment(s, born), NULL);
    description(ep, &lines);
    struct mp_str of_kinds = kinds(ep);
    if (of_kinds.n == 0)
        of_kinds = mp_say_get(s, "page.unknown");
    mp_say_item(s, &items, "sheet.items", of_kinds, &lines);
    mp_say_item(s, &items, "sheet.clothing", told(ep, "triage.completeness.items.clothing"), NULL);
    mp_say_item(s, &items, "sheet.photo", told(ep, "triage.completeness.items.photo"), NULL);
    mp_say_part(s, parts, (struct mp_part){.heading = mp_say_get(s, "sheet.description")}, &items);
}

static void add_urgency(struct mp_episode *ep, struct mp_buf *parts)
{
    struct mp_say *s = ep->s;
    struct mp_buf items = {0}, doubts = {0}, why = {0}, forward = {0};
    yyjson_val *to = mp_episode_list(ep->root, "triage.forward");
    mp_episode_doubts(ep, &doubts);
    mp_episode_reasons(ep, &why, SHEET_REASONS, SHEET_QUOTES);
    mp_say_item(s, &items, "sheet.protocol_says", mp_episode_urgency(ep), &doubts);
    mp_say_item(s, &items, "sheet.why", MP_STR(""), &why);
    for (size_t i = 0; i < yyjson_arr_size(to) && i < ITEMS_MAX; i++)
        mp_say_join(&forward, ", ", mp_say_named(s, "forward", mp_rec_text(yyjson_arr_get(to, i))));
    mp_say_item(s, &items, "sheet.forward", mp_say_keep(s, &forward), NULL);
    mp_say_part(s, parts, (struct mp_part){.heading = mp_say_get(s, "sheet.urgency")}, &items);
}

static void opinion(struct mp_say *s, struct mp_buf *cells, struct mp_str who,
                    struct mp_str judgement, struct mp_str grounds)
{
    struct mp_str none = mp_say_get(s, "page.unknown");
    const struct mp_str row[] = {who, judgement.n ? judgement : none, grounds};
    mp_buf_add(cells, row, sizeof row);
}

/* What a protocol says; `root` holds its category, score and name. */
static void of_protocol(struct mp_episode *ep, struct mp_buf *cells, yyjson_val *root)
{
    struct mp_say *s = ep->s;
    struct mp_str category = mp_say_named(s, "category", mp_rec_str(root, "category"));
    struct mp_str score = mp_rec_str(root, "score");
    const struct mp_fill fills[] = {{"name", mp_say_rule(s, mp_rec_str(root, "protocol"))},
                                    {"n", mp_say_value(s, score)}};
    opinion(s, cells, mp_say_get(s, "sheet.protocol"),
            category.n ? category : mp_say_get(s, "sheet.undecided"),
            mp_words_fill(&s->b->words, "sheet.by_protocol", fills, 2));
}

static void add_opinions(struct mp_episode *ep, struct mp_buf *parts)
{
    static const char *const heads[] = {"sheet.opinion_of", "sheet.judgement", "sheet.grounds"};
    struct mp_say *s = ep->s;
    struct mp_buf cells = {0};
    yyjson_val *triage = mp_rec_member(ep->root, MP_STR("triage"));
    yyjson_val *beside = mp_episode_list(ep->root, "triage.beside");
    struct mp_str light =
        mp_say_named(s, "institution_light", mp_rec_str(ep->root, "traffic_light"));
    struct mp_str quote = mp_say_quote(s, mp_rec_str(ep->root, "facts_from.traffic_light.text"));
    struct mp_str police =
        mp_say_named(s, "police_category", mp_rec_str(ep->root, "triage.registered"));
    opinion(s, &cells, mp_say_get(s, "sheet.institution"), light,
            light.n && !quote.n ? mp_say_get(s, "sheet.registered") : quote);
    opinion(s, &cells, mp_say_get(s, "sheet.police"), police,
            police.n ? mp_say_get(s, "sheet.registered") : police);
    of_protocol(ep, &cells, triage);
    for (size_t i = 0; i < yyjson_arr_size(beside) && i < ITEMS_MAX; i++)
        of_protocol(ep, &cells, yyjson_arr_get(beside, i));
    struct mp_part part = {.heading = mp_say_get(s, "sheet.opinions"),
                           .grid = mp_say_grid(s, "sheet.opinions_caption", heads, 3, &cells)};
    mp_say_part(s, parts, part, NULL);
}

static const struct {
    const char *last, *earlier, *term;
} lessons[] = {
    {"link.previous.last.found_where", "link.previous.earlier.found_where", "sheet.found_where"},
    {"link.previous.last.harboured_by", "link.previous.earlier.harboured_by", "sheet.harboured_by"},
    {"link.previous.last.causes", "link.previous.earlier.causes", "sheet.causes"},
    {"link.previous.last.harm", "link.previous.earlier.harm", "sheet.harm"},
    {"link.previous.last.return_interview", "link.previous.earlier.return_interview",
     "sheet.interview"},
};

static struct mp_str code_name(struct mp_say *s, struct mp_str code)
{
    return mp_say_value(s, mp_words_name(&s->b->words, "dimensions", code, "name"));
}

/* What the last time teaches of one matter. */
static void lines_of(struct mp_episode *ep, yyjson_val *list, struct mp_buf *lines)
{
    struct mp_say *s = ep->s;
    for (size_t i = 0; i < yyjson_arr_size(list) && i < HINTS_MAX; i++) {
        yyjson_val *hint = yyjson_arr_get(list, i);
        struct mp_str code = mp_rec_str(hint, "code"), status = mp_rec_str(hint, "status");
        struct mp_buf text = {0}, from = {0};
        mp_say_join(&text, ", ", code_name(s, code));
        if (!mp_str_is(status, "present"))
            mp_say_join(&text, ", ", mp_say_rule(s, mp_words_value(&s->b->words, code, status)));
        mp_say_join(&from, " ", mp_say_quote(s, mp_rec_str(hint, "quote")));
        mp_say_join(&from, " ",
                    mp_episode_source(ep, mp_rec_str(hint, "said_by"), mp_rec_str(hint, "report")));
        struct mp_str detail = mp_say_keep(s, &from);
        mp_say_line(lines, mp_say_with(s, "sheet.last_time_was", "what", mp_say_keep(s, &text)),
                    detail, false);
    }
}

/* "brought back 3 times, found by police 1 time" over all earlier times. */
static struct mp_str counts_of(struct mp_say *s, yyjson_val *map)
{
    size_t i, n;
    yyjson_val *key, *value;
    struct mp_buf b = {0};
    if (!yyjson_is_obj(map))
        return MP_STR("");
    yyjson_obj_foreach(map, i, n, key, value)
    {
        const struct mp_fill fills[] = {{"what", code_name(s, mp_rec_text(key))},
                                        {"n", mp_say_value(s, mp_rec_text(value))}};
        if (i < COUNTS_MAX)
            mp_say_join(&b, ", ", mp_words_fill(&s->b->words, "sheet.so_often", fills, 2));
    }
    struct mp_str all = mp_say_keep(s, &b);
    return all.n > 0 ? mp_say_with(s, "sheet.all_times", "what", all) : all;
}

static struct mp_str last_times(struct mp_episode *ep)
{
    struct mp_say *s = ep->s;
    struct mp_str hours = mp_rec_str(ep->root, "link.previous.last.hours");
    struct mp_time from = mp_rec_time(ep->root, "link.previous.last.missing_since");
    struct mp_time to = mp_rec_time(ep->root, "link.previous.last.returned_at");
    if (!from.known)
        return MP_STR("");
    const struct mp_fill fills[] = {
        {"since", mp_say_moment(s, from)},
        {"until", to.known ? mp_say_moment(s, to) : mp_say_get(s, "page.unknown")},
        {"hours", hours.p ? mp_say_hours(s, strtoll(hours.p, NULL, 10)) : MP_STR("")}};
    return mp_words_fill(&s->b->words, hours.p ? "sheet.from_to_for" : "sheet.from_to", fills, 3);
}

static void add_earlier(struct mp_episode *ep, struct mp_buf *parts)
{
    struct mp_say *s = ep->s;
    struct mp_words *w = &s->b->words;
    struct mp_buf items = {0};
    struct mp_part part = {.heading = mp_say_get(s, "sheet.earlier")};
    struct mp_str times = mp_rec_str(ep->root, "link.previous.episodes");
    struct mp_str days = mp_rec_str(ep->root, "link.previous.days_since_return");
    struct mp_str year = mp_rec_str(ep->root, "link.previous.within.365d");
    if (!times.p || mp_str_is(times, "0")) {
        part.lead = mp_say_get(s, times.p ? "sheet.never_before" : "sheet.not_linked");
        mp_say_part(s, parts, part, NULL);
        return;
    }
    const struct mp_fill fills[] = {{"n", mp_say_value(s, times)},
                                    {"year", year.p ? mp_say_value(s, year) : MP_STR("0")}};
    mp_say_item(s, &items, "sheet.how_often", mp_words_fill(w, "sheet.times_before", fills, 2),
                NULL);
    mp_say_item(s, &items, "sheet.last_time", last_times(ep), NULL);
    if (days.p && s->level != MP_DETAIL_STATISTICS)
        mp_say_item(s, &items, "sheet.since_return",
                    mp_say_with(s, "sheet.days", "n", mp_say_value(s, days)), NULL);
    for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
        struct mp_buf lines = {0};
        struct mp_path path;
        mp_path_of(&path, mp_str_of(lessons[i].earlier));
        lines_of(ep, mp_episode_list(ep->root, lessons[i].last), &lines);
        mp_say_line(&lines, counts_of(s, mp_rec_get(ep->root, &path)), MP_STR(""), false);
        mp_say_item(s, &items, lessons[i].term, MP_STR(""), &lines);
    }
    mp_say_part(s, parts, part, &items);
}

static void add_tasks(struct mp_episode *ep, struct mp_buf *parts)
{
    struct mp_say *s = ep->s;
    struct mp_buf items = {0}, actions = {0}, questions = {0};
    size_t late = mp_episode_actions(ep, &actions);
    mp_episode_questions(ep, &questions);
    mp_say_item(s, &items, "sheet.actions", MP_STR(""), &actions);
    mp_say_item(s, &items, "sheet.questions", MP_STR(""), &questions);
    mp_say_part(s, parts,
                (struct mp_part){.heading = mp_say_get(s, "sheet.tasks"), .marked = late > 0},
                &items);
}

/* Who can be reached, and where the texts say that the youth may be. */
static void add_contacts(struct mp_episode *ep, struct mp_buf *parts)
{
    struct mp_say *s = ep->s;
    struct mp_buf items = {0}, contacts = {0}, hosts = {0};
    struct mp_str at;
    if (s->level == MP_DETAIL_STATISTICS)
        return;
    for (size_t i = 0; (at = mp_redact_contact(&s->redact, i)).p; i++) {
        struct mp_path path;
        if (mp_path_of(&path, at))
            mp_say_line(&contacts, mp_say_value(s, mp_rec_text(mp_rec_get(ep->root, &path))),
                        MP_STR(""), false);
    }
    if (contacts.len == 0)
        mp_say_line(&contacts, mp_say_get(s, "sheet.no_contact"), MP_STR(""), true);
    yyjson_val *list = mp_episode_list(ep->root, "hosts");
    for (size_t i = 0; i < yyjson_arr_size(list) && i < ITEMS_MAX; i++) {
        yyjson_val *host = yyjson_arr_get(list, i);
        mp_say_line(&hosts, mp_say_quote(s, mp_rec_str(host, "quote")),
                    mp_episode_source(ep, (struct mp_str){0}, mp_rec_str(host, "report")), false);
    }
    mp_say_item(s, &items, "sheet.contact", MP_STR(""), &contacts);
    mp_say_item(s, &items, "sheet.hosts", MP_STR(""), &hosts);
    mp_say_part(s, parts, (struct mp_part){.heading = mp_say_get(s, "sheet.contacts")}, &items);
}

/* The reports that the words come from. */
static void add_sources(struct mp_episode *ep, struct mp_buf *parts)
{
    static const char *const heads[] = {"sheet.number_of_report", "sheet.role", "sheet.reported",
                                        "sheet.profile"};
    struct mp_say *s = ep->s;
    struct mp_buf cells = {0};
    yyjson_val *all = mp_episode_list(ep->root, "link.reports");
    size_t n = all ? yyjson_arr_size(all) : 1;
    if (s->level == MP_DETAIL_STATISTICS)
        return;
    for (size_t i = 0; i < n && i < ITEMS_MAX; i++) {
        yyjson_val *report = all ? yyjson_arr_get(all, i) : ep->root;
        const struct mp_str row[] = {
            mp_episode_number(ep, report),
            mp_say_named(s, "role", mp_rec_str(report, "role")),
            mp_say_moment(s, mp_rec_time(report, "reported_at")),
            mp_say_value(s, mp_rec_str(report, "source.profile")),
        };
        mp_buf_add(&cells, row, sizeof row);
    }
    struct mp_part part = {.heading = mp_say_get(s, "sheet.sources"),
                           .grid = mp_say_grid(s, "sheet.sources_caption", heads, 4, &cells)};
    mp_say_part(s, parts, part, NULL);
}

void mp_dossier_sheet(struct mp_dossier *d)
{
    struct mp_episode *ep = &d->episode;
    struct mp_say *s = &d->say;
    struct mp_buf parts = {0};
    struct placed p = {.begin = ep->k->missing.known ? ep->k->missing : ep->k->reported,
                       .number = MP_COUNT(struct placed, d->sheets)};
    p.sheet = (struct mp_sheet){
        .heading = mp_episode_name(ep), .lead = mp_episode_times(ep), .on_its_own = true};
    add_description(ep, &parts);
    add_urgency(ep, &parts);
    add_opinions(ep, &parts);
    add_earlier(ep, &parts);
    add_tasks(ep, &parts);
    add_contacts(ep, &parts);
    add_sources(ep, &parts);
    p.sheet.n_parts = MP_COUNT(struct mp_part, parts);
    p.sheet.parts = mp_build_alloc(s->b, p.sheet.n_parts + 1, sizeof *p.sheet.parts);
    if (p.sheet.parts && parts.len > 0)
        memcpy(p.sheet.parts, parts.data, parts.len);
    s->b->failed |= parts.failed;
    mp_buf_free(&parts);
    mp_buf_add(&d->sheets, &p, sizeof p);
}

/* The newest first. */
static int by_begin(const void *x, const void *y)
{
    const struct placed *a = x, *b = y;
    int c = mp_time_cmp(b->begin, a->begin);
    return c ? c : (a->number > b->number) - (a->number < b->number);
}

struct mp_sheet *mp_dossier_sheets(struct mp_dossier *d, size_t *n)
{
    struct placed *all = MP_ITEMS(struct placed, d->sheets);
    *n = MP_COUNT(struct placed, d->sheets);
    struct mp_sheet *sheets = mp_build_alloc(d->say.b, *n + 1, sizeof *sheets);
    if (*n > 0)
        qsort(all, *n, sizeof *all, by_begin);
    for (size_t i = 0; i < *n && sheets; i++)
        sheets[i] = all[i].sheet;
    d->say.b->failed |= d->sheets.failed;
    return sheets;
}
