/* Mail: addresses, words on the wire in every language, the queue, what the desk knows, and reports of failure. */
#include "test/unit/help.h"
#include "test/unit/letters.h"

#include "base/clock.h"
#include "base/limits.h"
#include "command/command.h"
#include "seal/sweep.h"
#include "base/id.h"
#include "send/bounce.h"
#include "send/place.h"
#include "send/post.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#define NOW   ((ms)1795344900000) /* 2026-11-22T10:55:00Z */
#define TOKEN "0123456789abcdefghjkmnpq"

static char keys[64];

static int begin(void **state)
{
    assert_true(sodium_init() >= 0);
    help_languages();
    if (!keys[0]) {
        snprintf(keys, sizeof keys, "/tmp/blueheart-keys-XXXXXX");
        assert_non_null(mkdtemp(keys));
        send_place(str_of(keys), true);
    }
    clock_set_for_test(NOW);
    return help_begin(state);
}

static int end(void **state)
{
    clock_set_for_test(0);
    return help_end(state);
}

/* ---- addresses ---- */

static void addresses_become_what_servers_understand(void **state)
{
    static const char *const all[][2] = {
        { "name@example.org", "name@example.org" },
        { " Name.Other+tag@Example.ORG ", "Name.Other+tag@example.org" },
        { "o'brien_1@mail.example.co.uk", "o'brien_1@mail.example.co.uk" },
        { "ana@exämple.org", "ana@xn--exmple-cua.org" },
        { "info@пример.рф", "info@xn--e1afmkfd.xn--p1ai" },
        { "a@例え.jp", "a@xn--r8jz45g.jp" },
        { "a@مثال.إختبار", "a@xn--mgbh0fb.xn--kgbechtv" },
        { "a@straße.de", "a@xn--strae-oqa.de" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct phrase why;
        personal found;
        if (!send_address_ok(&scratch, str_of(all[i][0]), &found, &why)) fail_msg("%s: %s", all[i][0], why.english);
        help_assert_str(found.words, str_of(all[i][1]), __FILE__, __LINE__);
    }
}

static void what_is_no_address_is_refused_in_words(void **state)
{
    static const char *const all[] = {
        "", " ", "name", "@", "name@", "@example.org", "a@b", "a@b.c", "a@localhost", "a@127.0.0.1", "a@[127.0.0.1]", "a@1.2",
        "a b@example.org", "a@exam ple.org", "a@b@example.org", "a@example.org,b@example.org", "a@example.org;b@example.org",
        "a@example.org\r\nBcc: b@example.org", "a@example.org\nb", "a\r@example.org", "<a@example.org>", "Ana <a@example.org>",
        "\"a b\"@example.org", "a(b)@example.org", ".a@example.org", "a.@example.org", "a..b@example.org", "ä@example.org",
        "a@-b.org", "a@b-.org", "a@b..org", "a@.org", "a@org.", "a@b_c.org", "a@xn--a.org", "a@\xff.org", "a\x7f@example.org",
        "a\xe2\x80\xae@example.org", "mailto:a@example.org", "a@example.org\t", "a@exa\xc2\xadmple.o",
        "a@" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.org",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct phrase why;
        personal found;
        bool is_ok = send_address_ok(&scratch, str_of(all[i]), &found, &why);
        bool is_trimmed = str_eq(str_of(all[i]), S("a@example.org\t")); /* what stands around it is taken off */
        if (is_ok != is_trimmed) fail_msg("\"%s\" is taken for an address", all[i]);
        if (!is_ok) assert_true(str_of(why.english).n > 20 && found.words.n == 0);
    }
    char *endless = arena_take(&scratch, 100000);
    memset(endless, 'a', 100000);
    struct phrase why;
    personal found;
    assert_false(send_address_ok(&scratch, (str){ endless, 100000 }, &found, &why));
    memcpy(endless, "a@", 2);
    assert_false(send_address_ok(&scratch, (str){ endless, 100000 }, &found, &why));
}

/* ---- words on the wire ---- */

static struct letter letter_in(const char *lang, str subject)
{
    return (struct letter){ .to = S("name@example.org"), .lang = str_of(lang), .subject = subject,
                            .paragraph = { S("First = paragraph, a < b."), S(".\nFrom here on. ") }, .paragraphs_n = 2,
                            .button = S("Open the page"), .address = S("https://blueheart.example.org/en/x?a=1&b=2"),
                            .reason = S("You asked for it.") };
}

static str wire_of(const struct letter *l)
{
    return letter_wire(&scratch, l, S("hello@blueheart.example.org"), S(TOKEN), NOW);
}

/* ASCII, CRLF and nothing else at ends, no line longer than it may be. Gives the header's lines. */
static size_t check_form(str wire)
{
    size_t in_header = 0, lines = 0;
    assert_true(str_ends(wire, S("\r\n")));
    for (size_t i = 0; i < wire.n; i++) {
        unsigned char c = (unsigned char)wire.p[i];
        assert_true((c >= ' ' && c <= '~') || c == '\r' || c == '\n');
        if (c == '\r') assert_true(i + 1 < wire.n && wire.p[i + 1] == '\n');
        if (c == '\n') assert_true(i > 0 && wire.p[i - 1] == '\r');
    }
    for (str rest = wire; rest.n;) {
        str line = str_split(&rest, '\n');
        assert_true(line.n <= 79);
        if (line.n == 1 && !in_header) in_header = lines;
        assert_false(str_starts(line, S("."))); /* so that no step on the way has to double it */
        lines++;
    }
    return in_header;
}

static void every_language_has_its_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *lang = lang_at(i);
        struct letter l = letter_in(arena_z(&scratch, lang_code(lang)), lang_text(lang, PHRASE("A message for you")));
        str wire = wire_of(&l), html = letter_html(&scratch, lang, &l), plain = letter_plain(&scratch, lang, &l);
        check_form(wire);
        assert_true(str_has(wire, S("From: <hello@blueheart.example.org>\r\nTo: <name@example.org>\r\nSubject: ")));
        assert_true(str_has(wire, S("\r\nDate: Sun, 22 Nov 2026 10:55:00 +0000\r\n")));
        assert_true(str_has(wire, S("\r\nMessage-ID: <" TOKEN "@blueheart.example.org>\r\n")));
        assert_true(str_has(wire, S("\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n")));
        assert_false(str_has(wire, S("\r\nX-")) || str_has(wire, S("User-Agent")) || str_has(wire, S("Received")));
        assert_true(str_has(html, lang_is_rtl(lang) ? S("dir=\"rtl\"") : S("dir=\"ltr\"")));
        assert_true(str_has(html, ARENA_JOIN(&scratch, S("lang=\""), lang_code(lang), S("\""))));
        assert_true(str_has(html, S("a &lt; b")) && str_has(html, S("href=\"https://blueheart.example.org/en/x?a=1&amp;b=2\"")));
        assert_false(str_has(html, S("src=")) || str_has(html, S("url(")) || str_has(html, S("<script")) || str_has(html, S("@import")));
        assert_true(str_has(plain, S("a < b.")) && str_has(plain, S("\nhttps://blueheart.example.org/en/x?a=1&b=2\n")));
        assert_true(str_eq(wire, wire_of(&l))); /* a second try is the same mail */
    }
}

static void a_subject_stays_one_header(void **state)
{
    static const char *const all[] = {
        "A message for you", "Один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
        "=?utf-8?B?QQ==?=", "a\r\nBcc: x@example.org", "a\nb", "رسالة لك", "给您的消息给您的消息给您的消息给您的消息给您的消息给您的消息",
        "A subject that is long, longer than most, so long that it no longer fits into a line of a header of a mail at all",
    };
    (void)state;
    size_t plain = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct letter l = letter_in("en", str_of(all[i]));
        str wire = wire_of(&l);
        check_form(wire);
        str header = str_cut(wire, (size_t)(strstr(wire.p, "\r\n\r\n") - wire.p));
        assert_false(str_has(header, S("\r\nBcc")));
        str rest = str_from(wire, (size_t)(strstr(wire.p, "Subject: ") - wire.p) + 9);
        bool is_encoded = str_starts(rest, S("=?utf-8?B?"));
        plain += !is_encoded;
        assert_int_equal(is_encoded, i != 0);
        for (bool is_subject = true; is_subject;) {
            str line = str_split(&rest, '\n');
            assert_true(line.n <= 77);
            is_subject = str_starts(rest, S(" "));
        }
        assert_true(str_starts(rest, S("Date: ")));
    }
    assert_int_equal(plain, 1);
}

static void a_letter_survives_its_packing(void **state)
{
    (void)state;
    struct letter l = letter_in("fr", S("s")), back;
    str packed = letter_pack(&scratch, &l);
    assert_true(letter_unpack(packed, &back));
    assert_true(str_eq(wire_of(&l), wire_of(&back)));
    for (size_t n = 0; n < packed.n; n++) { /* cut anywhere: refused, or a paragraph less */
        bool is_read = letter_unpack(str_cut(packed, n), &back);
        assert_true(!is_read || back.paragraphs_n == 1);
    }
    assert_false(letter_unpack(S("\2"), &back));
}

/* ---- the queue ---- */

static struct mail mail_to(const char *to, const char *key)
{
    static const struct lang_arg args[] = { { .name = "name", .kind = ARG_TEXT, .text = S_CONST("Ana") } };
    static const struct mail_phrase words[] = { { .one = PHRASE_CONST("Hello, {name}."), .args = args, .args_n = 1 } };
    return (struct mail){ .room = "members", .kind = "invitation", .key = str_of(key), .to = { str_of(to) },
                          .lang = lang_find(S("ar")), .paragraphs = words, .paragraphs_n = 1 };
}

struct queueing {
    struct mail mail;
    ms now;
    enum send_answer answer;
};

static void queue_it(struct db *db, void *self)
{
    struct queueing *q = self;
    q->answer = send_mail(db, &q->mail, q->now);
}

static enum send_answer queue(struct db *db, struct mail mail)
{
    struct queueing q = { .mail = mail, .now = NOW };
    db_use_arena(db, &scratch);
    db_write(db, queue_it, &q);
    return q.answer;
}

static struct send_counts counts(struct db *db)
{
    db_begin_read(db);
    struct send_counts c = send_count(db);
    db_commit(db);
    return c;
}

static enum send_state state_of(struct db *db, const char *key)
{
    db_begin_read(db);
    enum send_state s = send_state_of(db, "members", "invitation", str_of(key));
    db_commit(db);
    return s;
}

static bool queue_and_think_again(struct db *db, void *self)
{
    queue_it(db, self);
    return false;
}

static void a_mail_is_queued_once_and_only_by_a_commit(void **state)
{
    (void)state;
    struct db *db = help_fresh_db();
    struct queueing q = { .mail = mail_to("ana@example.org", "1"), .now = NOW };
    db_use_arena(db, &scratch);
    assert_false(db_write_if(db, queue_and_think_again, &q));
    assert_int_equal(q.answer, SEND_QUEUED);
    assert_int_equal(counts(db).waiting, 0);
    assert_int_equal(queue(db, q.mail), SEND_QUEUED);
    assert_int_equal(queue(db, mail_to("other@example.org", "1")), SEND_ALREADY);
    assert_int_equal(queue(db, mail_to("ana@example.org", "2")), SEND_QUEUED);
    assert_int_equal(counts(db).waiting, 2);
    assert_int_equal(counts(db).oldest_waiting, NOW);
    assert_int_equal(state_of(db, "1"), SEND_WAITING);
    assert_int_equal(state_of(db, "3"), SEND_NONE);
    struct letter l;
    db_begin_read(db);
    assert_true(letter_waiting(db, &scratch, S("ana@example.org"), &l));
    assert_str_equal(l.paragraph[0], "Hello, Ana.");
    assert_true(str_eq(l.subject, lang_text(lang_find(S("ar")), PHRASE("A message for you"))));
    assert_false(letter_waiting(db, &scratch, S("other@example.org"), &l));
    db_commit(db);
}

static void what_must_not_go_is_refused(void **state)
{
    (void)state;
    struct db *db = help_fresh_db();
    struct mail m = mail_to("ana@example.org\r\nBcc: b@example.org", "1");
    assert_int_equal(queue(db, m), SEND_BAD_ADDRESS);
    m = mail_to("ana@example.org", "1");
    m.useful_until = NOW;
    assert_int_equal(queue(db, m), SEND_TOO_LATE);
    static const char *const links[] = { "", "/en/x", "javascript:alert(1)", "http://a\r\nb", "https://a b", "https://a\"b", "//a.example" };
    for (size_t i = 0; i < COUNT_OF(links); i++) {
        m = mail_to("ana@example.org", "1");
        m.button = PHRASE("Open the page");
        m.address = str_of(links[i]);
        assert_int_equal(queue(db, m), SEND_BAD_WORDS);
    }
    static const char *const names[] = { "a\nb", "a\rb", "a\tb", "\x1b[0m", "\xe2\x80\xae", "\xff" };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct lang_arg args[] = { { .name = "name", .kind = ARG_TEXT, .text = str_of(names[i]) } };
        const struct mail_phrase words[] = { { .one = PHRASE("Hello, {name}."), .args = args, .args_n = 1 } };
        m = mail_to("ana@example.org", "1");
        m.paragraphs = words;
        assert_int_equal(queue(db, m), SEND_BAD_WORDS);
    }
    assert_int_equal(counts(db).waiting, 0);
}

/* A name is not an invitation to follow it: mail programs would make a link of it. */
static void a_name_in_a_mail_makes_no_link(void **state)
{
    (void)state;
    struct db *db = help_fresh_db();
    const struct lang_arg args[] = { { .name = "name", .kind = ARG_TEXT, .text = S("https://evil.example/x") } };
    const struct mail_phrase words[] = { { .one = PHRASE("Hello, {name}."), .args = args, .args_n = 1 } };
    struct mail m = mail_to("ana@example.org", "1");
    struct letter l;
    m.paragraphs = words;
    assert_int_equal(queue(db, m), SEND_QUEUED);
    db_begin_read(db);
    assert_true(letter_waiting(db, &scratch, S("ana@example.org"), &l));
    db_commit(db);
    assert_false(str_has(l.paragraph[0], S("://")) || str_has(l.paragraph[0], S("evil.example")));
    assert_true(str_has(l.paragraph[0], S("evil.\xe2\x81\xa0" "example")));
}

struct step_of {
    enum { LEASE, SENT, FAILED, OVER, CALL_BACK, RETRY, FORGET, RETURNED } what;
    id key;
    str token;
    bool is_done;
};

static void do_step(struct db *db, void *self)
{
    struct step_of *s = self;
    switch (s->what) {
    case LEASE: s->is_done = send_lease(db, s->key, 7, NOW, NOW + SEND_FAR_MS, NOW + 1000); break;
    case SENT: s->is_done = send_mail_sent(db, s->key, 7, NOW); break;
    case FAILED: s->is_done = send_mail_failed(db, s->key, 7, REASON_REFUSED, NOW); break;
    case OVER: s->is_done = send_mail_over(db, s->key, 7, SEND_BOUNCED, REASON_ADDRESS, NOW); break;
    case CALL_BACK: s->is_done = send_call_back(db, "members", "invitation", s->token, NOW); break;
    case RETRY: s->is_done = send_retry(db, s->token, NOW); break;
    case FORGET: s->is_done = send_forget(db, s->token, NOW); break;
    case RETURNED: s->is_done = send_mail_returned(db, s->token, REASON_FULL, NOW); break;
    }
}

static bool step(struct db *db, struct step_of s)
{
    db_write(db, do_step, &s);
    return s.is_done;
}

static id due_one(struct db *db, str *token)
{
    struct send_due *due;
    struct send_leased row;
    db_begin_read(db);
    assert_int_equal(send_mails_due(db, NOW, NOW + SEND_FAR_MS, &due), 1);
    assert_true(send_leased_get(db, due[0].id, 0, &row));
    db_commit(db);
    *token = row.token;
    return due[0].id;
}

static void the_desk_sees_failures_and_acts_on_them(void **state)
{
    (void)state;
    struct db *db = help_fresh_db();
    struct send_failed *failed;
    str token;
    assert_int_equal(queue(db, mail_to("ana@example.org", "1")), SEND_QUEUED);
    id key = due_one(db, &token);
    assert_false(step(db, (struct step_of){ FAILED, key, S(""), 0 })); /* not taken by this node */
    assert_true(step(db, (struct step_of){ LEASE, key, S(""), 0 }));
    assert_false(step(db, (struct step_of){ LEASE, key, S(""), 0 })); /* it is taken */
    assert_true(step(db, (struct step_of){ FAILED, key, S(""), 0 }));
    assert_false(step(db, (struct step_of){ SENT, key, S(""), 0 }));
    db_begin_read(db);
    assert_int_equal(send_failed_list(db, &failed), 1);
    db_commit(db);
    assert_true(str_eq(failed[0].name, token));
    assert_str_equal(failed[0].room, "members");
    assert_str_equal(failed[0].kind, "invitation");
    assert_str_equal(failed[0].reason->code, "refused");
    assert_int_equal(counts(db).failed, 1);

    assert_false(step(db, (struct step_of){ RETRY, 0, S("nobody"), 0 }));
    assert_true(step(db, (struct step_of){ RETRY, 0, token, 0 }));
    assert_false(step(db, (struct step_of){ RETRY, 0, token, 0 }));
    assert_int_equal(counts(db).waiting, 1);
    assert_false(step(db, (struct step_of){ FORGET, 0, token, 0 })); /* it waits: call it back */
    assert_true(step(db, (struct step_of){ CALL_BACK, 0, S("1"), 0 }));
    assert_false(step(db, (struct step_of){ CALL_BACK, 0, S("1"), 0 }));
    assert_int_equal(state_of(db, "1"), SEND_FORGOTTEN);
    assert_int_equal(queue(db, mail_to("ana@example.org", "1")), SEND_ALREADY);

    assert_int_equal(queue(db, mail_to("ana@example.org", "2")), SEND_QUEUED);
    key = due_one(db, &token);
    assert_true(step(db, (struct step_of){ LEASE, key, S(""), 0 }));
    assert_true(step(db, (struct step_of){ SENT, key, S(""), 0 }));
    assert_false(step(db, (struct step_of){ CALL_BACK, 0, S("2"), 0 }));
    assert_int_equal(state_of(db, "2"), SEND_SENT);
    assert_true(step(db, (struct step_of){ RETURNED, 0, token, 0 }));
    assert_false(step(db, (struct step_of){ RETURNED, 0, token, 0 }));
    assert_int_equal(state_of(db, "2"), SEND_BOUNCED);
    assert_true(step(db, (struct step_of){ FORGET, 0, token, 0 }));
    assert_int_equal(counts(db).bounced, 0);

    assert_int_equal(queue(db, mail_to("ana@example.org", "3")), SEND_QUEUED);
    key = due_one(db, &token);
    assert_true(step(db, (struct step_of){ LEASE, key, S(""), 0 }));
    assert_true(step(db, (struct step_of){ OVER, key, S(""), 0 }));
    assert_false(step(db, (struct step_of){ RETRY, 0, token, 0 })); /* its words are gone */
    assert_int_equal(counts(db).bounced, 1);
}

static void those_somebody_waits_for_go_first(void **state)
{
    (void)state;
    struct db *db = help_fresh_db();
    char number[16];
    for (int i = 0; i < 30; i++) {
        snprintf(number, sizeof number, "%d", i);
        struct mail m = mail_to("many@example.org", number);
        m.is_for_many = i != 29;
        assert_int_equal(queue(db, m), SEND_QUEUED);
    }
    struct send_due *due;
    struct send_leased row;
    db_begin_read(db);
    assert_int_equal(send_mails_due(db, NOW, NOW + SEND_FAR_MS, &due), 20);
    assert_true(send_leased_get(db, due[0].id, 0, &row));
    db_commit(db);
    char once[CONTENT_ID_LENGTH + 1];
    content_id(S("members\ninvitation\n29"), once);
    assert_int_equal(state_of(db, "29"), SEND_WAITING);
    for (int i = 1; i < 20; i++) assert_true(due[i].id < due[0].id); /* the last one queued comes first */
}

static void rows_and_keys_end(void **state)
{
    (void)state;
    struct db *db = help_fresh_db();
    struct sweep_counts swept;
    assert_int_equal(queue(db, mail_to("ana@example.org", "1")), SEND_QUEUED);
    struct seal_keys *mine = seal_keys_open(&scratch, str_of(keys));
    assert_int_equal(seal_sweep(db, room_keeps, mine, NOW, &swept), SWEEP_DONE);
    assert_int_equal(swept.rows, 0);
    clock_set_for_test(NOW + 31 * DAY_MS);
    assert_int_equal(seal_sweep(db, room_keeps, mine, NOW + 31 * DAY_MS, &swept), SWEEP_DONE);
    assert_int_equal(swept.rows, 1);
    assert_int_equal(state_of(db, "1"), SEND_NONE);
    clock_set_for_test(NOW + 45 * DAY_MS);
    assert_int_equal(seal_sweep(db, room_keeps, mine, NOW + 45 * DAY_MS, &swept), SWEEP_DONE);
    assert_true(swept.keys >= 1);
    clock_set_for_test(NOW);
}

/* ---- reports ---- */

static const char report[] =
    "To: <hello@blueheart.example.org>\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; x\n\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\n"
    "Message-ID: <" TOKEN "@blueheart.example.org>\n\nMessage-ID: <other@x>\n--b--\n";

static void a_report_is_read_and_nothing_else(void **state)
{
    (void)state;
    struct bounce b;
    assert_int_equal(bounce_read(&scratch, str_of(report), &b), BOUNCE_MARKED);
    assert_string_equal(b.token, TOKEN);
    assert_int_equal(b.reason, REASON_ADDRESS);
    for (size_t n = 0; n < sizeof report - 1; n++) { /* cut anywhere: never another mail */
        enum bounce_answer answer = bounce_read(&scratch, str_cut(str_of(report), n), &b);
        if (answer == BOUNCE_MARKED) assert_string_equal(b.token, TOKEN);
    }
    assert_int_equal(bounce_read(&scratch, S(""), &b), BOUNCE_NO_REPORT);
    static const struct {
        int code;
        const char *enhanced;
        enum send_reason reason;
    } all[] = { { 550, "5.1.1", REASON_ADDRESS }, { 550, "", REASON_ADDRESS }, { 552, "", REASON_FULL },     { 0, "5.2.2", REASON_FULL },
                { 554, "5.7.1", REASON_REFUSED }, { 554, "", REASON_REFUSED }, { 0, "4.4.7", REASON_UNREACHABLE } };
    for (size_t i = 0; i < COUNT_OF(all); i++) assert_int_equal(post_reason(all[i].code, str_of(all[i].enhanced)), all[i].reason);
}

/* Seen on a locked phone by somebody else: in no language may it tell what this is about. */
static void subjects_tell_nothing(void **state)
{
    static const char *const never[] = { "traf", "trata", "торг", "贩", "اتجار", "victim", "víctima", "жертв", "受害", "ضحا", "Heart", "Cœur", "Corazón" };
    (void)state;
    for (size_t i = 0; i < lang_count(); i++)
        for (size_t k = 0; k < COUNT_OF(never); k++)
            assert_false(str_has(lang_text(lang_at(i), PHRASE("A message for you")), str_of(never[k])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(addresses_become_what_servers_understand, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_address_is_refused_in_words, begin, end),
        cmocka_unit_test_setup_teardown(every_language_has_its_form, begin, end),
        cmocka_unit_test_setup_teardown(a_subject_stays_one_header, begin, end),
        cmocka_unit_test_setup_teardown(a_letter_survives_its_packing, begin, end),
        cmocka_unit_test_setup_teardown(a_mail_is_queued_once_and_only_by_a_commit, begin, end),
        cmocka_unit_test_setup_teardown(what_must_not_go_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_name_in_a_mail_makes_no_link, begin, end),
        cmocka_unit_test_setup_teardown(the_desk_sees_failures_and_acts_on_them, begin, end),
        cmocka_unit_test_setup_teardown(those_somebody_waits_for_go_first, begin, end),
        cmocka_unit_test_setup_teardown(rows_and_keys_end, begin, end),
        cmocka_unit_test_setup_teardown(a_report_is_read_and_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(subjects_tell_nothing, begin, end),
    };
    int code = cmocka_run_group_tests_name("send", tests, NULL, NULL);
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", keys);
    return system(command) || code;
}
