/* Page tests: scripts that walk a request from parse to write without a socket.
 *
 *   page-test --db URL FILE.test ...
 *
 * A script is made of tests; each begins with a title. After a request (GET, HEAD, POST path) stand what must
 * hold: `status N`, `text "..."` (in the visible text), `no "..."`, `raw "..."` (in the bytes), `header NAME "..."`,
 * `json "..."` (a piece of the JSON), `same` (the body equals the one before), `limits queries<=N memory<=K`.
 * `with NAME "value"` adds a request header to the next request; `with from elsewhere` lets it come from another machine,
 * `with day 2001-01-01` asks on that day. Wrong lines say file and line.
 * `file=@photo` among the fields sends a form with that file (test/page/upload.h). `as editor ben` signs somebody in for the requests that follow in this test (test/page/as.h). A POST may be followed by
 * fields, `POST /en/desk/people/invite name="Ben" role=editor`, sent as a form with its token; `bare` in their place sends
 * the body after it as it is. `keep NAME = Location` and `keep NAME = after "words"` (up to a quote, a blank, a bracket or a tag) keep
 * something for `{NAME}` in later lines of the test. `with haste` sends the next form as soon as it was made; others lay open
 * for ten seconds. Mails that pages queued: test/page/post.h. `runs N`: makes the estimates that were asked for, so many. The price of a form: test/page/paid.h. `aside`: its job was of those that others need not wait for. `knock` knocks on every door with every role (test/page/knock.h). */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/log.h"
#include "command/command.h"
#include "draw/draw.h"
#include "edit/pages.h"
#include "fedi/fedi.h"
#include "wear/pages.h"
#include "people/pages.h"
#include "seal/password.h"
#include "send/place.h"
#include "test/page/as.h"
#include "test/page/knock.h"
#include "test/page/package.h"
#include "test/page/paid.h"
#include "test/page/post.h"
#include "test/page/runs.h"
#include "test/page/text.h"
#include "test/page/upload.h"
#include "web/asset.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct run {
    struct arena arena; /* of one test */
    struct server *server;
    const char *file;
    int line;
    str title;
    struct door_request next;
    struct door_package *answer;
    str body_before;
    int passed, failed;
    bool is_bad, is_elsewhere, was_aside;
    struct db *db; /* of our own, to make people with */
    struct arena people;
    const struct site *site;
    struct as as;
    struct post post;
    struct test_headers headers; /* of the next request */
    str content_type;            /* the same, where it is no form */
    struct {
        str name, value;
    } kept[16];
    int kept_n;
};

static void wrong(struct run *r, const char *what, str wanted)
{
    if (!r->is_bad) fprintf(stderr, "not ok: " STR_FMT "\n", STR_ARG(r->title));
    r->is_bad = true;
    fprintf(stderr, "  %s:%d: %s " STR_FMT "\n", r->file, r->line, what, STR_ARG(wanted));
}

static void end_test(struct run *r)
{
    if (r->title.n && r->is_bad) r->failed++;
    else if (r->title.n) r->passed++;
    if (r->answer) door_drop(r->answer);
    r->answer = NULL;
    r->is_bad = false;
    r->title = S("");
    r->body_before = S("");
    r->as = (struct as){ 0, S("") };
    r->post = (struct post){ 0, S(""), S(""), S("") };
    r->kept_n = 0;
    arena_empty(&r->arena);
}

static str in_quotes(str s)
{
    s = str_trim(s);
    return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_cut(str_from(s, 1), s.n - 2) : s;
}

static void ask(struct run *r, str method, str target)
{
    struct door_request rq = r->next;
    str fields = str_trim(target);
    target = str_split(&fields, ' ');
    rq.method = method;
    if (!rq.cookie.n) rq.cookie = r->as.cookie;
    if (str_eq(method, S("POST")) && fields.p && str_starts(fields, S("bare"))) {
        rq.body = str_trim(str_from(fields, 4));
        rq.content_type = S("application/x-www-form-urlencoded");
    } else if (str_eq(method, S("POST"))) {
        rq.body = as_form(&r->arena, &r->as, fields.p ? fields : S(""));
        rq.content_type = S("application/x-www-form-urlencoded");
        if (fields.p && str_has(fields, S("=@"))) {
            rq.body = upload_form(&r->arena, rq.body);
            rq.content_type = S(UPLOAD_TYPE);
        }
    }
    if (r->content_type.n) rq.content_type = r->content_type;
    struct test_headers headers = r->headers;
    rq.source = &headers;
    rq.path = str_split(&target, '?');
    rq.query = target.p ? target : S("");
    rq.is_loopback = !r->is_elsewhere;
    r->is_elsewhere = false;
    if (r->answer) {
        r->body_before = arena_str(&r->arena, package_shown(r->answer)->body);
        door_drop(r->answer);
    }
    struct door_turn turn = serve_answer(r->server, &rq);
    r->was_aside = turn.job.n && turn.is_aside;
    if (turn.job.n) { /* no job process here: passwords are done at once, with all else the page must cope */
        str asked = arena_str(&r->arena, turn.job);
        rq.job_result = password_is_ask(asked) ? password_work(&r->arena, asked) : S("");
        rq.job_file = -1;
        if (turn.has_file) rq.job_result = upload_work(&r->arena, turn.job_file, &rq.job_file);
        turn = serve_answer(r->server, &rq);
        if (rq.job_file >= 0) close(rq.job_file);
    }
    r->answer = turn.answer;
    clock_set_for_test(0);
    r->next = (struct door_request){ 0 };
    r->headers.n = 0;
    r->content_type = S("");
}

/* `with header "Name: value"`: one that only a signature may cover. */
static void add_header(struct run *r, str line)
{
    str value = line, name = str_split(&value, ':');
    if (r->headers.n == COUNT_OF(r->headers.header) || !value.p) return;
    r->headers.header[r->headers.n++] = (struct door_header){ name, str_trim(value) };
}

static void with(struct run *r, str rest)
{
    rest = str_trim(rest);
    str name = str_split(&rest, ' ');
    str value = arena_str(&r->arena, in_quotes(rest));
    if (str_eq(name, S("accept-language"))) r->next.accept_language = value;
    else if (str_eq(name, S("accept-encoding"))) r->next.accept_encoding = value;
    else if (str_eq(name, S("if-none-match"))) r->next.if_none_match = value;
    else if (str_eq(name, S("origin"))) r->next.origin = value;
    else if (str_eq(name, S("sec-fetch-site"))) r->next.sec_fetch_site = value;
    else if (str_eq(name, S("cookie"))) r->next.cookie = value;
    else if (str_eq(name, S("authorization"))) r->next.authorization = value;
    else if (str_eq(name, S("day")) && day_is_full(value)) clock_set_for_test(day_end(value));
    else if (str_eq(name, S("haste"))) as_in_haste = true;
    else if (str_eq(name, S("accept"))) r->next.accept = value;
    else if (str_eq(name, S("content-type"))) r->content_type = value;
    else if (str_eq(name, S("header"))) add_header(r, value);
    else if (str_eq(name, S("from"))) r->is_elsewhere = str_eq(value, S("elsewhere"));
    else wrong(r, "no such request header:", name);
}

static str header_of(const struct shown_package *p, str name)
{
    for (size_t i = 0; i < p->headers_n; i++)
        if (str_eq(p->header[i].name, name)) return p->header[i].value;
    return (str){ NULL, 0 };
}

static void check_header(struct run *r, const struct shown_package *p, str rest)
{
    rest = str_trim(rest);
    str name = str_split(&rest, ' ');
    str found = header_of(p, name);
    if (!found.p) wrong(r, "no header", name);
    else if (rest.p && !str_has(found, in_quotes(rest))) wrong(r, "header is", found);
}

static void check(struct run *r, str word, str rest)
{
    if (!r->answer) {
        wrong(r, "nothing was asked before", word);
        return;
    }
    const struct shown_package *p = package_shown(r->answer);
    str wanted = in_quotes(rest);
    int64_t n;
    if (str_eq(word, S("status"))) {
        if (!str_to_int(wanted, &n) || p->status != n) wrong(r, "status is", arena_format(&r->arena, "%d", p->status));
    } else if (str_eq(word, S("text"))) {
        if (!str_has(text_of(&r->arena, p->body), wanted)) wrong(r, "the page does not say:", wanted);
    } else if (str_eq(word, S("no"))) {
        if (str_has(text_of(&r->arena, p->body), wanted) || str_has(p->body, wanted)) wrong(r, "the page says:", wanted);
    } else if (str_eq(word, S("raw")) || str_eq(word, S("json"))) {
        if (!str_has(p->body, wanted)) wrong(r, "the bytes lack:", wanted);
    } else if (str_eq(word, S("header"))) {
        check_header(r, p, rest);
    } else if (str_eq(word, S("lacks"))) {
        if (header_of(p, wanted).p) wrong(r, "there is a header", wanted);
    } else if (str_eq(word, S("same"))) {
        if (!str_eq(p->body, r->body_before)) wrong(r, "the body differs from the one before", S(""));
    } else {
        wrong(r, "no such word:", word);
    }
}

/* Location without the "done" of the desk; or what stands behind some words in the bytes. */
static void keep(struct run *r, str rest)
{
    rest = str_trim(rest);
    str name = str_split(&rest, ' ');
    (void)str_split(&rest, '=');
    const struct shown_package *p = r->answer ? package_shown(r->answer) : NULL;
    str from = rest.p ? str_trim(rest) : S(""), value = S("");
    if (str_eq(from, S("mail"))) {
        post_take(&r->arena, r->db, &r->post);
        value = r->post.address;
    } else if (str_starts(from, S("work "))) {
        value = paid_work(&r->arena, str_from(from, 5));
    } else if (p && str_eq(from, S("Location"))) {
        str location = header_of(p, S("Location"));
        value = str_split(&location, '?');
    } else if (p && str_starts(from, S("after "))) {
        str words = in_quotes(str_from(from, 6));
        for (size_t i = 0; words.n && i + words.n <= p->body.n; i++) {
            if (memcmp(p->body.p + i, words.p, words.n) != 0) continue;
            value = str_from(p->body, i + words.n);
            size_t n = 0;
            while (n < value.n && !strchr("\" <)\n", value.p[n])) n++;
            value = str_cut(value, n);
            break;
        }
    }
    if (!value.n) wrong(r, "nothing to keep:", from);
    else if (r->kept_n < (int)COUNT_OF(r->kept)) {
        r->kept[r->kept_n].name = arena_str(&r->arena, name);
        r->kept[r->kept_n++].value = arena_str(&r->arena, value);
    }
}

/* `mails N`: so many were queued since the last look. `mail "..."`: the newest that was seen says so. */
static void check_post(struct run *r, str word, str rest)
{
    int64_t n;
    str wanted = in_quotes(rest);
    bool is_count = str_eq(word, S("mails"));
    if (is_count || !r->post.words.n) post_take(&r->arena, r->db, &r->post);
    if (is_count && (!str_to_int(wanted, &n) || n != r->post.n)) wrong(r, "mails queued:", arena_format(&r->arena, "%d", r->post.n));
    if (!is_count && !str_has(r->post.words, wanted)) wrong(r, "the mail does not say:", wanted);
}

/* {NAME} becomes what was kept under it last; other braces stay. */
static str filled(struct run *r, str line)
{
    struct sink out;
    sink_open(&out, &r->arena, MIB(1));
    for (size_t i = 0; i < line.n; i++) {
        ptrdiff_t end = line.p[i] == '{' ? str_find(str_from(line, i), '}') : -1;
        str name = end > 0 ? str_cut(str_from(line, i + 1), (size_t)end - 1) : S("");
        int at = r->kept_n - 1;
        while (at >= 0 && !(name.n && str_eq(r->kept[at].name, name))) at--;
        if (at < 0) {
            put_char(&out, line.p[i]);
            continue;
        }
        put(&out, r->kept[at].value);
        i += (size_t)end;
    }
    return sink_str(&out);
}

static void wrong_door(void *self, const char *what, str where)
{
    wrong(self, what, where);
}

static void run_line(struct run *r, str line)
{
    line = str_trim(line);
    if (line.n == 0 || str_starts(line, S("#"))) return;
    if (str_find(line, '{') >= 0) line = filled(r, line);
    str rest = line, word = str_split(&rest, ' ');
    if (!rest.p) rest = S("");
    if (str_eq(word, S("title"))) {
        end_test(r);
        r->title = arena_str(&r->arena, str_trim(rest));
    } else if (str_eq(word, S("GET")) || str_eq(word, S("HEAD")) || str_eq(word, S("POST")) || str_eq(word, S("PUT"))) {
        ask(r, word, arena_str(&r->arena, rest));
    } else if (str_eq(word, S("as"))) {
        if (!as_somebody(&r->people, r->db, r->site, rest, &r->as)) wrong(r, "no such role:", rest);
    } else if (str_eq(word, S("knock"))) {
        if (knock_everywhere(&r->people, r->db, r->site, r->server, wrong_door, r) < 100) wrong(r, "too few doors", S(""));
    } else if (str_eq(word, S("runs"))) {
        int made = runs_make(&r->arena, r->db, r->site);
        if (!str_eq(str_trim(rest), arena_format(&r->arena, "%d", made))) wrong(r, "estimates made:", arena_format(&r->arena, "%d", made));
    } else if (str_eq(word, S("aside"))) {
        if (!r->was_aside) wrong(r, "it waited in the way of others", S(""));
    } else if (str_eq(word, S("keep"))) {
        keep(r, rest);
    } else if (str_eq(word, S("crowd"))) {
        paid_crowd(&r->arena, r->db, str_trim(rest));
    } else if (str_eq(word, S("with"))) {
        with(r, rest);
    } else if (str_eq(word, S("mail")) || str_eq(word, S("mails"))) {
        check_post(r, word, rest);
    } else {
        check(r, word, rest);
    }
}

static void run_file(struct run *r, const char *path)
{
    struct arena text;
    arena_open(&text, MIB(16));
    str rest = command_read_file(&text, path);
    r->file = path;
    for (r->line = 1; rest.p; r->line++) run_line(r, str_split(&rest, '\n'));
    end_test(r);
    arena_close(&text);
}

int main(int argc, char **argv)
{
    if (argc < 4 || strcmp(argv[1], "--db") != 0 || sodium_init() < 0) {
        fprintf(stderr, "usage: page-test --db URL FILE.test ...\n");
        return 2;
    }
    struct arena life;
    arena_open(&life, LIFE_ARENA_MAX);
    log_quieter(LOG_BAD);
    command_start();
    lang_open(&life);
    asset_open(&life);
    draw_open(&life, command_read_file(&life, "data/world.csv"));
    static struct door_counts counts;
    struct site site = { .counts = &counts, .rooms = rooms, .db_url = str_of(argv[2]), .tables_folder = S("/nonexistent"), .metrics_token = S(""), .origin = S("https://test.example"),
                         .desk_origin = S("https://test.example") };
    people_open(&life);
    edit_open(&life);
    wear_assets(&life);
    char keys[] = "/tmp/page-keys-XXXXXX";
    if (!mkdtemp(keys)) return 1;
    command_open_desk(&life, &site, str_of(keys));
    send_place(str_of(keys), true);
    const struct fedi_setting fedi = { .is_on = true, .origin = site.origin };
    fedi_place(&fedi);
    struct run r = { .server = serve_open(&life, &site), .title = S(""), .body_before = S(""), .as.cookie = S(""), .post = { 0, S(""), S(""), S("") }, .site = &site };
    arena_open(&r.arena, MIB(64));
    arena_open(&r.people, MIB(64));
    r.db = db_open(&life, site.db_url, DB_SERVE);
    for (int i = 3; i < argc; i++) run_file(&r, argv[i]);
    serve_close(r.server);
    arena_close(&r.people);
    arena_close(&r.arena);
    arena_close(&life);
    printf("%d passed, %d failed, 0 skipped\n", r.passed, r.failed);
    return r.failed ? 1 : 0;
}
