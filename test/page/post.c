#include "test/page/post.h"

#include "base/clock.h"
#include "send/inside.h"

#include <assert.h>

#define NODE 7

struct taking {
    struct arena *a;
    struct post *out;
};

static void take(struct db *db, void *self)
{
    struct taking *t = self;
    struct send_due *due;
    ms now = clock_now();
    id newest = 0;
    size_t n = send_mails_due(db, now, now + DAY_MS, &due);
    t->out->n = 0;
    for (size_t i = 0; i < n; i++) {
        struct send_leased row;
        struct letter l;
        personal words;
        if (!send_lease(db, due[i].id, NODE, now, now + DAY_MS, now + DAY_MS) || !send_leased_get(db, due[i].id, NODE, &row)) continue;
        if (seal_open(send_keys(), t->a, &seal_send_mail_words, row.id, row.words, &words) != SEAL_OPENED) continue;
        bool is_read = letter_unpack(words.words, &l);
        assert(is_read);
        send_mail_sent(db, row.id, NODE, now);
        t->out->n++;
        if (row.id < newest) continue;
        newest = row.id;
        str rest = l.address;
        for (int k = 0; k < 3 && rest.p; k++) str_split(&rest, '/');
        t->out->to = l.to;
        t->out->address = rest.p ? ARENA_JOIN(t->a, S("/"), rest) : S("");
        t->out->words = ARENA_JOIN(t->a, l.to, S("\n"), l.subject, S("\n"), letter_plain(t->a, lang_find(l.lang), &l));
    }
}

void post_take(struct arena *a, struct db *db, struct post *out)
{
    struct taking t = { a, out };
    db_use_arena(db, a);
    db_write(db, take, &t);
}
