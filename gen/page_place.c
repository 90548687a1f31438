#include "page_place.h"

#include <strings.h>

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c)
{
    return small(c) >= 'a' && small(c) <= 'z';
}

static bool is_one_of(const char *word, const char *list)
{
    size_t n = strlen(word);
    for (const char *p = list; n && (p = strstr(p, word)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == 0)) return true;
    return false;
}

/* Space beside these is never shown. SVG's shapes count too; its text and tspan do not. */
static bool is_block(const char *tag)
{
    return is_one_of(
        tag, "html head body meta title link script style base template header footer main nav "
             "section article "
             "aside div p h1 h2 h3 h4 h5 h6 hgroup search ul ol li dl dt dd table thead tbody "
             "tfoot tr td th "
             "caption col colgroup figure figcaption form fieldset legend option optgroup "
             "datalist blockquote "
             "pre hr br details summary dialog address svg g path rect circle line polyline "
             "polygon ellipse "
             "defs use pattern symbol lineargradient stop clippath desc noscript");
}

static void push(char *word, size_t room, char c)
{
    size_t n = strlen(word);
    if (n + 1 < room) {
        word[n] = small(c);
        word[n + 1] = 0;
    }
}

static void classify(struct at_html *h)
{
    h->value = PLAIN_VALUE;
    h->url = URL_BEGINS;
    if (is_one_of(h->name,
                  "href src action formaction cite data poster xlink:href manifest background"))
        h->value = URL_VALUE;
    if (strncmp(h->name, "on", 2) == 0 ||
        is_one_of(h->name, "style srcdoc srcset imagesrcset ping http-equiv"))
        h->value = REFUSED_VALUE;
    if (is_one_of(h->tag, "set animate animatetransform animatemotion script style"))
        h->value = REFUSED_VALUE;
    if (strcmp(h->name, "http-equiv") == 0) h->is_refresh = true;
    if (h->is_refresh && strcmp(h->name, "content") == 0) h->value = REFUSED_VALUE;
}

void html_flush(struct at_html *h, struct sink *out)
{
    if (h->space && !(h->at == AT_TEXT && h->eats_space)) {
        put_char(out, h->space);
        h->eats_space = h->at == AT_TEXT;
    }
    h->space = 0;
}

static void close_tag(struct at_html *h)
{
    h->at = AT_TEXT;
    h->eats_space = is_block(h->tag);
    bool keeps = is_one_of(h->tag, "pre textarea");
    if (keeps) h->pre += h->is_end_tag ? -1 : 1;
    if (h->pre < 0) h->pre = 0;
    if (h->is_end_tag) return;
    memcpy(h->raw, h->tag, sizeof h->raw);
    if (is_one_of(h->tag, "script style xmp iframe noembed noframes plaintext")) h->at = AT_RAW;
    if (is_one_of(h->tag, "title textarea")) h->at = AT_RCDATA;
}

/* "<" of text: what begins here? Gives how many bytes were taken. */
static size_t open_tag(struct at_html *h, struct sink *out, const struct source *s, size_t at,
                       str rest)
{
    if (str_starts(rest, S("<!--"))) {
        h->at = AT_COMMENT;
        return 4;
    }
    if (str_starts(rest, S("<!"))) {
        html_flush(h, out);
        put_lit(out, "<!");
        h->at = AT_DECLARATION;
        return 2;
    }
    bool is_end = str_starts(rest, S("</"));
    size_t from = is_end ? 2 : 1;
    if (from >= rest.n || !is_letter(rest.p[from]))
        text_fail(s, at, "a lone \"<\"; write &lt;, or begin a tag with its name");

    h->tag[0] = 0;
    for (size_t i = from;
         i < rest.n && !is_white(rest.p[i]) && rest.p[i] != '>' && rest.p[i] != '/'; i++)
        push(h->tag, sizeof h->tag, rest.p[i]);
    if (h->pre == 0 && is_block(h->tag)) h->space = 0;
    html_flush(h, out);
    put(out, str_cut(rest, from));
    h->at = AT_TAG_NAME;
    h->is_end_tag = is_end;
    h->is_refresh = false;
    h->tag[0] = 0;
    return from;
}

static size_t feed_tag(struct at_html *h, struct sink *out, const struct source *s, size_t at,
                       str rest)
{
    char c = rest.p[0];
    if (h->at == AT_EQUALS) {
        if (is_white(c)) return 1;
        h->at = c == '"' || c == '\'' ? AT_VALUE : AT_UNQUOTED;
        h->quote = c;
        classify(h);
        put_char(out, c);
        return 1;
    }
    if (is_white(c)) {
        h->space = ' ';
        h->at = AT_TAG;
        return 1;
    }
    if (c == '>') {
        h->space = 0;
        put_char(out, c);
        close_tag(h);
        return 1;
    }
    if (c == '<') text_fail(s, at, "\"<\" inside a tag; is a \">\" missing before it?");
    html_flush(h, out);
    if (c == '=') {
        if (h->at != AT_NAME) text_fail(s, at, "\"=\" without an attribute's name before it");
        h->at = AT_EQUALS;
    } else if (c == '/') {
        h->at = AT_TAG;
    } else if (h->at == AT_TAG_NAME) {
        push(h->tag, sizeof h->tag, c);
    } else if (h->at == AT_NAME) {
        push(h->name, sizeof h->name, c);
    } else if (h->at == AT_EDGE) {
        text_fail(s, at,
                  "put a space before this: the section may leave an attribute's name or value "
                  "right before "
                  "it");
    } else {
        h->at = AT_NAME;
        h->name[0] = 0;
        push(h->name, sizeof h->name, c);
    }
    put_char(out, c);
    return 1;
}

static size_t feed_value(struct at_html *h, struct sink *out, const struct source *s, size_t at,
                         str rest)
{
    char c = rest.p[0];
    if (h->at == AT_UNQUOTED && (is_white(c) || c == '>')) {
        h->at = AT_TAG;
        return 0;
    }
    if (h->at == AT_VALUE && c == h->quote) {
        h->at = AT_EDGE;
        put_char(out, c);
        return 1;
    }
    if (h->value == URL_VALUE) {
        static const char *const bad[] = { "javascript:", "data:", "vbscript:" };
        for (size_t i = 0; i < COUNT_OF(bad); i++)
            if (h->url != URL_GOES_ON && rest.n >= strlen(bad[i]) &&
                strncasecmp(rest.p, bad[i], strlen(bad[i])) == 0)
                text_fail(s, at, "an address must not begin with %s", bad[i]);
        h->url = URL_GOES_ON;
    }
    put_char(out, c);
    return 1;
}

static size_t feed_raw(struct at_html *h, struct sink *out, str rest)
{
    size_t n = strlen(h->raw);
    if (str_starts(rest, S("</")) && rest.n >= n + 2 && strncasecmp(rest.p + 2, h->raw, n) == 0) {
        if (h->at == AT_RCDATA && !h->pre) h->space = 0;
        html_flush(h, out);
        put_lit(out, "</");
        h->at = AT_TAG_NAME;
        h->is_end_tag = true;
        h->tag[0] = 0;
        return 2;
    }
    put_char(out, rest.p[0]);
    return 1;
}

static size_t feed_text(struct at_html *h, struct sink *out, const struct source *s, size_t at,
                        str rest)
{
    char c = rest.p[0];
    if (c == '<') return open_tag(h, out, s, at, rest);
    if (is_white(c) && !h->pre) {
        if (h->space != '\n') h->space = c == '\n' ? '\n' : ' ';
        return 1;
    }
    html_flush(h, out);
    h->eats_space = false;
    put_char(out, c);
    return 1;
}

void html_feed(struct at_html *h, struct sink *out, const struct source *s, size_t at, str literal)
{
    for (size_t i = 0; i < literal.n;) {
        str rest = str_from(literal, i);
        switch (h->at) {
        case AT_TEXT: i += feed_text(h, out, s, at + i, rest); break;
        case AT_RCDATA:
        case AT_RAW: i += feed_raw(h, out, rest); break;
        case AT_VALUE:
        case AT_UNQUOTED: i += feed_value(h, out, s, at + i, rest); break;
        case AT_COMMENT:
            if (str_starts(rest, S("-->"))) {
                h->at = AT_TEXT;
                i += 2;
            }
            i++;
            break;
        case AT_DECLARATION:
            put_char(out, rest.p[0]);
            if (rest.p[0] == '>') {
                h->at = AT_TEXT;
                h->eats_space = true;
            }
            i++;
            break;
        case AT_TAG_NAME:
        case AT_TAG:
        case AT_EDGE:
        case AT_NAME:
        case AT_EQUALS: i += feed_tag(h, out, s, at + i, rest); break;
        }
    }
}

bool html_is_in_tag(const struct at_html *h)
{
    return h->at == AT_TAG_NAME || h->at == AT_TAG || h->at == AT_EDGE || h->at == AT_NAME;
}

void html_mark(struct at_html *h)
{
    if (h->at == AT_TAG_NAME || h->at == AT_NAME) h->at = AT_EDGE;
}
