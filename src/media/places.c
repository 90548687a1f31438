/* Where pictures are used: their names in words. */
#include "media/inside.h"

#include "base/id.h"

#define PLACES_MAX 200

static const str marks[] = { S_CONST("picture:"), S_CONST("film:") };

bool media_address(str address, str *name, bool *is_film)
{
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (!str_starts(address, marks[i])) continue;
        *name = str_from(address, marks[i].n);
        *is_film = i == 1;
        return content_id_is(*name);
    }
    return false;
}

bool media_next_name(str *rest, str *name)
{
    while (rest->n) {
        bool is_film;
        ptrdiff_t colon = str_find(*rest, ':');
        if (colon < 0) return false;
        for (size_t i = 0; i < COUNT_OF(marks); i++) {
            size_t back = marks[i].n - 1;
            if ((size_t)colon < back) continue;
            str here = str_cut(str_from(*rest, (size_t)colon - back),
                               marks[i].n + CONTENT_ID_LENGTH);
            if (!media_address(here, name, &is_film)) continue;
            *rest = str_from(*rest, (size_t)colon + 1 + CONTENT_ID_LENGTH);
            return true;
        }
        *rest = str_from(*rest, (size_t)colon + 1);
    }
    return false;
}

static bool names_it(str markdown, str wanted)
{
    str name;
    while (media_next_name(&markdown, &name))
        if (str_eq(name, wanted)) return true;
    return false;
}

size_t media_places(struct db *db, const struct media_row *item, ms now, struct media_place **out)
{
    struct arena *a = db_arena(db);
    struct media_used *noted;
    struct media_place *all = arena_new(a, struct media_place, PLACES_MAX);
    size_t n = 0;
    for (size_t k = 0; k < lang_count(); k++) {
        struct text *texts;
        size_t texts_n = text_list(db, lang_at(k), "", CLAIM_NOW, now, &texts);
        for (size_t i = 0; i < texts_n && n < PLACES_MAX; i++) {
            const struct text *t = &texts[i];
            if (t->is_foreign || !names_it(t->body, item->name)) continue;
            bool is_news = str_eq(t->kind, S("news"));
            all[n++] = (struct media_place){ ARENA_JOIN(a, is_news ? S("/news/") : S("/"), t->slug),
                                             t->title, t->lang };
        }
    }
    size_t noted_n = media_uses_of(db, item->id, &noted);
    for (size_t i = 0; i < noted_n && n < PLACES_MAX; i++)
        all[n++] = (struct media_place){ noted[i].place, noted[i].place, noted[i].lang };
    *out = all;
    return n;
}

void media_note_uses(struct db *db, str place, str lang, str markdown, ms now)
{
    struct media_row item;
    str name;
    media_uses_drop(db, place, lang);
    while (media_next_name(&markdown, &name))
        if (media_item_named(db, name, &item)) media_use_add(db, item.id, place, lang, now);
}

ms media_changed(struct db *db, str markdown, ms now)
{
    struct media_row item;
    ms newest = 0;
    str name;
    while (media_next_name(&markdown, &name)) {
        if (!media_item_named(db, name, &item) || str_eq(item.state, S("draft"))) continue;
        if (item.changed_at > newest && item.changed_at <= now) newest = item.changed_at;
    }
    return newest;
}
