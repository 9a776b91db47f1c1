/* The outputs of a program: records, rejects and what is written beside them. */
#include "cli/app_outputs.h"
#include <stdlib.h>
#include <sys/stat.h>

/* Whether both names are the same existing file, whatever they are called. */
static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* The same for files that need not exist yet: one name in one folder. */
static bool same_place(const char *a, const char *b)
{
    char *in_a = mp_output_folder(a), *in_b = mp_output_folder(b);
    const char *name_a = strrchr(a, '/'), *name_b = strrchr(b, '/');
    struct stat x, y;
    bool device = stat(a, &x) == 0 && !S_ISREG(x.st_mode); /* /dev/null may take both */
    bool same = !device && in_a && in_b && stat(in_a, &x) == 0 && stat(in_b, &y) == 0 &&
                x.st_dev == y.st_dev && x.st_ino == y.st_ino &&
                strcmp(name_a ? name_a + 1 : a, name_b ? name_b + 1 : b) == 0;
    free(in_a);
    free(in_b);
    return same || same_file(a, b);
}

/* All outputs by option; those that are not asked for have no path. */
static size_t list_outputs(const struct mp_app *a, struct mp_app_file *list)
{
    size_t n = 0;
    list[n++] = (struct mp_app_file){.option = "output", .path = a->output};
    list[n++] = (struct mp_app_file){.option = "reject", .path = a->reject_file};
    for (size_t i = 0; i < a->n_others; i++)
        list[n++] = a->others[i];
    return n;
}

static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* An output that is an input, or another output, would replace what it is made from. */
static int check_name(struct mp_app *a, const struct mp_app_file *list, size_t i)
{
    struct mp_error e;
    const char *path = list[i].path;
    for (size_t k = 0; k < a->n_files; k++)
        if (same_file(path, a->files[k])) {
            mp_error_set(&e, MP_USAGE, "%s is an input: it would be replaced", path);
            return mp_app_fail(a, &e);
        }
    if (i > 0 && is_stdout(path) && (!a->output || is_stdout(a->output))) {
        mp_error_set(&e, MP_USAGE, "--%s=-: standard output is the records'; give --output",
                     list[i].option);
        return mp_app_fail(a, &e);
    }
    for (size_t k = 0; k < i; k++)
        if (list[k].path && same_place(list[k].path, path)) {
            mp_error_set(&e, MP_USAGE, "--%s and --%s are the same file", list[k].option,
                         list[i].option);
            return mp_app_fail(a, &e);
        }
    return 0;
}

static int check_names(struct mp_app *a)
{
    struct mp_app_file list[2 + MP_APP_FILES];
    size_t n = list_outputs(a, list);
    for (size_t i = 0; i < n; i++)
        if (list[i].path && check_name(a, list, i) < 0)
            return -1;
    return 0;
}

int mp_app_open_outputs(struct mp_app *a)
{
    struct mp_error e;
    if (check_names(a) < 0)
        return -1;
    if (mp_output_open(&a->out, a->output, &e) < 0)
        return mp_app_fail(a, &e);
    a->out.line_buffered |= a->line_buffered;
    if (a->reject_file && mp_output_open(&a->rejects, a->reject_file, &e) < 0)
        return mp_app_fail(a, &e);
    a->rejects.line_buffered |= a->line_buffered;
    for (size_t i = 0; i < a->n_others; i++) {
        struct mp_app_file *f = a->others + i;
        if (f->path && (f->log ? mp_output_append : mp_output_open)(&f->out, f->path, &e) < 0)
            return mp_app_fail(a, &e);
    }
    a->opened = true;
    return 0;
}

/* Rejects first: when the output stands, what is missing from it stands too. After a failure the
 * output is taken away; rejects are kept where there were too many of them, for they say why. */
void mp_app_finish_outputs(struct mp_app *a)
{
    struct mp_error e;
    if (a->n_others > 0 && a->opened && !a->failed && mp_output_flush(&a->out, &e) < 0)
        mp_app_fail(a, &e); /* before the others take their places */
    bool keep_rejects = a->opened && (!a->failed || a->diag.count[MP_TOO_MANY] > 0);
    if (keep_rejects && a->reject_file && mp_output_commit(&a->rejects, &e) < 0)
        mp_app_fail(a, &e);
    for (size_t i = 0; i < a->n_others; i++)
        if (a->opened && !a->failed && a->others[i].path &&
            mp_output_commit(&a->others[i].out, &e) < 0)
            mp_app_fail(a, &e);
    if (a->opened && !a->failed && mp_output_commit(&a->out, &e) < 0)
        mp_app_fail(a, &e);
    for (size_t i = 0; i < a->n_others; i++)
        mp_output_abandon(&a->others[i].out);
    mp_output_abandon(&a->out);
    mp_output_abandon(&a->rejects);
}
