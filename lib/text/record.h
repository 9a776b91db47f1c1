/*
 * What a record's narrative says, put into the record: `signals`, and the facts that no column
 * gives, with `facts_from`.
 */
#ifndef MP_TEXT_RECORD_H
#define MP_TEXT_RECORD_H

#include "io/edit.h"
#include "text/reader.h"

struct mp_text_recorder {             /* one a thread; zeroed but for the first part: ready */
    const struct mp_lexicon *lexicon; /* NULL: nothing is read, only no_text counts */
    struct mp_str folder;             /* of the lexicon: left out of the places that explain */
    bool explain;                     /* signals tell which entry and which cue made them */
    bool no_text;                     /* no free text gets out, quotes of it neither */
    /* private */
    struct mp_rec_reader parser; /* of what no_text hides */
    struct mp_reader reader;
    struct mp_buf pieces, piece_text; /* of signals: struct mp_str, and what they point to */
    struct mp_buf narrative, text;    /* strings without their escapes */
    struct mp_buf signals, hosts, facts, person, link, triage, values[MP_N_FACTS],
        quoted[MP_N_FACTS];
    size_t line; /* of those handed over, for notes on it */
    bool said_unread;
};

void mp_text_recorder_free(struct mp_text_recorder *r);

/*
 * Appends the record's line, which this program has checked or written, and LF with what its
 * narrative says; where rec->root is NULL it is parsed only if need be. A signal's `start` and
 * `end` count characters. A fact is filled in where the record has none, or has it from an earlier
 * reading; what a column says stays, and facts_from tells if the text says something else. A record
 * that has no narrative, or that is an episode (link.reports), is not read: its signals and facts
 * stay. Notes are as in cli/stage.h. False if memory ran out.
 */
bool mp_text_record(struct mp_text_recorder *r, const struct mp_rec *rec, struct mp_buf *out,
                    struct mp_buf *notes);

/* The same for lines that are records: a mp_stage_fn (cli/stage.h) with a recorder as worker. */
bool mp_text_lines(void *recorder, struct mp_str lines, struct mp_buf *out, struct mp_buf *notes);

#endif
