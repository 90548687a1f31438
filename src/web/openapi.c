/* The API's description (OpenAPI 3.1), made from the routes and their views: every page as data, every page as
 * HTML, and everything else that has an address. */
#include "web/serve.h"

#include <assert.h>

struct seen {
    const struct view *all[256];
    int n;
};

static void add_view(struct seen *seen, const struct view *v)
{
    for (int i = 0; i < seen->n; i++)
        if (seen->all[i] == v) return;
    assert(seen->n < (int)COUNT_OF(seen->all));
    seen->all[seen->n++] = v;
    for (const struct view *const *u = v->uses; u && *u; u++) add_view(seen, *u);
}

/* The three lives of a route. */
enum shape {
    AS_DATA, /* /api/v1/... */
    AS_HTML, /* /{lang}/... */
    AS_IS,
};

struct operation {
    const struct room *room;
    const struct route *route;
    const struct gives *gives; /* NULL: a page */
    enum shape shape;
};

/* "/countries/:iso3" becomes "/api/v1/countries/{iso3}". */
static void put_path(struct sink *out, const struct operation *o)
{
    struct sink plain;
    str path = str_of(o->route->path);
    sink_open(&plain, out->arena, KIB(4));
    if (o->shape == AS_DATA) put_lit(&plain, "/api/v1");
    if (o->shape == AS_HTML) put_lit(&plain, "/{lang}");
    if (o->shape == AS_DATA && str_eq(path, S("/"))) path = S("/home");
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

static const struct gives *gives_of(const struct room *room, const struct route *r)
{
    for (const struct gives *g = room->gives; g && g->path; g++)
        if (strcmp(g->path, r->path) == 0) return g;
    return NULL;
}

static void put_member(struct sink *out, const char *name, str value)
{
    put_format(out, ",\"%s\":", name);
    json_text(out, value);
}

/* Languages as the values a field may have. */
static void put_languages(struct sink *out)
{
    put_lit(out, ",\"enum\":[");
    for (size_t i = 0; i < lang_count(); i++) {
        if (i) put_char(out, ',');
        json_text(out, lang_code(lang_at(i)));
    }
    put_char(out, ']');
}

static bool is_day(str name)
{
    return str_eq(name, S("on")) || str_eq(name, S("known"));
}

static void put_parameter(struct sink *out, bool *is_first, str name, bool is_in_path, str example)
{
    static const struct {
        str name;
        const char *about;
    } told[] = {
        { S_CONST("on"), "A day such as 2014-06-30: what held then." },
        { S_CONST("known"), "A day: what was known here at its end." },
        { S_CONST("lang"), "The language of names and phrases; English otherwise." },
    };
    if (!*is_first) put_char(out, ',');
    *is_first = false;
    put_lit(out, "{\"name\":");
    json_text(out, name);
    put_format(out, ",\"in\":\"%s\",\"required\":%s,\"schema\":{\"type\":\"string\"",
               is_in_path ? "path" : "query", is_in_path ? "true" : "false");
    if (str_eq(name, S("lang"))) put_languages(out);
    if (is_day(name)) put_lit(out, ",\"format\":\"date\"");
    put_char(out, '}');
    for (size_t i = 0; i < COUNT_OF(told) && !is_in_path; i++)
        if (str_eq(name, told[i].name)) put_member(out, "description", str_of(told[i].about));
    if (example.n) put_member(out, "example", example);
    put_char(out, '}');
}

static void put_parameters(struct sink *out, const struct operation *o)
{
    bool is_first = true;
    put_lit(out, ",\"parameters\":[");
    if (o->shape == AS_HTML) put_parameter(out, &is_first, S("lang"), true, S("en"));
    str path = str_of(o->route->path), example = str_of(o->gives ? o->gives->example : NULL);
    while (path.p) {
        str part = str_split(&path, '/'), here = str_split(&example, '/');
        if (str_starts(part, S(":"))) put_parameter(out, &is_first, str_from(part, 1), true, here);
    }
    str names = str_of(o->route->fields);
    while (names.n) put_parameter(out, &is_first, str_split(&names, ' '), false, S(""));
    if (o->shape != AS_IS) {
        put_parameter(out, &is_first, S("on"), false, S(""));
        put_parameter(out, &is_first, S("known"), false, S(""));
    }
    if (o->shape == AS_DATA) put_parameter(out, &is_first, S("lang"), false, S(""));
    put_char(out, ']');
}

/* One media type with what stands in it: a page's schema, or bytes, or text. */
static void put_content(struct sink *out, str type, const struct operation *o)
{
    json_text(out, type);
    bool is_text = str_starts(type, S("text/")) || str_ends(type, S("xml"));
    if (o->shape == AS_DATA)
        put_format(out, ":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}",
                   o->route->view->name);
    else if (is_text) put_lit(out, ":{\"schema\":{\"type\":\"string\"}}");
    else if (str_has(type, S("json"))) put_lit(out, ":{\"schema\":{\"type\":\"object\"}}");
    else put_lit(out, ":{}");
}

static void put_found(struct sink *out, const struct operation *o)
{
    str types = o->shape == AS_DATA   ? S("application/json")
                : o->shape == AS_HTML ? S("text/html")
                                      : str_of(o->gives ? o->gives->types : NULL);
    if (types.n == 0) {
        put_lit(out, "\"3XX\":{\"$ref\":\"#/components/responses/elsewhere\"}");
        return;
    }
    put_lit(out, "\"200\":{\"description\":\"Found.\",\"content\":{");
    for (bool is_first = true; types.n; is_first = false) {
        if (!is_first) put_char(out, ',');
        put_content(out, str_split(&types, ' '), o);
    }
    put_lit(out, "}}");
    if (o->shape == AS_IS && str_eq(str_of(o->gives->types), S("text/plain")))
        return; /* not kept */
    put_lit(out, ",\"304\":{\"$ref\":\"#/components/responses/unchanged\"}");
}

static void put_responses(struct sink *out, const struct operation *o)
{
    static const char *const refused[] = { "400", "404", "503" };
    const char *kind = o->shape == AS_DATA ? "problem" : "problem_page";
    put_lit(out, ",\"responses\":{");
    put_found(out, o);
    for (size_t i = 0; i < COUNT_OF(refused); i++)
        put_format(out, ",\"%s\":{\"$ref\":\"#/components/responses/%s\"}", refused[i], kind);
    put_char(out, '}');
}

/* A name for the operation: the view's, or the address with what is no letter made "_". */
static void put_name(struct sink *out, const struct operation *o)
{
    struct sink name;
    sink_open(&name, out->arena, KIB(1));
    if (o->shape != AS_IS) put(&name, str_of(o->route->view->name));
    for (const char *c = o->route->path; o->shape == AS_IS && *c; c++) {
        bool is_plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        if (is_plain) put_char(&name, *c);
        else if (name.n == 0 || name.p[name.n - 1] != '_') put_char(&name, '_');
    }
    if (o->shape == AS_HTML) put_lit(&name, "_page");
    if (o->shape == AS_IS) put_lit(&name, "_file");
    put_member(out, "operationId", sink_str(&name));
}

static void put_operation(struct sink *out, const struct operation *o)
{
    put_path(out, o);
    put_lit(out, ":{\"get\":{\"tags\":[");
    json_text(out, str_of(o->room->name));
    put_char(out, ']');
    put_member(out, "summary", str_of(o->route->purpose));
    put_name(out, o);
    put_parameters(out, o);
    if (o->route->right == MAY_MEASURE) put_lit(out, ",\"security\":[{},{\"token\":[]}]");
    put_responses(out, o);
    put_lit(out, "}}");
}

static bool has_shape(const struct route *r, enum shape shape)
{
    if (r->method != GET) return false;
    bool is_one_readers = str_ends(str_of(r->path),
                                   S("/:key")); /* no program is meant to work there */
    return shape == AS_IS ? r->place == AT_ROOT && !is_one_readers : route_has_twin(r);
}

static void put_paths(struct sink *out, const struct room *const *rooms, struct seen *seen)
{
    bool is_first = true;
    for (enum shape shape = AS_DATA; shape <= AS_IS; shape++) {
        for (const struct room *const *room = rooms; *room; room++) {
            const struct route *r;
            for (size_t i = 0; (r = room_route(*room, i)) != NULL; i++) {
                if (!has_shape(r, shape)) continue;
                struct operation o = { *room, r, gives_of(*room, r), shape };
                if (!is_first) put_lit(out, ",\n");
                is_first = false;
                put_operation(out, &o);
                if (r->view) add_view(seen, r->view);
            }
        }
    }
}

static void put_tags(struct sink *out, const struct room *const *rooms)
{
    bool is_first = true;
    put_lit(out, "\"tags\":[");
    for (; *rooms; rooms++) {
        if (!room_route(*rooms, 0)) continue;
        if (!is_first) put_char(out, ',');
        is_first = false;
        put_lit(out, "{\"name\":");
        json_text(out, str_of((*rooms)->name));
        put_member(out, "description", str_of((*rooms)->purpose));
        put_char(out, '}');
    }
    put_char(out, ']');
}

#define HEAD                                                                                 \
    "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Blue Heart\",\"version\":\"1\","           \
    "\"description\":\"What states promised about trafficking in persons, and whether they " \
    "keep it. Every page has its twin here.\","                                              \
    "\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},"                  \
    "\"servers\":[{\"url\":\"/\"}],\"security\":[],"
#define RESPONSES                                                                                  \
    "\"responses\":{"                                                                              \
    "\"problem\":{\"description\":\"What was wrong, in words (RFC 9457). 503 says in Retry-After " \
    "when to ask again.\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":"        \
    "\"#/components/schemas/problem\"}}}},"                                                        \
    "\"problem_page\":{\"description\":\"What was wrong, in words, as a page in the reader's "     \
    "language.\",\"content\":{\"text/html\":{\"schema\":{\"type\":\"string\"}}}},"                 \
    "\"elsewhere\":{\"description\":\"It is at the address in Location.\",\"headers\":{"           \
    "\"Location\":{\"required\":true,\"schema\":{\"type\":\"string\"}}}},"                         \
    "\"unchanged\":{\"description\":\"What you have (If-None-Match) is still true.\"}},"
#define PROBLEM                                                                                 \
    "\"problem\":{\"type\":\"object\",\"required\":[\"type\",\"status\",\"title\",\"detail\"]," \
    "\"properties\":{\"type\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"         \
    "\"title\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}}}"

str serve_openapi(struct arena *a, const struct room *const *rooms)
{
    struct sink out;
    sink_open(&out, a, MIB(4));
    struct seen seen = { .n = 0 };
    put_lit(&out, HEAD);
    put_tags(&out, rooms);
    put_lit(&out, ",\"paths\":{\n");
    put_paths(&out, rooms, &seen);
    put_lit(&out, "},\n\"components\":{" RESPONSES
                  "\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"
                  "\"schemas\":{" PROBLEM);
    for (int i = 0; i < seen.n; i++) {
        put_lit(&out, ",\n");
        json_text(&out, str_of(seen.all[i]->name));
        put_char(&out, ':');
        put(&out, str_of(seen.all[i]->schema));
    }
    put_lit(&out, "}}}\n");
    return sink_str(&out);
}
