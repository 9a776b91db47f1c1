/*
 * What can go wrong, in one ordered table, and the struct that carries it up.
 *
 * A function of lib/ that can fail returns 0 or a negative number and fills in a struct mp_error;
 * it never prints. MP_CODES is the single list: the enum, the messages' codes, the man pages'
 * DIAGNOSTICS and the test that each is reached are all made from it.
 */
#ifndef MP_BASE_ERROR_H
#define MP_BASE_ERROR_H

#include "base/str.h"

enum mp_level {
    MP_NOTE,   /* nothing is wrong, but somebody may wonder */
    MP_WARN,   /* the record is kept, something in it is not as it should be */
    MP_REJECT, /* the record is set aside: exit status 1 */
    MP_FATAL,  /* the run stops: exit status 2 */
};

enum mp_scope {
    MP_IN_ALL = 1,
    MP_IN_INGEST = 2,
    MP_IN_DEDUPE = 4,
    MP_IN_TRIAGE = 8,
    MP_IN_STATS = 16,
    MP_IN_REPORT = 32,
    MP_IN_EVAL = 64,
    MP_IN_SYNTH = 128,
    MP_IN_READERS = /* all that have an input */
    MP_IN_INGEST | MP_IN_DEDUPE | MP_IN_TRIAGE | MP_IN_STATS | MP_IN_REPORT | MP_IN_EVAL
};

/* X(identifier, level, which programs, code, what it means and what to do) */
#define MP_CODES(X)                                                                                \
    X(USAGE, MP_FATAL, MP_IN_ALL, "usage", "The command line is wrong. See --help.")               \
    X(OPEN, MP_FATAL, MP_IN_ALL, "open", "A file cannot be opened. Check its name and rights.")    \
    X(READ, MP_FATAL, MP_IN_ALL, "read", "An input cannot be read to its end.")                    \
    X(WRITE, MP_FATAL, MP_IN_ALL, "write", "An output cannot be written; an older file stays.")    \
    X(MEMORY, MP_FATAL, MP_IN_ALL, "memory", "Memory ran out.")                                    \
    X(RULES, MP_FATAL, MP_IN_ALL, "rules", "A YAML file of rules has a mistake at this place.")    \
    X(TOO_MANY, MP_FATAL, MP_IN_READERS, "too-many-rejects", "More rejects than --max-rejects.")   \
    X(TOO_LARGE, MP_REJECT, MP_IN_READERS, "too-large", "A record is larger than --max-record.")   \
    X(NOT_JSON, MP_REJECT, MP_IN_READERS, "not-json", "A line is not one well-formed JSON value.") \
    X(NOT_A_RECORD, MP_REJECT, MP_IN_READERS, "not-a-record",                                      \
      "A line is JSON but not a record of a schema that this program reads.")                      \
    X(DUPLICATE_KEY, MP_REJECT, MP_IN_READERS, "duplicate-key",                                    \
      "A JSON object has a key twice; which one counts cannot be told.")                           \
    X(NO_PROFILE, MP_FATAL, MP_IN_INGEST, "no-profile",                                            \
      "No profile, or more than one, fits the heading. Name one with --profile.")                  \
    X(NO_COLUMN, MP_FATAL, MP_IN_INGEST, "no-column",                                              \
      "A column that the named profile needs is not in the heading.")                              \
    X(RAGGED, MP_REJECT, MP_IN_INGEST, "ragged",                                                   \
      "A row has more or fewer fields than the heading. See --ragged.")                            \
    X(UNCLOSED_QUOTE, MP_REJECT, MP_IN_INGEST, "unclosed-quote",                                   \
      "A quoted field is never closed; reading goes on at the next line.")                         \
    X(STRAY_QUOTE, MP_REJECT, MP_IN_INGEST, "stray-quote",                                         \
      "A quote inside a quoted field is not doubled; reading goes on at the next line.")           \
    X(BAD_ENCODING, MP_REJECT, MP_IN_INGEST, "bad-encoding",                                       \
      "Bytes are in none of the encodings that the profile or --encoding names.")                  \
    X(UNKNOWN_ROLE, MP_REJECT, MP_IN_INGEST, "unknown-row",                                        \
      "The profile does not say whether a row with this value counts. Add it to rows.")            \
    X(ABSENT_COLUMN, MP_WARN, MP_IN_INGEST, "absent-column",                                       \
      "None of the columns that the profile gives for a field is in the heading: a typing "        \
      "error, or an export that lacks it.")                                                        \
    X(DUPLICATE_COLUMN, MP_WARN, MP_IN_INGEST, "duplicate-column",                                 \
      "The heading has a name twice; the second is read as \"name (2)\".")                         \
    X(LITERAL_QUOTE, MP_WARN, MP_IN_INGEST, "literal-quote",                                       \
      "A quote inside an unquoted field is taken as it stands.")                                   \
    X(MIXED_ENCODING, MP_WARN, MP_IN_INGEST, "mixed-encoding",                                     \
      "From here on fields are in another encoding than before or than the profile says.")         \
    X(UNDEFINED_BYTE, MP_WARN, MP_IN_INGEST, "undefined-byte",                                     \
      "A byte has no meaning in the encoding; it is kept as the control character U+0080 to "      \
      "U+009F of the same number.")                                                                \
    X(NUL_BYTE, MP_WARN, MP_IN_INGEST, "nul-byte", "A field holds a NUL; it is kept.")             \
    X(BAD_VALUE, MP_WARN, MP_IN_INGEST, "bad-value",                                               \
      "A value is none that the profile knows: null, its text stays in rest.")                     \
    X(BAD_NUMBER, MP_WARN, MP_IN_INGEST, "bad-number",                                             \
      "A registration number has no spelling that the profile knows: null, text in rest.")         \
    X(BAD_DATE, MP_WARN, MP_IN_INGEST, "bad-date",                                                 \
      "Not a date or time in the profile's format, or no such day: null, text in rest.")           \
    X(TWO_DIGIT_YEAR, MP_WARN, MP_IN_INGEST, "two-digit-year",                                     \
      "A year of two digits does not say its century: null, text in rest.")                        \
    X(SWAPPED_DATE, MP_WARN, MP_IN_INGEST, "swapped-date",                                         \
      "Day and month seem to stand the wrong way round: null, text in rest.")                      \
    X(SKIPPED_HOUR, MP_WARN, MP_IN_INGEST, "skipped-hour",                                         \
      "The time lies in the hour that summer time skips: the day is kept, text in rest.")          \
    X(FUTURE_BIRTH, MP_WARN, MP_IN_INGEST, "future-birth",                                         \
      "Somebody is born after the report: null, text in rest.")                                    \
    X(RETURN_FIRST, MP_WARN, MP_IN_INGEST, "return-first",                                         \
      "The return lies before the departure: the return is null, text in rest.")                   \
    X(REPEATED_HEADING, MP_NOTE, MP_IN_INGEST, "repeated-heading",                                 \
      "The heading stands once more between the rows; it is skipped and not counted.")             \
    X(EMPTY_ROW, MP_NOTE, MP_IN_INGEST, "empty-row", "A row of separators alone is dropped.")      \
    X(LONE_UNIT, MP_WARN, MP_IN_INGEST, "lone-unit",                                               \
      "Half a character of UTF-16 stands alone; it is read as U+FFFD.")                            \
    X(DROPPED, MP_NOTE, MP_IN_INGEST, "dropped",                                                   \
      "Rows that a rule of the profile leaves out, counted for each rule.")                        \
    X(FILLED, MP_WARN, MP_IN_INGEST, "filled",                                                     \
      "A ragged row is kept: missing fields are empty, surplus ones stand in rest.")               \
    X(NOT_READ, MP_NOTE, MP_IN_INGEST, "not-read",                                                 \
      "The text of episodes is not read, for it is that of one report alone. Read it before "      \
      "mp-dedupe.")                                                                                \
    X(GAVE_UP, MP_WARN, MP_IN_INGEST | MP_IN_EVAL, "gave-up",                                      \
      "An expression of the lexicon takes too many steps at a word of the record: whether it "     \
      "fits is not known. It is read as if it did not. Write it so that it can try a word in one " \
      "way only.")                                                                                 \
    X(TO_REVIEW, MP_NOTE, MP_IN_DEDUPE, "to-review",                                               \
      "Pairs of reports may be of one youth or of two; somebody should look. See --review.")       \
    X(LARGE_BLOCK, MP_NOTE, MP_IN_DEDUPE, "large-block",                                           \
      "More reports share the values of a block than can be compared with each other.")            \
    X(HISTORY, MP_FATAL, MP_IN_DEDUPE, "history",                                                  \
      "A line of --history is no report of an earlier run with its ids: see --annotate.")          \
    X(IDS_CHANGED, MP_NOTE, MP_IN_DEDUPE, "ids-changed",                                           \
      "Ids of the history are no more, or only for some of their reports. See --changes.")         \
    X(KEPT_APART, MP_NOTE, MP_IN_DEDUPE, "kept-apart",                                             \
      "One rule would join two reports, another says that they are two youths: not joined.")       \
    X(NO_ASSESSMENT, MP_REJECT, MP_IN_TRIAGE, "no-assessment",                                     \
      "A record of --risk has no client, no day, or no level that the rules know.")                \
    X(LATER, MP_NOTE, MP_IN_TRIAGE, "later",                                                       \
      "The departure or report of records lies behind --as-of: they are not on the worklist.")     \
    X(TRIAGE_LEFT, MP_NOTE, MP_IN_DEDUPE, "triage-left-out",                                       \
      "Reports had been triaged; an episode is more than one report: run mp-triage again.")        \
    X(TOO_MANY_VALUES, MP_FATAL, MP_IN_STATS, "too-many-values",                                   \
      "A dimension has more values than a table can hold. It seems to be no dimension.")           \
    X(TOO_MANY_AT_ONCE, MP_REJECT, MP_IN_STATS, "too-many-at-once",                                \
      "A record has more values of one dimension than can be counted; it is not counted at all.")  \
    X(NO_UNIT, MP_FATAL, MP_IN_STATS, "no-unit",                                                   \
      "The unit that --unit names cannot be counted in this input: see mp-dedupe.")                \
    X(MIXED_UNITS, MP_WARN, MP_IN_STATS, "mixed-units",                                            \
      "Only some records give a unit, so it is not counted. Give in either reports or episodes.")  \
    X(LONG_GAP, MP_WARN, MP_IN_STATS, "long-gap",                                                  \
      "Too many periods without a record: no rows for them. A date may be wrong.")                 \
    X(TOO_FINE, MP_WARN, MP_IN_STATS, "too-fine",                                                  \
      "A table has too many cells to see to it that no small count follows from others: its "      \
      "finest "                                                                                    \
      "cells are left out. Ask for fewer dimensions, or for larger values, or see --effort.")      \
    X(EMPTY_LEFT_OUT, MP_WARN, MP_IN_STATS, "empty-left-out",                                      \
      "Over a million cells of a table would be 0: only its totals have every period. A date may " \
      "be wrong.")                                                                                 \
    X(NEVER_DECIDED, MP_WARN, MP_IN_STATS, "never-decided",                                        \
      "No record has what the condition of a table asks for: a typing error, or an input that "    \
      "lacks it.")                                                                                 \
    X(ENDLESS, MP_WARN, MP_IN_STATS, "no-as-of",                                                   \
      "Open cases have no duration unless a moment is given: use --as-of, or mp-triage --as-of.")  \
    X(UNITS_LEFT_OUT, MP_NOTE, MP_IN_STATS, "units-left-out",                                      \
      "The input is reports, which say nothing about episodes or persons: see mp-dedupe.")         \
    X(NOT_SAFE, MP_FATAL, MP_IN_STATS, "not-safe",                                                 \
      "A hidden count could be worked out from what is shown, and nothing more can be hidden: "    \
      "nothing is written. Ask for fewer tables or dimensions, or for another --min-cell.")        \
    X(INTERNAL, MP_WARN, MP_IN_STATS, "internal",                                                  \
      "A table that is for internal use only is left out: only with --unsafe is it written.")      \
    X(CELLS_HIDDEN, MP_NOTE, MP_IN_STATS, "cells-hidden",                                          \
      "Rows whose number is not told, by reason: see Disclosure control.")                         \
    X(OTHER_STATE, MP_FATAL, MP_IN_STATS, "other-state",                                           \
      "A state hangs on other tables, another --as-of, --unit or --key than this run.")            \
    X(STATE_NOT_WHOLE, MP_FATAL, MP_IN_STATS, "state-not-whole",                                   \
      "Lines of a state are missing, came twice or were changed. Give all of them, as they were "  \
      "written.")                                                                                  \
    X(SAME_STATE, MP_WARN, MP_IN_STATS, "same-state",                                              \
      "A state with the same persons came more than once. Its file may be given twice.")           \
    X(OPEN_KEY, MP_WARN, MP_IN_STATS, "open-key",                                                  \
      "Others than its owner may read the file of --key. See chmod.")                              \
    X(NO_CASE, MP_WARN, MP_IN_REPORT, "no-case",                                                   \
      "No record is of the case that --case names: exit status 1.")                                \
    X(NO_TABLE, MP_WARN, MP_IN_REPORT, "no-table",                                                 \
      "No row is of a table that --table names: exit status 1.")                                   \
    X(GIVEN_OUT, MP_NOTE, MP_IN_REPORT, "given-out",                                               \
      "A record stands on the page: its reports, at which level, how much of it. For the log of "  \
      "what was provided (Wpg art. 32).")                                                          \
    X(REPEATED_ID, MP_WARN, MP_IN_EVAL, "repeated-id",                                             \
      "Two records of one input have the same id. The later one counts.")                          \
    X(NO_SUCH_CODE, MP_WARN, MP_IN_EVAL, "no-such-code",                                           \
      "A --code fits no code that is said or read, or a label's code is not in the lexicon: a "    \
      "typing error, or there are none.")                                                          \
    X(EXAMPLE, MP_WARN, MP_IN_EVAL, "example",                                                     \
      "Another status or speaker comes out of an example of the lexicon than it says: exit "       \
      "status 1.")                                                                                 \
    X(BELOW_MIN, MP_WARN, MP_IN_EVAL, "below-min",                                                 \
      "A score is lower than --min asks for: exit status 1.")

enum mp_code {
#define X(id, level, scope, code, text) MP_##id,
    MP_CODES(X)
#undef X
        MP_N_CODES
};

struct mp_code_info {
    enum mp_level level;
    unsigned scope; /* of enum mp_scope */
    const char *code;
    const char *help;
};

extern const struct mp_code_info mp_code_info[MP_N_CODES];

enum { MP_ERROR_TEXT = 480 };

struct mp_error {
    enum mp_code code;
    struct mp_str file; /* borrowed; p NULL where no file is concerned */
    size_t line, col;   /* from 1; 0 where not known. col counts characters */
    char text[MP_ERROR_TEXT];
};

/* Fills in all but the place and returns -1, so that a function can end with it. Too long a text
 * is cut on a character's border; bytes that are not UTF-8 become "?". */
int mp_error_set(struct mp_error *e, enum mp_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "memory" is always the same. Returns -1. */
int mp_error_memory(struct mp_error *e);

/* Sets the place; returns -1. */
int mp_error_at(struct mp_error *e, struct mp_str file, size_t line, size_t col);

/* A quoted excerpt of a value for a message: at most 40 characters, controls replaced. The bytes
 * live in `room`. */
const char *mp_error_quote(struct mp_str value, char room[static 200]);

#endif
