/*
 * Persons as numbers, in place of their ids: a hash of the id, so that parts which are counted
 * apart can be joined, or its HMAC with a secret key, so that who has ids cannot look them up.
 */
#ifndef MP_COUNT_PERSON_H
#define MP_COUNT_PERSON_H

#include "base/error.h"
#include "base/sha256.h"

enum { MP_PERSON_KEY_MIN = 16, MP_PERSON_KEY_MAX = 1 << 16 };

/* Zeroed: there is no secret, ids are hashed as they are. */
struct mp_person_key {
    bool secret;
    bool open;      /* somebody else than the owner of the file may read it */
    char check[17]; /* tells one key from another and nothing else; empty without one */
    struct mp_hmac hmac;
};

/* Takes all bytes of a file as the key, a line end too. 0, or -1 with the error. */
int mp_person_key_read(struct mp_person_key *k, const char *path, struct mp_error *e);

uint64_t mp_person_number(const struct mp_person_key *k, struct mp_str id);

#endif
