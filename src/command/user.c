/* user: people who run the campaign, from a terminal of the machine itself. Whoever can do this holds the keys anyway. */
#include "base/breakage.h"
#include "base/clock.h"
#include "command/command.h"
#include "people/people.h"
#include "trail/trail.h"

#include <stdio.h>

struct terminal {
    struct people p;
    const struct options *o;
    bool is_quiet;
};

static str desk_origin(struct arena *life, const struct options *o)
{
    if (o->desk_origin) return str_of(o->desk_origin);
    if (o->desk_listen) return arena_format(life, "http://%s", o->desk_listen);
    if (o->origin) return str_of(o->origin);
    return arena_format(life, "http://%s", o->listen);
}

static struct terminal terminal_open(struct arena *life, const struct options *o, struct db *db)
{
    str folder = command_keys_folder(life, o);
    command_folder(folder.p);
    struct seal_keys *keys = seal_keys_open(life, folder);
    trail_open(seal_secret(keys, "trail"));
    return (struct terminal){ .p = { .db = db,
                                     .arena = life,
                                     .keys = keys,
                                     .lang = lang_find(S("en")),
                                     .now = clock_now() },
                              .o = o };
}

static void print_link(const struct terminal *t, str key)
{
    printf(STR_FMT "/en/desk/link/" STR_FMT "\n", STR_ARG(desk_origin(t->p.arena, t->o)),
           STR_ARG(key));
}

static bool make_first(struct db *db, void *self)
{
    struct terminal *t = self;
    str key;
    struct link what = {
        .purpose = LINK_INVITE, .mail = S(""), .name = S(""), .role = S("administrator")
    };
    if (people_have_administrator(db)) return false;
    if (link_make(&t->p, &what, &key) != PEOPLE_YES) return false;
    if (!t->is_quiet)
        printf("Nobody runs this site yet. This link, good once and for a week, makes the first "
               "administrator:\n");
    print_link(t, key);
    fflush(stdout);
    return true;
}

void command_first_link(struct arena *life, const struct options *o, struct db *db)
{
    if (o->is_quiet) return;
    struct terminal t = terminal_open(life, o, db);
    db_use_arena(db, life);
    (void)!db_write_if(db, make_first, &t);
}

static int answered(enum people_answer answer)
{
    static const char *const words[] = {
        [PEOPLE_YES] = "",
        [PEOPLE_NO_SUCH] = "there is no such account",
        [PEOPLE_TAKEN] = "this address has an account already",
        [PEOPLE_BAD_MAIL] = "this is no e-mail address",
        [PEOPLE_BAD_NAME] = "a name has from 2 to 100 letters",
        [PEOPLE_BAD_ROLE] = "no role of the whole campaign is called so; /en/desk/rights has them",
        [PEOPLE_LAST_ADMIN] = "this is the last administrator",
        [PEOPLE_TOO_MANY] = "roles in too many organisations",
    };
    if (answer == PEOPLE_YES) return 0;
    fprintf(stderr, "blueheart: %s\n", words[answer]);
    return 1;
}

struct deed {
    struct terminal *t;
    const char *const *words;
    enum people_answer answer;
    str key;
};

static bool add(struct db *db, void *self)
{
    struct deed *d = self;
    (void)db;
    struct link what = { .purpose = LINK_INVITE,
                         .name = str_of(d->words[1]),
                         .mail = str_of(d->words[2]),
                         .role = str_of(d->words[3]) };
    d->answer = what.name.n < 2 ? PEOPLE_BAD_NAME : link_make(&d->t->p, &what, &d->key);
    return d->answer == PEOPLE_YES;
}

static bool role(struct db *db, void *self)
{
    struct deed *d = self;
    struct person who;
    str ignored, asked = str_of(d->words[2]);
    bool is_taking = d->words[3] && strcmp(d->words[3], "off") == 0;
    (void)db;
    if (!person_by_mail(&d->t->p, str_of(d->words[1]), &who, &ignored)) d->answer = PEOPLE_NO_SUCH;
    else if (is_taking) d->answer = role_take(&d->t->p, who.id, asked, 0);
    else d->answer = role_give(&d->t->p, who.id, asked, 0);
    return d->answer == PEOPLE_YES;
}

static bool reset(struct db *db, void *self)
{
    struct deed *d = self;
    struct person who;
    str ignored;
    d->answer = PEOPLE_NO_SUCH;
    if (!person_by_mail(&d->t->p, str_of(d->words[1]), &who, &ignored)) return false;
    struct link what = {
        .purpose = LINK_RESET, .person = who.id, .mail = S(""), .name = S(""), .lang = who.lang
    };
    d->answer = link_make(&d->t->p, &what, &d->key);
    people_totp_drop(db, who.id);
    people_passkeys_drop_of(db, who.id);
    people_recovery_drop(db, who.id);
    people_sessions_drop_but(db, who.id, 0);
    return d->answer == PEOPLE_YES;
}

static int list(const struct terminal *t)
{
    struct person *all;
    struct people_granted *grants;
    db_begin_read(t->p.db);
    size_t n = person_all(&t->p, &all), g = people_grants_all(t->p.db, &grants);
    for (size_t i = 0; i < n; i++) {
        printf(STR_FMT "\t" STR_FMT "\t%s", STR_ARG(all[i].mail), STR_ARG(all[i].name),
               all[i].ended_at ? "ended" : "open");
        for (size_t k = 0; k < g; k++)
            if (grants[k].person == all[i].id)
                printf("\t" STR_FMT "%s" STR_FMT, STR_ARG(grants[k].role),
                       grants[k].organisation_name.n ? "@" : "",
                       STR_ARG(grants[k].organisation_name));
        printf("\n");
    }
    db_commit(t->p.db);
    return 0;
}

int command_user(struct arena *life, const struct options *o)
{
    static const struct {
        const char *word;
        int words_n;
        bool (*deed)(struct db *db, void *self);
    } deeds[] = {
        { "add", 4, add }, { "role", 3, role }, { "reset", 2, reset }, { "list", 1, NULL }
    };
    size_t at = 0;
    while (at < COUNT_OF(deeds) && strcmp(deeds[at].word, o->words[0]) != 0) at++;
    bool is_off = o->words_n == 4 && strcmp(o->words[3], "off") == 0;
    if (at == COUNT_OF(deeds) ||
        deeds[at].words_n != o->words_n - (deeds[at].deed == role && is_off)) {
        fprintf(stderr,
                "usage: blueheart user add NAME ADDRESS ROLE | role ADDRESS ROLE [off] | reset "
                "ADDRESS | list\n");
        return 2;
    }
    lang_open(life);
    struct db *db = command_db(life, o);
    db_use_arena(db, life);
    struct terminal t = terminal_open(life, o, db);
    if (!deeds[at].deed) return list(&t);
    struct deed d = { .t = &t, .words = o->words };
    (void)!db_write_if(db, deeds[at].deed, &d);
    if (d.answer == PEOPLE_YES && d.key.n) print_link(&t, d.key);
    return answered(d.answer);
}
