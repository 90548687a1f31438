/* A report as a file of its own. */
#include "study/report.h"

#include "base/limits.h"
#include "web/document.h"

str study_report_document(struct arena *a, const struct lang *l, const struct study_result *r,
                          str title)
{
    struct study_report view;
    struct sink body;
    const struct show show = { .lang = l };
    study_report_fill(a, l, r, &view);
    sink_open(&body, a, DOCUMENT_MAX);
    study_report_html(&body, &show, &view);
    return web_document(a, l, title, (html){ sink_str(&body) });
}
