/* One input read in large pieces. */
#include "io/input.h"
#include "base/utf8.h"
#include "io/pipe.h"
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024 };

int mp_input_open(struct mp_input *in, const char *path, struct mp_error *e)
{
    *in = (struct mp_input){.name = mp_str_of(path), .line = 1, .fd = STDIN_FILENO};
    if (!mp_str_is(in->name, "-"))
        in->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0) {
        mp_error_set(e, MP_OPEN, "cannot open: %s", strerror(errno));
        return mp_error_at(e, in->name, 0, 0);
    }
    mp_pipe_widen(in->fd);
    return 0;
}

void mp_input_close(struct mp_input *in)
{
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    if (in->utf16)
        iconv_close(in->utf16);
    free(in->data);
    *in = (struct mp_input){.fd = -1};
}

/* Bytes of UTF-16 that the UTF-8 text stands for. */
static uint64_t utf16_bytes(const char *p, size_t n)
{
    uint64_t units = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        units += (c & 0xc0) != 0x80 ? 1u : 0u;
        units += c >= 0xf0 ? 1u : 0u;
    }
    return units * 2;
}

uint64_t mp_input_offset(const struct mp_input *in, size_t at)
{
    size_t n = at - in->start;
    return in->offset + (in->utf16 ? utf16_bytes(in->data + in->start, n) : n);
}

void mp_input_take(struct mp_input *in, size_t n)
{
    in->offset = mp_input_offset(in, in->start + n);
    in->start += n;
}

/* Room for `more` bytes and the slack behind end; moves the window to the front when it helps. */
static int make_room(struct mp_input *in, size_t more, struct mp_error *e)
{
    if (in->cap >= in->end + more + MP_INPUT_SLACK)
        return 0;
    size_t n = in->end - in->start;
    if (in->start > 0) {
        memmove(in->data, in->data + in->start, n);
        in->start = 0;
        in->end = n;
    }
    size_t need = n + more + MP_INPUT_SLACK;
    if (in->cap < need) {
        size_t cap = in->cap ? in->cap : CHUNK;
        while (cap < need)
            cap *= 2;
        char *data = realloc(in->data, cap);
        if (!data)
            return mp_error_memory(e);
        in->data = data;
        in->cap = cap;
    }
    return 0;
}

static ssize_t read_some(struct mp_input *in, char *to, size_t n, struct mp_error *e)
{
    if (in->idle) {
        struct pollfd p = {.fd = in->fd, .events = POLLIN};
        if (poll(&p, 1, 0) == 0)
            in->idle(in->idle_ctx);
    }
    ssize_t got;
    do
        got = read(in->fd, to, n);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        mp_error_set(e, MP_READ, "cannot read: %s", strerror(errno));
        mp_error_at(e, in->name, 0, 0);
    }
    return got;
}

/* Turns n raw bytes of UTF-16 into UTF-8 behind end; what is left of a character stays in raw. */
static int decode_utf16(struct mp_input *in, char *raw, size_t n, struct mp_error *e)
{
    char *from = raw;
    while (n > 0) {
        if (make_room(in, n * 2 + 8, e) < 0)
            return -1;
        char *to = in->data + in->end;
        size_t room = in->cap - in->end - MP_INPUT_SLACK;
        size_t done = iconv(in->utf16, &from, &n, &to, &room);
        in->end = (size_t)(to - in->data);
        if (done != (size_t)-1)
            break;
        if (errno == EINVAL && !in->eof)
            break; /* a character is cut in two by the end of this piece */
        if (errno == EILSEQ || errno == EINVAL) {
            memcpy(in->data + in->end, "\xef\xbf\xbd", 3);
            in->end += 3;
            in->bad_units++;
            size_t skip = n < 2 ? n : 2;
            from += skip;
            n -= skip;
        } else if (errno != E2BIG) {
            return mp_error_set(e, MP_READ, "cannot convert: %s", strerror(errno));
        }
    }
    in->n_raw = n;
    memcpy(in->raw, from, n);
    return 0;
}

static int more_utf16(struct mp_input *in, struct mp_error *e)
{
    char *raw = malloc(CHUNK + sizeof in->raw);
    if (!raw)
        return mp_error_memory(e);
    int result = -1;
    size_t before;
    do {
        before = in->end - in->start;
        memcpy(raw, in->raw, in->n_raw);
        ssize_t got = read_some(in, raw + in->n_raw, CHUNK, e);
        if (got < 0)
            break;
        in->eof = got == 0;
        if (decode_utf16(in, raw, in->n_raw + (size_t)got, e) < 0)
            break;
        result = in->end - in->start > before;
    } while (result == 0 && !in->eof);
    free(raw);
    return result;
}

/* At the very beginning: takes a byte-order mark off and sets up UTF-16. Needs 3 bytes or eof. */
static int begin(struct mp_input *in, struct mp_error *e)
{
    in->begun = true;
    const unsigned char *p = (const unsigned char *)in->data + in->start;
    size_t n = in->end - in->start;
    if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
        in->utf8_bom = true;
        mp_input_take(in, 3);
    } else if (n >= 2 && ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff))) {
        iconv_t cd = iconv_open("UTF-8", p[0] == 0xff ? "UTF-16LE" : "UTF-16BE");
        if (cd == (iconv_t)-1)
            return mp_error_memory(e);
        char *raw = malloc(n);
        if (!raw) {
            iconv_close(cd);
            return mp_error_memory(e);
        }
        memcpy(raw, p + 2, n - 2);
        in->offset += 2;
        in->end = in->start;
        in->utf16 = cd;
        int failed = decode_utf16(in, raw, n - 2, e);
        free(raw);
        if (failed)
            return -1;
    }
    return 0;
}

int mp_input_more(struct mp_input *in, struct mp_error *e)
{
    size_t before = in->end - in->start;
    int result;
    if (in->eof)
        return 0;
    if (in->utf16) {
        result = more_utf16(in, e);
    } else {
        do {
            if (make_room(in, CHUNK, e) < 0)
                return -1;
            ssize_t got = read_some(in, in->data + in->end, CHUNK, e);
            if (got < 0)
                return -1;
            in->eof = got == 0;
            in->end += (size_t)got;
        } while (!in->begun && !in->eof && in->end - in->start < 3);
        if (!in->begun && begin(in, e) < 0)
            return -1;
        result = in->end - in->start > before;
        if (!result && !in->eof)
            return mp_input_more(in, e); /* only a mark so far: once, at the beginning */
    }
    if (in->data)
        memset(in->data + in->end, 0, MP_INPUT_SLACK);
    return result;
}

enum mp_line mp_input_line(struct mp_input *in, size_t max, struct mp_str *line, uint64_t *at,
                           bool *more, struct mp_error *e)
{
    size_t seen = 0;
    char *lf = NULL;
    *more = false;
    for (;;) {
        size_t n = in->end - in->start;
        lf = n > seen ? memchr(in->data + in->start + seen, '\n', n - seen) : NULL;
        if (lf || in->eof || n > max + 1) /* a CR may stand behind max */
            break;
        seen = n;
        if (mp_input_more(in, e) < 0)
            return MP_LINE_ERROR;
    }
    size_t n = lf ? (size_t)(lf - in->data) - in->start : in->end - in->start;
    if (n == 0 && !lf)
        return MP_LINE_END;
    *at = in->offset;
    const char *p = in->data + in->start;
    bool cr = (lf || in->eof) && n > 0 && p[n - 1] == '\r';
    *line = (struct mp_str){p, n - cr};
    if (line->n > max) {
        *more = true;
        line->n = max;
        mp_input_take(in, max);
        return MP_LINE_TOO_LARGE;
    }
    mp_input_take(in, n + (lf != NULL));
    return MP_LINE;
}
