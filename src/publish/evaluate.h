/* publish/evaluate.h - what published records or tables are good for, and what they give away.
 *
 * Beside the errors of compare.h, for synthetic records: how many columns differ to the nearest real record (0 is a
 * copy), against how near real people are to each other; and whether somebody who knows all but one column of a person
 * learns that one from the nearest synthetic records better than from those of a holdout (or, without one, from the
 * other half of the real ones).
 * Needs: sample, compare.    Never: the name or the values of a record. */
#ifndef PUBLISH_EVALUATE_H
#define PUBLISH_EVALUATE_H

#include "publish/compare.h"

struct nearness {
    uint64_t looked;    /* records of which the nearest was looked for */
    double exact, mean; /* share with a copy; mean number of differing columns */
    uint32_t p5, median, p95;
};

struct guesses { /* of one column, by those who know the others */
    uint64_t looked;
    double from_shown, from_others, from_commonest; /* share guessed right */
};

struct evaluation {
    size_t length;
    uint32_t k;
    uint64_t real_rows, shown_rows;
    struct comparison by_length[PUBLISH_LENGTH_MAX + 1];
    bool has_records, has_holdout;
    struct nearness shown_to_real, others_to_real; /* others: the holdout, or the other half */
    struct guesses *by_column;
};

/* All three have the same attributes (sample_align). `holdout` may be NULL. */
void disclose(struct arena *a, const struct sample *real, const struct sample *shown,
              const struct sample *holdout, struct evaluation *out);

void evaluation_json(struct sink *out, const struct attributes *all, const struct evaluation *e);
void evaluation_text(struct sink *out, const struct attributes *all, const struct evaluation *e);

#endif
