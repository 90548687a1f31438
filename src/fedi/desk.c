/* The desk: how many follow, what waits, which servers take nothing; and keeping a server out. Never who follows. */
#include "fedi/inside.h"

#include "fedi/desk.html.h"
#include "trail/trail.h"

#define BLOCK_DAYS 400

static struct phrase trouble_of(int64_t status)
{
    if (status == 0) return PHRASE("does not answer");
    if (status == 401 || status == 403) return PHRASE("does not accept our signature");
    if (status == 429) return PHRASE("asks us to come more slowly");
    return PHRASE("answers with an error");
}

static void show(struct req *rq, struct phrase wrong, str typed)
{
    struct fedi_desk v = { .is_on = fedi_setting() != NULL,
                           .wrong = wrong,
                           .typed = typed,
                           .action = web_beneath_now(rq, S("/desk/fediverse")),
                           .page = web_beneath_now(rq, S("/follow/fediverse")),
                           .token = web_token(rq) };
    struct fedi_counted *counted;
    size_t n = fedi_followers_count(rq->db, &counted);
    struct fedi_desk_followers *followers = arena_new(rq->arena, struct fedi_desk_followers, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct lang *l = lang_find(counted[i].lang);
        if (l)
            followers[v.followers_n++] = (struct fedi_desk_followers){ lang_own_name(l),
                                                                       counted[i].n };
    }
    v.followers = followers;
    v.nobody = v.followers_n == 0;
    struct fedi_number waiting;
    fedi_queue_count(rq->db, &waiting);
    v.waiting = waiting.n;
    struct fedi_host_shown *hosts;
    n = fedi_hosts_shown(rq->db, &hosts);
    struct fedi_desk_hosts *rows = arena_new(rq->arena, struct fedi_desk_hosts, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct fedi_desk_hosts){ .host = hosts[i].host,
                                            .is_blocked = hosts[i].is_blocked,
                                            .waiting = hosts[i].waiting };
        if (hosts[i].failing_since) {
            rows[i].since = web_day_of(rq, hosts[i].failing_since);
            rows[i].trouble = trouble_of(hosts[i].status);
        }
    }
    v.hosts = rows;
    v.hosts_n = n;
    v.none = n == 0;
    str title = say(rq, PHRASE("Fediverse"));
    page(rq, (struct head){ .title = title, .description = title, .section = "fediverse" },
         &fedi_desk_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void desk(struct req *rq)
{
    show(rq, NO_PLURAL, S(""));
}

/* A name as servers have them; what is typed around it is taken off. */
static bool host_of(struct req *rq, str typed, str *host)
{
    struct fedi_url url;
    char *p = arena_take(rq->arena, typed.n + 1);
    for (size_t i = 0; i < typed.n; i++)
        p[i] = typed.p[i] >= 'A' && typed.p[i] <= 'Z' ? (char)(typed.p[i] + 32) : typed.p[i];
    str name = { p, typed.n };
    if (str_starts(name, S("https://"))) name = str_from(name, 8);
    name = str_split(&name, '/');
    bool is_trial = fedi_setting() && fedi_setting()->trial_port;
    str address = ARENA_JOIN(rq->arena, is_trial ? S("http://") : S("https://"), name, S("/"));
    if (!fedi_url_read(address, &url)) return false;
    *host = url.authority;
    return true;
}

/* Everything of a server ends here: who follows from there, and what waits for it. */
static void purge(struct db *db, str host)
{
    (void)fedi_host_deliveries_end(db, host);
    (void)fedi_host_followers_end(db, host);
    (void)fedi_host_boxes_end(db, host);
}

static void note(struct req *rq, enum trail_deed deed, str host)
{
    char name[CONTENT_ID_LENGTH + 1]; /* never the name itself: a server may be one person's */
    unsigned char hash[SEAL_HASH_BYTES];
    seal_hash(seal_secret(site_keys(rq), "fediverse"), "trail", host, hash);
    content_id((str){ (const char *)hash, sizeof hash }, name);
    trail_add(rq->db, deed, rq->who.person,
              (struct trail_about){ .subject = TRAIL_OF_SERVER,
                                    .code = arena_str(rq->arena, str_of(name)) },
              rq->now);
}

static void act(struct req *rq)
{
    str typed = in_form_line(rq, "host"), deed = in_form_line(rq, "deed"), host;
    if (!host_of(rq, typed, &host)) {
        show(rq,
             PHRASE("A server's name is written like social.example, nothing before or behind it."),
             typed);
        return;
    }
    bool is_block = str_eq(deed, S("block")), is_open = str_eq(deed, S("open"));
    if (!is_open) purge(rq->db, host);
    if (is_block || is_open)
        (void)fedi_host_block(rq->db, host, is_block, rq->now + BLOCK_DAYS * DAY_MS);
    note(rq,
         is_block  ? TRAIL_SERVER_BLOCKED
         : is_open ? TRAIL_SERVER_OPENED
                   : TRAIL_SERVER_PURGED,
         host);
    desk_go(rq, "saved", S("/desk/fediverse"));
}

const struct route fedi_desk_routes[] = {
    { GET, DESK, "/desk/fediverse", MAY_OPERATE, desk,
      "How many follow, what waits, which servers take nothing.", &fedi_desk_view, NULL },
    { POST, DESK, "/desk/fediverse", MAY_OPERATE, act,
      "Keeps a server out, lets it in again, or ends everything of it.", &fedi_desk_view,
      "host deed" },
    { 0 },
};
