/* Queues mails as a page does: mail-fill DB KEYS PREFIX N EACH [LANG]. Addresses are PREFIX1@example.org and so on; EACH
 * are queued in a transaction. Every tenth is asked for twice. Prints how many were queued. */
#include "base/breakage.h"
#include "base/clock.h"
#include "command/command.h"
#include "send/place.h"
#include "send/send.h"

#include <sodium.h>
#include <stdio.h>

struct fill {
    const char *prefix;
    const struct lang *lang;
    int64_t from, n, queued;
};

static void queue(struct db *db, struct arena *a, struct fill *f, int64_t i)
{
    str key = arena_format(a, "%s/%lld", f->prefix, (long long)i);
    const struct lang_arg args[] = { { .name = "name", .kind = ARG_TEXT, .text = S("Ana Example") } };
    const struct mail_phrase words[] = {
        { .one = PHRASE("Hello, {name}."), .args = args, .args_n = 1 },
        { .one = PHRASE("This message shows that messages from here arrive.") },
    };
    struct mail m = { .room = "test", .kind = "fill", .key = key,
                      .to = { arena_format(a, "%s%lld@example.org", f->prefix, (long long)i) }, .lang = f->lang,
                      .paragraphs = words, .paragraphs_n = 2, .button = PHRASE("Open the page"),
                      .address = ARENA_JOIN(a, S("https://blueheart.example.org/en/confirm/"), key), .is_for_many = true };
    enum send_answer answer = send_mail(db, &m, clock_now());
    if (answer != SEND_QUEUED && answer != SEND_ALREADY) broken("mail %lld: not queued (%d)", (long long)i, (int)answer);
    f->queued += answer == SEND_QUEUED;
}

static void queue_some(struct db *db, void *self)
{
    struct fill *f = self;
    f->queued = 0;
    for (int64_t i = f->from; i < f->from + f->n; i++)
        for (int times = 0; times < (i % 10 ? 1 : 2); times++) queue(db, db_arena(db), f, i);
}

int main(int argc, char **argv)
{
    static struct arena life, work;
    int64_t n, each, queued = 0;
    if (argc < 6 || !str_to_int(str_of(argv[4]), &n) || !str_to_int(str_of(argv[5]), &each)) return 2;
    if (sodium_init() < 0) return 1;
    arena_open(&life, LIFE_ARENA_MAX);
    arena_open(&work, IMPORT_ARENA_MAX);
    lang_open(&life);
    send_place(str_of(argv[2]), false);
    struct fill f = { .prefix = argv[3], .lang = lang_find(str_of(argc > 6 ? argv[6] : "en")) };
    struct db *db = db_open(&life, str_of(argv[1]), DB_SERVE);
    db_use_arena(db, &work);
    for (f.from = 1; f.from <= n; f.from += each) {
        f.n = n - f.from + 1 < each ? n - f.from + 1 : each;
        db_write(db, queue_some, &f);
        queued += f.queued;
        arena_wipe(&work);
    }
    printf("%lld\n", (long long)queued);
    arena_close(&life);
    return 0;
}
