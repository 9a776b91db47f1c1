/* What stands between words: signs, the ends of sentences and lines, boxes of forms. */
#include "text/token_scan.h"
#include "text/fold.h"

/* A box of a form: [x], [ ], [-], [?], (x), ( ). The bytes it takes, or 0; *kind says how it is
 * ticked. */
static size_t box_at(const struct mp_token_scan *s, enum mp_token_kind *kind)
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

static void add_box(struct mp_token_scan *s, size_t len, enum mp_token_kind kind)
{
    size_t start = s->at;
    s->at += len;
    mp_token_add(s, start, 0, kind);
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

/* A line end ends a sentence unless the line was only wrapped: it is long, ends in no sign, and
 * what follows is neither a heading, nor a bullet, nor a date. */
static void read_line_end(struct mp_token_scan *s)
{
    size_t length = s->at - s->line_start, next = s->at + 1;
    while (s->low[next] == ' ' || s->low[next] == '\t' || s->low[next] == '\r')
        next++;
    unsigned first = mp_sign_at(s, next);
    bool wrapped = first == MP_SIGN_LETTER && (!mp_capital_at(s, next) || length > 60);
    bool starts = first == MP_SIGN_LETTER || first == MP_SIGN_DIGIT || first == MP_SIGN_DASH ||
                  first == MP_SIGN_BOX || s->low[next] == '*';
    if (first == MP_SIGN_LINE && next < s->n)
        mp_token_break(s, MP_BREAK_SECTION);
    else if ((starts && !wrapped) || heading_at(s, next))
        mp_token_break(s, MP_BREAK_STOP);
    else
        mp_token_break(s, MP_BREAK_BLANK);
    s->parted = true;
    s->next->line = true;
    s->line_start = ++s->at;
    s->bars = 0;
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
    if (blank_before)
        mp_token_break(s, MP_BREAK_COMMA);
    else if (next == MP_SIGN_LINE)
        s->parted = true;
    else if (blank_behind)
        mp_token_break(s, MP_BREAK_BLANK);
}

/* A character beyond ASCII that is no letter. */
static void read_sign(struct mp_token_scan *s)
{
    size_t behind = s->at;
    switch (mp_fold_next((struct mp_str){s->p, s->n}, &behind)) {
    case 0x2610: /* ballot boxes and squares */
    case 0x25a1:
    case 0x25a2:
    case 0x25cb:
        add_box(s, behind - s->at, MP_BOX_NO);
        return;
    case 0x2611:
    case 0x2612:
    case 0x2713:
    case 0x2714:
    case 0x25a0:
    case 0x25cf:
        add_box(s, behind - s->at, MP_BOX_YES);
        return;
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

void mp_token_between(struct mp_token_scan *s, unsigned sign)
{
    static const enum mp_break strength[] = {
        [MP_SIGN_BLANK] = MP_BREAK_BLANK,   [MP_SIGN_COMMA] = MP_BREAK_COMMA,
        [MP_SIGN_COLON] = MP_BREAK_COLON,   [MP_SIGN_STOP] = MP_BREAK_STOP,
        [MP_SIGN_QUESTION] = MP_BREAK_STOP, [MP_SIGN_PAREN] = MP_BREAK_PAREN,
        [MP_SIGN_BOX] = MP_BREAK_PAREN,     [MP_SIGN_QUOTE] = MP_BREAK_COMMA,
        [MP_SIGN_TAB] = MP_BREAK_BLANK,     [MP_SIGN_TOUCH] = MP_BREAK_TOUCH,
        [MP_SIGN_MUTE] = MP_BREAK_TOUCH};
    enum mp_token_kind kind;
    size_t box;
    switch (sign) {
    case MP_SIGN_HIGH:
        read_sign(s);
        return;
    case MP_SIGN_DOT:
        read_dot(s);
        return;
    case MP_SIGN_LINE:
        read_line_end(s);
        return;
    case MP_SIGN_DASH:
        read_dash(s);
        return;
    case MP_SIGN_BOX:
    case MP_SIGN_PAREN:
        box = s->p[s->at] == '[' || s->p[s->at] == '(' ? box_at(s, &kind) : 0;
        if (box) {
            add_box(s, box, kind);
            return;
        }
        break;
    case MP_SIGN_COLON:
        if (mp_token_last(s))
            mp_token_last(s)->colon = true;
        break;
    case MP_SIGN_BAR: /* "| heading | answer |" */
        if (mp_token_last(s) && s->bars % 2 == 1)
            mp_token_last(s)->colon = true;
        mp_token_break(s, s->bars % 2 == 1 ? MP_BREAK_COLON : MP_BREAK_STOP);
        s->bars += s->bars > 0 || s->at == s->line_start;
        s->at++;
        return;
    case MP_SIGN_QUESTION:
        if (mp_token_last(s))
            mp_token_last(s)->question = true;
        break;
    case MP_SIGN_TAB:
        s->parted = true;
        break;
    case MP_SIGN_MUTE:
    case MP_SIGN_QUOTE:
        s->next->quoted = true;
        break;
    default:
        break;
    }
    mp_token_break(s, strength[sign]);
    s->at++;
}
