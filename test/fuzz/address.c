/* Addresses as people type them, and letters as they are packed: whatever they say, what is taken for an address is one,
 * and a mail keeps the headers it was given, each on its lines. */
#include "test/fuzz/fuzz.h"

#include "send/inside.h"

#define TOKEN "0123456789abcdefghjkmnpq"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct arena life;
    (void)argc;
    (void)argv;
    arena_open(&life, LIFE_ARENA_MAX);
    lang_open(&life);
    return 0;
}

static void check_address(struct arena *a, str in)
{
    struct phrase why;
    personal found, again;
    if (!send_address_ok(a, in, &found, &why)) {
        MUST(why.english && found.words.n == 0);
        return;
    }
    size_t ats = 0;
    for (size_t i = 0; i < found.words.n; i++) {
        char c = found.words.p[i];
        MUST(c > ' ' && c <= '~' && !strchr("<>()[]\\,;:\"", c));
        ats += c == '@';
    }
    MUST(ats == 1 && found.words.n <= ADDRESS_MAX && str_find(str_from(found.words, (size_t)str_find(found.words, '@')), '.') > 0);
    MUST(send_address_ok(a, found.words, &again, &why) && str_eq(again.words, found.words));
}

/* The lines of the head, in their order; only the subject's may go on. */
static void check_wire(str wire)
{
    static const char *const heads[] = { "From: <", "To: <", "Subject: ", "Date: ", "Message-ID: <" TOKEN "@",
                                         "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=" };
    size_t at = 0;
    bool is_head = true;
    for (size_t i = 0; i < wire.n; i++) {
        unsigned char c = (unsigned char)wire.p[i];
        MUST((c >= ' ' && c <= '~') || c == '\r' || c == '\n');
        MUST(c != '\r' || (i + 1 < wire.n && wire.p[i + 1] == '\n'));
        MUST(c != '\n' || wire.p[i - 1] == '\r');
    }
    while (wire.n) {
        str line = str_split(&wire, '\n');
        MUST(line.n <= 79 && !str_starts(line, S(".")));
        if (line.n == 1) is_head = false;
        if (!is_head) continue;
        bool goes_on = str_starts(line, S(" =?utf-8?B?"));
        MUST(!goes_on || at == 3);
        if (goes_on) continue;
        MUST(at < COUNT_OF(heads) && str_starts(line, str_of(heads[at])));
        at++;
    }
    MUST(at == COUNT_OF(heads));
}

static void check_letter(struct arena *a, str in)
{
    struct letter l;
    if (!letter_unpack(in, &l) || in.n > MAIL_WORDS_MAX) return;
    if (!str_is_utf8(l.subject) || str_has_control(l.subject)) return; /* it is a phrase of ours */
    l.to = S("name@example.org");
    check_wire(letter_wire(a, &l, S("hello@blueheart.example.org"), S(TOKEN), 1795344900000));
}

static void check(struct arena *a, str in)
{
    if (in.n && in.p[0] == '\1') check_letter(a, in);
    else check_address(a, in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, check, data, n) == JUMP_NONE);
    return 0;
}
