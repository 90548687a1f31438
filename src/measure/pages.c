/* The pages of measure: every series, one series, citizenships; the work is in the files they are named after. */
#include "measure/pages.h"

#include "measure/chosen.html.h"
#include "measure/flows.html.h"
#include "measure/numbers.html.h"
#include "measure/parts.h"

static const struct route routes[] = {
    { GET, UNDER_LANG, "/numbers", ANYONE, measure_numbers_page,
      "Every series of figures: what it counts, what it does not say, its source.",
      &measure_numbers_view, NULL },
    { GET, UNDER_LANG, "/numbers/flows", ANYONE, measure_flows_page,
      "Of which states detected victims were citizens, and who detected them.", &measure_flows_view,
      "state year" },
    { GET, UNDER_LANG, "/numbers/:series", ANYONE, measure_series_page,
      "One series for a place, sex, age and form: chart, table, rate.", &measure_chosen_view,
      "place sex age form" },
    { GET, AT_ROOT, "/data/numbers/:file", ANYONE, measure_download,
      "One series as CSV, or with HXL tags as SERIES.hxl.csv.", NULL,
      "place sex age form on known" },
    { 0 },
};

static const struct gives gives[] = {
    { "/numbers/:series", NULL, "/numbers/detected-victims" },
    { "/data/numbers/:file", "text/csv", "/data/numbers/detected-victims.csv" },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &measure_statistics, &measure_detail,
                                                  &measure_population, NULL };

const struct room measure_room = {
    .name = "measure",
    .purpose = "numbers: what authorities detected and published",
    .routes = routes,
    .gives = gives,
    .kinds = kinds,
    .documents = measure_documents,
};
