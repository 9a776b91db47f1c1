/* A narrative as words. Bytes are classed by a table; only what is not ASCII is decoded. */
#include "text/token_scan.h"
#include "text/fold.h"
#include "text/letters.h"
#include <stdlib.h>

const unsigned char mp_sign_of[256] = {
    ['\t'] = MP_SIGN_TAB,
    ['\n'] = MP_SIGN_LINE,
    ['\v'] = MP_SIGN_TAB,
    ['\f'] = MP_SIGN_LINE,
    ['\r'] = MP_SIGN_TAB,
    ['!'] = MP_SIGN_STOP,
    ['"'] = MP_SIGN_QUOTE,
    ['\''] = MP_SIGN_MUTE,
    ['('] = MP_SIGN_PAREN,
    [')'] = MP_SIGN_PAREN,
    ['*'] = MP_SIGN_STAR,
    ['+'] = MP_SIGN_PLUS,
    [','] = MP_SIGN_COMMA,
    ['-'] = MP_SIGN_DASH,
    ['.'] = MP_SIGN_DOT,
    ['/'] = MP_SIGN_TOUCH,
    [':'] = MP_SIGN_COLON,
    [';'] = MP_SIGN_STOP,
    ['?'] = MP_SIGN_QUESTION,
    ['['] = MP_SIGN_BOX,
    [']'] = MP_SIGN_PAREN,
    ['`'] = MP_SIGN_MUTE,
    ['|'] = MP_SIGN_BAR,
    ['{'] = MP_SIGN_PAREN,
    ['}'] = MP_SIGN_PAREN,
    ['\\'] = MP_SIGN_TOUCH,
    ['_'] = MP_SIGN_TOUCH,
    ['0' ... '9'] = MP_SIGN_DIGIT,
    ['A' ... 'Z'] = MP_SIGN_LETTER,
    ['a' ... 'z'] = MP_SIGN_LETTER,
    [0x80 ... 0xff] = MP_SIGN_HIGH,
};

/* Completes the token to come, and begins the one behind it. */
static inline struct mp_token *set_token(struct mp_token *k, size_t start, size_t end, size_t len,
                                         enum mp_token_kind kind)
{
    k->start = (uint32_t)start;
    k->end = (uint32_t)end;
    k->len = (uint8_t)len;
    k->kind = (uint8_t)kind;
    k[1] = (struct mp_token){.sentence = k->sentence, .section = k->section};
    return k + 1;
}

void mp_token_add(struct mp_token_scan *s, size_t start, size_t len, enum mp_token_kind kind)
{
    s->next = set_token(s->next, start, s->at, len < MP_WORD_MAX ? len : MP_WORD_MAX, kind);
}

/* Puts the last token and the one before together where a line end or tab has cut a word. */
static void mend(struct mp_token_scan *s)
{
    struct mp_token *b = s->next - 1, *a = b - 1;
    if (b == s->t->at || a->kind != MP_WORD || b->before > MP_BREAK_BLANK)
        return;
    struct mp_str first = mp_token_text(s, a), second = mp_token_text(s, b);
    char whole[2 * MP_WORD_MAX];
    size_t len = first.n + second.n;
    memcpy(whole, first.p, first.n);
    memcpy(whole + first.n, second.p, second.n);
    if (len > MP_WORD_MAX ||
        !s->words->joined(s->words->ctx, (struct mp_str){whole, len}, first, second))
        return;
    memcpy(s->low + a->start, whole, len);
    a->end = b->end;
    a->len = (uint8_t)len;
    *b = *s->next;
    s->next = b;
}

size_t mp_token_letters(const struct mp_token_scan *s, size_t i)
{
    size_t n = 0, more;
    do
        n += more = mp_letters_count(s->low + i + n);
    while (more == MP_LETTERS);
    return n;
}

/* Letters from `i` on, as many as three, to tell an abbreviation's dots. */
static size_t within_dots(const struct mp_token_scan *s, size_t i)
{
    size_t n = 0;
    while (n < 3 &&
           (mp_sign_at(s, i + n) == MP_SIGN_LETTER || mp_sign_at(s, i + n) == MP_SIGN_HIGH))
        n++;
    return n;
}

/* What goes on a word behind its letters: an apostrophe, the dot of an abbreviation, a letter
 * beyond ASCII. The bytes it takes, or 0: the word ends here. `run` is the number of letters since
 * the last dot, and counts on. */
static size_t read_inner(struct mp_token_scan *s, size_t *run)
{
    size_t at = s->at;
    unsigned class = mp_sign_at(s, at), next = mp_sign_at(s, at + 1);
    if (class == MP_SIGN_HIGH) {
        uint32_t c = mp_fold_next((struct mp_str){s->p, s->n}, &at);
        bool silent = c == 0x2019 || c == 0x2018 || c == 0xad || c == 0xb4 ||
                      (c >= 0x300 && c <= 0x36f); /* apostrophe, soft hyphen, loose accent */
        if (!silent && !mp_fold_is_letter(c))
            return 0;
        if (!silent) {
            mp_fold_add(&s->t->folded, c);
            ++*run;
        }
        return at - s->at;
    }
    if (class == MP_SIGN_MUTE && next == MP_SIGN_LETTER)
        return 1;
    if (class != MP_SIGN_DOT || *run > 2 || next != MP_SIGN_LETTER)
        return 0;
    size_t more = within_dots(s, at + 1);
    if (more > 2 || (*run == 2 && more == 2 && mp_sign_at(s, at + 1 + more) != MP_SIGN_DOT))
        return 0;
    *run = 0;
    return 1;
}

/* Reads any word: with apostrophes, dots, letters beyond ASCII, very long, cut in two. What it
 * folds to is never longer than it, so it has room where it stands. */
void mp_token_word(struct mp_token_scan *s)
{
    struct mp_buf *out = &s->t->folded;
    size_t start = out->len = s->at, inner;
    size_t run = 0; /* letters since the last dot */
    s->next->capital = mp_capital_at(s, start);
    do {
        size_t n = mp_token_letters(s, s->at);
        if (out->len < s->at) /* something was left out */
            memmove(out->data + out->len, s->low + s->at, n);
        out->len += n;
        s->at += n;
        run += n;
        inner = mp_sign_at(s, s->at) >= MP_SIGN_DOT ? read_inner(s, &run) : 0;
        s->at += inner;
    } while (inner);
    mp_token_add(s, start, out->len - start, MP_WORD);
    if (s->parted)
        mend(s);
    s->parted = false;
}

/* Completes the token to come as a word of ASCII letters. */
static inline struct mp_token *set_plain_word(const struct mp_token_scan *s, struct mp_token *k,
                                              size_t start, size_t n)
{
    k->capital |= s->low[start] != s->p[start];
    return set_token(k, start, start + n, n, MP_WORD);
}

/* Reads words as long as they are a few letters with a blank, a comma or both behind them, as most
 * are, and the one behind which something else stands. Nothing else is called here, so that the
 * place in the text stays in a register. */
static void read_plain_words(struct mp_token_scan *s)
{
    size_t at = s->at;
    struct mp_token *k = s->next;
    for (;;) {
        size_t n = mp_letters_count(s->low + at), end = at + n;
        unsigned sign = mp_sign_at(s, end);
        if (n - 1 >= MP_LETTERS - 1)
            break;
        if (sign > MP_SIGN_COMMA) {
            bool inner = mp_sign_at(s, end + 1) == MP_SIGN_LETTER;
            bool goes_on = (sign >= MP_SIGN_HIGH) | ((sign >= MP_SIGN_DOT) & inner);
            if (!goes_on) {
                k = set_plain_word(s, k, at, n);
                at = end;
            }
            break;
        }
        k = set_plain_word(s, k, at, n);
        k->before = sign == MP_SIGN_COMMA ? MP_BREAK_COMMA : MP_BREAK_BLANK;
        bool blank = s->low[end + 1] == ' '; /* nobody can foretell it: no branch */
        at = end + 1 + blank;
    }
    s->at = at;
    s->next = k;
}

void mp_token_number(struct mp_token_scan *s)
{
    size_t start = s->at;
    bool clock = false; /* a dash behind 21.30 or 21:30 begins another time */
    for (;; s->at++) {
        size_t more;
        do
            s->at += more = mp_digits_count(s->low + s->at);
        while (more == MP_DIGITS);
        unsigned sign = mp_sign_at(s, s->at);
        bool joined = mp_sign_at(s, s->at + 1) == MP_SIGN_DIGIT &&
                      (sign == MP_SIGN_DOT || sign == MP_SIGN_COLON || sign == MP_SIGN_COMMA ||
                       (sign == MP_SIGN_DASH && !clock) || s->low[s->at] == '/');
        if (!joined)
            break;
        clock |= sign == MP_SIGN_COLON || sign == MP_SIGN_COMMA ||
                 (sign == MP_SIGN_DOT && s->at - start <= 2);
    }
    s->parted = false;
    mp_token_add(s, start, s->at - start, MP_NUMBER);
}

/* Room for a token of each byte, which saves asking for it at each, and for one to come. What is
 * not used of it is never touched. */
static bool make_room(struct mp_tokens *t, size_t need)
{
    if (need <= t->cap)
        return true;
    free(t->at);
    t->cap = need;
    t->at = malloc(t->cap * sizeof *t->at);
    if (!t->at)
        t->cap = 0;
    return t->at;
}

/* Copies the text for folding, in small letters: line ends behind it save asking everywhere whether
 * it ends. */
static bool begin(struct mp_token_scan *s)
{
    struct mp_buf *low = &s->t->folded;
    low->len = 0;
    if (!mp_buf_reserve(low, s->n + MP_WORD_LOAD) || !make_room(s->t, s->n + 1))
        return false;
    char *p = s->low = low->data, *end = p + s->n;
    if (s->n)
        memcpy(p, s->p, s->n);
    memset(end, '\n', MP_WORD_LOAD);
    for (; p < end; p += MP_LETTERS)
        mp_letters_make_small(p);
    s->next = s->t->at;
    *s->next =
        (struct mp_token){.before = MP_BREAK_SECTION, .line = true, .sentence = 1, .section = 1};
    return true;
}

bool mp_tokens_read(struct mp_tokens *t, struct mp_str text, const struct mp_token_words *words)
{
    struct mp_token_scan s = {.t = t, .words = words, .p = text.p, .n = text.n};
    t->n = 0;
    t->text = text;
    if (!begin(&s))
        return false;
    for (;;) {
        if (!s.parted) /* else the word before and the next may be one */
            read_plain_words(&s);
        if (s.at >= s.n)
            break;
        mp_token_readers[mp_sign_at(&s, s.at)](&s);
        bool blank = s.low[s.at] == ' '; /* stands behind most, and takes no branch */
        s.at += blank;
        s.next->before |= blank & (s.next->before == MP_BREAK_TOUCH);
    }
    t->n = (size_t)(s.next - t->at);
    return true;
}

void mp_tokens_free(struct mp_tokens *t)
{
    free(t->at);
    mp_buf_free(&t->folded);
    *t = (struct mp_tokens){0};
}
