/* The outputs of a program, from their names to their places. Only for cli/app.c. */
#ifndef MP_CLI_APP_OUTPUTS_H
#define MP_CLI_APP_OUTPUTS_H

#include "cli/app.h"

/* Opens all that are asked for, unless one of them would replace an input or another output. 0, or
 * -1 when that was said. */
int mp_app_open_outputs(struct mp_app *a);

/* Puts all in their places, or takes them away after a failure. */
void mp_app_finish_outputs(struct mp_app *a);

#endif
