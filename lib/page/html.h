/* What the files of the HTML writer share. For lib/page/html*.c alone. */
#ifndef MP_PAGE_HTML_H
#define MP_PAGE_HTML_H

#include "page/page.h"

/* How much of the page is shown; one that is too large takes the next line of limits. */
struct mp_html_limit {
    size_t rows, tables;                   /* of one table; of one section */
    size_t appendix_rows, appendix_tables; /* the same of an appendix */
    size_t sheets, parts, lines;           /* of a page; of a sheet; of an item */
};

struct mp_html {
    struct mp_buf *b;
    const struct mp_page *page;
    const struct mp_html_limit *limit;
    unsigned ids; /* handed out so far */
};

/* Appends markup as it stands; a text, escaped; a text between markup. */
void mp_html_put(struct mp_html *w, const char *markup);
void mp_html_text(struct mp_html *w, struct mp_str s);
void mp_html_element(struct mp_html *w, const char *open, struct mp_str s, const char *close);

/* The numbers of notes, raised, as links to them. */
void mp_html_refs(struct mp_html *w, const struct mp_refs *refs);

/* A paragraph that says how much is not shown: the words with their {n} filled in. */
void mp_html_left_out(struct mp_html *w, struct mp_str words, size_t n);

/* A table of numbers (at most `limit` rows of it), of words (its rows lead to anchors "ANCHOR-1",
 * "ANCHOR-2" ... where there is an anchor), and a list of terms (html_table.c). */
void mp_html_table(struct mp_html *w, const struct mp_page_table *t, size_t limit);
void mp_html_grid(struct mp_html *w, const struct mp_grid *g, const char *anchor);
void mp_html_items(struct mp_html *w, const struct mp_item *items, size_t n);
void mp_html_lines(struct mp_html *w, const struct mp_page_line *lines, size_t n);

/* Whether the table of that number is on the page, so that a link can lead there (html_section.c).
 */
bool mp_html_is_drawn(const struct mp_html *w, unsigned number);

/* All of the sections, of the sheets (html_section.c, html_sheet.c). */
void mp_html_sections(struct mp_html *w);
void mp_html_sheets(struct mp_html *w);

#endif
