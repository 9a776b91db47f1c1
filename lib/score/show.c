/* The table of scores: one list of rows, written either way. */
#include "score/show.h"
#include "io/json.h"
#include <inttypes.h>
#include <stdlib.h>

enum { NAME_WIDTH = 27 };

struct sheet {
    struct mp_buf *b;
    bool json;
    size_t rows;
};

static void begin(struct sheet *s, const char *kind, const char *indent, struct mp_str name)
{
    s->rows++;
    if (s->json) {
        mp_buf_adds(s->b, "{\"row\":\"");
        mp_buf_adds(s->b, kind);
        mp_buf_addc(s->b, '"');
        mp_json_add_field(s->b, "name", name);
        return;
    }
    mp_buf_adds(s->b, indent);
    mp_buf_addstr(s->b, name);
    for (size_t n = strlen(indent) + name.n; n < NAME_WIDTH; n++)
        mp_buf_addc(s->b, ' ');
}

static void add_count(struct sheet *s, const char *kind, const char *indent, struct mp_str name,
                      struct mp_score_count c)
{
    begin(s, kind, indent, name);
    mp_buf_addf(s->b,
                s->json ? ",\"precision\":%.3f,\"recall\":%.3f,\"f1\":%.3f,\"tp\":%" PRIu64
                          ",\"fp\":%" PRIu64 ",\"fn\":%" PRIu64 "}\n"
                        : " %6.3f %6.3f %6.3f %7" PRIu64 " %6" PRIu64 " %6" PRIu64 "\n",
                mp_score_precision(c), mp_score_recall(c), mp_score_f1(c), c.tp, c.fp, c.fn);
}

static void add_share(struct sheet *s, const char *kind, const char *indent, const char *name,
                      uint64_t right, uint64_t of)
{
    begin(s, kind, indent, mp_str_of(name));
    mp_buf_addf(s->b,
                s->json ? ",\"share\":%.3f,\"right\":%" PRIu64 ",\"of\":%" PRIu64 "}\n"
                        : " %6.3f %6" PRIu64 " %6" PRIu64 "\n",
                of ? (double)right / (double)of : 1.0, right, of);
}

static void add_head(struct sheet *sheet, const struct mp_score *s)
{
    sheet->rows++;
    mp_buf_addf(sheet->b,
                sheet->json ? "{\"row\":\"records\",\"labelled\":%" PRIu64 ",\"unread\":%" PRIu64
                              "}\n"
                            : "%" PRIu64 " labelled records, %" PRIu64 " of them not read\n",
                s->docs, s->unread);
    if (!sheet->json)
        mp_buf_addf(sheet->b, "%*s %6s %6s %6s %7s %6s %6s\n", NAME_WIDTH, "", "P", "R", "F1", "tp",
                    "fp", "fn");
}

static void add_facts(struct sheet *sheet, const struct mp_score *s)
{
    uint64_t right = 0;
    if (!sheet->json)
        mp_buf_addf(sheet->b, "%*s %6s %6s %6s\n", NAME_WIDTH, "", "share", "right", "of");
    for (enum mp_score_fact f = 0; f < MP_N_SCORE_FACTS; f++) {
        add_share(sheet, "fact", sheet->json ? "" : "fact ", mp_score_fact_names[f], s->facts[f],
                  s->docs);
        right += s->facts[f];
    }
    add_share(sheet, "facts", "facts ", "together", right, s->docs * MP_N_SCORE_FACTS);
}

size_t mp_score_show(struct mp_buf *b, const struct mp_score *s, bool codes, bool facts, bool json)
{
    struct sheet sheet = {b, json, 0};
    size_t *order = mp_score_order(s);
    if (!order) {
        b->failed = true;
        return 0;
    }
    add_head(&sheet, s);
    add_count(&sheet, "signals", "", MP_STR("code+status"), s->exact);
    add_count(&sheet, "signals", "", MP_STR("code"), s->code);
    add_count(&sheet, "signals", "", MP_STR("positive"), s->positive);
    for (enum mp_score_status i = 0; i < MP_N_SCORE_STATUS; i++)
        add_count(&sheet, "status", "  ", mp_str_of(mp_score_status_names[i]), s->status[i]);
    for (size_t i = 0; codes && i < s->codes.n; i++)
        add_count(&sheet, "code", "    ", s->codes.entries[order[i]].key,
                  mp_score_of_code(s, order[i]));
    if (facts)
        add_facts(&sheet, s);
    free(order);
    return b->failed ? 0 : sheet.rows;
}
