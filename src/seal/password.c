#include "seal/password.h"

#include "base/breakage.h"
#include "seal/letters.h"

#include <sodium.h>
#include <stdio.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define TYPED_MAX   (PASSWORD_BYTES_MAX * 8) /* before it is normalised; more is not looked at */
#define CHARS_MAX   (TYPED_MAX * 2)
#define LEFT_LEAST  6 /* characters that must remain beside the site's name and the own address */
#define FEW_LETTERS 5 /* a password of fewer different ones is no better than one of them */
#define PIECE_MOST  7 /* longest piece that may not be the whole password, again and again */

__asm__(".section .rodata\n.global seal_common\n.global seal_common_end\nseal_common:\n"
        ".incbin \"data/common_passwords.txt\"\nseal_common_end:\n.byte 0\n.previous\n");
extern const char seal_common[], seal_common_end[];

/* Text as ICU takes it. */
struct wide {
    UChar *p;
    int32_t n;
};

static bool widen(struct arena *a, str text, struct wide *out)
{
    UErrorCode why = U_ZERO_ERROR;
    if (text.n > TYPED_MAX || !str_is_utf8(text)) return false;
    out->p = arena_new(a, UChar, CHARS_MAX);
    u_strFromUTF8(out->p, CHARS_MAX, &out->n, text.p ? text.p : "", (int32_t)text.n, &why);
    return U_SUCCESS(why);
}

/* In form C; false: not text, or far too long. */
static bool normalise(struct arena *a, personal typed, struct wide *out)
{
    struct wide raw;
    UErrorCode why = U_ZERO_ERROR;
    if (!widen(a, typed.words, &raw)) return false;
    const UNormalizer2 *form = unorm2_getNFCInstance(&why);
    out->p = arena_new(a, UChar, CHARS_MAX);
    out->n = unorm2_normalize(form, raw.p, raw.n, out->p, CHARS_MAX, &why);
    return U_SUCCESS(why);
}

static str narrow(struct arena *a, struct wide w)
{
    UErrorCode why = U_ZERO_ERROR;
    int32_t n = 0;
    char *out = arena_take(a, (size_t)w.n * 3 + 1);
    u_strToUTF8(out, w.n * 3 + 1, &n, w.p, w.n, &why);
    return U_SUCCESS(why) ? (str){ out, (size_t)n } : S("");
}

static str fold(struct arena *a, struct wide w)
{
    UErrorCode why = U_ZERO_ERROR;
    struct wide out = { arena_new(a, UChar, CHARS_MAX * 3), 0 };
    out.n = u_strFoldCase(out.p, CHARS_MAX * 3, w.p, w.n, U_FOLD_CASE_DEFAULT, &why);
    return U_SUCCESS(why) ? narrow(a, out) : S("");
}

static str fold_words(struct arena *a, str words)
{
    struct wide w;
    return widen(a, words, &w) ? fold(a, w) : S("");
}

static size_t characters_in(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static bool is_listed(str folded)
{
    str rest = { seal_common, (size_t)(seal_common_end - seal_common) };
    while (rest.p)
        if (str_eq(str_split(&rest, '\n'), folded) && folded.n) return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || ((unsigned char)c & 0x80);
}

/* A listed word with digits and signs around it: "Password2026!". */
static bool is_listed_in_dress(str folded)
{
    while (folded.n && !is_letter(folded.p[0])) folded = str_from(folded, 1);
    while (folded.n && !is_letter(folded.p[folded.n - 1])) folded.n--;
    return is_listed(folded);
}

static bool is_few_letters(str s)
{
    bool seen[256] = { false };
    int n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!seen[c]) n++;
        seen[c] = true;
    }
    return n < FEW_LETTERS;
}

static bool is_piece_again(str s)
{
    for (size_t piece = 1; piece <= PIECE_MOST && piece * 2 <= s.n; piece++)
        if (memcmp(s.p, s.p + piece, s.n - piece) == 0) return true;
    return false;
}

/* Neighbours in the alphabet, among digits or in a row of a keyboard. */
static bool is_next(char a, char b)
{
    static const char rows[] = "1234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azerty";
    if (a == b || a + 1 == b || a - 1 == b) return true;
    for (const char *r = rows; r[1]; r++)
        if ((r[0] == a && r[1] == b && a != ' ') || (r[0] == b && r[1] == a && b != ' '))
            return true;
    return false;
}

static bool is_row(str s)
{
    size_t next = 0;
    for (size_t i = 1; i < s.n; i++) next += is_next(s.p[i - 1], s.p[i]);
    return next * 4 >= (s.n - 1) * 3;
}

/* What is left of `s` without `word`. */
static str without(struct arena *a, str s, str word)
{
    if (word.n < 3) return s;
    char *out = arena_take(a, s.n + 1);
    size_t n = 0;
    while (s.n) {
        bool is_here = str_starts(s, word);
        if (!is_here) out[n++] = s.p[0];
        s = str_from(s, is_here ? word.n : 1);
    }
    return (str){ out, n };
}

/* Letters and digits alone: "ana.lopez" and "Ana Lopez" are the same to who guesses. */
static str plain(struct arena *a, str s)
{
    char *out = arena_take(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (is_letter(s.p[i]) || (s.p[i] >= '0' && s.p[i] <= '9')) out[n++] = s.p[i];
    return (str){ out, n };
}

static bool is_own(struct arena *a, str folded, struct password_own own)
{
    str all = plain(a, folded), site = fold_words(a, own.site);
    str address = fold_words(a, own.address.words), host = address;
    str local = str_split(&host, '@'), name = host.p ? str_split(&host, '.') : S("");
    str left = without(a, without(a, all, plain(a, address)), plain(a, site));
    left = without(a, without(a, left, plain(a, local)), plain(a, name));
    while (site.p && site.n) left = without(a, left, plain(a, str_split(&site, ' ')));
    return left.n != all.n && characters_in(left) < LEFT_LEAST;
}

enum password_answer password_judge(struct arena *a, personal typed, struct password_own own)
{
    struct wide w;
    if (!normalise(a, typed, &w)) return PASSWORD_TOO_LONG;
    str normal = narrow(a, w);
    if (normal.n > PASSWORD_BYTES_MAX) return PASSWORD_TOO_LONG;
    if (characters_in(normal) < PASSWORD_LEAST) return PASSWORD_TOO_SHORT;
    str folded = fold(a, w);
    bool is_common = is_listed(folded) || is_listed_in_dress(folded) || is_few_letters(folded) ||
                     is_piece_again(folded) || is_row(folded) || is_own(a, folded, own);
    return is_common ? PASSWORD_TOO_COMMON : PASSWORD_FINE;
}

/* What the job process is told: 43 letters that nobody can turn back without the secret. */
static void disguise(struct arena *a, const struct seal_secret *secret, personal typed,
                     char out[SEAL_RANDOM_TEXT])
{
    struct wide w;
    unsigned char hash[SEAL_HASH_BYTES];
    str normal = normalise(a, typed, &w) ? narrow(a, w) : S("");
    if (normal.n == 0 || normal.n > PASSWORD_BYTES_MAX) {
        seal_random_text(out); /* never right */
        return;
    }
    seal_hash(secret, "password", normal, hash);
    sodium_bin2base64(out, SEAL_RANDOM_TEXT, hash, sizeof hash,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(hash, sizeof hash);
}

#define MAKE  "password-make\n"
#define CHECK "password-check\n"

/* A hash of nothing anybody can say, with today's cost. */
static str nobody(struct arena *a)
{
    return arena_format(a, "$argon2id$v=19$m=%zu,t=%d,p=1$bm9ib2R5IGxpdmVzIGhlcg$%s",
                        PASSWORD_MEMORY / 1024, PASSWORD_PASSES,
                        "OdcA5mLSQn1ryIkZtHTfwXMEB28UePYv6bxGoJauV3g");
}

str password_make_ask(struct arena *a, const struct seal_secret *secret, personal typed)
{
    char words[SEAL_RANDOM_TEXT];
    disguise(a, secret, typed, words);
    str ask = arena_format(a, MAKE "%s", words);
    sodium_memzero(words, sizeof words);
    return ask;
}

str password_check_ask(struct arena *a, const struct seal_secret *secret, personal typed, str hash)
{
    char words[SEAL_RANDOM_TEXT];
    disguise(a, secret, typed, words);
    if (hash.n == 0) hash = nobody(a);
    str ask = arena_format(a, CHECK "%s\n" STR_FMT, words, STR_ARG(hash));
    sodium_memzero(words, sizeof words);
    return ask;
}

bool password_made(str result, str *hash)
{
    bool is_hash = str_starts(result, S("$argon2id$")) && result.n < PASSWORD_HASH_MAX;
    *hash = is_hash ? result : S("");
    return is_hash;
}

enum password_check password_checked(str result)
{
    if (str_eq(result, S("yes"))) return PASSWORD_RIGHT;
    if (str_eq(result, S("yes, old"))) return PASSWORD_RIGHT_OLD;
    if (str_eq(result, S("no"))) return PASSWORD_WRONG;
    return PASSWORD_BUSY;
}

bool password_is_ask(str ask)
{
    return str_starts(ask, S(MAKE)) || str_starts(ask, S(CHECK));
}

static str make_hash(struct arena *a, str words)
{
    char *out = arena_take(a, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(out, words.p, words.n, PASSWORD_PASSES, PASSWORD_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        broken("no memory to hash a password");
    return str_of(out);
}

/* A hash that asks for far more than ours was not made here: it is not to take the machine down. */
static bool is_bearable(const char *hash)
{
    unsigned memory, passes, lanes;
    return sscanf(hash, "$argon2id$v=19$m=%9u,t=%4u,p=%4u$", &memory, &passes, &lanes) == 3 &&
           memory <= 4 * PASSWORD_MEMORY / 1024 && passes <= 4 * PASSWORD_PASSES && lanes == 1;
}

static str check_hash(struct arena *a, str words, str kept)
{
    const char *hash = arena_z(a, kept);
    if (kept.n >= PASSWORD_HASH_MAX || !is_bearable(hash))
        broken("a password's hash is damaged, or was made by a stronger program");
    if (crypto_pwhash_str_verify(hash, words.p, words.n) != 0) return S("no");
    bool is_old = crypto_pwhash_str_needs_rehash(hash, PASSWORD_PASSES, PASSWORD_MEMORY) != 0;
    return is_old ? S("yes, old") : S("yes");
}

str password_work(struct arena *a, str ask)
{
    bool is_make = str_starts(ask, S(MAKE));
    if (!password_is_ask(ask)) return S("");
    str rest = str_from(ask, is_make ? sizeof MAKE - 1 : sizeof CHECK - 1);
    str words = is_make ? rest : str_split(&rest, '\n');
    if (words.n != SEAL_RANDOM_TEXT - 1 || (!is_make && !rest.p)) return S("");
    return is_make ? make_hash(a, words) : check_hash(a, words, rest);
}
