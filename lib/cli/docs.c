/* What documentation is made from the option and message tables. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "cli/docs.h"
#include "cli/app.h"
#include <csv.h>
#include <gnu/libc-version.h>
#include <pcre2.h>
#include <yaml.h>

static void man_options(const struct mp_opts *opts, struct mp_buf *b)
{
    const struct mp_opt *o;
    mp_buf_adds(b, ".Bl -tag -width Ds\n");
    for (size_t i = 0; (o = mp_opts_at(opts, i)); i++) {
        if (!o->help)
            continue;
        mp_buf_adds(b, ".It");
        if (o->letter && o->arg)
            mp_buf_addf(b, " Fl %c Ar %s ,", o->letter, o->arg);
        else if (o->letter)
            mp_buf_addf(b, " Fl %c ,", o->letter);
        mp_buf_addf(b, " Fl Fl %s", o->name);
        if (o->arg)
            mp_buf_addf(b, " Ns = Ns Ar %s", o->arg);
        mp_buf_addf(b, "\n%s.\n", o->help);
    }
    mp_buf_adds(b, ".El\n");
}

/* mdoc wants each sentence on a line of its own. */
static void add_sentences(struct mp_buf *b, const char *text)
{
    for (; *text; text++) {
        bool end = text[0] == '.' && text[1] == ' ';
        mp_buf_addc(b, *text);
        if (end) {
            mp_buf_addc(b, '\n');
            text++;
        }
    }
    mp_buf_addc(b, '\n');
}

static void man_diagnostics(unsigned scope, struct mp_buf *b)
{
    static const char *const levels[] = {"note", "warning", "rejected", "error"};
    mp_buf_adds(b, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < MP_N_CODES; i++) {
        const struct mp_code_info *c = &mp_code_info[i];
        if (c->scope & (MP_IN_ALL | scope)) {
            mp_buf_addf(b, ".It Sy %s Pq %s\n", c->code, levels[c->level]);
            add_sentences(b, c->help);
        }
    }
    mp_buf_adds(b, ".El\n");
}

static void bash(const char *tool, const struct mp_opts *opts, struct mp_buf *b)
{
    char name[64];
    size_t n = 0;
    for (; tool[n] && n < sizeof name - 1; n++)
        name[n] = tool[n] == '-' ? '_' : tool[n];
    name[n] = '\0';
    mp_buf_addf(
        b,
        "_%s()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n",
        name);
    mp_buf_adds(b, "    [ \"$word\" = = ] && word=\n"
                   "    [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
                   "    case $before in\n");
    const struct mp_opt *o;
    for (size_t i = 0; (o = mp_opts_at(opts, i)); i++)
        if (o->help && o->choices)
            mp_buf_addf(b, "    --%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n",
                        o->name, o->choices);
    mp_buf_adds(b, "    esac\n    case $word in\n    -*) COMPREPLY=($(compgen -W '");
    for (size_t i = 0; (o = mp_opts_at(opts, i)); i++)
        if (o->help)
            mp_buf_addf(b, "%s--%s%s", i ? " " : "", o->name, o->arg ? "=" : "");
    mp_buf_addf(b, "' -- \"$word\")) ;;\n    esac\n}\ncomplete -o default -o nospace -F _%s %s\n",
                name, tool);
}

/* What zsh offers for the option's argument. */
static void zsh_argument(const struct mp_opt *o, struct mp_buf *b)
{
    if (o->choices)
        mp_buf_addf(b, ":%s:(%s)", o->arg, o->choices);
    else if (o->arg)
        mp_buf_addf(b, ":%s:_files", o->arg);
    mp_buf_adds(b, "' \\\n");
}

static void zsh(const char *tool, const struct mp_opts *opts, struct mp_buf *b)
{
    const struct mp_opt *o;
    mp_buf_addf(b, "#compdef %s\n_arguments -s \\\n", tool);
    for (size_t i = 0; (o = mp_opts_at(opts, i)); i++) {
        if (!o->help)
            continue;
        if (o->letter) {
            mp_buf_addf(b, "  '-%c%s[%s]", o->letter, o->arg ? "+" : "", o->help);
            zsh_argument(o, b);
        }
        mp_buf_addf(b, "  '--%s%s[%s]", o->name, o->arg ? "=" : "", o->help);
        zsh_argument(o, b);
    }
    mp_buf_adds(b, opts->no_files ? "  && return 0\n" : "  '*:file:_files'\n");
}

void mp_docs(const char *kind, const char *tool, unsigned scope, const struct mp_opts *opts,
             struct mp_buf *b)
{
    switch (kind[0]) {
    case 'o':
        man_options(opts, b);
        break;
    case 'd':
        man_diagnostics(scope, b);
        break;
    case 'b':
        bash(tool, opts, b);
        break;
    default:
        zsh(tool, opts, b);
    }
}

void mp_docs_build_info(const char *tool, struct mp_buf *b)
{
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    uint32_t json = yyjson_version();
    char pcre2[64] = ""; /* and its date behind a blank */
    pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
    mp_buf_addf(b,
                "%s %s\ncompiler %s\nlibc %s\nlibcsv %d.%d.%d\nlibyaml %d.%d.%d\nyyjson %u.%u.%u\n"
                "pcre2 %.*s\n",
                tool, MP_VERSION, __VERSION__, gnu_get_libc_version(), CSV_MAJOR, CSV_MINOR,
                CSV_RELEASE, major, minor, patch, json >> 16, json >> 8 & 255, json & 255,
                (int)strcspn(pcre2, " "), pcre2);
}
