/*
 * What a bulletin is made of: schemas/pages/bulletin.yaml, which says what its keys mean. All is
 * borrowed from the arena that it was read into.
 */
#ifndef MP_PAGE_LAYOUT_H
#define MP_PAGE_LAYOUT_H

#include "io/yaml.h"

/* A sentence with a number out of the rows. */
struct mp_statement {
    struct mp_str say, unit, measure;
    const struct mp_yaml *tables;   /* list; NULL: any */
    const struct mp_yaml *by, *all; /* maps of dimensions to values; NULL: none */
};

struct mp_statements {
    struct mp_statement *statement;
    size_t n;
};

struct mp_drawing {
    bool weeks;               /* or else bars */
    const struct mp_yaml *by; /* of bars: list of one or two dimensions */
    bool by_size;             /* of bars: highest first */
    bool instead;             /* only where the drawing before it was not made */
    struct mp_str unit, measure;
    const struct mp_yaml *tables, *marks; /* list; map of values to names. NULL: none */
    struct mp_statements say;
};

enum mp_holds {
    MP_HOLDS_TABLES,
    MP_HOLDS_ALARMS,
    MP_HOLDS_PUBLISHED,
    MP_HOLDS_REST,
    MP_HOLDS_METHOD,
    MP_HOLDS_APPENDIX
};

struct mp_plan {
    struct mp_str id;
    enum mp_holds holds;
    struct mp_statements say;
    struct mp_drawing *drawings;
    size_t n_drawings;
    const struct mp_yaml *tables; /* list, or NULL */
};

enum mp_form { MP_FORM_PLAIN, MP_FORM_PERCENT, MP_FORM_HOURS };

struct mp_layout {
    struct mp_str label; /* "bulletin/1" */
    struct mp_str week, across, unit, sources;
    const struct mp_yaml *units, *times, *periods; /* lists */
    int64_t recent, most;
    struct mp_statements headlines, optional;
    struct mp_plan *plans;
    size_t n_plans;
    const struct mp_yaml *forms, *others; /* lists */
};

/* Reads the file at `path`. 0, or -1 with the error. */
int mp_layout_load(struct mp_layout *l, struct mp_arena *arena, const char *path,
                   struct mp_error *e);

/* Place of a text in a list, n of the list (0 for NULL) if it is not there. */
size_t mp_layout_place(const struct mp_yaml *list, struct mp_str text);
bool mp_layout_has(const struct mp_yaml *list, struct mp_str text);

/* How numbers of a measure are written in a table. */
enum mp_form mp_layout_form(const struct mp_layout *l, struct mp_str table, struct mp_str measure);

#endif
