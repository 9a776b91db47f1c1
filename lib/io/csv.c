/*
 * Rows of a CSV input, with their place and their raw bytes.
 *
 * libcsv (3.0.3, unchanged since 2012) has a public parser struct. Three of its states matter:
 * between fields (0 at the start of a row, 1 behind a delimiter), inside one (2), and behind a
 * quote that may close one (3). A whole field without quotes inside is taken straight from the
 * input while libcsv stands between fields; a run of bytes inside a quoted field is copied into
 * libcsv's own buffer; all the rest goes through csv_parse. A unit test compares both ways.
 */
#include "io/csv.h"
#include "base/utf8.h"
#include "io/csv_scan.h"
#include <stdlib.h>

enum state { ROW_NOT_BEGUN, FIELD_NOT_BEGUN, FIELD_BEGUN, FIELD_MIGHT_HAVE_ENDED };

enum { FIELD_BLOCK = 64 * 1024 };

static int no_space(unsigned char c)
{
    (void)c;
    return 0; /* blanks around a field belong to it */
}

int mp_csv_open(struct mp_csv *c, struct mp_input *in, char delimiter, size_t max_row,
                struct mp_error *e)
{
    *c = (struct mp_csv){.in = in, .delimiter = delimiter, .max_row = max_row};
    if (csv_init(&c->parser, 0) != 0)
        return mp_error_memory(e);
    csv_set_delim(&c->parser, (unsigned char)delimiter);
    csv_set_space_func(&c->parser, no_space);
    csv_set_blk_size(&c->parser, FIELD_BLOCK);
    return 0;
}

void mp_csv_close(struct mp_csv *c)
{
    csv_free(&c->parser);
    free(c->row.fields);
    mp_buf_free(&c->held);
    *c = (struct mp_csv){0};
}

static bool widen_fields(struct mp_csv *c)
{
    size_t cap = c->fields_cap ? c->fields_cap * 2 : 32;
    struct mp_csv_field *fields = realloc(c->row.fields, cap * sizeof *fields);
    if (!fields) {
        c->failed = true;
        return false;
    }
    c->row.fields = fields;
    c->fields_cap = cap;
    return true;
}

static inline void add_field(struct mp_csv *c, struct mp_str text, size_t at)
{
    if (c->row.n < c->fields_cap || widen_fields(c))
        c->row.fields[c->row.n++] = (struct mp_csv_field){text, at};
}

/* libcsv's callback: the field lies in a buffer that the next field overwrites. While the row is
 * being read, text.p == NULL and text.n = place in `held` mark such fields; settle() mends them. */
static void on_field(void *data, size_t n, void *ctx)
{
    struct mp_csv *c = ctx;
    size_t place = c->held.len;
    mp_buf_add(&c->held, &n, sizeof n);
    mp_buf_add(&c->held, data, n);
    c->failed |= c->held.failed;
    add_field(c, (struct mp_str){NULL, place}, c->field_at);
    c->in_field = false;
}

static void on_row(int end, void *ctx)
{
    (void)end;
    struct mp_csv *c = ctx;
    c->row_done = true;
}

/* The row is whole and the held bytes no longer move: fields among them get their addresses. */
static void settle(struct mp_csv *c)
{
    for (size_t i = 0; i < c->row.n && c->held.len > 0; i++) {
        struct mp_csv_field *f = &c->row.fields[i];
        if (f->text.p == NULL) {
            size_t n;
            memcpy(&n, c->held.data + f->text.n, sizeof n);
            f->text = (struct mp_str){c->held.data + f->text.n + sizeof n, n};
        }
    }
}

/* Reads more of the input. The window may have moved, and slices of it with it. */
static int read_more(struct mp_csv *c, struct mp_error *e)
{
    int got = mp_input_more(c->in, e);
    const char *raw = c->in->data + c->in->start;
    for (size_t i = 0; i < c->row.n && got >= 0; i++) {
        struct mp_csv_field *f = &c->row.fields[i];
        if (f->text.p != NULL)
            f->text.p = raw + f->at + (raw[f->at] == '"');
    }
    return got;
}

/* Takes unquoted fields from raw[c->pos] on, as far as each and the byte behind it are in the
 * window: up to a quote or the end of the row. False if there is none. */
static bool take_unquoted(struct mp_csv *c, const char *raw, size_t n)
{
    const char delimiter = c->delimiter;
    const size_t before = c->pos;
    size_t at = before;
    for (size_t span = at; span < n; span += MP_CSV_SPAN)
        for (uint64_t bits = mp_csv_special_bits(raw + span, delimiter); bits; bits &= bits - 1) {
            size_t end = span + (size_t)__builtin_ctzll(bits);
            char behind = raw[end];
            if (behind == '"')
                return at > before;
            add_field(c, (struct mp_str){raw + at, end - at}, at);
            c->pos = at = end + 1;
            if (behind != delimiter) {
                c->row_done = true;
                return true;
            }
        }
    return at > before;
}

/* Takes the quoted field at raw[c->pos], if it holds no quote and it and the byte behind it are in
 * the window. */
static bool take_quoted(struct mp_csv *c, const char *raw, size_t n)
{
    const char *begin = raw + c->pos + 1;
    const char *quote = memchr(begin, '"', n - c->pos - 1);
    if (!quote || quote + 1 == raw + n)
        return false;
    char behind = quote[1];
    if (behind != c->delimiter && behind != '\r' && behind != '\n')
        return false;
    add_field(c, (struct mp_str){begin, (size_t)(quote - begin)}, c->pos);
    c->pos = (size_t)(quote - raw) + 2;
    c->row_done = behind != c->delimiter;
    return true;
}

/* Takes whole fields of raw[0..n) until the row is done or libcsv shall go on; false if there are
 * none. */
static bool take_plain_fields(struct mp_csv *c, size_t n)
{
    const char *raw = c->in->data + c->in->start;
    const size_t before = c->row.n;
    while (!c->row_done && c->pos < n)
        if (!(raw[c->pos] == '"' ? take_quoted(c, raw, n) : take_unquoted(c, raw, n)))
            break;
    if (c->row.n == before)
        return false;
    c->parser.pstate = c->row_done ? ROW_NOT_BEGUN : FIELD_NOT_BEGUN;
    return true;
}

/* Copies a run inside a quoted field into libcsv's buffer; false if there is none. */
static bool take_run(struct mp_csv *c, const char *p, size_t n)
{
    struct csv_parser *s = &c->parser;
    const char *quote = memchr(p, '"', n);
    size_t run = quote ? (size_t)(quote - p) : n;
    if (run == 0)
        return false;
    if (s->entry_size - s->entry_pos < run + 1) {
        size_t size = (s->entry_pos + run) / FIELD_BLOCK * FIELD_BLOCK + 2 * FIELD_BLOCK;
        unsigned char *wider = realloc(s->entry_buf, size);
        if (!wider) {
            c->failed = true;
            return true;
        }
        s->entry_buf = wider;
        s->entry_size = size;
    }
    memcpy(s->entry_buf + s->entry_pos, p, run);
    s->entry_pos += run;
    s->spaces = 0;
    c->pos += run;
    return true;
}

/* One byte through libcsv. */
static void step(struct mp_csv *c, const char *p)
{
    if (!c->in_field && c->parser.pstate <= FIELD_NOT_BEGUN) {
        c->field_at = c->pos;
        c->in_field = true;
    }
    if (csv_parse(&c->parser, p, 1, on_field, on_row, c) != 1)
        c->failed = true;
    if (*p == '"' && !c->parser.quoted && c->parser.pstate == FIELD_BEGUN)
        c->row.literal_quotes = true;
    c->pos++;
}

static void set_problem(struct mp_csv *c, enum mp_csv_problem problem, size_t at)
{
    struct mp_input *in = c->in;
    struct mp_csv_row seen = {.raw = {in->data + in->start, in->end - in->start}, .line = in->line};
    mp_csv_place(&seen, at, &c->row.problem_line, &c->row.problem_col);
    c->row.problem = problem;
}

/* Deals with the first n bytes of the window until the row is done, a problem is seen or they are
 * used up. */
static void parse_window(struct mp_csv *c, size_t n)
{
    while (!c->row_done && !c->failed && !c->row.problem && c->pos < n) {
        const char *p = c->in->data + c->in->start + c->pos;
        struct csv_parser *s = &c->parser;
        if (s->pstate == FIELD_MIGHT_HAVE_ENDED && *p != '"' && *p != c->delimiter && *p != '\r' &&
            *p != '\n') {
            set_problem(c, MP_CSV_STRAY_QUOTE, c->pos - 1);
        } else if (c->without_fast_path ||
                   !((s->pstate <= FIELD_NOT_BEGUN && take_plain_fields(c, n)) ||
                     (s->pstate == FIELD_BEGUN && s->quoted && take_run(c, p, n - c->pos)))) {
            step(c, p);
        }
    }
}

/* Hands out raw[0..n), without the byte that ended the row, and begins anew behind it. */
static void finish_row(struct mp_csv *c, size_t n)
{
    struct mp_input *in = c->in;
    const char *p = in->data + in->start;
    bool ended = c->row_done && n > 0 && (p[n - 1] == '\n' || p[n - 1] == '\r');
    struct mp_csv_survey seen = mp_csv_survey(p, n - ended);
    c->lines = seen.lines + ended;
    c->after_cr = ended && p[n - 1] == '\r';
    c->row.has_nul = seen.has_nul;
    c->row.is_ascii = seen.is_ascii;
    c->row.raw = (struct mp_str){p, n - ended};
    c->row.offset = in->offset;
    c->row.line = in->line;
    c->pos = n;
}

static void restart_parser(struct mp_csv *c)
{
    c->parser.pstate = ROW_NOT_BEGUN;
    c->parser.quoted = 0;
    c->parser.spaces = 0;
    c->parser.entry_pos = 0;
    c->in_field = false;
}

static void take(struct mp_csv *c, size_t n)
{
    mp_input_take(c->in, n);
    c->dead_end.reach -= n < c->dead_end.reach ? n : c->dead_end.reach;
}

/* Takes the last row off the window, and blank lines with it. */
static int begin_row(struct mp_csv *c, struct mp_error *e)
{
    struct mp_input *in = c->in;
    if (c->pos > 0) {
        in->line += c->lines;
        take(c, c->pos);
    }
    c->pos = 0;
    c->row_done = false;
    c->held.len = 0;
    c->row = (struct mp_csv_row){.fields = c->row.fields};
    for (;;) {
        if (in->start == in->end) {
            int got = mp_input_more(in, e);
            if (got <= 0)
                return got;
        }
        char b = in->data[in->start];
        if ((b != '\n' && b != '\r') || c->in_large)
            return 1;
        in->line += b == '\r' || !c->after_cr; /* CRLF is one end */
        c->after_cr = b == '\r';
        take(c, 1);
    }
}

/* End of input inside a row: an unclosed quote, or a row without a line end. */
static void end_of_input(struct mp_csv *c)
{
    if (c->parser.quoted && c->parser.pstate == FIELD_BEGUN) {
        set_problem(c, MP_CSV_UNCLOSED_QUOTE, c->field_at);
        return;
    }
    if (!c->in_field)
        c->field_at = c->pos;
    if (csv_fini(&c->parser, on_field, on_row, c) != 0)
        c->failed = true;
    c->row_done = true;
}

static size_t until_line_end(const char *p, size_t n)
{
    for (size_t span = 0; span < n; span += MP_CSV_SPAN)
        for (uint64_t bits = mp_csv_special_bits(p + span, '\n'); bits; bits &= bits - 1) {
            size_t at = span + (size_t)__builtin_ctzll(bits);
            if (p[at] != '"')
                return at < n ? at : n;
        }
    return n;
}

/* A row of more than max_row bytes comes in pieces, up to the next line end. */
static int cut_large(struct mp_csv *c)
{
    struct mp_input *in = c->in;
    const char *p = in->data + in->start;
    size_t n = in->end - in->start;
    size_t len = until_line_end(p, n < c->max_row ? n : c->max_row);
    c->row.n = 0;
    c->row.literal_quotes = false;
    c->row_done = false;
    set_problem(c, MP_CSV_TOO_LARGE, 0);
    restart_parser(c);
    finish_row(c, len);
    c->row.more = c->in_large = len < n ? p[len] != '\n' && p[len] != '\r' : !in->eof;
    return 1;
}

/* A quote problem: the row becomes its first line, so that the next rows are not lost with it. */
static int give_up_row(struct mp_csv *c, struct mp_error *e)
{
    struct mp_input *in = c->in;
    for (;;) {
        size_t n = in->end - in->start;
        size_t len = until_line_end(in->data + in->start, n);
        if (len > c->max_row)
            return cut_large(c);
        if (len < n || in->eof) {
            c->row.n = 0;
            c->row.literal_quotes = false;
            restart_parser(c);
            finish_row(c, len);
            return 1;
        }
        if (mp_input_more(in, e) < 0)
            return -1;
    }
}

/*
 * Keeps the problem of a row that is being given up, seen `reach` bytes behind its begin: all line
 * ends before that were inside quotes. A later row that has a line end of these inside quotes, too,
 * is there in the same state, so the same lies before it: it need not be parsed to the same end
 * again, or n lines of which each opens a quote cost n * n.
 */
static void keep_dead_end(struct mp_csv *c, size_t reach)
{
    c->dead_end.reach = reach;
    c->dead_end.problem = c->row.problem;
    c->dead_end.line = c->row.problem_line;
    c->dead_end.col = c->row.problem_col;
}

/* How much of the window is to be parsed: all, or the first line of a row before a dead end. */
static size_t horizon(const struct mp_csv *c)
{
    const struct mp_input *in = c->in;
    size_t reach = c->dead_end.reach;
    size_t line = reach ? until_line_end(in->data + in->start, reach) : 0;
    return line < reach ? line + 1 : in->end - in->start;
}

/* The field that the first line's end lies in: it is quoted, as the row goes on behind it. */
static size_t field_over(const struct mp_csv *c, size_t line_end)
{
    if (c->in_field && c->field_at <= line_end)
        return c->field_at;
    size_t i = c->row.n;
    while (i > 1 && c->row.fields[i - 1].at > line_end)
        i--;
    return i > 0 ? c->row.fields[i - 1].at : 0;
}

/* A row of more than max_row bytes. If it is not its first line that is too large, a quote has
 * swallowed the lines behind it. */
static int give_up_large(struct mp_csv *c, struct mp_error *e)
{
    size_t line = until_line_end(c->in->data + c->in->start, c->max_row + 1);
    if (line > c->max_row)
        return cut_large(c);
    set_problem(c, MP_CSV_UNCLOSED_QUOTE, field_over(c, line));
    keep_dead_end(c, c->max_row);
    return give_up_row(c, e);
}

int mp_csv_next(struct mp_csv *c, struct mp_error *e)
{
    struct mp_input *in = c->in;
    int begun = begin_row(c, e);
    if (begun <= 0)
        return begun;
    while (c->in_large) {
        if (in->end - in->start > c->max_row || in->eof)
            return cut_large(c);
        if (mp_input_more(in, e) < 0)
            return -1;
    }
    for (;;) {
        size_t end = horizon(c);
        parse_window(c, end);
        if (c->failed)
            return mp_error_memory(e);
        if (c->pos - c->row_done > c->max_row) /* the byte that ended it is not counted */
            return give_up_large(c, e);
        if (c->row_done)
            break;
        if (c->row.problem) {
            keep_dead_end(c, c->pos);
            return give_up_row(c, e);
        }
        if (end < in->end - in->start) {
            c->row.problem = c->dead_end.problem;
            c->row.problem_line = c->dead_end.line;
            c->row.problem_col = c->dead_end.col;
            return give_up_row(c, e);
        }
        int got = read_more(c, e);
        if (got < 0)
            return -1;
        if (got == 0)
            end_of_input(c);
    }
    settle(c);
    finish_row(c, c->pos);
    return 1;
}

void mp_csv_place(const struct mp_csv_row *row, size_t at, size_t *line, size_t *col)
{
    const char *p = row->raw.p;
    size_t n = at < row->raw.n ? at : row->raw.n;
    *line = row->line + mp_csv_survey(p, n).lines;
    size_t begin = n;
    while (begin > 0 && p[begin - 1] != '\n' && p[begin - 1] != '\r')
        begin--;
    *col = mp_utf8_count((struct mp_str){p + begin, n - begin}) + 1;
}
