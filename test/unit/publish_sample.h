/* test/unit/publish_sample.h - 5000 invented records with columns like CTDC's, made anew by a linear congruential
 * generator, so that nothing has to be carried; the same as the reference's sds_ctdc_like_5k.csv. */
#ifndef TEST_UNIT_PUBLISH_SAMPLE_H
#define TEST_UNIT_PUBLISH_SAMPLE_H

#include "publish/publish.h"

/* Writes a CSV file of `n` records; path is in the test's own folder. */
const char *invented_records(struct arena *a, size_t n, uint64_t seed);
void invented_put(struct sink *out, size_t n, uint64_t seed);
/* Writes any text into a file of the test's own and gives its path. */
const char *text_file(struct arena *a, const char *name, str text);
/* A schema that declares what the invented records can have. */
str invented_schema(struct arena *a, const struct sample *s);

#endif
