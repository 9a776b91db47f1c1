/* What stands between words: signs, the ends of sentences and lines, boxes of forms. */
#include "text/token_scan.h"
#include "text/fold.h"

/* A box of a form at byte `at`: [x], [ ], [-], [?], (x), ( ). The bytes it takes, or 0; *kind says
 * how it is ticked. */
static size_t box_at(const struct mp_token_scan *s, size_t at, enum mp_token_kind *kind)
{
    size_t i = at + 1;
    while (i < s->n && s->p[i] == ' ')
        i++;
    char sign = i < s->n ? s->p[i] : ' ';
    *kind = (sign | 0x20) == 'x' || sign == '*' || sign == '+' ? MP_BOX_YES
            : sign == '-'                                      ? MP_BOX_MINUS
                                                               : MP_BOX_NO;
    if (*kind != MP_BOX_NO || sign == '?')
        i++;
    while (i < s->n && s->p[i] == ' ')
        i++;
    return i < s->n && (s->p[i] == ']' || s->p[i] == ')') && i - at <= 4 ? i + 1 - at : 0;
}

/* A box that is one character; *kind says how it is ticked. */
static bool is_drawn_box(uint32_t c, enum mp_token_kind *kind)
{
    switch (c) {
    case 0x2610: /* ballot boxes and squares */
    case 0x25a1:
    case 0x25a2:
    case 0x25cb:
        *kind = MP_BOX_NO;
        return true;
    case 0x2611:
    case 0x2612:
    case 0x2713:
    case 0x2714:
    case 0x25a0:
    case 0x25cf:
        *kind = MP_BOX_YES;
        return true;
    default:
        return false;
    }
}

/* A box that begins its line or stands behind a colon stands before what it ticks, and so do others
 * of the line: with each of them, but for columns of boxes, something else begins. */
static void add_box(struct mp_token_scan *s, size_t len, enum mp_token_kind kind)
{
    const struct mp_token *k = mp_token_last(s);
    size_t start = s->at;
    if (!k || s->next->line || k->colon)
        s->boxes = s->line_start + 1;
    else if (s->boxes == s->line_start + 1 && k->kind < MP_BOX_YES)
        mp_token_break(s, MP_BREAK_STOP);
    s->at += len;
    mp_token_add(s, start, 0, kind);
}

/* A sign that says no more than how strongly it parts. */
static void part(struct mp_token_scan *s, enum mp_break b)
{
    mp_token_break(s, b);
    s->at++;
}

static void read_blank(struct mp_token_scan *s)
{
    part(s, MP_BREAK_BLANK);
}

static void read_tab(struct mp_token_scan *s)
{
    s->parted = true;
    part(s, MP_BREAK_BLANK);
}

static void read_comma(struct mp_token_scan *s)
{
    part(s, MP_BREAK_COMMA);
}

static void read_quote(struct mp_token_scan *s)
{
    s->next->quoted = true;
    part(s, MP_BREAK_COMMA);
}

static void read_mute(struct mp_token_scan *s)
{
    s->next->quoted = true;
    part(s, MP_BREAK_TOUCH);
}

static void read_touch(struct mp_token_scan *s)
{
    part(s, MP_BREAK_TOUCH);
}

static void read_stop(struct mp_token_scan *s)
{
    part(s, MP_BREAK_STOP);
}

static void read_question(struct mp_token_scan *s)
{
    if (mp_token_last(s))
        mp_token_last(s)->question = true;
    part(s, MP_BREAK_STOP);
}

static void read_colon(struct mp_token_scan *s)
{
    if (mp_token_last(s))
        mp_token_last(s)->colon = true;
    part(s, MP_BREAK_COLON);
}

/* "| heading | answer |" */
static void read_bar(struct mp_token_scan *s)
{
    bool within = s->bars % 2 == 1;
    if (mp_token_last(s) && within)
        mp_token_last(s)->colon = true;
    s->bars += s->bars > 0 || s->at == s->line_start;
    part(s, within ? MP_BREAK_COLON : MP_BREAK_STOP);
}

static void read_paren(struct mp_token_scan *s)
{
    enum mp_token_kind kind;
    bool opens = s->p[s->at] == '[' || s->p[s->at] == '(';
    size_t box = opens ? box_at(s, s->at, &kind) : 0;
    if (box)
        add_box(s, box, kind);
    else
        part(s, MP_BREAK_PAREN);
}

/* Whether the ASCII letters from byte i on are a word that often begins a sentence. */
static bool common_at(const struct mp_token_scan *s, size_t i)
{
    size_t n = mp_token_letters(s, i);
    struct mp_str word = {s->low + i, n < MP_WORD_MAX ? n : MP_WORD_MAX};
    return s->words->common(s->words->ctx, word);
}

static void read_dot(struct mp_token_scan *s)
{
    struct mp_token *k = mp_token_last(s);
    size_t i = ++s->at;
    while (mp_sign_at(s, i) == MP_SIGN_DOT)
        i++;
    bool several = i > s->at;
    s->at = i;
    while (i < s->n && (mp_sign_at(s, i) == MP_SIGN_BLANK || mp_sign_at(s, i) == MP_SIGN_TAB))
        i++;
    bool capital = i < s->n && mp_capital_at(s, i);
    bool mild = k && k->end + 1 == s->at &&
                ((k->kind == MP_WORD &&
                  (k->len == 1 || s->words->abbreviation(s->words->ctx, mp_token_text(s, k)))) ||
                 (k->kind == MP_NUMBER && mp_sign_at(s, i) == MP_SIGN_LETTER && !capital));
    if (mild && !(capital && common_at(s, i)))
        mp_token_break(s, MP_BREAK_BLANK);
    else if (several && !capital && i < s->n && mp_sign_at(s, i) != MP_SIGN_LINE)
        mp_token_break(s, MP_BREAK_COMMA);
    else
        mp_token_break(s, MP_BREAK_STOP);
}

/* Whether a colon stands near in the line, and not within a time. */
static bool heading_at(const struct mp_token_scan *s, size_t i)
{
    for (size_t end = i + 40; i < end && mp_sign_at(s, i) != MP_SIGN_LINE; i++)
        if (mp_sign_at(s, i) == MP_SIGN_COLON && mp_sign_at(s, i + 1) != MP_SIGN_DIGIT)
            return true;
    return false;
}

/* Whether byte i, the first of a line, begins a box. */
static bool begins_with_box(const struct mp_token_scan *s, size_t i)
{
    enum mp_token_kind kind;
    if (mp_sign_at(s, i) == MP_SIGN_PAREN && s->low[i] == '(')
        return box_at(s, i, &kind);
    size_t behind = i;
    return mp_sign_at(s, i) == MP_SIGN_HIGH &&
           is_drawn_box(mp_fold_next((struct mp_str){s->p, s->n}, &behind), &kind);
}

/* A line end ends a sentence unless the line was only wrapped: it is long, ends in no sign, and
 * what follows is neither a heading, nor a bullet, nor a date. */
static void read_line_end(struct mp_token_scan *s)
{
    size_t length = s->at - s->line_start, next = s->at + 1;
    while (s->low[next] == ' ' || s->low[next] == '\t' || s->low[next] == '\r')
        next++;
    unsigned first = mp_sign_at(s, next);
    const struct mp_token *k = mp_token_last(s);
    bool answered = k && (k->minus || k->plus) && length <= 60;
    bool wrapped = first == MP_SIGN_LETTER && !answered && (!mp_capital_at(s, next) || length > 60);
    bool starts = first == MP_SIGN_LETTER || first == MP_SIGN_DIGIT || first == MP_SIGN_DASH ||
                  first == MP_SIGN_BOX || s->low[next] == '*' || begins_with_box(s, next);
    if (first == MP_SIGN_LINE && next < s->n)
        mp_token_break(s, MP_BREAK_SECTION);
    else if ((starts && !wrapped) || heading_at(s, next))
        mp_token_break(s, MP_BREAK_STOP);
    else
        mp_token_break(s, MP_BREAK_BLANK);
    s->parted = s->next->before <= MP_BREAK_BLANK; /* else it has cut no word */
    s->next->line = true;
    s->line_start = ++s->at;
    s->bars = 0;
}

/* Whether what stands at byte i, behind a sign, ends a place in a list or line. */
static bool ends_place(const struct mp_token_scan *s, size_t i)
{
    size_t behind = i;
    while (i < s->n && (mp_sign_at(s, i) == MP_SIGN_BLANK || mp_sign_at(s, i) == MP_SIGN_TAB))
        i++;
    switch (mp_sign_at(s, i)) {
    case MP_SIGN_LINE:
    case MP_SIGN_COMMA:
    case MP_SIGN_STOP:
    case MP_SIGN_DOT:
        return true;
    case MP_SIGN_TOUCH:
        return i > behind; /* "+/-" is one sign */
    default:
        return false;
    }
}

static void read_plus(struct mp_token_scan *s)
{
    struct mp_token *k = mp_token_last(s);
    s->at++;
    if (k && k->end <= s->at && !s->next->line && ends_place(s, s->at))
        k->plus = true;
    mp_token_break(s, MP_BREAK_BLANK);
}

/* "** 3 May 16.00 ** found": a row of them that stands alone parts, as a colon does. */
static void read_star(struct mp_token_scan *s)
{
    size_t from = s->at;
    while (s->at < s->n && s->low[s->at] == '*')
        s->at++;
    unsigned before = from ? mp_sign_at(s, from - 1) : MP_SIGN_LINE, next = mp_sign_at(s, s->at);
    bool alone = s->at - from > 1 && before != MP_SIGN_LINE && next != MP_SIGN_LINE &&
                 (before == MP_SIGN_BLANK || before == MP_SIGN_TAB) &&
                 (next == MP_SIGN_BLANK || next == MP_SIGN_TAB);
    mp_token_break(s, alone ? MP_BREAK_COLON : MP_BREAK_BLANK);
}

static void read_dash(struct mp_token_scan *s)
{
    struct mp_token *k = mp_token_last(s);
    bool blank_before = s->at == 0 || mp_sign_at(s, s->at - 1) == MP_SIGN_BLANK ||
                        mp_sign_at(s, s->at - 1) == MP_SIGN_TAB ||
                        mp_sign_at(s, s->at - 1) == MP_SIGN_LINE;
    unsigned next = mp_sign_at(s, s->at + 1);
    bool blank_behind = next == MP_SIGN_BLANK || next == MP_SIGN_TAB || next == MP_SIGN_LINE ||
                        next == MP_SIGN_COMMA || next == MP_SIGN_DOT;
    s->at++;
    if (blank_before && k && !s->next->line) /* a bullet belongs to its own line */
        k->dash = true;
    /* "ENT: -" is not filled in */
    if (blank_before && k && s->next->before < MP_BREAK_COMMA && !s->next->line &&
        ends_place(s, s->at))
        k->minus = true;
    if (blank_before)
        mp_token_break(s, MP_BREAK_COMMA);
    else if (next == MP_SIGN_LINE)
        s->parted = true;
    else if (blank_behind)
        mp_token_break(s, MP_BREAK_BLANK);
}

/* A character beyond ASCII that is no letter, up to `behind`. */
static void read_sign(struct mp_token_scan *s, uint32_t c, size_t behind)
{
    enum mp_token_kind kind;
    if (is_drawn_box(c, &kind)) {
        add_box(s, behind - s->at, kind);
        return;
    }
    switch (c) {
    case 0xa0:
    case 0x202f:
        mp_token_break(s, MP_BREAK_BLANK);
        break;
    case 0x2022: /* bullets */
    case 0xb7:
        mp_token_break(s, MP_BREAK_STOP);
        break;
    case 0x2013:
    case 0x2014:
        if (mp_token_last(s))
            mp_token_last(s)->dash = true;
        mp_token_break(s, MP_BREAK_COMMA);
        break;
    case 0x2018:
    case 0x2019:
        s->next->quoted = true;
        break;
    case 0x2026:
        mp_token_break(s, MP_BREAK_COMMA);
        break;
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0xab:
    case 0xbb:
        s->next->quoted = true;
        mp_token_break(s, MP_BREAK_COMMA);
        break;
    default:
        break;
    }
    s->at = behind;
}

static void read_high(struct mp_token_scan *s)
{
    size_t behind = s->at;
    uint32_t c = mp_fold_next((struct mp_str){s->p, s->n}, &behind);
    if (mp_fold_is_letter(c))
        mp_token_word(s);
    else
        read_sign(s, c, behind);
}

mp_token_reader *const mp_token_readers[] = {
    [MP_SIGN_BLANK] = read_blank,       [MP_SIGN_COMMA] = read_comma,
    [MP_SIGN_DIGIT] = mp_token_number,  [MP_SIGN_TAB] = read_tab,
    [MP_SIGN_LINE] = read_line_end,     [MP_SIGN_QUOTE] = read_quote,
    [MP_SIGN_COLON] = read_colon,       [MP_SIGN_STOP] = read_stop,
    [MP_SIGN_QUESTION] = read_question, [MP_SIGN_PAREN] = read_paren,
    [MP_SIGN_BOX] = read_paren,         [MP_SIGN_DASH] = read_dash,
    [MP_SIGN_PLUS] = read_plus,         [MP_SIGN_STAR] = read_star,
    [MP_SIGN_TOUCH] = read_touch,       [MP_SIGN_BAR] = read_bar,
    [MP_SIGN_DOT] = read_dot,           [MP_SIGN_MUTE] = read_mute,
    [MP_SIGN_HIGH] = read_high,         [MP_SIGN_LETTER] = mp_token_word,
};
