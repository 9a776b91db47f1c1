/*
 * Rows of a CSV input, with their place and their raw bytes.
 *
 * libcsv decides what is a field; this module adds what it does not have: positions, the raw row,
 * stray and unclosed quotes as problems of one row, and speed for fields without doubled quotes.
 * The bytes are not decoded here: any encoding that contains ASCII will do.
 */
#ifndef MP_IO_CSV_H
#define MP_IO_CSV_H

#include "base/buf.h"
#include "io/input.h"
#include <csv.h>

struct mp_csv_field {
    struct mp_str text; /* content without quotes, doubled quotes halved */
    size_t at;          /* place of its first raw byte in the row's raw text */
};

enum mp_csv_problem { MP_CSV_GOOD, MP_CSV_STRAY_QUOTE, MP_CSV_UNCLOSED_QUOTE, MP_CSV_TOO_LARGE };

/* Borrowed; valid until the next mp_csv_next. */
struct mp_csv_row {
    struct mp_csv_field *fields;
    size_t n;
    struct mp_str raw;                /* without its line end */
    uint64_t offset;                  /* of raw in the file, bytes */
    size_t line;                      /* on which it begins, from 1; LF, CRLF, CR end a line */
    enum mp_csv_problem problem;      /* not GOOD: there are no fields */
    size_t problem_line, problem_col; /* where it is seen, from 1; col counts characters */
    bool literal_quotes;              /* an unquoted field holds a quote, taken as it stands */
    bool has_nul, is_ascii;           /* of raw */
    bool more;                        /* TOO_LARGE: the row goes on in the next one */
};

struct mp_csv {
    struct mp_input *in;
    char delimiter;
    size_t max_row;         /* bytes */
    bool without_fast_path; /* for tests: every byte goes through libcsv */
    /* private */
    struct csv_parser parser;
    struct mp_csv_row row;
    size_t fields_cap;
    struct mp_buf held; /* content of fields that libcsv put together */
    size_t pos;         /* next byte to look at, from the window's start */
    size_t lines;       /* that end in the last row */
    size_t field_at;
    bool in_field, row_done, failed, in_large;
    bool after_cr;    /* the byte before the window is a CR */
    struct {          /* where the last quote problem was seen, see give_up_row in csv.c */
        size_t reach; /* bytes of the window before it */
        enum mp_csv_problem problem;
        size_t line, col;
    } dead_end;
};

/* 0, or -1 (out of memory). `in` is borrowed and stays open. */
int mp_csv_open(struct mp_csv *c, struct mp_input *in, char delimiter, size_t max_row,
                struct mp_error *e);

/* 1: c->row is the next row, good or not (blank lines are passed over); 0: end; -1: error.
 * After a row with a quote problem, reading goes on at the line behind its first one; raw is that
 * first line. A quoted field that makes a row of several lines too large counts as unclosed. */
int mp_csv_next(struct mp_csv *c, struct mp_error *e);

/* Line and column (characters, from 1) of a place in the row's raw text. */
void mp_csv_place(const struct mp_csv_row *row, size_t at, size_t *line, size_t *col);

void mp_csv_close(struct mp_csv *c);

#endif
