/* The bulletin: sections by the layout, each where its rows are; then the notes. */
#include "page/bulletin.h"

struct making {
    struct mp_build *b;
    struct mp_page *page;
    struct mp_str program;
    struct mp_part_of *parts;
    size_t n;
    struct mp_buf appendix; /* of struct mp_page_table */
    struct mp_figure *weeks;
};

static struct mp_str get(struct mp_build *b, const char *path)
{
    return mp_words_get(&b->words, path);
}

static void notice(struct mp_page *p, struct mp_str text)
{
    if (p->n_notices < sizeof p->notices / sizeof *p->notices)
        p->notices[p->n_notices++].text = text;
}

/* One number at the top; false if there is none. */
static bool headline(struct making *m, const struct mp_statement *s)
{
    struct mp_build *b = m->b;
    struct mp_words *w = &b->words;
    const struct mp_rows_row *r = mp_build_headline_row(b, s);
    if (!r)
        return false;
    struct mp_headline *h = m->page->headlines + m->page->n_headlines++;
    h->cell = mp_build_cell(b, r);
    bool one = mp_str_is(h->cell.text, "1");
    const struct mp_fill fills[] = {
        {"unit", mp_words_name(w, "units", s->unit, one ? "one" : "many")}};
    h->label = mp_words_say(w, "headlines", s->say, "label", fills, 1);
    h->definition = mp_words_find(w, "headlines", s->say, "definition");
    mp_build_refer_pair(b, &h->refs, r->unit, r->measure);
    mp_build_refer(b, &h->refs, "tables", r->table);
    for (size_t i = 0; i < r->n_by; i++)
        mp_build_refer(b, &h->refs, "dimensions", r->by[i].dimension);
    return true;
}

static void add_headlines(struct making *m)
{
    const struct mp_layout *l = &m->b->layout;
    bool all = true;
    m->page->headlines_heading = get(m->b, "bulletin.headlines");
    m->page->headlines =
        mp_build_alloc(m->b, l->headlines.n + l->optional.n + 1, sizeof *m->page->headlines);
    for (size_t i = 0; i < l->headlines.n && m->page->headlines; i++)
        all &= headline(m, l->headlines.statement + i);
    for (size_t i = 0; i < l->optional.n && m->page->headlines; i++)
        headline(m, l->optional.statement + i);
    if (m->b->rows->n_counts > 0 && !all)
        notice(m->page, get(m->b, "bulletin.no_totals"));
}

/* The sentence of the words, then those with numbers. */
static struct mp_str lead(struct mp_build *b, const struct mp_plan *plan)
{
    struct mp_buf text = {0};
    mp_buf_addstr(&text, mp_words_find(&b->words, "sections", plan->id, "lead"));
    mp_build_statements(b, &plan->say, &text);
    return mp_words_keep(&b->words, &text);
}

static bool is_empty(const struct mp_section *s)
{
    return s->n_blocks == 0 && s->n_comparisons == 0 && s->n_items == 0 && s->n_lines == 0;
}

/* A section without its heading; the method and the appendix wait for the others. */
static struct mp_section make(struct making *m, const struct mp_plan *plan)
{
    struct mp_section s = {.id = plan->id};
    m->page->left_out += mp_build_section(m->b, plan, m->parts, m->n, &s, &m->appendix, &m->weeks);
    if (plan->holds == MP_HOLDS_PUBLISHED)
        mp_build_comparisons(m->b, &s, &m->appendix);
    if (plan->holds == MP_HOLDS_ALARMS)
        mp_build_alarm_lines(m->b, &s);
    return s;
}

static void add_section(struct making *m, struct mp_section s, const struct mp_plan *plan)
{
    bool waits = plan->holds == MP_HOLDS_METHOD || plan->holds == MP_HOLDS_APPENDIX;
    if (is_empty(&s) && !waits)
        return;
    s.heading = mp_words_say(&m->b->words, "sections", plan->id, "heading", NULL, 0);
    s.lead = lead(m->b, plan);
    s.appendix = plan->holds == MP_HOLDS_APPENDIX;
    m->page->sections[m->page->n_sections++] = s;
}

static struct mp_section *section_that_holds(struct making *m, enum mp_holds holds)
{
    const struct mp_layout *l = &m->b->layout;
    for (size_t i = 0; i < m->page->n_sections; i++)
        for (size_t k = 0; k < l->n_plans; k++)
            if (l->plans[k].holds == holds && mp_str_eq(l->plans[k].id, m->page->sections[i].id))
                return m->page->sections + i;
    return NULL;
}

/* The tables that the sections left out; no section if there are none. */
static void add_appendix(struct making *m)
{
    struct mp_section *s = section_that_holds(m, MP_HOLDS_APPENDIX);
    struct mp_block *block = mp_build_alloc(m->b, 1, sizeof *block);
    if (block)
        block->tables = mp_build_items(m->b, &m->appendix, sizeof *block->tables, &block->n_tables);
    if (s && block && block->n_tables > 0) {
        s->blocks = block;
        s->n_blocks = 1;
    } else if (s) {
        size_t at = (size_t)(s - m->page->sections);
        memmove(s, s + 1, (m->page->n_sections - at - 1) * sizeof *s);
        m->page->n_sections--;
    }
    mp_buf_free(&m->appendix);
}

static void number_tables(struct mp_block *block, unsigned *tables, unsigned *figures)
{
    if (block->figure)
        block->figure->number = ++*figures;
    for (size_t i = 0; i < block->n_tables; i++)
        block->tables[i].number = ++*tables;
}

/* Numbers in the order of the page; then what stands in the appendix is told by its number. */
static void number(struct making *m)
{
    unsigned tables = 0, figures = 0, before = 0;
    for (size_t i = 0; i < m->page->n_sections; i++) {
        struct mp_section *s = m->page->sections + i;
        before = s->appendix ? tables : before;
        for (size_t k = 0; k < s->n_blocks; k++)
            number_tables(s->blocks + k, &tables, &figures);
    }
    for (size_t i = 0; i < m->page->n_sections; i++) {
        struct mp_section *s = m->page->sections + i;
        for (size_t k = 0; k < s->n_blocks; k++)
            for (size_t j = 0; j < s->blocks[k].n_tables; j++)
                if (s->blocks[k].tables[j].whole)
                    s->blocks[k].tables[j].whole += before;
        for (size_t k = 0; k < s->n_comparisons; k++)
            if (s->comparisons[k].whole)
                s->comparisons[k].whole += before;
    }
}

static void add_sections(struct making *m)
{
    const struct mp_layout *l = &m->b->layout;
    m->page->sections = mp_build_alloc(m->b, l->n_plans + 1, sizeof *m->page->sections);
    for (size_t i = 0; i < l->n_plans && m->page->sections; i++)
        add_section(m, make(m, l->plans + i), l->plans + i);
    if (!m->page->sections)
        return;
    add_appendix(m);
    if (m->b->failed) /* lists are shorter than they say */
        return;
    number(m);
    struct mp_section *method = section_that_holds(m, MP_HOLDS_METHOD);
    if (method)
        mp_build_method(m->b, m->page, m->program, method);
    if (method && method->n_blocks == 0 && m->b->rows->n > 0)
        notice(m->page, get(m->b, "bulletin.no_sources"));
}

/* The weeks that are drawn, or else those of the layout's longest periods that occur. */
static struct mp_str period(struct making *m)
{
    struct mp_words *w = &m->b->words;
    const struct mp_yaml *periods = m->b->layout.periods;
    struct mp_str first = {0}, last = {0};
    if (m->weeks)
        return mp_words_fill(w, "bulletin.period",
                             (struct mp_fill[]){{"from", mp_words_date(w, m->weeks->first_day)},
                                                {"to", mp_words_date(w, m->weeks->last_day)}},
                             2);
    for (size_t i = 0; periods && periods->n > 0 && i < m->b->rows->n; i++) {
        const struct mp_by *by =
            mp_rows_by(m->b->rows->row + i, periods->items[periods->n - 1]->text);
        if (!by || mp_build_is_unknown(by->value))
            continue;
        first = !first.p || mp_rows_natural_cmp(by->value, first) < 0 ? by->value : first;
        last = !last.p || mp_rows_natural_cmp(by->value, last) > 0 ? by->value : last;
    }
    if (!first.p)
        return MP_STR("");
    const struct mp_fill fills[] = {{"from", mp_build_text(m->b, first)},
                                    {"to", mp_build_text(m->b, last)}};
    return mp_words_fill(w, mp_str_eq(first, last) ? "bulletin.year" : "bulletin.years", fills, 2);
}

static void add_legend(struct mp_build *b, struct mp_page *page)
{
    static const char *const paths[] = {NULL, "page.legend_none", "page.legend_hidden",
                                        "page.legend_conflict", "page.legend_open"};
    page->legend_heading = get(b, "page.legend");
    for (int k = MP_CELL_NONE; k <= MP_CELL_OPEN; k++)
        if (b->seen[k])
            page->legend[page->n_legend++] = get(b, paths[k]);
    if (b->seen[MP_CELL_CONFLICT])
        notice(page, get(b, "bulletin.conflicts"));
    if (b->empty)
        notice(page,
               mp_words_fill(&b->words, "bulletin.empty",
                             (struct mp_fill[]){{"n", mp_words_count(&b->words, b->empty)}}, 1));
    if (page->left_out)
        notice(page, mp_words_fill(
                         &b->words, "page.tables_left_out",
                         (struct mp_fill[]){{"n", mp_words_count(&b->words, page->left_out)}}, 1));
}

static struct mp_comparison_words comparison_words(struct mp_build *b)
{
    return (struct mp_comparison_words){
        .published = get(b, "figures.published"),
        .computed = get(b, "figures.computed"),
        .not_countable = get(b, "figures.not_countable"),
        .definition = get(b, "figures.definition"),
        .period = get(b, "figures.period"),
        .source = get(b, "figures.source"),
        .caveat = get(b, "figures.caveat"),
        .whole = get(b, "figures.whole"),
    };
}

int mp_bulletin(struct mp_build *b, struct mp_str program, struct mp_str title,
                struct mp_page *page, struct mp_error *e)
{
    struct making m = {.b = b, .page = page, .program = program};
    *page = (struct mp_page){.language = get(b, "language"),
                             .rows_left_out = get(b, "page.rows_left_out"),
                             .tables_left_out = get(b, "page.tables_left_out"),
                             .table_word = get(b, "page.table"),
                             .figure_word = get(b, "page.figure"),
                             .notes_heading = get(b, "page.notes"),
                             .comparison_words = comparison_words(b),

                             .cases_left_out = get(b, "page.items_left_out"),
                             .skip = get(b, "page.skip"),
                             .contents_heading = get(b, "page.contents")};
    if (b->rows->n == 0)
        notice(page, get(b, "bulletin.nothing"));
    mp_build_control(b, page);
    m.parts = mp_build_place(b, &m.n);
    add_headlines(&m);
    add_sections(&m);
    page->period = period(&m);
    page->title = title.p   ? mp_build_text(b, title)
                  : m.weeks ? get(b, "bulletin.title")
                            : get(b, "bulletin.title_other");
    add_legend(b, page);
    page->notes = mp_build_notes(b, &page->n_notes);
    return b->failed || b->rows->key.failed ? mp_error_memory(e) : mp_words_check(&b->words, e);
}
