/* The addresses of learn. */
#include "learn/learn.h"
#include "learn/pages.h"

static const struct route routes[] = {
    { GET, UNDER_LANG, "/the-crime", ANYONE, learn_crime,
      "What trafficking in persons is, with the definition to try.", &learn_crime_view,
      "act means purpose age" },
    { GET, UNDER_LANG, "/learn", ANYONE, learn_signs,
      "Signs of trafficking by the published lists; what to do and what not.", &learn_signs_view,
      "person" },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &learn_indicators, &learn_rules, NULL };

const struct room learn_room = {
    .name = "learn",
    .purpose = "what the crime is, its signs, and what to do",
    .routes = routes,
    .kinds = kinds,
    .documents = learn_documents,
};
