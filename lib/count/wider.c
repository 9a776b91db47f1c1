/* Which further cells to hide where a hidden one is known too nearly. */
#include "count/wider.h"
#include <stdlib.h>

#define NO_CELL UINT32_MAX

/* Terms of a row, of either kind. */
struct terms {
    const uint32_t *cells;
    const int8_t *signs;
    size_t n;
    bool zero;
};

static struct terms terms_of(const struct mp_sdc *s, size_t row)
{
    const struct mp_sdc_rows *rows = row < s->zero.n ? &s->zero : &s->least;
    size_t r = row < s->zero.n ? row : row - s->zero.n;
    size_t from = rows->begins[r];
    return (struct terms){rows->cells + from, rows->signs + from, rows->begins[r + 1] - from,
                          rows == &s->zero};
}

int mp_sdc_wider_begin(struct mp_sdc_wider *w, const struct mp_sdc *s, struct mp_error *e)
{
    size_t n_rows = s->zero.n + s->least.n, n_terms = s->zero.n_terms + s->least.n_terms;
    *w = (struct mp_sdc_wider){.s = s};
    w->in = malloc((n_terms + 1) * sizeof *w->in);
    w->in_begins = calloc(s->n + 3, sizeof *w->in_begins);
    w->queue = malloc((s->n + 1) * sizeof *w->queue);
    w->seen = calloc(s->n + 1, sizeof *w->seen);
    w->votes = malloc((s->n + 1) * sizeof *w->votes);
    w->fresh = malloc(n_rows + 1);
    if (!w->votes || !w->in || !w->in_begins || !w->queue || !w->seen || !w->fresh)
        return mp_error_memory(e);
    for (size_t i = 0; i < s->zero.n_terms; i++)
        w->in_begins[s->zero.cells[i] + 2]++;
    for (size_t i = 0; i < s->least.n_terms; i++)
        w->in_begins[s->least.cells[i] + 2]++;
    for (size_t c = 1; c <= s->n; c++)
        w->in_begins[c + 1] += w->in_begins[c];
    for (size_t r = 0; r < n_rows; r++)
        for (size_t i = 0; i < terms_of(s, r).n; i++)
            w->in[w->in_begins[terms_of(s, r).cells[i] + 1]++] = (uint32_t)r;
    return 0;
}

void mp_sdc_wider_end(struct mp_sdc_wider *w)
{
    free(w->in);
    free(w->in_begins);
    free(w->queue);
    free(w->seen);
    free(w->votes);
    free(w->fresh);
}

/* Whether x should be published after y. */
static bool is_later(const struct mp_sdc *s, uint32_t x, uint32_t y)
{
    unsigned dx = mp_sdc_depth(&s->cells[x]), dy = mp_sdc_depth(&s->cells[y]);
    if (dx != dy)
        return dx > dy;
    if (s->cells[x].value != s->cells[y].value)
        return s->cells[x].value < s->cells[y].value;
    return x > y;
}

/* The cell of a row to be hidden next, and how much the hidden ones can move without it. */
static uint32_t candidate(const struct mp_sdc_wider *w, const uint8_t *roles,
                          const struct mp_sdc_span *spans, size_t row, uint32_t cell,
                          uint64_t *room)
{
    struct terms t = terms_of(w->s, row);
    uint32_t best = NO_CELL;
    int64_t value = 0;
    *room = 0;
    for (size_t i = 0; i < t.n; i++) {
        uint32_t other = t.cells[i];
        const struct mp_sdc_cell *c = &w->s->cells[other];
        value += t.signs[i] * (int64_t)c->value;
        if (roles[other] >= MP_SDC_HIDDEN) {
            if (other != cell && (int64_t)c->value > spans[other].least)
                *room += c->value - (uint64_t)spans[other].least;
        } else if (c->value && !c->never && (best == NO_CELL || is_later(w->s, other, best))) {
            best = other;
        }
    }
    *room += t.zero ? 0 : (uint64_t)(value > 0 ? value : 0);
    return best;
}

/* Of all rows that the cell is in and that leave less room than `tight`, the narrowest. */
static uint32_t candidate_at(const struct mp_sdc_wider *w, const uint8_t *roles,
                             const struct mp_sdc_span *spans, uint32_t cell, uint64_t tight)
{
    uint32_t best = NO_CELL;
    uint64_t room;
    for (uint32_t i = w->in_begins[cell]; i < w->in_begins[cell + 1]; i++) {
        uint32_t one = candidate(w, roles, spans, w->in[i], cell, &room);
        if (one == NO_CELL || room >= tight)
            continue;
        best = one;
        tight = room;
    }
    return best;
}

/* Puts in the queue what is hidden in such rows of the cell. */
static size_t queue_next(struct mp_sdc_wider *w, const uint8_t *roles,
                         const struct mp_sdc_span *spans, uint32_t cell, uint64_t tight, size_t n)
{
    uint64_t room;
    for (uint32_t i = w->in_begins[cell]; i < w->in_begins[cell + 1]; i++) {
        struct terms t = terms_of(w->s, w->in[i]);
        candidate(w, roles, spans, w->in[i], cell, &room);
        for (size_t k = 0; room < tight && k < t.n; k++)
            if (roles[t.cells[k]] >= MP_SDC_HIDDEN && w->seen[t.cells[k]] != w->searches) {
                w->seen[t.cells[k]] = w->searches;
                w->queue[n++] = t.cells[k];
            }
    }
    return n;
}

/* The same of the cell, then of hidden cells that share such a row with it, and so on. */
static uint32_t search(struct mp_sdc_wider *w, const uint8_t *roles,
                       const struct mp_sdc_span *spans, uint32_t cell, uint64_t tight)
{
    size_t n = 0;
    w->queue[n++] = cell;
    w->seen[cell] = ++w->searches;
    for (size_t at = 0; at < n; at++) {
        uint32_t best = candidate_at(w, roles, spans, w->queue[at], tight);
        if (best != NO_CELL)
            return best;
        n = queue_next(w, roles, spans, w->queue[at], tight, n);
    }
    return NO_CELL;
}

/* Whether a row of the cell has got a new hidden one in this turn; if not, it has now. */
static bool is_fresh(struct mp_sdc_wider *w, uint32_t cell)
{
    bool fresh = false;
    for (uint32_t i = w->in_begins[cell]; i < w->in_begins[cell + 1]; i++)
        fresh |= w->fresh[w->in[i]];
    for (uint32_t i = w->in_begins[cell]; !fresh && i < w->in_begins[cell + 1]; i++)
        w->fresh[w->in[i]] = 1;
    return fresh;
}

size_t mp_sdc_wider_pick(struct mp_sdc_wider *w, uint8_t *roles, const struct mp_sdc_span *spans,
                         uint64_t width)
{
    size_t picked = 0;
    uint32_t most = 0, hurry = 3 + w->turns++ / 4;
    if (hurry > 31)
        hurry = 31;
    memset(w->votes, 0, w->s->n * sizeof *w->votes);
    memset(w->fresh, 0, w->s->zero.n + w->s->least.n);
    for (uint32_t cell = 0; cell < w->s->n; cell++) {
        if (roles[cell] < MP_SDC_HIDDEN || mp_sdc_is_wide(&spans[cell]))
            continue;
        uint32_t best = search(w, roles, spans, cell, width);
        if (best == NO_CELL)
            best = search(w, roles, spans, cell, UINT64_MAX);
        if (best != NO_CELL && ++w->votes[best] > most)
            most = w->votes[best];
    }
    for (uint32_t cell = 0; cell < w->s->n; cell++)
        if (w->votes[cell] && w->votes[cell] >= most >> hurry && !is_fresh(w, cell)) {
            roles[cell] = MP_SDC_GUARDED;
            picked++;
        }
    return picked;
}
