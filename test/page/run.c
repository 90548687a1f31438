/* Page tests: scripts that walk a request from parse to write without a socket.
 *
 *   page-test --db URL FILE.test ...
 *
 * A script is made of tests; each begins with a title. After a request (GET, HEAD, POST path) stand what must
 * hold: `status N`, `text "..."` (in the visible text), `no "..."`, `raw "..."` (in the bytes), `header NAME "..."`,
 * `json "..."` (a piece of the JSON), `mail ADDRESS "..."` (in the newest waiting mail to it), `same` (the body equals the one before), `limits queries<=N memory<=K`.
 * `with NAME "value"` adds a request header to the next request; `with from elsewhere` lets it come from another machine,
 * `with day 2001-01-01` asks on that day. Wrong lines say file and line. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/log.h"
#include "command/command.h"
#include "draw/draw.h"
#include "test/page/mail.h"
#include "test/page/package.h"
#include "test/page/text.h"
#include "web/asset.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

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
    bool is_bad, is_elsewhere;
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
    target = str_trim(target);
    rq.method = method;
    rq.path = str_split(&target, '?');
    rq.query = target.p ? target : S("");
    rq.is_loopback = !r->is_elsewhere;
    r->is_elsewhere = false;
    if (r->answer) {
        r->body_before = arena_str(&r->arena, package_shown(r->answer)->body);
        door_drop(r->answer);
    }
    struct door_turn turn = serve_answer(r->server, &rq);
    if (turn.job.n) { /* no job process here: the page must cope */
        rq.job_result = S("");
        turn = serve_answer(r->server, &rq);
    }
    r->answer = turn.answer;
    clock_set_for_test(0);
    r->next = (struct door_request){ 0 };
}

static void with(struct run *r, str rest)
{
    rest = str_trim(rest);
    str name = str_split(&rest, ' ');
    str value = arena_str(&r->arena, in_quotes(rest));
    if (str_eq(name, S("accept-language"))) r->next.accept_language = value;
    else if (str_eq(name, S("accept-encoding"))) r->next.accept_encoding = value;
    else if (str_eq(name, S("if-none-match"))) r->next.if_none_match = value;
    else if (str_eq(name, S("cookie"))) r->next.cookie = value;
    else if (str_eq(name, S("authorization"))) r->next.authorization = value;
    else if (str_eq(name, S("day")) && day_is_full(value)) clock_set_for_test(day_end(value));
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
    } else if (str_eq(word, S("mail"))) {
        str words = str_trim(rest), address = str_split(&words, ' ');
        str said = mail_waiting(&r->arena, address);
        if (!said.n || !str_has(said, in_quotes(words))) wrong(r, "no such mail waits:", said);
    } else if (str_eq(word, S("same"))) {
        if (!str_eq(p->body, r->body_before)) wrong(r, "the body differs from the one before", S(""));
    } else {
        wrong(r, "no such word:", word);
    }
}

static void run_line(struct run *r, str line)
{
    line = str_trim(line);
    if (line.n == 0 || str_starts(line, S("#"))) return;
    str rest = line, word = str_split(&rest, ' ');
    if (!rest.p) rest = S("");
    if (str_eq(word, S("title"))) {
        end_test(r);
        r->title = arena_str(&r->arena, str_trim(rest));
    } else if (str_eq(word, S("GET")) || str_eq(word, S("HEAD")) || str_eq(word, S("POST")) || str_eq(word, S("PUT"))) {
        ask(r, word, arena_str(&r->arena, rest));
    } else if (str_eq(word, S("with"))) {
        with(r, rest);
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
                         .is_demonstration = true };
    struct run r = { .server = serve_open(&life, &site), .title = S(""), .body_before = S("") };
    arena_open(&r.arena, MIB(64));
    mails_open(&life, str_of(argv[2]));
    for (int i = 3; i < argc; i++) run_file(&r, argv[i]);
    mails_close();
    serve_close(r.server);
    arena_close(&r.arena);
    arena_close(&life);
    printf("%d passed, %d failed, 0 skipped\n", r.passed, r.failed);
    return r.failed ? 1 : 0;
}
