/*
 * One input read in large pieces, as a window onto the bytes that are not yet dealt with.
 *
 * data[start..end) is the window. Behind end stand MP_INPUT_SLACK zero bytes, so that a reader may
 * look a few bytes ahead. UTF-16 is turned into UTF-8 on the way in; offsets still count the
 * file's own bytes.
 */
#ifndef MP_IO_INPUT_H
#define MP_IO_INPUT_H

#include "base/error.h"
#include <stdint.h>

enum { MP_INPUT_SLACK = 64 };

struct mp_input {
    struct mp_str name; /* as given, "-" for standard input; borrowed */
    char *data;
    size_t start, end;
    uint64_t offset;      /* of data[start] in the file */
    size_t line;          /* of data[start], from 1; kept by mp_input_line and the CSV reader */
    bool eof;             /* nothing comes behind end */
    bool utf8_bom;        /* the file began with one; it is not in the window */
    size_t bad_units;     /* UTF-16 units that stood alone, read as U+FFFD */
    void (*idle)(void *); /* called before a read that may have to wait; may be NULL */
    void *idle_ctx;
    /* private */
    int fd;
    size_t cap;
    void *utf16; /* converter, NULL for encodings that contain ASCII */
    char raw[4];
    size_t n_raw;
    bool begun;
};

/* Opens `path` ("-": standard input). 0, or -1 with the error. idle and idle_ctx may be set
 * afterwards. */
int mp_input_open(struct mp_input *in, const char *path, struct mp_error *e);

/* Reads behind `end` what is there, keeping the window (which may move in memory). 1: got some;
 * 0: end of input; -1: error. */
int mp_input_more(struct mp_input *in, struct mp_error *e);

/* The first n bytes of the window are dealt with. */
void mp_input_take(struct mp_input *in, size_t n);

/* File offset of data[at], start <= at <= end. */
uint64_t mp_input_offset(const struct mp_input *in, size_t at);

enum mp_line { MP_LINE_ERROR = -1, MP_LINE_END = 0, MP_LINE = 1, MP_LINE_TOO_LARGE = 2 };

/*
 * The next line without its LF or CRLF, valid until the next call on this input; *at is its
 * offset and in->line its number until then. A line of more than `max` bytes comes in pieces, each
 * MP_LINE_TOO_LARGE and at most `max` long, the last one shorter than max or with *more false.
 */
enum mp_line mp_input_line(struct mp_input *in, size_t max, struct mp_str *line, uint64_t *at,
                           bool *more, struct mp_error *e);

void mp_input_close(struct mp_input *in);

#endif
