/* The addresses of who. */
#include "who/bodies.html.h"
#include "who/body.html.h"
#include "who/inside.h"
#include "who/pages.h"
#include "who/programme.html.h"
#include "who/programmes.html.h"

static const struct route routes[] = {
    { GET, UNDER_LANG, "/who", ANYONE, who_page_all,
      "Who does what against trafficking, and how a person is referred to help.", &who_bodies_view,
      NULL },
    { GET, UNDER_LANG, "/who/:slug", ANYONE, who_page_body,
      "One body: mandate, what it does, who held its office from when to when.", &who_body_view,
      NULL },
    { GET, UNDER_LANG, "/programmes", ANYONE, who_page_programmes,
      "What bodies do together: every programme.", &who_programmes_view, NULL },
    { GET, UNDER_LANG, "/programmes/:slug", ANYONE, who_page_programme,
      "One programme with its phases, states and budget, as sources differ.", &who_programme_view,
      NULL },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &who_bodies, &who_offices, &who_programmes,
                                                  NULL };

const struct room who_room = {
    .name = "who",
    .purpose = "who does what: bodies, those who held their offices, programmes",
    .routes = routes,
    .kinds = kinds,
    .documents = who_documents,
};
