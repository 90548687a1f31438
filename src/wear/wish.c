/* A wish is checked, and becomes words for the process that draws. */
#include "base/day.h"
#include "base/limits.h"
#include "calendar/calendar.h"
#include "calendar/pages.h"
#include "wear/inside.h"

static const struct word *phrase_named(str code)
{
    for (const struct word *w = wear_phrases; w->code.n; w++)
        if (str_eq(w->code, code)) return w;
    return NULL;
}

/* One of this site's pages: the path beneath its language and what it is called. */
struct target {
    str path, name;
};

static bool target_of(struct req *rq, const struct wear_wish *w, struct target *out)
{
    struct calendar_day *days;
    if (str_eq(w->code, S("site"))) {
        *out = (struct target){ S("/"), lang_text(w->lang, PHRASE("This site")) };
        return true;
    }
    if (str_eq(w->code, S("help"))) {
        *out = (struct target){ S("/help"), lang_text(w->lang, PHRASE("Help by country")) };
        return true;
    }
    size_t n = calendar_all(rq->db, web_day(rq), CLAIM_NOW, &days);
    for (size_t i = 0; i < n; i++)
        if (str_eq(days[i].slug, w->code)) {
            *out = (struct target){ ARENA_JOIN(rq->arena, S("/calendar/"), w->code),
                                    calendar_name(w->lang, &days[i]) };
            return true;
        }
    return false;
}

enum wear_answer wear_check(struct req *rq, const struct wear_wish *w, const char **field)
{
    struct target target;
    const struct {
        const char *field;
        str words;
        size_t most;
    } own[] = { { "words", w->words, WEAR_WORDS_MAX },
                { "city", w->city, WEAR_PLACE_MAX },
                { "who", w->who, WEAR_PLACE_MAX } };
    *field = "kind";
    if (!wear_kind_named(w->kind)) return WEAR_NO_KIND;
    *field = "design";
    if (!wear_is_design(w->design)) return WEAR_NO_DESIGN;
    *field = "words";
    if (w->words.n == 0 && !phrase_named(w->phrase)) return WEAR_NO_WORDS;
    for (size_t i = 0; i < COUNT_OF(own); i++) {
        *field = own[i].field;
        enum wear_answer answer = wear_carries(rq->arena, own[i].words, own[i].most);
        if (answer != WEAR_YES) return answer;
    }
    *field = "day";
    if (w->day.n && !day_is_full(w->day)) return WEAR_NO_DAY;
    *field = "code";
    if (w->code.n && !target_of(rq, w, &target)) return WEAR_NO_CODE;
    return WEAR_YES;
}

static str without_scheme(str address)
{
    return str_starts(address, S("https://"))  ? str_from(address, 8)
           : str_starts(address, S("http://")) ? str_from(address, 7)
                                               : address;
}

str wear_ask(struct req *rq, const struct wear_wish *w, str as)
{
    const struct wear_kind *kind = wear_kind_named(w->kind);
    const struct word *phrase = phrase_named(w->phrase);
    struct arena *a = rq->arena;
    str day = w->day.n ? lang_day_text(a, w->lang, w->day) : S("");
    str host = without_scheme(site_origin(rq));
    bool is_demo = site_is_demonstration(rq);
    struct wear_sheet s = {
        .kind = w->kind,
        .design = w->design,
        .as = as,
        .lang = lang_code(w->lang),
        .is_rtl = lang_is_rtl(w->lang),
        .has_marks = w->has_marks && kind->is_print && str_eq(as, S("pdf")),
        .words = w->words.n ? w->words : lang_text(w->lang, phrase->phrase),
        .place = w->city.n && day.n ? ARENA_JOIN(a, w->city, S(" · "), day)
                                    : (w->city.n ? w->city : day),
        .who = w->who,
        .name = lang_text(w->lang, PHRASE("Blue Heart")),
        .host = host,
        .note = is_demo ? lang_text(w->lang, PHRASE("Demonstration: not operated, not UNODC"))
                        : lang_text(w->lang, PHRASE("In the spirit of UNODC's Blue Heart Campaign. "
                                                    "Our own drawing, not a work of the United "
                                                    "Nations.")),
        .about = lang_text(w->lang, PHRASE("In the spirit of UNODC's Blue Heart Campaign. Our own "
                                           "drawing, not a work of the United Nations.")),
        .maker = wear_is_own(w) ? lang_text(w->lang, PHRASE("Made by a visitor of this site, with "
                                                            "words of their own."))
                                : host,
    };
    s.title = s.words;
    struct target target;
    if (w->code.n && kind->has_code && target_of(rq, w, &target)) {
        s.code = ARENA_JOIN(a, site_origin(rq), S("/"), s.lang, target.path);
        s.code_words = target.name;
    }
    return wear_put(a, &s);
}

str wear_file_name(struct arena *a, const struct wear_wish *w, str as)
{
    return ARENA_JOIN(a, S("blue-heart-"), w->kind, S("-"), w->design, S("-"), lang_code(w->lang),
                      S("."), as);
}

/* "band-ar.svg", "ring.png", "many.png": everything there is of pictures without somebody's words. */
str wear_frame_ask(struct arena *a, str name, str *type)
{
    static const char *const frames[] = { "ring", "corner", "band", "tint", NULL };
    bool is_svg = str_ends(name, S(".svg"));
    if (!is_svg && !str_ends(name, S(".png"))) return S("");
    *type = is_svg ? S("image/svg+xml") : S("image/png");
    str stem = str_cut(name, name.n - 4);
    const struct lang *l = lang_find(S("en"));
    ptrdiff_t dash = str_find(stem, '-');
    if (dash >= 0) {
        l = lang_find(str_from(stem, (size_t)dash + 1));
        stem = str_cut(stem, (size_t)dash);
    }
    bool is_band = str_eq(stem, S("band")), is_frame = false;
    for (size_t i = 0; frames[i]; i++) is_frame = is_frame || str_eq(stem, str_of(frames[i]));
    if (!l || is_band != (dash >= 0)) return S("");
    if (!is_frame && !wear_is_design(stem)) return S("");
    str about = lang_text(l, PHRASE("In the spirit of UNODC's Blue Heart Campaign. Our own "
                                    "drawing, not a work of the United Nations."));
    struct wear_sheet s = {
        .kind = S("frame"),
        .design = stem,
        .as = is_svg ? S("svg") : S("png"),
        .lang = lang_code(l),
        .is_rtl = lang_is_rtl(l),
        .words = lang_text(l, PHRASE("Against trafficking in persons")),
        .title = lang_text(l, PHRASE("Blue Heart")),
        .about = about,
    };
    return wear_put(a, &s);
}
