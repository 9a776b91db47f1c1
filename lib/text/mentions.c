/* From hits to mentions. */
#include "text/mentions.h"
#include "text/match.h"

static struct mp_mention *list(const struct mp_text *text)
{
    return MP_ITEMS(struct mp_mention, text->mentions);
}

static size_t count(const struct mp_text *text)
{
    return MP_COUNT(struct mp_mention, text->mentions);
}

static bool is_mention(const struct mp_entry *e)
{
    return e->kind == MP_MENTION || e->kind == MP_HEADING || e->kind == MP_ITEM ||
           e->kind == MP_NOT;
}

/* Of two mentions of one code: does `a` make `b` superfluous? */
static bool covers(const struct mp_lexicon *l, const struct mp_mention *a,
                   const struct mp_mention *b)
{
    const struct mp_entry *x = &l->entries[a->entry], *y = &l->entries[b->entry];
    if (a->first > b->first || a->last < b->last || x->kind == MP_ITEM)
        return false;
    if (x->kind == MP_NOT)
        return true;
    if (y->kind == MP_ITEM || y->kind == MP_NOT || x->kind == MP_HEADING)
        return false;
    if (y->kind == MP_HEADING)
        return true;
    /* what says itself whether it is so, and holds the other */
    if (x->status >= 0 && y->status < 0)
        return true;
    if (y->status >= 0 && x->status < 0 && (a->first != b->first || a->last != b->last))
        return false;
    unsigned words = mp_hit_words(a->mask), others = mp_hit_words(b->mask);
    if (words != others)
        return words > others;
    if ((x->status >= 0) != (y->status >= 0))
        return x->status >= 0;
    return a->first != b->first || a->last != b->last || a->entry < b->entry;
}

/* Mentions begin in order and span at most 64 tokens, so only near ones are compared. */
static void drop_covered(const struct mp_lexicon *l, struct mp_text *text)
{
    struct mp_mention *m = list(text);
    size_t n = count(text), kept = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && m[j].first <= m[i].last && j - i < 256; j++) {
            if (m[j].code != m[i].code || m[i].silent || m[j].silent)
                continue;
            if (covers(l, &m[i], &m[j]))
                m[j].silent = true;
            else if (covers(l, &m[j], &m[i]))
                m[i].silent = true;
        }
    for (size_t i = 0; i < n; i++)
        if (!m[i].silent && l->entries[m[i].entry].kind != MP_NOT)
            m[kept++] = m[i];
    text->mentions.len = kept * sizeof *m;
}

bool mp_mentions_collect(const struct mp_lexicon *l, struct mp_text *text)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, text->hits);
    text->mentions.len = 0;
    for (size_t i = 0; i < MP_COUNT(struct mp_hit, text->hits); i++) {
        const struct mp_entry *e = &l->entries[h[i].entry];
        if (!is_mention(e))
            continue;
        struct mp_mention m = {
            .code = e->code,
            .entry = h[i].entry,
            .first = h[i].first,
            .last = h[i].last,
            .mask = h[i].mask,
            .status = e->status >= 0 ? (enum mp_status)e->status : MP_PRESENT,
            .cue = MP_NO_CUE,
        };
        mp_buf_add(&text->mentions, &m, sizeof m);
    }
    if (text->mentions.failed)
        return false;
    drop_covered(l, text);
    return true;
}

/* Items stated of the youth: enough kinds of them say it, fewer hint at it. Without any, enough
 * kinds of an earlier time say that, or of somebody else. */
static void count_items(const struct mp_lexicon *l, struct mp_text *text, uint32_t code)
{
    uint64_t now = 0, past = 0, other = 0;
    struct mp_mention *m = list(text);
    for (size_t i = 0; i < count(text); i++)
        if (m[i].code == code && l->entries[m[i].entry].kind == MP_ITEM && !m[i].silent) {
            uint64_t kind = 1ull << l->entries[m[i].entry].item;
            if (m[i].status == MP_PRESENT || m[i].status == MP_SUSPECTED)
                now |= kind;
            else if (m[i].status == MP_PAST)
                past |= kind;
            else if (m[i].status == MP_OTHER)
                other |= kind;
        }
    enum mp_status said = now                                                   ? MP_PRESENT
                          : __builtin_popcountll(past) >= l->codes[code].enough ? MP_PAST
                                                                                : MP_OTHER;
    uint64_t kinds = said == MP_PRESENT ? now : said == MP_PAST ? past : other;
    bool enough = __builtin_popcountll(kinds) >= l->codes[code].enough;
    for (size_t i = 0; i < count(text); i++)
        if (m[i].code == code && l->entries[m[i].entry].kind == MP_ITEM && !m[i].silent) {
            bool stated = m[i].status == MP_PRESENT || m[i].status == MP_SUSPECTED;
            if (stated)
                m[i].status = enough ? MP_PRESENT : MP_SUSPECTED;
            else
                m[i].silent = !enough || m[i].status != said;
        }
}

static int order(const struct mp_mention *a, const struct mp_mention *b)
{
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->code != b->code ? (a->code < b->code ? -1 : 1)
                              : (a->last > b->last) - (a->last < b->last);
}

/* Nearly in order already. */
static void sort(struct mp_text *text)
{
    struct mp_mention *m = list(text);
    for (size_t i = 1; i < count(text); i++) {
        struct mp_mention one = m[i];
        size_t j = i;
        for (; j > 0 && order(&m[j - 1], &one) > 0; j--)
            m[j] = m[j - 1];
        m[j] = one;
    }
}

/* What follows from what is past, beside it, so that the list stays nearly in order. */
static bool conclude(const struct mp_lexicon *l, struct mp_text *text)
{
    text->scratch.len = 0;
    for (size_t i = 0; i < count(text); i++) {
        struct mp_mention m = list(text)[i];
        mp_buf_add(&text->scratch, &m, sizeof m);
        if (m.status == MP_PAST && l->codes[m.code].past_means >= 0) {
            m.code = (uint32_t)l->codes[m.code].past_means;
            m.status = MP_PRESENT;
            mp_buf_add(&text->scratch, &m, sizeof m);
        }
    }
    struct mp_buf done = text->scratch;
    text->scratch = text->mentions;
    text->mentions = done;
    return !done.failed;
}

bool mp_mentions_finish(const struct mp_lexicon *l, struct mp_text *text)
{
    for (uint32_t c = 0; c < l->n_codes; c++)
        if (l->codes[c].enough)
            count_items(l, text, c);
    size_t n = count(text), kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct mp_mention m = list(text)[i];
        if (m.silent)
            continue;
        list(text)[kept++] = m;
    }
    text->mentions.len = kept * sizeof(struct mp_mention);
    if (!conclude(l, text))
        return false;
    sort(text);
    return !text->mentions.failed;
}
