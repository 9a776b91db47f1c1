/*
 * Fuzz target: any line. Where it is JSON, what a skim gives of it is, too, and
 * the same stands at what was asked for.
 */
#include "fuzz.h"
#include "io/skim.h"

static const char *const asked[] = {"a", "b.c", "b.d", "b.e.f.g", "b", "list"};
static struct mp_skim skim;

static struct mp_path path_of(const char *text)
{
    struct mp_path path;
    MUST(mp_path_of(&path, mp_str_of(text)));
    return path;
}

static void ask(void)
{
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct mp_path path = path_of(asked[i]);
        MUST(mp_skim_add(&skim, &path));
    }
    struct mp_path items = path_of("b.items"), in = path_of("k"), count = path_of("count");
    MUST(mp_skim_add_items(&skim, &items, &in) && mp_skim_add_items(&skim, &count, NULL));
}

static yyjson_val *at(yyjson_val *root, const char *text)
{
    struct mp_path path = path_of(text);
    return mp_rec_get(root, &path);
}

/* Of an object that leads on, only what is below it was asked for. */
static void check_value(yyjson_val *a, yyjson_val *b)
{
    struct mp_buf x = {0}, y = {0};
    MUST(yyjson_get_type(a) == yyjson_get_type(b));
    if (a && !yyjson_is_obj(a)) {
        mp_rec_add_value(&x, a);
        mp_rec_add_value(&y, b);
    }
    MUST(mp_str_eq(mp_buf_str(&x), mp_buf_str(&y)));
    mp_buf_free(&x);
    mp_buf_free(&y);
}

static void check_items(yyjson_val *a, yyjson_val *b)
{
    MUST(yyjson_get_type(a) == yyjson_get_type(b) && yyjson_arr_size(a) == yyjson_arr_size(b));
    for (size_t i = 0; i < yyjson_arr_size(a); i++)
        check_value(at(yyjson_arr_get(a, i), "k"), at(yyjson_arr_get(b, i), "k"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mp_rec_reader whole = {0}, small = {0};
    struct mp_rec line = {.line = {(const char *)data, size}}, part = {0};
    struct mp_error e;
    if (!skim.n)
        ask();
    char *out = malloc(size + !size);
    MUST(out);
    part.line = (struct mp_str){out, mp_skim_line(&skim, line.line, out)};
    bool parsed = mp_rec_parse(&whole, &line, &e) == 0;
    if (part.line.n > 0 && parsed) {
        MUST(mp_rec_parse(&small, &part, &e) == 0);
        for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
            check_value(at(line.root, asked[i]), at(part.root, asked[i]));
        check_items(at(line.root, "b.items"), at(part.root, "b.items"));
        check_items(at(line.root, "count"), at(part.root, "count"));
    }
    mp_rec_reader_free(&whole);
    mp_rec_reader_free(&small);
    free(out);
    return 0;
}
