/* The API's description (OpenAPI 3.1), made from the routes and their views. */
#include "web/serve.h"

struct seen {
    const struct view *all[128];
    int n;
};

static void add_view(struct seen *seen, const struct view *v)
{
    for (int i = 0; i < seen->n; i++)
        if (seen->all[i] == v) return;
    if (seen->n == (int)COUNT_OF(seen->all)) return;
    seen->all[seen->n++] = v;
    for (const struct view *const *u = v->uses; u && *u; u++) add_view(seen, *u);
}

/* "/countries/:iso3" becomes "/api/v1/countries/{iso3}". */
static void put_path(struct sink *out, str path)
{
    struct sink plain;
    sink_open(&plain, out->arena, KIB(4));
    put_lit(&plain, "/api/v1");
    if (str_eq(path, S("/"))) path = S("/home");
    path = str_from(path, 1);
    while (path.p) {
        str part = str_split(&path, '/');
        put_char(&plain, '/');
        bool is_place = str_starts(part, S(":"));
        if (is_place) put_char(&plain, '{');
        put(&plain, is_place ? str_from(part, 1) : part);
        if (is_place) put_char(&plain, '}');
    }
    json_text(out, sink_str(&plain));
}

static void put_parameter(struct sink *out, bool *is_first, str name, const char *in,
                          bool is_needed, const char *about)
{
    if (!*is_first) put_char(out, ',');
    *is_first = false;
    put_lit(out, "{\"name\":");
    json_text(out, name);
    put_format(out, ",\"in\":\"%s\",\"required\":%s,\"schema\":{\"type\":\"string\"}", in,
               is_needed ? "true" : "false");
    if (about) {
        put_lit(out, ",\"description\":");
        json_text(out, str_of(about));
    }
    put_char(out, '}');
}

static void put_parameters(struct sink *out, const struct route *r)
{
    bool is_first = true;
    put_lit(out, "\"parameters\":[");
    str path = str_of(r->path);
    while (path.p) {
        str part = str_split(&path, '/');
        if (str_starts(part, S(":")))
            put_parameter(out, &is_first, str_from(part, 1), "path", true, NULL);
    }
    str names = str_of(r->query);
    while (names.n) put_parameter(out, &is_first, str_split(&names, ' '), "query", false, NULL);
    put_parameter(out, &is_first, S("on"), "query", false,
                  "A day such as 2014-06-30: what held then.");
    put_parameter(out, &is_first, S("known"), "query", false,
                  "A day: what was known here at its end.");
    put_parameter(out, &is_first, S("lang"), "query", false,
                  "The language of names and phrases; English otherwise.");
    put_lit(out, "]");
}

static void put_operation(struct sink *out, const struct route *r)
{
    put_path(out, str_of(r->path));
    put_lit(out, ":{\"get\":{\"summary\":");
    json_text(out, str_of(r->purpose));
    put_format(out, ",\"operationId\":\"%s\",", r->view->name);
    put_parameters(out, r);
    put_format(out,
               ",\"responses\":{\"200\":{\"description\":\"Found.\",\"content\":{\"application/"
               "json\":{\"schema\":"
               "{\"$ref\":\"#/components/schemas/%s\"}}}},",
               r->view->name);
    put_lit(out, "\"400\":{\"$ref\":\"#/components/responses/problem\"},\"404\":{\"$ref\":\"#/"
                 "components/responses/problem\"}}}}");
}

str serve_openapi(struct arena *a, const struct room *const *rooms)
{
    struct sink out;
    sink_open(&out, a, MIB(4));
    struct seen seen = { .n = 0 };
    put_lit(&out, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Blue "
                  "Heart\",\"version\":\"1\",\"description\":"
                  "\"What states promised about trafficking in persons, and whether they keep it. "
                  "Every page has its twin here.\","
                  "\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},"
                  "\"servers\":[{\"url\":\"/\"}],\"paths\":{");
    bool is_first = true;
    for (; *rooms; rooms++) {
        for (const struct route *r = (*rooms)->routes; r && r->path; r++) {
            if (!r->view || r->method != GET || r->place != UNDER_LANG) continue;
            if (!is_first) put_char(&out, ',');
            is_first = false;
            put_operation(&out, r);
            add_view(&seen, r->view);
        }
    }
    put_lit(&out, "},\"components\":{\"responses\":{\"problem\":{\"description\":\"What was wrong, "
                  "in words.\",\"content\":"
                  "{\"application/"
                  "problem+json\":{\"schema\":{\"type\":\"object\",\"required\":[\"status\","
                  "\"title\",\"detail\"],"
                  "\"properties\":{\"type\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"}"
                  ",\"title\":{\"type\":\"string\"},"
                  "\"detail\":{\"type\":\"string\"}}}}}}},\"schemas\":{");
    for (int i = 0; i < seen.n; i++) {
        if (i) put_char(&out, ',');
        json_text(&out, str_of(seen.all[i]->name));
        put_char(&out, ':');
        put(&out, str_of(seen.all[i]->schema));
    }
    put_lit(&out, "}}}\n");
    return sink_str(&out);
}
