/* A report as a file of its own: nothing is fetched, nothing runs. */
#include "study/report.h"

#include "web/asset.h"

#define DOCUMENT_MAX MIB(2)

str study_report_document(struct arena *a, const struct lang *l, const struct study_result *r,
                          str title)
{
    struct study_report view;
    struct sink out;
    const struct show show = { .lang = l };
    study_report_fill(a, l, r, &view);
    sink_open(&out, a, DOCUMENT_MAX);
    put_lit(&out, "<!doctype html>\n<html lang=\"");
    html_text(&out, lang_code(l));
    put(&out, lang_is_rtl(l) ? S("\" dir=\"rtl\">") : S("\" dir=\"ltr\">"));
    put_lit(&out, "<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                  "content=\"width=device-width, initial-scale=1\">"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'unsafe-inline'\"><title>");
    html_text(&out, title);
    put_lit(&out, "</title><style>");
    put(&out, asset_style_sheet());
    put_lit(&out, "</style></head>\n<body><main><div class=\"wrap\"><h1>");
    html_text(&out, title);
    put_lit(&out, "</h1>");
    study_report_html(&out, &show, &view);
    put_lit(&out, "</div></main></body></html>\n");
    return sink_str(&out);
}
