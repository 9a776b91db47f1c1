/*
 * Fuzz target: any bytes as a file of the lexicon, laid over tests/lexicon (or the folder that
 * MP_FUZZ_LEXICON names). What loads must be able to read a text.
 */
#include "fuzz.h"
#include <sys/mman.h>
#include <unistd.h>

static const char narrative[] =
    "Meisje (15 jr), LVB: ja. Is op 03-06-2018 om 21.30 uur weggelopen met een vriend van 23; "
    "vermoedelijk loverboy. Niet teruggekeerd van verlof.\nMedicatie: [x] nee [ ] ja\n"
    "Zij zegt dat moeder haar \"nooit\" blowend heeft gezien?";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1;
    static char path[64];
    struct mp_lexicon lexicon = {0};
    struct mp_reader reader = {0};
    struct mp_error e = {0};
    if (file < 0) {
        file = memfd_create("overlay", 0);
        MUST(file >= 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    MUST(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
    const char *folder = fuzz_folder("MP_FUZZ_LEXICON", "tests/lexicon");
    if (mp_lexicon_load(&lexicon, folder, path, &e) < 0) {
        MUST(e.code == MP_RULES && *e.text);
    } else {
        struct mp_time reported_at = {17686, 1300, true};
        MUST(mp_text_read(&lexicon, &reader, MP_STR(narrative), reported_at));
        fuzz_check(&lexicon, &reader);
    }
    mp_reader_free(&reader);
    mp_lexicon_free(&lexicon);
    return 0;
}
