/* The desk's list of pictures, and how one comes in. */
#include "media/desk.h"

#include "media/list.html.h"
#include "trail/trail.h"

#define PAGE_ITEMS 40

struct asked {
    struct phrase wrong;
    str credit, licence, link;
    id same; /* 0: none */
};

bool media_may_see(const struct req *rq, id organisation)
{
    return who_may_within(&rq->who, MAY_PICTURE, organisation) ||
           who_may_within(&rq->who, MAY_SHOW_PICTURE, organisation);
}

bool media_may_change(const struct req *rq, const struct media_row *item)
{
    bool is_seen = str_eq(item->state, S("published"));
    return who_may_within(&rq->who, MAY_PICTURE, item->organisation) &&
           (!is_seen || who_may_within(&rq->who, MAY_SHOW_PICTURE, item->organisation));
}

struct media_by media_by(const struct req *rq)
{
    return (struct media_by){ rq->who.person, rq->now };
}

struct phrase media_refusal(enum media_answer answer)
{
    switch (answer) {
    case MEDIA_YES: return NO_PLURAL;
    case MEDIA_NO_SUCH: return PHRASE("This is not here any more.");
    case MEDIA_NOT_SAID:
        return PHRASE("Please say how many people can be recognised in it; 0 if nobody can.");
    case MEDIA_NO_CONSENT:
        return PHRASE("Fewer people agreed to be shown on this site today than can be recognised. "
                      "Record who agreed, or do not show it.");
    case MEDIA_NO_ALT:
        return PHRASE("Say in words what it shows, in every language in which it is used; of a "
                      "film, its title.");
    case MEDIA_NO_CREDIT: return PHRASE("Say whose work it is and under which licence.");
    case MEDIA_SAME_PERSON:
        return PHRASE("Somebody can be recognised in it, so another person than the one who "
                      "brought it or changed it last must publish it.");
    case MEDIA_SETTLED:
        return PHRASE("Somebody can be recognised in it, and two people looked at it as it is. "
                      "Withdraw it, change it, and let another person publish it again.");
    case MEDIA_UNSEEN:
        return PHRASE("It was changed meanwhile. Look at it again before you publish it.");
    case MEDIA_GONE: return PHRASE("There is no picture: none was chosen, or it was deleted.");
    case MEDIA_NO_REASON: return PHRASE("Please choose why.");
    case MEDIA_BAD_LINK:
        return PHRASE("An address begins with https://. A film is at YouTube, Vimeo, the UN or the "
                      "Internet Archive.");
    case MEDIA_BAD_DAYS:
        return PHRASE("An agreement is given on a day that was, ends on a later one, and lasts at "
                      "most ten years.");
    case MEDIA_BAD_REFERENCE:
        return PHRASE("The number of the paper has letters, digits, hyphens, slashes and points, "
                      "and at least one digit. A name does not belong here.");
    case MEDIA_BAD_SCOPE: return PHRASE("Please tick where it may be shown.");
    case MEDIA_BAD_COUNT: return PHRASE("A number of people is written in digits, at most 200.");
    case MEDIA_TOO_LONG: return PHRASE("One of the answers is too long.");
    }
    return NO_PLURAL;
}

static struct phrase file_refusal(enum codec_answer answer)
{
    switch (answer) {
    case CODEC_YES: return NO_PLURAL;
    case CODEC_NOT_A_PICTURE:
        return PHRASE("This file is neither JPEG nor PNG nor WebP, whatever it is called.");
    case CODEC_TOO_LARGE:
        return PHRASE("This picture has more than 60 million pixels, or would weigh too much. "
                      "Please send a smaller one.");
    case CODEC_TOO_SMALL:
        return PHRASE("This picture is too small: each side needs at least 64 pixels.");
    case CODEC_DAMAGED:
        return PHRASE(
            "This file ends too early or is damaged. Please export it once more and send that.");
    case CODEC_ANIMATED:
        return PHRASE(
            "This picture moves. Pictures that move are not shown here; send one of its frames.");
    case CODEC_INKS:
        return PHRASE(
            "This picture is made for print (CMYK). Please save it as RGB and send that.");
    case CODEC_GAVE_UP:
        return PHRASE("This picture takes too long to be read. Please save it as an ordinary JPEG "
                      "and send that.");
    case CODEC_ANSWERS: break;
    }
    return NO_PLURAL;
}

const struct media_said *media_said_for(const struct req *rq, const struct media_said *said,
                                        size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(said[i].lang, lang_code(rq->lang))) return &said[i];
    return n ? &said[0] : NULL;
}

str media_title(struct req *rq, const struct media_row *item)
{
    struct media_said *said;
    size_t n = media_texts_of(rq->db, item->id, &said);
    const struct media_said *s = media_said_for(rq, said, n);
    if (s && s->caption.n && str_eq(item->kind, S("film"))) return s->caption;
    if (s && s->alt.n) return s->alt;
    if (s && s->caption.n) return s->caption;
    return say(rq, PHRASE("Not described yet"));
}

str media_preview(struct req *rq, const struct media_row *item, int64_t most)
{
    struct media_sized *sizes;
    size_t n = media_sizes_of(rq->db, item->id, &sizes);
    const struct media_sized *found = NULL;
    for (size_t i = 0; i < n; i++)
        if (str_eq(sizes[i].format, S("webp")) && (!found || sizes[i].wide <= most))
            found = &sizes[i];
    if (!found) return (str){ NULL, 0 };
    return arena_format(rq->arena, "/" STR_FMT "/desk/pictures/" STR_FMT "/%lld.webp",
                        STR_ARG(lang_code(rq->lang)), STR_ARG(web_id(rq, item->id)),
                        (long long)found->wide);
}

static void fill_rows(struct req *rq, struct media_list *v, str state)
{
    struct media_row *items;
    id before;
    if (!in_query_id(rq, "before", &before)) before = INT64_MAX;
    size_t n = media_items_of(rq->db, state, before, PAGE_ITEMS, &items);
    struct media_list_all *rows = arena_new(rq->arena, struct media_list_all, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!media_may_see(rq, items[i].organisation)) continue;
        bool is_draft = str_eq(items[i].state, S("draft"));
        struct media_by nobody = { .now = rq->now };
        rows[v->all_n++] = (struct media_list_all){
            .address = web_beneath_now(rq, S("/desk/pictures/"), web_id(rq, items[i].id)),
            .preview = media_preview(rq, &items[i], 320),
            .words = media_title(rq, &items[i]),
            .state = claim_word(media_states, items[i].state).phrase,
            .tone = items[i].state,
            .lacks = is_draft ? media_refusal(media_is_ready(rq->db, nobody, &items[i]))
                              : NO_PLURAL,
            .day = web_day_of(rq, items[i].entered_at),
            .is_film = str_eq(items[i].kind, S("film")),
        };
    }
    v->all = rows;
    if (n == PAGE_ITEMS)
        v->older = web_beneath_now(rq, S("/desk/pictures?state="), state, S("&before="),
                                   web_id(rq, items[n - 1].id));
}

static void fill_filters(struct req *rq, struct media_list *v, str state)
{
    struct media_list_filters *all = arena_new(rq->arena, struct media_list_filters, 4);
    all[v->filters_n++] = (struct media_list_filters){ PHRASE("All"),
                                                       web_beneath_now(rq, S("/desk/pictures")),
                                                       state.n == 0 };
    for (const struct word *w = media_states; w->code.n; w++)
        all[v->filters_n++] = (struct media_list_filters){
            w->phrase, web_beneath_now(rq, S("/desk/pictures?state="), w->code),
            str_eq(w->code, state)
        };
    v->filters = all;
}

/* Where somebody may bring pictures: for the campaign, or in the name of their organisations. */
static void fill_organisations(struct req *rq, struct media_list *v)
{
    struct people_organisation *all;
    size_t n = people_organisations_all(rq->db, &all);
    bool is_everywhere = who_may(&rq->who, MAY_PICTURE);
    struct media_list_organisations *choices = arena_new(rq->arena, struct media_list_organisations,
                                                         n + 1);
    if (is_everywhere)
        choices[v->organisations_n++] =
            (struct media_list_organisations){ S(""), say(rq, PHRASE("The campaign")) };
    for (size_t i = 0; i < n; i++)
        if (!all[i].closed_at && who_may_within(&rq->who, MAY_PICTURE, all[i].id))
            choices[v->organisations_n++] =
                (struct media_list_organisations){ web_id(rq, all[i].id), all[i].name };
    v->organisations = choices;
    v->has_organisations = n > 0;
}

static void show(struct req *rq, struct asked asked)
{
    str state = in_query(rq, "state");
    if (!claim_word(media_states, state).code.n) state = S("");
    struct media_list v = { .wrong = asked.wrong,
                            .action = web_beneath_now(rq, S("/desk/pictures")),
                            .token = web_token(rq),
                            .can_add = who_may_somewhere(&rq->who, MAY_PICTURE),
                            .credit = asked.credit,
                            .link = asked.link };
    if (asked.same) v.also = web_beneath_now(rq, S("/desk/pictures/"), web_id(rq, asked.same));
    struct media_list_licences *licences = arena_new(rq->arena, struct media_list_licences,
                                                     lang_words_in(media_licences));
    for (const struct word *w = media_licences; w->code.n; w++)
        licences[v.licences_n++] = (struct media_list_licences){ w->code, w->phrase,
                                                                 str_eq(w->code, asked.licence) };
    v.licences = licences;
    fill_filters(rq, &v, state);
    fill_organisations(rq, &v);
    fill_rows(rq, &v, state);
    str title = say(rq, PHRASE("Pictures"));
    page(rq, (struct head){ .title = title, .description = title, .section = "pictures" },
         &media_list_view, &v);
    if (asked.wrong.english) page_is_wrong(rq);
}

static void list(struct req *rq)
{
    show(rq, (struct asked){ .credit = S(""), .licence = S(""), .link = S("") });
}

/* ---- bringing one in ---- */

static bool organisation_asked(struct req *rq, id *organisation)
{
    *organisation = 0;
    str asked = in_form_line(rq, "organisation");
    bool is_read = asked.n == 0 || in_form_id(rq, "organisation", organisation);
    if (is_read && who_may_within(&rq->who, MAY_PICTURE, *organisation)) return true;
    /* Somebody of one organisation, and a form that did not ask which. */
    if (asked.n == 0 && rq->who.within_n > 0) *organisation = rq->who.within[0].organisation;
    return is_read && who_may_within(&rq->who, MAY_PICTURE, *organisation);
}

static void keep(struct req *rq, struct asked asked, const struct codec_made *made, str file)
{
    id item, organisation;
    struct media_facts f = { .is_film = str_eq(in_form_line(rq, "kind"), S("film")),
                             .people = MEDIA_PEOPLE_UNKNOWN,
                             .credit = asked.credit,
                             .licence = asked.licence,
                             .link = asked.link };
    if (f.is_film) f.people = made ? MEDIA_PEOPLE_UNKNOWN : 0;
    if (f.is_film && f.licence.n == 0) f.licence = S("permission");
    enum media_answer answer = MEDIA_NO_SUCH;
    if (organisation_asked(rq, &organisation))
        answer = media_add(rq->db, media_by(rq), organisation, file, made, f, &item);
    asked.wrong = media_refusal(answer);
    if (answer == MEDIA_YES) desk_go(rq, "added", S("/desk/pictures/"), web_id(rq, item));
    else show(rq, asked);
}

/* The process that has nothing open looked into it. */
static void take_in(struct req *rq, struct asked asked, str file)
{
    struct codec_made made;
    enum codec_answer answer;
    if (!codec_read(rq->raw->job_result, job_written(rq), &answer, &made)) {
        asked.wrong = PHRASE("The picture could not be looked at just now. Nothing was kept; "
                             "please send it again in a minute.");
        show(rq, asked);
    } else if (answer != CODEC_YES) {
        asked.wrong = file_refusal(answer);
        show(rq, asked);
    } else {
        keep(rq, asked, &made, file);
    }
}

static bool is_here_already(struct req *rq, str file, struct asked *asked)
{
    struct media_same same;
    char content[CONTENT_ID_LENGTH + 1];
    struct media_row item;
    content_id(file, content);
    if (!media_item_same(rq->db, str_of(content), &same) ||
        !media_item_get(rq->db, same.id, &item) || !media_may_see(rq, item.organisation))
        return false;
    asked->wrong = PHRASE("This very file was brought before.");
    asked->same = same.id;
    return true;
}

static void add(struct req *rq)
{
    struct asked asked = { .credit = in_form_line(rq, "credit"),
                           .licence = in_form_line(rq, "licence"),
                           .link = in_form_line(rq, "link") };
    const struct form_part *file = in_form_file(rq, "file");
    if (!file) {
        keep(rq, asked, NULL, S(""));
    } else if (is_here_already(rq, file->body, &asked)) {
        show(rq, asked);
    } else if (!rq->raw->job_result.p) {
        later_apart(rq, S("picture"), file->body);
    } else {
        take_in(rq, asked, file->body);
    }
}

const struct route media_list_routes[] = {
    { GET, DESK, "/desk/pictures", MAY_PICTURE, list, "Pictures and films, by what became of them.",
      &media_list_view, "state before" },
    { POST, DESK, "/desk/pictures", MAY_PICTURE, add, "Brings a picture in, or links to a film.",
      &media_list_view, "kind file credit licence link organisation state before" },
    { 0 },
};
