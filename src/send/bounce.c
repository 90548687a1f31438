#include "send/bounce.h"

#include "send/post.h"

#include <strings.h>

struct reader {
    struct arena *a;
    str rest;
    str line;
    int lines;
    const char *why; /* refused, and why */
};

/* The next line without its end; false at the end, or when it is to be refused. */
static bool next_line(struct reader *r)
{
    if (r->why || !r->rest.p) return false;
    r->line = str_split(&r->rest, '\n');
    if (str_ends(r->line, S("\r"))) r->line = str_cut(r->line, r->line.n - 1);
    if (++r->lines > BOUNCE_LINES_MAX) r->why = "it has too many lines";
    if (r->line.n > BOUNCE_LINE_MAX) r->why = "a line in it is too long";
    if (memchr(r->line.p ? r->line.p : "", '\0', r->line.n))
        r->why = "it is no mail: there is a NUL in it";
    return r->why == NULL && (r->rest.p || r->line.n);
}

static bool is_called(str have, const char *name)
{
    return have.n == strlen(name) && strncasecmp(have.p, name, have.n) == 0;
}

static bool begins(str s, const char *with)
{
    size_t n = strlen(with);
    return s.n >= n && strncasecmp(s.p, with, n) == 0;
}

/* One header or field, its folded lines put together. False at the empty line behind the last one. */
struct header {
    str name, value;
};

static bool next_header(struct reader *r, struct header *out)
{
    *out = (struct header){ S(""), S("") };
    if (!next_line(r) || r->line.n == 0) return false;
    str whole = r->line;
    bool is_folded = r->rest.n && (r->rest.p[0] == ' ' || r->rest.p[0] == '\t');
    struct sink text;
    if (is_folded) {
        sink_open(&text, r->a, 4 * BOUNCE_LINE_MAX);
        put(&text, whole);
    }
    while (r->rest.n && (r->rest.p[0] == ' ' || r->rest.p[0] == '\t')) {
        if (!next_line(r)) return false;
        if (text.n + r->line.n > 2 * BOUNCE_LINE_MAX) r->why = "a header in it is too long";
        if (r->why) return false;
        put_char(&text, ' ');
        put(&text, str_trim(r->line));
        whole = sink_str(&text);
    }
    ptrdiff_t colon = str_find(whole, ':');
    if (colon > 0) {
        out->name = str_trim(str_cut(whole, (size_t)colon));
        out->value = str_trim(str_from(whole, (size_t)colon + 1));
    }
    return true;
}

/* A parameter of a Content-Type: boundary=abc, boundary="a b". */
static str parameter(struct arena *a, str value, const char *name)
{
    while (value.n) {
        size_t n = 0;
        for (bool is_quoted = false; n < value.n && (is_quoted || value.p[n] != ';'); n++) {
            if (value.p[n] == '\\' && is_quoted && n + 1 < value.n) n++;
            else if (value.p[n] == '"') is_quoted = !is_quoted;
        }
        str part = str_trim(str_cut(value, n)), is = part;
        value = str_from(value, n + 1);
        str called = str_trim(str_split(&is, '='));
        if (!is.p || !is_called(called, name)) continue;
        is = str_trim(is);
        if (!str_starts(is, S("\""))) return is;
        char *text = arena_take(a, is.n + 1);
        size_t length = 0;
        for (size_t i = 1; i < is.n && is.p[i] != '"'; i++) {
            if (is.p[i] == '\\' && i + 1 < is.n) i++;
            text[length++] = is.p[i];
        }
        return (str){ text, length };
    }
    return S("");
}

static str media_type(str value)
{
    return str_trim(str_split(&value, ';'));
}

/* ---- whose mail it is ---- */

/* A name stands in it once; a second, other one makes the report worthless. */
static void note_token(struct reader *r, struct bounce *b, str found)
{
    char small[CONTENT_ID_LENGTH + 1] = "";
    if (found.n != CONTENT_ID_LENGTH) return;
    for (size_t i = 0; i < found.n; i++)
        small[i] = found.p[i] >= 'A' && found.p[i] <= 'Z' ? (char)(found.p[i] + 32) : found.p[i];
    if (!content_id_is(str_of(small))) return;
    if (b->token[0] && strcmp(b->token, small) != 0) r->why = "it names two different mails";
    memcpy(b->token, small, sizeof small);
}

/* bounces+TOKEN@example.org, where has_verp asked for it */
static void note_receiver(struct reader *r, struct bounce *b, str value)
{
    for (size_t i = 0; i + CONTENT_ID_LENGTH + 1 < value.n; i++)
        if (value.p[i] == '+' && value.p[i + 1 + CONTENT_ID_LENGTH] == '@')
            note_token(r, b, str_cut(str_from(value, i + 1), CONTENT_ID_LENGTH));
}

/* <TOKEN@example.org> */
static void note_message_id(struct reader *r, struct bounce *b, str value)
{
    ptrdiff_t at = str_find(value, '@');
    if (str_starts(value, S("<")) && at > 0)
        note_token(r, b, str_cut(str_from(value, 1), (size_t)at - 1));
}

/* ---- its parts ---- */

/* Fields of the whole, an empty line, fields of each receiver: only action and status are looked at. */
static void read_status(struct reader *r, struct bounce *b)
{
    struct header h;
    bool is_failed = false;
    str status = S("");
    while (r->rest.n && !r->why) {
        is_failed = false;
        status = S("");
        while (next_header(r, &h)) {
            if (is_called(h.name, "Action")) is_failed = begins(h.value, "failed");
            if (is_called(h.name, "Status")) status = h.value;
        }
        if (!is_failed) continue;
        size_t n = 0;
        while (n < status.n && (status.p[n] == '.' || (status.p[n] >= '0' && status.p[n] <= '9')))
            n++;
        b->is_final = true;
        b->reason = post_reason(0, str_cut(status, n < 11 ? n : 11));
    }
}

static void read_returned(struct reader *r, struct bounce *b)
{
    struct header h;
    while (next_header(r, &h))
        if (is_called(h.name, "Message-ID")) note_message_id(r, b, h.value);
}

static void read_part(struct reader *whole, struct bounce *b, str part, bool *has_status)
{
    static const char *const returned[] = { "message/rfc822", "text/rfc822-headers",
                                            "message/global", "message/global-headers" };
    struct reader r = { .a = whole->a, .rest = part };
    struct header h;
    str type = S("");
    while (next_header(&r, &h))
        if (is_called(h.name, "Content-Type")) type = media_type(h.value);
    if (is_called(type, "message/delivery-status") ||
        is_called(type, "message/global-delivery-status")) {
        *has_status = true;
        read_status(&r, b);
    }
    for (size_t i = 0; i < COUNT_OF(returned); i++)
        if (is_called(type, returned[i])) read_returned(&r, b);
    if (r.why) whole->why = r.why;
}

/* Parts of a multipart, one after the other. A part inside a part is not looked into. */
static void read_parts(struct reader *r, struct bounce *b, str boundary, bool *has_status)
{
    str mark = ARENA_JOIN(r->a, S("--"), boundary);
    const char *begun = NULL;
    for (int parts = 0; next_line(r);) {
        if (!str_starts(r->line, mark)) continue;
        str after = str_trim(str_from(r->line, mark.n));
        bool is_last = str_eq(after, S("--"));
        if (after.n && !is_last) continue;
        if (begun) read_part(r, b, (str){ begun, (size_t)(r->line.p - begun) }, has_status);
        begun = r->rest.p;
        if (is_last || !begun) return;
        if (++parts > BOUNCE_PARTS_MAX) r->why = "it has too many parts";
    }
}

static bool is_receiver_header(str name)
{
    static const char *const all[] = { "To", "Delivered-To", "X-Original-To", "Envelope-To",
                                       "X-Envelope-To" };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (is_called(name, all[i])) return true;
    return false;
}

enum bounce_answer bounce_read(struct arena *a, str mail, struct bounce *out)
{
    struct reader r = { .a = a, .rest = mail };
    struct header h;
    str type = S("");
    bool has_status = false;
    *out = (struct bounce){ 0 };
    if (mail.n > BOUNCE_BYTES_MAX) {
        out->why = "it is too large";
        return BOUNCE_REFUSED;
    }
    while (next_header(&r, &h)) {
        if (is_called(h.name, "Content-Type")) type = h.value;
        if (is_receiver_header(h.name)) note_receiver(&r, out, h.value);
    }
    bool is_report = is_called(media_type(type), "multipart/report");
    str boundary = is_report ? parameter(a, type, "boundary") : S("");
    if (boundary.n && boundary.n <= 70) read_parts(&r, out, boundary, &has_status);
    out->why = r.why;
    if (r.why) return BOUNCE_REFUSED;
    if (!has_status) return BOUNCE_NO_REPORT;
    if (!out->is_final) return BOUNCE_PASSING;
    return out->token[0] ? BOUNCE_MARKED : BOUNCE_NOT_OURS;
}

enum bounce_answer bounce_take(struct db *db, str mail, ms now, const char **why)
{
    struct bounce b;
    enum bounce_answer answer = bounce_read(db_arena(db), mail, &b);
    *why = b.why;
    if (answer != BOUNCE_MARKED) return answer;
    bool is_marked = send_mail_returned(db, str_of(b.token), b.reason, now) > 0;
    return is_marked ? BOUNCE_MARKED : BOUNCE_NOT_OURS;
}
