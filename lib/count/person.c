/* Persons as numbers. */
#include "count/person.h"
#include "base/hash.h"
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

/* The first eight bytes of the HMAC. */
static uint64_t cut(const struct mp_hmac *hmac, struct mp_str text)
{
    unsigned char d[MP_SHA256_SIZE];
    uint64_t n = 0;
    mp_hmac_of(hmac, text, d);
    for (size_t i = 0; i < sizeof n; i++)
        n = n << 8 | d[i];
    return n;
}

uint64_t mp_person_number(const struct mp_person_key *k, struct mp_str id)
{
    return k->secret ? cut(&k->hmac, id) : mp_hash(id.p, id.n);
}

static int read_all(const char *path, char room[static MP_PERSON_KEY_MAX + 1], size_t *n,
                    bool *open, struct mp_error *e)
{
    struct stat st;
    FILE *f = fopen(path, "rb");
    if (!f)
        return mp_error_set(e, MP_OPEN, "cannot open the key: %s", strerror(errno));
    setbuf(f, NULL); /* no copy of the key is left behind */
    *open = fstat(fileno(f), &st) == 0 && (st.st_mode & (S_IRGRP | S_IROTH)) != 0;
    errno = 0;
    *n = fread(room, 1, MP_PERSON_KEY_MAX + 1, f);
    int bad = ferror(f) ? mp_error_set(e, MP_READ, "cannot read the key: %s", strerror(errno)) : 0;
    (void)fclose(f);
    return bad;
}

int mp_person_key_read(struct mp_person_key *k, const char *path, struct mp_error *e)
{
    char room[MP_PERSON_KEY_MAX + 1];
    size_t n = 0;
    *k = (struct mp_person_key){.secret = true};
    int bad = read_all(path, room, &n, &k->open, e);
    if (!bad && n < MP_PERSON_KEY_MIN)
        bad = mp_error_set(e, MP_USAGE, "the key has %zu bytes; at least %d are needed", n,
                           MP_PERSON_KEY_MIN);
    if (!bad && n > MP_PERSON_KEY_MAX)
        bad = mp_error_set(e, MP_USAGE, "the key has more than %d bytes", MP_PERSON_KEY_MAX);
    if (bad)
        return mp_error_at(e, mp_str_of(path), 0, 0);
    mp_hmac_key(&k->hmac, (struct mp_str){room, n});
    explicit_bzero(room, sizeof room);
    snprintf(k->check, sizeof k->check, "%016llx",
             (unsigned long long)cut(&k->hmac, MP_STR("mp-stats/1 check of the key")));
    return 0;
}
