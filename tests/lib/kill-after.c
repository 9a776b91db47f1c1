/*
 * Stands for another program under that program's name: runs it, counts that it has run, and after
 * the one with a certain number kills the whole process group, as a power cut would.
 *
 *     REAL_PATH   where the programs themselves are found
 *     KILL_COUNT  a file that grows by one byte for each program that has run
 *     KILL_AT     the number (0: never)
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    const char *path = getenv("REAL_PATH"), *count = getenv("KILL_COUNT"), *at = getenv("KILL_AT");
    if (argc < 1 || !path || !count || !at)
        return 125;
    char *slash = strrchr(argv[0], '/');
    if (slash)
        argv[0] = slash + 1;
    pid_t child = fork();
    if (child == 0) {
        setenv("PATH", path, 1);
        execvp(argv[0], argv);
        perror(argv[0]);
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 125;
    struct stat st;
    int fd = open(count, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, ".", 1) != 1 || fstat(fd, &st) < 0)
        return 125;
    if (st.st_size == strtol(at, NULL, 10))
        kill(0, SIGKILL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
