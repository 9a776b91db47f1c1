/* Many words sought in a text at once. */
#include "rules/words.h"
#include "base/utf8.h"

enum { BREAK, OTHER, DIGIT, FIRST_LETTER };

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

/* Letters that no word has are all alike. */
static void add_classes(struct mp_words *w, struct mp_str word)
{
    for (size_t i = 0; i < word.n; i++) {
        unsigned char c = lower((unsigned char)word.p[i]);
        if (is_letter(c) && w->classes[c] == OTHER)
            w->classes[c] = (unsigned char)w->n_classes++;
    }
}

static void start_classes(struct mp_words *w)
{
    w->n_classes = FIRST_LETTER;
    for (unsigned c = 0; c < 256; c++)
        w->classes[c] = is_digit((unsigned char)c)    ? DIGIT
                        : is_letter((unsigned char)c) ? OTHER
                                                      : BREAK;
}

static void copy_capitals(struct mp_words *w)
{
    for (unsigned c = 'A'; c <= 'Z'; c++)
        w->classes[c] = w->classes[lower((unsigned char)c)];
}

/* The state behind another, made where there is none. */
static size_t step(struct mp_words *w, size_t state, unsigned c)
{
    uint16_t *to = &w->next[state * w->n_classes + c];
    if (*to == 0)
        *to = (uint16_t)w->n_states++;
    return *to;
}

static void insert(struct mp_words *w, struct mp_str word, unsigned set)
{
    bool open_start = word.n > 0 && word.p[0] == '*';
    bool open_end = word.n > 1 && word.p[word.n - 1] == '*';
    size_t state = open_start ? 0 : step(w, 0, BREAK);
    unsigned last = open_start ? OTHER : BREAK;
    for (size_t i = open_start; i < word.n - open_end; i++) {
        unsigned c = word.p[i] == '#' ? DIGIT : w->classes[(unsigned char)word.p[i]];
        if (c == BREAK && last == BREAK)
            continue;
        state = step(w, state, c);
        last = c;
    }
    if (!open_end && last != BREAK)
        state = step(w, state, BREAK);
    w->found[state] |= UINT64_C(1) << set;
}

/* Breadth first: where a word cannot go on, the longest other one that may have begun does. */
static bool connect(struct mp_words *w, struct mp_arena *a)
{
    uint16_t *queue = mp_arena_alloc(a, w->n_states * sizeof *queue);
    uint16_t *fallback = mp_arena_alloc(a, w->n_states * sizeof *fallback);
    if (!queue || !fallback)
        return false;
    size_t n = 1; /* the first state is 0 already */
    for (size_t i = 0; i < n; i++) {
        size_t state = queue[i];
        w->found[state] |= w->found[fallback[state]];
        for (size_t c = 0; c < w->n_classes; c++) {
            uint16_t *to = &w->next[state * w->n_classes + c];
            uint16_t other = w->next[fallback[state] * w->n_classes + c];
            if (*to == 0) {
                *to = state == 0 ? 0 : other;
                continue;
            }
            fallback[*to] = state == 0 ? 0 : other;
            queue[n++] = *to;
        }
    }
    return true;
}

/* Each word as written and without its diacritics, one behind the other in `texts`. */
static bool spell(struct mp_buf *texts, const struct mp_word *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mp_buf_addstr(texts, words[i].text);
        mp_buf_addc(texts, '\0');
        mp_utf8_fold(texts, words[i].text);
        mp_buf_addc(texts, '\0');
    }
    return !texts->failed;
}

static int make(struct mp_words *w, struct mp_arena *a, const struct mp_word *words, size_t n,
                const struct mp_buf *texts, struct mp_error *e)
{
    size_t states = 1 + texts->len + 2 * n; /* each byte one, and the breaks around a word */
    start_classes(w);
    add_classes(w, mp_buf_str(texts));
    copy_capitals(w);
    w->next = mp_arena_alloc(a, states * w->n_classes * sizeof *w->next);
    w->found = mp_arena_alloc(a, states * sizeof *w->found);
    if (!w->next || !w->found)
        return mp_error_memory(e);
    w->n_states = 1;
    const char *text = texts->data;
    for (size_t i = 0; i < 2 * n; i++) {
        insert(w, mp_str_of(text), words[i / 2].set);
        text += strlen(text) + 1;
    }
    return connect(w, a) ? 0 : mp_error_memory(e);
}

int mp_words_make(struct mp_words *w, struct mp_arena *a, const struct mp_word *words, size_t n,
                  struct mp_error *e)
{
    struct mp_buf texts = {0};
    *w = (struct mp_words){0};
    if (n == 0)
        return 0;
    int result =
        spell(&texts, words, n) ? make(w, a, words, n, &texts, e) : mp_error_memory(e);
    mp_buf_free(&texts);
    return result;
}

uint64_t mp_words_in(const struct mp_words *w, struct mp_str text)
{
    if (w->n_states == 0)
        return 0;
    uint64_t sets = 0;
    size_t state = w->next[BREAK];
    unsigned last = BREAK;
    for (size_t i = 0; i < text.n; i++) {
        unsigned c = w->classes[(unsigned char)text.p[i]];
        if (c == BREAK && last == BREAK)
            continue;
        state = w->next[state * w->n_classes + c];
        sets |= w->found[state];
        last = c;
    }
    return last == BREAK ? sets : sets | w->found[w->next[state * w->n_classes + BREAK]];
}
