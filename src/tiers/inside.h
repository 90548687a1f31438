/* tiers/inside.h - what the pages of tiers share with each other and with nobody else.
 *
 * Needs: tiers, web.    Never: be included from outside this folder. */
#ifndef TIERS_INSIDE_H
#define TIERS_INSIDE_H

#include "tiers/report.html.h"
#include "tiers/tiers.h"
#include "web/web.h"

/* Who moved up or down since the year before, and what the downgrade rule said of this year. */
void tiers_fill_moves(struct req *rq, int64_t year, struct tiers_report *v);

page_fn tiers_page_watch;

#endif
