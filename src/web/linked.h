/* web/linked.h - what a page is about, in schema.org's terms, for machines that read pages.
 *
 * Each function gives one object of JSON-LD for `head.linked`; the head puts it beside the page's place on the site.
 * Only what is true here: a property that is not known is left out. The terms are checked by test/e2e/machine.mjs.
 * Needs: web.    Never: a rating, a person, a word that the page itself does not show. */
#ifndef WEB_LINKED_H
#define WEB_LINKED_H

#include "web/web.h"

/* The site itself, and how to search it; for its first page. */
str linked_site(struct req *rq, str description);

/* A table that stands on the page and can be taken away. */
struct linked_dataset {
    str name, description;
    str csv;      /* "/data/tiers.csv" */
    str covers;   /* "2001/2025"; empty: not said */
    str based_on; /* address of the work it was taken from; empty: many, the table names them */
};
str linked_dataset(struct req *rq, struct linked_dataset d);

struct linked_article {
    str headline, summary, published, written_in;
};
str linked_article(struct req *rq, struct linked_article a);

struct linked_course {
    str name, description, written_in;
    int minutes;
};
str linked_course(struct req *rq, struct linked_course c);

/* A treaty or a statute. */
struct linked_law {
    str name, number; /* how it is called here: "TIP-PROTOCOL" */
    str kind;         /* "Protocol"; empty: not said */
    str adopted;      /* a day, or as much of it as is known */
};
str linked_law(struct req *rq, struct linked_law l);

/* A body: who does what. is_public: of a state or of states. */
struct linked_body {
    str name, description, site;
    bool is_public;
};
str linked_body(struct req *rq, struct linked_body b);

#endif
