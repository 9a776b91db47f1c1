/*
 * What the drawings share. For lib/page/svg*.c alone.
 *
 * A drawing is 640 units wide and as wide as its place. Colours and type sizes are the style
 * sheet's: where the place is narrow the type grows against the drawing, and labels of class "wide"
 * are left away.
 */
#ifndef MP_PAGE_SVG_H
#define MP_PAGE_SVG_H

#include "page/page.h"
#include "page/width.h"

enum {
    MP_SVG_WIDTH = 640,
    MP_SVG_TEXT_MAX = 24 /* bytes; longer numbers stand in the table alone */
};

/* Units that a digit takes, bold and in a wide font: in a wide place, in a narrow one. */
#define MP_SVG_LETTER 9.1
#define MP_SVG_NARROW 14.7

/* Opens the element of a figure, that many units high, with title and description. */
void mp_svg_open(struct mp_buf *b, const struct mp_figure *f, double height, unsigned id);

void mp_svg_text(struct mp_buf *b, double x, double y, const char *class, struct mp_str text);

/* How wide a text is if each letter takes that much. */
double mp_svg_width(struct mp_str text, double letter);

/* A rectangle of a bar, with its label and number as a tip. */
void mp_svg_bar(struct mp_buf *b, double x, double y, double width, double height,
                const struct mp_bar *bar);

/* Whether there is a number, but none that may be told. */
bool mp_svg_hidden(const struct mp_bar *bar);

/* The two kinds of figures (svg_weeks.c, svg_bars.c). */
void mp_svg_weeks(struct mp_buf *b, const struct mp_figure *f, unsigned id);
void mp_svg_bars(struct mp_buf *b, const struct mp_figure *f, unsigned id);

#endif
