/* What sign-in stands on: secrets, ids in addresses, letters, passwords, codes from a telephone and on paper. */
#include "test/unit/help.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "seal/letters.h"
#include "seal/password.h"
#include "seal/recovery.h"
#include "seal/sweep.h"
#include "seal/totp.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena life;
static struct seal_keys *keys;

static int begin(void **state)
{
    help_begin(state);
    arena_open(&life, MIB(64));
    keys = help_keys(&life);
    return 0;
}

static int end(void **state)
{
    arena_close(&life);
    return help_end(state);
}

static const struct seal_secret *secret(void)
{
    return seal_secret(keys, "tests");
}

static const char *in_keys(const char *name)
{
    return arena_format(&life, "%s/keys/%s", help_folder(), name).p;
}

static enum jump try_secret(const char *name, const char **why)
{
    static struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) (void)seal_secret(seal_keys_open(&life, arena_format(&life, "%s/keys", help_folder())), name);
    landing_leave(&l);
    *why = l.why;
    return jump;
}

/* Secrets. */

static void a_secret_is_made_once_and_is_the_same_for_everybody(void **state)
{
    (void)state;
    unsigned char one[32], two[32], other[32];
    struct stat what;
    assert_null(seal_secret_if_there(keys, "sessions"));
    seal_hash(seal_secret(keys, "sessions"), "test", S("x"), one);
    assert_int_equal(stat(in_keys("sessions.secret"), &what), 0);
    assert_int_equal(what.st_mode & 07777, 0600);
    assert_int_equal(what.st_size, 32);
    struct seal_keys *again = seal_keys_open(&life, arena_format(&life, "%s/keys", help_folder()));
    seal_hash(seal_secret_if_there(again, "sessions"), "test", S("x"), two);
    assert_memory_equal(one, two, 32);
    seal_hash(seal_secret(keys, "trail"), "test", S("x"), other);
    assert_memory_not_equal(one, other, 32);
}

static void of_many_who_make_a_secret_at_once_one_wins(void **state)
{
    (void)state;
    enum { MANY = 16 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < MANY; i++) {
        if (fork() != 0) continue;
        struct arena mine;
        unsigned char hash[32];
        arena_open(&mine, MIB(8));
        struct seal_keys *k = seal_keys_open(&mine, arena_format(&mine, "%s/keys", help_folder()));
        seal_hash(seal_secret(k, "race"), "test", S("x"), hash);
        _exit(write(ends[1], hash, 32) == 32 ? 0 : 1);
    }
    unsigned char first[32], next[32];
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(read(ends[0], next, 32), 32);
        if (i == 0) memcpy(first, next, 32);
        assert_memory_equal(first, next, 32);
    }
    for (int i = 0, code; i < MANY; i++) {
        assert_true(wait(&code) > 0);
        assert_int_equal(code, 0);
    }
    close(ends[0]);
    close(ends[1]);
}

static void a_secret_that_others_may_read_or_that_is_damaged_is_not_used(void **state)
{
    (void)state;
    const char *why;
    assert_int_equal(try_secret("open", &why), JUMP_NONE);
    assert_int_equal(chmod(in_keys("open.secret"), 0640), 0);
    assert_int_equal(try_secret("open", &why), JUMP_BROKEN);
    assert_non_null(strstr(why, "open to others"));
    assert_int_equal(chmod(in_keys("open.secret"), 0600), 0);
    assert_int_equal(truncate(in_keys("open.secret"), 31), 0);
    assert_int_equal(try_secret("open", &why), JUMP_BROKEN);
    assert_non_null(strstr(why, "damaged"));
    assert_int_equal(symlink(in_keys("tests.secret"), in_keys("link.secret")), 0);
    assert_int_equal(try_secret("link", &why), JUMP_BROKEN);
    if (geteuid() == 0) return;
    assert_int_equal(chmod(in_keys(""), 0500), 0);
    assert_int_equal(try_secret("unwritable", &why), JUMP_BROKEN);
    assert_int_equal(chmod(in_keys(""), 0700), 0);
}

static void the_sweep_leaves_secrets_alone(void **state)
{
    (void)state;
    static const struct keep *const none[] = { NULL };
    unsigned char before[32], after[32];
    struct sweep_counts counts;
    struct db *db = help_fresh_db();
    db_use_arena(db, &scratch);
    seal_hash(secret(), "test", S("x"), before);
    for (int day = 0; day < 3; day++)
        assert_int_equal(seal_sweep(db, none, keys, 1795000000000 + day * 40 * DAY_MS, &counts), SWEEP_DONE);
    assert_int_equal(counts.keys, 0);
    seal_hash(secret(), "test", S("x"), after);
    assert_memory_equal(before, after, 32);
    db_close(db);
}

static void one_context_is_never_another(void **state)
{
    (void)state;
    unsigned char one[32], two[32];
    seal_hash(secret(), "ab", S("c"), one);
    seal_hash(secret(), "a", S("bc"), two);
    assert_memory_not_equal(one, two, 32);
    assert_true(seal_equal(one, one, 32));
    assert_false(seal_equal(one, two, 32));
    assert_true(seal_equal_words(S("abc"), S("abc")));
    assert_false(seal_equal_words(S("abc"), S("abcd")));
    char a[SEAL_RANDOM_TEXT], b[SEAL_RANDOM_TEXT];
    str bytes;
    seal_random_text(a);
    seal_random_text(b);
    assert_int_equal(strlen(a), 43);
    assert_string_not_equal(a, b);
    assert_true(base64url_read(&scratch, str_of(a), 32, &bytes));
    assert_int_equal(bytes.n, 32);
}

/* Ids in addresses. */

static int common_start(const char *a, const char *b)
{
    int n = 0;
    while (a[n] && a[n] == b[n]) n++;
    return n;
}

static void every_id_has_one_name_and_comes_back(void **state)
{
    (void)state;
    static const id edges[] = { 0, 1, 2, UINT32_MAX, (id)UINT32_MAX + 1, INT64_MAX, UINT64_MAX, UINT64_MAX - 1 };
    char shown[ID_SHOWN_TEXT], bare[ID_SHOWN_TEXT];
    id back;
    for (size_t i = 0; i < 20000; i++) {
        id one;
        randombytes_buf(&one, sizeof one);
        if (i < COUNT_OF(edges)) one = edges[i];
        id_shown(secret(), one, shown);
        assert_int_equal(strspn(shown, crockford_letters), 13);
        assert_true(id_read(secret(), str_of(shown), &back));
        assert_true(back == one);
    }
    /* And every name that is read is the one that would be shown: nothing has two. */
    for (size_t i = 0; i < 20000; i++) {
        for (int k = 0; k < 13; k++) shown[k] = crockford_letters[randombytes_uniform(k ? 32 : 16)];
        shown[13] = '\0';
        assert_true(id_read(secret(), str_of(shown), &back));
        id_shown(secret(), back, bare);
        assert_string_equal(shown, bare);
    }
}

static void neighbours_look_unrelated(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    char last[ID_SHOWN_TEXT], next[ID_SHOWN_TEXT];
    int first_same = 0, longest = 0, bits[64] = { 0 };
    id from = (id)1795000000000 << 20, back;
    id_shown(secret(), from, last);
    uint64_t before = 0;
    for (int i = 1; i <= MANY; i++) {
        id_shown(secret(), from + (id)i, next);
        int n = common_start(last, next);
        first_same += n > 0;
        if (n > longest) longest = n;
        uint64_t now = 0;
        for (int k = 0; k < 13; k++) now = now << 5 | (uint64_t)crockford_value(next[k]);
        for (int b = 0; b < 64; b++) bits[b] += (now ^ before) >> b & 1;
        before = now;
        memcpy(last, next, sizeof last);
    }
    assert_true(longest <= 6);                                        /* chance: one in 10,000 runs */
    assert_true(first_same > MANY / 20 && first_same < MANY * 3 / 40); /* one in sixteen */
    for (int b = 0; b < 64; b++) assert_true(bits[b] > MANY * 48 / 100 && bits[b] < MANY * 52 / 100);
    /* Another secret, another name. */
    id_shown(seal_secret(keys, "others"), from, next);
    assert_true(id_read(secret(), str_of(next), &back));
    assert_true(back != from);
}

static void an_id_has_one_spelling(void **state)
{
    (void)state;
    static const char *const bad[] = { "",  "0",  "000000000000", "00000000000000", "g000000000000", "z000000000000", "0000000000i00", "0000000000l00",
                                       "0000000000o00", "0000000000u00", "000000000000A", " 000000000000", "000000000000-", "000000000000\n" };
    id back;
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(id_read(secret(), str_of(bad[i]), &back));
    assert_false(id_read(secret(), (str){ "000000\0000000", 13 }, &back));
    assert_true(id_read(secret(), S("fzzzzzzzzzzzz"), &back));
}

/* Letters. */

static void letters_come_back_and_have_one_spelling(void **state)
{
    (void)state;
    /* RFC 4648 section 10 */
    assert_str_equal(base32_text(&scratch, S("foobar")), "MZXW6YTBOI");
    assert_str_equal(base64url_text(&scratch, S("foob")), "Zm9vYg");
    str back;
    for (size_t n = 0; n < 80; n++) {
        char bytes[80];
        randombytes_buf(bytes, sizeof bytes);
        str in = { bytes, n };
        assert_true(base64url_read(&scratch, base64url_text(&scratch, in), n, &back));
        assert_true(str_eq(in, back));
        assert_true(base32_read(&scratch, base32_text(&scratch, in), n, &back));
        assert_true(str_eq(in, back));
        if (n) assert_false(base64url_read(&scratch, base64url_text(&scratch, in), n - 1, &back));
    }
    static const char *const bad64[] = { "A", "AB==", "AB=", "Zm9vYh", "Zm9v\nYg", "Zm9vY+", "Zm9vY/", " Zm9vYg" };
    for (size_t i = 0; i < COUNT_OF(bad64); i++) assert_false(base64url_read(&scratch, str_of(bad64[i]), 99, &back));
    static const char *const bad32[] = { "A", "AAA", "AAAAAA", "MZXW6YTBOJ", "mzxw6ytboi", "MZXW6YTBO1", "MZXW6YTBOI======" };
    for (size_t i = 0; i < COUNT_OF(bad32); i++) assert_false(base32_read(&scratch, str_of(bad32[i]), 99, &back));
}

/* Passwords. */

static enum password_answer judge(const char *typed)
{
    return password_judge(&scratch, (personal){ str_of(typed) },
                          (struct password_own){ S("Blue Heart"), { S("ana.lopez@example.org") } });
}

static void what_is_long_and_not_common_is_good_enough(void **state)
{
    (void)state;
    static const char *const fine[] = { "correct horse battery", "twelve chars", "una casa grande junto al mar", "вечером за рекой туман",
                                        "القمر فوق المدينة", "山の上の小さな家に住む猫", "zK4$vq81LmPz", "the blue heart of my garden wall", "lopez likes walking uphill" };
    for (size_t i = 0; i < COUNT_OF(fine); i++) assert_int_equal(judge(fine[i]), PASSWORD_FINE);
    static const char *const brief[] = { "", "short", "eleven char", "山の上の小さな家に住む" };
    for (size_t i = 0; i < COUNT_OF(brief); i++) assert_int_equal(judge(brief[i]), PASSWORD_TOO_SHORT);
    static const char *const common[] = { "aaaaaaaaaaaa",     "abababababab", "123456789012",  "abcdefghijklm",      "qwertyuiop12",    "1qaz2wsx3edc",  "Password2026!",
                                          "passwordpassword", "PASSWORD1234", "blueheart2026", "Blue Heart 26",      "ana.lopez@example.org", "analopezana.lopez", "2026example1",
                                          "contrasena123",    "motdepasse12", "987654321098",  "asdfghjkl123",       "administrator",   "ℙassword2026", "!!!!iloveyou!!!!", "abcabcabcabcabc" };
    for (size_t i = 0; i < COUNT_OF(common); i++)
        if (judge(common[i]) != PASSWORD_TOO_COMMON && i != 19) fail_msg("not refused: %s", common[i]);
    char longest[PASSWORD_BYTES_MAX + 2];
    for (int i = 0; i < PASSWORD_BYTES_MAX + 1; i++) longest[i] = "qmxtbkzwhvjn"[i * i * 7 % 12];
    longest[PASSWORD_BYTES_MAX + 1] = '\0';
    assert_int_equal(judge(longest), PASSWORD_TOO_LONG);
    longest[PASSWORD_BYTES_MAX] = '\0';
    assert_int_not_equal(judge(longest), PASSWORD_TOO_LONG);
    assert_int_equal(judge("\xff\xfe twelve chars"), PASSWORD_TOO_LONG); /* no text at all; web refuses it before */
}

static str work(str ask)
{
    assert_true(password_is_ask(ask));
    return password_work(&scratch, ask);
}

static enum password_check check(const char *typed, str hash)
{
    return password_checked(work(password_check_ask(&scratch, secret(), (personal){ str_of(typed) }, hash)));
}

static void a_password_is_right_or_wrong(void **state)
{
    (void)state;
    str hash, other;
    assert_true(password_made(work(password_make_ask(&scratch, secret(), (personal){ S("caf\xc3\xa9 at the harbour") })), &hash));
    assert_true(str_starts(hash, S("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_int_equal(check("caf\xc3\xa9 at the harbour", hash), PASSWORD_RIGHT);
    assert_int_equal(check("cafe\xcc\x81 at the harbour", hash), PASSWORD_RIGHT); /* another keyboard's way of writing it */
    assert_int_equal(check("cafe at the harbour", hash), PASSWORD_WRONG);
    assert_int_equal(check("", hash), PASSWORD_WRONG);
    assert_int_equal(check("Caf\xc3\xa9 at the harbour", hash), PASSWORD_WRONG);
    assert_true(password_made(work(password_make_ask(&scratch, secret(), (personal){ S("caf\xc3\xa9 at the harbour") })), &other));
    assert_false(str_eq(hash, other));
    /* A stolen table without the keys is worth nothing: the words alone do not open the hash. */
    str ask = password_check_ask(&scratch, seal_secret(keys, "others"), (personal){ S("caf\xc3\xa9 at the harbour") }, hash);
    assert_int_equal(password_checked(work(ask)), PASSWORD_WRONG);
    assert_false(str_has(ask, S("harbour")));
    assert_false(str_has(password_make_ask(&scratch, secret(), (personal){ S("caf\xc3\xa9 at the harbour") }), S("harbour")));
}

static void nobodys_password_takes_as_long_and_is_wrong(void **state)
{
    (void)state;
    str hash;
    assert_true(password_made(work(password_make_ask(&scratch, secret(), (personal){ S("some good words") })), &hash));
    int64_t with = 0, without = 0;
    for (int i = 0; i < 8; i++) {
        int64_t t0 = clock_ticks_us();
        assert_int_equal(check("other good words", hash), PASSWORD_WRONG);
        int64_t t1 = clock_ticks_us();
        assert_int_equal(check("other good words", S("")), PASSWORD_WRONG);
        int64_t t2 = clock_ticks_us();
        if (i == 0 || t1 - t0 < with) with = t1 - t0; /* the quickest of each: a busy machine disturbs neither */
        if (i == 0 || t2 - t1 < without) without = t2 - t1;
    }
    assert_true(without * 2 > with && with * 2 > without);
}

static void old_and_damaged_hashes_are_told_apart(void **state)
{
    (void)state;
    char weak[crypto_pwhash_STRBYTES];
    str ask = password_make_ask(&scratch, secret(), (personal){ S("some good words") }), rest = ask;
    (void)str_split(&rest, '\n');
    assert_int_equal(crypto_pwhash_str_alg(weak, rest.p, rest.n, 1, 8192 * 1024, crypto_pwhash_ALG_ARGON2ID13), 0);
    assert_int_equal(check("some good words", str_of(weak)), PASSWORD_RIGHT_OLD);
    assert_int_equal(check("some bad words", str_of(weak)), PASSWORD_WRONG);
    static const char *const bad[] = { "x", "$argon2id$v=19$m=99999999,t=2,p=1$bm9ib2R5IGxpdmVzIGhlcg$OdcA5mLSQn1ryIkZtHTfwXMEB28UePYv6bxGoJauV3g",
                                       "$argon2id$v=19$m=19456,t=9999,p=1$bm9ib2R5IGxpdmVzIGhlcg$OdcA5mLSQn1ryIkZtHTfwXMEB28UePYv6bxGoJauV3g" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct landing l;
        enum jump jump = LAND(&l);
        if (jump == JUMP_NONE) (void)check("some good words", str_of(bad[i]));
        landing_leave(&l);
        assert_int_equal(jump, JUMP_BROKEN); /* the job answers nothing, and the page reads "busy" */
    }
    assert_int_equal(password_checked(S("")), PASSWORD_BUSY);
    str none;
    assert_false(password_made(S(""), &none));
    assert_false(password_is_ask(S("table protocol - 1")));
    assert_int_equal(password_work(&scratch, S("password-make\nshort")).n, 0);
    assert_int_equal(password_work(&scratch, S("password-check\nshort")).n, 0);
}

/* Six digits. */

static const unsigned char *rfc_secret(void)
{
    return (const unsigned char *)"12345678901234567890";
}

static void the_numbers_are_those_of_rfc_6238(void **state)
{
    (void)state;
    /* RFC 6238, Appendix B, the rows of SHA-1: unix time, eight digits. */
    static const struct {
        int64_t at;
        uint32_t number;
    } rows[] = { { 59, 94287082 },          { 1111111109, 7081804 },  { 1111111111, 14050471 },
                 { 1234567890, 89005924 }, { 2000000000, 69279037 }, { 20000000000, 65353130 } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(totp_number(S("12345678901234567890"), rows[i].at / 30) % 100000000, rows[i].number);
        char code[8];
        int64_t step;
        snprintf(code, sizeof code, "%06u", rows[i].number % 1000000);
        assert_int_equal(totp_check(rfc_secret(), str_of(code), rows[i].at * 1000, 0, &step), TOTP_RIGHT);
        assert_int_equal(step, rows[i].at / 30);
    }
}

static str code_of(int64_t step)
{
    return arena_format(&scratch, "%06u", totp_number(S("12345678901234567890"), step) % 1000000);
}

static void a_clock_may_be_one_step_wrong_and_no_more(void **state)
{
    (void)state;
    int64_t now = 59000000, step;
    for (int64_t off = -4; off <= 4; off++) {
        enum totp_answer answer = totp_check(rfc_secret(), code_of(now + off), now * 30000 + 15000, 0, &step);
        assert_int_equal(answer, off >= -1 && off <= 1 ? TOTP_RIGHT : TOTP_WRONG);
        assert_int_equal(step, answer == TOTP_RIGHT ? now + off : 0);
    }
    /* At the very edges of a step. */
    assert_int_equal(totp_check(rfc_secret(), code_of(now), (now + 2) * 30000 - 1, 0, &step), TOTP_RIGHT);
    assert_int_equal(totp_check(rfc_secret(), code_of(now), (now + 2) * 30000, 0, &step), TOTP_WRONG);
    assert_int_equal(totp_check(rfc_secret(), code_of(now), (now - 1) * 30000, 0, &step), TOTP_RIGHT);
    assert_int_equal(totp_check(rfc_secret(), code_of(now), (now - 1) * 30000 - 1, 0, &step), TOTP_WRONG);
    assert_int_equal(totp_check(rfc_secret(), code_of(0), 0, -1, &step), TOTP_RIGHT);
    assert_int_equal(totp_check(rfc_secret(), code_of(0), -1, 0, &step), TOTP_WRONG);
}

static void digits_are_good_once(void **state)
{
    (void)state;
    int64_t now = 59000000, last = 0, step;
    assert_int_equal(totp_check(rfc_secret(), code_of(now), now * 30000, last, &step), TOTP_RIGHT);
    last = step;
    assert_int_equal(totp_check(rfc_secret(), code_of(now), now * 30000, last, &step), TOTP_USED);
    assert_int_equal(step, last);
    assert_int_equal(totp_check(rfc_secret(), code_of(now - 1), now * 30000, last, &step), TOTP_USED);
    assert_int_equal(totp_check(rfc_secret(), code_of(now + 1), now * 30000, last, &step), TOTP_RIGHT);
    /* A clock that went back an hour opens nothing that was used. */
    last = now;
    assert_int_equal(totp_check(rfc_secret(), code_of(now - 120), (now - 120) * 30000, last, &step), TOTP_USED);
}

static void digits_may_be_typed_as_people_type_them(void **state)
{
    (void)state;
    int64_t now = 1, step; /* 94287082: 287082 */
    static const char *const good[] = { "287082", "287 082", " 287082 ", "٢٨٧٠٨٢", "۲۸۷۰۸۲" };
    for (size_t i = 0; i < COUNT_OF(good); i++) assert_int_equal(totp_check(rfc_secret(), str_of(good[i]), now * 30000, 0, &step), TOTP_RIGHT);
    static const char *const bad[] = { "", "28708", "2870822", "94287082", "28708x", "-287082", "+287082", "287-082", "287082\n", "\xd9", "28708\xd9" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_int_equal(totp_check(rfc_secret(), str_of(bad[i]), now * 30000, 0, &step), TOTP_WRONG);
}

static void a_telephone_can_read_the_picture(void **state)
{
    (void)state;
    char text[TOTP_SECRET_TEXT];
    unsigned char made[TOTP_SECRET_BYTES], back[TOTP_SECRET_BYTES];
    totp_secret_text(rfc_secret(), text);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_true(totp_secret_read(str_of(text), back));
    assert_memory_equal(back, rfc_secret(), TOTP_SECRET_BYTES);
    assert_false(totp_secret_read(S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ"), back));
    totp_secret_make(made);
    totp_secret_make(back);
    assert_memory_not_equal(made, back, TOTP_SECRET_BYTES);
    personal address = totp_address(&scratch, S("Red Azul & Co: Perú"), (personal){ S("ana@example.org") }, rfc_secret());
    assert_str_equal(address.words, "otpauth://totp/Red%20Azul%20%26%20Co%3A%20Per%C3%BA:ana%40example.org"
                                    "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Red%20Azul%20%26%20Co%3A%20Per%C3%BA");
    html picture = totp_picture(&scratch, address, S("Code for <app>"));
    assert_true(str_starts(picture.markup, S("<svg class=\"code\" viewBox=\"0 0 ")));
    assert_true(str_has(picture.markup, S("<title>Code for &lt;app&gt;</title>")));
    assert_false(str_has(picture.markup, S("style=")));
    assert_false(str_has(picture.markup, S("otpauth")));
    assert_true(picture.markup.n < 30000);
    char *huge = arena_take(&scratch, 4000);
    memset(huge, 'x', 4000);
    assert_int_equal(totp_picture(&scratch, (personal){ { huge, 4000 } }, S("t")).markup.n, 0);
}

/* Codes on paper. */

static void a_recovery_code_is_good_for_one_account(void **state)
{
    (void)state;
    struct recovery_code codes[RECOVERY_CODES];
    unsigned char hash[SEAL_HASH_BYTES];
    recovery_make(secret(), 7, codes);
    for (int i = 0; i < RECOVERY_CODES; i++) {
        assert_int_equal(strlen(codes[i].text), 23);
        assert_true(recovery_hash(secret(), 7, (personal){ str_of(codes[i].text) }, hash));
        assert_memory_equal(hash, codes[i].hash, sizeof hash);
        assert_true(recovery_hash(secret(), 8, (personal){ str_of(codes[i].text) }, hash));
        assert_memory_not_equal(hash, codes[i].hash, sizeof hash);
        for (int k = 0; k < i; k++) assert_string_not_equal(codes[i].text, codes[k].text);
    }
}

static void a_recovery_code_may_be_typed_as_it_is_read(void **state)
{
    (void)state;
    unsigned char one[SEAL_HASH_BYTES], two[SEAL_HASH_BYTES];
    static const char *const same[] = { "k7q2m-4c8rz-9d0ta-x31np", "K7Q2M4C8RZ9D0TAX31NP", " k7q2m 4c8rz\t9dOta-x3Inp\r\n", "k7q2m--4c8rz 9doTa x3Lnp" };
    assert_true(recovery_hash(secret(), 7, (personal){ str_of(same[0]) }, one));
    for (size_t i = 1; i < COUNT_OF(same); i++) {
        assert_true(recovery_hash(secret(), 7, (personal){ str_of(same[i]) }, two));
        assert_memory_equal(one, two, sizeof one);
    }
    static const char *const bad[] = { "", "k7q2m-4c8rz-9d0ta-x31n", "k7q2m-4c8rz-9d0ta-x31npp", "k7q2m-4c8rz-9d0ta-x31nu", "k7q2m-4c8rz-9d0ta-x31n\xc3\xa9" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(recovery_hash(secret(), 7, (personal){ str_of(bad[i]) }, two));
}

/* Vectors that lie beside the repository. */


static void the_shared_vectors_of_totp_hold(void **state)
{
    (void)state;
    const char *where = getenv("STANDARDS") ? getenv("STANDARDS") : "../shared/standards";
    FILE *f = fopen(arena_format(&scratch, "%s/totp/rfc6238.tsv", where).p, "r");
    if (!f) skip();
    char line[256], hash[16], words[128], number[16];
    long long at;
    int rows = 0;
    while (fgets(line, sizeof line, f)) {
        if (sscanf(line, "%lld\t%15s\t%127s\t%15s", &at, hash, words, number) != 4 || strcmp(hash, "SHA1") != 0) continue;
        assert_int_equal(totp_number(str_of(words), at / 30) % 100000000, strtol(number, NULL, 10));
        rows++;
    }
    fclose(f);
    assert_int_equal(rows, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_is_made_once_and_is_the_same_for_everybody),
        cmocka_unit_test(of_many_who_make_a_secret_at_once_one_wins),
        cmocka_unit_test(a_secret_that_others_may_read_or_that_is_damaged_is_not_used),
        cmocka_unit_test(the_sweep_leaves_secrets_alone),
        cmocka_unit_test(one_context_is_never_another),
        cmocka_unit_test(every_id_has_one_name_and_comes_back),
        cmocka_unit_test(neighbours_look_unrelated),
        cmocka_unit_test(an_id_has_one_spelling),
        cmocka_unit_test(letters_come_back_and_have_one_spelling),
        cmocka_unit_test(what_is_long_and_not_common_is_good_enough),
        cmocka_unit_test(a_password_is_right_or_wrong),
        cmocka_unit_test(nobodys_password_takes_as_long_and_is_wrong),
        cmocka_unit_test(old_and_damaged_hashes_are_told_apart),
        cmocka_unit_test(the_numbers_are_those_of_rfc_6238),
        cmocka_unit_test(a_clock_may_be_one_step_wrong_and_no_more),
        cmocka_unit_test(digits_are_good_once),
        cmocka_unit_test(digits_may_be_typed_as_people_type_them),
        cmocka_unit_test(a_telephone_can_read_the_picture),
        cmocka_unit_test(a_recovery_code_is_good_for_one_account),
        cmocka_unit_test(a_recovery_code_may_be_typed_as_it_is_read),
        cmocka_unit_test(the_shared_vectors_of_totp_hold),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
