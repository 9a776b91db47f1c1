/*
 * What plain text is made of: lines of a given width, headings, paragraphs, texts set in columns.
 * Only for the writers of text (page/text.c, page/plain*.c).
 */
#ifndef MP_PAGE_PLAIN_H
#define MP_PAGE_PLAIN_H

#include "page/cells.h"
#include "page/page.h"
#include "page/width.h"

enum { MP_PLAIN_GAP = 2 }; /* blanks between columns, and by which a text is set in */

struct mp_plain {
    struct mp_buf *b;
    enum mp_place place;
    size_t columns;      /* width of a line */
    struct mp_buf shown; /* scratch: a text as it will stand there */
};

/* The text as it will be shown, with its references behind it: "a [1,2]". Valid until the next
 * call. */
struct mp_str mp_plain_shown(struct mp_plain *w, struct mp_str s, const struct mp_refs *refs);

/* The width of the text as it will be shown. */
size_t mp_plain_width(struct mp_plain *w, struct mp_str s);

void mp_plain_blanks(struct mp_plain *w, size_t n);
void mp_plain_repeat(struct mp_plain *w, const char *sign, const char *ascii, size_t n);

/* Ends the line, without the blanks at its end. */
void mp_plain_end(struct mp_plain *w);

/* Appends a text that is shown already to a field of `width` columns; what does not fit is cut and
 * shown to be. */
void mp_plain_field(struct mp_plain *w, struct mp_str shown, size_t width, bool right);

/* The next piece of a text that is shown already, at most `room` wide and broken at a blank where
 * there is one (never empty while there is text); *rest becomes what is left. */
struct mp_str mp_plain_piece(struct mp_str *rest, size_t room);

/* A text broken at blanks, each line behind `indent` blanks; nothing where it is empty. */
void mp_plain_text(struct mp_plain *w, struct mp_str text, size_t indent);
void mp_plain_text_with(struct mp_plain *w, struct mp_str text, const struct mp_refs *refs,
                        size_t indent);

/* The same with a blank line behind it. */
void mp_plain_paragraph(struct mp_plain *w, struct mp_str text, const struct mp_refs *refs);

/* The text behind a sign of one character, its further lines as far in as the first. */
void mp_plain_hanging(struct mp_plain *w, const char *sign, struct mp_str text, size_t indent);

/* A text with a line of signs below it. */
void mp_plain_heading(struct mp_plain *w, struct mp_str text, const char *sign, const char *ascii);

/* Texts in columns (page/plain_columns.c): row after row, the first of them the heads. */
struct mp_columns { /* zeroed but for cells.n and what is below: empty; mp_columns_draw frees */
    struct mp_cells cells; /* at most MP_CELLS_COLUMNS columns */
    size_t n_labels;       /* of them, the first that stand again where the others go on below */
    bool words; /* columns behind the labels are words: set to the left, broken at blanks */
};

void mp_columns_add(struct mp_columns *c, struct mp_plain *w, struct mp_str text,
                    const struct mp_refs *refs);

/* Draws them and a blank line. Heads, labels and words go on below where they are too long; numbers
 * that have no room beside the others stand below them, with the labels once more; where not even
 * one does, each text has a line of its own. */
void mp_columns_draw(struct mp_columns *c, struct mp_plain *w);

/* Bars (page/plain_bars.c), behind the title and before the takeaway. */
void mp_plain_bars(struct mp_plain *w, const struct mp_figure *f);

#endif
