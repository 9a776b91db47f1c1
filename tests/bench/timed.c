/*
 * timed.c - runs one command and appends what it cost to a file: "seconds processor-seconds
 * peak-KiB".
 *
 * Usage: timed REPORT COMMAND [ARGUMENT...]
 *
 * Processor time and peak memory count the command and the children it waited for; the peak is that
 * of the largest one. Exits with the command's status (128 + signal if it was killed).
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv) {
    struct timespec from, to;
    struct rusage used;
    int status;
    FILE *report;
    pid_t child;

    if (argc < 3) {
        fputs("timed: usage: timed REPORT COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &from);
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("timed");
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    report = fopen(argv[1], "a");
    if (!report ||
        fprintf(report, "%.4f %.4f %ld\n",
                (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9,
                seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss) < 0 ||
        fclose(report)) {
        perror(argv[1]);
        return 2;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
