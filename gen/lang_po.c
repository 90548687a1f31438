/* Reads .po and .pot. The format is gettext's; contexts (msgctxt) are not used here and refused. */
#include "lang.h"

enum part { NOTHING, MSGID, MSGID_PLURAL, MSGSTR };

struct po_reader {
    struct arena *arena;
    struct po *po;
    struct po_entry now;
    enum part part;
    struct sink words; /* of the part being read */
    size_t form;
    bool has_id;
};

static void end_part(struct po_reader *r)
{
    str words = arena_str(r->arena, sink_str(&r->words));
    r->words.n = 0;
    switch (r->part) {
    case NOTHING: break;
    case MSGID: r->now.one = words; break;
    case MSGID_PLURAL: r->now.many = words; break;
    case MSGSTR:
        r->now.form[r->form] = words;
        if (r->form + 1 > r->now.forms) r->now.forms = r->form + 1;
        break;
    }
    r->part = NOTHING;
}

static void end_entry(struct po_reader *r)
{
    end_part(r);
    struct po *po = r->po;
    if (r->has_id && r->now.forms == 0)
        text_fail(&po->source, r->now.at, "this message has no msgstr");
    if (r->has_id && r->now.one.n == 0) {
        lang_po_header(po, r->now.form[0], r->now.at);
    } else if (r->has_id) {
        const struct po_entry *same = po_find(po, r->now.one);
        if (same)
            text_fail(&po->source, r->now.at, "the same message stands at line %d",
                      text_line(&po->source, same->at));
        if (po->n == po->room) {
            po->room = po->room ? po->room * 2 : 256;
            struct po_entry *more = arena_new(r->arena, struct po_entry, po->room);
            if (po->n) memcpy(more, po->at, po->n * sizeof *more);
            po->at = more;
        }
        po->at[po->n++] = r->now;
    }
    r->now = (struct po_entry){ 0 };
    r->has_id = false;
}

static void read_quoted(struct po_reader *r, str s, size_t at)
{
    s = str_trim(s);
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        text_fail(&r->po->source, at, "words stand in quotes here");
    for (size_t i = 1; i + 1 < s.n; i++) {
        char c = s.p[i];
        if (c == '"') text_fail(&r->po->source, at, "a quote inside words is written \\\"");
        if (c == '\\') {
            c = s.p[++i];
            if (i + 1 >= s.n) text_fail(&r->po->source, at, "the closing quote is missing");
            if (c == 'n') c = '\n';
            else if (c == 't') c = '\t';
            else if (c != '"' && c != '\\')
                text_fail(&r->po->source, at, "\\%c means nothing here", c);
        }
        put_char(&r->words, c);
    }
}

static void read_comment(struct po_reader *r, str line)
{
    if (r->has_id && r->part == MSGSTR) end_entry(r);
    if (str_starts(line, S("#,")) && str_has(line, S("fuzzy"))) r->now.is_fuzzy = true;
    if (str_starts(line, S("#."))) r->now.note = str_trim(str_from(line, 2));
    if (!str_starts(line, S("#:"))) return;
    str rest = str_trim(str_from(line, 2));
    while (rest.p) {
        str place = str_split(&rest, ' ');
        if (!place.n) continue;
        str *more = arena_new(r->arena, str, r->now.places_n + 1);
        if (r->now.places_n) memcpy(more, r->now.places, r->now.places_n * sizeof *more);
        more[r->now.places_n++] = place;
        r->now.places = more;
    }
}

static void read_line(struct po_reader *r, str line, size_t at)
{
    const struct source *s = &r->po->source;
    if (line.n == 0 || str_starts(line, S("#~"))) {
        if (r->has_id) end_entry(r);
    } else if (line.p[0] == '#') {
        read_comment(r, line);
    } else if (line.p[0] == '"') {
        if (r->part == NOTHING)
            text_fail(s, at,
                      "these words belong to nothing; msgid or msgstr is missing before them");
        read_quoted(r, line, at);
    } else if (str_starts(line, S("msgid_plural "))) {
        end_part(r);
        r->part = MSGID_PLURAL;
        read_quoted(r, str_from(line, 13), at);
    } else if (str_starts(line, S("msgid "))) {
        if (r->has_id) end_entry(r);
        r->has_id = true;
        r->now.at = at;
        r->part = MSGID;
        read_quoted(r, str_from(line, 6), at);
    } else if (str_starts(line, S("msgstr "))) {
        end_part(r);
        r->form = 0;
        r->part = MSGSTR;
        read_quoted(r, str_from(line, 7), at);
    } else if (str_starts(line, S("msgstr["))) {
        end_part(r);
        if (line.n < 9 || line.p[7] < '0' || line.p[7] >= '0' + FORMS_MAX || line.p[8] != ']')
            text_fail(s, at, "plural forms are msgstr[0] to msgstr[5]");
        r->form = (size_t)(line.p[7] - '0');
        r->part = MSGSTR;
        read_quoted(r, str_from(line, 9), at);
    } else {
        text_fail(s, at,
                  "this is no line of a .po file: msgid, msgid_plural, msgstr, \"...\" or # are");
    }
}

const struct po_entry *po_find(const struct po *po, str one)
{
    for (size_t i = 0; i < po->n; i++)
        if (str_eq(po->at[i].one, one)) return &po->at[i];
    return NULL;
}

void lang_po_read(struct arena *a, const char *path, struct po *po)
{
    *po = (struct po){ .source = text_read(a, path) };
    str file = str_of(path), rest = file;
    while (rest.p) file = str_split(&rest, '/');
    ptrdiff_t dot = str_find(file, '.');
    po->code = str_cut(file, dot < 0 ? file.n : (size_t)dot);

    struct po_reader r = { .arena = a, .po = po };
    sink_open(&r.words, a, (size_t)1 << 20);
    for (size_t at = 0; at < po->source.text.n;) {
        str from = str_from(po->source.text, at);
        ptrdiff_t n = str_find(from, '\n');
        str line = n < 0 ? from : str_cut(from, (size_t)n);
        read_line(&r, str_trim(line), at);
        at += line.n + 1;
    }
    end_entry(&r);
}
