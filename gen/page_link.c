/* Shared views found by name, and what would not compile refused here, where we can say why. */
#include "page.h"

static struct page *find_page(struct pages *all, str room, str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->at[i].room, room) && str_eq(all->at[i].name, name)) return &all->at[i];
    return NULL;
}

/* "source" is this room's, else web's; "claim/source" is another room's. */
static struct page *find_shared(struct pages *all, const struct page *from, str name)
{
    ptrdiff_t slash = str_find(name, '/');
    if (slash > 0)
        return find_page(all, str_cut(name, (size_t)slash), str_from(name, (size_t)slash + 1));
    struct page *near = find_page(all, from->room, name);
    return near ? near : find_page(all, S("web"), name);
}

static void add_use(struct pages *all, struct page *p, struct page *used)
{
    for (size_t i = 0; i < p->uses_n; i++)
        if (p->uses[i] == used) return;
    struct page **more = arena_new(all->arena, struct page *, p->uses_n + 1);
    if (p->uses_n) memcpy(more, p->uses, p->uses_n * sizeof *more);
    more[p->uses_n++] = used;
    p->uses = more;
}

static void check_struct_name(struct pages *all, const struct page *p, const struct field *f)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->at[i].c_name, f->record->c_name))
            text_fail(&p->source, f->at,
                      "struct " STR_FMT " is also the view of %s; choose another name",
                      STR_ARG(f->record->c_name), all->at[i].source.path);
}

static void link_record(struct pages *all, struct page *p, struct record *rec)
{
    for (size_t i = 0; i < rec->n; i++) {
        struct field *f = &rec->field[i];
        if (f->kind == LIST || f->kind == GROUP) {
            check_struct_name(all, p, f);
            link_record(all, p, f->record);
        }
        if (f->kind == LIST_OF || f->kind == ONE) {
            f->shared = find_shared(all, p, f->shared_name);
            if (!f->shared)
                text_fail(&p->source, f->at,
                          "there is no view \"" STR_FMT "\"; make src/" STR_FMT "/%.*s.html or "
                          "src/web/%.*s.html",
                          STR_ARG(f->shared_name), STR_ARG(p->room), STR_ARG(f->shared_name),
                          STR_ARG(f->shared_name));
            f->record = &f->shared->record;
            add_use(all, p, f->shared);
        }
        if (!kind_is_list(f->kind)) continue;
        for (size_t k = 0; k < rec->n; k++)
            if (rec->field[k].name.n == f->name.n + 2 && str_starts(rec->field[k].name, f->name) &&
                str_ends(rec->field[k].name, S("_n")))
                text_fail(&p->source, rec->field[k].at,
                          "\"" STR_FMT
                          "\" is how C counts the list above; the list knows its number already",
                          STR_ARG(rec->field[k].name));
    }
}

/* Does a struct of `rec` contain, by value, the view `sought`? */
static bool holds(const struct record *rec, const struct page *sought, int depth)
{
    if (depth > 32) return true;
    for (size_t i = 0; i < rec->n; i++) {
        const struct field *f = &rec->field[i];
        if (f->is_optional || (f->kind != ONE && f->kind != GROUP)) continue;
        if (f->shared == sought && sought) return true;
        if (f->record && holds(f->record, sought, depth + 1)) return true;
    }
    return false;
}

void page_view_link(struct pages *all, struct page *p)
{
    link_record(all, p, &p->record);
    for (size_t i = 0; i < p->record.n; i++) {
        const struct field *f = &p->record.field[i];
        if (f->kind == ONE && !f->is_optional && (f->shared == p || holds(f->record, p, 0)))
            text_fail(&p->source, f->at,
                      "the view would contain itself; make it \"one " STR_FMT "?\" or a list",
                      STR_ARG(f->shared_name));
    }
}
