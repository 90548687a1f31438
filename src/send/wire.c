/* A letter as it goes over the wire: RFC 5322, MIME with the same words as plain text and as HTML. Nothing of a
 * letter reaches a header but its address, which was checked sign by sign, and its subject, which is encoded unless
 * it is plain ASCII. Nothing says which program or machine wrote it. */
#include "send/inside.h"

#include "base/clock.h"
#include "base/id.h"
#include "send/letter.html.h"

#include <sodium.h>
#include <stdio.h>

#define LINE_MAX_MIME 76
#define WORD_BYTES \
    36 /* in one encoded word: 48 letters of base64, 60 with what stands around them */

#define STOP_WORDS PHRASE("To get no more of these messages, open this address:")

/* ---- words ---- */

str letter_plain(struct arena *a, const struct lang *lang, const struct letter *l)
{
    struct sink out;
    sink_open(&out, a, MAIL_BYTES_MAX);
    for (size_t i = 0; i < l->paragraphs_n; i++) {
        put(&out, l->paragraph[i]);
        put_lit(&out, "\n\n");
    }
    if (l->button.n) {
        put(&out, l->button);
        put_lit(&out, "\n");
        put(&out, l->address);
        put_lit(&out, "\n\n");
    }
    put_lit(&out, "________\n");
    if (l->reason.n) {
        put(&out, l->reason);
        put_lit(&out, "\n");
    }
    put(&out,
        lang_text(lang,
                  l->stop.n
                      ? STOP_WORDS
                      : PHRASE("If you did not expect this message, you need not do anything.")));
    put_lit(&out, "\n");
    if (l->stop.n) {
        put(&out, l->stop);
        put_lit(&out, "\n");
    }
    return sink_str(&out);
}

str letter_html(struct arena *a, const struct lang *lang, const struct letter *l)
{
    struct show show = { .lang = lang, .when = S("") };
    struct send_letter_paragraphs *paragraphs = arena_new(a, struct send_letter_paragraphs,
                                                          l->paragraphs_n);
    for (size_t i = 0; i < l->paragraphs_n; i++) paragraphs[i].words = l->paragraph[i];
    struct send_letter v = { .title = l->subject,
                             .paragraphs = paragraphs,
                             .paragraphs_n = l->paragraphs_n,
                             .button = str_or_absent(l->button),
                             .address = l->address,
                             .shown = l->address,
                             .reason = str_or_absent(l->reason),
                             .stop = str_or_absent(l->stop),
                             .stop_shown = l->stop };
    struct sink out;
    sink_open(&out, a, MAIL_BYTES_MAX);
    send_letter_html(&out, &show, &v);
    return sink_str(&out);
}

/* ---- encodings ---- */

static str base64(struct arena *a, str s)
{
    size_t room = sodium_base64_ENCODED_LEN(s.n, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_take(a, room);
    sodium_bin2base64(text, room, (const unsigned char *)s.p, s.n, sodium_base64_VARIANT_ORIGINAL);
    return str_of(text);
}

static void put_base64(struct sink *out, struct arena *a, str s)
{
    str text = base64(a, s);
    while (text.n) {
        put(out, str_cut(text, LINE_MAX_MIME));
        put_lit(out, "\r\n");
        text = str_from(text, LINE_MAX_MIME);
    }
}

/* One sign of quoted-printable. Dots and "From " at a line's beginning have meanings of their own on the way. */
static void put_quoted(struct sink *out, str s, size_t i, size_t column)
{
    unsigned char c = (unsigned char)s.p[i];
    bool is_last = i + 1 == s.n || s.p[i + 1] == '\n';
    bool is_plain = (c > ' ' && c <= '~' && c != '=') || (c == ' ' && !is_last);
    bool has_meaning = column == 0 && (c == '.' || c == 'F' || c == '-');
    if (is_plain && !has_meaning) put_char(out, (char)c);
    else put_format(out, "=%02X", c);
}

static void put_printable(struct sink *out, str s)
{
    size_t begun = out->n;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n') {
            put_lit(out, "\r\n");
            begun = out->n;
            continue;
        }
        if (out->n - begun > LINE_MAX_MIME - 4) {
            put_lit(out, "=\r\n");
            begun = out->n;
        }
        put_quoted(out, s, i, out->n - begun);
    }
    if (out->n > begun) put_lit(out, "\r\n");
}

static bool is_mostly_ascii(str s)
{
    size_t other = 0;
    for (size_t i = 0; i < s.n; i++) other += (unsigned char)s.p[i] >= 0x80;
    return other * 6 < s.n;
}

static void put_part(struct sink *out, struct arena *a, const char *boundary, const char *type,
                     str body)
{
    bool is_plain = is_mostly_ascii(body);
    put_format(out,
               "--%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n",
               boundary, type, is_plain ? "quoted-printable" : "base64");
    if (is_plain) put_printable(out, body);
    else put_base64(out, a, body);
}

/* ---- headers ---- */

static void put_subject(struct sink *out, struct arena *a, str s)
{
    bool is_plain = s.n <= 60 && !str_has(s, S("=?"));
    for (size_t i = 0; i < s.n && is_plain; i++) is_plain = s.p[i] >= ' ' && s.p[i] <= '~';
    put_lit(out, "Subject: ");
    if (is_plain) {
        put(out, s);
        put_lit(out, "\r\n");
        return;
    }
    while (s.n) {
        str piece = str_cut_text(s, WORD_BYTES);
        if (piece.n == 0) break;
        put_format(out, "=?utf-8?B?" STR_FMT "?=\r\n", STR_ARG(base64(a, piece)));
        s = str_from(s, piece.n);
        if (s.n) put_char(out, ' ');
    }
}

/* RFC 5322, in UTC: when it was queued, so that a second try is the same mail. */
static void put_date(struct sink *out, ms at)
{
    static const char days[] = "ThuFriSatSunMonTueWed",
                      months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char moment[MOMENT_TEXT];
    int year, month, day, hour, minute, second;
    moment_text(at, moment);
    if (sscanf(moment, "%d-%d-%dT%d:%d:%d", &year, &month, &day, &hour, &minute, &second) != 6)
        return;
    put_format(out, "Date: %.3s, %d %.3s %04d %02d:%02d:%02d +0000\r\n", days + at / DAY_MS % 7 * 3,
               day, months + (month - 1) * 3, year, hour, minute, second);
}

static str domain_of(str address)
{
    return str_from(address, (size_t)(str_find(address, '@') + 1));
}

str letter_wire(struct arena *a, const struct letter *l, str from, str token, ms queued_at)
{
    const struct lang *lang = lang_find(l->lang);
    char boundary[CONTENT_ID_LENGTH + 1];
    if (!lang) lang = lang_find(S("en"));
    content_id(ARENA_JOIN(a, S("boundary "), token), boundary);
    struct sink out;
    sink_open(&out, a, MAIL_BYTES_MAX);
    put_format(&out, "From: <" STR_FMT ">\r\nTo: <" STR_FMT ">\r\n", STR_ARG(from), STR_ARG(l->to));
    put_subject(&out, a, l->subject);
    put_date(&out, queued_at);
    put_format(&out, "Message-ID: <" STR_FMT "@" STR_FMT ">\r\n", STR_ARG(token),
               STR_ARG(domain_of(from)));
    if (l->stop.n)
        put_format(&out,
                   "List-Unsubscribe: <" STR_FMT
                   ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                   STR_ARG(l->stop));
    put_format(&out,
               "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
               "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n",
               boundary);
    put_part(&out, a, boundary, "text/plain", letter_plain(a, lang, l));
    put_part(&out, a, boundary, "text/html", letter_html(a, lang, l));
    put_format(&out, "--%s--\r\n", boundary);
    return sink_str(&out);
}
