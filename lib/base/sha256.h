/* SHA-256 (FIPS 180-4), for naming bytes by their digest, and the HMAC that is made of it.
 * Small inputs; not made for speed. */
#ifndef MP_BASE_SHA256_H
#define MP_BASE_SHA256_H

#include "base/buf.h"

enum { MP_SHA256_SIZE = 32 };

/* The digest of s. */
void mp_sha256(struct mp_str s, unsigned char digest[static MP_SHA256_SIZE]);

/* The digest of pieces, one behind the other. Plain data: a copy goes on from where it was made. */
struct mp_sha256_run {
    uint32_t h[8];
    uint64_t n; /* bytes so far */
    unsigned char rest[64];
};

void mp_sha256_begin(struct mp_sha256_run *r);
void mp_sha256_add(struct mp_sha256_run *r, struct mp_str piece);
void mp_sha256_end(struct mp_sha256_run *r, unsigned char digest[static MP_SHA256_SIZE]);

/* HMAC-SHA256 (RFC 2104) with one key, of which any bytes will do. */
struct mp_hmac {
    struct mp_sha256_run inner, outer; /* private: with the key already read */
};

void mp_hmac_key(struct mp_hmac *m, struct mp_str key);
void mp_hmac_of(const struct mp_hmac *m, struct mp_str text,
                unsigned char digest[static MP_SHA256_SIZE]);

/* Appends the digest of s in base64 (RFC 4648), as Content-Security-Policy writes it. */
void mp_sha256_add_base64(struct mp_buf *b, struct mp_str s);

#endif
