/* test/page/paid.h - the price of a form in page tests: `keep paid = work TOKEN.PRICE` finds the number a browser would, and
 * `crowd follow 2000` lets so many such forms have come in this minute.
 *
 * Needs: web (price's rows), libcrypto.    Never: used outside tests. */
#ifndef TEST_PAGE_PAID_H
#define TEST_PAGE_PAID_H

#include "store/db.h"

str paid_work(struct arena *a, str asked);
void paid_crowd(struct arena *a, struct db *db, str form_and_number);

#endif
