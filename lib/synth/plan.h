/* What happens to a youth: stays, absences, and the reports that are made of them. */
#ifndef MP_SYNTH_PLAN_H
#define MP_SYNTH_PLAN_H

#include "synth/youth.h"

enum mp_synth_role {
    MP_SYNTH_FIRST,
    MP_SYNTH_DUPLICATE,
    MP_SYNTH_AS_UPDATE,
    MP_SYNTH_AS_RETURN,
    MP_SYNTH_AS_TRANSFER
};

struct mp_synth_stay {
    size_t institution;
    uint32_t client; /* number there; 0: none has been given yet */
};

/* A police registration of an absence. */
struct mp_synth_registration {
    size_t unit;
    int year;
    uint32_t serial; /* 0: none has been given yet */
};

enum { MP_SYNTH_REGISTRATIONS = 2, MP_SYNTH_NO_RETURN = -1 };

struct mp_synth_absence {
    int64_t departure; /* minutes since 1970-01-01, clock of the Netherlands */
    int64_t back;      /* or MP_SYNTH_NO_RETURN */
    size_t stay;
    size_t light;
    bool urgent;
    struct mp_synth_registration registrations[MP_SYNTH_REGISTRATIONS];
};

struct mp_synth_report {
    int64_t at; /* minutes */
    uint8_t absence, source, what, role;
    uint8_t registration, document; /* police; documents count from 1 */
};

struct mp_synth_youth {
    uint64_t household;
    size_t child;
    bool girl;
    int32_t birth;
    size_t n_reports, next;          /* next: first that has not been written */
    struct mp_synth_report *reports; /* in order of time */
    struct mp_synth_absence *absences;
    struct mp_synth_stay *stays;
};

/* The youth with all that happens, in one piece of memory that the caller frees; NULL: out of
 * memory. `child` is one of `of`. */
struct mp_synth_youth *mp_synth_plan(const struct mp_synth_run *run, uint64_t household,
                                     const struct mp_synth_household *of, size_t child);

#endif
