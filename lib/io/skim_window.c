/* Skimming: what the bytes of a line are. */
#include "io/skim_window.h"
#include "base/utf8.h"
#include "io/skim_scan.h"

/* Bit i is the exclusive or of the bits 0 to i. */
static inline uint64_t running_xor(uint64_t x)
{
    x ^= x << 1;
    x ^= x << 2;
    x ^= x << 4;
    x ^= x << 8;
    x ^= x << 16;
    return x ^ x << 32;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Of those that stand for a character by its number, surrogates are left to the parser. */
static bool is_escape(const char *p, const char *end)
{
    if (end - p < 2)
        return false;
    switch (p[1]) {
    case 'n':
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'r':
    case 't':
        return true;
    case 'u':
        break;
    default:
        return false;
    }
    if (end - p < 6 || ((p[2] | 0x20) == 'd' && p[3] > '7'))
        return false;
    return is_hex(p[2]) && is_hex(p[3]) && is_hex(p[4]) && is_hex(p[5]);
}

/* The bits of the bytes of a block that are escaped. */
static uint64_t escapes(struct mp_skim_window *w, const char *block, uint64_t slashes)
{
    uint64_t escaped = w->escaped;
    w->escaped = false;
    for (uint64_t left = slashes & ~escaped; left;) {
        unsigned at = (unsigned)__builtin_ctzll(left);
        uint64_t next = UINT64_C(2) << at;
        w->odd |= !is_escape(block + at, w->end);
        w->escaped = next == 0;
        escaped |= next;
        left &= (left - 1) & ~next;
    }
    return escaped;
}

static void check_utf8(struct mp_skim_window *w, const char *block, uint64_t high)
{
    for (; high; high &= high - 1) {
        const char *p = block + __builtin_ctzll(high);
        if (p < w->utf8)
            continue;
        size_t n = mp_utf8_seq(p, (size_t)(w->end - p));
        w->odd |= n == 0;
        w->utf8 = p + n;
    }
}

typedef struct mp_skim_bits scanner(const char *bytes);

/* The i-th block, whose bytes stand at `bytes`. */
__attribute__((always_inline)) static inline void read_block(struct mp_skim_window *w, size_t i,
                                                             const char *bytes, scanner *scan)
{
    struct mp_skim_bits b = scan(bytes);
    const char *block = w->at + i * MP_SKIM_BLOCK;
    if (b.slashes || w->escaped)
        b.quotes &= ~escapes(w, block, b.slashes);
    uint64_t strings = running_xor(b.quotes) ^ w->inside;
    w->inside = 0 - (strings >> 63);
    w->quotes[i] = b.quotes;
    w->brackets[i] = b.brackets & ~strings;
    w->slashes[i] = b.slashes;
    w->odd |= b.controls || (b.slashes & ~strings);
    if (b.high)
        check_utf8(w, block, b.high);
}

__attribute__((always_inline)) static inline void read_blocks(struct mp_skim_window *w, size_t n,
                                                              scanner *scan)
{
    for (size_t i = 0; i < n; i++)
        read_block(w, i, w->at + i * MP_SKIM_BLOCK, scan);
}

#ifdef MP_SKIM_HAS_AVX2
__attribute__((target("avx2"))) static void read_blocks_avx2(struct mp_skim_window *w, size_t n)
{
    read_blocks(w, n, mp_skim_scan_avx2);
}
#endif

static void read_full(struct mp_skim_window *w, size_t n)
{
#ifdef MP_SKIM_HAS_AVX2
    if (__builtin_cpu_supports("avx2")) {
        read_blocks_avx2(w, n);
        return;
    }
#endif
    read_blocks(w, n, mp_skim_scan);
}

/* What stands behind the line is not looked at. */
static void read_window(struct mp_skim_window *w)
{
    size_t left = (size_t)(w->end - w->at), full = left / MP_SKIM_BLOCK;
    w->n = full < MP_SKIM_BLOCKS ? full : MP_SKIM_BLOCKS;
    read_full(w, w->n);
    if (full >= MP_SKIM_BLOCKS || left % MP_SKIM_BLOCK == 0)
        return;
    char last[MP_SKIM_BLOCK];
    memset(last, ' ', sizeof last);
    memcpy(last, w->at + full * MP_SKIM_BLOCK, left % MP_SKIM_BLOCK);
    read_block(w, w->n++, last, mp_skim_scan);
}

void mp_skim_window_begin(struct mp_skim_window *w, struct mp_str line)
{
    w->at = w->utf8 = line.p;
    w->end = line.p + line.n;
    w->inside = 0;
    w->odd = w->escaped = false;
    read_window(w);
}

bool mp_skim_window_next(struct mp_skim_window *w)
{
    if (w->end - w->at <= MP_SKIM_BLOCK * MP_SKIM_BLOCKS)
        return false;
    w->at += MP_SKIM_BLOCK * MP_SKIM_BLOCKS;
    read_window(w);
    return true;
}
