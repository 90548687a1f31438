/* test/gen-page/html.h - a tiny HTML tokenizer for tests: the structure of a page, and what a reader would get.
 *
 * Written from the HTML standard's tokenizer, on purpose without the generator's own code. */
#ifndef TEST_HTML_H
#define TEST_HTML_H

#include "base/sink.h"

/* Tags and attribute names in order, without any text or value: "<p class><a href></a></p>". */
str html_shape(struct arena *a, str page);

/* Every href, src and action with character references decoded, each ended by NUL. */
str html_links(struct arena *a, str page);

/* All text between tags and all attribute values, with character references decoded. */
str html_words_of(struct arena *a, str page);

#endif
