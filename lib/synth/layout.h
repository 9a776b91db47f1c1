/* How an export is written: a file of schemas/synth/layouts, which explains itself. */
#ifndef MP_SYNTH_LAYOUT_H
#define MP_SYNTH_LAYOUT_H

#include "synth/read.h"

/* What a cell can hold. `text` is the narrative. */
#define MP_SYNTH_CELL_VALUES                                                                       \
    "unit letters year serial document client given prefix family birth sex institution "          \
    "municipality setting kind category light state at_date at_time since_date since_time "        \
    "back_date back_time text"
enum mp_synth_cell {
    MP_CELL_UNIT,
    MP_CELL_LETTERS,
    MP_CELL_YEAR,
    MP_CELL_SERIAL,
    MP_CELL_DOCUMENT,
    MP_CELL_CLIENT,
    MP_CELL_GIVEN,
    MP_CELL_PREFIX,
    MP_CELL_FAMILY,
    MP_CELL_BIRTH,
    MP_CELL_SEX,
    MP_CELL_INSTITUTION,
    MP_CELL_MUNICIPALITY,
    MP_CELL_SETTING,
    MP_CELL_KIND,
    MP_CELL_CATEGORY,
    MP_CELL_LIGHT,
    MP_CELL_STATE,
    MP_CELL_AT_DATE,
    MP_CELL_AT_TIME,
    MP_CELL_SINCE_DATE,
    MP_CELL_SINCE_TIME,
    MP_CELL_BACK_DATE,
    MP_CELL_BACK_TIME,
    MP_CELL_TEXT,
    MP_SYNTH_CELLS
};

struct mp_synth_words {
    enum mp_synth_cell cell;
    size_t n;
    struct mp_str *of;              /* the toolkit's word */
    struct mp_synth_weights *words; /* for it */
};

struct mp_synth_column {
    struct mp_str name;
    size_t n; /* templates; the first whose values are all there is written, else nothing */
    struct mp_synth_template *ways;
    uint32_t empty; /* share of the rows that lack it */
    bool capitals;  /* all in capitals in every row that has such letters at all (capital_share) */
};

struct mp_synth_layout {
    struct mp_str name;
    char delimiter;
    bool narrow;                    /* Windows-1252, else UTF-8 */
    bool mark;                      /* a byte order mark */
    bool crlf, quote_all, appended; /* appended: additions go into the text of their registration */
    uint32_t capital_share;
    struct mp_synth_template date; /* of MP_SYNTH_MOMENT_VALUES */
    struct mp_synth_template time;
    size_t n_words, n_columns;
    struct mp_synth_words *words;
    struct mp_synth_column *columns;
};

int mp_synth_layout_read(struct mp_synth_reader *r, const char *path, struct mp_synth_layout *out);

/* The layout's word for one of the toolkit's; that word itself where it has none. */
struct mp_str mp_synth_word(const struct mp_synth_layout *l, enum mp_synth_cell cell,
                            struct mp_str of, struct mp_chance *c);

#endif
