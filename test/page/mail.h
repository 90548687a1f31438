/* test/page/mail.h - what pages queued to be sent, for scripts: `mail ADDRESS "words"`. */
#ifndef TEST_PAGE_MAIL_H
#define TEST_PAGE_MAIL_H

#include "base/arena.h"

void mails_open(struct arena *life, str db_url); /* keys of its own, in a temporary folder */
void mails_close(void);
/* The newest waiting mail to an address as plain text, with its subject as first line; empty if there is none. */
str mail_waiting(struct arena *a, str address);

#endif
