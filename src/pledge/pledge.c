#include "pledge/pledge.h"

#include "base/day.h"
#include "base/id.h"
#include "seal/seal.h"
#include "seal/secret.h"
#include "send/send.h"

#include <unistd.h>

#define SLOTS \
    64 /* rows a count is spread over, one for each process: two writers do not want the same */

const struct pledge_promise *pledge_promise_named(str code)
{
    for (const struct pledge_promise *p = pledge_promises; p->what.code.n; p++)
        if (str_eq(p->what.code, code)) return p;
    return NULL;
}

/* ---- counting ---- */

static void count(struct req *rq, str what, str code, int64_t more)
{
    str whole = code.n ? ARENA_JOIN(rq->arena, what, S(" "), code) : what;
    str today = web_day_of(rq, rq->now);
    pledge_count_add(rq->db, whole, getpid() % SLOTS, today, day_after(rq->arena, today, 1), more);
}

static void count_all(struct req *rq, const struct pledge_row *row, int64_t more)
{
    str left = row->promises;
    count(rq, S("all"), S(""), more);
    count(rq, S("as"), row->audience, more);
    if (row->iso3.n) count(rq, S("from"), row->iso3, more);
    while (left.n) count(rq, S("will"), str_split(&left, ' '), more);
}

size_t pledge_told(struct req *rq, struct pledge_told **out)
{
    struct pledge_counted *rows;
    size_t n = pledge_counts(rq->db, web_day_of(rq, rq->now), &rows);
    *out = arena_new(rq->arena, struct pledge_told, n + 1);
    for (size_t i = 0; i < n; i++) {
        int64_t known = rows[i].n > 0 ? rows[i].n / PLEDGE_LEAST * PLEDGE_LEAST : 0;
        (*out)[i] = (struct pledge_told){ rows[i].what, known, rows[i].now };
    }
    return n;
}

int64_t pledge_told_of(const struct pledge_told *all, size_t n, str what, str code)
{
    for (size_t i = 0; i < n; i++) {
        str rest = all[i].what;
        if (str_eq(str_split(&rest, ' '), what) && str_eq(code, rest.p ? rest : S("")))
            return all[i].n;
    }
    return 0;
}

/* ---- from asked to made ---- */

void pledge_ask(struct req *rq, const struct pledge *p, str mail, id *made)
{
    unsigned char hash[SEAL_HASH_BYTES];
    send_address_hash(mail, hash);
    str mail_hash = { (const char *)hash, sizeof hash };
    *made = 0;
    if (!send_may_ask(rq->db, mail_hash, rq->now)) return;
    id row = id_new();
    ms keep_until = rq->now + PLEDGE_ASKED_MS;
    pledge_add(rq->db, row, mail_hash,
               seal_close(site_keys(rq), rq->arena, &seal_pledge_sign_name, row, keep_until,
                          (personal){ p->name }),
               p->audience, p->promises, p->iso3, rq->now, keep_until);
    *made = row;
}

static bool is_over(const struct req *rq, const struct pledge_row *row)
{
    return row->keep_until <= rq->now;
}

static str name_of(struct req *rq, const struct pledge_row *row)
{
    personal name;
    if (!row->name.box.p) return S("");
    if (seal_open(site_keys(rq), rq->arena, &seal_pledge_sign_name, row->id, row->name, &name) !=
        SEAL_OPENED)
        return S("");
    return name.words;
}

enum pledge_answer pledge_confirm(struct req *rq, id which, str *name)
{
    struct pledge_row row, earlier;
    *name = S("");
    if (!pledge_get(rq->db, which, &row) || is_over(rq, &row)) return PLEDGE_NO_SUCH;
    if (str_eq(row.state, S("made"))) return PLEDGE_ALREADY;
    *name = name_of(rq, &row);
    if (pledge_made_by(rq->db, row.mail_hash, &earlier)) {
        count_all(rq, &earlier, -1);
        pledge_drop(rq->db, earlier.id);
    }
    pledge_make(rq->db, which, rq->now, rq->now + PLEDGE_KEEP_MS);
    count_all(rq, &row, 1);
    return PLEDGE_YES;
}

enum pledge_answer pledge_end(struct req *rq, id which, bool is_foreign)
{
    struct pledge_row row;
    if (!pledge_get(rq->db, which, &row) || is_over(rq, &row)) return PLEDGE_NO_SUCH;
    if (str_eq(row.state, S("made"))) count_all(rq, &row, -1);
    pledge_drop(rq->db, which);
    if (!is_foreign) return PLEDGE_YES;
    pledge_drop_asked(rq->db, row.mail_hash);
    send_unwanted(rq->db, row.mail_hash, rq->now);
    return PLEDGE_YES;
}
