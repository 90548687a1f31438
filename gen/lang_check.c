/* The header of a .po file, and what a language lacks or says wrongly. */
#include "lang.h"

#include <stdio.h>

static const char *const categories[FORMS_MAX] = { "zero", "one", "two", "few", "many", "other" };

static str header_field(str header, str name)
{
    while (header.p) {
        str line = str_split(&header, '\n');
        if (str_starts(line, name) && line.n > name.n && line.p[name.n] == ':')
            return str_trim(str_from(line, name.n + 1));
    }
    return (str){ 0 };
}

static void read_categories(struct po *po, str words, size_t at)
{
    int form_of[FORMS_MAX] = { -1, -1, -1, -1, -1, -1 };
    while (words.p) {
        str word = str_split(&words, ' ');
        if (!word.n) continue;
        size_t c = 0;
        while (c < FORMS_MAX && !str_eq(word, str_of(categories[c]))) c++;
        if (c == FORMS_MAX || form_of[c] >= 0)
            text_fail(&po->source, at,
                      "X-Plural-Categories: \"" STR_FMT
                      "\"; each of zero one two few many other once, "
                      "in the order of msgstr[0], msgstr[1], ...",
                      STR_ARG(word));
        form_of[c] = (int)po->forms++;
    }
    for (size_t c = 0; c < FORMS_MAX; c++)
        po->form_of[c] = (unsigned char)(form_of[c] >= 0 ? (size_t)form_of[c]
                                         : po->forms     ? po->forms - 1
                                                         : 0);
}

void lang_po_header(struct po *po, str header, size_t at)
{
    read_categories(po, header_field(header, S("X-Plural-Categories")), at);
    po->is_partial = header_field(header, S("X-Partial")).n > 0;
    po->reviewed = header_field(header, S("X-Reviewed"));
    str plural = header_field(header, S("Plural-Forms"));
    int64_t n;
    if (po->forms && str_starts(plural, S("nplurals=")) &&
        str_to_int(str_cut(str_from(plural, 9), 1), &n) && (size_t)n != po->forms)
        text_fail(&po->source, at, "Plural-Forms has %d forms, X-Plural-Categories names %zu",
                  (int)n, po->forms);
}

static bool names(str text, str place) /* place with its braces */
{
    return str_has(text, place);
}

/* Each {place} of `from` that `in` lacks. */
static size_t missing_places(const struct po *po, const struct po_entry *e, str from, str in,
                             const char *words)
{
    size_t bad = 0;
    for (size_t i = 0; i < from.n; i++) {
        if (from.p[i] != '{') continue;
        ptrdiff_t end = str_find(str_from(from, i), '}');
        if (end < 2 || !is_name((str){ from.p + i + 1, (size_t)end - 1 })) continue;
        str place = { from.p + i, (size_t)end + 1 };
        if (names(in, place)) continue;
        fprintf(stderr, "%s:%d:1: " STR_FMT " %s\n", po->source.path, text_line(&po->source, e->at),
                STR_ARG(place), words);
        bad++;
    }
    return bad;
}

static size_t check_entry(const struct po *po, const struct po_entry *e, const struct message *m)
{
    size_t bad = 0;
    str last = m->many.p ? m->many : m->one;
    for (size_t f = 0; f < e->forms; f++) {
        if (!e->form[f].n) continue;
        str both[] = { m->one, last };
        if (!names(both[0], S("{")) && !names(both[1], S("{"))) continue;
        bad += missing_places(po, e, e->form[f], last,
                              "stands in the translation, but not in English");
        if (f + 1 == e->forms) /* the general form says everything */
            bad += missing_places(po, e, last, e->form[f], "is missing in the translation");
    }
    size_t want = m->many.p ? po->forms : 1;
    if (m->many.p && !po->forms) {
        fprintf(stderr, "%s:1:1: the header needs X-Plural-Categories, for example \"one other\"\n",
                po->source.path);
        bad++;
    } else if (e->forms != want) {
        fprintf(stderr, "%s:%d:1: has %zu forms, not %zu\n", po->source.path,
                text_line(&po->source, e->at), e->forms, want);
        bad++;
    }
    return bad;
}

static bool is_translated(const struct po_entry *e)
{
    for (size_t f = 0; f < e->forms; f++)
        if (!e->form[f].n) return false;
    return e->forms > 0;
}

size_t lang_check(const struct po *po, const struct messages *all, bool is_strict)
{
    size_t bad = 0, missing = 0;
    for (size_t i = 0; i < all->n; i++) {
        const struct message *m = &all->at[i];
        const struct po_entry *e = po_find(po, m->one);
        if (e && is_translated(e) && !e->is_fuzzy) {
            bad += check_entry(po, e, m);
            continue;
        }
        missing++;
        if (!is_strict || (po->is_partial && !e)) continue;
        if (e)
            fprintf(stderr, "%s:%d:1: \"" STR_FMT "\" is %s\n", po->source.path,
                    text_line(&po->source, e->at), STR_ARG(m->one),
                    e->is_fuzzy ? "fuzzy; check the translation and take the mark away"
                                : "not translated");
        else
            fprintf(stderr, STR_FMT ":1: \"" STR_FMT "\" is missing in %s\n", STR_ARG(m->places[0]),
                    STR_ARG(m->one), po->source.path);
        bad++;
    }
    for (size_t i = 0; is_strict && i < po->n; i++) {
        bool is_used = false;
        for (size_t k = 0; k < all->n && !is_used; k++)
            is_used = str_eq(all->at[k].one, po->at[i].one);
        if (is_used) continue;
        fprintf(stderr, "%s:%d:1: \"" STR_FMT "\" is used nowhere; run gen-lang --merge\n",
                po->source.path, text_line(&po->source, po->at[i].at), STR_ARG(po->at[i].one));
        bad++;
    }
    if (missing && !is_strict)
        fprintf(stderr, "%s: %zu of %zu phrases missing; readers see them in English\n",
                po->source.path, missing, all->n);
    return bad;
}
