/* Parts of a name that stand in one column. */
#ifndef MP_INTAKE_NAME_PART_H
#define MP_INTAKE_NAME_PART_H

#include "io/yaml.h"

enum mp_part {
    MP_PART_ALL,
    MP_PART_BEFORE_COMMA,     /* BRAAK of "BRAAK, ter" */
    MP_PART_BEHIND_COMMA,     /* ter */
    MP_PART_FIRST_INITIAL,    /* N. of "N.v.L." */
    MP_PART_BETWEEN_INITIALS, /* v. */
    MP_PART_LAST_INITIAL,     /* L. */
};

/* "" if the part is not there. */
struct mp_str mp_part_of(enum mp_part part, struct mp_str s);

/* From its name in a profile: "before-comma", ...; -1 with the error. */
int mp_part_read(struct mp_yaml *y, enum mp_part *out, struct mp_error *e);

#endif
