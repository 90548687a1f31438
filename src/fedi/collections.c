/* What an actor has: its outbox; how many follow, in tens; and that it follows nobody. */
#include "fedi/inside.h"

#define TYPE FEDI_TYPE "; charset=utf-8"

static void send(struct req *rq, struct sink *out)
{
    put_char(out, '\n');
    send_kept(rq, TYPE, sink_str(out));
    send_for_all(rq);
}

static void begin_collection(struct sink *out, const char *type, str id)
{
    put_format(
        out,
        "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"%s\",\"id\":", type);
    json_text(out, id);
}

/* What was announced and is there still, newest first. */
static size_t notes_of(struct req *rq, const struct lang *l, struct fedi_note **notes, str **names)
{
    struct fedi_post_row *posts;
    struct text *texts;
    db_note_read(rq->db, "fedi");
    size_t posts_n = fedi_posts_of(rq->db, lang_code(l), &posts), n = 0;
    size_t texts_n = text_list(rq->db, l, "news", CLAIM_NOW, rq->now, &texts);
    *notes = arena_new(rq->arena, struct fedi_note, posts_n + 1);
    *names = arena_new(rq->arena, str, posts_n + 1);
    for (size_t i = 0; i < posts_n; i++) {
        for (size_t k = 0; k < texts_n && !posts[i].withdrawn_at; k++) {
            if (texts[k].is_foreign || !str_eq(texts[k].slug, posts[i].slug)) continue;
            (*names)[n] = posts[i].name;
            (*notes)[n++] = fedi_note_of(&posts[i], &texts[k]);
        }
    }
    return n;
}

static void outbox_page(struct req *rq, str id, int64_t page, const struct fedi_note *notes,
                        const str *names, size_t n)
{
    struct sink out;
    size_t from = (size_t)(page - 1) * FEDI_OUTBOX_PAGE;
    sink_open(&out, rq->arena, MIB(2));
    begin_collection(&out, "OrderedCollectionPage",
                     arena_format(rq->arena, STR_FMT "?page=%lld", STR_ARG(id), (long long)page));
    put_lit(&out, ",\"partOf\":");
    json_text(&out, id);
    if (from + FEDI_OUTBOX_PAGE < n) {
        put_lit(&out, ",\"next\":");
        json_text(&out,
                  arena_format(rq->arena, STR_FMT "?page=%lld", STR_ARG(id), (long long)page + 1));
    }
    put_lit(&out, ",\"orderedItems\":[");
    for (size_t i = from; i < n && i < from + FEDI_OUTBOX_PAGE; i++) {
        if (i > from) put_char(&out, ',');
        fedi_put_create(&out, &notes[i], names[i], false);
    }
    put_lit(&out, "]}");
    send(rq, &out);
}

static void outbox(struct req *rq)
{
    const struct lang *l = fedi_actor_asked(rq);
    struct fedi_note *notes;
    str *names, asked = in_query(rq, "page");
    int64_t page = 0;
    if (!l) return;
    str id = ARENA_JOIN(rq->arena, fedi_actor(rq->arena, lang_code(l)), S("/outbox"));
    size_t n = notes_of(rq, l, &notes, &names);
    int64_t pages = (int64_t)(n + FEDI_OUTBOX_PAGE - 1) / FEDI_OUTBOX_PAGE;
    if (asked.n && (!str_to_int(asked, &page) || page < 1 || page > (pages ? pages : 1))) {
        fedi_no_such(rq, "There is no such page of this collection.");
        return;
    }
    if (page) {
        outbox_page(rq, id, page, notes, names, n);
        return;
    }
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    begin_collection(&out, "OrderedCollection", id);
    put_lit(&out, ",\"totalItems\":");
    put_int(&out, (int64_t)n);
    put_lit(&out, ",\"first\":");
    json_text(&out, ARENA_JOIN(rq->arena, id, S("?page=1")));
    put_char(&out, '}');
    send(rq, &out);
}

/* A count that is not small, in tens: one more or less tells nobody who came or went. */
static int64_t followers_shown(struct db *db, str lang)
{
    struct fedi_counted *rows;
    size_t n = fedi_followers_count(db, &rows);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].lang, lang) && rows[i].n >= FEDI_SHOWN_LEAST)
            return rows[i].n - rows[i].n % FEDI_SHOWN_LEAST;
    return 0;
}

static void followers(struct req *rq)
{
    const struct lang *l = fedi_actor_asked(rq);
    struct sink out;
    if (!l) return;
    int64_t n = followers_shown(rq->db, lang_code(l));
    sink_open(&out, rq->arena, KIB(4));
    begin_collection(&out, "OrderedCollection",
                     ARENA_JOIN(rq->arena, fedi_actor(rq->arena, lang_code(l)), S("/followers")));
    if (n) put_format(&out, ",\"totalItems\":%lld", (long long)n);
    put_lit(&out, "}\n");
    send_text(rq, TYPE, sink_str(&out));
    send_for_all(rq);
}

static void following(struct req *rq)
{
    const struct lang *l = fedi_actor_asked(rq);
    struct sink out;
    if (!l) return;
    sink_open(&out, rq->arena, KIB(4));
    begin_collection(&out, "OrderedCollection",
                     ARENA_JOIN(rq->arena, fedi_actor(rq->arena, lang_code(l)), S("/following")));
    put_lit(&out, ",\"totalItems\":0}");
    send(rq, &out);
}

const struct route fedi_collection_routes[] = {
    { GET, AT_ROOT, "/fedi/:lang/outbox", ANYONE, outbox, "What an actor published, newest first.",
      NULL, "page" },
    { GET, AT_ROOT, "/fedi/:lang/followers", ANYONE, followers,
      "How many follow, in tens, never who.", NULL, NULL },
    { GET, AT_ROOT, "/fedi/:lang/following", ANYONE, following, "That an actor follows nobody.",
      NULL, NULL },
    { 0 },
};
