/* What is said of a record on a page. */
#include "page/say.h"
#include "base/utf8.h"
#include <stdio.h>

enum {
    VALUE_MAX = 80, /* characters */
    RULE_MAX = 400,
    QUOTE_MAX = 240,
    READ_MAX = 1024, /* bytes of a quote that are looked at */
    DAYS_FROM = 48,  /* hours */
};

struct mp_str mp_say_keep(struct mp_say *s, struct mp_buf *b)
{
    return mp_words_keep(&s->b->words, b);
}

static struct mp_str copy(struct mp_say *s, struct mp_str text, size_t max)
{
    struct mp_str cut = mp_build_cut(s->b, text, max);
    struct mp_buf b = {0};
    mp_buf_addstr(&b, cut);
    return mp_say_keep(s, &b);
}

struct mp_str mp_say_value(struct mp_say *s, struct mp_str value)
{
    if (value.n == 0)
        return MP_STR("");
    s->fields++;
    return copy(s, value, VALUE_MAX);
}

struct mp_str mp_say_rule(struct mp_say *s, struct mp_str text)
{
    return copy(s, text, RULE_MAX);
}

struct mp_str mp_say_get(struct mp_say *s, const char *path)
{
    return mp_words_get(&s->b->words, path);
}

struct mp_str mp_say_with(struct mp_say *s, const char *path, const char *name, struct mp_str value)
{
    return mp_words_fill(&s->b->words, path, (struct mp_fill[]){{name, value}}, 1);
}

struct mp_str mp_say_count(struct mp_say *s, const char *path, size_t n)
{
    return mp_say_with(s, path, "n", mp_words_count(&s->b->words, n));
}

/* The word that stands where something was taken out. */
static struct mp_str in_its_place(void *ctx, struct mp_str kind)
{
    struct mp_say *s = ctx;
    return mp_say_with(s, "sheet.taken", "kind",
                       mp_words_name(&s->b->words, "taken", kind, "name"));
}

struct mp_str mp_say_written(struct mp_say *s, struct mp_str text)
{
    struct mp_buf b = {0};
    if (text.n == 0 || s->level == MP_DETAIL_STATISTICS)
        return MP_STR("");
    if (text.n > READ_MAX)
        text.n = mp_utf8_valid((struct mp_str){text.p, READ_MAX});
    if (s->level == MP_DETAIL_FULL)
        mp_buf_addstr(&b, text);
    else
        mp_redact_add(&s->redact, &b, text, in_its_place, s);
    s->b->failed |= b.failed || s->redact.failed;
    struct mp_str shown = copy(s, mp_buf_str(&b), QUOTE_MAX);
    mp_buf_free(&b);
    s->fields++;
    return shown;
}

struct mp_str mp_say_quote(struct mp_say *s, struct mp_str quote)
{
    struct mp_str shown = mp_say_written(s, quote);
    return shown.n ? mp_say_with(s, "sheet.quote", "text", shown) : shown;
}

struct mp_str mp_say_named(struct mp_say *s, const char *dimension, struct mp_str value)
{
    if (value.n == 0)
        return MP_STR("");
    s->fields++;
    return copy(s, mp_words_value(&s->b->words, mp_str_of(dimension), value), VALUE_MAX);
}

struct mp_str mp_say_moment(struct mp_say *s, struct mp_time t)
{
    if (!t.known)
        return MP_STR("");
    s->fields++;
    if (s->level == MP_DETAIL_STATISTICS)
        return mp_words_day(&s->b->words, "sheet.month", t.day);
    struct mp_str date = mp_words_date(&s->b->words, t.day);
    if (t.minute < 0)
        return date;
    char clock[16];
    snprintf(clock, sizeof clock, "%02d:%02d", t.minute / 60, t.minute % 60);
    const struct mp_fill fills[] = {{"date", date}, {"time", mp_str_of(clock)}};
    return mp_words_fill(&s->b->words, "sheet.moment", fills, 2);
}

struct mp_str mp_say_hours(struct mp_say *s, int64_t hours)
{
    static const struct {
        int64_t below;
        const char *key;
    } bands[] = {{24, "<24h"},       {48, "24-48h"},      {7 * 24, "2-7d"},
                 {14 * 24, "7-14d"}, {21 * 24, "14-21d"}, {INT64_MAX, "21d+"}};
    size_t i = 0;
    if (s->level == MP_DETAIL_STATISTICS) {
        while (hours >= bands[i].below && bands[i].below < INT64_MAX)
            i++;
        return mp_say_named(s, "open_duration", mp_str_of(bands[i].key));
    }
    bool days = hours >= DAYS_FROM;
    size_t n = (size_t)(days ? hours / 24 : hours);
    return mp_say_count(s, days ? "sheet.days" : n == 1 ? "sheet.hour" : "sheet.hours", n);
}

void mp_say_join(struct mp_buf *b, const char *separator, struct mp_str text)
{
    if (text.n == 0)
        return;
    if (b->len > 0)
        mp_buf_adds(b, separator);
    mp_buf_addstr(b, text);
}

void mp_say_line(struct mp_buf *lines, struct mp_str text, struct mp_str detail, bool marked)
{
    const struct mp_page_line line = {text, detail, marked};
    if (text.n + detail.n > 0)
        mp_buf_add(lines, &line, sizeof line);
}

/* The bytes of a run in the page's arena; the run is freed. */
static void *settle(struct mp_say *s, struct mp_buf *run)
{
    void *p = run->len > 0 ? mp_build_alloc(s->b, run->len, 1) : NULL;
    if (p)
        memcpy(p, run->data, run->len);
    s->b->failed |= run->failed;
    mp_buf_free(run);
    return p;
}

void mp_say_item(struct mp_say *s, struct mp_buf *items, const char *term, struct mp_str text,
                 struct mp_buf *lines)
{
    struct mp_item item = {.term = mp_say_get(s, term), .text = text};
    if (lines) {
        item.n_lines = MP_COUNT(struct mp_page_line, *lines);
        item.lines = settle(s, lines);
    }
    if (text.n > 0 || item.lines)
        mp_buf_add(items, &item, sizeof item);
}

void mp_say_part(struct mp_say *s, struct mp_buf *parts, struct mp_part part, struct mp_buf *items)
{
    if (items) {
        part.n_items = MP_COUNT(struct mp_item, *items);
        part.items = settle(s, items);
    }
    if (part.items || part.grid || part.lead.n > 0)
        mp_buf_add(parts, &part, sizeof part);
}

struct mp_grid *mp_say_grid(struct mp_say *s, const char *caption, const char *const *heads,
                            size_t n_columns, struct mp_buf *cells)
{
    struct mp_grid *g = mp_build_alloc(s->b, 1, sizeof *g);
    struct mp_str *names = mp_build_alloc(s->b, n_columns, sizeof *names);
    size_t n = MP_COUNT(struct mp_str, *cells);
    struct mp_str *all = settle(s, cells);
    if (!g || !names || !all)
        return NULL;
    for (size_t i = 0; i < n_columns; i++)
        names[i] = mp_say_get(s, heads[i]);
    *g = (struct mp_grid){mp_say_get(s, caption), names, all, n_columns, n / n_columns};
    return g;
}
