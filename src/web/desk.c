/* What stands around a page of the desk: what one may do here, who one is, and the way out. */
#include "operator/operator.h"
#include "web/asset.h"
#include "web/desk.html.h"
#include "web/reply.h"

#include <assert.h>

static const struct {
    const char *section, *path;
    enum right right;
    struct phrase label;
} entries[] = {
    { "home", "/desk", SIGNED_IN, PHRASE_CONST("What waits") },
    { "texts", "/desk/texts", MAY_TRANSLATE, PHRASE_CONST("Texts") },
    { "kits", "/desk/kits", MAY_TRANSLATE, PHRASE_CONST("Kits") },
    { "pictures", "/desk/pictures", MAY_PICTURE, PHRASE_CONST("Pictures") },
    { "facts", "/desk/facts", MAY_FACT, PHRASE_CONST("Facts") },
    { "replies", "/desk/replies", MAY_REPLY, PHRASE_CONST("Replies") },
    { "applications", "/desk/applications", MAY_AGREE, PHRASE_CONST("Applications") },
    { "events", "/desk/events", MAY_PUBLISH, PHRASE_CONST("Members' events") },
    { "member", "/desk/member", MAY_REPLY, PHRASE_CONST("Our membership") },
    { "studies", "/desk/studies", MAY_ANALYSE, PHRASE_CONST("Studies") },
    { "questions", "/desk/questions", MAY_MODERATE, PHRASE_CONST("Questions") },
    { "forms", "/desk/forms", MAY_MODERATE, PHRASE_CONST("Forms of the public") },
    { "people", "/desk/people", MAY_PEOPLE, PHRASE_CONST("People") },
    { "organisations", "/desk/organisations", MAY_PEOPLE, PHRASE_CONST("Organisations") },
    { "rights", "/desk/rights", SIGNED_IN, PHRASE_CONST("Roles and rights") },
    { "trail", "/desk/trail", MAY_TRAIL, PHRASE_CONST("Trail") },
    { "mail", "/desk/mail", MAY_OPERATE, PHRASE_CONST("Mail") },
    { "fediverse", "/desk/fediverse", MAY_OPERATE, PHRASE_CONST("Fediverse") },
    { "operator", "/desk/operator", MAY_OPERATE, PHRASE_CONST("Who operates this") },
    { "alone", "/desk/four-eyes", MAY_OPERATE, PHRASE_CONST("Four eyes") },
    { "retention", "/desk/retention", MAY_OPERATE, PHRASE_CONST("How long things are kept") },
};

/* What is said once after a deed: ?done=CODE. Anything else says nothing. */
static const struct word deeds[] = {
    { S_CONST("saved"), PHRASE_CONST("Saved.") },
    { S_CONST("published"), PHRASE_CONST("Published. It can be seen now.") },
    { S_CONST("scheduled"), PHRASE_CONST("Scheduled. It will be seen on its day, not before.") },
    { S_CONST("discarded"),
      PHRASE_CONST("The draft is discarded. What is published stays as it is.") },
    { S_CONST("restored"), PHRASE_CONST("The earlier version is the newest draft now.") },
    { S_CONST("confirmed"),
      PHRASE_CONST("Thank you. The page says that it was read in its language.") },
    { S_CONST("sent"), PHRASE_CONST("Sent.") },
    { S_CONST("asked"), PHRASE_CONST("Handed over for review. Somebody else will look at it.") },
    { S_CONST("back"), PHRASE_CONST("Given back with your remark.") },
    { S_CONST("withdrawn"), PHRASE_CONST("Withdrawn. It is shown nowhere any more.") },
    { S_CONST("ended"), PHRASE_CONST("Ended.") },
    { S_CONST("removed"), PHRASE_CONST("Removed.") },
    { S_CONST("added"), PHRASE_CONST("Added.") },
    { S_CONST("second"), PHRASE_CONST("Prepared. It holds once somebody else agrees.") },
    { S_CONST("agreed"), PHRASE_CONST("Agreed. It holds now.") },
    { S_CONST("decided"), PHRASE_CONST("Decided. The applicant is told.") },
    { S_CONST("erased"), PHRASE_CONST("Erased, and counted.") },
    { S_CONST("gone"), PHRASE_CONST("Erased, words and key. Only the reason is counted.") },
    { S_CONST("waits"), PHRASE_CONST("It waits for a second person, who looks at it first.") },
    { S_CONST("looked"), PHRASE_CONST("Noted: it was read today and still says so.") },
    { S_CONST("retracted"),
      PHRASE_CONST("Withdrawn. It is made no more, and stays readable as what was said before.") },
    { S_CONST("released"), PHRASE_CONST("Released. It stands beside the statement now.") },
    { S_CONST("handed"), PHRASE_CONST("Handed in. Somebody else releases it.") },
    { S_CONST("given"), PHRASE_CONST("Given back with the reason.") },
    { S_CONST("imported"), PHRASE_CONST("Done, exactly as it was shown.") },
    { S_CONST("measuring"), PHRASE_CONST("Asked for. It is made as soon as it is its turn.") },
    { S_CONST("unwanted"), PHRASE_CONST("Cancelled.") },
    { S_CONST("recalled"), PHRASE_CONST("Withdrawn. Its page stays and says so.") },
    { S_CONST("out"), PHRASE_CONST("You are signed out.") },
};

/* Which of the desk's addresses are there at all, so that nothing leads nowhere. */
static bool is_served(const struct req *rq, const char *path)
{
    const struct route *at;
    for (const struct room *const *r = serve_site(rq)->rooms; *r; r++)
        for (size_t i = 0; (at = room_route(*r, i)) != NULL; i++)
            if (at->place == DESK && at->method == GET && strcmp(at->path, path) == 0) return true;
    return false;
}

static void fill_nav(struct req *rq, struct web_desk *v, const char *section)
{
    struct web_desk_nav *all = arena_new(rq->arena, struct web_desk_nav, COUNT_OF(entries));
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        bool is_open = who_may_somewhere(&rq->who, entries[i].right) && rq->who.state == WHO_WHOLE;
        if (!is_open || !is_served(rq, entries[i].path)) continue;
        bool is_current = section && strcmp(section, entries[i].section) == 0;
        all[v->nav_n++] = (struct web_desk_nav){ entries[i].label,
                                                 web_beneath_now(rq, str_of(entries[i].path)),
                                                 is_current };
    }
    v->nav = all;
}

static void fill_languages(struct req *rq, struct web_desk *v)
{
    struct web_desk_languages *all = arena_new(rq->arena, struct web_desk_languages, lang_count());
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        bool is_read = rq->route && rq->route->method == GET;
        str address = is_read ? layout_address(rq, lang_code(l), QUERY_WHOLE)
                              : ARENA_JOIN(rq->arena, S("/"), lang_code(l), S("/desk"));
        all[i] = (struct web_desk_languages){ lang_code(l), lang_own_name(l), address,
                                              l == rq->lang };
    }
    v->languages = all;
    v->languages_n = lang_count();
}

static void fill_done(struct req *rq, struct web_desk *v)
{
    str code = field_find(rq->in_query, rq->in_query_n, "done");
    for (size_t i = 0; i < COUNT_OF(deeds); i++)
        if (code.n && str_eq(deeds[i].code, code)) v->done = deeds[i].phrase;
}

void desk_waits(struct req *rq, enum waits when, struct phrase one, struct phrase many, int64_t n,
                str address)
{
    if (n <= 0 || rq->waiting_n == WAITING_MAX) return;
    rq->waiting[rq->waiting_n++] = (struct waiting){ when, one, many, n, address };
}

size_t desk_waiting(struct req *rq, struct waiting **out)
{
    size_t n = 0;
    rq->waiting = arena_new(rq->arena, struct waiting, WAITING_MAX);
    rq->waiting_n = 0;
    for (const struct room *const *r = serve_site(rq)->rooms; *r; r++)
        if ((*r)->waiting) (*r)->waiting(rq);
    *out = arena_new(rq->arena, struct waiting, rq->waiting_n + 1);
    for (int when = WAITS_NOW; when <= WAITS_SOMETIME; when++)
        for (size_t i = 0; i < rq->waiting_n; i++)
            if ((int)rq->waiting[i].when == when) (*out)[n++] = rq->waiting[i];
    return n;
}

str desk_around(struct req *rq, struct head head, str content)
{
    const struct operator_words *who = operator_get(rq->db);
    bool is_in = rq->who.state == WHO_WHOLE || rq->who.state == WHO_BARE;
    struct web_desk v = {
        .title = ARENA_JOIN(rq->arena, head.title, S(" · "), say(rq, PHRASE("Desk"))),
        .style = asset_address("style.css"),
        .home = web_beneath_now(rq, S("/desk")),
        .site = ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, S("/"))),
        .operator= who->name,
        .is_demo = who->name.n == 0,
        .account = web_beneath_now(rq, S("/desk/account")),
        .sign_out = web_beneath_now(rq, S("/desk/sign-out")),
        .token = web_token(rq),
        .is_bare = rq->who.state == WHO_BARE,
        .is_home = str_eq(rq->path, S("/desk")),
        .content = { content },
    };
    v.script = page_script(rq, head);
    if (is_in) v.name = rq->who.name;
    fill_nav(rq, &v, head.section);
    fill_languages(rq, &v);
    fill_done(rq, &v);
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    web_desk_html(&out, &rq->show, &v);
    return sink_str(&out);
}

void desk_go_to(struct req *rq, const char *done, const str *pieces, size_t n)
{
    str at = web_address(rq, S(""), pieces, n);
    const char *join = str_find(at, '?') >= 0 ? "&" : "?";
    if (done) at = arena_format(rq->arena, STR_FMT "%sdone=%s", STR_ARG(at), join, done);
    go_to(rq, 303, at);
}

/* __Host- ties the cookie to this host and to TLS. A browser takes it only over TLS, so on a plain address, as for a
 * first look at home, it goes by its short name. */
static const char *cookie_name(const struct req *rq)
{
    bool is_tls = str_starts(serve_site(rq)->desk_origin, S("https://"));
    return is_tls ? "__Host-bh" : "bh";
}

void web_cookie(struct req *rq, str value)
{
    const char *name = cookie_name(rq);
    bool is_tls = name[0] == '_';
    rq->reply->cookie = arena_format(
        rq->arena, "%s=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax%s%s", name, STR_ARG(value),
        is_tls ? "; Secure" : "", value.n ? "" : "; Max-Age=0");
}

str web_cookie_value(const struct req *rq)
{
    str rest = rq->raw->cookie, name = str_of(cookie_name(rq));
    while (rest.p) {
        str value = str_trim(str_split(&rest, ';'));
        str is = str_split(&value, '=');
        if (str_eq(is, name) && value.p) return value;
    }
    return S("");
}
