/* Writers of a page. They draw what the model holds and decide nothing. */
#ifndef MP_PAGE_PAGE_H
#define MP_PAGE_PAGE_H

#include "page/escape.h"
#include "page/model.h"

enum {
    MP_PAGE_COLUMNS = 80,          /* of text that is not for a terminal */
    MP_PAGE_BYTES_MAX = 200 * 1000 /* of an HTML page */
};

/* Appends the page as plain text, at most `columns` (20 or more) wide; place: MP_IN_TEXT, or
 * MP_IN_ASCII for ASCII alone. Failure is the buffer's. */
void mp_page_text(struct mp_buf *b, const struct mp_page *page, enum mp_place place,
                  size_t columns);

/* Appends the page as GitHub-flavoured Markdown, every text on one line. Failure is the buffer's.
 */
void mp_page_markdown(struct mp_buf *b, const struct mp_page *page);

/*
 * Appends the page as one static HTML5 document: no script, a Content-Security-Policy that allows
 * its own style sheet and nothing else, at most MP_PAGE_BYTES_MAX bytes. Where that is not enough
 * the appendix is cut, then the longest tables, and it says so. Failure is the buffer's.
 */
void mp_page_html(struct mp_buf *b, const struct mp_page *page);

/* Appends the figure as an SVG element for an HTML page; `id` makes its ids unique. */
void mp_page_svg(struct mp_buf *b, const struct mp_figure *figure, unsigned id);

/* The style sheet of the HTML page. */
extern const char mp_page_style[];

#endif
