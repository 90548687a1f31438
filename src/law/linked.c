/* What an instrument is, in schema.org's terms. */
#include "web/linked.h"

#include "law/law.h"
#include "law/pages.h"

/* The first value of a property; empty if nobody said. */
static str first_of(const struct claim *all, size_t n, const char *property)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&all[i], "property"), str_of(property)))
            return claim_cell(&all[i], "value");
    return S("");
}

str law_linked(struct req *rq, str instrument)
{
    struct claim *all;
    size_t n = law_instrument_of(rq->db, instrument, rq->when, &all);
    str name = first_of(all, n, "name");
    return linked_law(rq, (struct linked_law){ .name = name.n ? name : instrument,
                                               .number = instrument,
                                               .kind = first_of(all, n, "type"),
                                               .adopted = first_of(all, n, "adopted") });
}
