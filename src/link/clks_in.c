/* A file of encodings can be larger than memory would like as a tree, so it is read as it comes: one pass, one
 * character of looking ahead. Only "clks" and "blueheart" are kept; other members are passed over. */
#include "link/clks.h"

#include "base/breakage.h"
#include "base/sink.h"
#include "link/json_in.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER      KIB(256)
#define TEXT_MAX    ((size_t)LINK_BITS_MAX / 8 / 3 * 4 + 8)
#define END_OF_FILE (-1)

struct reader {
    struct arena *arena;
    int fd;
    const char *path;
    unsigned char *bytes;
    size_t at, n;
    uint64_t size;
    int line, column;
    bool is_wrong;
    struct complaint *complaint;
    char *text; /* of one string, at most TEXT_MAX letters */
    size_t text_n;
    struct sink *kept; /* NULL, or where the characters read are kept */
    struct link_clks *out;
    size_t rows_most;
    bool has_clks;
    int64_t rows_said; /* by the mark; -1: nothing */
};

static bool wrong(struct reader *r, const char *what)
{
    if (!r->is_wrong)
        *r->complaint = (struct complaint){ r->line, r->column, arena_str(r->arena, str_of(what)) };
    r->is_wrong = true;
    return false;
}

static int peek(struct reader *r)
{
    while (r->at == r->n) {
        ssize_t got = read(r->fd, r->bytes, BUFFER);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken("%s: cannot be read to its end: %s", r->path, strerror(errno));
        if (got == 0) return END_OF_FILE;
        r->at = 0;
        r->n = (size_t)got;
    }
    return r->bytes[r->at];
}

static int take(struct reader *r)
{
    int c = peek(r);
    if (c == END_OF_FILE) return c;
    r->at++;
    r->column++;
    if (c == '\n') {
        r->line++;
        r->column = 1;
    }
    if (r->kept && r->kept->n < LINK_MARK_MAX) put_char(r->kept, (char)c);
    return c;
}

static int peek_past_blanks(struct reader *r)
{
    for (;;) {
        int c = peek(r);
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return c;
        take(r);
    }
}

static bool expect(struct reader *r, char wanted, const char *what)
{
    if (peek_past_blanks(r) != wanted) return wrong(r, what);
    take(r);
    return true;
}

/* A string into r->text. Base64 and names need no escape but the slash's. */
static bool read_text(struct reader *r)
{
    if (!expect(r, '"', "a text in quotes was expected here")) return false;
    for (r->text_n = 0;;) {
        int c = take(r);
        if (c == '"') return true;
        if (c == '\\' && (c = take(r)) != '/')
            return wrong(r, "an escape that has no place in base64");
        if (c < 0x20) return wrong(r, "the text does not end");
        if (r->text_n == TEXT_MAX) return wrong(r, "the text is too long for an encoding");
        r->text[r->text_n++] = (char)c;
    }
}

/* Strings in members that are passed over may hold any escape. */
static bool skip_text(struct reader *r)
{
    take(r);
    for (;;) {
        int c = take(r);
        if (c == '"') return true;
        if (c == '\\') c = take(r);
        if (c < 0x20) return wrong(r, "the text does not end");
    }
}

/* Any value, roughly: brackets must close; what stands between them is the next reader's. */
static bool skip_value(struct reader *r)
{
    int depth = 0;
    do {
        int c = peek_past_blanks(r);
        if (c == END_OF_FILE) return wrong(r, "the file ends too early");
        if (c == '"') {
            if (!skip_text(r)) return false;
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return wrong(r, "a value was expected here");
        if (c == '{' || c == '[') depth++;
        if (c == '}' || c == ']') depth--;
        if (depth > LINK_DEPTH_MAX) return wrong(r, "too many brackets in each other");
        take(r);
        if (c == '{' || c == '[' || c == '}' || c == ']' || c == ',' || c == ':') continue;
        for (c = peek(r); c > ' ' && c != ',' && c != '}' && c != ']' && c != '"'; c = peek(r))
            take(r);
    } while (depth > 0);
    return true;
}

/* The first filter decides how long all are, and how many the file can hold at most. */
static bool first_row(struct reader *r, size_t bytes)
{
    struct link_clks *o = r->out;
    if (bytes == 0) return wrong(r, "an encoding without bits");
    o->bits = (unsigned)bytes * 8;
    o->words = (bytes + 7) / 8;
    r->rows_most = (size_t)(r->size / (r->text_n + 3)) + 1;
    if (r->rows_most > LINK_ROWS_MAX) return wrong(r, "more encodings than one file may have");
    o->filter = arena_new(r->arena, uint64_t, r->rows_most * o->words);
    o->count = arena_new(r->arena, uint32_t, r->rows_most);
    return true;
}

static bool add_row(struct reader *r)
{
    struct link_clks *o = r->out;
    unsigned char filter[LINK_BITS_MAX / 8];
    size_t n = 0;
    if (sodium_base642bin(filter, sizeof filter, r->text, r->text_n, NULL, &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return wrong(r, "this is not an encoding in base64, or too long a one");
    if (o->rows == 0 && !first_row(r, n)) return false;
    if (n * 8 != o->bits) return wrong(r, "this encoding is not as long as those before it");
    if (o->rows == r->rows_most) return wrong(r, "the file changed while it was read");
    uint64_t *row = o->filter + o->rows * o->words;
    memcpy(row, filter, n);
    for (size_t w = 0; w < o->words; w++)
        o->count[o->rows] += (unsigned)__builtin_popcountll(row[w]);
    o->rows++;
    return true;
}

static bool read_clks(struct reader *r)
{
    if (r->has_clks) return wrong(r, "\"clks\" stands twice");
    r->has_clks = true;
    if (!expect(r, '[', "a list was expected here")) return false;
    if (peek_past_blanks(r) == ']') return expect(r, ']', "");
    for (;;) {
        if (!read_text(r) || !add_row(r)) return false;
        int c = peek_past_blanks(r);
        take(r);
        if (c == ']') return true;
        if (c != ',') return wrong(r, "a comma or the end of the list was expected here");
    }
}

static str hex_of(struct json_place mark, const char *key, size_t bytes)
{
    str words = place_words(mark, key, true);
    if (words.p && (words.n != 2 * bytes || strspn(words.p, "0123456789abcdef") != words.n))
        place_wrong(mark, "%s: not what link encode writes", key);
    return words;
}

static bool read_mark(struct reader *r)
{
    struct link_mark *m = &r->out->mark;
    if (m->is_there) return wrong(r, "\"blueheart\" stands twice");
    struct sink text;
    sink_open(&text, r->arena, LINK_MARK_MAX + KIB(1));
    (void)peek_past_blanks(r);
    r->kept = &text;
    bool is_read = skip_value(r);
    r->kept = NULL;
    if (!is_read) return false;
    if (text.n >= LINK_MARK_MAX) return wrong(r, "\"blueheart\" is too long");
    struct json_in in;
    struct json_place mark = link_json_open(&in, r->arena, sink_str(&text));
    if (mark.value) {
        if (place_whole(mark, "link", true, 1, 1000, 1) != 1)
            place_wrong(mark, "link: a newer form than this program knows");
        m->schema = hex_of(mark, "schema", LINK_FINGERPRINT_BYTES);
        m->key = hex_of(mark, "key", LINK_CHECK_BYTES);
        m->normalised = place_words(mark, "normalised", true);
        m->icu = place_words(mark, "icu", true);
        m->blanks = place_words(mark, "blanks", true);
        m->is_for_tests = place_flag(mark, "for_tests", false);
        r->rows_said = place_whole(mark, "rows", true, 0, LINK_ROWS_MAX, -1);
    }
    m->is_there = true;
    if (!in.is_wrong) return true;
    return wrong(r, arena_format(r->arena, "blueheart: " STR_FMT, STR_ARG(in.complaint.what)).p);
}

static bool read_members(struct reader *r)
{
    if (!expect(r, '{', "this is not a file of encodings: {\"clks\": [...]} was expected"))
        return false;
    for (;;) {
        if (!read_text(r)) return false;
        bool is_clks = str_eq((str){ r->text, r->text_n }, S("clks"));
        bool is_mark = str_eq((str){ r->text, r->text_n }, S("blueheart"));
        if (!expect(r, ':', "a colon was expected here")) return false;
        bool is_read = is_clks ? read_clks(r) : is_mark ? read_mark(r) : skip_value(r);
        if (!is_read) return false;
        int c = peek_past_blanks(r);
        take(r);
        if (c == '}') break;
        if (c != ',') return wrong(r, "a comma or the end of the object was expected here");
    }
    if (peek_past_blanks(r) != END_OF_FILE) return wrong(r, "something follows the end");
    if (!r->has_clks) return wrong(r, "there is no \"clks\" in it");
    if (r->rows_said >= 0 && (uint64_t)r->rows_said != r->out->rows)
        return wrong(
            r, "it says of itself that it has another number of rows: was it cut or added to?");
    return true;
}

static void close_it(void *self)
{
    close(((struct reader *)self)->fd);
}

bool link_clks_read(struct arena *a, const char *path, struct link_clks *out,
                    struct complaint *complaint)
{
    struct reader *r = arena_new(a, struct reader, 1);
    *r = (struct reader){ .arena = a,
                          .path = path,
                          .line = 1,
                          .column = 1,
                          .rows_said = -1,
                          .complaint = complaint,
                          .out = out };
    *out = (struct link_clks){ .name = S("") };
    r->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (r->fd < 0) broken("%s: cannot be read: %s", path, strerror(errno));
    arena_at_end(a, close_it, r);
    struct stat about;
    if (fstat(r->fd, &about) != 0 || !S_ISREG(about.st_mode)) broken("%s: is not a file", path);
    r->size = (uint64_t)about.st_size;
    r->bytes = arena_take(a, BUFFER);
    r->text = arena_take(a, TEXT_MAX);
    return read_members(r);
}

const char *link_clks_differ(const struct link_clks *one, const struct link_clks *other)
{
    const struct link_mark *a = &one->mark, *b = &other->mark;
    if (one->rows && other->rows && one->bits != other->bits)
        return "their encodings are of different lengths";
    if (!a->is_there || !b->is_there) return NULL;
    if (!str_eq(a->schema, b->schema)) return "they were made with different schemas";
    if (!str_eq(a->key, b->key)) return "they were made with different secrets";
    if (!str_eq(a->normalised, b->normalised))
        return "names were normalised in one and not in the other";
    if (!str_eq(a->blanks, b->blanks)) return "blanks were trimmed in one and not in the other";
    return NULL;
}
