#include "send/post.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "send/post_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONNECT_SECONDS 30

/* How far the talk about one mail has come. */
enum stage { AT_GREETING, AT_SENDER, AT_RECEIVER, AT_DATA, AT_BODY };

struct post {
    const struct post_calls *c;
    struct post_setting setting;
    str user, password; /* NUL-ended */
    CURLM *multi;
    CURL *easy;
    /* of the mail under way */
    str rest;
    enum stage stage;
    bool is_leaving;
    int code; /* the last number the server said */
    char enhanced[12], command[12];
    int64_t heard_us; /* when anything was last said by either */
};

/* ---- the login ---- */

static str line_of(struct arena *life, str *text)
{
    str line = str_split(text, '\n');
    if (str_ends(line, S("\r"))) line = str_cut(line, line.n - 1);
    return arena_str(life, line);
}

static void read_login(struct arena *life, struct post *p)
{
    static char text[MAIL_LOGIN_MAX];
    const char *path = arena_z(life, p->setting.login);
    if (!p->setting.login.n) return;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) broken("%s: cannot be read: %s", path, strerror(errno));
    ssize_t n = S_ISREG(about.st_mode) && !(about.st_mode & 077) ? read(fd, text, sizeof text) : -1;
    close(fd);
    if (about.st_mode & 077) broken("%s: is open to others; chmod 600 it", path);
    str rest = { text, n > 0 ? (size_t)n : 0 };
    p->user = line_of(life, &rest);
    p->password = rest.p ? line_of(life, &rest) : S("");
    sodium_memzero(text, sizeof text);
    if (n <= 0 || n == (ssize_t)sizeof text || !p->user.n || !p->password.n)
        broken("%s: must hold two lines, the user and the password", path);
}

/* ---- what libcurl tells us ---- */

static size_t give_mail(char *into, size_t size, size_t n, void *self)
{
    struct post *p = self;
    str piece = str_cut(p->rest, size * n);
    if (piece.n) memcpy(into, piece.p, piece.n);
    p->rest = str_from(p->rest, piece.n);
    return piece.n;
}

static size_t ignore(char *from, size_t size, size_t n, void *self)
{
    (void)from;
    (void)self;
    return size * n;
}

static void note_command(struct post *p, str said)
{
    static const struct {
        const char *begins;
        enum stage stage;
    } known[] = { { "MAIL FROM", AT_SENDER }, { "RCPT TO", AT_RECEIVER }, { "DATA", AT_DATA } };
    str verb = str_cut(said, 4);
    for (size_t i = 0; i < verb.n; i++)
        if (verb.p[i] < 'A' || verb.p[i] > 'Z') return; /* a secret, in its encoding */
    if (str_eq(verb, S("EHLO")) || str_eq(verb, S("MAIL"))) p->is_leaving = false;
    p->is_leaving = p->is_leaving || str_eq(verb, S("QUIT")) || str_eq(verb, S("RSET"));
    if (p->is_leaving) return; /* what mattered was said before */
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_starts(said, str_of(known[i].begins))) p->stage = known[i].stage;
    snprintf(p->command, sizeof p->command, STR_FMT, STR_ARG(verb));
    p->code = 0;
    p->enhanced[0] = '\0';
}

/* "550 5.1.1 words": the words are not looked at. */
static void note_reply(struct post *p, str said)
{
    int64_t code;
    if (p->is_leaving || !str_to_int(str_cut(said, 3), &code) || code < 200 || code > 599) return;
    p->code = (int)code;
    str rest = str_from(said, 4);
    size_t n = 0;
    while (n < rest.n && n < sizeof p->enhanced - 1 &&
           (rest.p[n] == '.' || (rest.p[n] >= '0' && rest.p[n] <= '9')))
        n++;
    snprintf(p->enhanced, sizeof p->enhanced, STR_FMT, STR_ARG(str_cut(rest, n)));
    if (p->stage == AT_DATA && code == 354) p->stage = AT_BODY;
}

static int listen_in(CURL *easy, curl_infotype kind, char *bytes, size_t n, void *self)
{
    struct post *p = self;
    (void)easy;
    if (kind == CURLINFO_HEADER_OUT) note_command(p, (str){ bytes, n });
    if (kind == CURLINFO_HEADER_IN) note_reply(p, (str){ bytes, n });
    if (kind != CURLINFO_TEXT) p->heard_us = clock_ticks_us();
    return 0;
}

/* ---- opening ---- */

static void close_post(void *self)
{
    struct post *p = self;
    p->c->curl_easy_cleanup(p->easy);
    p->c->curl_multi_cleanup(p->multi);
}

struct post *post_open(struct arena *life, const struct post_setting *setting)
{
    struct post *p = arena_new(life, struct post, 1);
    p->setting = *setting;
    p->c = post_calls();
    if (!p->c) broken("mail: libcurl is not there; install libcurl4");
    read_login(life, p);
    p->multi = p->c->curl_multi_init();
    p->easy = p->c->curl_easy_init();
    arena_at_end(life, close_post, p);
    if (!p->multi || !p->easy) broken("mail: libcurl cannot start");
    return p;
}

static long encryption(const struct post_setting *s)
{
    if (str_starts(s->url, S("smtps:"))) return CURLUSESSL_ALL;
    if (s->is_loopback) return CURLUSESSL_NONE; /* its certificate would name another */
    return s->may_be_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL;
}

/* from+TOKEN@domain, so that a report finds its mail even if it quotes nothing. */
static str envelope(struct arena *a, const struct post_setting *s, str token)
{
    ptrdiff_t at = str_find(s->from, '@');
    if (!s->has_verp) return ARENA_JOIN(a, S("<"), s->from, S(">"));
    return ARENA_JOIN(a, S("<"), str_cut(s->from, (size_t)at), S("+"), token,
                      str_from(s->from, (size_t)at), S(">"));
}

#define SET(option, value) p->c->curl_easy_setopt(p->easy, (option), (value))

static void set_server(struct post *p, struct arena *a)
{
    const struct post_setting *s = &p->setting;
    SET(CURLOPT_URL, arena_z(a, s->url));
    SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    SET(CURLOPT_PROXY, ""); /* none, whatever the environment says */
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_USE_SSL, encryption(s));
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (s->authorities.n) SET(CURLOPT_CAINFO, arena_z(a, s->authorities));
    if (p->user.n) {
        SET(CURLOPT_USERNAME, p->user.p);
        SET(CURLOPT_PASSWORD, p->password.p);
    }
    SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)MAIL_TAKEN_SECONDS + 60); /* ours are shorter */
}

static void set_talk(struct post *p)
{
    SET(CURLOPT_VERBOSE, 1L);
    SET(CURLOPT_DEBUGFUNCTION, listen_in);
    SET(CURLOPT_DEBUGDATA, p);
    SET(CURLOPT_READFUNCTION, give_mail);
    SET(CURLOPT_READDATA, p);
    SET(CURLOPT_WRITEFUNCTION, ignore);
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)p->rest.n);
}

/* ---- one mail ---- */

enum send_reason post_reason(int code, str enhanced)
{
    str class = str_from(enhanced, 1); /* ".1.1": of what kind, whether for now or for good */
    if (str_starts(class, S(".2.2"))) return REASON_FULL;
    if (str_starts(class, S(".1.")) || str_starts(class, S(".2."))) return REASON_ADDRESS;
    if (str_starts(class, S(".4."))) return REASON_UNREACHABLE;
    if (class.n) return REASON_REFUSED;
    if (code == 552 || code == 452) return REASON_FULL;
    return code == 550 || code == 551 || code == 553 ? REASON_ADDRESS : REASON_REFUSED;
}

static enum send_reason server_reason(const struct post *p, CURLcode how)
{
    switch (how) {
    case CURLE_LOGIN_DENIED: return REASON_LOGIN;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE: return REASON_TRUST;
    default: break;
    }
    return p->stage == AT_SENDER && p->code / 100 == 5 ? REASON_SENDER : REASON_UNREACHABLE;
}

static struct post_result judge(const struct post *p, CURLcode how)
{
    struct post_result r = { .answer = POST_TAKEN };
    if (how == CURLE_OK) return r;
    snprintf(r.words, sizeof r.words, "%.10s %d %.10s (%d)", p->command, p->code, p->enhanced,
             (int)how);
    bool is_for_good = p->code / 100 == 5;
    switch (p->stage) {
    case AT_GREETING:
    case AT_SENDER:
        r.answer = POST_NO_SERVER;
        r.reason = server_reason(p, how);
        return r;
    case AT_RECEIVER:
        r.answer = is_for_good ? POST_NO_SUCH : POST_NOT_NOW;
        r.reason = is_for_good ? post_reason(p->code, str_of(p->enhanced)) : REASON_LATER;
        return r;
    case AT_DATA:
    case AT_BODY:
        r.answer = is_for_good ? POST_REFUSED : POST_NOT_NOW;
        r.reason = is_for_good ? REASON_REFUSED : REASON_LATER;
        return r;
    }
    __builtin_unreachable();
}

static bool is_silent(const struct post *p)
{
    int64_t most = p->stage == AT_BODY ? MAIL_TAKEN_SECONDS : MAIL_SILENT_SECONDS;
    return clock_ticks_us() - p->heard_us > most * 1000000;
}

/* Until the mail is through or has failed. Nothing jumps in here. */
static CURLcode talk(struct post *p, void (*wait)(void *self), void *self)
{
    CURLcode how = CURLE_OPERATION_TIMEDOUT;
    int running = 1;
    if (p->c->curl_multi_add_handle(p->multi, p->easy) != CURLM_OK) return CURLE_FAILED_INIT;
    while (running && !is_silent(p)) {
        if (p->c->curl_multi_perform(p->multi, &running) != CURLM_OK) break;
        if (!running) break;
        p->c->curl_multi_poll(p->multi, NULL, 0, 1000, NULL);
        wait(self);
    }
    int left;
    for (CURLMsg *m; (m = p->c->curl_multi_info_read(p->multi, &left)) != NULL;)
        if (m->msg == CURLMSG_DONE) how = m->data.result;
    p->c->curl_multi_remove_handle(p->multi, p->easy);
    return how;
}

static struct post_result once(struct post *p, struct arena *a, str to, str token, str mail,
                               bool *is_reused, void (*wait)(void *self), void *self)
{
    long made = 0;
    struct curl_slist *receivers = p->c->curl_slist_append(NULL,
                                                           ARENA_JOIN(a, S("<"), to, S(">")).p);
    if (!receivers) broken("mail: no memory");
    p->rest = mail;
    p->stage = AT_GREETING;
    p->is_leaving = false;
    p->code = 0;
    p->enhanced[0] = '\0';
    snprintf(p->command, sizeof p->command, "connect");
    p->heard_us = clock_ticks_us();
    p->c->curl_easy_reset(p->easy);
    set_server(p, a);
    set_talk(p);
    SET(CURLOPT_MAIL_FROM, arena_z(a, envelope(a, &p->setting, token)));
    SET(CURLOPT_MAIL_RCPT, receivers);
    CURLcode how = talk(p, wait, self);
    p->c->curl_easy_getinfo(p->easy, CURLINFO_NUM_CONNECTS, &made);
    *is_reused = made == 0;
    p->c->curl_slist_free_all(receivers);
    p->rest = S("");
    return judge(p, how);
}

struct post_result post_mail(struct post *p, str to, str token, str mail, void (*wait)(void *self),
                             void *self)
{
    struct arena a;
    bool is_reused;
    arena_open(&a, MIB(1));
    struct post_result r = once(p, &a, to, token, mail, &is_reused, wait, self);
    if (r.answer == POST_NO_SERVER && is_reused) /* it had hung up meanwhile */
        r = once(p, &a, to, token, mail, &is_reused, wait, self);
    arena_wipe(&a);
    arena_close(&a);
    return r;
}
