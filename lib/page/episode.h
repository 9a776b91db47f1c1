/*
 * What a worklist and the sheet of a case both say of a triaged episode or report: who, since when,
 * how urgent and why, what is due, what to ask.
 */
#ifndef MP_PAGE_EPISODE_H
#define MP_PAGE_EPISODE_H

#include "io/rules.h"
#include "page/say.h"

/* One record; borrowed from its reader. */
struct mp_episode {
    struct mp_say *s;
    yyjson_val *root;
    struct mp_case *k;              /* has read the record */
    const struct mp_when *returned; /* back although no time is known */
    bool open;
};

/* Reads a record. False if it has not been triaged. */
bool mp_episode_read(struct mp_episode *ep, yyjson_val *root);

/* Who it is: a name for those who may know it, else the client number or the person's id; of
 * statistics nobody. `more`: age, sex and place as well. */
struct mp_str mp_episode_name(struct mp_episode *ep);
struct mp_str mp_episode_who(struct mp_episode *ep);

/* In whole years; for statistics a class of them. */
struct mp_str mp_episode_age(struct mp_episode *ep);

/* From when to when or how long as yet. */
struct mp_str mp_episode_times(struct mp_episode *ep);

/* The protocol's category with its light and score. */
struct mp_str mp_episode_urgency(struct mp_episode *ep);

/* What contradicts it or cannot be decided, as lines. */
void mp_episode_doubts(struct mp_episode *ep, struct mp_buf *lines);

/* Its reasons, the weightiest first: `max` of them, with `quotes` quotes each. */
void mp_episode_reasons(struct mp_episode *ep, struct mp_buf *lines, size_t max, size_t quotes);

/* What is to be done; how many of it is overdue. */
size_t mp_episode_actions(struct mp_episode *ep, struct mp_buf *lines);

/* What to ask. */
void mp_episode_questions(struct mp_episode *ep, struct mp_buf *lines);

/* The numbers of its reports; none for statistics. */
struct mp_str mp_episode_numbers(struct mp_episode *ep);

/* Number and document of one of its reports, as signals name it. */
struct mp_str mp_episode_number(struct mp_episode *ep, yyjson_val *report);

/* The list at a path, or NULL. */
yyjson_val *mp_episode_list(yyjson_val *root, const char *path);

/* Who said it and in which report, as the signals with the quote tell. */
struct mp_str mp_episode_source(struct mp_episode *ep, struct mp_str said_by, struct mp_str report);

#endif
