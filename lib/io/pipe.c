/* Pipes between filters. */
#include "io/pipe.h"
#include <fcntl.h>

enum { WIDE = 1 << 20 };

void mp_pipe_widen(int fd)
{
    int now = fcntl(fd, F_GETPIPE_SZ);
    if (now > 0 && now < WIDE)
        (void)fcntl(fd, F_SETPIPE_SZ, WIDE);
}
