/* What the public forms hold, read once and checked; nothing typed is ever fetched. */
#include "join/inside.h"

#include "send/send.h"

static void wrong(struct join_form *f, const char *field, struct phrase why)
{
    if (f->wrong_n < (int)COUNT_OF(f->wrong))
        f->wrong[f->wrong_n++] = (struct join_wrong){ field, why };
}

static bool is_word(const struct word *words, str code)
{
    for (; words->code.n; words++)
        if (str_eq(words->code, code)) return true;
    return false;
}

/* ---- addresses of pages ---- */

static bool is_path(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("<>\"\\^`{|}", s.p[i])) return false;
    return true;
}

bool join_address_ok(struct arena *a, str typed, str *address)
{
    struct phrase why;
    personal as_mail;
    static const char *const ours[] = { ".local", ".localhost", ".internal", ".home.arpa",
                                        ".onion", ".test",      ".invalid" };
    str rest = str_trim(typed);
    if (!str_starts(rest, S("https://")) || rest.n > JOIN_URL_MAX) return false;
    rest = str_from(rest, 8);
    size_t n = 0;
    while (n < rest.n && !strchr("/?#", rest.p[n])) n++;
    str host = str_cut(rest, n), path = str_from(rest, n);
    bool has_more = str_find(host, '@') >= 0 || str_find(host, ':') >= 0 ||
                    str_find(host, '%') >= 0;
    if (has_more || !is_path(path)) return false;
    /* the same test as for the host of a mail address: two parts, no number at the end, other scripts made ASCII */
    if (!send_address_ok(a, ARENA_JOIN(a, S("a@"), host), &as_mail, &why)) return false;
    host = str_from(as_mail.words, 2);
    for (size_t i = 0; i < COUNT_OF(ours); i++)
        if (str_ends(host, str_of(ours[i]))) return false;
    *address = ARENA_JOIN(a, S("https://"), host, path.n ? path : S("/"));
    return true;
}

bool join_host_is_odd(str host)
{
    return str_has(host, S("xn--"));
}

bool join_mixes_scripts(str name)
{
    bool has_latin = false, has_other = false;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        has_latin |= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        has_other |= c >= 0xcd && c <= 0xd4; /* first bytes of Greek and Cyrillic */
    }
    return has_latin && has_other;
}

/* ---- fields ---- */

static str line(struct req *rq, struct join_form *f, const char *name, size_t most, bool is_needed)
{
    str s = in_form_line(rq, name);
    if (s.n == 0 && is_needed) wrong(f, name, PHRASE("Please fill this in."));
    else if (s.n > most) wrong(f, name, PHRASE("This is too long: it should be short here."));
    else if (s.n && !join_is_line(s, most))
        wrong(f, name,
              PHRASE("This cannot begin with a sign such as = + - or @, and has no line ends."));
    return s;
}

static str page_address(struct req *rq, struct join_form *f, const char *name, bool is_needed)
{
    str s = in_form_line(rq, name), address;
    if (s.n == 0 && is_needed) wrong(f, name, PHRASE("Please fill this in."));
    if (s.n == 0) return s;
    if (join_address_ok(rq->arena, s, &address)) return address;
    wrong(f, name,
          PHRASE("The address of a public page begins with https:// and looks like "
                 "https://example.org/page."));
    return s;
}

static str choice(struct req *rq, struct join_form *f, const char *name, const struct word *words)
{
    str s = in_form_line(rq, name);
    if (!is_word(words, s)) wrong(f, name, PHRASE("Please choose one of the list."));
    return is_word(words, s) ? s : S("");
}

static str choices(struct req *rq, struct join_form *f, const char *name, const struct word *words)
{
    struct sink out;
    int at = 0;
    sink_open(&out, rq->arena, KIB(4));
    for (str one; (one = in_form_next(rq, name, &at)).p;) {
        if (!is_word(words, one) || str_has(sink_str(&out), one)) continue;
        if (out.n) put_char(&out, ' ');
        put(&out, one);
    }
    if (!out.n) wrong(f, name, PHRASE("Please choose at least one of the list."));
    return sink_str(&out);
}

static void read_organisation(struct req *rq, struct join_form *f)
{
    struct join_application *a = &f->a;
    bool is_state = a->kind == JOIN_STATE, has_page = a->kind != JOIN_STUDENTS;
    a->field[JOIN_NAME] = line(rq, f, "name", JOIN_NAME_MAX, true);
    a->field[JOIN_CONTACT] = line(rq, f, "contact", JOIN_PERSON_MAX, true);
    a->field[JOIN_FUNCTION] = line(rq, f, "function", JOIN_PERSON_MAX, true);
    a->field[JOIN_WANT] = choices(rq, f, "want", join_wants);
    a->field[JOIN_LINE] = line(rq, f, "line", JOIN_LINE_MAX, false);
    if (is_state) {
        a->field[JOIN_STEPS] = page_address(rq, f, "steps", false);
        return;
    }
    a->field[JOIN_SITE] = page_address(rq, f, "site", has_page);
    a->field[JOIN_SECTOR] = choice(rq, f, "sector", join_sectors);
    a->partner = choice(rq, f, "partner", join_partners);
    bool is_strategic = str_eq(a->partner, S("strategic"));
    a->field[JOIN_OURS] = line(rq, f, "ours", JOIN_ROLE_MAX, is_strategic);
    a->field[JOIN_THEIRS] = line(rq, f, "theirs", JOIN_ROLE_MAX, is_strategic);
    bool is_same = is_strategic && a->field[JOIN_OURS].n &&
                   str_eq(a->field[JOIN_OURS], a->field[JOIN_THEIRS]);
    if (is_same)
        wrong(f, "theirs",
              PHRASE("The two functions are to be distinct: say what each side does."));
    if (!is_strategic) a->field[JOIN_OURS] = a->field[JOIN_THEIRS] = S("");
}

void join_form_read(struct req *rq, enum join_kind kind, struct join_form *f)
{
    struct phrase why;
    personal mail;
    *f = (struct join_form){ .a = { .kind = kind, .partner = S(""), .lang = rq->lang } };
    struct join_application *a = &f->a;
    for (int i = 0; i < JOIN_FIELDS; i++) a->field[i] = S("");
    a->iso3 = in_form_line(rq, "country");
    if (!lang_is_state(a->iso3)) {
        wrong(f, "country", PHRASE("Please choose a state of the list."));
        a->iso3 = S("");
    }
    if (kind == JOIN_ADVOCATE) a->field[JOIN_CONTACT] = line(rq, f, "contact", 60, true);
    else read_organisation(rq, f);
    a->mail = in_form_line(rq, "mail");
    if (!send_address_ok(rq->arena, a->mail, &mail, &why)) wrong(f, "mail", why);
    else a->mail = mail.words;
    f->is_committed = in_form_has(rq, "committed");
    f->is_adult = in_form_has(rq, "adult");
    if (!f->is_committed) wrong(f, "committed", PHRASE("Without this nobody can join."));
    if (kind == JOIN_ADVOCATE && !f->is_adult)
        wrong(f, "adult",
              PHRASE("Only adults can join as advocates here. Whoever is younger can take part "
                     "with a school or a group."));
    if (web_token_bytes(rq, JOIN_SLOWEST_MS - 1).n)
        wrong(f, "",
              PHRASE("This was sent within three seconds of opening the form. Please look it over "
                     "and send it again: programs are that fast, people are not."));
}

size_t join_words_named(struct arena *a, const struct word *words, str codes, struct word *out,
                        size_t most)
{
    size_t n = 0;
    (void)a;
    while (codes.n && n < most) {
        str code = str_split(&codes, ' ');
        for (const struct word *w = words; w->code.n; w++)
            if (str_eq(w->code, code) && n < most) out[n++] = *w;
    }
    return n;
}
