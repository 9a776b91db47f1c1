/* Addresses and named lodgings at which a youth was. */
#include "text/host_words.h"

enum {
    STREET_MIN = 6,    /* letters of a street in one word */
    NAME_WORDS = 4,    /* of a street, a lodging or a town */
    HOUSE_DIGITS = 5,  /* of a house number */
    POSTCODE = 4,      /* digits of one */
    POSTCODE_REST = 2, /* and letters behind them */
};

static struct mp_str text_at(const struct mp_host_search *s, uint32_t t)
{
    return mp_token_str(&s->text->tokens, t);
}

/* Digits, perhaps with a hyphen and more digits behind: 14, 14-2. */
static bool is_house_number(const struct mp_host_search *s, uint32_t t)
{
    struct mp_str n = text_at(s, t);
    size_t digits = 0, i = 0;
    if (mp_host_token(s, t)->kind != MP_NUMBER || n.p[0] == '0')
        return false;
    while (i < n.n && n.p[i] >= '0' && n.p[i] <= '9')
        i++, digits++;
    if (digits > HOUSE_DIGITS || (i < n.n && n.p[i] != '-'))
        return false;
    for (size_t k = i + 1; k < n.n; k++)
        if (n.p[k] < '0' || n.p[k] > '9')
            return false;
    return n.n <= HOUSE_DIGITS + POSTCODE && !mp_host_is(s, t + 1, MP_HOST_UNIT);
}

/* The first word of a name that ends at token t: words with capitals and what joins them. */
static uint32_t name_from(const struct mp_host_search *s, uint32_t t)
{
    uint32_t first = t;
    for (uint32_t i = t, n = 0; i > s->first && n < NAME_WORDS; n++) {
        if (mp_host_token(s, i)->before > MP_BREAK_BLANK)
            break;
        i--;
        if (mp_host_is(s, i, MP_HOST_PARTICLE))
            continue;
        if (!mp_host_may_name(s, i) || i == s->first || mp_host_is(s, i, MP_HOST_PREMISES) ||
            mp_host_is(s, i, MP_HOST_NOBODY))
            break;
        first = i;
    }
    return first;
}

/* The last word of a name that begins at token t; t - 1 if there is none. */
static uint32_t name_to(const struct mp_host_search *s, uint32_t t)
{
    uint32_t last = t - 1;
    for (uint32_t i = t, n = 0; mp_host_follows(s, i) && n < NAME_WORDS; i++, n++) {
        bool joins = mp_host_is(s, i, MP_HOST_PARTICLE) && !mp_host_is(s, i, MP_HOST_TOWN) &&
                     mp_host_may_name(s, i + 1);
        if (!joins && (!mp_host_may_name(s, i) || mp_is(s->text, i, MP_IS_NAME) ||
                       mp_host_is(s, i, MP_HOST_NOBODY) || mp_host_is(s, i, MP_HOST_TOWN)))
            break;
        last = i;
    }
    while (last >= t && mp_host_is(s, last, MP_HOST_PARTICLE) && !mp_host_may_name(s, last))
        last--;
    return last;
}

static void add_words(struct mp_host_search *s, uint32_t first, uint32_t last)
{
    struct mp_buf *b = &s->out->values;
    for (uint32_t t = first; t <= last; t++) {
        if (t > first)
            mp_buf_addc(b, ' ');
        mp_buf_addstr(b, text_at(s, t));
    }
}

/* A letter close behind a house number: 14a. */
static bool is_letter(const struct mp_host_search *s, uint32_t t)
{
    return mp_host_follows(s, t) && mp_host_token(s, t)->kind == MP_WORD &&
           mp_host_token(s, t)->before == MP_BREAK_TOUCH && mp_host_token(s, t)->len == 1 &&
           !mp_host_is(s, t, MP_HOST_UNIT);
}

static bool is_postcode(const struct mp_host_search *s, uint32_t t)
{
    return t + 1 <= s->last && mp_host_token(s, t)->kind == MP_NUMBER &&
           text_at(s, t).n == POSTCODE && mp_host_follows(s, t + 1) &&
           mp_host_token(s, t + 1)->kind == MP_WORD && text_at(s, t + 1).n == POSTCODE_REST &&
           mp_host_token(s, t + 1)->capital;
}

/* Adds the town that stands behind token `last`, with a comma before it; its last token. */
static uint32_t add_town(struct mp_host_search *s, uint32_t last)
{
    uint32_t t = last + 1;
    bool coded = is_postcode(s, t);
    if (coded)
        t = (last = t + 1) + 1;
    bool said = mp_host_follows(s, t) && mp_host_is(s, t, MP_HOST_TOWN);
    uint32_t first = t + said, end = first;
    if ((!said && !coded) || !mp_host_follows(s, first))
        return last;
    end = name_to(s, first);
    if (end < first && mp_host_token(s, first)->capital) /* many a town looks like a verb */
        end = first;
    if (end < first || mp_host_is(s, first, MP_HOST_NOBODY) || mp_is(s->text, first, MP_IS_NAME))
        return last;
    mp_buf_adds(&s->out->values, ", ");
    add_words(s, first, end);
    return end;
}

static void put(struct mp_host_search *s, enum mp_host_kind kind, uint32_t first, uint32_t last,
                size_t value)
{
    mp_host_put(s, kind, mp_host_token(s, first)->start, mp_host_token(s, last)->end, value);
}

/* The number behind a street whose name ends at token t, or that goes on: "Laan van Meer 5". */
static uint32_t house_number(const struct mp_host_search *s, uint32_t t)
{
    uint32_t at = t + 1;
    if (mp_host_follows(s, at) && mp_host_is(s, at, MP_HOST_PARTICLE))
        at = name_to(s, at) + 1;
    return mp_host_follows(s, at) && is_house_number(s, at) ? at : 0;
}

uint32_t mp_host_address(struct mp_host_search *s, uint32_t t)
{
    if (!mp_host_token(s, t)->capital || !mp_host_is(s, t, MP_HOST_STREET) ||
        mp_host_is(s, t, MP_HOST_NO_WAY))
        return t;
    uint32_t number = house_number(s, t), first = name_from(s, t);
    if (!number || (first == t && number == t + 1 && mp_host_token(s, t)->len < STREET_MIN) ||
        mp_host_is_nobodys(s, first, number, true) || !mp_host_counts(s, first, number))
        return t;
    struct mp_buf *b = &s->out->values;
    size_t value = b->len;
    uint32_t last = number;
    add_words(s, first, number);
    if (is_letter(s, number + 1))
        mp_buf_addstr(b, text_at(s, ++last));
    last = add_town(s, last);
    put(s, MP_HOST_ADDRESS, first, last, value);
    return last + 1;
}

/* "hotel Rijnzicht". A name before it may be that of a town ("a Rotterdam hotel"). */
uint32_t mp_host_lodging(struct mp_host_search *s, uint32_t t)
{
    if (!mp_host_is(s, t, MP_HOST_INN) || mp_host_is(s, t + 1, MP_HOST_TOWN))
        return t;
    uint32_t last = name_to(s, t + 1);
    if (last == t || mp_host_is_nobodys(s, t, last, true) || !mp_host_counts(s, t, last))
        return t;
    size_t value = s->out->values.len;
    add_words(s, t, last);
    last = add_town(s, last);
    put(s, MP_HOST_LODGING, t, last, value);
    return last + 1;
}
