/* A page that stands alone: style and script inside, and a policy that admits exactly those bytes. */
#include "web/alone.html.h"
#include "web/reply.h"

#include <assert.h>
#include <sodium.h>

/* "'sha256-...'", as a policy names bytes it admits; nothing if there are none. */
static void put_hash(struct sink *out, const char *directive, str bytes)
{
    if (bytes.n == 0) return;
    unsigned char hash[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL)];
    crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
    sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
    put_format(out, "; %s 'sha256-%s'", directive, text);
}

static str policy_for(struct req *rq, struct inside inside)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(2));
    put_lit(&out, "default-src 'none'; img-src data:; worker-src 'self'");
    put_hash(&out, "style-src", inside.style);
    put_hash(&out, "script-src", inside.script);
    put_lit(&out, "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
    return sink_str(&out);
}

/* Browsers ask for an icon unless they are given one: this one is empty. */
static html head_parts(struct req *rq, str style)
{
    return (html){ ARENA_JOIN(rq->arena, S("<link rel=\"icon\" href=\"data:,\">\n<style>"), style,
                              S("</style>")) };
}

static html script_part(struct req *rq, str script)
{
    if (script.n == 0) return (html){ S("") };
    return (html){ ARENA_JOIN(rq->arena, S("<script>"), script, S("</script>")) };
}

static str framed(struct req *rq, struct head head, struct inside inside, str content)
{
    assert(str_find(str_of(rq->route->path), ':') <
           0); /* so that other languages are easily named */
    struct web_alone v = {
        .title = head.title,
        .inside = head_parts(rq, inside.style),
        .after = script_part(rq, inside.script),
        .is_demo = site_is_demonstration(rq),
        .is_unreviewed = !lang_is_english(rq->lang) && lang_reviewed(rq->lang).n == 0,
        .content = { content },
    };
    struct web_alone_languages *all = arena_new(rq->arena, struct web_alone_languages,
                                                lang_count());
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        str address = arena_format(rq->arena, "/" STR_FMT "%s", STR_ARG(lang_code(l)),
                                   rq->route->path);
        all[i] = (struct web_alone_languages){ lang_code(l), lang_own_name(l), address,
                                               l == rq->lang };
    }
    v.languages = all;
    v.languages_n = lang_count();
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    web_alone_html(&out, &rq->show, &v);
    return sink_str(&out);
}

void page_alone(struct req *rq, struct head head, struct inside inside, const struct view *view,
                const void *filled)
{
    if (rq->is_api) {
        page(rq, head, view, filled);
        return;
    }
    assert(rq->route->view == view);
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    view->html(&out, &rq->show, filled);
    *rq->reply = (struct reply){ .status = 200,
                                 .keep = KEEP_HERE,
                                 .fd = -1,
                                 .type = S("text/html; charset=utf-8"),
                                 .policy = policy_for(rq, inside),
                                 .body = framed(rq, head, inside, sink_str(&out)) };
}
