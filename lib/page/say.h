/*
 * What is said of a record on a page, for a reader of one level of detail. Everything out of a
 * record comes by here: it is copied into the page's arena, cut to a length that can be shown,
 * counted, and rid of what its reader does not need.
 */
#ifndef MP_PAGE_SAY_H
#define MP_PAGE_SAY_H

#include "page/build.h"
#include "page/redact.h"

struct mp_say {
    struct mp_build *b;
    struct mp_redact redact;
    enum mp_level_of_detail level;
    size_t fields; /* values of records that stand on the page */
};

/* A value of the record. Empty where there is none. */
struct mp_str mp_say_value(struct mp_say *s, struct mp_str value);

/* A text of the rules: not counted. */
struct mp_str mp_say_rule(struct mp_say *s, struct mp_str text);

/* What somebody wrote, in quotation marks. Nothing at all at the level of statistics. */
struct mp_str mp_say_quote(struct mp_say *s, struct mp_str quote);

/* The same without the marks. */
struct mp_str mp_say_written(struct mp_say *s, struct mp_str text);

/* A value in the words of a dimension; empty where there is none. */
struct mp_str mp_say_named(struct mp_say *s, const char *dimension, struct mp_str value);

/* Day and time; the month alone for statistics. Empty where not known. */
struct mp_str mp_say_moment(struct mp_say *s, struct mp_time t);

/* So many hours, from two days on in days; for statistics between which bounds. */
struct mp_str mp_say_hours(struct mp_say *s, int64_t hours);

/* Words of the page. */
struct mp_str mp_say_get(struct mp_say *s, const char *path);
struct mp_str mp_say_with(struct mp_say *s, const char *path, const char *name,
                          struct mp_str value);
struct mp_str mp_say_count(struct mp_say *s, const char *path, size_t n);

/* Appends a text with a separator before it, if it is not empty and not the first. */
void mp_say_join(struct mp_buf *b, const char *separator, struct mp_str text);

/* What the buffer holds, into the page; the buffer is freed. */
struct mp_str mp_say_keep(struct mp_say *s, struct mp_buf *b);

/* Appends to a run of lines, or of items; nothing where there is no text. */
void mp_say_line(struct mp_buf *lines, struct mp_str text, struct mp_str detail, bool marked);
void mp_say_item(struct mp_say *s, struct mp_buf *items, const char *term, struct mp_str text,
                 struct mp_buf *lines);

/* Appends a part made of the items (NULL: none), if there is anything in it. */
void mp_say_part(struct mp_say *s, struct mp_buf *parts, struct mp_part part, struct mp_buf *items);

/* A table whose cells stand in the run of texts; NULL without any. The run is freed. */
struct mp_grid *mp_say_grid(struct mp_say *s, const char *caption, const char *const *heads,
                            size_t n_columns, struct mp_buf *cells);

#endif
