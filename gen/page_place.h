/* gen/page_place.h - in which place of HTML does the next byte stand?
 *
 * A small part of the HTML tokenizer, fed with a template's literal text. It also makes that text smaller:
 * comments go, runs of space become one, and none stays where a browser shows none.
 * Needs: gen/text.    Never: guess; what it does not know it refuses. */
#ifndef GEN_PAGE_PLACE_H
#define GEN_PAGE_PLACE_H

#include "page.h"

enum at {
    AT_TEXT,   /* between tags */
    AT_RCDATA, /* in <title> or <textarea>: text, but no tags */
    AT_RAW,    /* in <script>, <style> and their like: nothing can be escaped here */
    AT_COMMENT,
    AT_DECLARATION, /* <!doctype html> */
    AT_TAG_NAME,
    AT_TAG,    /* in a tag, after a space */
    AT_EDGE,   /* in a tag, where a space or the end must follow */
    AT_NAME,   /* in an attribute's name */
    AT_EQUALS, /* after = */
    AT_VALUE,  /* in a quoted value */
    AT_UNQUOTED,
};

struct at_html {
    enum at at;
    char quote;
    enum { PLAIN_VALUE, URL_VALUE, REFUSED_VALUE } value;
    enum { URL_BEGINS, URL_GOES_ON, URL_UNSURE } url;
    char tag[24], name[32], raw[24]; /* small letters, cut */
    bool is_end_tag, is_refresh;     /* <meta http-equiv> */
    bool eats_space; /* space here would not be seen: a block's edge or other space came before */
    int pre;         /* in <pre>, space is kept */
    char space;      /* waiting: 0, ' ' or '\n' */
};

/* Feeds `literal`, which stands at offset `at` of s, and writes what stays of it. */
void html_feed(struct at_html *h, struct sink *out, const struct source *s, size_t at, str literal);
void html_flush(struct at_html *h,
                struct sink *out); /* the literal ends: writes a space still waiting */

bool html_is_in_tag(const struct at_html *h);
/* a template tag stands here: what was being read in a tag ends */
void html_mark(struct at_html *h);

/* The place of a value, or an error if none may stand here. */
enum place html_place(const struct at_html *h, const struct source *s, size_t at);
void html_after_value(struct at_html *h);

/* A section began in `start` and ended in `end`: the state after it, whether it ran or not. False if they differ. */
bool html_join(const struct at_html *start, const struct at_html *end, struct at_html *after);
const char *html_words(const struct at_html *h); /* "in a tag" */

#endif
