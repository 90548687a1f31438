#include "test/unit/letters.h"

#include "base/clock.h"

bool letter_waiting(struct db *db, struct arena *a, str to, struct letter *out)
{
    struct send_due *due;
    ms newest = 0;
    size_t n = send_mails_due(db, clock_now() + DAY_MS, clock_now() + DAY_MS, &due);
    for (size_t i = 0; i < n; i++) {
        struct send_leased row;
        struct letter l;
        personal words;
        if (!send_leased_get(db, due[i].id, 0, &row) || row.queued_at < newest) continue;
        if (seal_open(send_keys(), a, &seal_send_mail_words, row.id, row.words, &words) != SEAL_OPENED) continue;
        if (!letter_unpack(words.words, &l) || !str_eq(l.to, to)) continue;
        newest = row.queued_at;
        *out = l;
    }
    return newest > 0;
}
