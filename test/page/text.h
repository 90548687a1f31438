/* test/page/text.h - what a reader sees of a page: tags gone, entities read, spaces joined. */
#ifndef TEST_PAGE_TEXT_H
#define TEST_PAGE_TEXT_H

#include "base/sink.h"

str text_of(struct arena *a, str html);

#endif
