/* One edition at the desk: the second person's page, and what can be done with it afterwards. */
#include "study/edition.html.h"
#include "study/inside.h"
#include "study/shown.html.h"

#include "operator/operator.h"
#include "people/people.h"

static bool asked(struct req *rq, struct study_edition *e)
{
    id which;
    if (in_path_id(rq, "edition", &which) && study_edition_get(rq->db, which, e)) return true;
    not_found(rq, PHRASE("There is no such edition. It may have been taken back."), S(""));
    return false;
}

static void fill_deeds(struct req *rq, const struct study_edition *e, struct study_edition_ *v);
