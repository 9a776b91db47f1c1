/* No new files once everything is known: Landlock, as far as the kernel has it. */
#ifndef MP_CLI_SANDBOX_H
#define MP_CLI_SANDBOX_H

#include <stddef.h>

/*
 * From here on the process may open only `readable` files (and the C library's own data), and may
 * create, rename and remove files only in the folders of `written`; NULLs and "-" are passed over.
 * (The kernel knows no smaller
 * place than a folder with all below it.) It may not start programs and, where the kernel knows
 * how, not open TCP connections. Returns 1 if this holds now, 0 where the kernel cannot or
 * MP_NO_SANDBOX is set: never an error.
 */
int mp_sandbox_enter(const char *const *readable, size_t n_readable, const char *const *written,
                     size_t n_written);

#endif
