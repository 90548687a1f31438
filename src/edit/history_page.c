/* Every version there was, what changed with each, and the way back to one. */
#include "edit/inside.h"

#include "edit/history.html.h"

static struct phrase how_words(str how)
{
    for (const struct word *w = edit_hows; w->code.n; w++)
        if (str_eq(w->code, how)) return w->phrase;
    return edit_hows[EDIT_WRITTEN].phrase;
}

static str with_number(struct req *rq, const struct edit_piece *p, int64_t number)
{
    return arena_format(rq->arena, STR_FMT "?n=%lld", STR_ARG(edit_address(rq, p, "/history")),
                        (long long)number);
}

static size_t fill_revisions(struct req *rq, struct edit *e, const struct edit_piece *p,
                             int64_t open, struct edit_history *v)
{
    struct edit_saved *all = NULL;
    struct people people = people_of(rq);
    size_t n = p->is_kept ? edit_revisions_of(e->db, p->text.slug, p->version.lang, &all) : 0;
    struct edit_history_revisions *rows = arena_new(rq->arena, struct edit_history_revisions,
                                                    n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct edit_history_revisions){
            .number = all[i].number,
            .address = with_number(rq, p, all[i].number),
            .at = web_moment_of(rq, all[i].at),
            .who = all[i].author ? person_name(&people, all[i].author)
                                 : say(rq, PHRASE("the program's own files")),
            .how = how_words(all[i].how),
            .title = all[i].title,
            .is_shown = all[i].number == p->version.shown,
            .is_head = all[i].number == p->version.head,
            .is_open = all[i].number == open,
        };
    v->revisions = rows;
    v->revisions_n = n;
    return n;
}

static void history(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    struct edit_revision one, before;
    int64_t number = 0;
    if (!edit_asked(rq, &e, &p)) return;
    if (!str_to_int(in_query(rq, "n"), &number) || number < 0) number = p.version.head;
    const struct lang *l = lang_find(p.version.lang);
    struct edit_history v = {
        .heading = p.version.title.n ? p.version.title : p.text.slug,
        .code = p.version.lang,
        .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
        .editor = edit_address(rq, &p, ""),
        .has_one = edit_revision(&e, &p, number, &one),
        .number = number,
        .changes = { S("") },
        .title_changes = { S("") },
        .restore = edit_address(rq, &p, "/restore"),
        .based_on = arena_format(rq->arena, "%lld", (long long)p.version.head),
        .token = web_token(rq),
    };
    fill_revisions(rq, &e, &p, number, &v);
    if (v.has_one) {
        if (!edit_revision(&e, &p, one.based_on, &before)) before.body = S("");
        str old = ARENA_JOIN(rq->arena, before.summary, S("\n\n"), before.body),
            new = ARENA_JOIN(rq->arena, one.summary, S("\n\n"), one.body);
        v.changes = edit_diff_short(rq->arena, old, new);
        v.title_changes = edit_diff_html(rq->arena, before.title, one.title);
        v.has_changes = !str_eq(old, new);
        v.can_restore = number != p.version.head && edit_may_write(&e, &p);
    }
    str title = say(rq, PHRASE("Earlier versions"));
    page(rq, (struct head){ .title = title, .description = title, .section = "texts" },
         &edit_history_view, &v);
}

static void restore(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    int64_t number = 0, based_on = 0;
    if (!edit_asked(rq, &e, &p)) return;
    if (!str_to_int(in_form_line(rq, "number"), &number) ||
        !str_to_int(in_form_line(rq, "based_on"), &based_on))
        number = 0;
    enum edit_answer answer = edit_restore(&e, &p, number, based_on);
    if (answer == EDIT_YES) {
        desk_go(rq, "restored", S("/desk/texts/"), p.text.slug, S("/"), p.version.lang);
        return;
    }
    refuse(rq,
           answer == EDIT_STALE     ? 409
           : answer == EDIT_NO_SUCH ? 404
                                    : 422,
           edit_refusal(answer), S(""));
}

const struct route edit_history_routes[] = {
    { GET, DESK, "/desk/texts/:slug/:lang/history", MAY_TRANSLATE, history,
      "Every version of a text.", &edit_history_view, "n" },
    { POST, DESK, "/desk/texts/:slug/:lang/restore", MAY_TRANSLATE, restore,
      "Goes back to an earlier version.", NULL, "number based_on" },
    { 0 },
};
