/* Where values may stand, and whether a section ends where it began. */
#include "page_place.h"

const char *html_words(const struct at_html *h)
{
    switch (h->at) {
    case AT_TEXT: return h->pre ? "in the text of a <pre>" : "in text";
    case AT_RCDATA: return "in a title or text area";
    case AT_RAW: return "in a script or style";
    case AT_COMMENT: return "in a comment";
    case AT_DECLARATION: return "in a declaration";
    case AT_TAG_NAME:
    case AT_TAG:
    case AT_EDGE:
    case AT_NAME: return "inside a tag";
    case AT_EQUALS:
    case AT_UNQUOTED: return "in a value without quotes";
    case AT_VALUE: return "in an attribute's value";
    }
    return "nowhere";
}

enum place html_place(const struct at_html *h, const struct source *s, size_t at)
{
    switch (h->at) {
    case AT_TEXT: return IN_TEXT;
    case AT_RCDATA: return IN_RCDATA;
    case AT_RAW:
        text_fail(s, at,
                  "nothing can be escaped inside <%s>; put the value into an attribute (data-...) "
                  "instead",
                  h->raw);
    case AT_COMMENT:
        text_fail(s, at, "inside an HTML comment, which is left out of the page; use {{! ... }}");
    case AT_DECLARATION: text_fail(s, at, "a declaration takes no values");
    case AT_TAG_NAME:
    case AT_TAG:
    case AT_EDGE:
    case AT_NAME:
        text_fail(s, at,
                  "a value cannot be a tag's or an attribute's name; write name=\"{{...}}\"");
    case AT_EQUALS:
    case AT_UNQUOTED:
        text_fail(s, at, "put quotes around the attribute's value: %s=\"{{...}}\"", h->name);
    case AT_VALUE:
        if (h->value == REFUSED_VALUE)
            text_fail(
                s, at,
                "%s=\"...\" of <%s> takes no values: nothing is safe there; use a class or a data- "
                "attribute",
                h->name, h->tag);
        if (h->value != URL_VALUE) return IN_ATTRIBUTE;
        if (h->url == URL_UNSURE)
            text_fail(s, at,
                      "it is not sure what this address begins with; use "
                      "{{#x}}...{{/}}{{^x}}...{{/}} with "
                      "nothing between");
        return h->url == URL_BEGINS ? BEGINS_URL : WITHIN_URL;
    }
    return IN_TEXT;
}

void html_after_value(struct at_html *h)
{
    h->eats_space = false;
    if (h->at == AT_VALUE && h->value == URL_VALUE) h->url = URL_GOES_ON;
}

bool html_join(const struct at_html *start, const struct at_html *end, struct at_html *after)
{
    *after = *end;
    after->eats_space = start->eats_space && end->eats_space;
    if (html_is_in_tag(start)) {
        after->at = start->at == AT_TAG && end->at == AT_TAG ? AT_TAG : AT_EDGE;
        return html_is_in_tag(end) && strcmp(start->tag, end->tag) == 0 &&
               start->is_end_tag == end->is_end_tag;
    }
    if (start->at != end->at || start->pre != end->pre) return false;
    if (start->at == AT_VALUE) {
        if (start->url != end->url) after->url = URL_UNSURE;
        return start->quote == end->quote && strcmp(start->name, end->name) == 0 &&
               strcmp(start->tag, end->tag) == 0;
    }
    if (start->at == AT_RCDATA || start->at == AT_RAW) return strcmp(start->raw, end->raw) == 0;
    return true;
}
