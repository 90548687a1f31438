/* Any script to Latin letters and digits, so that a name written in two ways is one: ICU's Any-Latin, compatibility
 * forms and marks taken apart and dropped, Latin to ASCII, lower case; apostrophes vanish, other signs part words. */
#include "link/value.h"

#include "base/breakage.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <unicode/utrans.h>
#include <unicode/uversion.h>

#define RULES \
    u"Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower; [:Nonspacing Mark:] Remove"

struct link_normal {
    UTransliterator *rules;
};

static void close_rules(void *self)
{
    utrans_close(((struct link_normal *)self)->rules);
}

struct link_normal *link_normal_open(struct arena *a)
{
    UErrorCode error = U_ZERO_ERROR;
    struct link_normal *n = arena_new(a, struct link_normal, 1);
    n->rules = utrans_openU(RULES, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (U_FAILURE(error)) broken("ICU cannot transliterate here: %s", u_errorName(error));
    arena_at_end(a, close_rules, n);
    return n;
}

str link_normal_version(struct arena *a)
{
    UVersionInfo version;
    char text[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(version);
    u_versionToString(version, text);
    return arena_str(a, str_of(text));
}

static bool is_apostrophe(UChar32 c)
{
    return c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || (c >= 0x2b9 && c <= 0x2bf);
}

/* Letters and digits stay; of all else, what parts words becomes one blank between two of them. */
static str cleaned(struct arena *a, str text)
{
    char *out = arena_take(a, text.n + 1);
    size_t n = 0;
    bool is_parted = false;
    for (int32_t i = 0; i < (int32_t)text.n;) {
        int32_t begin = i;
        UChar32 c;
        U8_NEXT(text.p, i, (int32_t)text.n, c);
        if (is_apostrophe(c)) continue;
        if (c < 0 || !u_isalnum(c)) {
            is_parted = true;
            continue;
        }
        if (is_parted && n > 0) out[n++] = ' ';
        is_parted = false;
        memcpy(out + n, text.p + begin, (size_t)(i - begin));
        n += (size_t)(i - begin);
    }
    return (str){ out, n };
}

static bool lower_ascii(struct arena *a, str text, str *out)
{
    char *p = arena_take(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((unsigned char)c >= 0x80) return false;
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    *out = (str){ p, text.n };
    return true;
}

str link_normal(const struct link_normal *rules, struct arena *a, str text)
{
    str plain;
    if (lower_ascii(a, text, &plain)) return cleaned(a, plain);

    /* One letter of another script can become several: utrans says when the room was too small. */
    for (int32_t room = (int32_t)text.n * 4 + 64; room <= (int32_t)MIB(4); room *= 4) {
        UErrorCode error = U_ZERO_ERROR;
        UChar *wide = arena_new(a, UChar, (size_t)room);
        int32_t n, limit;
        u_strFromUTF8(wide, room, &n, text.p, (int32_t)text.n, &error);
        limit = n;
        utrans_transUChars(rules->rules, wide, &n, room, 0, &limit, &error);
        if (error == U_BUFFER_OVERFLOW_ERROR) continue;
        char *out = arena_take(a, (size_t)n * 3 + 1);
        int32_t bytes;
        u_strToUTF8(out, n * 3 + 1, &bytes, wide, n, &error);
        if (U_FAILURE(error)) broken("ICU could not transliterate: %s", u_errorName(error));
        return cleaned(a, (str){ out, (size_t)bytes });
    }
    broken("ICU could not transliterate: the text grows without end");
}
