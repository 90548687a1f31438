/* Measure has no pages yet: its series are shown in the country profiles. */
#include "measure/pages.h"

static const struct claim_kind *const kinds[] = { &measure_statistics, &measure_detail, &measure_population, NULL };

const struct room measure_room = { "measure", "numbers: what authorities detected and published",
                                   NULL,      kinds,
                                   NULL,      NULL };
