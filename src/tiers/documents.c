/* Each year's assessments, as search finds them. */
#include "search/search.h"
#include "tiers/pages.h"

#include "base/day.h"

static str said_with_year(struct arena *a, const struct lang *l, struct phrase p, int64_t year)
{
    struct sink out;
    sink_open(&out, a, KIB(4));
    struct lang_arg arg = { .name = "year", .kind = ARG_YEAR, .number = year };
    lang_message(&out, l, p, NO_PLURAL, &arg, 1, put);
    return sink_str(&out);
}

void tiers_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct claim *rows;
    struct arena *a = db_arena(db);
    bool is_seen[200] = { false };
    size_t n = claim_read(db, &tiers_placements, CLAIM_ALL, CLAIM_NOW, &rows);
    int year_at = claim_column_of(&tiers_placements, "year");
    (void)now;
    for (size_t i = 0; i < n; i++) {
        int64_t year = day_year(rows[i].cell[year_at]);
        if (year < 1900 || year >= 2100 || is_seen[year - 1900]) continue;
        is_seen[year - 1900] = true;
        search_add(into, (struct search_doc){
                             .part = SEARCH_LAW,
                             .path = arena_format(a, "/tiers/%d", (int)year),
                             .title = said_with_year(a, l, PHRASE("Tiers of {year}"), year),
                             .body = arena_format(a, "%d TIP Report", (int)year),
                             .written_in = l,
                         });
    }
}
