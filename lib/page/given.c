/* What was given out: a note for each record, and the line of a page in a log (Wpg art. 32). */
#include "base/sha256.h"
#include "io/json.h"
#include "page/dossier.h"

enum { LOGGED_MAX = 250 };

static const char *const level_names[] = {"full", "care", "statistics"};

/* The reports' numbers whatever the level: the log stays with who gives out. */
static void add_numbers(yyjson_val *root, struct mp_buf *b)
{
    yyjson_val *reports = mp_episode_list(root, "link.reports"), *report;
    size_t i, n, start = b->len;
    if (!reports) {
        mp_buf_addstr(b, mp_rec_str(root, "id"));
        return;
    }
    yyjson_arr_foreach(reports, i, n, report)
    {
        struct mp_str id = mp_rec_str(report, "id"), document = mp_rec_str(report, "document");
        if (b->len - start + id.n + document.n > LOGGED_MAX) {
            mp_buf_addf(b, " and %zu more", n - i);
            return;
        }
        mp_buf_addf(b, "%s%.*s%s%.*s", i ? ", " : "", (int)id.n, id.n ? id.p : "",
                    document.n ? "-" : "", (int)document.n, document.n ? document.p : "");
    }
}

void mp_dossier_note(const struct mp_dossier *d, yyjson_val *root, struct mp_str program,
                     struct mp_buf *b)
{
    struct mp_str as_of = mp_rec_str(root, "triage.as_of");
    add_numbers(root, b);
    mp_buf_addf(b, ": %s, %zu fields, %zu pieces taken out, as of %.*s, ",
                level_names[d->say.level], d->say.fields - d->before,
                d->say.redact.taken - d->taken, (int)(as_of.n < 16 ? as_of.n : 16),
                as_of.n ? as_of.p : "-");
    mp_buf_addstr(b, program);
}

/* A report's number with its document, as pages show it. */
static void add_number(struct mp_buf *b, yyjson_val *report)
{
    struct mp_buf whole = {0};
    mp_say_join(&whole, "-", mp_rec_str(report, "id"));
    mp_say_join(&whole, "-", mp_rec_str(report, "document"));
    mp_json_add_str(b, mp_buf_str(&whole));
    b->failed |= whole.failed;
    mp_buf_free(&whole);
}

void mp_dossier_given(struct mp_dossier *d, yyjson_val *root)
{
    struct mp_buf *b = &d->given;
    yyjson_val *reports = mp_episode_list(root, "link.reports"), *report;
    size_t i, n;
    mp_buf_adds(b, b->len ? ",{" : "{");
    mp_json_add_key(b, "reports");
    mp_buf_addc(b, '[');
    if (reports) {
        yyjson_arr_foreach(reports, i, n, report)
        {
            mp_buf_adds(b, i ? "," : "");
            add_number(b, report);
        }
    } else {
        add_number(b, root);
    }
    mp_buf_addc(b, ']');
    mp_json_add_field(b, "episode_id", mp_rec_str(root, "link.episode_id"));
    mp_json_add_field(b, "person_id", mp_rec_str(root, "link.person_id"));
    mp_json_add_field(b, "as_of", mp_rec_str(root, "triage.as_of"));
    mp_buf_addf(b, ",\"fields\":%zu,\"taken_out\":%zu}", d->say.fields - d->before,
                d->say.redact.taken - d->taken);
    d->say.b->failed |= b->failed;
}

static void add_digest(struct mp_buf *b, struct mp_str page)
{
    unsigned char digest[MP_SHA256_SIZE];
    mp_sha256(page, digest);
    mp_json_add_key(b, "sha256");
    mp_buf_addc(b, '"');
    for (size_t i = 0; i < sizeof digest; i++)
        mp_buf_addf(b, "%02x", digest[i]);
    mp_buf_addc(b, '"');
}

void mp_dossier_manifest(const struct mp_dossier *d, const struct mp_given_out *g, struct mp_buf *b)
{
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "given_at", g->at);
    mp_json_add_field(b, "program", g->program);
    mp_json_add_field(b, "page", d->wanted ? MP_STR("case") : MP_STR("worklist"));
    mp_json_add_field(b, "format", g->format);
    mp_json_add_field(b, "level", mp_str_of(level_names[d->say.level]));
    mp_json_add_key(b, "records");
    mp_buf_addc(b, '[');
    mp_buf_addstr(b, mp_buf_str(&d->given));
    mp_buf_addf(b, "],\"fields\":%zu,\"taken_out\":%zu", d->say.fields, d->say.redact.taken);
    mp_buf_addf(b, ",\"bytes\":%zu", g->page.n);
    add_digest(b, g->page);
    mp_buf_adds(b, "}\n");
}
