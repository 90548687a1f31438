#include "fedi/signer.h"

#include "base/clock.h"

#define KEY_DAYS  365
#define KEEP_DAYS 400
#define LANGS_MAX 32

struct signer {
    struct db *db;
    struct seal_keys *seals;
    struct arena keys; /* what is read of them; read again when one is new */
    struct {
        struct sign_key *key;
        str key_id;
        id row;
    } of[LANGS_MAX];
};

struct making {
    struct signer *s;
    str lang, private_pem, public_pem;
    ms now;
};

struct signer *signer_open(struct arena *life, struct db *db, struct seal_keys *keys)
{
    struct signer *s = arena_new(life, struct signer, 1);
    *s = (struct signer){ .db = db, .seals = keys };
    arena_open(&s->keys, MIB(8));
    return s;
}

/* Unless another node was quicker. */
static void put_key(struct db *db, void *self)
{
    struct making *m = self;
    struct fedi_key_row there;
    personal words;
    bool is_there = fedi_key_newest(db, m->lang, &there) &&
                    m->now - there.made_at < KEY_DAYS * DAY_MS &&
                    seal_open(m->s->seals, db_arena(db), &seal_fedi_key_private, there.id,
                              there.private, &words) == SEAL_OPENED;
    if (is_there) return;
    id row = id_new();
    ms until = m->now + KEEP_DAYS * DAY_MS;
    fedi_key_add(db, row, m->lang, m->now, until, m->public_pem,
                 seal_close(m->s->seals, db_arena(db), &seal_fedi_key_private, row, until,
                            (personal){ m->private_pem }));
}

static bool read_newest(struct signer *s, size_t i, str lang, ms now)
{
    struct fedi_key_row row;
    personal words;
    struct arena *a = db_arena(s->db);
    db_begin_read(s->db);
    bool is_there = fedi_key_newest(s->db, lang, &row);
    db_commit(s->db);
    if (!is_there || now - row.made_at >= KEY_DAYS * DAY_MS) return false;
    if (s->of[i].key && s->of[i].row == row.id) return true;
    if (seal_open(s->seals, a, &seal_fedi_key_private, row.id, row.private, &words) != SEAL_OPENED)
        return false;
    s->of[i].key = sign_key_private(&s->keys, words.words);
    s->of[i].key_id = fedi_key_id(&s->keys, lang, row.public_pem);
    s->of[i].row = row.id;
    return s->of[i].key != NULL;
}

void signer_keep(struct signer *s, ms now)
{
    for (size_t i = 0; i < lang_count() && i < LANGS_MAX; i++) {
        struct making m = { .s = s, .lang = lang_code(lang_at(i)), .now = now };
        if (read_newest(s, i, m.lang, now)) continue;
        sign_key_make(db_arena(s->db), &m.private_pem, &m.public_pem);
        db_write(s->db, put_key, &m);
        (void)read_newest(s, i, m.lang, now);
    }
}

size_t signer_headers(struct signer *s, struct arena *a, str lang, enum sign_scheme scheme,
                      const struct fedi_url *url, str body, int64_t now, struct sign_header out[8])
{
    size_t n = 0, at = 0;
    while (at < lang_count() && at < LANGS_MAX && !str_eq(lang_code(lang_at(at)), lang)) at++;
    if (at == lang_count() || at == LANGS_MAX || !s->of[at].key) return 0;
    out[n++] = (struct sign_header){ S("Host"), url->authority };
    out[n++] = (struct sign_header){ S("Date"), sign_date(a, now) };
    if (body.n) {
        out[n++] = (struct sign_header){ S("Content-Type"), S(FEDI_TYPE) };
        str name = scheme == SIGN_DRAFT ? S("Digest") : S("Content-Digest");
        out[n++] = (struct sign_header){ name, sign_digest(a, scheme, body) };
    }
    struct sign_message m = { .method = body.n ? S("POST") : S("GET"),
                              .scheme = url->scheme,
                              .authority = url->authority,
                              .path = url->path,
                              .query = url->query,
                              .header = out,
                              .headers_n = n,
                              .body = body };
    size_t more = sign_request(a, &m, scheme, s->of[at].key, s->of[at].key_id, now, &out[n]);
    if (!more) return 0;
    n += more;
    out[n++] = (struct sign_header){ S("Accept"), S(FEDI_TYPE ", application/ld+json") };
    return n;
}
