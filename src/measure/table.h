/* measure/table.h - all figures in memory, compact: a page runs through them instead of asking for each.
 *
 * Every record is here, also those no longer made, so that any day and any past knowledge is answered without
 * reading again. Read anew when something of the room was written.
 * Needs: claim.    Never: included outside src/measure. */
#ifndef MEASURE_TABLE_H
#define MEASURE_TABLE_H

#include "measure/measure.h"

/* A cell that is a word stands as its number in `word`; 0 is the empty one. */
struct measure_row {
    uint32_t level, state, area, years, metric, category, sex, age, value_text, unit, as_of, source,
        on_day;
    int16_t year; /* the last year of a span, 0 if there is none */
    bool is_suppressed, has_value;
    double value;
    ms recorded_at, retracted_at;
    str id;
};

struct measure_table {
    const struct measure_row *row;
    size_t n;
};

/* As one page sees them: taken once at its beginning. */
struct measure_tables {
    struct measure_table totals, detail;
    const str *word;
    const str *meant; /* by word: the state that a citizenship or repatriation names, else empty */
    size_t words_n;
};
const struct measure_tables *measure_tables(struct db *db);

#define NO_WORD UINT32_MAX
uint32_t table_word(const struct measure_tables *t, str s); /* NO_WORD if no row has it */
str table_text(const struct measure_tables *t, uint32_t word);
bool table_holds(const struct measure_tables *t, const struct measure_row *r,
                 struct claim_when when);

#endif
