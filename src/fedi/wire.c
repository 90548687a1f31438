#include "fedi/wire.h"

#include "base/breakage.h"
#include "base/limits.h"
#include "fedi/inside.h"
#include "send/post_calls.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECT_MS 5000
#define WHOLE_MS   10000

struct wires {
    const struct post_calls *c;
    CURLM *multi;
    const char *agent;
};

static void close_wires(void *self)
{
    struct wires *w = self;
    w->c->curl_multi_cleanup(w->multi);
}

struct wires *wires_open(struct arena *life, str agent)
{
    struct wires *w = arena_new(life, struct wires, 1);
    w->c = post_calls();
    if (!w->c) broken("fediverse: libcurl is not there; install libcurl4");
    w->agent = arena_z(life, agent);
    w->multi = w->c->curl_multi_init();
    if (!w->multi) broken("fediverse: libcurl cannot start");
    arena_at_end(life, close_wires, w);
    return w;
}

/* The address that is about to be connected to, whatever name it came from. */
static curl_socket_t open_socket(void *self, curlsocktype purpose, struct curl_sockaddr *to)
{
    (void)self;
    if (purpose != CURLSOCKTYPE_IPCXN || !fedi_is_reachable(&to->addr)) return CURL_SOCKET_BAD;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t take_answer(char *from, size_t size, size_t n, void *self)
{
    struct wire *one = self;
    if (!one->answer_most) return 0; /* the status was the answer; more is not even received */
    if (one->into_n + size * n > one->answer_most) return 0;
    memcpy(one->into + one->into_n, from, size * n);
    one->into_n += size * n;
    return size * n;
}

#define SET(option, value) w->c->curl_easy_setopt(one->easy, (option), (value))

static void set_bounds(struct wires *w, struct wire *one)
{
    bool is_trial = fedi_setting()->trial_port != 0;
    SET(CURLOPT_PROTOCOLS_STR, is_trial ? "http" : "https");
    SET(CURLOPT_PROXY, ""); /* none, whatever the environment says */
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    SET(CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_FORBID_REUSE, 1L); /* a host gets little from us: a kept connection is only held */
    SET(CURLOPT_MAXFILESIZE, one->answer_most ? (long)one->answer_most : (long)FEDI_ACTOR_BYTES);
    SET(CURLOPT_WRITEFUNCTION, take_answer);
    SET(CURLOPT_WRITEDATA, one);
    SET(CURLOPT_PRIVATE, one);
    SET(CURLOPT_USERAGENT, w->agent);
}

static bool set_headers(struct wires *w, struct wire *one, struct arena *a)
{
    struct curl_slist *list = NULL;
    for (size_t i = 0; i < one->headers_n; i++) {
        str line = ARENA_JOIN(a, one->header[i].name, S(": "), one->header[i].value);
        struct curl_slist *longer = w->c->curl_slist_append(list, arena_z(a, line));
        one->list = longer ? longer : list;
        if (!longer) return false;
        list = longer;
    }
    SET(CURLOPT_HTTPHEADER, list);
    return true;
}

bool wire_begin(struct wires *w, struct wire *one, struct arena *a)
{
    one->status = 0;
    one->answer = S("");
    one->into_n = 0;
    one->list = NULL;
    if (one->answer_most && !one->into) one->into = arena_take(a, one->answer_most);
    one->easy = w->c->curl_easy_init();
    if (!one->easy) return false;
    set_bounds(w, one);
    SET(CURLOPT_URL, arena_z(a, one->url));
    if (one->is_post) {
        SET(CURLOPT_POST, 1L);
        SET(CURLOPT_POSTFIELDS, one->body.p);
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)one->body.n);
    }
    bool is_set = set_headers(w, one, a);
    if (is_set && w->c->curl_multi_add_handle(w->multi, one->easy) == CURLM_OK) return true;
    wires_drop(w, one);
    return false;
}

void wires_drop(struct wires *w, struct wire *one)
{
    if (!one->easy) return;
    w->c->curl_multi_remove_handle(w->multi, one->easy);
    w->c->curl_easy_cleanup(one->easy);
    w->c->curl_slist_free_all(one->list);
    one->easy = one->list = NULL;
}

static struct wire *ended(struct wires *w)
{
    int left;
    for (CURLMsg *m; (m = w->c->curl_multi_info_read(w->multi, &left)) != NULL;) {
        char *self = NULL;
        long status = 0;
        if (m->msg != CURLMSG_DONE) continue;
        w->c->curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &self);
        w->c->curl_easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        struct wire *one = (struct wire *)(void *)self;
        /* A server that answered a status and then talks too long has answered all the same. */
        bool is_told = m->data.result == CURLE_OK || (!one->answer_most && status >= 200);
        one->status = is_told ? (int)status : 0;
        one->answer = (str){ one->into ? one->into : "", is_told ? one->into_n : 0 };
        wires_drop(w, one);
        return one;
    }
    return NULL;
}

struct wire *wires_turn(struct wires *w, int wait_ms)
{
    int running;
    struct wire *one = ended(w);
    if (one) return one;
    w->c->curl_multi_perform(w->multi, &running);
    one = ended(w);
    if (one || wait_ms == 0) return one;
    w->c->curl_multi_poll(w->multi, NULL, 0, wait_ms, NULL);
    w->c->curl_multi_perform(w->multi, &running);
    return ended(w);
}
