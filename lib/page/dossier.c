/* Pages about cases: the worklist, and what a worklist and the sheets of a case share. */
#include "page/dossier.h"

enum { WORKLIST_REASONS = 3, WORKLIST_QUOTES = 2, NUMBERS_MAX = 500 };

static bool is_called(yyjson_val *root, struct mp_str wanted)
{
    struct mp_str id = mp_rec_str(root, "id"), document = mp_rec_str(root, "document");
    if (!id.p || id.n > wanted.n || memcmp(id.p, wanted.p, id.n) != 0)
        return false;
    return id.n == wanted.n ||
           (wanted.p[id.n] == '-' && document.p &&
            mp_str_eq(document, (struct mp_str){wanted.p + id.n + 1, wanted.n - id.n - 1}));
}

bool mp_dossier_wants(const struct mp_dossier *d, yyjson_val *root)
{
    struct mp_str wanted = mp_str_of(d->wanted);
    yyjson_val *reports = mp_episode_list(root, "link.reports"), *report;
    size_t i, n;
    if (mp_str_eq(mp_rec_str(root, "link.episode_id"), wanted) ||
        mp_str_eq(mp_rec_str(root, "link.person_id"), wanted) || is_called(root, wanted))
        return true;
    if (!reports)
        return false;
    yyjson_arr_foreach(reports, i, n, report)
    {
        if (is_called(report, wanted))
            return true;
    }
    return false;
}

static void note_as_of(struct mp_dossier *d, yyjson_val *root)
{
    struct mp_time t = mp_rec_time(root, "triage.as_of");
    if (!t.known) {
        d->no_as_of = true;
        return;
    }
    if (!d->as_of_first.known || mp_time_cmp(t, d->as_of_first) < 0)
        d->as_of_first = t;
    if (mp_time_cmp(t, d->as_of_last) > 0)
        d->as_of_last = t;
}

/* A line in the list of open cases that the worklist begins with. */
static void add_index(struct mp_dossier *d, size_t number, size_t late)
{
    struct mp_say *s = &d->say;
    struct mp_episode *ep = &d->episode;
    const struct mp_span *span = &ep->k->spans[MP_GIVEN_MISSING_HOURS];
    struct mp_words *w = &s->b->words;
    struct mp_str category = mp_say_named(s, "category", mp_rec_str(ep->root, "triage.category"));
    const struct mp_str cells[] = {
        mp_words_count(w, number),
        mp_episode_name(ep),
        span->known ? mp_say_hours(s, (span->least + span->most) / 120)
                    : mp_say_get(s, "page.unknown"),
        category.n ? category : mp_say_get(s, "sheet.undecided"),
        mp_words_count(w, late),
    };
    mp_buf_add(&d->index, cells, sizeof cells);
}

static void add_case(struct mp_dossier *d, struct mp_buf *parts, size_t number)
{
    struct mp_say *s = &d->say;
    struct mp_episode *ep = &d->episode;
    struct mp_buf items = {0}, doubts = {0}, why = {0}, actions = {0}, questions = {0};
    struct mp_buf lead = {0};
    size_t late = mp_episode_actions(ep, &actions);
    const struct mp_fill fills[] = {{"n", mp_words_count(&s->b->words, number)},
                                    {"name", mp_episode_name(ep)}};
    struct mp_part part = {.heading = mp_words_fill(&s->b->words, "sheet.numbered", fills, 2),
                           .marked = late > 0};
    mp_say_join(&lead, ". ", mp_episode_who(ep));
    mp_say_join(&lead, ". ", mp_episode_times(ep));
    part.lead = mp_say_keep(s, &lead);
    mp_episode_doubts(ep, &doubts);
    mp_episode_reasons(ep, &why, WORKLIST_REASONS, WORKLIST_QUOTES);
    mp_say_item(s, &items, "sheet.urgency", mp_episode_urgency(ep), &doubts);
    mp_say_item(s, &items, "sheet.why", MP_STR(""), &why);
    mp_say_item(s, &items, "sheet.actions", MP_STR(""), &actions);
    if (ep->open)
        mp_episode_questions(ep, &questions);
    mp_say_item(s, &items, "sheet.questions", MP_STR(""), &questions);
    mp_say_item(s, &items, "sheet.reports", mp_episode_numbers(ep), NULL);
    mp_say_part(s, parts, part, &items);
    if (ep->open)
        add_index(d, number, late);
}

/* Whether the record that was read last is of the worklist. */
static bool is_listed(const struct mp_dossier *d)
{
    const struct mp_episode *ep = &d->episode;
    return ep->open || (ep->k->is_open != MP_UNDECIDED &&
                        yyjson_arr_size(mp_episode_list(ep->root, "triage.actions")) > 0);
}

int mp_dossier_look(struct mp_dossier *d, yyjson_val *root)
{
    struct mp_episode *ep = &d->episode;
    ep->s = &d->say;
    if (!mp_episode_read(ep, root))
        return -1;
    if (d->wanted)
        return mp_dossier_wants(d, root);
    return is_listed(d) && (d->as_table || (ep->open ? d->n_open : d->n_closed) < MP_DOSSIER_CASES);
}

/* Counts a record of the worklist, which is the n-th of its kind. */
static size_t count(struct mp_dossier *d)
{
    struct mp_episode *ep = &d->episode;
    struct mp_path path;
    mp_path_of(&path, MP_STR("triage.mismatch"));
    d->n_lower += ep->open && yyjson_is_true(mp_rec_get(ep->root, &path));
    d->n_late += mp_episode_actions(ep, NULL);
    return ep->open ? ++d->n_open : ++d->n_closed;
}

static void show(struct mp_dossier *d, yyjson_val *root, size_t n)
{
    struct mp_episode *ep = &d->episode;
    d->before = d->say.fields;
    d->taken = d->say.redact.taken;
    if (d->say.level == MP_DETAIL_CARE)
        mp_redact_record(&d->say.redact, root);
    if (d->wanted)
        mp_dossier_sheet(d);
    else if (d->as_table)
        mp_dossier_line(d, n);
    else
        add_case(d, ep->open ? &d->open : &d->closed, n);
    d->n_shown++;
    note_as_of(d, root);
    if (d->n_numbers++ < NUMBERS_MAX)
        mp_say_join(&d->numbers, ", ", mp_episode_numbers(ep));
    mp_dossier_given(d, root);
    mp_redact_record(&d->say.redact, NULL); /* it goes */
}

void mp_dossier_add(struct mp_dossier *d, yyjson_val *root, bool shown)
{
    if (root != d->episode.root)
        mp_episode_read(&d->episode, root);
    size_t n = !d->wanted && is_listed(d) ? count(d) : 0;
    if (shown)
        show(d, root, n);
}

bool mp_dossier_skim(const struct mp_dossier *d, struct mp_skim *skim)
{
    struct mp_path schema, mismatch, actions, overdue;
    *skim = (struct mp_skim){0};
    return !d->wanted && !d->as_table && mp_path_of(&schema, MP_STR("schema")) &&
           mp_skim_add(skim, &schema) && mp_path_of(&mismatch, MP_STR("triage.mismatch")) &&
           mp_skim_add(skim, &mismatch) && mp_path_of(&actions, MP_STR("triage.actions")) &&
           mp_path_of(&overdue, MP_STR("overdue")) && mp_skim_add_items(skim, &actions, &overdue) &&
           mp_skim_add_lookup(skim, &d->episode.k->lookup);
}

static struct mp_str as_of(struct mp_dossier *d)
{
    struct mp_say *s = &d->say;
    struct mp_words *w = &s->b->words;
    if (!d->as_of_first.known)
        return MP_STR("");
    struct mp_str from = mp_words_date(w, d->as_of_first.day),
                  to = mp_words_date(w, d->as_of_last.day);
    if (mp_str_eq(from, to))
        return mp_say_with(s, "sheet.as_of", "date", from);
    return mp_words_fill(w, "sheet.as_of_between", (struct mp_fill[]){{"from", from}, {"to", to}},
                         2);
}

static void headline(struct mp_dossier *d, struct mp_page *page, const char *label,
                     const char *definition, size_t n)
{
    struct mp_say *s = &d->say;
    page->headlines[page->n_headlines++] =
        (struct mp_headline){.cell = {.text = mp_words_count(&s->b->words, n), .size = (double)n},
                             .label = mp_say_get(s, label),
                             .definition = mp_say_get(s, definition)};
}

/* One kind of cases; nothing where there are none. */
static struct mp_sheet group(struct mp_dossier *d, const char *heading, struct mp_buf *parts,
                             size_t n)
{
    struct mp_say *s = &d->say;
    struct mp_sheet sheet = {.heading = mp_say_get(s, heading),
                             .n_parts = MP_COUNT(struct mp_part, *parts)};
    sheet.parts = MP_ITEMS(struct mp_part, *parts);
    s->b->failed |= parts->failed;
    if (n == 0)
        sheet.lead = mp_say_get(s, "sheet.none");
    else if (n > sheet.n_parts)
        sheet.lead = mp_say_count(s, "sheet.not_listed", n - sheet.n_parts);
    return sheet;
}

static void worklist(struct mp_dossier *d, struct mp_page *page)
{
    static const char *const heads[] = {"sheet.number", "sheet.who", "sheet.missing_for",
                                        "sheet.urgency", "sheet.late"};
    struct mp_say *s = &d->say;
    page->headlines = mp_build_alloc(s->b, 4, sizeof *page->headlines);
    if (!page->headlines)
        return;
    headline(d, page, "sheet.n_open", "sheet.n_open_is", d->n_open);
    headline(d, page, "sheet.n_lower", "sheet.n_lower_is", d->n_lower);
    headline(d, page, "sheet.n_late", "sheet.n_late_is", d->n_late);
    headline(d, page, "sheet.n_closed", "sheet.n_closed_is", d->n_closed);
    page->headlines_heading = mp_say_get(s, "sheet.in_short");
    page->sheets = mp_build_alloc(s->b, 2, sizeof *page->sheets);
    if (!page->sheets)
        return;
    page->n_sheets = 2;
    page->sheets[0] = group(d, "sheet.open_cases", &d->open, d->n_open);
    if (d->index.len > 0)
        page->sheets[0].grid = mp_say_grid(s, "sheet.index", heads, 5, &d->index);
    page->sheets[1] = group(d, "sheet.closed_cases", &d->closed, d->n_closed);
}

/* What was given out, for its reader. */
static struct mp_sheet *foot(struct mp_dossier *d, struct mp_str program)
{
    static const char *const levels[] = {"sheet.level_full", "sheet.level_care",
                                         "sheet.level_statistics"};
    struct mp_say *s = &d->say;
    struct mp_words *w = &s->b->words;
    struct mp_sheet *sheet = mp_build_alloc(s->b, 1, sizeof *sheet);
    struct mp_buf items = {0}, parts = {0};
    if (!sheet)
        return NULL;
    size_t fields = s->fields, taken = s->redact.taken;
    mp_say_item(s, &items, "sheet.level", mp_say_get(s, levels[s->level]), NULL);
    mp_say_item(s, &items, "sheet.cases", mp_words_count(w, d->n_shown), NULL);
    mp_say_item(s, &items, "sheet.fields", mp_words_count(w, fields), NULL);
    if (s->level == MP_DETAIL_CARE)
        mp_say_item(s, &items, "sheet.taken_out", mp_words_count(w, taken), NULL);
    mp_say_item(s, &items, "sheet.stand", as_of(d), NULL);
    if (s->b->rejected > 0)
        mp_say_item(s, &items, "sheet.rejected", mp_words_count(w, s->b->rejected), NULL);
    mp_say_item(s, &items, "sheet.program", program, NULL);
    mp_say_item(s, &items, "sheet.reports", mp_say_keep(s, &d->numbers), NULL);
    mp_say_part(s, &parts, (struct mp_part){0}, &items);
    s->b->failed |= parts.failed;
    *sheet = (struct mp_sheet){.heading = mp_say_get(s, "sheet.given"),
                               .lead = mp_say_get(s, "sheet.given_is"),
                               .n_parts = MP_COUNT(struct mp_part, parts)};
    sheet->parts = mp_build_alloc(s->b, 1, sizeof *sheet->parts);
    if (sheet->parts && parts.len == sizeof *sheet->parts)
        memcpy(sheet->parts, parts.data, parts.len);
    mp_buf_free(&parts);
    return sheet;
}

int mp_dossier_page(struct mp_dossier *d, struct mp_str program, struct mp_str title,
                    struct mp_page *page, struct mp_error *e)
{
    struct mp_say *s = &d->say;
    *page = (struct mp_page){
        .language = mp_say_get(s, "language"),
        .title = title.p ? mp_build_text(s->b, title)
                         : mp_say_get(s, d->wanted ? "sheet.case_title" : "sheet.list_title"),
        .period = as_of(d),
        .rows_left_out = mp_say_get(s, "page.rows_left_out"),
        .tables_left_out = mp_say_get(s, "page.tables_left_out"),
        .cases_left_out = mp_say_get(s, "sheet.cases_left_out"),
        .lines_left_out = mp_say_get(s, "sheet.lines_left_out"),
        .skip = mp_say_get(s, "page.skip"),
        .contents_heading = mp_say_get(s, "page.contents"),
    };
    page->notices[page->n_notices++] =
        (struct mp_notice){mp_say_get(s, s->level == MP_DETAIL_STATISTICS ? "sheet.lines_of_persons"
                                                                          : "sheet.confidential"),
                           true};
    if (d->wanted && d->n_shown == 0)
        page->notices[page->n_notices++].text = mp_say_get(s, "sheet.not_found");
    if (d->no_as_of)
        page->notices[page->n_notices++].text = mp_say_get(s, "sheet.no_as_of");
    if (d->wanted)
        page->sheets = mp_dossier_sheets(d, &page->n_sheets);
    else
        worklist(d, page);
    page->foot = foot(d, program);
    return s->b->failed ? mp_error_memory(e) : mp_words_check(&s->b->words, e);
}

void mp_dossier_free(struct mp_dossier *d)
{
    mp_buf_free(&d->open);
    mp_buf_free(&d->closed);
    mp_buf_free(&d->sheets);
    mp_buf_free(&d->index);
    mp_buf_free(&d->numbers);
    mp_buf_free(&d->lines);
    mp_buf_free(&d->given);
    mp_redact_free(&d->say.redact);
}
