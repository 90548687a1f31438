/* draw/parts.h - what every chart is made of: the frame, a block, a year below, a line of the scale.
 *
 * Places are whole units of the picture's own grid. Time runs from left to right in every script, as axes do in
 * print; digits are the reader's.
 * Needs: draw.h, base.    Never: included outside src/draw; a colour. */
#ifndef DRAW_PARTS_H
#define DRAW_PARTS_H

#include "base/limits.h"
#include "draw/draw.h"

#define CHART_WIDTH 740 /* of a chart that may take the whole column */

/* The picture, with `label` for who does not see it; part_end gives it whole. */
void part_begin(struct sink *out, struct arena *a, size_t most_bytes, int width, int height,
                str label);
html part_end(struct sink *out);

void part_block(struct sink *out, const char *class, int x, int y, int width, int height,
                int round);
void part_year(struct sink *out, const struct lang *l, int x, int y, int64_t year);
/* A rule from `left` to `right` with its number before it. */
void part_scale(struct sink *out, const struct lang *l, int left, int right, int y, int64_t number);

#endif
