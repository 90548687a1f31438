/* Every page in every language, each naming the others, for search engines. */
#include "base/limits.h"
#include "campaign/pages.h"
#include "search/search.h"

static void one_page(struct sink *out, str origin, const struct lang *l, str path)
{
    put_lit(out, "<url><loc>");
    html_text(out, origin);
    put_char(out, '/');
    put(out, lang_code(l));
    html_text(out, path);
    put_lit(out, "</loc>");
    bool names_others = out->n < SITEMAP_NAMED_BYTES;
    for (size_t i = 0; i < lang_count() && names_others; i++) {
        put_lit(out, "<xhtml:link rel=\"alternate\" hreflang=\"");
        put(out, lang_code(lang_at(i)));
        put_lit(out, "\" href=\"");
        html_text(out, origin);
        put_char(out, '/');
        put(out, lang_code(lang_at(i)));
        html_text(out, path);
        put_lit(out, "\"/>");
    }
    put_lit(out, "</url>\n");
}

static void every_language(struct sink *out, str origin, str path)
{
    if (out->n > PAGE_BYTES_MAX - KIB(64)) return; /* some thousand pages: more than the site has */
    for (size_t i = 0; i < lang_count(); i++) one_page(out, origin, lang_at(i), path);
}

/* Pages with an address of their own, from the routes; those with a name in it, from what search knows. */
void campaign_sitemap(struct req *rq)
{
    struct sink out;
    str *paths, origin = site_origin(rq);
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    put_lit(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                  "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    struct addresses fixed = site_pages(rq);
    for (size_t i = 0; i < fixed.n; i++) every_language(&out, origin, fixed.at[i]);
    size_t n = search_addresses(rq->db, rq->arena, &paths);
    for (size_t i = 0; i < n; i++) {
        bool is_fixed = false;
        for (size_t k = 0; k < fixed.n && !is_fixed; k++) is_fixed = str_eq(fixed.at[k], paths[i]);
        if (!is_fixed) every_language(&out, origin, paths[i]);
    }
    put_lit(&out, "</urlset>\n");
    send_kept(rq, "application/xml; charset=utf-8", sink_str(&out));
}
