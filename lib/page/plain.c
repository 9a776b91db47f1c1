/* Plain text: lines, headings, paragraphs. */
#include "page/plain.h"

struct mp_str mp_plain_shown(struct mp_plain *w, struct mp_str s, const struct mp_refs *refs)
{
    w->shown.len = 0;
    mp_escape(&w->shown, w->place, s);
    for (size_t i = 0; refs && i < refs->n; i++)
        mp_buf_addf(&w->shown, "%s%u%s", i ? "," : " [", refs->note[i],
                    i + 1 == refs->n ? "]" : "");
    w->b->failed |= w->shown.failed;
    return mp_buf_str(&w->shown);
}

size_t mp_plain_width(struct mp_plain *w, struct mp_str s)
{
    return mp_width(mp_plain_shown(w, s, NULL));
}

void mp_plain_blanks(struct mp_plain *w, size_t n)
{
    while (n-- > 0)
        mp_buf_addc(w->b, ' ');
}

void mp_plain_repeat(struct mp_plain *w, const char *sign, const char *ascii, size_t n)
{
    while (n-- > 0)
        mp_buf_adds(w->b, w->place == MP_IN_ASCII ? ascii : sign);
}

void mp_plain_end(struct mp_plain *w)
{
    while (w->b->len > 0 && w->b->data && w->b->data[w->b->len - 1] == ' ')
        w->b->len--;
    mp_buf_addc(w->b, '\n');
}

void mp_plain_field(struct mp_plain *w, struct mp_str shown, size_t width, bool right)
{
    size_t has = mp_width(shown);
    bool cut = has > width;
    if (cut) {
        shown = mp_width_cut(shown, width - 1);
        has = mp_width(shown) + 1;
    }
    if (right)
        mp_plain_blanks(w, width - has);
    mp_buf_addstr(w->b, shown);
    if (cut)
        mp_plain_repeat(w, "\u2026", "~", 1);
    if (!right)
        mp_plain_blanks(w, width - has);
}

struct mp_str mp_plain_piece(struct mp_str *rest, size_t room)
{
    struct mp_str s = *rest, part = mp_width_cut(s, room);
    size_t end = part.n ? part.n : s.n; /* a wide character in one column */
    while (end < s.n && end > 0 && s.p[end] != ' ')
        end--;
    if (end == 0)
        end = part.n;
    part.n = end;
    while (end < s.n && s.p[end] == ' ')
        end++;
    *rest = (struct mp_str){s.p + end, s.n - end};
    return part;
}

static void lines(struct mp_plain *w, struct mp_str s, size_t indent)
{
    while (s.n > 0) {
        struct mp_str part = mp_plain_piece(&s, w->columns - indent);
        mp_plain_blanks(w, indent);
        mp_buf_addstr(w->b, part);
        mp_plain_end(w);
    }
}

void mp_plain_text(struct mp_plain *w, struct mp_str text, size_t indent)
{
    lines(w, mp_plain_shown(w, text, NULL), indent);
}

void mp_plain_text_with(struct mp_plain *w, struct mp_str text, const struct mp_refs *refs,
                        size_t indent)
{
    lines(w, mp_plain_shown(w, text, refs), indent);
}

void mp_plain_paragraph(struct mp_plain *w, struct mp_str text, const struct mp_refs *refs)
{
    if (text.n == 0)
        return;
    mp_plain_text_with(w, text, refs, 0);
    mp_buf_addc(w->b, '\n');
}

void mp_plain_heading(struct mp_plain *w, struct mp_str text, const char *sign, const char *ascii)
{
    size_t width = mp_plain_width(w, text);
    mp_plain_text(w, text, 0);
    mp_plain_repeat(w, sign, ascii, width < w->columns ? width : w->columns);
    mp_buf_adds(w->b, "\n\n");
}

void mp_plain_hanging(struct mp_plain *w, const char *sign, struct mp_str text, size_t indent)
{
    size_t start = w->b->len;
    mp_plain_text(w, text, indent + MP_PLAIN_GAP);
    if (w->b->len > start + indent && !w->b->failed)
        memcpy(w->b->data + start + indent, sign, 1);
}
