/* No new files once everything is known: Landlock, as far as the kernel has it. */
#include "cli/sandbox.h"
#include "io/output.h"
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ABI_WITH_TRUNCATE = 3, ABI_WITH_TCP = 4 };

/* Newer than the headers of some systems. */
static const uint64_t FS_TRUNCATE = UINT64_C(1) << 14;

/* The parts of struct landlock_ruleset_attr that may be missing from an older header. */
struct ruleset {
    uint64_t fs, tcp;
};

static const uint64_t FS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t FS_WRITE =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG;
static const uint64_t FS_OTHER = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                 LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                 LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

static void allow(int rules, const char *path, uint64_t access)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return; /* opening it later will say why */
    struct landlock_path_beneath_attr beneath = {.allowed_access = access, .parent_fd = fd};
    (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(fd);
}

static void allow_folder_of(int rules, const char *path)
{
    char *folder = mp_output_folder(path);
    if (folder)
        allow(rules, folder, FS_WRITE | LANDLOCK_ACCESS_FS_READ_DIR); /* to bring it to the disk */
    free(folder);
}

static bool is_file(const char *path)
{
    return path && strcmp(path, "-") != 0;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int mp_sandbox_enter(const char *const *readable, size_t n_readable, const char *const *written,
                     size_t n_written)
{
    if (getenv("MP_NO_SANDBOX"))
        return 0;
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return 0;
    struct ruleset attr = {FS_READ | FS_WRITE | FS_OTHER, abi >= ABI_WITH_TCP ? 3 : 0};
    attr.fs |= abi >= ABI_WITH_TRUNCATE ? FS_TRUNCATE : 0;
    size_t size = abi >= ABI_WITH_TCP ? sizeof attr : sizeof attr.fs;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
    if (rules < 0)
        return 0;
    for (size_t i = 0; i < n_readable; i++)
        if (is_file(readable[i])) /* a folder too, so that reading it says what it is */
            allow(rules, readable[i],
                  is_folder(readable[i]) ? LANDLOCK_ACCESS_FS_READ_DIR
                                         : LANDLOCK_ACCESS_FS_READ_FILE);
    for (size_t i = 0; i < n_written; i++)
        if (is_file(written[i]))
            allow_folder_of(rules, written[i]);
    allow(rules, "/usr/lib", FS_READ); /* iconv loads its tables when they are needed */
    allow(rules, "/proc/self", FS_READ);
    int done = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done;
}
