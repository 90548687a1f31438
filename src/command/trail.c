/* The trail, looked at from outside: `check`, and the head file that the caretaker keeps. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
#include "command/kinds.h"
#include "trail/trail.h"

#include <stdio.h>
#include <unistd.h>

/* The trail's secret, if there is one; nothing is made. */
static bool open_trail(struct arena *life, str folder)
{
    static struct seal_keys *keys;
    if (!keys && access(folder.p, F_OK) == 0) keys = seal_keys_open(life, folder);
    const struct seal_secret *secret = keys ? seal_secret_if_there(keys, "trail") : NULL;
    if (secret) trail_open(secret);
    return secret != NULL;
}

static void put_head(struct sink *out, const struct trail_head *head)
{
    put_format(out, "trail: the newest entry is %lld ", (long long)head->number);
    for (int i = 0; i < SEAL_HASH_BYTES; i++) put_format(out, "%02x", head->hash[i]);
    put_lit(out, "; a note of this kept elsewhere shows whether entries were cut off later\n");
}

static void say_state(enum trail_state state, int64_t at, struct sink *lines)
{
    put_lit(lines, "trail: ");
    put_format(lines, trail_state_words(state), (long long)at);
    put_lit(lines, "\n");
    if (state == TRAIL_CUT || state == TRAIL_REPLACED)
        put_lit(lines, "trail: if a backup of an earlier day was restored, this is its mark; then "
                       "move VAR/trail-head away\n");
}

bool command_check_trail(struct arena *life, const struct options *o, struct sink *lines)
{
    struct db *db = db_open(life, o->db, DB_LOOK);
    struct trail_head kept, head;
    struct trail_entry one;
    int64_t at;
    db_begin_read(db);
    bool is_empty = trail_read(db, &(struct trail_asked){ 0 }, &one, 1) == 0;
    if (!open_trail(life, command_keys_folder(life, o))) {
        db_commit(db);
        db_close(db);
        bool was_noted = access(arena_format(life, "%s/trail-head", o->var).p, F_OK) == 0;
        if (is_empty && !was_noted) put_lit(lines, "trail: empty\n");
        else
            put_lit(lines, "trail: cannot be checked: trail.secret is not in the folder of keys\n");
        return is_empty && !was_noted;
    }
    enum trail_head_answer noted = trail_head_read(life, str_of(o->var), &kept);
    enum trail_state state = trail_check(db, noted == TRAIL_HEAD_YES ? &kept : NULL, &head, &at);
    db_commit(db);
    db_close(db);
    say_state(state, at, lines);
    if (noted == TRAIL_HEAD_DAMAGED)
        put_lit(lines, "trail: the head file was not written by this program with this key\n");
    if (noted == TRAIL_HEAD_NONE)
        put_lit(lines, "trail: there is no head file yet; the server writes one every hour\n");
    if (state == TRAIL_WHOLE && head.number) put_head(lines, &head);
    return state == TRAIL_WHOLE && noted != TRAIL_HEAD_DAMAGED;
}

void caretaker_note_trail(struct arena *life, struct db *db, str keys_folder, str folder)
{
    static bool is_open;
    static int64_t done; /* the hour it was noted last */
    int64_t hour = clock_now() / (DAY_MS / 24);
    if (done == hour) return;
    done = hour;
    if (!is_open) is_open = open_trail(life, keys_folder);
    if (!is_open) return; /* nobody has signed in yet */
    if (!trail_head_keep(db, folder))
        log_line(LOG_BAD, "the trail is not the one that was noted: run `blueheart check`");
}
