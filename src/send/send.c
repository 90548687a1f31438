#include "send/inside.h"

#include "base/breakage.h"
#include "base/id.h"
#include "send/place.h"

#include <assert.h>
#include <sodium.h>

static const struct word reasons[REASONS] = {
    [REASON_NONE] = { S_CONST("none"), PHRASE_CONST("Nothing went wrong") },
    [REASON_ADDRESS] = { S_CONST("address"), PHRASE_CONST("There is no such address") },
    [REASON_FULL] = { S_CONST("full"), PHRASE_CONST("The letter box is full") },
    [REASON_REFUSED] = { S_CONST("refused"),
                         PHRASE_CONST("The other side does not take this message") },
    [REASON_LATER] = { S_CONST("later"),
                       PHRASE_CONST("The other side asked to try later, for three days") },
    [REASON_UNREACHABLE] = { S_CONST("unreachable"), PHRASE_CONST("No mail server answered") },
    [REASON_LOGIN] = { S_CONST("login"),
                       PHRASE_CONST("Our mail server does not accept our sign-in") },
    [REASON_TRUST] = { S_CONST("trust"),
                       PHRASE_CONST("The connection to our mail server is not secure") },
    [REASON_SENDER] = { S_CONST("sender"),
                        PHRASE_CONST("Our mail server does not take messages from our address") },
    [REASON_TOO_LATE] = { S_CONST("too-late"),
                          PHRASE_CONST("It would have come too late to be of use") },
    [REASON_UNREADABLE] = { S_CONST("unreadable"),
                            PHRASE_CONST("Its words can no longer be opened") },
    [REASON_NO_KEY] = { S_CONST("no-key"),
                        PHRASE_CONST("The key to its words is not on this machine") },
};

const struct word *send_reason_word(int64_t reason)
{
    return &reasons[reason > 0 && reason < REASONS ? reason : REASON_NONE];
}

/* ---- where things are ---- */

static str keys_folder;
static bool is_configured;

void send_place(str keys, bool has_server)
{
    keys_folder = keys;
    is_configured = has_server;
}

bool send_is_configured(void)
{
    return is_configured;
}

/* A process has one thread, and keeps its keys to its end. */
struct seal_keys *send_keys(void)
{
    static struct arena life;
    static struct seal_keys *keys;
    if (keys) return keys;
    if (!keys_folder.n) broken("mail: no folder of keys is known; nothing was queued");
    arena_open(&life, MIB(1));
    keys = seal_keys_open(&life, keys_folder);
    return keys;
}

/* ---- words ---- */

/* Autolinkers of mail programs make a link of anything that looks like one. What fills a place is a name, not an
 * invitation: a word joiner (U+2060, of no width) stands where an address would hold together. */
static void put_harmless(struct sink *out, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        put_char(out, c);
        if (i + 1 < s.n && (c == '.' || c == ':' || c == '@' || c == '/') && s.p[i + 1] != ' ')
            put_lit(out, "\xe2\x81\xa0");
    }
}

static void put_ours(struct sink *out, str s)
{
    put(out, s);
}

/* Arguments on one line, cut where they are longer than a name is. False: a control character in one. */
static bool clean_args(struct arena *a, const struct mail_phrase *p, struct lang_arg **out)
{
    *out = arena_new(a, struct lang_arg, p->args_n ? p->args_n : 1);
    for (size_t i = 0; i < p->args_n; i++) {
        struct lang_arg *arg = &(*out)[i];
        *arg = p->args[i];
        if (arg->kind != ARG_TEXT) continue;
        if (!str_is_utf8(arg->text) || str_has_control(arg->text)) return false;
        for (size_t k = 0; k < arg->text.n; k++)
            if ((unsigned char)arg->text.p[k] < ' ') return false; /* tab, CR, LF */
        struct sink text;
        sink_open(&text, a, KIB(4));
        put_harmless(&text, str_cut_text(arg->text, MAIL_ARGUMENT_MAX));
        if (arg->text.n > MAIL_ARGUMENT_MAX) put_lit(&text, "\xe2\x80\xa6");
        arg->text = sink_str(&text);
    }
    return true;
}

static bool say_words(struct arena *a, const struct lang *l, const struct mail_phrase *p, str *out)
{
    struct lang_arg *args;
    *out = S("");
    if (!p->one.english) return true;
    if (!clean_args(a, p, &args)) return false;
    struct sink text;
    sink_open(&text, a, MAIL_WORDS_MAX * 2);
    lang_message(&text, l, p->one, p->many, args, p->args_n, put_ours);
    *out = sink_str(&text);
    return true;
}

/* Printable ASCII without what ends an attribute or an angle bracket; of the web. */
static bool is_link(str s)
{
    if (!str_starts(s, S("https://")) && !str_starts(s, S("http://"))) return false;
    if (s.n > MAIL_LINK_MAX) return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("<>\"\\^`{|}", s.p[i])) return false;
    return true;
}

/* What would tell a stranger what this is about, seen on a locked phone. */
static bool is_neutral(str subject)
{
    static const char *const never[] = { "raffick", "ictim", "eport", "xploit", "lave",
                                         "escue",   "urviv", "buse",  "olice",  "rime",
                                         "elpline", "anger", "{",     "\n" };
    for (size_t i = 0; i < COUNT_OF(never); i++)
        if (str_has(subject, str_of(never[i]))) return false;
    return true;
}

static bool write_letter(struct arena *a, const struct mail *m, struct letter *out)
{
    const struct lang *l = m->lang ? m->lang : lang_find(S("en"));
    struct phrase subject = m->subject.english ? m->subject : PHRASE("A message for you");
    assert(is_neutral(str_of(subject.english)));
    assert(m->paragraphs_n >= 1 && m->paragraphs_n <= MAIL_PARAGRAPHS_MAX);
    out->lang = lang_code(l);
    out->subject = lang_text(l, subject);
    size_t bytes = out->subject.n;
    for (size_t i = 0; i < m->paragraphs_n; i++) {
        if (!say_words(a, l, &m->paragraphs[i], &out->paragraph[i])) return false;
        bytes += out->paragraph[i].n;
    }
    out->paragraphs_n = m->paragraphs_n;
    if (!say_words(a, l, &m->reason, &out->reason)) return false;
    if (m->button.english) {
        if (!is_link(m->address)) return false;
        out->button = lang_text(l, m->button);
        out->address = m->address;
    }
    if (m->stop.n && !is_link(m->stop)) return false;
    out->stop = m->stop;
    return bytes + out->reason.n <= MAIL_WORDS_MAX;
}

/* ---- the queue ---- */

/* The key is given by a room: its length is bounded here, and what it says is not kept. */
static void once_of(struct arena *a, const char *room, const char *kind, str key,
                    char once[CONTENT_ID_LENGTH + 1])
{
    content_id(ARENA_JOIN(a, str_of(room), S("\n"), str_of(kind), S("\n"), key), once);
}

static void make_token(char token[CONTENT_ID_LENGTH + 1])
{
    char noise[32];
    randombytes_buf(noise, sizeof noise);
    content_id((str){ noise, sizeof noise }, token);
    sodium_memzero(noise, sizeof noise);
}

enum send_answer send_mail(struct db *db, const struct mail *mail, ms now)
{
    struct arena *a = db_arena(db);
    struct letter l = { 0 };
    struct phrase why;
    personal to;
    assert(db_is_writing(db));
    ms keep_until = now + SEND_KEEP_DAYS * DAY_MS;
    ms useful = mail->useful_until && mail->useful_until < keep_until ? mail->useful_until
                                                                      : keep_until - DAY_MS;
    if (useful <= now) return SEND_TOO_LATE;
    if (!send_address_ok(a, mail->to.words, &to, &why)) return SEND_BAD_ADDRESS;
    if (!write_letter(a, mail, &l)) return SEND_BAD_WORDS;
    l.to = to.words;

    char once[CONTENT_ID_LENGTH + 1], token[CONTENT_ID_LENGTH + 1];
    once_of(a, mail->room, mail->kind, mail->key, once);
    make_token(token);
    id row = id_new();
    personal words = { letter_pack(a, &l) };
    struct sealed box = seal_close(send_keys(), a, &seal_send_mail_words, row, keep_until, words);
    int64_t added = send_mail_add(db, row, str_of(once), str_of(token), str_of(mail->room),
                                  str_of(mail->kind), mail->is_for_many, now, useful, keep_until,
                                  box);
    return added ? SEND_QUEUED : SEND_ALREADY;
}

enum send_state send_state_of(struct db *db, const char *room, const char *kind, str key)
{
    char once[CONTENT_ID_LENGTH + 1];
    struct send_state_row row;
    once_of(db_arena(db), room, kind, key, once);
    return send_state_get(db, str_of(once), &row) ? (enum send_state)row.state : SEND_NONE;
}

bool send_call_back(struct db *db, const char *room, const char *kind, str key, ms now)
{
    char once[CONTENT_ID_LENGTH + 1];
    once_of(db_arena(db), room, kind, key, once);
    return send_mail_call_back(db, str_of(once), now) > 0;
}

static bool ignores_points(str domain)
{
    return str_eq(domain, S("gmail.com")) || str_eq(domain, S("googlemail.com"));
}

/* Hosts could tell "Ana" from "ana", and do not; whoever wants to fill a letter box knows all its spellings. */
static size_t letter_box_of(str address, char out[ADDRESS_MAX])
{
    str domain = address, local = str_split(&domain, '@');
    ptrdiff_t plus = str_find(local, '+');
    size_t n = 0;
    if (plus > 0) local = str_cut(local, (size_t)plus);
    for (size_t i = 0; i < local.n; i++)
        if (local.p[i] != '.' || !ignores_points(domain)) out[n++] = local.p[i];
    out[n++] = '@';
    for (size_t i = 0; i < domain.n; i++) out[n++] = domain.p[i];
    for (size_t i = 0; i < n; i++)
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = (char)(out[i] + 32);
    return n;
}

void send_address_hash(str address, unsigned char out[SEAL_HASH_BYTES])
{
    char box[ADDRESS_MAX];
    assert(address.n <= ADDRESS_MAX && str_find(address, '@') > 0);
    str words = { box, letter_box_of(address, box) };
    seal_hash(seal_secret(send_keys(), "addresses"), "address in a form", words, out);
    sodium_memzero(box, sizeof box);
}

bool send_may_ask(struct db *db, str mail_hash, ms now)
{
    struct send_unwanted_row unwanted;
    struct send_asked_row asked;
    if (send_unwanted_get(db, mail_hash, now, &unwanted)) return false;
    send_asked_count(db, mail_hash, now, &asked);
    if (asked.n >= SEND_ASKED_MAX) return false;
    send_asked_add(db, id_new(), mail_hash, now + SEND_ASKED_MS);
    return true;
}

void send_unwanted(struct db *db, str mail_hash, ms now)
{
    send_unwanted_put(db, mail_hash, now + SEND_UNWANTED_MS);
}
