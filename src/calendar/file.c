/* /calendar.ics: what other calendars read (RFC 5545). One event a day or month, repeated every year. */
#include "base/clock.h"
#include "base/day.h"
#include "base/limits.h"
#include "calendar/pages.h"

#define LINE_OCTETS 75

/* A line as it goes out: cut after 75 octets, never within a letter. */
static void put_line(struct sink *out, str line)
{
    size_t room = LINE_OCTETS;
    while (line.n > room) {
        str piece = str_cut_text(line, room);
        put(out, piece);
        put_lit(out, "\r\n ");
        line = str_from(line, piece.n);
        room = LINE_OCTETS - 1; /* the space counts */
    }
    put(out, line);
    put_lit(out, "\r\n");
}

static void put_text(struct sink *out, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n') put_lit(out, "\\n");
        else if (c == '\r') continue;
        else {
            if (c == '\\' || c == ';' || c == ',') put_char(out, '\\');
            put_char(out, c);
        }
    }
}

static void property(struct sink *out, struct arena *a, str name, str value)
{
    struct sink line;
    sink_open(&line, a, KIB(16));
    put(&line, name);
    put_char(&line, ':');
    put_text(&line, value);
    put_line(out, sink_str(&line));
}

/* "2014-07-30" -> "20140730" */
static str packed(struct arena *a, str day)
{
    return arena_format(a, "%.4s%.2s%.2s", day.p, day.p + 5, day.p + 8);
}

/* When what is said here was last recorded: it does not change until the sources do. */
static ms recorded(const struct calendar_day *d)
{
    ms newest = 0;
    for (size_t i = 0; i < d->n; i++)
        if (d->said[i].recorded_at > newest) newest = d->said[i].recorded_at;
    return newest;
}

/* The first time it was kept: told, else the first after the earliest act, else the year it was recorded here. */
static bool first_time(struct arena *a, const struct calendar_day *d, str *first, str *last)
{
    char day[DAY_TEXT];
    str made = S(""), seen = S("");
    if (d->n == 0) {
        *first = d->first;
        *last = d->last;
        return first->n > 0;
    }
    for (size_t i = 0; i < d->n; i++) {
        str date = claim_cell(&d->said[i], "date");
        bool is_seen = str_eq(claim_cell(&d->said[i], "event"), S("first_observed"));
        str *earliest = is_seen ? &seen : &made;
        if (date.n && (earliest->n == 0 || str_cmp(date, *earliest) < 0)) *earliest = date;
    }
    day_text(recorded(d), day);
    if (seen.n) return calendar_days(a, d->rule, day_year(seen), first, last);
    str from = made.n ? day_first(a, made) : arena_format(a, "%.4s-01-01", day);
    return calendar_next(a, d->rule, from, first, last);
}

static str description(struct arena *a, const struct lang *l, const struct calendar_day *d)
{
    struct sink out;
    sink_open(&out, a, KIB(8));
    if (d->sort.code.n) put(&out, lang_text(l, d->sort.phrase));
    for (size_t i = 0; i < d->n; i++) {
        const struct claim *c = &d->said[i];
        str act = claim_cell(c, "act"), date = claim_cell(c, "date");
        if (!str_eq(claim_cell(c, "event"), S("created")) || act.n == 0) continue;
        put_lit(&out, "\n");
        put(&out, act);
        if (date.n) {
            put_lit(&out, " (");
            put(&out, lang_day_text(a, l, date));
            put_lit(&out, ")");
        }
    }
    return sink_str(&out);
}

static void put_event(struct sink *out, struct req *rq, const struct lang *l,
                      const struct calendar_day *d, str about)
{
    struct arena *a = rq->arena;
    str first, last, code = lang_code(l);
    char stamp[MOMENT_TEXT];
    if (!first_time(a, d, &first, &last)) return;
    moment_text(recorded(d), stamp);
    put_line(out, S("BEGIN:VEVENT"));
    put_line(out, ARENA_JOIN(a, S("UID:"), d->slug, S("@calendar.blueheart")));
    put_line(out, arena_format(a, "DTSTAMP:%.4s%.2s%.2sT%.2s%.2s%.2sZ", stamp, stamp + 5, stamp + 8,
                               stamp + 11, stamp + 14, stamp + 17));
    put_line(out, ARENA_JOIN(a, S("DTSTART;VALUE=DATE:"), packed(a, first)));
    put_line(out, ARENA_JOIN(a, S("DTEND;VALUE=DATE:"), packed(a, day_after(a, last, 1))));
    if (!day_is_full(d->rule)) put_line(out, S("RRULE:FREQ=YEARLY"));
    property(out, a, ARENA_JOIN(a, S("SUMMARY;LANGUAGE="), code), calendar_name(l, d));
    property(out, a, S("DESCRIPTION"), description(a, l, d));
    put_line(out, ARENA_JOIN(a, S("URL:"), site_origin(rq), S("/"), code, about));
    put_line(out, S("TRANSP:TRANSPARENT"));
    put_line(out, S("CLASS:PUBLIC"));
    put_line(out, S("END:VEVENT"));
}

static void begin(struct sink *out, struct req *rq, str name)
{
    sink_open(out, rq->arena, PAGE_BYTES_MAX);
    put_line(out, S("BEGIN:VCALENDAR"));
    put_line(out, S("VERSION:2.0"));
    put_line(out, S("PRODID:-//Blue Heart//Calendar//EN"));
    put_line(out, S("CALSCALE:GREGORIAN"));
    property(out, rq->arena, S("X-WR-CALNAME"), name);
}

str calendar_one(struct req *rq, const struct lang *l, const struct calendar_day *d, str about)
{
    struct sink out;
    begin(&out, rq, calendar_name(l, d));
    put_event(&out, rq, l, d, about);
    put_line(&out, S("END:VCALENDAR"));
    return sink_str(&out);
}

void calendar_file(struct req *rq)
{
    struct calendar_day *days;
    struct sink out;
    const struct lang *l = lang_find(in_query(rq, "lang"));
    if (!l) l = lang_find(S("en"));
    size_t n = calendar_all(rq->db, S("2000-01-01"), CLAIM_NOW, &days);
    begin(&out, rq, lang_text(l, PHRASE("Blue Heart: days against trafficking in persons")));
    for (size_t i = 0; i < n; i++)
        put_event(&out, rq, l, &days[i], ARENA_JOIN(rq->arena, S("/calendar/"), days[i].slug));
    put_line(&out, S("END:VCALENDAR"));
    send_kept(rq, "text/calendar; charset=utf-8", sink_str(&out));
}
