/* One picture at the desk: what is said of it, who agreed, where it is used, and what becomes of it. */
#include "media/desk.h"

#include "base/clock.h"
#include "media/one.html.h"

static bool asked_one(struct req *rq, struct media_row *item)
{
    id which;
    bool is_there = in_path_id(rq, "item", &which) && media_item_get(rq->db, which, item) &&
                    media_may_see(rq, item->organisation);
    if (!is_there) not_found(rq, PHRASE("This is not here any more."), S(""));
    return is_there;
}

static bool may_show(const struct req *rq, const struct media_row *item)
{
    return who_may_within(&rq->who, MAY_SHOW_PICTURE, item->organisation);
}

static bool may_end(const struct req *rq, const struct media_row *item)
{
    return media_may_see(rq, item->organisation);
}

static str address_of(struct req *rq, const struct media_row *item, str rest)
{
    return web_beneath_now(rq, S("/desk/pictures/"), web_id(rq, item->id), rest);
}

/* ---- filling the page, part by part ---- */

static void fill_picture(struct req *rq, struct media_one *v, const struct media_row *item)
{
    struct media_sized *sizes;
    size_t n = media_sizes_of(rq->db, item->id, &sizes);
    struct media_one_sizes *rows = arena_new(rq->arena, struct media_one_sizes, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct media_one_sizes){
            .wide = sizes[i].wide,
            .high = sizes[i].high,
            .format = sizes[i].format,
            .kilobytes = (sizes[i].length + 1023) / 1024,
            .address = address_of(rq, item,
                                  arena_format(rq->arena, "/%lld." STR_FMT,
                                               (long long)sizes[i].wide, STR_ARG(sizes[i].format))),
        };
        bool is_webp = str_eq(sizes[i].format, S("webp"));
        if (!is_webp || (v->preview.p && sizes[i].wide > 1280)) continue;
        v->preview = rows[i].address;
        v->wide = sizes[i].wide;
        v->high = sizes[i].high;
    }
    v->sizes = rows;
    v->sizes_n = n;
    static const struct {
        unsigned bit;
        struct phrase words;
    } notes[] = {
        { CODEC_TURNED, PHRASE_CONST("It was turned upright.") },
        { CODEC_CONVERTED, PHRASE_CONST("Its colours were taken over to sRGB.") },
        { CODEC_DROPPED,
          PHRASE_CONST(
              "Its colour profile could not be followed: look whether the colours are right.") },
    };
    struct media_one_notes *said = arena_new(rq->arena, struct media_one_notes, COUNT_OF(notes));
    for (size_t i = 0; i < COUNT_OF(notes); i++)
        if (item->notes & notes[i].bit)
            said[v->notes_n++] = (struct media_one_notes){ say(rq, notes[i].words) };
    v->notes = said;
}

static void fill_words(struct req *rq, struct media_one *v, const struct media_row *item)
{
    struct media_said *said;
    size_t n = media_texts_of(rq->db, item->id, &said);
    struct media_one_words *rows = arena_new(rq->arena, struct media_one_words, lang_count());
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        rows[i] = (struct media_one_words){ .tongue = lang_code(l),
                                            .name = lang_own_name(l),
                                            .way = lang_is_rtl(l) ? S("rtl") : S("ltr"),
                                            .alt = S(""),
                                            .caption = S("") };
        for (size_t k = 0; k < n; k++) {
            if (!str_eq(said[k].lang, lang_code(l))) continue;
            rows[i].alt = said[k].alt;
            rows[i].caption = said[k].caption;
        }
    }
    v->words = rows;
    v->words_n = lang_count();
    const struct media_said *s = media_said_for(rq, said, n);
    v->preview_words = s ? s->alt : S("");
}

static str holder_name(struct req *rq, id holder)
{
    struct people_organisation o;
    if (holder && people_organisation_get(rq->db, holder, &o)) return o.name;
    return say(rq, PHRASE("Whoever operates this site"));
}

static void fill_holders(struct req *rq, struct media_one *v)
{
    struct people_organisation *all;
    size_t n = people_organisations_all(rq->db, &all);
    struct media_one_holders *rows = arena_new(rq->arena, struct media_one_holders, n + 1);
    rows[v->holders_n++] = (struct media_one_holders){ S(""), holder_name(rq, 0) };
    for (size_t i = 0; i < n; i++)
        if (!all[i].closed_at)
            rows[v->holders_n++] = (struct media_one_holders){ web_id(rq, all[i].id), all[i].name };
    v->holders = rows;
}

static size_t scopes_of(struct req *rq, str scope, struct media_one_agreed_scopes **out)
{
    size_t n = 0;
    *out = arena_new(rq->arena, struct media_one_agreed_scopes, lang_words_in(media_scopes) + 1);
    while (scope.p)
        (*out)[n++] = (struct media_one_agreed_scopes){ say(
            rq, claim_word(media_scopes, str_split(&scope, ' ')).phrase) };
    return n;
}

static void fill_agreed(struct req *rq, struct media_one *v, const struct media_row *item)
{
    struct media_agreed *all;
    str today = media_today(rq->arena, rq->now);
    size_t n = media_consents_of(rq->db, item->id, &all);
    struct media_one_agreed *rows = arena_new(rq->arena, struct media_one_agreed, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool is_over = str_cmp(all[i].expires_on, today)<0, is_back = all[i].withdrawn_at> 0;
        rows[i] = (struct media_one_agreed){
            .people = all[i].people,
            .given = all[i].given_on,
            .expires = all[i].expires_on,
            .holder = holder_name(rq, all[i].holder),
            .reference = all[i].reference.words,
            .tone = is_back || is_over ? S("withdrawn") : S("published"),
            .state = is_back   ? PHRASE("agrees no more")
                     : is_over ? PHRASE("is over")
                               : PHRASE("holds"),
        };
        rows[i].scopes_n = scopes_of(rq, all[i].scope,
                                     (struct media_one_agreed_scopes **)&rows[i].scopes);
        if (!is_back)
            rows[i].end = address_of(
                rq, item, ARENA_JOIN(rq->arena, S("/agreed/"), web_id(rq, all[i].id), S("/end")));
    }
    v->agreed = rows;
    v->agreed_n = n;
    struct media_one_scopes *scopes = arena_new(rq->arena, struct media_one_scopes,
                                                lang_words_in(media_scopes));
    for (const struct word *w = media_scopes; w->code.n; w++)
        scopes[v->scopes_n++] = (struct media_one_scopes){ w->code, w->phrase };
    v->scopes = scopes;
    fill_holders(rq, v);
}

static void fill_places(struct req *rq, struct media_one *v, const struct media_row *item)
{
    struct media_place *all;
    size_t n = media_places(rq->db, item, rq->now, &all);
    struct media_one_places *rows = arena_new(rq->arena, struct media_one_places, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct lang *l = lang_find(all[i].lang);
        rows[i] = (struct media_one_places){ .title = all[i].title,
                                             .language = l ? lang_own_name(l) : all[i].lang };
        if (str_starts(all[i].path, S("/")))
            rows[i].address = ARENA_JOIN(rq->arena, site_origin(rq), S("/"), all[i].lang,
                                         all[i].path);
    }
    v->places = rows;
    v->places_n = n;
}

static void fill_history(struct req *rq, struct media_one *v, const struct media_row *item)
{
    struct media_done *all;
    struct people p = people_of(rq);
    size_t n = media_events_of(rq->db, item->id, &all);
    struct media_one_history *rows = arena_new(rq->arena, struct media_one_history, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct media_one_history){
            .at = web_day_of(rq, all[i].at),
            .what = claim_word(media_deeds, all[i].what).phrase,
            .who = all[i].who ? person_name(&p, all[i].who) : say(rq, PHRASE("the program")),
        };
        if (all[i].why.n) rows[i].why = claim_word(media_reasons, all[i].why).phrase;
    }
    v->history = rows;
    v->history_n = n;
}

static void fill_choices(struct req *rq, struct media_one *v, const struct media_row *item)
{
    struct media_one_licences *licences = arena_new(rq->arena, struct media_one_licences,
                                                    lang_words_in(media_licences));
    for (const struct word *w = media_licences; w->code.n; w++)
        licences[v->licences_n++] = (struct media_one_licences){ w->code, w->phrase,
                                                                 str_eq(w->code, item->licence) };
    v->licences = licences;
    struct media_one_reasons *reasons = arena_new(rq->arena, struct media_one_reasons,
                                                  lang_words_in(media_reasons));
    for (const struct word *w = media_reasons; w->code.n; w++)
        if (!str_eq(w->code, S("expired")))
            reasons[v->reasons_n++] = (struct media_one_reasons){ w->code, w->phrase };
    v->reasons = reasons;
}

static void fill_state(struct req *rq, struct media_one *v, const struct media_row *item)
{
    v->is_shown = media_is_shown(rq->db, item, rq->now);
    v->is_draft = str_eq(item->state, S("draft"));
    v->is_ended = str_eq(item->state, S("published")) && !v->is_shown;
    v->state = claim_word(media_states, item->state).phrase;
    v->tone = item->state;
    if (str_eq(item->state, S("withdrawn")))
        v->why = claim_word(media_reasons, item->withdrawn_why).phrase;
    v->can_change = media_may_change(rq, item);
    v->can_show = may_show(rq, item);
    v->can_end = may_end(rq, item);
    v->seen = arena_format(rq->arena, "%lld", (long long)item->changed_at);
    if (!v->is_shown) v->lacks = media_refusal(media_is_ready(rq->db, media_by(rq), item));
    v->publish = address_of(rq, item, S("/publish"));
    v->withdraw = address_of(rq, item, S("/withdraw"));
    v->drop = address_of(rq, item, S("/drop"));
    v->save_facts = address_of(rq, item, S("/facts"));
    v->save_words = address_of(rq, item, S("/words"));
    v->agree = address_of(rq, item, S("/agreed"));
}

static void show(struct req *rq, const struct media_row *item, struct phrase wrong)
{
    bool is_film = str_eq(item->kind, S("film"));
    struct media_one v = {
        .wrong = wrong,
        .title = media_title(rq, item),
        .list = web_beneath_now(rq, S("/desk/pictures")),
        .is_film = is_film,
        .token = web_token(rq),
        .code = arena_format(rq->arena, "![](%s:" STR_FMT ")", is_film ? "film" : "picture",
                             STR_ARG(item->name)),
        .credit = item->credit,
        .link = item->link,
        .people = item->people < 0 ? S("")
                                   : arena_format(rq->arena, "%lld", (long long)item->people),
    };
    fill_state(rq, &v, item);
    fill_picture(rq, &v, item);
    fill_words(rq, &v, item);
    fill_agreed(rq, &v, item);
    fill_places(rq, &v, item);
    fill_history(rq, &v, item);
    fill_choices(rq, &v, item);
    page(rq, (struct head){ .title = v.title, .description = v.title, .section = "pictures" },
         &media_one_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

/* ---- pages ---- */

static void one(struct req *rq)
{
    struct media_row item;
    if (asked_one(rq, &item)) show(rq, &item, NO_PLURAL);
}

static void preview(struct req *rq)
{
    struct media_row item;
    if (asked_one(rq, &item)) media_send(rq, &item, in_path(rq, "file"));
}

/* Leads back to the item, or says there what is wrong. */
static void answer_with(struct req *rq, const struct media_row *before, enum media_answer answer,
                        const char *done)
{
    struct media_row now = *before;
    if (answer == MEDIA_YES) {
        desk_go(rq, done, S("/desk/pictures/"), web_id(rq, before->id));
        return;
    }
    (void)!media_item_get(rq->db, before->id, &now);
    show(rq, &now, media_refusal(answer));
}

static bool asked_to(struct req *rq, struct media_row *item,
                     bool (*may)(const struct req *rq, const struct media_row *item))
{
    if (!asked_one(rq, item)) return false;
    if (may(rq, item)) return true;
    refuse(rq, 403,
           PHRASE("None of your roles lets you do this. Whoever is administrator here can give you "
                  "one that does."),
           S(""));
    return false;
}

static int64_t number_asked(struct req *rq, const char *name, int64_t if_empty)
{
    int64_t n;
    str asked = in_form_line(rq, name);
    if (asked.n == 0) return if_empty;
    return str_to_int(asked, &n) && n >= 0 ? n : MEDIA_PEOPLE_MAX + 1;
}

static void save_facts(struct req *rq)
{
    struct media_row item;
    if (!asked_to(rq, &item, media_may_change)) return;
    struct media_facts f = { .people = number_asked(rq, "people", MEDIA_PEOPLE_UNKNOWN),
                             .credit = in_form_line(rq, "credit"),
                             .licence = in_form_line(rq, "licence"),
                             .link = in_form_line(rq, "link") };
    answer_with(rq, &item, media_change(rq->db, media_by(rq), item.id, f), "saved");
}

/* The six languages come one after another, each with its words. */
static void save_words(struct req *rq)
{
    struct media_row item;
    struct media_words *all = arena_new(rq->arena, struct media_words, lang_count());
    int at[3] = { 0 };
    size_t n = 0;
    if (!asked_to(rq, &item, media_may_change)) return;
    for (; n < lang_count(); n++) {
        str lang = in_form_next(rq, "lang", &at[0]), alt = in_form_next(rq, "alt", &at[1]),
            caption = in_form_next(rq, "caption", &at[2]);
        if (!lang.p || !alt.p || !caption.p) break;
        all[n] = (struct media_words){ lang, str_trim(alt), str_trim(caption) };
    }
    answer_with(rq, &item, media_say_all(rq->db, media_by(rq), &item, all, n), "saved");
}

static void agree(struct req *rq)
{
    struct media_row item;
    if (!asked_to(rq, &item, media_may_change)) return;
    struct media_consent c = { .people = number_asked(rq, "count", 1),
                               .given_on = in_form_line(rq, "given"),
                               .expires_on = in_form_line(rq, "expires"),
                               .reference = { in_form_line(rq, "reference") },
                               .scope = S("") };
    int at = 0;
    for (str one; (one = in_form_next(rq, "scope", &at)).p;)
        c.scope = c.scope.n ? ARENA_JOIN(rq->arena, c.scope, S(" "), one) : one;
    bool has_holder = in_form_line(rq, "holder").n > 0;
    if (has_holder && !in_form_id(rq, "holder", &c.holder)) c.holder = 0;
    answer_with(rq, &item, media_agree(rq->db, media_by(rq), item.id, &c), "saved");
}

static void disagree(struct req *rq)
{
    struct media_row item;
    id consent;
    if (!asked_to(rq, &item, may_end)) return;
    enum media_answer answer = MEDIA_NO_SUCH;
    if (in_path_id(rq, "agreed", &consent))
        answer = media_disagree(rq->db, media_by(rq), item.id, consent);
    answer_with(rq, &item, answer, "withdrawn");
}

static void publish(struct req *rq)
{
    struct media_row item;
    str seen = in_form_line(rq, "seen");
    if (!asked_to(rq, &item, may_show)) return;
    int64_t when = item.changed_at;
    bool is_seen = seen.n == 0 || (str_to_int(seen, &when) && when == item.changed_at);
    answer_with(rq, &item, is_seen ? media_publish(rq->db, media_by(rq), item.id) : MEDIA_UNSEEN,
                "published");
}

static void withdraw(struct req *rq)
{
    struct media_row item;
    if (asked_to(rq, &item, may_end))
        answer_with(rq, &item,
                    media_withdraw(rq->db, media_by(rq), item.id, in_form_line(rq, "why")),
                    "withdrawn");
}

static void drop(struct req *rq)
{
    struct media_row item;
    if (!asked_to(rq, &item, may_end)) return;
    enum media_answer answer = media_drop(rq->db, media_by(rq), item.id);
    if (answer == MEDIA_YES) desk_go(rq, "removed", S("/desk/pictures"));
    else answer_with(rq, &item, answer, NULL);
}

const struct route media_one_routes[] = {
    { GET, DESK, "/desk/pictures/:item", MAY_PICTURE, one, "One picture or film.", &media_one_view,
      NULL },
    { GET, DESK, "/desk/pictures/:item/:file", MAY_PICTURE, preview,
      "A picture in one of its sizes, whatever its state.", NULL, NULL },
    { POST, DESK, "/desk/pictures/:item/facts", MAY_PICTURE, save_facts,
      "Says whose work it is and how many can be recognised.", &media_one_view,
      "people credit licence link" },
    { POST, DESK, "/desk/pictures/:item/words", MAY_PICTURE, save_words,
      "Says in words what it shows.", &media_one_view, "lang alt caption" },
    { POST, DESK, "/desk/pictures/:item/agreed", MAY_PICTURE, agree,
      "Records that somebody agreed to be shown.", &media_one_view,
      "reference holder count scope given expires" },
    { POST, DESK, "/desk/pictures/:item/agreed/:agreed/end", MAY_PICTURE, disagree,
      "Records that somebody agrees no more: it is withdrawn at once.", &media_one_view, NULL },
    { POST, DESK, "/desk/pictures/:item/publish", MAY_SHOW_PICTURE, publish, "Publishes it.",
      &media_one_view, "seen" },
    { POST, DESK, "/desk/pictures/:item/withdraw", MAY_PICTURE, withdraw,
      "Withdraws it everywhere.", &media_one_view, "why" },
    { POST, DESK, "/desk/pictures/:item/drop", MAY_PICTURE, drop, "Deletes a draft for good.",
      &media_one_view, NULL },
    { 0 },
};
