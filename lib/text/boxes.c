/* Boxes of forms: which of them stand for a token, and what their columns mean. */
#include "text/boxes.h"

enum { LINE_MAX = 40 /* tokens looked back at for the start of a line, answers for a heading */ };

static const struct mp_token *token(const struct mp_text *text, uint32_t i)
{
    return &text->tokens.at[i];
}

bool mp_box_is(const struct mp_text *text, uint32_t t)
{
    return t < text->tokens.n && token(text, t)->kind >= MP_BOX_YES &&
           (t == 0 || token(text, t)->before < MP_BREAK_STOP);
}

int mp_box_says(int kind)
{
    return kind == MP_BOX_YES ? MP_SAYS_YES : kind == MP_BOX_MINUS ? MP_SAYS_NO : MP_SAYS_UNKNOWN;
}

/* What the column of a row of `columns` boxes means: the nearest answers above that stand side by
 * side head them. Without such, 0. */
static int column_says(const struct mp_text *text, uint32_t row, uint32_t columns, uint32_t column)
{
    const struct mp_said *s = MP_ITEMS(struct mp_said, text->answers);
    size_t i = MP_FROM(struct mp_said, text->answers, row);
    for (int n = 0; i >= columns && n < LINE_MAX; i--, n++) {
        size_t first = i - columns, k = first + 1;
        while (k < i && s[k].first == s[k - 1].last + 1)
            k++;
        if (k == i)
            return (int)s[first + column].effect;
    }
    return 0;
}

int mp_boxes_say(const struct mp_text *text, uint32_t t)
{
    uint32_t first = t, ticked = t;
    while (first > 0 && t - first < MP_BOX_COLUMNS - 1 && !token(text, first)->line &&
           token(text, first - 1)->kind >= MP_BOX_YES)
        first--;
    while (ticked > first && token(text, ticked)->kind != MP_BOX_YES)
        ticked--;
    int kind = token(text, ticked)->kind;
    int said = first < t && kind == MP_BOX_YES
                   ? column_says(text, first, t - first + 1, ticked - first)
                   : 0;
    return said ? said : mp_box_says(kind);
}

/* Whether boxes stand before what they tick: the line of token t begins with one, or what stands
 * behind a colon in it. */
static bool boxes_lead(const struct mp_text *text, uint32_t t)
{
    for (int i = 0; t > 0 && !token(text, t)->line && !token(text, t - 1)->colon && i < LINE_MAX;
         i++)
        t--;
    return token(text, t)->kind >= MP_BOX_YES;
}

bool mp_boxes_tick(const struct mp_text *text, const struct mp_mention *m)
{
    return m->first > 0 && token(text, m->first - 1)->kind >= MP_BOX_YES &&
           token(text, m->first)->before < MP_BREAK_STOP && !token(text, m->last)->colon &&
           boxes_lead(text, m->first - 1);
}
