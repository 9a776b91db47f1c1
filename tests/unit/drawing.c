/* What the HTML writer makes of each part of the model. With MP_DRAWING=FILE the page of all parts
 * is written there, for a look at it. */
#include "page/page.h"
#include "test.h"
#include <string.h>

static struct mp_page_cell number(const char *text, double size)
{
    return (struct mp_page_cell){.kind = MP_CELL_NUMBER, .text = mp_str_of(text), .size = size};
}

#define S(text) MP_STR(text)

static struct mp_bar lying[] = {
    {.label = S("closed"), .group = S("girls"), .beside = S("31.2%"), .marked = true},
    {.label = S("open, in a group or in a house of its own, or with a family that takes in others"),
     .group = S("girls"),
     .beside = S("100%")},
    {.label = S("reception"), .group = S("boys"), .mark = S("24 hours"), .beside = S("0.1%")},
    {.label = S("home"), .group = S("boys")},
    {.label = S("unknown"), .group = S("boys"), .soft = true},
};

static struct mp_figure bars(void)
{
    lying[0].cell = number("251", 251);
    lying[1].cell = number("1,900", 1900);
    lying[2].cell = number("1", 1);
    lying[3].cell = (struct mp_page_cell){.kind = MP_CELL_HIDDEN, .text = S("x")};
    lying[4].cell = number("900", 900);
    return (struct mp_figure){.kind = MP_FIGURE_BARS,
                              .number = 2,
                              .title = S("Episodes by setting"),
                              .description = S("Bars that lie."),
                              .takeaway = S("Most were open."),
                              .refs = {{1, 2}, 2},
                              .axis = S("setting"),
                              .bars = lying,
                              .n_bars = sizeof lying / sizeof *lying,
                              .top = 1900};
}

static struct mp_bar standing[60];

static struct mp_figure weeks(void)
{
    for (int i = 0; i < 60; i++)
        standing[i] = (struct mp_bar){
            .label = S("2018-W01"),
            .tick = i % 52 < 9 ? S("4") : S("44"),
            .number = i % 52 + 1,
            .group = i < 52 ? S("2018") : S("2019"),
            .cell = i % 7 == 3 ? (struct mp_page_cell){.kind = MP_CELL_HIDDEN, .text = S("x")}
                               : number("1,234", 600 + (i * 37) % 600),
            .marked = i == 30 || i == 59,
            .alarm = i == 30 || i == 32};
    return (struct mp_figure){.kind = MP_FIGURE_WEEKS,
                              .number = 1,
                              .title = S("Episodes by week"),
                              .description = S("Bars that stand."),
                              .takeaway = S("Most in one."),
                              .axis = S("week"),
                              .alarms = S("far above what was expected"),
                              .bars = standing,
                              .n_bars = 60,
                              .top = 1200,
                              .top_text = S("1,200"),
                              .middle_text = S("600")};
}

static struct mp_page_table table(unsigned n, struct mp_page_cell *cells, struct mp_page_row *rows)
{
    static struct mp_str labels[] = {S("closed"), S("open"), S("total")};
    static struct mp_head heads[] = {{.text = S("setting")},
                                     {.text = S("episodes"), .refs = {{2}, 1}}};
    for (size_t i = 0; i < 3; i++) {
        cells[i] = number("12", 12);
        rows[i] = (struct mp_page_row){labels + i, cells + i, i == 2, i == 1};
    }
    return (struct mp_page_table){.name = S("setting"),
                                  .number = n,
                                  .caption = S("By setting"),
                                  .refs = {{1}, 1},
                                  .state = S("internal"),
                                  .internal = true,
                                  .heads = heads,
                                  .n_labels = 1,
                                  .n_cells = 1,
                                  .rows = rows,
                                  .n_rows = 3,
                                  .remark = S("The rest stands in table 2."),
                                  .whole = 2};
}

/* A page with one of everything that a bulletin can have; freed by the caller. */
static struct mp_buf page_of_all(void)
{
    static struct mp_page_cell cells[2][3];
    static struct mp_page_row rows[2][3];
    struct mp_figure f[] = {weeks(), bars()};
    struct mp_page_table t[] = {table(1, cells[0], rows[0]), table(2, cells[1], rows[1])};
    struct mp_block blocks[] = {{f, t, 1}, {f + 1, NULL, 0}}, rest = {NULL, t + 1, 1};
    struct mp_page_line lines[] = {{S("Seven were hidden."), S("detail"), true},
                                   {.text = S("Two lie far above.")}};
    struct mp_computed computed[] = {{S("2018"), number("163", 163), S("young persons")},
                                     {S("2019"), number("1,163", 1163), S("young persons")}};
    struct mp_comparison comparisons[] = {
        {.name = S("QF01"),
         .label = S("girls gone from closed care"),
         .definition = S("Girls with a suspicion, each once."),
         .published = S("at least 90 girls"),
         .period = S("2013"),
         .source = S("quickscan, page 5"),
         .caveat = S("A lower bound."),
         .computed = computed,
         .n_computed = 2,
         .refs = {{1}, 1},
         .whole = 2},
        {.name = S("QF02"),
         .label = S("places of the provider"),
         .published = S("no number"),
         .not_countable = S("it is no matter of reports")},
    };
    struct mp_item items[] = {{.term = S("program"), .text = S("mp-report")}};
    struct mp_section sections[] = {
        {.id = S("weeks"),
         .heading = S("Weeks"),
         .lead = S("A lead."),
         .lines = lines,
         .n_lines = 2,
         .blocks = blocks,
         .n_blocks = 2},
        {.heading = S("Published"), .comparisons = comparisons, .n_comparisons = 2},
        {.heading = S("Tables"), .blocks = &rest, .n_blocks = 1, .appendix = true},
        {.heading = S("How it was made"), .items = items, .n_items = 1}};
    struct mp_headline headlines[] = {{.cell = number("3,488", 3488),
                                       .label = S("reports"),
                                       .definition = S("Each <one>."),
                                       .refs = {{1}, 1}},
                                      {.cell = number("12", 12), .label = S("persons")}};
    struct mp_note notes[] = {{S("reports"), S("all of them")}, {S("open"), S("not closed")}};
    const struct mp_page page = {
        .language = S("en"),
        .title = S("All"),
        .skip = S("Skip"),
        .contents_heading = S("Contents"),
        .notices = {{S("Internal."), true}, {S("Only that."), false}},
        .n_notices = 2,
        .headlines = headlines,
        .n_headlines = 2,
        .headlines_heading = S("In short"),
        .sections = sections,
        .n_sections = 4,
        .table_word = S("Table"),
        .figure_word = S("Figure"),
        .comparison_words = {S("Published"), S("From this input"), S("Not countable:"),
                             S("Definition"), S("Period"), S("Source"), S("Caveat"),
                             S("In parts: table")},
        .notes = notes,
        .n_notes = 2,
        .notes_heading = S("Notes"),
    };
    struct mp_buf b = {0};
    mp_page_html(&b, &page);
    mp_buf_addc(&b, '\0');
    const char *path = getenv("MP_DRAWING");
    FILE *to = path ? fopen(path, "w") : NULL;
    if (to) {
        fputs(b.data, to);
        fclose(to);
    }
    return b;
}

static size_t times(const struct mp_buf *b, const char *what)
{
    size_t n = 0;
    const char *at = b->data, *end = b->data + b->len;
    while ((at = memmem(at, (size_t)(end - at), what, strlen(what)))) {
        at++;
        n++;
    }
    return n;
}

TEST(every_part_of_a_bulletin_is_drawn)
{
    struct mp_buf b = page_of_all();
    CHECK_INT(times(&b, "<svg role=\"img\""), 2);
    CHECK_INT(times(&b, "class=\"alarm\""), 3); /* two weeks and the key */
    CHECK_INT(times(&b, "far above what was expected"), 1);
    CHECK_INT(times(&b, "Figure 1 ·</span> Episodes by week"), 1);
    CHECK_INT(times(&b, "Table 2 ·</span> By setting"), 1);
    CHECK_INT(times(&b, "<span class=\"state warning\">internal"), 2);
    CHECK_INT(times(&b, "class=\"note warning\">Internal."), 1);
    CHECK_INT(times(&b, "class=\"note\">Only that."), 1);
    CHECK_INT(times(&b, "<a href=\"#t2\">The rest stands"), 2);
    CHECK_INT(times(&b, "In parts: table 2</a>"), 1);
    CHECK_INT(times(&b, "Not countable: it is no matter of reports"), 1);
    CHECK_INT(times(&b, "<b>at least 90 girls</b>"), 1);
    CHECK_INT(times(&b, "<li class=\"marked\">Seven were hidden."), 1);
    CHECK_INT(times(&b, "class=\"appendix\""), 1);
    CHECK_INT(times(&b, "<a href=\"#s4\">How it was made</a>"), 1);
    CHECK_INT(times(&b, "<th scope=\"row\" class=\"short\">open</th>"), 0); /* folded */
    CHECK_INT(times(&b, "Each &lt;one&gt;."), 1);
    mp_buf_free(&b);
}

TEST(a_link_leads_to_a_place_of_the_page)
{
    struct mp_buf b = page_of_all();
    char id[40];
    for (const char *at = b.data; (at = strstr(at, "href=\"#"));) {
        at += 7;
        snprintf(id, sizeof id, " id=\"%.*s\"", (int)strcspn(at, "\""), at);
        if (!CHECK(times(&b, id) == 1))
            fprintf(stderr, "%s\n", id);
    }
    mp_buf_free(&b);
}

TEST(lying_bars_have_a_label_and_a_number_each)
{
    struct mp_buf b = {0};
    struct mp_figure f = bars();
    mp_page_svg(&b, &f, 7);
    CHECK_INT(times(&b, "<rect"), 5);
    CHECK_INT(times(&b, "class=\"bar soft\""), 1);
    CHECK_INT(times(&b, "class=\"hidden\""), 1);
    CHECK_INT(times(&b, ">girls</text>"), 1); /* the name of a group stands once */
    CHECK_INT(times(&b, ">boys</text>"), 1);
    CHECK_INT(times(&b, ">24 hours</text>"), 1);
    CHECK_INT(times(&b, "251 <tspan class=\"beside\">31.2%"), 1);
    CHECK_INT(times(&b, "or with a family that takes in others</text>"), 0); /* cut, but ... */
    CHECK_INT(times(&b, "family that takes in others: 1,900</title>"), 1);   /* ... told */
    mp_buf_free(&b);
}
