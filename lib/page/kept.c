/* Words that look like a name and are none. */
#include "page/kept.h"
#include "base/utf8.h"

enum kind {
    NOT_KEPT,
    SMALL,
    WORD,
    TOWN,
};

enum { KEPT_MAX = 60 }; /* bytes of a word, or two, that may be kept */

static int read_words(struct mp_kept *k, struct mp_yaml *list, enum kind kind, struct mp_error *e)
{
    struct mp_buf folded = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < mp_yaml_count(list); i++) {
        struct mp_yaml *word = mp_yaml_item(list, i);
        if (mp_yaml_is_text(word, e) < 0) {
            mp_buf_free(&folded);
            return -1;
        }
        folded.len = 0;
        mp_utf8_fold(&folded, word->text);
        size_t at = folded.failed ? MP_MAP_NONE : mp_map_put(&k->words, mp_buf_str(&folded));
        fine = at != MP_MAP_NONE;
        if (fine && k->words.entries[at].value == NOT_KEPT)
            k->words.entries[at].value = kind;
    }
    mp_buf_free(&folded);
    return fine ? 0 : mp_error_memory(e);
}

int mp_kept_load(struct mp_kept *k, const struct mp_yaml *root, struct mp_error *e)
{
    if (read_words(k, mp_yaml_get(root, "small"), SMALL, e) < 0 ||
        read_words(k, mp_yaml_get(root, "towns"), TOWN, e) < 0 ||
        read_words(k, mp_yaml_get(root, "keep"), WORD, e) < 0)
        return -1;
    return 0;
}

void mp_kept_free(struct mp_kept *k)
{
    mp_map_free(&k->words);
}

static enum kind kind_of(const struct mp_kept *k, struct mp_str words)
{
    char room[KEPT_MAX];
    struct mp_buf folded = {room, 0, sizeof room, false};
    if (words.n == 0 || words.n > KEPT_MAX / 3)
        return NOT_KEPT;
    mp_utf8_fold(&folded, words);
    size_t at = mp_map_find(&k->words, mp_buf_str(&folded));
    return at == MP_MAP_NONE ? NOT_KEPT : (enum kind)k->words.entries[at].value;
}

bool mp_kept_small(const struct mp_kept *k, struct mp_str word)
{
    return kind_of(k, word) == SMALL;
}

static bool ends_word(char c)
{
    return strchr(" \t\r\n.,;:!?()/\"", c); /* and where the text has a zero */
}

/* In doubt it is one: more is taken out then. */
static bool has_capital(struct mp_str word)
{
    size_t at = 0;
    uint32_t c = word.n ? mp_utf8_next(word, &at) : 0;
    return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0xdf) || (c >= 0x100 && c < 0x2000);
}

/* The word a space before, empty if there is none. */
static struct mp_str word_before(struct mp_str text, size_t start)
{
    size_t end = start > 0 && text.p[start - 1] == ' ' ? start - 1 : 0, from = end;
    while (from > 0 && !ends_word(text.p[from - 1]))
        from--;
    return (struct mp_str){text.p + from, end - from};
}

static struct mp_str word_behind(struct mp_str text, size_t end)
{
    size_t from = end < text.n && text.p[end] == ' ' ? end + 1 : text.n, to = from;
    while (to < text.n && !ends_word(text.p[to]))
        to++;
    return (struct mp_str){text.p + from, to - from};
}

/* What begins a sentence has a capital whatever it is. */
static bool begins_sentence(struct mp_str text, struct mp_str word)
{
    size_t at = (size_t)(word.p - text.p);
    return at < 2 || text.p[at - 1] == '\n' || (at >= 2 && strchr(".!?\n", text.p[at - 2]));
}

bool mp_kept_here(const struct mp_kept *k, struct mp_str text, size_t start, size_t end,
                  struct mp_str *pair)
{
    struct mp_str before = word_before(text, start), behind = word_behind(text, end);
    const char *from = before.n ? before.p : text.p + start,
               *to = behind.n ? behind.p + behind.n : text.p + end;
    struct mp_str with_before = {from, (size_t)(text.p + end - from)},
                  with_behind = {text.p + start, (size_t)(to - (text.p + start))};
    enum kind kind = kind_of(k, (struct mp_str){text.p + start, end - start});
    *pair = (struct mp_str){0};
    if ((before.n && kind_of(k, with_before)) || (behind.n && kind_of(k, with_behind)))
        return true;
    if (kind == NOT_KEPT)
        return false;
    if (has_capital(before) && !begins_sentence(text, before) && !kind_of(k, before))
        *pair = with_before;
    else if (kind != TOWN && has_capital(behind) && !kind_of(k, behind))
        *pair = with_behind;
    return pair->n == 0;
}
