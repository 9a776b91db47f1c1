/* One output: appended to in memory, written in large pieces, every write checked. */
#include "io/output.h"
#include "io/pipe.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(const struct mp_output *out, const char *what, struct mp_error *e)
{
    mp_error_set(e, MP_WRITE, "cannot %s: %s", what, strerror(errno));
    return mp_error_at(e, mp_str_of(out->name), 0, 0);
}

/* Unfinished files, for the moment when a signal ends the program. */
enum { MOST_UNFINISHED = 8 };
static char *volatile unfinished[MOST_UNFINISHED];

static void note_unfinished(char *path, char *now)
{
    for (size_t i = 0; i < MOST_UNFINISHED; i++)
        if (unfinished[i] == path) {
            unfinished[i] = now;
            return;
        }
}

static void remove_unfinished(int signal_number)
{
    for (size_t i = 0; i < MOST_UNFINISHED; i++)
        if (unfinished[i])
            unlink(unfinished[i]);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void mp_output_clean_on_signal(void)
{
    const int ending[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU, SIGXFSZ};
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        if (signal(ending[i], remove_unfinished) == SIG_IGN)
            signal(ending[i], SIG_IGN); /* as nohup wants it */
}

/* A device, a pipe, or a name for a descriptor (/dev/stdout) is written as it is, not replaced. */
static bool is_special(const char *path)
{
    static const char *const descriptors[] = {"/dev/std", "/dev/fd/", "/proc/"};
    for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++)
        if (strncmp(path, descriptors[i], strlen(descriptors[i])) == 0)
            return true;
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

/* The file that a symbolic link stands for is replaced, not the link. NULL: out of memory. */
static char *final_path(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : strdup(path);
}

static void forget_temporary(struct mp_output *out)
{
    if (out->temporary)
        note_unfinished(out->temporary, NULL);
    free(out->temporary);
    free(out->path);
    out->temporary = out->path = NULL;
}

static int open_temporary(struct mp_output *out, struct mp_error *e)
{
    size_t n = strlen(out->path) + sizeof ".XXXXXX";
    out->temporary = malloc(n);
    if (!out->temporary)
        return mp_error_memory(e);
    snprintf(out->temporary, n, "%s.XXXXXX", out->path);
    out->fd = mkostemp(out->temporary, O_CLOEXEC);
    if (out->fd < 0)
        return fail(out, "create a new file in its folder", e);
    note_unfinished(NULL, out->temporary);
    return 0;
}

int mp_output_open(struct mp_output *out, const char *path, struct mp_error *e)
{
    *out = (struct mp_output){.name = path ? path : "-", .fd = STDOUT_FILENO};
    if (strcmp(out->name, "-") == 0) {
        mp_pipe_widen(out->fd);
        out->line_buffered = isatty(out->fd);
        return 0;
    }
    if (is_special(path)) {
        out->fd = open(path, O_WRONLY | O_CLOEXEC);
        return out->fd < 0 ? fail(out, "open", e) : 0;
    }
    out->path = final_path(path);
    int bad = out->path ? open_temporary(out, e) : mp_error_memory(e);
    if (bad)
        forget_temporary(out);
    return bad;
}

/* Begins a new line behind one that was cut off; a log that may not be read is left as it is. */
static void begin_line(struct mp_output *out)
{
    char last = '\n';
    off_t end = lseek(out->fd, 0, SEEK_END);
    if (end > 0 && pread(out->fd, &last, 1, end - 1) == 1 && last != '\n')
        mp_buf_addc(&out->buf, '\n');
}

int mp_output_append(struct mp_output *out, const char *path, struct mp_error *e)
{
    enum { OWNER = 0600, HOW = O_APPEND | O_CREAT | O_CLOEXEC };
    if (strcmp(path, "-") == 0 || is_special(path))
        return mp_output_open(out, path, e);
    *out = (struct mp_output){.name = path, .append = true, .fd = open(path, O_RDWR | HOW, OWNER)};
    if (out->fd < 0 && errno == EACCES)
        out->fd = open(path, O_WRONLY | HOW, OWNER);
    if (out->fd < 0)
        return fail(out, "open", e);
    begin_line(out);
    return 0;
}

int mp_output_flush(struct mp_output *out, struct mp_error *e)
{
    if (out->buf.failed)
        return mp_error_memory(e);
    size_t done = 0;
    while (done < out->buf.len && !out->closed_pipe) {
        ssize_t n = write(out->fd, out->buf.data + done, out->buf.len - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno == EPIPE)
            out->closed_pipe = true;
        else if (errno != EINTR)
            return fail(out, "write", e);
    }
    if (out->append && out->buf.len > 0 && fsync(out->fd) < 0)
        return fail(out, "finish", e);
    out->buf.len = 0;
    return 0;
}

/* Rights of the file that is replaced, or those that the umask leaves of a new one. */
static mode_t rights(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0)
        return st.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

char *mp_output_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
}

/* Brings a rename in the folder to the disk; best effort, for the file itself is there already. */
static void sync_folder(const char *path)
{
    char *folder = mp_output_folder(path);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

int mp_output_commit(struct mp_output *out, struct mp_error *e)
{
    if (mp_output_flush(out, e) < 0)
        return -1;
    if (out->temporary) {
        if (fchmod(out->fd, rights(out->path)) < 0 || fsync(out->fd) < 0)
            return fail(out, "finish", e);
    }
    int fd = out->fd;
    out->fd = -1;
    if (close(fd) < 0 && errno != EINTR)
        return fail(out, "close", e);
    if (out->temporary && rename(out->temporary, out->path) < 0)
        return fail(out, "put in place", e);
    if (out->temporary)
        sync_folder(out->path);
    forget_temporary(out);
    mp_buf_free(&out->buf);
    return 0;
}

void mp_output_abandon(struct mp_output *out)
{
    if (out->fd > STDOUT_FILENO)
        close(out->fd);
    if (out->temporary)
        unlink(out->temporary);
    forget_temporary(out);
    out->fd = -1;
    mp_buf_free(&out->buf);
}
