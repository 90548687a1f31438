/* The inbox: bounded, checked for form, and mute. A follow, the end of one, and the end of an account wait, sealed, for
 * the deliverer, which asks the other server whether it is true. Everything else is thanked for and dropped unread. */
#include "fedi/inside.h"
#include "seal/secret.h"

#define ONCE_MS \
    ((ms)26 * 3600000) /* the same thing is not taken twice while its signature is good */
#define LATELY_MS   ((ms)3600000)
#define PROBLEM_ONE "The signature is not good"

static bool is_activity(str type)
{
    str kind = str_trim(str_split(&type, ';'));
    return sign_same_name(kind, S(FEDI_TYPE)) || sign_same_name(kind, S("application/ld+json"));
}

static void accept_it(struct req *rq)
{
    send_text(rq, "text/plain; charset=utf-8", S(""));
    send_status(rq, 202);
}

/* Every header, and Host as what we are called: whoever stands before us may have called us something else. */
static void headers_of(struct req *rq, struct fedi_letter *l)
{
    struct door_header *given = arena_new(rq->arena, struct door_header, HEADER_FIELDS_MAX);
    size_t n = door_headers(rq->raw, given, HEADER_FIELDS_MAX);
    struct sign_header *all = arena_new(rq->arena, struct sign_header, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (sign_same_name(given[i].name, S("host"))) continue;
        all[l->headers_n++] = (struct sign_header){ given[i].name, given[i].value };
    }
    all[l->headers_n++] = (struct sign_header){ S("Host"), fedi_host() };
    l->header = all;
}

/* Only what the signature covers is kept: nothing else of it will be looked at. */
static void keep_covered(struct req *rq, struct fedi_letter *l, const struct sign_said *s)
{
    struct sign_header *kept = arena_new(rq->arena, struct sign_header, l->headers_n + 1);
    size_t n = 0;
    for (size_t i = 0; i < l->headers_n; i++) {
        bool is_needed = sign_same_name(l->header[i].name, S("signature")) ||
                         sign_same_name(l->header[i].name, S("signature-input"));
        for (size_t k = 0; k < s->input.list_n && !is_needed; k++)
            is_needed = sign_same_name(l->header[i].name, s->input.list[k].value.text);
        if (is_needed) kept[n++] = l->header[i];
    }
    l->header = kept;
    l->headers_n = n;
}

/* 400 for what cannot be read, 401 for what is not good. 0: nothing wrong that can be seen from here. */
static int look_at_signature(struct req *rq, const struct fedi_letter *l, struct sign_said *s,
                             enum sign_answer *answer)
{
    struct sign_message m = fedi_letter_message(l);
    *answer = sign_read(rq->arena, &m, s);
    if (*answer == SIGN_YES) *answer = sign_covers(s);
    if (*answer == SIGN_YES) *answer = sign_digest_is_right(rq->arena, &m);
    if (*answer == SIGN_YES) *answer = sign_is_timely(&m, s, rq->now / 1000);
    str base;
    if (*answer == SIGN_YES && !sign_base(rq->arena, &m, s, &base)) *answer = SIGN_MISSING;
    if (*answer == SIGN_YES) return 0;
    bool is_form = *answer == SIGN_MALFORMED || *answer == SIGN_TWICE;
    return is_form ? 400 : 401;
}

/* By a hash with a secret of ours: no row names a server. */
static str sender_of(struct req *rq, str host)
{
    unsigned char hash[SEAL_HASH_BYTES];
    char name[CONTENT_ID_LENGTH + 1];
    seal_hash(seal_secret(site_keys(rq), "fediverse"), "sender", host, hash);
    content_id((str){ (const char *)hash, sizeof hash }, name);
    return arena_str(rq->arena, str_of(name));
}

static bool is_blocked(struct req *rq, str host)
{
    struct fedi_host_row row;
    return fedi_host_get(rq->db, host, &row) && row.is_blocked;
}

/* False after having said that it is too much. An end that is not taken costs nobody anything: it is dropped. */
static bool has_room(struct req *rq, const struct fedi_letter *l, str sender)
{
    struct fedi_inbox_counts counts;
    bool is_end = l->kind == FEDI_DELETE || l->kind == FEDI_MOVE;
    int64_t kind = is_end ? FEDI_DELETE : FEDI_FOLLOW;
    fedi_inbox_count(rq->db, sender, kind, rq->now - LATELY_MS, &counts);
    int64_t most = is_end ? FEDI_INBOX_ROWS / 2 : FEDI_INBOX_ROWS;
    bool is_calm = counts.lately < FEDI_INBOX_HOST_ROWS && counts.all_lately < FEDI_INBOX_HOUR_ROWS;
    if (counts.waiting < most && is_calm) return true;
    if (is_end) accept_it(rq);
    else
        fedi_problem(rq, 429, "Too much at once",
                     "More came from your server, or from all, than is looked at in an hour. "
                     "Please try again later.");
    return false;
}

static void store(struct req *rq, const struct fedi_letter *l, str signature, str sender)
{
    char once[CONTENT_ID_LENGTH + 1];
    id key = id_new();
    bool is_end = l->kind == FEDI_DELETE || l->kind == FEDI_MOVE;
    content_id(signature, once);
    personal words = { fedi_letter_pack(rq->arena, l) };
    struct sealed box = seal_close(site_keys(rq), rq->arena, &seal_fedi_inbox_words, key,
                                   rq->now + ONCE_MS, words);
    (void)fedi_inbox_add(rq->db, key, str_of(once), sender, is_end ? FEDI_DELETE : FEDI_FOLLOW,
                         rq->now, rq->now + ONCE_MS, box);
    accept_it(rq);
}

static void take(struct req *rq)
{
    struct fedi_letter l = { .method = S("POST"), .path = rq->raw->path, .body = rq->raw->body };
    struct sign_said said;
    enum sign_answer answer;
    headers_of(rq, &l);
    int status = look_at_signature(rq, &l, &said, &answer);
    if (status) {
        fedi_problem(rq, status, PROBLEM_ONE, sign_answer_words(answer));
        return;
    }
    switch (fedi_letter_read(rq->arena, l.body, &l)) {
    case LETTER_BAD:
        fedi_problem(rq, 400, "This cannot be read",
                     "It must be one activity in JSON: type, id, actor, object.");
        return;
    case LETTER_NOTHING: accept_it(rq); return;
    case LETTER_YES: break;
    }
    struct fedi_url url;
    if (!fedi_url_read(l.actor, &url) || !fedi_url_same_host(l.actor, said.key_id)) {
        fedi_problem(rq, 401, PROBLEM_ONE, "The key is not of the server of the actor.");
        return;
    }
    if (is_blocked(rq, url.authority)) {
        fedi_problem(rq, 403, "Not from there", "This server takes nothing from yours.");
        return;
    }
    str sender = sender_of(rq, url.authority);
    keep_covered(rq, &l, &said);
    if (has_room(rq, &l, sender)) store(rq, &l, said.bytes, sender);
}

static void inbox(struct req *rq)
{
    if (fedi_is_off(rq)) return;
    if (rq->in_path_n && !lang_find(in_path(rq, "lang"))) {
        fedi_problem(rq, 404, "There is nothing at this address",
                     "There is an actor for each language of this site only.");
        return;
    }
    if (!is_activity(rq->raw->content_type)) {
        fedi_problem(rq, 415, "Not in that form", "Send application/activity+json.");
        return;
    }
    if (!rq->raw->body.n || rq->raw->query.n) {
        fedi_problem(rq, 400, "This cannot be read",
                     "There is nothing in it, or a query behind it.");
        return;
    }
    take(rq);
}

const struct route fedi_inbox_routes[] = {
    { POST, AT_ROOT, "/fedi/inbox", ANYONE, inbox,
      "Takes a follow, or the end of one; everything else is dropped unread.", NULL, NULL },
    { POST, AT_ROOT, "/fedi/:lang/inbox", ANYONE, inbox, "The same, for one language.", NULL,
      NULL },
    { 0 },
};
