/* Which mentions of a text count. */
#include "text/mentions.h"

enum {
    NEAR = 256,   /* mentions from one to what it may cover: a bound for hostile texts */
    OWN = 1 << 8, /* in a weight, above the number of words */
    ALL = UINT16_MAX
};

static struct mp_mention *list(const struct mp_text *text)
{
    return MP_ITEMS(struct mp_mention, text->mentions);
}

static size_t count(const struct mp_text *text)
{
    return MP_COUNT(struct mp_mention, text->mentions);
}

/* Hits of a code of which each begins before all that came before it have ended. */
struct latest {
    uint32_t leader, end; /* the first, counted from 1; the token behind all; 0: none */
};

/* How a hit stands to others of its code: it covers what it holds if `covers` is not less than the
 * other's `covered`. */
struct weight {
    uint16_t covers, covered;
};

/* A hit that says a code, while it is not known whether it counts. Places are counted from 1; the
 * first one stands for none. */
struct found {
    const struct mp_hit *hit;
    struct weight weight;
    bool silent;
    uint32_t leader;
    uint32_t first, last; /* of a leader: those that hits to come may meet, a list */
    uint32_t next;        /* in that list */
};

/* What only looks like it covers all; what says itself whether it is so goes before what does not,
 * then the fuller one; a heading covers nothing, an item is covered by nothing else. */
static inline struct weight weigh(const struct mp_gist *gist, uint64_t mask)
{
    static const struct weight of_kind[] = {
        [MP_HEADING] = {0, 1}, [MP_ITEM] = {0, ALL}, [MP_NOT] = {ALL, ALL}};
    static const uint16_t weighs[] = {[MP_MENTION] = ALL, [MP_NOT] = 0};
    unsigned weight = (gist->status >= 0 ? OWN : 0) + mp_low_bits(mask);
    weight &= weighs[gist->kind]; /* of a kind that does not weigh itself, 0 */
    return (struct weight){(uint16_t)(of_kind[gist->kind].covers | weight),
                           (uint16_t)(of_kind[gist->kind].covered | weight)};
}

/* Silences one of two hits of a code that meet, if the other covers it and none of them is silent
 * already; `a` comes first. Without branches: which of them goes, nobody can foretell. */
static inline void compare(struct found *a, struct found *b)
{
    const struct mp_hit *one = a->hit, *other = b->hit;
    bool holds = !a->silent & (one->last >= other->last),
         held = !a->silent & (other->first == one->first) & (other->last >= one->last);
    int twins = holds & held & (one->entry == other->entry); /* as full, both stay */
    bool less = holds & (a->weight.covers >= b->weight.covered + twins);
    bool no = held & !less & !b->silent & (b->weight.covers >= a->weight.covered + twins);
    /* in the very same place the fuller one stays, even if only the other says whether it is so */
    bool fuller =
        no & holds & (a->weight.covers < OWN) & (a->weight.covers > b->weight.covers % OWN);
    a->silent |= no & !fuller;
    b->silent |= less | fuller;
}

/* Puts down the n hits. Lists those that begin in an earlier one of their code, or in one that
 * hangs together with such, and returns how many they are. */
static size_t find_met(const struct mp_lexicon *l, const struct mp_hit *h, const uint32_t *hits,
                       size_t n, struct latest *latest, struct found *found, uint32_t *met)
{
    size_t n_met = 0;
    found[0] = (struct found){.hit = h, .silent = true};
    for (uint32_t i = 1; i <= n; i++) {
        const struct mp_hit *one = &h[hits[i - 1]];
        const struct mp_gist *gist = &l->gists[one->entry];
        struct latest *of_code = &latest[gist->code];
        uint32_t end = one->last + 1, goes_on = -(uint32_t)(one->first < of_code->end);
        uint32_t leader = (of_code->leader & goes_on) | (i & ~goes_on);
        uint32_t more = (of_code->end - end) & -(uint32_t)(of_code->end > end);
        *of_code = (struct latest){leader, end + more};
        found[i] = (struct found){one, weigh(gist, one->mask), false, leader, i, i, 0};
        met[n_met] = i;
        n_met += goes_on & 1;
    }
    return n_met;
}

/* Silences what others of its code cover. Each is compared with those before it that it may still
 * meet, nearly always one at most: what is silent meets no more. Hits begin in order, so that what
 * has ended is left, one at each turn. */
static void drop_covered(struct found *found, const uint32_t *met, size_t n_met)
{
    for (size_t k = 0; k < n_met; k++) {
        uint32_t i = met[k];
        struct found *one = &found[i], *list = &found[one->leader], *head = &found[list->first];
        bool left = head->silent | (head->hit->last < one->hit->first) | (i - list->first >= NEAR);
        uint32_t first = list->first ^ ((list->first ^ head->next) & -(uint32_t)left), at = first;
        do
            compare(&found[at], one);
        while ((at = found[at].next));
        uint32_t stays = i & -(uint32_t)!one->silent;
        found[list->last].next = stays;
        list->first = first ? first : stays;
        list->last = stays ? stays : list->last;
    }
}

static void set_mention(struct mp_mention *m, const struct mp_lexicon *l, const struct mp_hit *h)
{
    const struct mp_gist *gist = &l->gists[h->entry];
    *m = (struct mp_mention){
        .code = gist->code,
        .entry = h->entry,
        .first = h->first,
        .last = h->last,
        .mask = h->mask,
        .status = gist->status > 0 ? (enum mp_status)gist->status : MP_PRESENT,
        .cue = MP_NO_CUE,
        .kind = gist->kind,
        .own = gist->status,
    };
}

bool mp_mentions_make(const struct mp_lexicon *l, struct mp_text *text, const uint32_t *hits,
                      size_t n)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, text->hits);
    text->clues.len = text->mentions.len = 0;
    if (!mp_buf_reserve(&text->clues, l->n_codes * sizeof(struct latest) +
                                          (n + 1) * sizeof(struct found) + n * sizeof(uint32_t)) ||
        !mp_buf_reserve(&text->mentions, n * sizeof(struct mp_mention)))
        return false;
    struct latest *latest = MP_ITEMS(struct latest, text->clues);
    struct found *found = (struct found *)(void *)(latest + l->n_codes);
    uint32_t *places = (uint32_t *)(void *)(found + n + 1);
    memset(latest, 0, l->n_codes * sizeof *latest);
    size_t n_met = find_met(l, h, hits, n, latest, found, places), kept = 0;
    drop_covered(found, places, n_met);
    for (size_t i = 0; i < n; i++) { /* whether it stays, nobody can foretell */
        places[kept] = hits[i];
        kept += !found[i + 1].silent;
    }
    struct mp_mention *m = list(text), *end = m;
    for (size_t i = 0; i < kept; i++) {
        set_mention(end, l, &h[places[i]]);
        end += end->kind != MP_NOT; /* it only looks like one */
    }
    text->mentions.len = (size_t)(end - m) * sizeof *m;
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
    struct mp_mention *m = list(text);
    size_t n = count(text), kept = 0;
    bool items = false, silent = false, past = false;
    for (size_t i = 0; i < n; i++) {
        items |= m[i].kind == MP_ITEM;
        silent |= m[i].silent;
        past |= m[i].status == MP_PAST;
    }
    if (items)
        count_all_items(l, text);
    for (size_t i = 0; items | silent && i < n; i++) {
        m[kept] = m[i];
        kept += !m[i].silent;
    }
    if (items | silent)
        text->mentions.len = kept * sizeof *m;
    if (past && !conclude(l, text))
        return false;
    sort(text);
    return true;
}
