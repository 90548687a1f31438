/* edit/inside.h - what the room's own files share.
 *
 * Needs: edit.    Never: included outside src/edit. */
#ifndef EDIT_INSIDE_H
#define EDIT_INSIDE_H

#include "edit/diff.h"
#include "edit/edit.h"
#include "edit/preview.html.h"
#include "people/people.h"
#include "trail/trail.h"
#include "web/web.h"

/* What is published of a text in a language, as it came with the program or was entered here; the newest. */
MUST_USE bool edit_claim(const struct edit *e, str slug, str lang, struct claim *out);
/* Keeps what was known from its file alone, so that it can be changed: its first revision is nobody's. */
void edit_settle(const struct edit *e, struct edit_piece *p);
void edit_put(const struct edit *e, const struct edit_version *v);
void edit_note(const struct edit *e, const struct edit_piece *p, enum trail_deed deed);
bool edit_same_words(const struct edit_words *x, const struct edit_words *y);

/* ---- pages ---- */
struct edit edit_of(struct req *rq);
str edit_address(struct req *rq, const struct edit_piece *p,
                 const char *beneath); /* "", "/history" ... */
/* The piece an address names, if who asks may see it; else says that there is none. */
MUST_USE bool edit_asked(struct req *rq, struct edit *e, struct edit_piece *p);
struct phrase edit_state_words(const struct edit *e, const struct edit_piece *p);
const char *edit_state_class(const struct edit *e, const struct edit_piece *p);
/* A refusal as text, with its line or word filled in; absent for EDIT_YES. */
str edit_wrong(struct req *rq, const struct edit *e, enum edit_answer answer);
struct edit_words edit_typed(struct req *rq);

/* Two texts as one, what went and what came marked. */
html edit_diff_html(struct arena *a, str before, str after);
/* The same with only what changed and a little around it. */
html edit_diff_short(struct arena *a, str before, str after);

/* The editor, with what is typed in it; `wrong` absent if nothing is. */
struct edit_screen {
    struct edit_words words;
    int64_t based_on, follows;
    bool is_typed, is_previewed, is_from_mine, is_merged, follows_now;
    str wrong;
};
void edit_show(struct req *rq, struct edit *e, struct edit_piece *p, struct edit_screen s);
/* Both versions side by side, after somebody else was quicker. */
void edit_show_conflict(struct req *rq, struct edit *e, struct edit_piece *p,
                        const struct edit_screen *s);

/* What its writer should look at before others do. */
struct edit_look {
    size_t words;
    struct edit_warning {
        int line;
        struct phrase what;
        str about;
    } * warnings;
    size_t warnings_n;
};
struct edit_look edit_look_at(struct req *rq, str body, const struct lang *l);

struct edit_preview edit_preview_of(struct req *rq, const struct edit_words *w, str code);

extern const struct route edit_list_routes[], edit_editor_routes[], edit_conflict_routes[],
    edit_review_routes[], edit_history_routes[];

#endif
