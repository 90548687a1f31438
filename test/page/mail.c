#include "test/page/mail.h"

#include "base/breakage.h"
#include "send/place.h"
#include "test/unit/letters.h"

#include <stdio.h>
#include <stdlib.h>

static char folder[] = "/tmp/blueheart-keys-XXXXXX";
static struct db *db;

void mails_open(struct arena *life, str db_url)
{
    if (!mkdtemp(folder)) broken("no temporary folder");
    send_place(str_of(folder), true);
    db = db_open(life, db_url, DB_SERVE);
}

void mails_close(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    (void)!system(command);
}

str mail_waiting(struct arena *a, str address)
{
    struct letter l;
    db_use_arena(db, a);
    db_begin_read(db);
    bool is_there = letter_waiting(db, a, address, &l);
    db_commit(db);
    if (!is_there) return S("");
    return ARENA_JOIN(a, l.subject, S("\n\n"), letter_plain(a, lang_find(l.lang), &l));
}
