/* Which mentions of a text count. */
#include "text/mentions.h"

enum {
    NEAR = 256, /* mentions from one to what it may cover: a bound for hostile texts */
    OWN = 8     /* bit of a weight, above the number of words */
};

static struct mp_mention *list(const struct mp_text *text)
{
    return MP_ITEMS(struct mp_mention, text->mentions);
}

static size_t count(const struct mp_text *text)
{
    return MP_COUNT(struct mp_mention, text->mentions);
}

/* How a mention stands to others of its code that it holds: what only looks like it covers all;
 * what says itself whether it is so goes before what does not, then the fuller one; a heading
 * covers nothing, an item is covered by nothing else. */
static void weigh(struct mp_mention *m)
{
    static const struct {
        uint16_t covers, covered, weight; /* weight: whether its words and `own` count */
    } of_kind[] = {
        [MP_MENTION] = {0, 0, UINT16_MAX},
        [MP_HEADING] = {0, 1, 0},
        [MP_ITEM] = {0, UINT16_MAX, 0},
        [MP_NOT] = {UINT16_MAX, UINT16_MAX, 0},
    };
    unsigned weight =
        ((unsigned)(m->own >= 0) << OWN | mp_low_bits(m->mask)) & of_kind[m->kind].weight;
    m->covers = (uint16_t)(of_kind[m->kind].covers | weight);
    m->covered = (uint16_t)(of_kind[m->kind].covered | weight);
}

/* Silences one of two mentions of a code that the other covers; `a` comes first and counts so far.
 * Without branches: which of them goes, nobody can foretell. */
static void compare(struct mp_mention *a, struct mp_mention *b)
{
    bool holds = a->last >= b->last, held = (b->first == a->first) & (b->last >= a->last);
    int twins = holds & held & (a->entry == b->entry); /* as full, both stay */
    bool less = holds & (a->covers >= b->covered + twins);
    bool no = !b->silent & held & !less & (b->covers >= a->covered + twins);
    /* in the very same place the fuller one stays, even if only the other says whether it is so */
    if (no & holds && a->kind == MP_MENTION && b->kind == MP_MENTION && a->own < 0 &&
        a->covers > b->covers % (1 << OWN)) {
        less = true;
        no = false;
    }
    a->silent = no;
    b->silent |= less;
}

/* Weighs the mentions and links those of each code; behind its last one stands one that begins
 * behind all. Puts down, last one first, those that the next one of their code begins in; how many
 * they are, or SIZE_MAX if memory ran out. */
static size_t find_met(const struct mp_lexicon *l, struct mp_text *text)
{
    size_t n = count(text), n_met = 0;
    text->scratch.len = 0;
    if (!mp_buf_reserve(&text->mentions, sizeof(struct mp_mention)) ||
        !mp_buf_reserve(&text->scratch, (n + l->n_codes) * sizeof(uint32_t)))
        return SIZE_MAX;
    struct mp_mention *m = list(text);
    uint32_t *met = MP_ITEMS(uint32_t, text->scratch), *next = met + n;
    for (size_t i = 0; i < n; i++)
        next[m[i].code] = (uint32_t)n;
    m[n].first = UINT32_MAX;
    for (uint32_t i = (uint32_t)n; i-- > 0;) {
        weigh(&m[i]);
        m[i].next = next[m[i].code];
        next[m[i].code] = met[n_met] = i;
        n_met += m[m[i].next].first <= m[i].last;
    }
    return n_met;
}

/* Mentions begin in order and span at most 64 tokens, so only near ones are compared. */
bool mp_mentions_drop_covered(const struct mp_lexicon *l, struct mp_text *text)
{
    size_t n = count(text), n_met = find_met(l, text), kept = 0;
    if (n_met == SIZE_MAX)
        return false;
    struct mp_mention *m = list(text);
    const uint32_t *met = MP_ITEMS(uint32_t, text->scratch);
    while (n_met-- > 0) {
        struct mp_mention *a = &m[met[n_met]], *b = &m[a->next];
        for (; !a->silent & (b->first <= a->last) && b - a < NEAR; b = &m[b->next])
            compare(a, b);
    }
    for (size_t i = 0; i < n; i++) {
        bool stays = !m[i].silent & (m[i].kind != MP_NOT);
        m[kept] = m[i]; /* whether it stays, nobody can foretell */
        kept += stays;
    }
    text->mentions.len = kept * sizeof *m;
    return true;
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
    size_t n = count(text);
    uint64_t codes = 0; /* by their number's last bits */
    for (size_t i = 0; i < n; i++)
        codes |= (uint64_t)(m[i].kind == MP_ITEM) << m[i].code % 64;
    for (; codes; codes &= codes - 1)
        for (uint32_t c = (uint32_t)__builtin_ctzll(codes); c < l->n_codes; c += 64)
            if (l->codes[c].enough)
                count_items(l, text, c);
}

/* By first token, then by code, then by last token. */
static bool is_behind(const struct mp_mention *a, const struct mp_mention *b)
{
    uint64_t one = (uint64_t)a->first << 32 | a->code, other = (uint64_t)b->first << 32 | b->code;
    return one > other || (one == other && a->last > b->last);
}

/* Nearly in order already. */
static void sort(struct mp_text *text)
{
    struct mp_mention *m = list(text);
    size_t n = count(text);
    for (size_t i = 1; i < n; i++) {
        if (!is_behind(&m[i - 1], &m[i]))
            continue;
        struct mp_mention one = m[i];
        size_t j = i;
        for (; j > 0 && is_behind(&m[j - 1], &one); j--)
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
    bool any = false;
    for (size_t i = 0; i < count(text); i++)
        any |= follows(l, &list(text)[i]) >= 0;
    if (!any)
        return true;
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
    bool past = false;
    for (size_t i = 0; i < n; i++) {
        bool stays = !m[i].silent;
        past |= stays & (m[i].status == MP_PAST);
        m[kept] = m[i];
        kept += stays;
    }
    text->mentions.len = kept * sizeof *m;
    if (past && !conclude(l, text))
        return false;
    sort(text);
    return true;
}
