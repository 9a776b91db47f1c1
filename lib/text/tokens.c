/* A narrative as words. Bytes are classed by a table; only what is not ASCII is decoded. */
#include "text/tokens.h"
#include "text/fold.h"
#include <stdlib.h>

/* What a byte is. LETTER and DIGIT make tokens, the others say what stands between two. */
enum {
    BLANK,
    LETTER,
    DIGIT,
    HIGH,
    TAB,
    LINE,
    DOT,
    COMMA,
    COLON,
    STOP,
    QUESTION,
    PAREN,
    BOX,
    DASH,
    TOUCH,
    MUTE,
    BAR
};

static const unsigned char class_of[256] = {
    ['\t'] = TAB,
    ['\n'] = LINE,
    ['\v'] = TAB,
    ['\f'] = LINE,
    ['\r'] = TAB,
    ['!'] = STOP,
    ['"'] = COMMA,
    ['\''] = MUTE,
    ['('] = PAREN,
    [')'] = PAREN,
    [','] = COMMA,
    ['-'] = DASH,
    ['.'] = DOT,
    ['/'] = TOUCH,
    [':'] = COLON,
    [';'] = STOP,
    ['?'] = QUESTION,
    ['['] = BOX,
    [']'] = PAREN,
    ['`'] = MUTE,
    ['|'] = BAR,
    ['{'] = PAREN,
    ['}'] = PAREN,
    ['\\'] = TOUCH,
    ['_'] = TOUCH,
    ['0' ... '9'] = DIGIT,
    ['A' ... 'Z'] = LETTER,
    ['a' ... 'z'] = LETTER,
    [0x80 ... 0xff] = HIGH,
};

/* What may stand within a word. */
static const bool word_goes_on[BAR + 1] = {[HIGH] = true, [MUTE] = true, [DOT] = true};

/* The reading of one text. */
struct scan {
    struct mp_tokens *t;
    const struct mp_token_words *words;
    const char *p;
    size_t n, at;
    enum mp_break before; /* strongest sign since the last token */
    bool parted;          /* a tab or line end stood there */
    bool quote;           /* a quotation mark stood there */
    bool line;            /* the next token is the first of a line */
    size_t line_start;    /* where the present line begins */
    unsigned bars;        /* in this line so far, if it begins with one */
    uint32_t sentence, section;
};

static unsigned class_at(const struct scan *s, size_t i)
{
    return i < s->n ? class_of[(unsigned char)s->p[i]] : LINE;
}

static void raise_break(struct scan *s, enum mp_break b)
{
    if (s->before < b)
        s->before = b;
}

static struct mp_token *last(struct scan *s)
{
    return s->t->n ? &s->t->at[s->t->n - 1] : NULL;
}

static struct mp_token *add_token(struct scan *s, size_t start, enum mp_token_kind kind)
{
    struct mp_tokens *t = s->t;
    if (t->n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 256;
        struct mp_token *more = realloc(t->at, cap * sizeof *more);
        if (!more)
            return NULL;
        t->at = more;
        t->cap = cap;
    }
    if (s->before >= MP_BREAK_STOP)
        s->sentence++;
    if (s->before >= MP_BREAK_SECTION)
        s->section++;
    struct mp_token *k = &t->at[t->n++];
    *k = (struct mp_token){.start = (uint32_t)start,
                           .text = (uint32_t)t->folded.len,
                           .kind = (uint8_t)kind,
                           .before = (uint8_t)s->before,
                           .line = s->line,
                           .quoted = s->quote,
                           .sentence = s->sentence,
                           .section = s->section};
    s->before = MP_BREAK_TOUCH;
    s->line = s->quote = false;
    return k;
}

static void end_token(struct scan *s, struct mp_token *k)
{
    size_t len = s->t->folded.len - k->text;
    if (len > MP_WORD_MAX)
        s->t->folded.len = k->text + (len = MP_WORD_MAX);
    k->len = (uint16_t)len;
    k->end = (uint32_t)s->at;
}

/* Letters from `i` on, to tell an abbreviation's dots. */
static size_t letters_at(const struct scan *s, size_t i)
{
    size_t n = 0;
    while (class_at(s, i + n) == LETTER || class_at(s, i + n) == HIGH)
        n++;
    return n;
}

/* Puts the token before and this one together where a line end or tab has cut a word. */
static void mend(struct scan *s, bool blank)
{
    struct mp_tokens *t = s->t;
    if (t->n < 2 || t->at[t->n - 2].kind != MP_WORD)
        return;
    struct mp_token *a = &t->at[t->n - 2], *b = &t->at[t->n - 1];
    struct mp_str whole = {t->folded.data + a->text, t->folded.len - a->text};
    if (a->text + a->len != b->text || whole.n > MP_WORD_MAX || b->before > MP_BREAK_BLANK ||
        !s->words->joined(s->words->ctx, whole, mp_token_str(t, t->n - 2),
                          mp_token_str(t, t->n - 1), blank))
        return;
    a->end = b->end;
    a->len = (uint16_t)whole.n;
    t->n--;
}

/* The ASCII letters from s->at on, eight at a time; how many. Bit 0x20 makes a letter small; what
 * is copied beyond the last one is written over later. */
static size_t read_letters(struct scan *s)
{
    struct mp_buf *out = &s->t->folded;
    const char *from = s->p + s->at;
    size_t left = s->n - s->at, n = 1;
    while (n < left && class_of[(unsigned char)from[n]] == LETTER)
        n++;
    s->at += n;
    if (!mp_buf_reserve(out, n + 8))
        return n;
    char *to = out->data + out->len;
    out->len += n;
    size_t i = 0;
    for (uint64_t eight; i < n && left - i >= 8; i += 8) {
        memcpy(&eight, from + i, 8);
        eight |= 0x2020202020202020u;
        memcpy(to + i, &eight, 8);
    }
    for (; i < n; i++) /* at the end of the text */
        to[i] = (char)(from[i] | 0x20);
    return n;
}

/* What goes on a word behind its letters: an apostrophe, the dot of an abbreviation, a letter
 * beyond ASCII. The bytes it takes, or 0: the word ends here. `run` is the number of letters since
 * the last dot, and counts on. */
static size_t read_inner(struct scan *s, size_t *run)
{
    size_t at = s->at;
    unsigned class = class_at(s, at), next = class_at(s, at + 1);
    if (class == HIGH) {
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
    if (class == MUTE && next == LETTER)
        return 1;
    if (class != DOT || *run > 2 || next != LETTER)
        return 0;
    size_t more = letters_at(s, at + 1);
    if (more > 2 || (*run == 2 && more == 2 && class_at(s, at + 1 + more) != DOT))
        return 0;
    *run = 0;
    return 1;
}

static bool read_word(struct scan *s)
{
    bool parted = s->parted;
    struct mp_token *k = add_token(s, s->at, MP_WORD);
    if (!k)
        return false;
    unsigned char first = (unsigned char)s->p[s->at];
    size_t run = 0, n; /* letters since the last dot */
    k->capital = first >= 'A' && first <= 'Z';
    do {
        if (class_at(s, s->at) == LETTER)
            run += read_letters(s);
        n = word_goes_on[class_at(s, s->at)] ? read_inner(s, &run) : 0;
        s->at += n;
    } while (n);
    end_token(s, k);
    s->parted = false;
    if (parted)
        mend(s, true);
    return true;
}

static bool read_number(struct scan *s)
{
    struct mp_token *k = add_token(s, s->at, MP_NUMBER);
    if (!k)
        return false;
    size_t start = s->at;
    bool clock = false; /* a dash behind 21.30 or 21:30 begins another time */
    while (s->at < s->n) {
        unsigned class = class_at(s, s->at);
        bool sign =
            class == DOT || class == COLON || class == COMMA || class == DASH || s->p[s->at] == '/';
        if (class != DIGIT &&
            !(sign && class_at(s, s->at + 1) == DIGIT && !(class == DASH && clock)))
            break;
        clock |= class == COLON || class == COMMA || (class == DOT && s->at - start <= 2);
        s->at++;
    }
    mp_buf_add(&s->t->folded, s->p + start, s->at - start);
    end_token(s, k);
    s->parted = false;
    return true;
}

/* A box of a form: [x], [ ], [-], [?], (x), ( ). The bytes it takes, or 0; *kind says how it is
 * ticked. */
static size_t box_at(const struct scan *s, enum mp_token_kind *kind)
{
    size_t i = s->at + 1;
    while (i < s->n && s->p[i] == ' ')
        i++;
    char sign = i < s->n ? s->p[i] : ' ';
    *kind = (sign | 0x20) == 'x' || sign == '*' ? MP_BOX_YES
            : sign == '-'                       ? MP_BOX_MINUS
                                                : MP_BOX_NO;
    if (*kind != MP_BOX_NO || sign == '?')
        i++;
    while (i < s->n && s->p[i] == ' ')
        i++;
    return i < s->n && (s->p[i] == ']' || s->p[i] == ')') && i - s->at <= 4 ? i + 1 - s->at : 0;
}

static bool add_box(struct scan *s, size_t len, enum mp_token_kind kind)
{
    struct mp_token *k = add_token(s, s->at, kind);
    if (!k)
        return false;
    s->at += len;
    end_token(s, k);
    return true;
}

/* The folded word that begins at byte i, if it is one of letters alone. */
static bool common_at(const struct scan *s, size_t i)
{
    char word[MP_WORD_MAX];
    size_t n = 0;
    while (n < sizeof word && class_at(s, i + n) == LETTER) {
        word[n] = (char)(s->p[i + n] | 0x20);
        n++;
    }
    return n && s->words->common(s->words->ctx, (struct mp_str){word, n});
}

static void read_dot(struct scan *s)
{
    struct mp_token *k = last(s);
    size_t i = ++s->at;
    while (class_at(s, i) == DOT)
        i++;
    bool several = i > s->at;
    s->at = i;
    while (i < s->n && (class_at(s, i) == BLANK || class_at(s, i) == TAB))
        i++;
    bool capital = i < s->n && s->p[i] >= 'A' && s->p[i] <= 'Z';
    bool mild = k && k->end + 1 == s->at &&
                ((k->kind == MP_WORD &&
                  (k->len == 1 ||
                   s->words->abbreviation(s->words->ctx, mp_token_str(s->t, s->t->n - 1)))) ||
                 (k->kind == MP_NUMBER && class_at(s, i) == LETTER && !capital));
    if (mild && !(capital && common_at(s, i)))
        raise_break(s, MP_BREAK_BLANK);
    else if (several && !capital && i < s->n && class_at(s, i) != LINE)
        raise_break(s, MP_BREAK_COMMA);
    else
        raise_break(s, MP_BREAK_STOP);
}

/* A line end ends a sentence unless the line was only wrapped: it is long, ends in no sign, and
 * what follows is neither a heading, nor a bullet, nor a date. */
static void read_line_end(struct scan *s)
{
    struct mp_token *k = last(s);
    size_t length = s->at - s->line_start, next = s->at + 1;
    while (next < s->n && (s->p[next] == ' ' || s->p[next] == '\t' || s->p[next] == '\r'))
        next++;
    bool empty = next < s->n && class_at(s, next) == LINE;
    bool heading = false;
    size_t colon = next;
    for (; colon < s->n && colon < next + 40 && class_at(s, colon) != LINE; colon++)
        heading |= class_at(s, colon) == COLON && class_at(s, colon + 1) != DIGIT;
    unsigned first = class_at(s, next);
    bool starts = next < s->n && ((first == LETTER && s->p[next] < 'a') || first == DIGIT ||
                                  first == DASH || first == BOX || s->p[next] == '*');
    bool wrapped = first == LETTER && (s->p[next] >= 'a' || length > 60) && !heading;
    bool colon_before = s->before == MP_BREAK_COLON;
    if (empty)
        raise_break(s, MP_BREAK_SECTION);
    else if (!wrapped && (heading || starts || (colon_before && heading)))
        raise_break(s, MP_BREAK_STOP);
    else
        raise_break(s, k && heading ? MP_BREAK_STOP : MP_BREAK_BLANK);
    s->parted = true;
    s->line = true;
    s->line_start = ++s->at;
    s->bars = 0;
}

static void read_dash(struct scan *s)
{
    struct mp_token *k = last(s);
    bool blank_before = s->at == 0 || class_at(s, s->at - 1) == BLANK ||
                        class_at(s, s->at - 1) == TAB || class_at(s, s->at - 1) == LINE;
    unsigned next = class_at(s, s->at + 1);
    bool blank_behind =
        next == BLANK || next == TAB || next == LINE || next == COMMA || next == DOT;
    s->at++;
    if (blank_before && k && !s->line) /* a bullet belongs to its own line */
        k->dash = true;
    if (blank_before)
        raise_break(s, MP_BREAK_COMMA);
    else if (next == LINE)
        s->parted = true;
    else if (blank_behind)
        raise_break(s, MP_BREAK_BLANK);
}

/* A character beyond ASCII that is no letter. */
static bool read_sign(struct scan *s, uint32_t c, size_t behind)
{
    switch (c) {
    case 0x2610: /* ballot boxes and squares */
    case 0x25a1:
    case 0x25a2:
    case 0x25cb:
        return add_box(s, behind - s->at, MP_BOX_NO);
    case 0x2611:
    case 0x2612:
    case 0x2713:
    case 0x2714:
    case 0x25a0:
    case 0x25cf:
        return add_box(s, behind - s->at, MP_BOX_YES);
    case 0xa0:
    case 0x202f:
        raise_break(s, MP_BREAK_BLANK);
        break;
    case 0x2022: /* bullets */
    case 0xb7:
        raise_break(s, MP_BREAK_STOP);
        break;
    case 0x2013:
    case 0x2014:
        if (last(s))
            last(s)->dash = true;
        raise_break(s, MP_BREAK_COMMA);
        break;
    case 0x2018:
    case 0x2019:
        s->quote = true;
        break;
    case 0x2026:
        raise_break(s, MP_BREAK_COMMA);
        break;
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0xab:
    case 0xbb:
        s->quote = true;
        raise_break(s, MP_BREAK_COMMA);
        break;
    default:
        break;
    }
    s->at = behind;
    return true;
}

/* What stands at s->at and begins no ASCII token. False if memory ran out. */
static bool read_between(struct scan *s, unsigned class)
{
    static const enum mp_break strength[] = {
        [BLANK] = MP_BREAK_BLANK, [COMMA] = MP_BREAK_COMMA,   [COLON] = MP_BREAK_COLON,
        [STOP] = MP_BREAK_STOP,   [QUESTION] = MP_BREAK_STOP, [PAREN] = MP_BREAK_PAREN,
        [BOX] = MP_BREAK_PAREN,   [TAB] = MP_BREAK_BLANK,     [TOUCH] = MP_BREAK_TOUCH,
        [MUTE] = MP_BREAK_TOUCH};
    enum mp_token_kind kind;
    size_t box;
    switch (class) {
    case HIGH: {
        size_t behind = s->at;
        uint32_t c = mp_fold_next((struct mp_str){s->p, s->n}, &behind);
        return mp_fold_is_letter(c) ? read_word(s) : read_sign(s, c, behind);
    }
    case DOT:
        read_dot(s);
        return true;
    case LINE:
        read_line_end(s);
        return true;
    case DASH:
        read_dash(s);
        return true;
    case BOX:
    case PAREN:
        box = s->p[s->at] == '[' || s->p[s->at] == '(' ? box_at(s, &kind) : 0;
        if (box)
            return add_box(s, box, kind);
        break;
    case COLON:
        if (last(s))
            last(s)->colon = true;
        break;
    case BAR: /* "| heading | answer |" */
        if (last(s) && s->bars % 2 == 1)
            last(s)->colon = true;
        raise_break(s, s->bars % 2 == 1 ? MP_BREAK_COLON : MP_BREAK_STOP);
        s->bars += s->bars > 0 || s->at == s->line_start;
        s->at++;
        return true;
    case QUESTION:
        if (last(s))
            last(s)->question = true;
        break;
    case TAB:
        s->parted = true;
        break;
    case MUTE:
    case COMMA:
        s->quote |= s->p[s->at] != ',';
        break;
    default:
        break;
    }
    raise_break(s, strength[class]);
    s->at++;
    return true;
}

bool mp_tokens_read(struct mp_tokens *t, struct mp_str text, const struct mp_token_words *words)
{
    struct scan s = {
        .t = t, .words = words, .p = text.p, .n = text.n, .before = MP_BREAK_SECTION, .line = true};
    bool fine = true;
    t->n = 0;
    t->folded.len = 0;
    t->text = text;
    while (fine && s.at < s.n) {
        unsigned class = class_at(&s, s.at);
        if (class == LETTER)
            fine = read_word(&s);
        else if (class == DIGIT)
            fine = read_number(&s);
        else
            fine = read_between(&s, class);
    }
    return fine && !t->folded.failed;
}

void mp_tokens_free(struct mp_tokens *t)
{
    free(t->at);
    mp_buf_free(&t->folded);
    *t = (struct mp_tokens){0};
}
