/*
 * How nearly a hidden cell is known: tables with other counts that would be printed the same.
 *
 * The usual check computes bounds (propagation, linear programs) and trusts that they are as wide
 * in whole numbers. Here it is the other way round: for each hidden cell whole tables are looked
 * for, with all published numbers as they are and all others possible, in which it is as small, and
 * as large, as a reader must be left to think. What is found is proof, whatever the reader
 * computes. What is not found counts as unsafe, though it may be safe. The search is an ejection
 * chain (Glover, Ejection Chains, Reference Structures and Alternating Path Methods, 1996) that
 * changes a cell by one and then others until all sums hold again, and gives up after some thousand
 * tries.
 *
 * Where it finds nothing it may change published cells too, as few as it can; these are hidden
 * then. (In the package they are chosen by running the elimination again with fewer cells
 * published.) A cell hidden so cannot be recovered either: the table that was found is one with
 * another count.
 */
#ifndef MP_COUNT_INTERVALS_H
#define MP_COUNT_INTERVALS_H

#include "count/gauss.h"

/* What a reader knows about a cell beforehand, and what must remain. */
struct mp_sdc_span {
    int64_t least, most; /* known */
    int64_t low;         /* must look possible; where high < low any span of the width will do */
    int64_t high, width;
    int64_t seen_low, seen_high; /* possible, as found so far; at first the value twice */
};

static inline bool mp_sdc_is_wide(const struct mp_sdc_span *s)
{
    return s->low <= s->high ? s->seen_low <= s->low && s->seen_high >= s->high
                             : s->seen_high - s->seen_low >= s->width;
}

enum mp_sdc_widen {
    MP_SDC_OWN, /* of each cell by a search for it alone, among hidden cells; none is hidden */
    MP_SDC_ALL, /* by whatever is found; published cells become GUARDED where nothing else helps */
};

/*
 * Widens seen_low and seen_high of hidden cells where that is needed. What was seen stays possible
 * when more is hidden. What OWN has seen with all cells hidden that are not 0, ALL will see with
 * any of them hidden. Spans are those of all cells. *work is how many cells it may
 * look at, and then how many are left: at 0 or less it has given up. 0, or -1 with the error
 * (MEMORY).
 */
int mp_sdc_widen(const struct mp_sdc *s, uint8_t *roles, struct mp_sdc_span *spans,
                 enum mp_sdc_widen how, int64_t *work, struct mp_error *e);

#endif
