#include "web/door_inside.h"

#include "base/clock.h"
#include "base/log.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

struct refusal {
    int why, status;
    str words;
};

static const struct refusal refusals[] = {
    { 400, 400, S_CONST("The request was malformed.\n") },
    { 413, 413, S_CONST("What was sent is too large.\n") },
    { 414, 414, S_CONST("The address is too long.\n") },
    { 431, 431, S_CONST("The header of the request is too large.\n") },
    { 500, 500, S_CONST("Something went wrong here.\n") },
    { 501, 501, S_CONST("This kind of request is not served here.\n") },
    { 503, 503, S_CONST("Too many connections. Please try again in a moment.\n") },
    { TOO_MANY_UPLOADS, 503,
      S_CONST(
          "Several files are being received just now. Nothing was kept of yours; please send it "
          "again in a minute.\n") },
};

void refusals_make(struct door *d)
{
    static_assert(COUNT_OF(refusals) <= COUNT_OF(d->refusals), "each refusal has its place");
    const struct door_header headers[] = {
        { S("Content-Type"), S("text/plain; charset=utf-8") },
        { S("Cache-Control"), S("no-store") },
        { S("X-Content-Type-Options"), S("nosniff") },
        { S("Connection"), S("close") },
        { S("Retry-After"), S("5") },
    };
    for (size_t i = 0; i < COUNT_OF(refusals); i++) {
        size_t n = COUNT_OF(headers) - (refusals[i].status != 503);
        d->refusals[i] = door_package(refusals[i].status, headers, n, refusals[i].words);
    }
}

void refusals_drop(struct door *d)
{
    for (size_t i = 0; i < COUNT_OF(refusals); i++) door_drop(d->refusals[i]);
}

static enum MHD_Result refuse(struct door *d, struct door_call *call, struct MHD_Connection *c,
                              int why)
{
    size_t at = 0;
    while (at + 1 < COUNT_OF(refusals) && refusals[at].why != why) at++;
    d->set->counts->refused++;
    visit_turn(d, call->visit, VISIT_ANSWER);
    return package_send(c, d->refusals[at], false);
}

/* The library has read the first line. What it returns here comes back with every later step of this request. */
void *call_begin(void *door, const char *target, struct MHD_Connection *c)
{
    struct door *d = door;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct door_visit *v = info ? info->socket_context : NULL;
    size_t n = target ? strlen(target) : 0;
    struct door_call *call = v ? malloc(sizeof *call + n + 1) : NULL;
    if (!call) return NULL; /* call_continue then closes the connection */

    *call = (struct door_call){ .visit = v, .target_place = target, .target_n = n };
    call->rq.job_file = -1;
    if (n) memcpy(call->target, target, n);
    call->target[n] = '\0';
    v->call = call;
    if (v->phase == VISIT_IDLE) visit_turn(d, v, VISIT_HEADER);
    return call;
}

static void body_free(struct door_call *call)
{
    if (!call->body) return;
    explicit_bzero(call->body, call->rq.body.n); /* the rest was never written to */
    free(call->body);
    call->body = NULL;
    call->body_room = 0;
    call->rq.body = S("");
}

static void upload_end(struct door *d, struct door_call *call)
{
    d->uploads -= call->is_large;
    call->is_large = false;
}

void call_end(void *door, struct MHD_Connection *c, void **context,
              enum MHD_RequestTerminationCode why)
{
    struct door *d = door;
    struct door_call *call = *context;
    (void)c;
    (void)why;
    if (!call) return;

    *context = NULL;
    job_forget(d, call);
    body_free(call);
    upload_end(d, call);
    if (call->rq.job_file >= 0) close(call->rq.job_file);
    if (call->job_result) explicit_bzero(call->job_result, call->job_result_n);
    free(call->job_result);
    call->visit->call = NULL;
    visit_turn(d, call->visit, VISIT_IDLE);
    explicit_bzero(call->target, call->target_n);
    free(call);
}

/* Makes room for n more bytes. The old place is wiped, which realloc would not do. */
static bool body_grow(struct door_call *call, size_t n)
{
    size_t need = call->rq.body.n + n;
    if (need <= call->body_room) return true;

    size_t room = call->body_room ? call->body_room * 2 : KIB(2);
    if (call->is_large)
        room = (size_t)call->body_said; /* in one piece: never copied, only once in memory */
    while (room < need) room *= 2;
    char *fresh = malloc(room);
    if (!fresh) return false;

    size_t kept = call->rq.body.n;
    if (kept) memcpy(fresh, call->body, kept);
    body_free(call);
    call->body = fresh;
    call->body_room = room;
    call->rq.body = (str){ fresh, kept };
    return true;
}

static enum MHD_Result body_take(struct door_call *call, const char *data, size_t n)
{
    call->body_seen += n;
    if (call->body_seen > call->body_most + BODY_DISCARD_MAX) return MHD_NO;
    if (call->body_seen > call->body_most) call->status = MHD_HTTP_CONTENT_TOO_LARGE;
    if (call->status) {
        body_free(call);
        return MHD_YES; /* the rest is read and thrown away, then the refusal is sent */
    }
    if (!body_grow(call, n)) return MHD_NO;
    memcpy(call->body + call->rq.body.n, data, n);
    call->rq.body.n += n;
    return MHD_YES;
}

/* What a body's length asks for: nothing, a place among the large ones, or a refusal. Only who says the length
 * beforehand can have more than BODY_MAX. 0, or the refusal; it is sent at once if *is_hopeless, else after the body. */
static int body_admit(struct door *d, struct door_call *call, bool *is_hopeless)
{
    call->body_most = BODY_MAX;
    *is_hopeless = false;
    if (call->body_said <= BODY_MAX) return 0;
    if (d->set->body_max) call->body_most = d->set->body_max(d->self, &call->rq);
    if (call->body_said > call->body_most) {
        *is_hopeless = call->body_said > call->body_most + BODY_DISCARD_MAX;
        return MHD_HTTP_CONTENT_TOO_LARGE;
    }
    if (d->uploads >= UPLOADS_AT_ONCE) return TOO_MANY_UPLOADS;
    d->uploads++;
    call->is_large = true;
    return 0;
}

/* On the library's first call only a refusal may be sent: it closes the connection then. */
static enum MHD_Result head_complete(struct door *d, struct door_call *call,
                                     struct MHD_Connection *c, const char *method,
                                     const char *version)
{
    call->is_checked = true;
    int status = request_check(d, call, c, method, version);
    if (!status && call->visit->is_one_too_many) status = MHD_HTTP_SERVICE_UNAVAILABLE;
    bool is_hopeless = false;
    if (!status) call->status = body_admit(d, call, &is_hopeless);
    if (call->status &&
        (is_hopeless || MHD_lookup_connection_value(c, MHD_HEADER_KIND, MHD_HTTP_HEADER_EXPECT)))
        status = call->status;
    if (status) return refuse(d, call, c, status);
    visit_turn(d, call->visit, VISIT_BODY);
    return MHD_YES;
}

/* A page that is stuck ends the worker. Setting the alarm for each page would cost a system call each. */
static void alarm_set(struct door *d)
{
    int64_t now_ms = clock_ticks_us() / 1000;
    if (now_ms - d->alarm_set_ms < 500) return;
    d->alarm_set_ms = now_ms;
    alarm(PAGE_SECONDS + 1);
}

static enum MHD_Result answer(struct door *d, struct door_call *call, struct MHD_Connection *c)
{
    alarm_set(d);
    struct door_turn turn = d->answer(d->self, &call->rq);
    if (!turn.answer && turn.job.p && !call->is_job_done) {
        if (job_ask(d, call, &turn)) {
            visit_turn(d, call->visit, VISIT_JOB);
            MHD_suspend_connection(c);
            return MHD_YES;
        }
        call->is_job_done = true;
        call->rq.job_result = S(""); /* as if it had failed: the page knows what to say then */
        turn = d->answer(d->self, &call->rq);
    }
    if (!turn.answer) {
        if (turn.has_file && turn.job_file >= 0) close(turn.job_file); /* asked for a second time */
        log_line(LOG_BAD, "request %llu got no answer", (unsigned long long)call->rq.number);
        return refuse(d, call, c, MHD_HTTP_INTERNAL_SERVER_ERROR);
    }
    visit_turn(d, call->visit, VISIT_ANSWER);
    enum MHD_Result sent = package_send(c, turn.answer, d->is_draining);
    door_drop(turn.answer);
    body_free(call); /* what was sent to us is not needed while the answer travels */
    upload_end(d, call);
    return sent;
}

static enum MHD_Result whole(struct door *d, struct door_call *call, struct MHD_Connection *c)
{
    if (call->status) return refuse(d, call, c, call->status);
    if (call->job) { /* not resumed by us */
        MHD_suspend_connection(c);
        return MHD_YES;
    }
    if (!call->is_job_done) {
        d->set->counts->requests++;
        call->rq.number = ++d->request_number;
        if (!call->rq.body.p) call->rq.body = S("");
    }
    return answer(d, call, c);
}

enum MHD_Result call_continue(void *door, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *data, size_t *n,
                              void **context)
{
    struct door *d = door;
    struct door_call *call = *context;
    (void)url; /* unescaped by the library; we keep it as it was sent */

    if (!call) return MHD_NO;
    if (!call->is_checked) return head_complete(d, call, c, method, version);
    if (*n) {
        size_t here = *n;
        *n = 0;
        return body_take(call, data, here);
    }
    return whole(d, call, c);
}
