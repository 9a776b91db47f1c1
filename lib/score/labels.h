/*
 * Labels out of JSON, in either of two forms: that of people who label texts (signals as an object
 * of codes and statuses, facts as an object) or that of records (signals as a list of mentions,
 * facts as keys of the record).
 */
#ifndef MP_SCORE_LABELS_H
#define MP_SCORE_LABELS_H

#include "base/arena.h"
#include "base/error.h"
#include "score/score.h"
#include <yyjson.h>

/* Gathers mentions until they are labels. Zeroed: ready; mp_score_mentions_free frees. */
struct mp_score_mentions {
    struct mp_buf signals;
};

/* One mention; its texts are copied into the arena, `around` is the stretch that
 * mp_score_around gives. */
void mp_score_mention(struct mp_score_mentions *m, struct mp_arena *a, struct mp_str code,
                      enum mp_score_status status, struct mp_str quote, struct mp_str around);

/* Makes labels of the mentions and forgets them: of those of one code the one whose status comes
 * first, and among these the first. False if memory ran out since mp_score_mentions was zeroed. */
bool mp_score_mentions_end(struct mp_score_mentions *m, struct mp_arena *a,
                           struct mp_score_labels *labels);

void mp_score_mentions_free(struct mp_score_mentions *m);

/* Number of the status, or -1. */
int mp_score_status_named(struct mp_str name);

/* The sentence around `quote`, which lies in `text`, cut to about 300 bytes on each side. A
 * sentence ends at a line end, or at a stop that no small letter follows. */
struct mp_str mp_score_around(struct mp_str text, struct mp_str quote);

/* The text of a record: of the key narrative, or else text; empty where there is none. */
struct mp_str mp_score_text(yyjson_val *root);

/*
 * Reads signals and facts of an object; what is copied belongs to the arena. 0, or -1 with an
 * error without a place: NOT_A_RECORD where signals are in neither form, or MEMORY.
 */
int mp_score_labels_read(struct mp_score_mentions *m, struct mp_arena *a, yyjson_val *root,
                         struct mp_score_labels *labels, struct mp_error *e);

/* Reads a labelled document: the same, with its id, its text and the codes that do not count.
 * NOT_A_RECORD also where it has no id. */
int mp_score_doc_read(struct mp_score_mentions *m, struct mp_arena *a, yyjson_val *root,
                      struct mp_score_doc *doc, struct mp_error *e);

#endif
