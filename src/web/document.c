#include "web/document.h"

#include "base/limits.h"
#include "web/asset.h"

str web_document(struct arena *a, const struct lang *l, str title, html body)
{
    struct sink out;
    str style = asset_style_sheet();
    sink_open(&out, a,
              DOCUMENT_MAX + KIB(16) + style.n); /* the frame, and a title that is a file's name */
    put_lit(&out, "<!doctype html>\n<html lang=\"");
    html_text(&out, lang_code(l));
    put(&out, lang_is_rtl(l) ? S("\" dir=\"rtl\">") : S("\" dir=\"ltr\">"));
    put_lit(&out, "<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                  "content=\"width=device-width, initial-scale=1\">"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'unsafe-inline'\"><title>");
    html_text(&out, title);
    put_lit(&out, "</title><style>");
    put(&out, style);
    /* What is not known is hatched, as on the site. */
    put_lit(&out, "</style></head>\n<body><svg class=\"patterns\" aria-hidden=\"true\"><defs>"
                  "<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                  "patternTransform=\"rotate(45)\"><rect class=\"hatch-a\" width=\"6\" "
                  "height=\"6\"/><rect class=\"hatch-b\" width=\"2\" height=\"6\"/></pattern>"
                  "</defs></svg><main><div class=\"wrap\"><h1>");
    html_text(&out, title);
    put_lit(&out, "</h1>");
    put(&out, body.markup);
    put_lit(&out, "</div></main></body></html>\n");
    return sink_str(&out);
}
