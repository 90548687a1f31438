/* A study begins with what it is about and its table; later only the words change. */
#include "study/inside.h"
#include "study/new.html.h"

struct typed {
    struct study_about about;
    str words;
    enum study_answer answer;
    struct complaint why;
};

static void fill_states(struct req *rq, str now, struct study_new *v)
{
    struct lang_state_named *all;
    size_t n = lang_states_by_name(rq->arena, rq->lang, &all);
    struct study_new_states *states = arena_new(rq->arena, struct study_new_states, n + 1);
    for (size_t i = 0; i < n; i++)
        states[i] = (struct study_new_states){ all[i].code, all[i].name, str_eq(all[i].code, now) };
    v->states = states;
    v->states_n = n;
}

static void show(struct req *rq, const struct typed *t, str back, str action, bool is_new)
{
    struct study_new v = {
        .is_new = is_new,
        .wrong = study_refusal(t->answer),
        .title = t->about.title,
        .place = t->about.place,
        .first = t->about.first_day,
        .last = t->about.last_day,
        .counted = t->about.counted,
        .words = t->words,
        .docs = ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, S("/numbers/estimates")),
                           S("#lists")),
        .action = action,
        .back = back,
        .token = web_token(rq),
    };
    fill_states(rq, t->about.iso3, &v);
    if (t->why.what.n) v.why = study_complaint(rq, t->why.what);
    if (t->why.line) v.line = SOME_INT(t->why.line);
    if (t->why.line) v.column = SOME_INT(t->why.column);
    str title = is_new ? say(rq, PHRASE("Begin a study"))
                       : say(rq, PHRASE("What the study is about"));
    page(rq, (struct head){ .title = title, .description = title, .section = "studies" },
         &study_new_view, &v);
    if (t->answer != STUDY_YES) page_is_wrong(rq);
}

static struct study_about about_typed(struct req *rq)
{
    return (struct study_about){ .title = in_form_line(rq, "title"),
                                 .iso3 = in_form_line(rq, "iso3"),
                                 .place = in_form_line(rq, "place"),
                                 .first_day = in_form_line(rq, "first_day"),
                                 .last_day = in_form_line(rq, "last_day"),
                                 .counted = study_one_line(rq, "counted") };
}

/* ---- a new one ---- */

static void show_new(struct req *rq, const struct typed *t)
{
    show(rq, t, web_beneath_now(rq, S("/desk/studies")),
         web_beneath_now(rq, S("/desk/studies/new")), true);
}

static void new_form(struct req *rq)
{
    show_new(rq, &(struct typed){ .answer = STUDY_YES });
}

static void begin(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct typed t = { .about = about_typed(rq), .words = in_form(rq, "words") };
    const struct form_part *file = in_form_file(rq, "file");
    str csv = file && file->body.n ? file->body : t.words;
    id made;
    if (!str_is_utf8(csv)) csv = S("");
    t.answer = study_begin(&s, &t.about, csv, &made, &t.why);
    if (t.answer == STUDY_YES) {
        desk_go(rq, NULL, S("/desk/studies/"), web_id(rq, made));
        return;
    }
    if (csv.n <= STUDY_TABLE_MAX) t.words = csv; /* of a file too, so that nothing is lost */
    if (csv.n > STUDY_TABLE_MAX) t.why.what = say(rq, PHRASE("It is larger than 16 KB."));
    else if (!csv.n && t.answer == STUDY_BAD_TABLE)
        t.why.what = say(rq, PHRASE("Paste its lines, or choose a file with text in UTF-8."));
    show_new(rq, &t);
}

/* ---- other words ---- */

static bool asked(struct req *rq, struct study *study)
{
    struct studies s = study_asked(rq);
    id which;
    if (in_path_id(rq, "study", &which) && study_read(&s, which, study) == STUDY_YES) return true;
    not_found(rq, study_refusal(STUDY_NO_SUCH), S(""));
    return false;
}

static void show_words(struct req *rq, id which, const struct typed *t)
{
    str at = web_beneath_now(rq, S("/desk/studies/"), web_id(rq, which));
    show(rq, t, at, ARENA_JOIN(rq->arena, at, S("/words")), false);
}

static void words_form(struct req *rq)
{
    struct study study;
    if (asked(rq, &study)) show_words(rq, study.id, &(struct typed){ .about = study.about });
}

static void change(struct req *rq)
{
    struct studies s = study_asked(rq);
    struct study study;
    if (!asked(rq, &study)) return;
    struct typed t = { .about = about_typed(rq) };
    t.answer = study_change(&s, study.id, &t.about);
    if (t.answer == STUDY_YES) desk_go(rq, "saved", S("/desk/studies/"), web_id(rq, study.id));
    else show_words(rq, study.id, &t);
}

const struct route study_new_routes[] = {
    { GET, DESK, "/desk/studies/new", MAY_ANALYSE, new_form, "Beginning a study.", &study_new_view,
      NULL },
    { POST, DESK, "/desk/studies/new", MAY_ANALYSE, begin, "Begins a study with its table.",
      &study_new_view, "title iso3 place first_day last_day counted words file" },
    { GET, DESK, "/desk/studies/:study/words", MAY_ANALYSE, words_form,
      "What a study is about, to be changed.", &study_new_view, NULL },
    { POST, DESK, "/desk/studies/:study/words", MAY_ANALYSE, change,
      "Changes what a study is about.", &study_new_view,
      "title iso3 place first_day last_day counted" },
    { 0 },
};
