/* pieces N: copies standard input to standard output, which is a pipe, in writes of N bytes, each
 * only when the reader has taken the one before. */
#define _GNU_SOURCE
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    size_t n = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    char *data = malloc(n + 1);
    if (n == 0 || !data)
        return 2;
    signal(SIGPIPE, SIG_IGN); /* a reader that has had enough is no failure */
    for (;;) {
        size_t have = 0;
        ssize_t got;
        while (have < n && (got = read(STDIN_FILENO, data + have, n - have)) > 0)
            have += (size_t)got;
        struct pollfd reader = {.fd = STDOUT_FILENO};
        int waiting = 1;
        while (ioctl(STDOUT_FILENO, FIONREAD, &waiting) == 0 && waiting > 0) {
            if (poll(&reader, 1, 0) > 0 && reader.revents & POLLERR)
                return 0; /* the reader has gone */
            sched_yield();
        }
        for (size_t done = 0; done < have;) {
            ssize_t put = write(STDOUT_FILENO, data + done, have - done);
            if (put < 0)
                return 0;
            done += (size_t)put;
        }
        if (have < n)
            return 0;
    }
}
