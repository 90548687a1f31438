/* The page about the crime: the definition, tried on a case; who was found; and the long text. */
#include "ask/ask.h"
#include "claim/pages.h"
#include "learn/definition.h"
#include "learn/pages.h"
#include "measure/measure.h"
#include "text/text.h"

#include <stdlib.h>

struct choice {
    const char *code;
    struct phrase label;
    int means; /* what it says: enum definition_said, or enum definition_age */
};

static const struct choice acts[] = {
    { "recruited", PHRASE_CONST("Somebody recruited the person"), SAID_YES },
    { "transported", PHRASE_CONST("Somebody transported or transferred the person"), SAID_YES },
    { "harboured", PHRASE_CONST("Somebody harboured or received the person"), SAID_YES },
    { "none", PHRASE_CONST("None of these"), SAID_NO },
    { NULL, { 0 }, 0 },
};
static const struct choice means[] = {
    { "force", PHRASE_CONST("Threat, force or another form of coercion"), SAID_YES },
    { "abduction", PHRASE_CONST("Abduction"), SAID_YES },
    { "deception", PHRASE_CONST("Fraud or deception"), SAID_YES },
    { "power", PHRASE_CONST("Abuse of power"), SAID_YES },
    { "vulnerability", PHRASE_CONST("Abuse of a vulnerable position"), SAID_YES },
    { "payment", PHRASE_CONST("Paying, or giving benefits to, whoever had control over the person"),
      SAID_YES },
    { "none", PHRASE_CONST("None of these"), SAID_NO },
    { NULL, { 0 }, 0 },
};
static const struct choice purposes[] = {
    { "sexual", PHRASE_CONST("Prostitution of others, or other sexual exploitation"), SAID_YES },
    { "labour", PHRASE_CONST("Forced labour or services"), SAID_YES },
    { "slavery", PHRASE_CONST("Slavery or practices like it"), SAID_YES },
    { "servitude", PHRASE_CONST("Servitude"), SAID_YES },
    { "organs", PHRASE_CONST("Removal of organs"), SAID_YES },
    { "other", PHRASE_CONST("Another kind of exploitation, such as begging or crime"), SAID_YES },
    { "none", PHRASE_CONST("No exploitation was intended"), SAID_NO },
    { NULL, { 0 }, 0 },
};
static const struct choice ages[] = {
    { "adult", PHRASE_CONST("18 or older"), AGE_ADULT },
    { "child", PHRASE_CONST("Under 18"), AGE_CHILD },
    { "unsure", PHRASE_CONST("Not certain"), AGE_UNSURE },
    { NULL, { 0 }, 0 },
};

enum { ACT, MEANS, PURPOSE, AGE, QUESTIONS };

static const struct question {
    const char *name;
    struct phrase title, hint;
    const struct choice *choices;
} questions[QUESTIONS] = {
    { "act", PHRASE_CONST("What was done?"),
      PHRASE_CONST("One act is enough. Crossing a border is not needed, nor is moving at all."),
      acts },
    { "means", PHRASE_CONST("How?"),
      PHRASE_CONST("If more than one fits, choose the clearest. One is enough."), means },
    { "purpose", PHRASE_CONST("What for?"),
      PHRASE_CONST("What was intended counts, even if it did not come to it."), purposes },
    { "age", PHRASE_CONST("How old was the person?"),
      PHRASE_CONST("Under the Protocol a child is anyone under 18."), ages },
};

static const struct word element_names[] = {
    { S_CONST("act"), PHRASE_CONST("Act") },
    { S_CONST("means"), PHRASE_CONST("Means") },
    { S_CONST("purpose"), PHRASE_CONST("Purpose") },
};
static const struct word element_states[] = {
    [ELEMENT_PRESENT] = { S_CONST("present"), PHRASE_CONST("present") },
    [ELEMENT_MISSING] = { S_CONST("missing"), PHRASE_CONST("missing") },
    [ELEMENT_NOT_SAID] = { S_CONST("not_said"), PHRASE_CONST("not said") },
    [ELEMENT_NOT_NEEDED] = { S_CONST("not_needed"), PHRASE_CONST("not needed for a child") },
};
static const struct word findings[] = {
    [FINDING_MORE] = { S_CONST("more"),
                       PHRASE_CONST("More must be said before the definition can be tried.") },
    [FINDING_ALL] = { S_CONST("all"),
                      PHRASE_CONST("All three elements are present. As described, this is what the "
                                   "Protocol calls trafficking in persons.") },
    [FINDING_CHILD] = { S_CONST("child"),
                        PHRASE_CONST("Act and purpose are present, and the person is a child. As "
                                     "described, this is what the Protocol calls trafficking in "
                                     "persons.") },
    [FINDING_BY_AGE] = { S_CONST("by_age"),
                         PHRASE_CONST(
                             "If the person is under 18, the definition is met; if not, a "
                             "means is missing. When age is uncertain, treat the person as a "
                             "child.") },
    [FINDING_LACKING] = { S_CONST("lacking"),
                          PHRASE_CONST("An element is missing. As described, this is not what the "
                                       "Protocol calls trafficking in persons.") },
};

static const struct choice *chosen(struct req *rq, int q)
{
    str code = in_query(rq, questions[q].name);
    const struct choice *c = questions[q].choices;
    while (c->code && !str_eq(str_of(c->code), code)) c++;
    return c->code ? c : NULL;
}

static void fill_questions(struct req *rq, struct learn_crime *v)
{
    struct learn_crime_questions *all = arena_new(rq->arena, struct learn_crime_questions,
                                                  QUESTIONS);
    for (int q = 0; q < QUESTIONS; q++) {
        size_t n = 0;
        while (questions[q].choices[n].code) n++;
        struct learn_crime_questions_choices *choices = arena_new(
            rq->arena, struct learn_crime_questions_choices, n);
        const struct choice *is = chosen(rq, q);
        for (size_t i = 0; i < n; i++) {
            const struct choice *c = &questions[q].choices[i];
            choices[i] = (struct learn_crime_questions_choices){ str_of(c->code), c->label,
                                                                 c == is };
        }
        all[q] = (struct learn_crime_questions){ str_of(questions[q].name), questions[q].title,
                                                 questions[q].hint, choices, n };
    }
    v->questions = all;
    v->questions_n = QUESTIONS;
}

static const char *class_of(enum definition_element e)
{
    switch (e) {
    case ELEMENT_PRESENT: return "is-present";
    case ELEMENT_MISSING: return "is-missing";
    case ELEMENT_NOT_SAID: return "is-unknown";
    case ELEMENT_NOT_NEEDED: return "is-spared";
    }
    return "";
}

static struct phrase why_means(enum definition_element e)
{
    switch (e) {
    case ELEMENT_PRESENT:
        return PHRASE("Once a means was used, it does not matter whether the person agreed to the "
                      "exploitation: consent got in this way is no consent.");
    case ELEMENT_MISSING:
        return PHRASE(
            "For an adult one of the means is needed. Without it the Protocol does not call "
            "it trafficking; it may still be another crime, or break the law on work.");
    case ELEMENT_NOT_SAID: return PHRASE("Nothing was said about how it was done.");
    case ELEMENT_NOT_NEEDED:
        return PHRASE("A child cannot agree to be exploited, so no means has to be shown.");
    }
    return PHRASE("Nothing was said about how it was done.");
}

static void add_element(struct learn_crime *v, int i, enum definition_element e,
                        const struct choice *c, const char *article, struct phrase why)
{
    struct learn_crime_elements *out = (struct learn_crime_elements *)&v->elements[v->elements_n++];
    *out = (struct learn_crime_elements){ .element = element_names[i],
                                          .state = element_states[e],
                                          .class = str_of(class_of(e)),
                                          .article = str_of(article),
                                          .why = why };
    if (c && e != ELEMENT_NOT_NEEDED) out->chosen = c->label;
}

static void fill_notes(struct req *rq, const struct definition_answer *a, struct learn_crime *v)
{
    struct learn_crime_notes *all = arena_new(rq->arena, struct learn_crime_notes, 6);
    size_t n = 0;
    bool is_met = a->finding == FINDING_ALL || a->finding == FINDING_CHILD;
    if (is_met)
        all[n++] = (struct learn_crime_notes){
            PHRASE(
                "Whether it was a crime, and whose, only a court can say. What is described here "
                "may be incomplete."),
            { NULL, 0 }
        };
    const struct choice *purpose = chosen(rq, PURPOSE);
    if (purpose && strcmp(purpose->code, "other") == 0)
        all[n++] = (struct learn_crime_notes){
            PHRASE(
                "The Protocol's list of kinds of exploitation is a minimum. Many laws name others: "
                "forced begging, forced crime, forced marriage, illegal adoption."),
            S("3(a)")
        };
    if (a->finding == FINDING_LACKING)
        all[n++] = (struct learn_crime_notes){ PHRASE(
                                                   "Not being trafficking does not make it lawful "
                                                   "or harmless. The person may need help "
                                                   "all the same."),
                                               { NULL, 0 } };
    all[n++] = (struct learn_crime_notes){ PHRASE(
                                               "The law of a state may go further than the "
                                               "Protocol: some ask for no means at all, some "
                                               "name more purposes. The law of the place decides."),
                                           S("5") };
    v->notes = all;
    v->notes_n = n;
}

static void fill_answer(struct req *rq, struct learn_crime *v)
{
    const struct choice *c[QUESTIONS];
    for (int q = 0; q < QUESTIONS; q++) {
        c[q] = chosen(rq, q);
        v->is_asked = v->is_asked || c[q];
    }
    if (!v->is_asked) return;
    struct definition_answer a = definition_test((struct definition_case){
        .act = c[ACT] ? (enum definition_said)c[ACT]->means : SAID_NOTHING,
        .means = c[MEANS] ? (enum definition_said)c[MEANS]->means : SAID_NOTHING,
        .purpose = c[PURPOSE] ? (enum definition_said)c[PURPOSE]->means : SAID_NOTHING,
        .age = c[AGE] ? (enum definition_age)c[AGE]->means : AGE_NOTHING,
    });
    v->finding = findings[a.finding];
    v->finding_class = a.finding == FINDING_MORE ? S("is-open") : S("is-said");
    v->elements = arena_new(rq->arena, struct learn_crime_elements, 3);
    add_element(v, ACT, a.act, c[ACT], "3(a), 3(c)",
                PHRASE("What was done to the person. Moving across a border is not needed."));
    add_element(v, MEANS, a.means, c[MEANS],
                a.means == ELEMENT_NOT_NEEDED ? "3(c), 3(d)" : "3(a), 3(b)", why_means(a.means));
    add_element(v, PURPOSE, a.purpose, c[PURPOSE], "3(a)",
                PHRASE("What it was done for. The intention to exploit is enough."));
    fill_notes(rq, &a, v);
}

/* ---- Who was found: what sources say of the whole world. */

static const struct word shown_metrics[] = {
    { S_CONST("share_of_victims"), PHRASE_CONST("Share of the victims found") },
    { S_CONST("share_of_girl_victims"), PHRASE_CONST("Share of the girls found") },
    { S_CONST("share_of_boy_victims"), PHRASE_CONST("Share of the boys found") },
    { S_CONST("people_in_forced_labour_estimate"),
      PHRASE_CONST("People in forced labour (an estimate)") },
    { S_CONST(""), PHRASE_CONST("") },
};

static const struct word groups[] = {
    { S_CONST("adult women"), PHRASE_CONST("Women") },
    { S_CONST("adult men"), PHRASE_CONST("Men") },
    { S_CONST("girls"), PHRASE_CONST("Girls") },
    { S_CONST("boys"), PHRASE_CONST("Boys") },
    { S_CONST("Female"), PHRASE_CONST("Women and girls") },
    { S_CONST("Male"), PHRASE_CONST("Men and boys") },
    { S_CONST("0 to 17 years"), PHRASE_CONST("Children") },
    { S_CONST("form: Forced labour"), PHRASE_CONST("Forced labour") },
    { S_CONST("form: Sexual exploitation"), PHRASE_CONST("Sexual exploitation") },
    { S_CONST("form: Forced criminality"), PHRASE_CONST("Forced crime") },
    { S_CONST("form: Other forms of exploitation"), PHRASE_CONST("Other forms of exploitation") },
    { S_CONST(""), PHRASE_CONST("") },
};

static const struct word units[] = {
    { S_CONST("percent"), PHRASE_CONST("percent") },
    { S_CONST("persons"), PHRASE_CONST("persons") },
    { S_CONST(""), PHRASE_CONST("") },
};

/* Whom a figure is about: what its category says, else its sex, else its age. */
static struct word group_of(const struct claim *c)
{
    static const char *const columns[] = { "category", "sex", "age" };
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        for (const struct word *w = groups; w->code.n; w++)
            if (str_eq(w->code, claim_cell(c, columns[i]))) return *w;
    return (struct word){ 0 };
}

static size_t place_of(const struct word *all, str code)
{
    size_t i = 0;
    while (all[i].code.n && !str_eq(all[i].code, code)) i++;
    return i;
}

/* As the words above stand: shares of all, people before forms, then the rest; of one group the newest year first. */
static int by_place(const void *x, const void *y)
{
    const struct learn_crime_figures *a = x, *b = y;
    size_t what_a = place_of(shown_metrics, a->what.code),
           what_b = place_of(shown_metrics, b->what.code);
    size_t group_a = place_of(groups, a->group.code), group_b = place_of(groups, b->group.code);
    if (what_a != what_b) return what_a < what_b ? -1 : 1;
    if (group_a != group_b) return group_a < group_b ? -1 : 1;
    int years = str_cmp(b->year, a->year);
    return years ? years : str_cmp(a->claim, b->claim);
}

/* Leaves out what a newer year answers anew; sources of the same year stand side by side. */
static size_t keep_newest(struct learn_crime_figures *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct learn_crime_figures *k = kept ? &all[kept - 1] : NULL;
        bool is_older = k && str_eq(k->what.code, all[i].what.code) &&
                        str_eq(k->group.code, all[i].group.code) && !str_eq(k->year, all[i].year);
        if (!is_older) all[kept++] = all[i];
    }
    return kept;
}

static void fill_figures(struct req *rq, struct learn_crime *v)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &measure_statistics, S(""), rq->when, &rows);
    struct learn_crime_figures *all = arena_new(rq->arena, struct learn_crime_figures, n + 1);
    for (size_t i = 0; i < n; i++) {
        str metric = claim_cell(&rows[i], "metric"), as_of = claim_cell(&rows[i], "as_of");
        const struct word *what = shown_metrics;
        while (what->code.n && !str_eq(what->code, metric)) what++;
        int64_t value;
        bool is_world = str_eq(claim_cell(&rows[i], "level"), S("world"));
        if (!is_world || !what->code.n) continue; /* not shown */
        if (!str_to_int(claim_cell(&rows[i], "value"), &value)) continue;
        struct learn_crime_figures *f = &all[v->figures_n++];
        *f = (struct learn_crime_figures){
            .what = *what,
            .group = group_of(&rows[i]),
            .value = (double)value,
            .unit = claim_word(units, claim_cell(&rows[i], "unit")),
            .year = claim_cell(&rows[i], "year"),
            .claim = claim_address(rq, rows[i].id),
            .source = claim_source_shown(rq, claim_source(&rows[i])),
        };
        if (as_of.n) f->as_of = as_of;
    }
    qsort(all, v->figures_n, sizeof *all, by_place);
    v->figures_n = keep_newest(all, v->figures_n);
    v->figures = all;
    v->has_figures = v->figures_n > 0;
}

/* What the crime is: the definition, who was found, the long text. */
void learn_crime(struct req *rq)
{
    struct text text;
    struct web_text shown;
    struct learn_crime v = {
        .protocol = web_beneath(rq, S("/law/TIP-PROTOCOL/articles/3")),
        .help = web_beneath_now(rq, S("/help")),
        .again = web_beneath_now(rq, S("/the-crime#test")),
        .numbers = web_beneath(rq, S("/numbers")),
        .signs = web_beneath_now(rq, S("/learn")),
        .asked = ask_under(rq, S("/the-crime")),
        .finding_class = S(""),
    };
    fill_questions(rq, &v);
    fill_answer(rq, &v);
    fill_figures(rq, &v);
    v.has_text = text_get(rq->db, rq->lang, S("the-crime"), rq->when, rq->now, &text);
    if (v.has_text) {
        shown = text_shown(rq, &text);
        v.text = &shown;
    }
    struct head head = { .title = say(rq, PHRASE("The crime")),
                         .section = "crime",
                         .description = say(rq,
                                            PHRASE("What trafficking in persons is: act, means and "
                                                   "purpose, and why a child needs no means.")) };
    page(rq, head, &learn_crime_view, &v);
}
