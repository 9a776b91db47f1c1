/* SHA-256 (FIPS 180-4), for naming bytes by their digest. Small inputs; not made for speed. */
#ifndef MP_BASE_SHA256_H
#define MP_BASE_SHA256_H

#include "base/buf.h"

enum { MP_SHA256_SIZE = 32 };

/* The digest of s. */
void mp_sha256(struct mp_str s, unsigned char digest[static MP_SHA256_SIZE]);

/* Appends the digest of s in base64 (RFC 4648), as Content-Security-Policy writes it. */
void mp_sha256_add_base64(struct mp_buf *b, struct mp_str s);

#endif
