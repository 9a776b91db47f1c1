/* The values that are compared: an open table, at most half full. */
#include "link/values.h"
#include "base/hash.h"
#include "link/compare.h"

enum { FIRST_SLOTS = 1024, DATE = 8, BLOCK = 32 * 1024 };

static uint32_t hash_half(uint64_t hash)
{
    return (uint32_t)(hash >> 32) | 1; /* never 0: a slot in use is never 0 */
}

static struct mp_str text_at(const struct mp_link_values *v, uint64_t slot)
{
    return mp_link_text_of(v, (uint32_t)slot);
}

/* The slot of the text, or the free one where it belongs. */
static size_t slot_of(const struct mp_link_values *v, struct mp_str text, uint64_t hash)
{
    size_t i = (size_t)hash & (v->n_slots - 1);
    while (v->slots[i] && ((uint32_t)(v->slots[i] >> 32) != hash_half(hash) ||
                           !mp_str_eq(text_at(v, v->slots[i]), text)))
        i = (i + 1) & (v->n_slots - 1);
    return i;
}

static bool widen(struct mp_link_values *v)
{
    if (v->n_slots >= 2 * (v->n + 1))
        return true;
    struct mp_link_values more = *v;
    more.n_slots = v->n_slots ? v->n_slots * 2 : FIRST_SLOTS;
    more.slots = mp_store_new(v->store, more.n_slots * sizeof *more.slots);
    if (!more.slots)
        return false;
    for (size_t i = 0; i < v->n_slots; i++) {
        if (!v->slots[i])
            continue;
        struct mp_str text = text_at(v, v->slots[i]);
        size_t at = (size_t)mp_hash_fast(text) & (more.n_slots - 1);
        while (more.slots[at])
            at = (at + 1) & (more.n_slots - 1);
        more.slots[at] = v->slots[i];
    }
    mp_store_drop(v->store, v->slots);
    *v = more;
    return true;
}

static void read_digits(struct mp_link_term *term)
{
    uint32_t digits = 0, n = 0;
    for (size_t i = 0; i < term->n; i++) {
        bool digit = term->p[i] >= '0' && term->p[i] <= '9';
        if ((!digit && term->p[i] != '-') || (digit && n++ == DATE))
            return;
        if (digit)
            digits = digits * 10 + (uint32_t)(term->p[i] - '0');
    }
    term->date = n == DATE;
    term->number = n > 0 && n == term->n;
    term->digits = digits & 0xfffffff; /* all of it: 99999999 at most */
}

static bool has_letter(struct mp_str text)
{
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        const char *blank = memchr(text.p + at, ' ', text.n - at);
        end = blank ? (size_t)(blank - text.p) : text.n;
        if (mp_link_is_letter((struct mp_str){text.p + at, end - at}))
            return true;
    }
    return false;
}

/* A copy of the text with a NUL behind it. */
static const char *keep(struct mp_link_values *v, struct mp_str text)
{
    if (text.n >= v->left) {
        v->left = text.n < BLOCK ? BLOCK : text.n + 1;
        v->room = mp_arena_alloc(&v->blocks, v->left);
        if (!v->room)
            v->left = 0;
    }
    if (!v->room)
        return NULL;
    char *p = v->room;
    memcpy(p, text.p, text.n);
    p[text.n] = '\0';
    v->room += text.n + 1;
    v->left -= text.n + 1;
    return p;
}

static bool add(struct mp_link_values *v, struct mp_str text)
{
    if (v->n >= UINT32_MAX - 1 || text.n > UINT32_MAX ||
        !mp_store_room(v->store, &v->all, v->n, &v->cap, sizeof *v->all))
        return false;
    text.p = keep(v, text);
    if (!text.p)
        return false;
    v->all[v->n] = (struct mp_link_term){.p = text.p,
                                         .letters = mp_letters_of(text),
                                         .n = (uint32_t)text.n,
                                         .letter = has_letter(text),
                                         .blank = text.n && memchr(text.p, ' ', text.n)};
    read_digits(&v->all[v->n++]);
    return true;
}

uint32_t mp_link_values_put(struct mp_link_values *v, struct mp_str text)
{
    if (!widen(v))
        return 0;
    uint64_t hash = mp_hash_fast(text);
    size_t at = slot_of(v, text, hash);
    if (!v->slots[at]) {
        if (!add(v, text))
            return 0;
        v->slots[at] = (uint64_t)hash_half(hash) << 32 | v->n;
    }
    return (uint32_t)v->slots[at];
}

void mp_link_values_make(struct mp_link_values *v, struct mp_store *store)
{
    *v = (struct mp_link_values){.store = store, .blocks = mp_store_arena(store, true)};
}

void mp_link_values_finish(struct mp_link_values *v)
{
    mp_store_drop(v->store, v->slots);
    v->slots = NULL;
    v->n_slots = 0;
}

void mp_link_values_free(struct mp_link_values *v)
{
    mp_store_drop(v->store, v->slots);
    mp_store_drop(v->store, v->all);
    *v = (struct mp_link_values){0};
}
