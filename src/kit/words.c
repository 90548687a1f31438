/* A kit's text read into its parts. */
#include "kit/kit.h"

#include "base/limits.h"

static const char *const names[KIT_PARTS] = { "weeks", "week", "day", "after", "read", "posts" };

/* "## On the day {#day}": its title and its name; false for any other line. */
static bool is_heading(str line, str *title, str *name)
{
    if (!str_starts(line, S("## "))) return false;
    *title = str_trim(str_from(line, 3));
    *name = S("");
    ptrdiff_t at = str_find(*title, '{');
    if (at < 0 || !str_ends(*title, S("}"))) return true;
    str inside = str_from(*title, (size_t)at);
    if (!str_starts(inside, S("{#"))) return true;
    *name = str_cut(str_from(inside, 2), inside.n - 3);
    *title = str_trim(str_cut(*title, (size_t)at));
    return true;
}

static struct kit_piece *piece_named(struct kit_words *w, str name)
{
    for (int i = 0; i < KIT_PARTS; i++)
        if (str_eq(name, str_of(names[i])) && w->part[i].title.n == 0) return &w->part[i];
    return NULL;
}

void kit_words_read(struct arena *a, str markdown, struct kit_words *out)
{
    struct sink opening;
    *out = (struct kit_words){ .opening = S("") };
    for (int i = 0; i < KIT_PARTS; i++) out->part[i] = (struct kit_piece){ S(""), S("") };
    sink_open(&opening, a, TEXT_FILE_MAX * 2);
    struct kit_piece *now = NULL;
    for (str rest = markdown; rest.p;) {
        const char *begin = rest.p;
        str line = str_split(&rest, '\n'), title, name;
        bool is_new = is_heading(line, &title, &name);
        if (is_new) now = piece_named(out, name);
        if (now && is_new) {
            now->title = title;
            now->body = (str){ rest.p ? rest.p : "", 0 };
        } else if (now) {
            now->body.n = (size_t)(line.p + line.n - now->body.p);
        } else {
            put(&opening, (str){ begin, line.n });
            put_char(&opening, '\n');
        }
    }
    for (int i = 0; i < KIT_PARTS; i++) out->part[i].body = str_trim(out->part[i].body);
    out->opening = str_trim(sink_str(&opening));
}

/* "- words", "* words", "3. words": where the words begin; 0 if it is no point. */
static size_t point_at(str line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] >= '0' && line.p[i] <= '9') i++;
    bool is_number = i > 0 && i < line.n && (line.p[i] == '.' || line.p[i] == ')');
    bool is_bullet = line.n && (line.p[0] == '-' || line.p[0] == '*' || line.p[0] == '+');
    if (is_bullet) i = 0;
    if (!is_number && !is_bullet) return 0;
    return i + 1 < line.n && line.p[i + 1] == ' ' ? i + 2 : 0;
}

size_t kit_items(struct arena *a, str markdown, str **out)
{
    str *all = arena_new(a, str, KIT_ITEMS_MAX);
    size_t n = 0;
    bool is_open = false;
    for (str rest = markdown; rest.p;) {
        str line = str_split(&rest, '\n'), bare = str_trim(line);
        size_t at = point_at(line);
        if (at && n == KIT_ITEMS_MAX) break;
        if (at) all[n++] = str_from(line, at);
        else if (is_open && bare.n) all[n - 1] = ARENA_JOIN(a, all[n - 1], S("\n"), bare);
        is_open = at || (is_open && bare.n);
    }
    for (size_t i = 0; i < n; i++) all[i] = str_trim(text_plain(a, all[i]));
    *out = all;
    return n;
}

int64_t kit_letters(str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}
