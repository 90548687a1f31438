/* A certificate: asked for with progress that is whole, shown to whoever has its code, printed with a name nobody keeps. */
#include "base/day.h"
#include "course/proof.html.h"
#include "course/inside.h"
#include "course/one.html.h"
#include "draw/certificate.h"
#include "seal/totp.h"

static str today_of(struct req *rq)
{
    return web_day_of(rq, rq->now);
}

/* ---- passed ---- */

static void give(struct req *rq)
{
    struct course_visit visit;
    str typed = in_form_line(rq, "class");
    if (!course_visited(rq, in_form_line(rq, "done"), typed, &visit)) return;
    if (!course_is_passed(visit.course, visit.lesson, visit.n, &visit.progress)) {
        course_show(rq, &visit, PHRASE("Not all lessons are passed yet."));
        return;
    }
    str code = course_certificate_make(site_keys(rq), rq->arena, visit.course, rq->now), exact;
    struct course_certificate c;
    if (typed.n) {
        bool is_made = course_certificate_read(site_keys(rq), rq->arena, code, &c, &exact);
        enum class_answer answer = CLASS_NONE;
        if (is_made && visit.class.n)
            answer = course_class_count(rq->db, site_keys(rq), &c, visit.class, today_of(rq),
                                        rq->now);
        if (answer != CLASS_YES) {
            visit.class = typed;
            course_show(rq, &visit, course_refusal(answer));
            return;
        }
    }
    go_to(rq, 303, web_beneath_now(rq, S("/learn/certificates/"), code));
}

/* ---- shown ---- */

struct certificate_seen {
    struct course_certificate c;
    str code;
    struct text text;
    str address;
};

static bool certificate_asked(struct req *rq, struct certificate_seen *s)
{
    str asked = in_path(rq, "code");
    if (!course_certificate_read(site_keys(rq), rq->arena, asked, &s->c, &s->code)) {
        not_found(rq,
                  PHRASE("This site made no certificate with this code. If it was copied by hand, "
                         "please compare every letter."),
                  S(""));
        return false;
    }
    s->text = course_text(rq, s->c.course);
    s->address = ARENA_JOIN(rq->arena, site_origin(rq),
                            web_beneath_now(rq, S("/learn/certificates/"), s->code));
    return true;
}

/* The first day of an ISO week: the Monday of the week with 4 January, and so many weeks on. */
static str monday_of(struct req *rq, int year, int week)
{
    str fourth = arena_format(rq->arena, "%04d-01-04", year);
    int64_t day = day_end(fourth) / DAY_MS;
    return day_after(rq->arena, fourth, -(int)((day + 3) % 7) + (week - 1) * 7);
}

static void show(struct req *rq, const struct certificate_seen *s, struct phrase wrong,
                 struct phrase counted)
{
    const struct course *c = s->c.course;
    str name = say(rq, PHRASE("QR code of this page's address"));
    str monday = monday_of(rq, s->c.year, s->c.week);
    struct course_proof v = {
        .code = s->code,
        .title = s->text.title,
        .language = s->text.lang,
        .direction = course_direction(s->text.lang),
        .year = s->c.year,
        .week = s->c.week,
        .monday = monday,
        .sunday = day_after(rq->arena, monday, 6),
        .address = s->address,
        .picture = totp_picture(rq->arena, (personal){ s->address }, name),
        .course = web_beneath_now(rq, S("/learn/courses/"), c->name),
        .all = web_beneath_now(rq, S("/learn/courses")),
        .wrong = wrong,
        .counted = counted,
        .paper = web_beneath_now(rq, S("/learn/certificates/"), s->code, S("/paper")),
        .count = web_beneath_now(rq, S("/learn/certificates/"), s->code, S("/class")),
        .token = web_token(rq),
    };
    page(rq,
         (struct head){ .title = say(rq, PHRASE("Course passed")),
                        .description = s->text.title,
                        .section = "courses" },
         &course_proof_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void certificate(struct req *rq)
{
    struct certificate_seen s;
    if (certificate_asked(rq, &s)) show(rq, &s, NO_PLURAL, NO_PLURAL);
}

static void count(struct req *rq)
{
    struct certificate_seen s;
    if (!certificate_asked(rq, &s)) return;
    str code = course_code_read(rq->arena, in_form_line(rq, "class"));
    enum class_answer answer = CLASS_NONE;
    if (code.n)
        answer = course_class_count(rq->db, site_keys(rq), &s.c, code, today_of(rq), rq->now);
    show(rq, &s, course_refusal(answer),
         answer == CLASS_YES ? PHRASE("Counted for your class.") : NO_PLURAL);
}

/* ---- on paper ---- */

static str week_words(struct req *rq, const struct certificate_seen *s)
{
    struct sink out;
    struct lang_arg args[] = { { .name = "week", .kind = ARG_NUMBER, .number = s->c.week },
                               { .name = "year", .kind = ARG_YEAR, .number = s->c.year } };
    sink_open(&out, rq->arena, KIB(4));
    lang_message(&out, rq->lang,
                 PHRASE("This site confirms that somebody passed this course in week {week} of "
                        "{year}."),
                 NO_PLURAL, args, COUNT_OF(args), put);
    return sink_str(&out);
}

static void paper(struct req *rq)
{
    struct certificate_seen s;
    if (!certificate_asked(rq, &s)) return;
    if (rq->raw->job_result.p) {
        str pdf = job_written(rq);
        if (pdf.n)
            send_download(rq, "application/pdf",
                          ARENA_JOIN(rq->arena, S("course-"), s.c.course->name, S(".pdf")), pdf);
        else
            show(rq, &s,
                 PHRASE("The file could not be made, perhaps because of letters that this "
                        "machine has no font for. The page prints well as it is."),
                 NO_PLURAL);
        return;
    }
    struct certificate_paper p = {
        .lang = lang_code(rq->lang),
        .is_rtl = lang_is_rtl(rq->lang),
        .site = say(rq, PHRASE("Blue Heart")),
        .heading = say(rq, PHRASE("Course passed")),
        .name = str_cut_text(in_form_line(rq, "name"), CERTIFICATE_NAME_MAX),
        .course = s.text.title,
        .week = week_words(rq, &s),
        .proves = say(rq, PHRASE("It does not prove who. No name is kept here, and a name on paper "
                                 "was written by whoever printed it.")),
        .look = say(rq, PHRASE("Whoever opens this address sees whether the certificate is real:")),
        .address = s.address,
    };
    later_aside_with(rq, S("certificate"),
                     certificate_ask(rq->arena, &p)); /* it can be printed as a page */
}

const struct route course_certificate_routes[] = {
    { POST, UNDER_LANG, "/learn/courses/:course/certificate", ANYONE, give,
      "Gives a certificate for a course that was passed.", &course_one_view, "done class" },
    { GET, UNDER_LANG, "/learn/certificates/:code", ANYONE, certificate,
      "Whether a certificate is real: a course, a week, nobody's name.", &course_proof_view, NULL },
    { POST, UNDER_LANG, "/learn/certificates/:code/class", ANYONE, count,
      "Counts a certificate for a class.", &course_proof_view, "class" },
    { POST, UNDER_LANG, "/learn/certificates/:code/paper", ANYONE, paper,
      "The certificate as a PDF, with a name that is not kept.", &course_proof_view, "name" },
    { 0 },
};
