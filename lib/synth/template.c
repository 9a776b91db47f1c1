/* Texts with places to fill in. */
#include "synth/read.h"

struct mp_str mp_synth_by_sex(struct mp_str text, bool girl)
{
    const char *slash = memchr(text.p, '/', text.n);
    if (!slash)
        return text;
    size_t boy = (size_t)(slash - text.p);
    return girl ? (struct mp_str){slash + 1, text.n - boy - 1} : (struct mp_str){text.p, boy};
}

/* Number of a word in a blank-separated list, or MP_NOWHERE. */
#define MP_NOWHERE ((size_t)-1)
static size_t number_in(const char *words, struct mp_str word)
{
    for (size_t i = 0; *words; i++) {
        size_t n = strcspn(words, " ");
        if (mp_str_eq((struct mp_str){words, n}, word))
            return i;
        words += n + (words[n] == ' ');
    }
    return MP_NOWHERE;
}

static size_t number_of_list(const struct mp_synth_lists *lists, struct mp_str name)
{
    for (size_t i = 0; lists && i < lists->n; i++)
        if (mp_str_eq(lists->names[i], name))
            return i;
    return MP_NOWHERE;
}

/* What stands between the braces. */
static int read_place(struct mp_synth_reader *r, const struct mp_yaml *at, struct mp_str name,
                      const char *known, const struct mp_synth_lists *lists,
                      struct mp_synth_piece *piece)
{
    char room[200];
    size_t value = number_in(known, name), list = number_of_list(lists, name);
    if (memchr(name.p, '/', name.n))
        *piece = (struct mp_synth_piece){.kind = MP_SYNTH_BY_SEX,
                                         .text = mp_synth_by_sex(name, false),
                                         .other = mp_synth_by_sex(name, true)};
    else if (value != MP_NOWHERE)
        *piece = (struct mp_synth_piece){.kind = MP_SYNTH_VALUE, .value = value};
    else if (list != MP_NOWHERE)
        *piece = (struct mp_synth_piece){.kind = MP_SYNTH_LIST, .value = list};
    else
        return mp_yaml_fail(at, r->e, "{%s} is not known here; known are: %s%s",
                            mp_error_quote(name, room), known, lists ? ", and the lists" : "");
    return 0;
}

int mp_synth_read_template(struct mp_synth_reader *r, const struct mp_yaml *at, struct mp_str text,
                           const char *known, const struct mp_synth_lists *lists,
                           struct mp_synth_template *out)
{
    size_t places = 0;
    for (size_t i = 0; i < text.n; i++)
        places += text.p[i] == '{';
    out->n = 0;
    out->pieces = mp_arena_alloc(r->arena, (2 * places + 1) * sizeof *out->pieces);
    if (!out->pieces)
        return mp_error_memory(r->e);
    for (size_t from = 0;;) {
        const char *open = from < text.n ? memchr(text.p + from, '{', text.n - from) : NULL;
        size_t to = open ? (size_t)(open - text.p) : text.n;
        if (to > from)
            out->pieces[out->n++] =
                (struct mp_synth_piece){.kind = MP_SYNTH_TEXT, .text = {text.p + from, to - from}};
        if (!open)
            return 0;
        const char *close = memchr(open, '}', text.n - to);
        if (!close)
            return mp_yaml_fail(at, r->e, "a '{' has no '}'");
        struct mp_str name = {open + 1, (size_t)(close - open) - 1};
        if (read_place(r, at, name, known, lists, &out->pieces[out->n++]) < 0)
            return -1;
        from = (size_t)(close - text.p) + 1;
    }
}

void mp_synth_fill(struct mp_buf *b, const struct mp_synth_template *t, const struct mp_str *values,
                   const struct mp_synth_lists *lists, bool girl, struct mp_chance *c)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct mp_synth_piece *piece = &t->pieces[i];
        switch (piece->kind) {
        case MP_SYNTH_TEXT:
            mp_buf_addstr(b, piece->text);
            break;
        case MP_SYNTH_VALUE:
            mp_buf_addstr(b, values[piece->value]);
            break;
        case MP_SYNTH_LIST:
            mp_buf_addstr(b, mp_synth_pick(&lists->lists[piece->value], c));
            break;
        case MP_SYNTH_BY_SEX:
            mp_buf_addstr(b, girl ? piece->other : piece->text);
            break;
        }
    }
}
