/*
 * The one way by which a text gets onto a page: written for its place, so that nothing in it can
 * break out, hide or turn its surroundings round.
 *
 * In every place: bytes that are no UTF-8, controls (C0, DEL, C1), bidirectional controls,
 * invisible format characters and noncharacters become U+FFFD; line ends and tabs become a blank.
 */
#ifndef MP_PAGE_ESCAPE_H
#define MP_PAGE_ESCAPE_H

#include "base/utf8.h"

enum mp_place {
    MP_IN_HTML,  /* text of an element of HTML or SVG, or a quoted attribute: & < > " ' escaped */
    MP_IN_TEXT,  /* a terminal, mail */
    MP_IN_ASCII, /* the same with ASCII alone: Latin letters lose their marks, the rest is "?" */
    MP_IN_MARKDOWN, /* text of GitHub-flavoured Markdown, at the start of a block or within */
    MP_IN_CSV,      /* a whole field of CSV (RFC 4180), in quotes where it needs them */
};

/*
 * Appends s.
 *
 * Markdown: every sign that could begin something is escaped, at the start of the text also those
 * that begin a list or a line under a heading, and what an extension would make a link of by itself
 * is taken apart; leading blanks go.
 *
 * CSV: a field that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV
 * injection), and so does what would begin a field where the semicolon separates.
 */
void mp_escape(struct mp_buf *b, enum mp_place place, struct mp_str s);

#endif
