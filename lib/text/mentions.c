/* From hits to mentions. */
#include "text/mentions.h"

static struct mp_mention *list(const struct mp_text *text)
{
    return MP_ITEMS(struct mp_mention, text->mentions);
}

static size_t count(const struct mp_text *text)
{
    return MP_COUNT(struct mp_mention, text->mentions);
}

void mp_mentions_add(struct mp_text *text, const struct mp_hit *h, const struct mp_gist *gist)
{
    struct mp_mention m = {
        .code = gist->code,
        .entry = h->entry,
        .first = h->first,
        .last = h->last,
        .mask = h->mask,
        .status = gist->status >= 0 ? (enum mp_status)gist->status : MP_PRESENT,
        .cue = MP_NO_CUE,
        .kind = gist->kind,
        .own = gist->status,
    };
    mp_buf_add(&text->mentions, &m, sizeof m);
}

/* Of two mentions of one code: does `a` make `b` superfluous? */
static bool covers(const struct mp_mention *a, const struct mp_mention *b)
{
    if (a->first > b->first || a->last < b->last || a->kind == MP_ITEM)
        return false;
    if (a->kind == MP_NOT)
        return true;
    if (b->kind == MP_ITEM || b->kind == MP_NOT || a->kind == MP_HEADING)
        return false;
    if (b->kind == MP_HEADING)
        return true;
    /* what says itself whether it is so, and holds the other */
    bool same = a->first == b->first && a->last == b->last;
    if (a->own >= 0 && b->own < 0)
        return true;
    if (b->own >= 0 && a->own < 0 && !same)
        return false;
    unsigned words = mp_bits(a->mask), others = mp_bits(b->mask);
    if (words != others)
        return words > others;
    if ((a->own >= 0) != (b->own >= 0))
        return a->own >= 0;
    return !same || a->entry < b->entry;
}

/* Mentions begin in order and span at most 64 tokens, so only near ones are compared. */
void mp_mentions_drop_covered(struct mp_text *text)
{
    struct mp_mention *m = list(text);
    size_t n = count(text), kept = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && m[j].first <= m[i].last && j - i < 256; j++) {
            if (m[j].code != m[i].code || m[j].silent)
                continue;
            if (m[i].silent)
                break;
            if (covers(&m[i], &m[j]))
                m[j].silent = true;
            else if (covers(&m[j], &m[i]))
                m[i].silent = true;
        }
    for (size_t i = 0; i < n; i++)
        if (!m[i].silent && m[i].kind != MP_NOT)
            m[kept++] = m[i];
    text->mentions.len = kept * sizeof *m;
}

/* Items stated of the youth: enough kinds of them say it, fewer hint at it. Without any, enough
 * kinds of an earlier time say that, or of somebody else. */
static void count_items(const struct mp_lexicon *l, struct mp_text *text, uint32_t code)
{
    uint64_t now = 0, past = 0, other = 0;
    struct mp_mention *m = list(text);
    for (size_t i = 0; i < count(text); i++)
        if (m[i].code == code && m[i].kind == MP_ITEM && !m[i].silent) {
            uint64_t kind = 1ull << l->gists[m[i].entry].item;
            if (m[i].status == MP_PRESENT || m[i].status == MP_SUSPECTED)
                now |= kind;
            else if (m[i].status == MP_PAST)
                past |= kind;
            else if (m[i].status == MP_OTHER)
                other |= kind;
        }
    enum mp_status said = now                                      ? MP_PRESENT
                          : mp_bits(past) >= l->codes[code].enough ? MP_PAST
                                                                   : MP_OTHER;
    uint64_t kinds = said == MP_PRESENT ? now : said == MP_PAST ? past : other;
    bool enough = mp_bits(kinds) >= l->codes[code].enough;
    for (size_t i = 0; i < count(text); i++)
        if (m[i].code == code && m[i].kind == MP_ITEM && !m[i].silent) {
            bool stated = m[i].status == MP_PRESENT || m[i].status == MP_SUSPECTED;
            if (stated)
                m[i].status = enough ? MP_PRESENT : MP_SUSPECTED;
            else
                m[i].silent = !enough || m[i].status != said;
        }
}

/* Counts the items of each code that has some. */
static void count_all_items(const struct mp_lexicon *l, struct mp_text *text)
{
    const struct mp_mention *m = list(text);
    uint64_t codes = 0; /* by their number's last bits */
    for (size_t i = 0; i < count(text); i++)
        if (m[i].kind == MP_ITEM)
            codes |= 1ull << m[i].code % 64;
    for (; codes; codes &= codes - 1)
        for (uint32_t c = (uint32_t)__builtin_ctzll(codes); c < l->n_codes; c += 64)
            if (l->codes[c].enough)
                count_items(l, text, c);
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
        if (order(&m[i - 1], &m[i]) <= 0)
            continue;
        struct mp_mention one = m[i];
        size_t j = i;
        for (; j > 0 && order(&m[j - 1], &one) > 0; j--)
            m[j] = m[j - 1];
        m[j] = one;
    }
}

/* What follows from a mention: the code that is present when its own is past, or -1. */
static int follows(const struct mp_lexicon *l, const struct mp_mention *m)
{
    return m->status == MP_PAST ? l->codes[m->code].past_means : -1;
}

/* What follows from what is past, beside it, so that the list stays nearly in order. */
static bool conclude(const struct mp_lexicon *l, struct mp_text *text)
{
    text->scratch.len = 0;
    for (size_t i = 0; i < count(text); i++) {
        struct mp_mention m = list(text)[i];
        int then = follows(l, &m);
        mp_buf_add(&text->scratch, &m, sizeof m);
        if (then >= 0) {
            m.code = (uint32_t)then;
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
    count_all_items(l, text);
    struct mp_mention *m = list(text);
    size_t n = count(text), kept = 0;
    bool more = false;
    for (size_t i = 0; i < n; i++) {
        if (m[i].silent)
            continue;
        more |= follows(l, &m[i]) >= 0;
        if (kept != i)
            m[kept] = m[i];
        kept++;
    }
    text->mentions.len = kept * sizeof *m;
    if (more && !conclude(l, text))
        return false;
    sort(text);
    return true;
}
