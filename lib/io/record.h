/*
 * One record: a line of JSON, its parsed form, and writing it again with a key set.
 *
 * Ownership: everything reached through a struct mp_rec is borrowed from the reader and from the
 * input line; it is valid until the next mp_rec_parse with the same reader.
 */
#ifndef MP_IO_RECORD_H
#define MP_IO_RECORD_H

#include "base/buf.h"
#include "base/error.h"
#include "base/time.h"
#include <yyjson.h>

#define MP_SCHEMA "mp/1"

struct mp_rec {
    struct mp_str line; /* the original bytes, without the line end */
    yyjson_val *root;   /* an object; numbers are raw text (yyjson_is_raw) */
    struct mp_str file; /* where it came from, for messages */
    size_t number;      /* line number in that file, from 1 */
    size_t record;      /* the same without blank lines */
    uint64_t offset;    /* of the line in the file, bytes */
};

struct mp_skim;

struct mp_rec_reader {          /* zeroed: ready; mp_rec_reader_free frees */
    const struct mp_skim *skim; /* what is asked for of the records (io/skim.h); NULL: all */
    struct mp_buf text, pool;
    yyjson_doc *doc;
};

void mp_rec_reader_free(struct mp_rec_reader *r);

/*
 * Parses rec->line, which must be one JSON object without duplicate keys. 0, or -1 with the error
 * (code NOT_JSON, DUPLICATE_KEY, NOT_A_RECORD or MEMORY; file, line and column filled in). With a
 * skim, only what it asks for is sure to be there.
 */
int mp_rec_parse(struct mp_rec_reader *r, struct mp_rec *rec, struct mp_error *e);

enum { MP_PATH_DEPTH = 4 };

/* Keys from the root down, such as person.birth_date; borrowed from the text it was made of. */
struct mp_path {
    struct mp_str keys[MP_PATH_DEPTH];
    size_t n;
};

/* Splits "a.b.c". False if it is empty, has an empty key, or is deeper than MP_PATH_DEPTH. */
bool mp_path_of(struct mp_path *path, struct mp_str text);

/* Value of a key, or NULL: no such key, or `value` is no object (NULL included). */
yyjson_val *mp_rec_member(yyjson_val *value, struct mp_str key);

/* The value at the path, or NULL: nothing there, or null (which means the same). */
yyjson_val *mp_rec_get(yyjson_val *root, const struct mp_path *path);

/* Its text: of a string or a number; {NULL, 0} for anything else. */
struct mp_str mp_rec_text(yyjson_val *value);

/* Shorthand for paths that are written in the program: mp_rec_str(rec->root, "person.sex"). */
struct mp_str mp_rec_str(yyjson_val *root, const char *path);

/* A moment ("2018-06-30" or with "T21:30"); not known where there is none or it is no date. */
struct mp_time mp_rec_time(yyjson_val *root, const char *path);

/* True and *value for a number without fraction or exponent that fits. */
bool mp_rec_int(yyjson_val *value, int64_t *out);
bool mp_rec_int_of(struct mp_str number, int64_t *out);

/* Writes any value as compact JSON, numbers with their source text. No recursion on depth. */
void mp_rec_add_value(struct mp_buf *b, yyjson_val *value);

/*
 * Appends the record's line and LF with top-level `key` set to `json` (a JSON value, not checked):
 * in the key's place if it has the key, else behind the last one. Every other byte stays.
 */
void mp_rec_add_with(struct mp_buf *b, const struct mp_rec *rec, struct mp_str key,
                     struct mp_str json);

/* The same for a line that is a record without the key. */
void mp_rec_add_behind(struct mp_buf *b, struct mp_str line, struct mp_str key, struct mp_str json);

/* Appends the record's line and LF without top-level `key`. */
void mp_rec_add_without(struct mp_buf *b, const struct mp_rec *rec, struct mp_str key);

#endif
