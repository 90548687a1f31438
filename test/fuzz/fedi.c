/* What servers of the fediverse send: headers of signatures, structured fields, activities, actors, addresses. First byte:
 * which reader takes the rest. Whatever is signed, no header can write a line of its own into what is checked. */
#include "test/fuzz/fuzz.h"

#include "fedi/inside.h"

static const struct fedi_setting on = { .is_on = true, .origin = S_CONST("https://blueheart.example") };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct arena life;
    (void)argc;
    (void)argv;
    arena_open(&life, LIFE_ARENA_MAX);
    lang_open(&life);
    fedi_place(&on);
    return 0;
}

static str written(struct arena *a, const struct fields *f)
{
    struct sink out;
    sink_open(&out, a, MIB(1));
    for (size_t i = 0; i < f->n; i++) {
        if (i) put_lit(&out, ", ");
        put(&out, f->member[i].key);
        put_char(&out, '=');
        if (f->member[i].is_list) field_list_put(&out, &f->member[i]);
        else field_item_put(&out, &f->member[i].item);
    }
    return sink_str(&out);
}

/* Read, written and read again it says the same, in one way. */
static void read_fields(struct arena *a, str in)
{
    struct fields f, again;
    if (!fields_read(a, in, &f)) return;
    str once = written(a, &f);
    if (once.n > FEDI_HEADER_MAX) return; /* marks that stood alone are written out */
    MUST(fields_read(a, once, &again));
    MUST(str_eq(written(a, &again), once));
}

static size_t lines(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == '\n';
    return n;
}

/* "Name: value" lines, a blank one, the body. A "\1" in a value becomes a line end: no proxy is trusted to refuse it. */
static void read_signed(struct arena *a, str in)
{
    struct sign_header *h = arena_new(a, struct sign_header, 16);
    struct sign_message m = { .method = S("POST"), .scheme = S("https"), .authority = S("blueheart.example"), .path = S("/fedi/inbox"), .query = { NULL, 0 }, .header = h };
    while (in.p && m.headers_n < 16) {
        str line = str_split(&in, '\n'), value = line, name = str_split(&value, ':');
        if (!line.n) break;
        char *p = arena_take(a, value.n + 1);
        for (size_t i = 0; i < value.n; i++) p[i] = value.p[i] == '\1' ? '\n' : value.p[i];
        h[m.headers_n++] = (struct sign_header){ name, { p, value.n } };
    }
    m.body = in.p ? in : S("");
    struct sign_said s;
    str base;
    (void)!sign_digest_is_right(a, &m);
    if (sign_read(a, &m, &s) != SIGN_YES) return;
    MUST(s.key_id.n && s.bytes.n && s.input.list_n <= FEDI_COMPONENTS_MAX);
    (void)!sign_is_timely(&m, &s, 1795363200);
    bool covers = sign_covers(&s) == SIGN_YES;
    if (!sign_base(a, &m, &s, &base)) return;
    MUST(lines(base) == (s.scheme == SIGN_RFC9421 ? s.input.list_n : s.input.list_n - 1));
    MUST(!covers || str_has(base, S("digest")));
}

static void read_letters(struct arena *a, str in)
{
    struct fedi_letter l = { 0 };
    struct fedi_other o;
    struct fedi_url url;
    if (fedi_letter_read(a, in, &l) == LETTER_YES) {
        MUST(fedi_url_read(l.actor, &url));
        MUST(l.kind != FEDI_FOLLOW || (l.id.n && l.lang.n));
        MUST(l.kind != FEDI_UNDO || l.lang.n || l.object.n);
    }
    if (fedi_other_read(a, in, S("https://else.example/ana"), &o)) MUST(fedi_url_same_host(o.inbox, S("https://else.example/ana")));
    (void)!fedi_letter_unpack(a, in, &l);
}

static void read_address(struct arena *a, str in)
{
    struct fedi_url url;
    (void)a;
    if (!fedi_url_read(in, &url)) return;
    for (size_t i = 0; i < url.host.n; i++) MUST(strchr("abcdefghijklmnopqrstuvwxyz0123456789-.", url.host.p[i]));
    MUST(str_find(url.host, '.') > 0 && str_starts(url.path, S("/")));
}

static void check(struct arena *a, str in)
{
    char which = in.n ? in.p[0] : 0;
    str rest = str_from(in, 1);
    if (which == '1') read_signed(a, rest);
    else if (which == '2') read_letters(a, rest);
    else if (which == '3') read_address(a, rest);
    else read_fields(a, rest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, check, data, n) == JUMP_NONE);
    return 0;
}
