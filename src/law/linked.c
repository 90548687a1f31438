/* What an instrument is, in schema.org's terms. */
#include "web/linked.h"

#include "law/law.h"
#include "law/pages.h"

str law_linked(struct req *rq, str instrument)
{
    struct claim *all;
    size_t n = law_instrument_of(rq->db, instrument, rq->when, &all);
    str name = claim_value(all, n, "name");
    return linked_law(rq, (struct linked_law){ .name = name.n ? name : instrument,
                                               .number = instrument,
                                               .kind = claim_value(all, n, "type"),
                                               .adopted = claim_value(all, n, "adopted") });
}
