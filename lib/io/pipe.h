/* Pipes between filters: as wide as an ordinary user may make them, so that both sides run at
 * the same time instead of in turn. */
#ifndef MP_IO_PIPE_H
#define MP_IO_PIPE_H

/* Asks for 1 MiB if fd is a pipe; a refusal changes nothing. */
void mp_pipe_widen(int fd);

#endif
