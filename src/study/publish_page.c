/* Putting an estimate forward: the words beside it, and exactly what the public will see. */
#include "study/inside.h"
#include "study/publish.html.h"
#include "study/report.h"
#include "study/shown.html.h"

struct putting {
    struct study study;
    struct study_result result;
    str own[LISTS_MAX]; /* how the table calls the lists that took part */
    struct study_publication p;
    enum study_answer answer;
};

static bool asked(struct req *rq, struct putting *to)
{
    struct studies s = study_asked(rq);
    struct study_progress run;
    id which;
    if (!in_path_id(rq, "study", &which) || study_read(&s, which, &to->study) != STUDY_YES) {
        not_found(rq, study_refusal(STUDY_NO_SUCH), S(""));
        return false;
    }
    bool is_done = study_newest_run(&s, which, &run) && run.state == STUDY_DONE &&
                   study_result_read(rq->arena, run.result, &to->result);
    to->answer = is_done ? study_publishable(&to->result) : STUDY_NO_RESULT;
    to->p.names = is_done ? to->result.lists : 0;
    for (int i = 0; i < to->p.names; i++) to->own[i] = to->result.list[i].name;
    return true;
}

/* ---- what stands in the form at first ---- */

/* "Kosovo, March to June 1999" -> "kosovo-march-to-june-1999"; what is not ASCII goes. */
static str slug_of(struct req *rq, str title)
{
    char *out = arena_new(rq->arena, char, 62);
    size_t n = 0;
    for (size_t i = 0; i < title.n && n < 60; i++) {
        char c = title.p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_word) out[n++] = c;
        else if (n && out[n - 1] != '-') out[n++] = '-';
    }
    while (n && out[n - 1] == '-') n--;
    return (str){ out, n };
}

static size_t series_here(struct req *rq, const struct study_about *about, str *out, size_t most)
{
    struct study_edition_head *all;
    size_t n = study_editions_public(rq->db, &all), found = 0;
    for (size_t i = 0; i < n && found < most; i++) {
        bool is_here = str_eq(all[i].iso3, about->iso3) && str_eq(all[i].place, about->place);
        if (is_here && !(found && str_eq(out[found - 1], all[i].series)))
            out[found++] = all[i].series;
    }
    return found;
}

static void suggest(struct req *rq, struct putting *to)
{
    str known;
    const struct study_about *about = &to->study.about;
    size_t n = series_here(rq, about, &known, 1);
    to->p.lang = lang_code(rq->lang);
    to->p.title = about->title;
    to->p.counted = about->counted;
    to->p.remark = S("");
    to->p.series = n ? known : slug_of(rq, about->title);
    for (int i = 0; i < to->p.names; i++)
        to->p.name[i] = say_with(rq, PHRASE("List {n}"), S("n"),
                                 arena_format(rq->arena, "%d", i + 1));
}

static const char *const name_fields[LISTS_MAX] = { "name1", "name2", "name3", "name4",
                                                    "name5", "name6", "name7", "name8" };

static void read_typed(struct req *rq, struct putting *to)
{
    to->p.lang = in_form_line(rq, "language");
    to->p.title = in_form_line(rq, "title");
    to->p.counted = study_one_line(rq, "counted");
    to->p.remark = study_one_line(rq, "remark");
    to->p.series = in_form_line(rq, "series");
    for (int i = 0; i < to->p.names; i++) to->p.name[i] = in_form_line(rq, name_fields[i]);
}

/* ---- the page ---- */

static void fill_preview(struct req *rq, const struct putting *to, struct study_publish *v)
{
    str lists = to->p.name[0];
    for (int i = 1; i < to->p.names; i++)
        lists = ARENA_JOIN(rq->arena, lists, S("\n"), to->p.name[i]);
    struct study_result rounded = study_result_rounded(&to->result, to->p.name);
    struct study_edition e = {
        .lang = lang_find(to->p.lang) ? to->p.lang : lang_code(rq->lang),
        .title = to->p.title,
        .iso3 = to->study.about.iso3,
        .place = to->study.about.place,
        .first_day = to->study.about.first_day,
        .last_day = to->study.about.last_day,
        .counted = to->p.counted,
        .lists = lists,
        .remark = to->p.remark,
        .result = study_result_text(rq->arena, &rounded),
    };
    v->preview = study_shown_of(rq, &e);
    v->preview_n = 1;
}

static void fill_choices(struct req *rq, const struct putting *to, struct study_publish *v)
{
    struct study_publish_languages *languages = arena_new(rq->arena, struct study_publish_languages,
                                                          lang_count());
    struct study_publish_names *names = arena_new(rq->arena, struct study_publish_names, LISTS_MAX);
    struct study_publish_known *known = arena_new(rq->arena, struct study_publish_known, 8);
    str series[8];
    for (size_t i = 0; i < lang_count(); i++)
        languages[i] =
            (struct study_publish_languages){ lang_code(lang_at(i)), lang_own_name(lang_at(i)),
                                              str_eq(lang_code(lang_at(i)), to->p.lang) };
    for (int i = 0; i < to->p.names; i++)
        names[i] = (struct study_publish_names){ str_of(name_fields[i]), to->own[i],
                                                 to->p.name[i] };
    v->known_n = series_here(rq, &to->study.about, series, COUNT_OF(series));
    for (size_t i = 0; i < v->known_n; i++) known[i] = (struct study_publish_known){ series[i] };
    v->languages = languages;
    v->languages_n = lang_count();
    v->names = names;
    v->names_n = (size_t)to->p.names;
    v->known = known;
}

static void show(struct req *rq, const struct putting *to, enum study_answer wrong)
{
    str at = web_beneath_now(rq, S("/desk/studies/"), web_id(rq, to->study.id));
    struct study_publish v = {
        .back = at,
        .action = ARENA_JOIN(rq->arena, at, S("/publish")),
        .desk_title = to->study.about.title,
        .wrong = study_refusal(wrong),
        .is_few = to->result.bootstrap < STUDY_BOOTSTRAP_GOOD,
        .title = to->p.title,
        .counted = to->p.counted,
        .remark = to->p.remark,
        .series = to->p.series,
        .token = web_token(rq),
    };
    if (to->answer != STUDY_YES) v.refused = study_refusal(to->answer);
    else {
        fill_choices(rq, to, &v);
        fill_preview(rq, to, &v);
    }
    str title = say(rq, PHRASE("Publish an estimate"));
    page(rq, (struct head){ .title = title, .description = title, .section = "studies" },
         &study_publish_view, &v);
    if (wrong != STUDY_YES) page_is_wrong(rq);
}

static void form(struct req *rq)
{
    struct putting to = { 0 };
    if (!asked(rq, &to)) return;
    suggest(rq, &to);
    show(rq, &to, STUDY_YES);
}

static void put_it(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct putting to = { 0 };
    id made;
    if (!asked(rq, &to)) return;
    read_typed(rq, &to);
    if (str_eq(in_form_line(rq, "act"), S("look"))) {
        show(rq, &to, STUDY_YES);
        return;
    }
    enum study_answer answer = study_put_forward(&s, to.study.id, &to.p, &made);
    if (answer == STUDY_YES) desk_go(rq, "second", S("/desk/studies/editions/"), web_id(rq, made));
    else show(rq, &to, answer);
}

const struct route study_publish_routes[] = {
    { GET, DESK, "/desk/studies/:study/publish", MAY_ANALYSE, form,
      "What the public will see of a study, and the words beside it.", &study_publish_view, NULL },
    { POST, DESK, "/desk/studies/:study/publish", MAY_ANALYSE, put_it,
      "Puts an estimate forward for a second person.", &study_publish_view,
      "title language counted remark series act name1 name2 name3 name4 name5 name6 name7 name8" },
    { 0 },
};
