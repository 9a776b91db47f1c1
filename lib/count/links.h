/*
 * What tables of a run say together because their conditions hang together, or a condition and a
 * dimension: for guard_cells.c alone.
 *
 * Tables of one condition are linked by cells that they share, which mp_disclose sees. Tables of
 * several are linked by more. One of girls alone is the row `f` of one by sex; those who are back
 * and those who are not are all; those below 12, less the band below 10, are 10 or 11. A reader
 * knows from the definitions that this is so. Here it is found out without reading them:
 *
 * - Every record makes some of the run's conditions true: an atom. What a table counts is a set of
 *   atoms; the cells of it that have one value of a dimension are a set of pairs of atom and value.
 *   If vectors of such sets (1 for each item in it) depend on each other, so do the counts, in
 * every cell of the dimensions that they have in common, and by the same factors: an equation.
 * - Where an item (what no set tells apart) follows from published sets without being one, its
 * count can be worked out although nobody prints it: all less those at home less those in prison.
 * So do differences of a set and one inside it. They are guarded like cells if they are small.
 *
 * That a pair of atom and value does not occur may be so by definition, or by accident. Of a
 * dimension that reads what the condition reads it is taken to be by definition; else only if the
 * condition parts the values of the dimension (all of a value, or nothing), or is true of so many
 * records of a value, without exception, that chance would do that once in a thousand times. Links
 * that are an accident do no harm but that more is hidden. Links that the definitions make always
 * hold in the data too, so none is missed but these: parts of a value, of a dimension that reads
 * something else (a field from which the other was derived); of persons, all that is not one cell
 * beside one cell or a sum of cells.
 *
 * Dimensions among themselves are not looked at: two classes of age are strangers.
 */
#ifndef MP_COUNT_LINKS_H
#define MP_COUNT_LINKS_H

#include "count/guard_cells.h"
#include "count/related.h"

/* Fills in c->links from c->tables and their cells. 0, or -1 with the error (MEMORY, or NOT_SAFE
 * where too much hangs together). */
int mp_links_make(struct mp_guard_cells *c, const struct mp_related *r, struct mp_error *e);

/* Sets *told of the i-th table: whether how many records it has follows from what tables that count
 * tell. `counts` says which do. 0, or -1 with the error (MEMORY). */
int mp_links_told(const struct mp_related *r, const struct mp_guard *g, const bool *counts,
                  size_t table, bool *told, struct mp_error *e);

#endif
