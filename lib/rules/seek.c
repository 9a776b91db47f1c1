/* Many words sought in a text at once. */
#include "rules/seek.h"
#include "base/utf8.h"

enum { BREAK, OTHER, DIGIT, SYMBOL, FIRST_LETTER };
enum { SETS = sizeof(uint64_t) / sizeof(uint32_t) }; /* at the beginning of a row */

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static unsigned char lower(unsigned char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || (lower(c) >= 'a' && lower(c) <= 'z');
}

/* UTF-8: what begins so are signs and blanks of two or three bytes, not letters. */
static size_t symbol_size(unsigned char c)
{
    return c == 0xc2 ? 2 : c == 0xe2 ? 3 : 0;
}

/* Letters that no word has are all alike. */
static void add_classes(struct mp_seek *w, struct mp_str word)
{
    for (size_t i = 0; i < word.n; i++) {
        unsigned char c = lower((unsigned char)word.p[i]);
        if (is_letter(c) && w->classes[c] == OTHER)
            w->classes[c] = (unsigned char)w->n_classes++;
    }
}

static void start_classes(struct mp_seek *w)
{
    w->n_classes = FIRST_LETTER;
    for (unsigned c = 0; c < 256; c++)
        w->classes[c] = symbol_size((unsigned char)c) ? SYMBOL
                        : is_digit((unsigned char)c)  ? DIGIT
                        : is_letter((unsigned char)c) ? OTHER
                                                      : BREAK;
}

static void copy_capitals(struct mp_seek *w)
{
    for (unsigned c = 'A'; c <= 'Z'; c++)
        w->classes[c] = w->classes[lower((unsigned char)c)];
}

static uint64_t sets_of(const struct mp_seek *w, size_t row)
{
    uint64_t sets;
    memcpy(&sets, &w->rows[row], sizeof sets);
    return sets;
}

static void add_sets(struct mp_seek *w, size_t row, uint64_t more)
{
    more |= sets_of(w, row);
    memcpy(&w->rows[row], &more, sizeof more);
}

static uint32_t *next_of(const struct mp_seek *w, size_t row, unsigned c)
{
    return &w->rows[row + SETS + c];
}

/* The row behind another, made where there is none. */
static size_t step(struct mp_seek *w, size_t row, unsigned c)
{
    uint32_t *to = next_of(w, row, c);
    if (*to == 0) {
        *to = (uint32_t)w->end;
        w->end += w->width;
    }
    return *to;
}

static void insert(struct mp_seek *w, struct mp_str word, unsigned set)
{
    bool open_start = word.n > 0 && word.p[0] == '*';
    bool open_end = word.n > 1 && word.p[word.n - 1] == '*';
    size_t row = open_start ? 0 : step(w, 0, BREAK);
    unsigned last = open_start ? OTHER : BREAK;
    for (size_t i = open_start; i < word.n - open_end; i++) {
        unsigned char byte = (unsigned char)word.p[i];
        unsigned c = byte == '#' ? DIGIT : w->classes[byte];
        if (c == SYMBOL) {
            i += symbol_size(byte) - 1;
            c = BREAK;
        }
        if (c == BREAK && last == BREAK)
            continue;
        row = step(w, row, c);
        last = c;
    }
    if (!open_end && last != BREAK)
        row = step(w, row, BREAK);
    add_sets(w, row, UINT64_C(1) << set);
}

/* Breadth first: where a word cannot go on, the longest other one that may have begun does. */
static bool connect(struct mp_seek *w, struct mp_arena *a)
{
    uint32_t *queue = mp_arena_alloc(a, w->end / w->width * sizeof *queue);
    uint32_t *fallback = mp_arena_alloc(a, w->end / w->width * sizeof *fallback);
    if (!queue || !fallback)
        return false;
    size_t n = 1; /* the first row is 0 already */
    for (size_t i = 0; i < n; i++) {
        size_t row = queue[i], other = fallback[row / w->width];
        add_sets(w, row, sets_of(w, other));
        for (unsigned c = 0; c < w->n_classes; c++) {
            uint32_t *to = next_of(w, row, c), instead = row == 0 ? 0 : *next_of(w, other, c);
            if (*to == 0) {
                *to = instead;
                continue;
            }
            fallback[*to / w->width] = instead;
            queue[n++] = *to;
        }
    }
    return true;
}

/* Several breaks in a row are one. */
static void join_breaks(struct mp_seek *w)
{
    for (size_t row = 0; row < w->end; row += w->width) {
        uint32_t behind = *next_of(w, row, BREAK);
        *next_of(w, behind, BREAK) = behind;
    }
}

/* Each word as written and without its diacritics, one behind the other in `texts`. */
static bool spell(struct mp_buf *texts, const struct mp_sought *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mp_buf_addstr(texts, words[i].text);
        mp_buf_addc(texts, '\0');
        mp_utf8_fold(texts, words[i].text);
        mp_buf_addc(texts, '\0');
    }
    return !texts->failed;
}

static int make(struct mp_seek *w, struct mp_arena *a, const struct mp_sought *words, size_t n,
                const struct mp_buf *texts, struct mp_error *e)
{
    size_t states = 1 + texts->len + 2 * n; /* each byte one, and the breaks around a word */
    start_classes(w);
    add_classes(w, mp_buf_str(texts));
    copy_capitals(w);
    w->width = SETS + w->n_classes;
    w->rows = mp_arena_alloc(a, states * w->width * sizeof *w->rows);
    if (!w->rows)
        return mp_error_memory(e);
    w->end = w->width;
    const char *text = texts->data;
    for (size_t i = 0; i < 2 * n; i++) {
        insert(w, mp_str_of(text), words[i / 2].set);
        text += strlen(text) + 1;
    }
    if (!connect(w, a))
        return mp_error_memory(e);
    join_breaks(w);
    return 0;
}

int mp_seek_make(struct mp_seek *w, struct mp_arena *a, const struct mp_sought *words, size_t n,
                 struct mp_error *e)
{
    struct mp_buf texts = {0};
    *w = (struct mp_seek){0};
    if (n == 0)
        return 0;
    int result = spell(&texts, words, n) ? make(w, a, words, n, &texts, e) : mp_error_memory(e);
    mp_buf_free(&texts);
    return result;
}

uint64_t mp_seek_in(const struct mp_seek *w, struct mp_str text)
{
    if (w->end == 0)
        return 0;
    uint64_t sets = 0;
    size_t row = *next_of(w, 0, BREAK);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char byte = (unsigned char)text.p[i];
        unsigned c = w->classes[byte];
        if (c == SYMBOL) {
            i += symbol_size(byte) - 1;
            c = BREAK;
        }
        row = *next_of(w, row, c);
        sets |= sets_of(w, row);
    }
    return sets | sets_of(w, *next_of(w, row, BREAK));
}
