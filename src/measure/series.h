/* measure/series.h - one series of figures: what it counts, and its years for a state, a region or everyone.
 *
 * Cells that the source keeps back make a sum an interval; categories are never added up.
 * Needs: table.    Never: included outside src/measure. */
#ifndef MEASURE_SERIES_H
#define MEASURE_SERIES_H

#include "measure/table.h"

/* What we say of a metric, beside its figures. */
struct measure_about {
    const char *code, *slug;
    struct phrase label, counts, is_not;
    bool is_chosen_from; /* by state, sex and so on; else its few figures are listed */
    bool has_forms, has_sexes;
};
extern const struct measure_about measure_abouts[];     /* ended by one without a code */
const struct measure_about *measure_about_of(str slug); /* NULL if there is none */

extern const struct word measure_sexes[], measure_ages[], measure_forms[], measure_units[];
/* What stands in the tables for a choice in an address: "female" -> "Female". NULL if nobody offers it. */
const char *measure_sex_cell(str choice), *measure_age_cell(str choice, str sex),
    *measure_form_cell(str choice);

enum measure_place_kind { PLACE_WORLD, PLACE_REGION, PLACE_STATE, PLACE_AREA };
struct measure_choice {
    const struct measure_about *about;
    enum measure_place_kind kind;
    str place;                    /* iso3, M49, or the area's name */
    const char *sex, *age, *form; /* cells of the tables */
};

/* One answer of one source. */
struct measure_said {
    double low, high; /* alike but where the source keeps a small count back */
    bool is_kept_back;
    const struct measure_row *row;
};
#define SAID_MAX 4 /* of one year and state, drawn; every one beyond is in the table of the claim */

/* A year of a series: what is said of a state, or the sum over states as an interval. */
struct measure_year {
    int64_t year;
    struct measure_said said[SAID_MAX];
    int said_n;
    double low, high;
    int64_t states, kept_back,
        differing; /* that reported; whose cell was kept back; with two answers */
};

#define MEASURE_FIRST_YEAR 2003
#define MEASURE_YEARS_MAX  64

struct measure_span {
    struct measure_year year[MEASURE_YEARS_MAX];
    int n; /* without gaps from the first to the last year that says something; 0: nothing */
};
void measure_read(struct arena *a, const struct measure_tables *t, const struct measure_choice *c,
                  struct claim_when when, struct measure_span *out);
/* What is chosen, as words of the table: a row is held against it number by number. */
struct measure_key {
    uint32_t metric, sex, age, form;
    bool is_whole; /* of all forms, sexes and ages: those stand among the totals */
};
struct measure_key measure_key_of(const struct measure_tables *t, const struct measure_choice *c);
bool measure_is_part(str category); /* a form, a citizenship, a repatriation: not the whole */

#endif
