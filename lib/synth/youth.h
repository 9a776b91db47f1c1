/*
 * Who the youths are. A household is drawn from the seed and its number whenever it is needed, and
 * kept nowhere.
 */
#ifndef MP_SYNTH_YOUTH_H
#define MP_SYNTH_YOUTH_H

#include "base/buf.h"
#include "synth/model.h"

/* What a run is drawn from. */
struct mp_synth_run {
    const struct mp_synth_model *model;
    uint64_t seed;
    uint64_t gap; /* between two households, in thousandths of a minute */
};

/* Purposes of the streams of chance. */
enum mp_synth_purpose {
    MP_FOR_HOUSEHOLD,
    MP_FOR_NAMESAKE,
    MP_FOR_FAMILY,
    MP_FOR_GIVEN,
    MP_FOR_ABSENCES,
    MP_FOR_TIMES,
    MP_FOR_GAPS,
    MP_FOR_ERRORS,
    MP_FOR_PLACE,
    MP_FOR_TEXT,
};

struct mp_synth_child {
    bool girl;
    int32_t birth;      /* day */
    int32_t first;      /* day of the first departure */
    size_t institution; /* at first */
};

struct mp_synth_household {
    size_t n;
    struct mp_synth_child children[MP_SYNTH_CHILDREN];
};

/* Who a name belongs to, as it is rightly spelt. */
struct mp_synth_name {
    struct mp_buf given, prefix, family;
};

/* Minutes since 1970-01-01 at which the household comes in: nothing happens to it before. */
int64_t mp_synth_arrival(const struct mp_synth_run *run, uint64_t household);

void mp_synth_household(const struct mp_synth_run *run, uint64_t household,
                        struct mp_synth_household *out);

/* A day on which somebody is so many whole years before `day`. */
int32_t mp_synth_birth_before(int32_t day, int64_t years, struct mp_chance *c);

/* The name of a child; the buffers are emptied first, their failure is sticky. */
void mp_synth_name(const struct mp_synth_run *run, uint64_t household, size_t child,
                   struct mp_synth_name *out);

void mp_synth_name_free(struct mp_synth_name *name);

#endif
