/* mail: what whoever hosts this can see and do about mail from a terminal. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/id.h"
#include "command/command.h"
#include "send/bounce.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* ---- list ---- */

static void put_moment(struct sink *out, ms at)
{
    char moment[MOMENT_TEXT];
    moment_text(at, moment);
    put_format(out, "%.16sZ", moment);
}

static void put_words(struct sink *out, const struct send_counts *c, const struct send_failed *all,
                      size_t n)
{
    put_format(out, "%lld wait, %lld failed, %lld bounced, %lld sent in the last 30 days\n",
               (long long)c->waiting, (long long)c->failed, (long long)c->bounced,
               (long long)c->sent);
    if (c->waiting) {
        put_lit(out, "the first waits since ");
        put_moment(out, c->oldest_waiting);
        put_lit(out, "\n");
    }
    if (c->trouble_since) {
        put_lit(out, "the mail server takes nothing since ");
        put_moment(out, c->trouble_since);
        put_format(out, ": %s\n", c->trouble->phrase.english);
    }
    for (size_t i = 0; i < n; i++) {
        put_moment(out, all[i].ended_at);
        put_format(out, "  %-7s  " STR_FMT "  " STR_FMT " " STR_FMT ", tried %lld times: %s\n",
                   all[i].is_bounced ? "bounced" : "failed", STR_ARG(all[i].name),
                   STR_ARG(all[i].room), STR_ARG(all[i].kind), (long long)all[i].tries,
                   all[i].reason->phrase.english);
    }
}

static void put_json(struct sink *out, const struct send_counts *c, const struct send_failed *all,
                     size_t n)
{
    put_format(
        out,
        "{\"waiting\":%lld,\"failed\":%lld,\"bounced\":%lld,\"sent\":%lld,\"oldest_waiting\":%lld,"
        "\"trouble_since\":%lld,\"trouble\":",
        (long long)c->waiting, (long long)c->failed, (long long)c->bounced, (long long)c->sent,
        (long long)c->oldest_waiting, (long long)c->trouble_since);
    json_text(out, c->trouble ? c->trouble->code : S(""));
    put_lit(out, ",\"mails\":[");
    for (size_t i = 0; i < n; i++) {
        put_format(out, "%s{\"name\":", i ? "," : "");
        json_text(out, all[i].name);
        put_lit(out, ",\"room\":");
        json_text(out, all[i].room);
        put_lit(out, ",\"kind\":");
        json_text(out, all[i].kind);
        put_lit(out, ",\"reason\":");
        json_text(out, all[i].reason->code);
        put_format(out, ",\"is_bounced\":%s,\"tries\":%lld,\"queued_at\":%lld,\"ended_at\":%lld}",
                   all[i].is_bounced ? "true" : "false", (long long)all[i].tries,
                   (long long)all[i].queued_at, (long long)all[i].ended_at);
    }
    put_lit(out, "]}\n");
}

static int list(struct arena *life, const struct options *o)
{
    struct db *db = command_db(life, o);
    struct send_failed *all;
    struct sink out;
    sink_open(&out, life, MIB(1));
    db_begin_read(db);
    struct send_counts c = send_count(db);
    size_t n = send_failed_list(db, &all);
    db_commit(db);
    (o->as_json ? put_json : put_words)(&out, &c, all, n);
    fwrite(out.p, 1, out.n, stdout);
    return 0;
}

/* ---- try, retry ---- */

struct trying {
    struct arena *life;
    const char *address;
    enum send_answer answer;
    int64_t n;
};

static void queue_try(struct db *db, void *self)
{
    struct trying *t = self;
    const struct mail_phrase words[] = {
        { .one = PHRASE("This message shows that messages from here arrive.") }
    };
    struct mail m = { .room = "command",
                      .kind = "try",
                      .key = arena_format(t->life, "%llu", (unsigned long long)id_new()),
                      .to = { str_of(t->address) },
                      .paragraphs = words,
                      .paragraphs_n = 1 };
    t->answer = send_mail(db, &m, clock_now());
}

static int try_one(struct arena *life, const struct options *o)
{
    struct trying t = { .life = life, .address = o->words[1] };
    struct phrase why;
    personal address;
    if (!send_address_ok(life, str_of(t.address), &address, &why)) {
        fprintf(stderr, "blueheart: %s\n", why.english);
        return 2;
    }
    command_folder(o->var);
    send_place(command_keys_folder(life, o), false);
    lang_open(life);
    db_write(command_db(life, o), queue_try, &t);
    bool is_queued = t.answer == SEND_QUEUED;
    if (is_queued && !o->is_quiet)
        fprintf(stderr, "Queued. It goes as soon as a server with --smtp runs.\n");
    return is_queued ? 0 : 1;
}

static void retry_some(struct db *db, void *self)
{
    struct trying *t = self;
    t->n = send_retry_all(db, clock_now());
}

static int retry(struct arena *life, const struct options *o)
{
    struct trying t = { .n = 0 };
    int64_t all = 0;
    struct db *db = command_db(life, o);
    do {
        db_write(db, retry_some, &t);
        all += t.n;
    } while (t.n);
    if (!o->is_quiet) fprintf(stderr, "%lld are tried again.\n", (long long)all);
    return 0;
}

/* ---- bounce ---- */

/* At most one byte more than is allowed, which is then refused. */
static str read_report(struct arena *life, const char *path)
{
    int fd = strcmp(path, "-") == 0 ? 0 : open(path, O_RDONLY | O_CLOEXEC);
    char *text = arena_take(life, BOUNCE_BYTES_MAX + 1);
    size_t n = 0;
    ssize_t got = fd < 0 ? -1 : 1;
    while (got > 0 && n <= BOUNCE_BYTES_MAX) {
        got = read(fd, text + n, BOUNCE_BYTES_MAX + 1 - n);
        if (got > 0) n += (size_t)got;
    }
    if (got < 0) broken("%s: cannot be read: %s", path, strerror(errno));
    return (str){ text, n };
}

struct taking {
    str report;
    enum bounce_answer answer;
    const char *why;
};

static void take(struct db *db, void *self)
{
    struct taking *t = self;
    t->answer = bounce_take(db, t->report, clock_now(), &t->why);
}

static int bounce(struct arena *life, const struct options *o)
{
    struct taking t = { .report = read_report(life, o->words[1]) };
    struct arena work;
    struct db *db = command_db(life, o);
    arena_open(&work, REQUEST_ARENA_MAX);
    db_use_arena(db, &work);
    db_write(db, take, &t);
    db_use_arena(db, life);
    arena_wipe(&work);
    arena_close(&work);
    const char *said = "";
    switch (t.answer) {
    case BOUNCE_MARKED: said = "The message is marked as bounced."; break;
    case BOUNCE_PASSING: said = "The report is not final; nothing was changed."; break;
    case BOUNCE_NOT_OURS:
        said = "The report is of no message sent from here; nothing was changed.";
        break;
    case BOUNCE_NO_REPORT:
        said = "That is no report of a message that did not arrive; nothing was changed.";
        break;
    case BOUNCE_REFUSED:
        fprintf(stderr, "blueheart: the report was refused, nothing was changed: %s\n", t.why);
        return 1;
    }
    if (!o->is_quiet) fprintf(stderr, "%s\n", said);
    return 0;
}

int command_mail(struct arena *life, const struct options *o)
{
    static const struct {
        const char *name;
        int words;
        int (*run)(struct arena *life, const struct options *o);
    } all[] = {
        { "list", 1, list }, { "try", 2, try_one }, { "retry", 1, retry }, { "bounce", 2, bounce }
    };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (strcmp(o->words[0], all[i].name) == 0 && o->words_n == all[i].words)
            return all[i].run(life, o);
    fprintf(stderr, "usage: blueheart mail list | try ADDRESS | retry | bounce FILE (or - for "
                    "standard input)\n");
    return 2;
}
