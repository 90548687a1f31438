/* The compiled fixture (src/campaign/country.html beside this file): golden pages, escaping, JSON, schema. */
#include "campaign/country.html.h"
#include "html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

#ifndef GOLDEN
#define GOLDEN "test/gen-page/golden/"
#endif

static struct arena life, arena;

static struct campaign_country fill(str words, str address)
{
    struct web_source *sources = arena_new(&arena, struct web_source, 2);
    sources[0] = (struct web_source){ .title = words, .site = address, .seen = words };
    sources[1] = (struct web_source){ .title = words };
    struct campaign_country_tiers_causes *causes = arena_new(&arena, struct campaign_country_tiers_causes, 2);
    causes[0].cause = causes[1].cause = words;
    struct campaign_country_tiers *tiers = arena_new(&arena, struct campaign_country_tiers, 2);
    tiers[0] = (struct campaign_country_tiers){ .year = 2001, .tier = words, .causes = causes, .causes_n = 2 };
    tiers[1] = (struct campaign_country_tiers){ .year = 2002, .tier = words };
    struct campaign_country_latest *latest = arena_new(&arena, struct campaign_country_latest, 1);
    *latest = (struct campaign_country_latest){ .year = 2020, .worth = 2.5 };
    struct word status = { .code = words, .phrase = PHRASE("Ratified") };
    return (struct campaign_country){
        .name = words,
        .iso3 = words,
        .ratified = words,
        .site = address,
        .home = address,
        .found = 1234567,
        .convicted = SOME_INT(-5),
        .since = SOME_INT(2003),
        .born = 1821,
        .share = 1234.56,
        .rate = SOME_REAL(0.5),
        .is_party = true,
        .status = status,
        .doubt = status,
        .remark = PHRASE("Sources differ"),
        .map = { S("<svg></svg>") },
        .note = words,
        .tiers = tiers,
        .tiers_n = 2,
        .sources = sources,
        .sources_n = 2,
        .best = sources,
        .main = sources[1],
        .latest = latest,
        .first = { .year = 1999 },
    };
}

static struct campaign_country empty(void)
{
    return (struct campaign_country){ .name = S("Atlantis"),
                                      .iso3 = S("ATL"),
                                      .home = S("/"),
                                      .found = 1,
                                      .status = { S("none"), PHRASE("Not known") },
                                      .main = { .title = S("Plato") } };
}

static str render(const struct campaign_country *v, str lang)
{
    struct sink out;
    sink_open(&out, &arena, 1 << 22);
    struct show show = { .lang = lang_find(lang), .when = S("?on=2010-01-01&known=2011-01-01") };
    campaign_country_view.html(&out, &show, v);
    return sink_str(&out);
}

static str json_of(const struct campaign_country *v)
{
    struct sink out;
    sink_open(&out, &arena, 1 << 22);
    campaign_country_view.json(&out, v);
    return sink_str(&out);
}

static void compare(const char *file, str got)
{
    char path[200];
    snprintf(path, sizeof path, GOLDEN "%s", file);
    if (getenv("GOLDEN_WRITE")) {
        FILE *f = fopen(path, "wb");
        fwrite(got.p, 1, got.n, f);
        fclose(f);
    }
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    static char want[1 << 16];
    size_t n = fread(want, 1, sizeof want, f);
    fclose(f);
    if (!str_eq(got, (str){ want, n })) {
        fprintf(stderr, "%s differs; got:\n" STR_FMT "\n", path, STR_ARG(got));
        fail();
    }
}

static void golden_pages(void **state)
{
    (void)state;
    struct campaign_country full = fill(S("2009-11-05"), S("https://example.org/?a=1&b=2")), none = empty();
    full.name = S("M\xc3\xa9xico & <co>");
    compare("full.en.html", render(&full, S("en")));
    compare("full.ar.html", render(&full, S("ar")));
    compare("full.ru.html", render(&full, S("ru")));
    compare("empty.fr.html", render(&none, S("fr")));
    compare("full.json", json_of(&full));
    compare("empty.json", json_of(&none));
}

/* A piece of hostile text; always valid UTF-8. */
static str hostile(void)
{
    static const char *const pieces[] = { "<",
                                          ">",
                                          "\"",
                                          "'",
                                          "&",
                                          "=",
                                          "/",
                                          " ",
                                          "\n",
                                          "`",
                                          "--",
                                          "]]>",
                                          "{{",
                                          "}}",
                                          "%",
                                          "javascript:alert(1)",
                                          "<script>",
                                          "</script>",
                                          "</title>",
                                          "</textarea>",
                                          "</pre>",
                                          "<!--",
                                          "-->",
                                          "&lt;",
                                          "&#39;",
                                          "onerror=x",
                                          "\xd9\x85",
                                          "\xe2\x80\xa8",
                                          "#",
                                          "?",
                                          "\\",
                                          "a",
                                          "0",
                                          "2009-11-05",
                                          "data:text/html,",
                                          "//evil.example" };
    struct sink out;
    sink_open(&out, &arena, 1 << 16);
    for (int n = rand() % 6 + 1; n > 0; n--) put(&out, str_of(pieces[(size_t)rand() % COUNT_OF(pieces)]));
    return arena_str(&arena, sink_str(&out));
}

/* As a browser reads an address: without tabs and line ends, then what does it begin with? */
static void check_links(str links)
{
    while (links.n) {
        str link = str_split(&links, 0);
        struct sink seen;
        sink_open(&seen, &arena, 1 << 16);
        for (size_t i = 0; i < link.n; i++)
            if (!strchr("\t\r\n", link.p[i]) && (seen.n || (unsigned char)link.p[i] > ' '))
                put_char(&seen, link.p[i]);
        str at = sink_str(&seen);
        bool is_away = str_starts(at, S("//")) || str_starts(at, S("/\\")) || str_starts(at, S("\\"));
        if (is_away || str_starts(at, S("javascript:")) || str_starts(at, S("data:")))
            fprintf(stderr, STR_FMT "\n", STR_ARG(link));
        assert_false(is_away || str_starts(at, S("javascript:")) || str_starts(at, S("data:")));
    }
}

static void no_text_breaks_out(void **state)
{
    (void)state;
    static const char *const langs[] = { "en", "fr", "ar", "ru" };
    struct campaign_country plain = fill(S("plain"), S("/plain"));
    for (int i = 0; i < 3000; i++) {
        str lang = str_of(langs[i % 4]);
        arena_empty(&arena);
        plain = fill(S("plain"), S("/plain"));
        str words = hostile(), address = hostile();
        struct campaign_country v = fill(words, address);
        str page = render(&v, lang);
        assert_true(str_is_utf8(page));
        str want = html_shape(&arena, render(&plain, lang)), got = html_shape(&arena, page);
        if (!str_eq(got, want))
            fprintf(stderr, "with \"" STR_FMT "\":\n" STR_FMT "\n", STR_ARG(words), STR_ARG(page));
        assert_true(str_eq(got, want));
        assert_true(str_has(html_words_of(&arena, page), words));
        check_links(html_links(&arena, page));
    }
}

static json_t *parse(str text)
{
    json_error_t e;
    json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &e);
    if (!j) fprintf(stderr, "%s\n" STR_FMT "\n", e.text, STR_ARG(text));
    assert_non_null(j);
    return j;
}

static bool is_type(const json_t *v, const char *type)
{
    if (strcmp(type, "string") == 0) return json_is_string(v);
    if (strcmp(type, "integer") == 0) return json_is_integer(v);
    if (strcmp(type, "number") == 0) return json_is_number(v);
    if (strcmp(type, "boolean") == 0) return json_is_boolean(v);
    if (strcmp(type, "array") == 0) return json_is_array(v);
    if (strcmp(type, "object") == 0) return json_is_object(v);
    return strcmp(type, "null") == 0 && json_is_null(v);
}

/* The part of JSON Schema our schemas use. */
static void validate(const json_t *v, const json_t *schema)
{
    const char *ref = json_string_value(json_object_get(schema, "$ref"));
    if (ref) {
        assert_string_equal(ref, "#/components/schemas/web_source");
        assert_ptr_equal(campaign_country_view.uses[0], &web_source_view);
        json_t *shared = parse(str_of(web_source_view.schema));
        validate(v, shared);
        json_decref(shared);
        return;
    }
    const json_t *any = json_object_get(schema, "anyOf"), *type = json_object_get(schema, "type");
    if (any) {
        validate(v, json_array_get(any, json_is_null(v) ? 1 : 0));
        return;
    }
    bool fits = json_is_string(type) && is_type(v, json_string_value(type));
    for (size_t i = 0; i < json_array_size(type); i++)
        fits |= is_type(v, json_string_value(json_array_get(type, i)));
    assert_true(fits);
    const json_t *required = json_object_get(schema, "required");
    size_t i;
    json_t *name, *item;
    if (json_is_object(v)) {
        assert_int_equal(json_object_size(v), json_object_size(json_object_get(schema, "properties")));
        json_array_foreach(required, i, name) {
            const char *key = json_string_value(name);
            assert_non_null(json_object_get(v, key));
            validate(json_object_get(v, key), json_object_get(json_object_get(schema, "properties"), key));
        }
    }
    if (json_is_array(v)) json_array_foreach(v, i, item) validate(item, json_object_get(schema, "items"));
}

static void json_is_strict_and_fits_its_schema(void **state)
{
    (void)state;
    json_t *schema = parse(str_of(campaign_country_view.schema));
    for (int i = 0; i < 300; i++) {
        arena_empty(&arena);
        str words = hostile();
        struct campaign_country v = i == 0 ? empty() : fill(words, hostile());
        json_t *j = parse(json_of(&v));
        validate(j, schema);
        assert_null(json_object_get(j, "map"));
        assert_null(json_object_get(j, "remark"));
        assert_true(str_eq(str_of(json_string_value(json_object_get(j, "name"))), v.name));
        assert_int_equal(json_integer_value(json_object_get(j, "found")), v.found);
        if (i == 0) assert_true(json_is_null(json_object_get(j, "ratified")));
        json_decref(j);
    }
    assert_string_equal(json_string_value(json_object_get(schema, "description")), "one state");
    json_decref(schema);
}

int main(void)
{
    arena_open(&life, 1 << 26);
    arena_open(&arena, 1 << 27);
    lang_open(&life);
    srand(1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_pages),
        cmocka_unit_test(no_text_breaks_out),
        cmocka_unit_test(json_is_strict_and_fits_its_schema),
    };
    return cmocka_run_group_tests_name("gen-page pages", tests, NULL, NULL);
}
