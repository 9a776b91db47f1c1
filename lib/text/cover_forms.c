/* Forms that hold others. */
#include "text/cover_forms.h"

static bool has_front(const struct mp_word_form *f)
{
    return f->fit == MP_FITS_END || f->fit == MP_FITS_WITHIN;
}

static bool has_behind(const struct mp_word_form *f)
{
    return f->fit == MP_FITS_START || f->fit == MP_FITS_WITHIN;
}

/* Whether each word that `b` fits `a` fits, too, but for typing errors. */
static bool fits_all(const struct mp_word_form *a, const struct mp_word_form *b)
{
    struct mp_str x = a->stem, y = b->stem;
    if (a->fit == MP_FITS_EXPRESSION || b->fit == MP_FITS_EXPRESSION || x.n > y.n ||
        (has_front(b) && !has_front(a)) || (has_behind(b) && !has_behind(a)))
        return false;
    if (a->fit == MP_FITS_WITHIN)
        return memmem(y.p, y.n, x.p, x.n) != NULL;
    if (a->fit == MP_FITS_END)
        return memcmp(x.p, y.p + y.n - x.n, x.n) == 0;
    return memcmp(x.p, y.p, x.n) == 0 && (a->fit == MP_FITS_START || x.n == y.n);
}

/* Whether one of the other forms says all that `f` does, if no typing errors are looked for near
 * it: these stand near one form and not near another. */
static bool is_held(const struct mp_words *w, const struct mp_word_form *f,
                    struct mp_word_forms others)
{
    for (size_t i = 0; !f->errors && i < others.n; i++)
        if (fits_all(&w->forms[others.at[i]], f))
            return true;
    return false;
}

bool mp_forms_within(const struct mp_words *w, uint32_t narrow, uint32_t wide)
{
    struct mp_word_forms these = mp_words_forms(w, narrow), others = mp_words_forms(w, wide);
    for (size_t i = 0, j = 0; i < these.n; i++) { /* both are in order */
        while (j < others.n && others.at[j] < these.at[i])
            j++;
        if ((j == others.n || others.at[j] != these.at[i]) &&
            !is_held(w, &w->forms[these.at[i]], others))
            return false;
    }
    return true;
}
