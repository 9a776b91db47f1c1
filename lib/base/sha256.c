/* SHA-256: FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2. HMAC: RFC 2104. */
#include "base/sha256.h"

/* First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotr(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static void block(uint32_t h[static 8], const unsigned char *p)
{
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 |
               (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    memcpy(s, h, sizeof s); /* a to h */
    for (int i = 0; i < 64; i++) {
        uint32_t sum1 = rotr(s[4], 6) ^ rotr(s[4], 11) ^ rotr(s[4], 25);
        uint32_t choose = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t t1 = s[7] + sum1 + choose + K[i] + w[i];
        uint32_t sum0 = rotr(s[0], 2) ^ rotr(s[0], 13) ^ rotr(s[0], 22);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += t1;
        s[0] = t1 + sum0 + majority;
    }
    for (int i = 0; i < 8; i++)
        h[i] += s[i];
}

void mp_sha256_begin(struct mp_sha256_run *r)
{
    *r = (struct mp_sha256_run){.h = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                      0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void mp_sha256_add(struct mp_sha256_run *r, struct mp_str s)
{
    while (s.n > 0) {
        size_t at = r->n % sizeof r->rest, room = sizeof r->rest - at;
        size_t n = s.n < room ? s.n : room;
        memcpy(r->rest + at, s.p, n);
        r->n += n;
        s = (struct mp_str){s.p + n, s.n - n};
        if (n == room)
            block(r->h, r->rest);
    }
}

void mp_sha256_end(struct mp_sha256_run *r, unsigned char digest[static MP_SHA256_SIZE])
{
    static const char zeros[64] = {0};
    uint64_t bits = r->n * 8;
    char size[8];
    for (int i = 0; i < 8; i++)
        size[7 - i] = (char)(bits >> 8 * i);
    mp_sha256_add(r, MP_STR("\x80"));
    mp_sha256_add(r, (struct mp_str){zeros, (120 - r->n % 64) % 64});
    mp_sha256_add(r, (struct mp_str){size, sizeof size});
    for (int i = 0; i < MP_SHA256_SIZE; i++)
        digest[i] = (unsigned char)(r->h[i / 4] >> (24 - 8 * (i % 4)));
}

void mp_sha256(struct mp_str s, unsigned char digest[static MP_SHA256_SIZE])
{
    struct mp_sha256_run r;
    mp_sha256_begin(&r);
    mp_sha256_add(&r, s);
    mp_sha256_end(&r, digest);
}

/* RFC 2104, section 2: a key is filled up to a block; one that is longer is its digest. */
void mp_hmac_key(struct mp_hmac *m, struct mp_str key)
{
    unsigned char full[64] = {0};
    char inner[64], outer[64];
    if (key.n > sizeof full)
        mp_sha256(key, full);
    else if (key.n > 0)
        memcpy(full, key.p, key.n);
    for (size_t i = 0; i < sizeof full; i++) {
        inner[i] = (char)(full[i] ^ 0x36);
        outer[i] = (char)(full[i] ^ 0x5c);
    }
    mp_sha256_begin(&m->inner);
    mp_sha256_begin(&m->outer);
    mp_sha256_add(&m->inner, (struct mp_str){inner, sizeof inner});
    mp_sha256_add(&m->outer, (struct mp_str){outer, sizeof outer});
}

void mp_hmac_of(const struct mp_hmac *m, struct mp_str text,
                unsigned char digest[static MP_SHA256_SIZE])
{
    struct mp_sha256_run r = m->inner;
    unsigned char first[MP_SHA256_SIZE];
    mp_sha256_add(&r, text);
    mp_sha256_end(&r, first);
    r = m->outer;
    mp_sha256_add(&r, (struct mp_str){(const char *)first, sizeof first});
    mp_sha256_end(&r, digest);
}

void mp_sha256_add_base64(struct mp_buf *b, struct mp_str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char d[MP_SHA256_SIZE + 1] = {0};
    mp_sha256(s, d);
    for (int i = 0; i < MP_SHA256_SIZE + 1; i += 3) {
        uint32_t v = (uint32_t)d[i] << 16 | (uint32_t)d[i + 1] << 8 | d[i + 2];
        for (int k = 18; k >= 0; k -= 6)
            mp_buf_addc(b, digits[v >> k & 63]);
    }
    if (!b->failed)
        b->data[b->len - 1] = '='; /* 32 bytes are one short of a multiple of three */
}
