/* Any request that the door lets through, walked to its package: a known status, well-formed text, no breakage.
 * Input: the target on the first line, then Accept-Language, Accept-Encoding, If-None-Match, each on its own; "POST "
 * before the target makes it one. FUZZ_DB names ready data. */
#include "test/fuzz/fuzz.h"

#include "command/command.h"
#include "draw/draw.h"
#include "test/page/package.h"
#include "wear/pages.h"
#include "web/asset.h"
#include "web/door_inside.h"

#include <jansson.h>
#include <sodium.h>

static struct server *server;

enum MHD_Result package_send(struct MHD_Connection *c, struct door_package *p, bool is_last) /* nothing is sent here */
{
    (void)c, (void)p, (void)is_last;
    return MHD_NO;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct arena life;
    static struct site site;
    (void)argc;
    (void)argv;
    arena_open(&life, LIFE_ARENA_MAX);
    MUST(sodium_init() >= 0 && getenv("FUZZ_DB"));
    log_quieter(LOG_BAD);
    command_start();
    lang_open(&life);
    asset_open(&life);
    draw_open(&life, command_read_file(&life, "data/world.csv"));
    wear_assets(&life);
    site = (struct site){ .rooms = rooms, .db_url = str_of(getenv("FUZZ_DB")), .tables_folder = S("/nonexistent"),
                          .metrics_token = S("secret"), .origin = S("https://test.example"), .desk_origin = S("https://test.example") };
    server = serve_open(&life, &site);
    return 0;
}

static str header_of(const struct shown_package *p, str name)
{
    for (size_t i = 0; i < p->headers_n; i++)
        if (str_eq(p->header[i].name, name)) return p->header[i].value;
    return S("");
}

/* Data for machines is no script; the page of help has one of its own, admitted by its bytes. */
static bool has_no_strange_script(str body, str path)
{
    static const char data[] = "<script type=\"application/ld+json\">";
    for (size_t i = 0; i + 7 < body.n; i++) {
        str rest = str_from(body, i);
        bool is_script = str_starts(rest, S("<script"));
        if (is_script && !str_starts(rest, str_of(data)) && !(str_ends(path, S("/help")) && str_starts(rest, S("<script>")))) return false;
    }
    return true;
}

static void check_package(const struct shown_package *p, const struct door_request *rq)
{
    static const int known[] = { 200, 301, 303, 304, 400, 403, 404, 405 };
    bool is_known = false;
    for (size_t i = 0; i < COUNT_OF(known); i++) is_known = is_known || p->status == known[i];
    /* A table or a picture needs a job process, which is not here. */
    MUST(is_known || (p->status == 503 && (str_starts(rq->path, S("/data/")) || str_starts(rq->path, S("/share/")))));
    MUST(p->status != 304 || rq->if_none_match.n > 0);
    for (size_t i = 0; i < p->headers_n; i++)
        MUST(str_find(p->header[i].value, '\n') < 0 && str_find(p->header[i].value, '\r') < 0);
    str location = header_of(p, S("Location"));
    MUST(!location.n || (str_starts(location, S("/")) && !str_starts(location, S("//"))));
    if (header_of(p, S("Content-Encoding")).n || p->status == 304) return;
    str type = header_of(p, S("Content-Type"));
    bool is_json = str_starts(type, S("application/json")) || str_starts(type, S("application/problem+json"));
    if (str_starts(type, S("text/html")) || is_json) MUST(str_is_utf8(p->body));
    if (str_starts(type, S("text/html"))) MUST(has_no_strange_script(p->body, rq->path) && str_ends(str_trim(p->body), S("</html>")));
    if (is_json) {
        json_t *json = json_loadb(p->body.p, p->body.n, JSON_DECODE_ANY, NULL);
        MUST(json);
        json_decref(json);
    }
}

/* What the door itself refuses never comes here. */
static bool is_let_through(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f) return false;
    return true;
}

static void ask(struct arena *a, str in)
{
    (void)a;
    struct door_request rq = { .method = S("GET"), .is_loopback = true };
    str target = str_split(&in, '\n');
    if (str_starts(target, S("POST "))) {
        rq.method = S("POST");
        target = str_from(target, 5);
    }
    rq.path = str_split(&target, '?');
    rq.query = target.p ? target : S("");
    if (!str_starts(rq.path, S("/")) || !is_let_through(rq.path) || !is_let_through(rq.query)) return;
    str *const headers[] = { &rq.accept_language, &rq.accept_encoding, &rq.if_none_match, &rq.authorization };
    for (size_t i = 0; i < COUNT_OF(headers); i++) {
        *headers[i] = in.p ? str_split(&in, '\n') : S("");
        if (!is_let_through(*headers[i])) return;
    }
    struct door_turn turn = serve_answer(server, &rq);
    if (turn.job.n) {
        rq.job_result = S("");
        turn = serve_answer(server, &rq);
    }
    MUST(turn.answer);
    check_package(package_shown(turn.answer), &rq);
    door_drop(turn.answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, ask, data, n) == JUMP_NONE);
    return 0;
}
