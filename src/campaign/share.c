/* A page's title as a picture. What it says is looked up here: an address holds a path, never words to be drawn. */
#include "campaign/pages.h"
#include "draw/picture.h"
#include "search/search.h"

/* "/share/en/law/TIP-PROTOCOL.png" is the picture of "/law/TIP-PROTOCOL" in English; false if it is of nothing. */
static bool read_address(struct req *rq, const struct lang **l, str *path)
{
    if (!str_ends(rq->path, S(".png"))) return false;
    str rest = str_from(str_cut(rq->path, rq->path.n - 4), sizeof "/share/" - 1);
    str code = str_cut(rest, str_find(rest, '/') < 0 ? rest.n : (size_t)str_find(rest, '/'));
    *l = lang_find(code);
    *path = str_from(rest, code.n);
    return *l != NULL;
}

/* What the site itself calls the page; of a page it has no name for, and of those who need help, the site's own. */
static struct picture words_of(struct req *rq, const struct lang *l, str path)
{
    struct picture p = {
        .lang = lang_code(l),
        .is_rtl = lang_is_rtl(l),
        .name = lang_text(l, PHRASE("Blue Heart")),
        .title = lang_text(l, PHRASE("A crime that is hard to see")),
        .below = lang_text(l, PHRASE("Every statement with its date and source")),
    };
    if (site_is_demonstration(rq))
        p.note = lang_text(l, PHRASE("Demonstration: not operated, not UNODC"));
    struct site_place place = site_place(path);
    if (!place.section.english || place.is_quiet) return p;
    str title = place.is_whole ? lang_text(l, place.section) : search_title(rq->db, l, path);
    if (title.n == 0) return p;
    p.above = lang_text(l, place.is_whole ? place.group : place.section);
    p.title = title;
    return p;
}

void campaign_share(struct req *rq)
{
    const struct lang *l;
    str path;
    if (!read_address(rq, &l, &path)) {
        not_found(rq, PHRASE("No page of this site is called {asked}."), rq->path);
        return;
    }
    struct picture p = words_of(rq, l, path);
    str ask = picture_ask(rq->arena, &p), file = picture_file(rq->arena, ask);
    if (is_unchanged(rq, file, false)) return;
    uint64_t size;
    int fd = open_made(rq, ARENA_JOIN(rq->arena, site_files(rq), S("/"), file), &size);
    if (fd >= 0) {
        send_file(rq, (struct sent_file){ "image/png", S(""), file, fd, size, false });
    } else if (!rq->raw->job_result.p) {
        later_aside(rq, ask);
    } else {
        refuse(rq, 503,
               PHRASE("The picture could not be made just now. Please try again in a minute."),
               S(""));
    }
}
