#include "test/page/knock.h"

#include "people/people.h"
#include "test/page/package.h"

#include <unistd.h>

enum outcome { LET_IN, SENT_AWAY };

/* "/desk/people/:person/end" with something in its places that is nobody's. */
static str address_of(struct arena *a, const struct route *r)
{
    struct sink out;
    str rest = str_from(str_of(r->path), 1);
    sink_open(&out, a, KIB(4));
    put_lit(&out, "/en");
    while (rest.p) {
        str part = str_split(&rest, '/');
        put_char(&out, '/');
        put(&out, str_starts(part, S(":")) ? S("en") : part);
    }
    return sink_str(&out);
}

static str header_of(const struct shown_package *p, str name)
{
    for (size_t i = 0; i < p->headers_n; i++)
        if (str_eq(p->header[i].name, name)) return p->header[i].value;
    return S("");
}

static enum outcome knock(struct arena *a, struct server *server, const struct route *r, const struct as *who)
{
    struct door_request rq = { .method = r->method == GET ? S("GET") : S("POST"),
                               .path = address_of(a, r),
                               .cookie = who->cookie };
    if (r->method == POST) {
        rq.body = as_form(a, who, S(""));
        rq.content_type = S("application/x-www-form-urlencoded");
    }
    struct door_turn turn = serve_answer(server, &rq);
    if (turn.has_file) close(turn.job_file);
    if (turn.job.n) return LET_IN; /* it got as far as asking for work */
    const struct shown_package *p = package_shown(turn.answer);
    str to = header_of(p, S("Location"));
    bool is_away = p->status == 403 || p->status == 401 ||
                   (p->status == 303 && (str_has(to, S("/desk/sign-in?next=")) || str_has(to, S("/desk/second"))));
    door_drop(turn.answer);
    return is_away ? SENT_AWAY : LET_IN;
}

static enum outcome wanted(const struct route *r, const struct role *role)
{
    if (r->right == ANYONE) return LET_IN;
    if (!role) return SENT_AWAY;
    if (r->right == SIGNED_IN || (role->rights & RIGHT_BIT(r->right))) return LET_IN;
    return SENT_AWAY;
}

struct leaving {
    struct people p;
    const struct role *role;
};

static void leave(struct db *db, void *self)
{
    struct leaving *l = self;
    struct person who;
    str ignored;
    (void)db;
    if (person_by_mail(&l->p, ARENA_JOIN(l->p.arena, S("knocker"), l->role->code, S("@test.example")), &who, &ignored))
        people_person_end(l->p.db, who.id, 1);
}

int knock_everywhere(struct arena *a, struct db *db, const struct site *site, struct server *server,
                     void (*wrong)(void *self, const char *what, str where), void *self)
{
    int knocks = 0;
    for (const struct room *const *room = site->rooms; *room; room++) {
        const struct route *r;
        for (size_t at = 0; (r = room_route(*room, at)) != NULL; at++) {
            bool is_public = r->right == ANYONE || r->right == MAY_MEASURE;
            if (r->place != DESK && !is_public) wrong(self, "a right that only the desk can ask for:", str_of(r->path));
            if (r->place == DESK && !str_starts(str_of(r->path), S("/desk"))) wrong(self, "the desk is not there:", str_of(r->path));
            for (int i = -1; r->place == DESK && (i < 0 || roles[i].code.n); i++, knocks++) {
                const struct role *role = i < 0 ? NULL : &roles[i];
                struct as who = { 0, S("") };
                str words = !role                ? S("nobody")
                            : role->is_only_member ? ARENA_JOIN(a, role->code, S(" knocker"), role->code, S(" @Knockers"))
                                                 : ARENA_JOIN(a, role->code, S(" knocker"), role->code);
                if (!as_somebody(a, db, site, words, &who)) wrong(self, "no such role:", words);
                if (knock(a, server, r, &who) != wanted(r, role))
                    wrong(self, wanted(r, role) == LET_IN ? "should come in:" : "should be sent away:",
                          ARENA_JOIN(a, words, S(" at "), r->method == GET ? S("GET ") : S("POST "), str_of(r->path)));
            }
        }
    }
    for (const struct role *role = roles; role->code.n; role++) { /* or they would count as administrators later */
        struct leaving l = { { .db = db, .arena = a, .keys = site->keys, .lang = lang_find(S("en")) }, role };
        db_write(db, leave, &l);
    }
    return knocks;
}
