/* Text, days, numbers and every sink: what is written can be read back, and nothing in it can be mistaken for markup. */
#include "test/fuzz/fuzz.h"

#include "base/csv.h"
#include "base/day.h"
#include "base/id.h"
#include "web/show.h"

#include <jansson.h>
#include <sodium.h>
#include <unicode/ustring.h>

static bool is_utf8_to_icu(str s)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t n;
    u_strFromUTF8(NULL, 0, &n, s.p, (int32_t)s.n, &e);
    return (e == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(e)) && !memchr(s.p, '\0', s.n);
}

static str written(struct arena *a, void (*how)(struct sink *out, str s), str s)
{
    struct sink out;
    sink_open(&out, a, MIB(1));
    how(&out, s);
    return sink_str(&out);
}

/* Turns the five entities back; anything else that HTML could act on is a fault. */
static str read_html(struct arena *a, str h)
{
    static const struct { str entity; char is; } all[] = {
        { S_CONST("&amp;"), '&' }, { S_CONST("&lt;"), '<' }, { S_CONST("&gt;"), '>' }, { S_CONST("&quot;"), '"' }, { S_CONST("&#39;"), '\'' },
    };
    struct sink out;
    sink_open(&out, a, MIB(1));
    while (h.n) {
        MUST(!strchr("<>\"'", h.p[0]) || h.p[0] == '\0');
        if (h.p[0] != '&') {
            put_char(&out, h.p[0]);
            h = str_from(h, 1);
            continue;
        }
        size_t i = 0;
        while (i < COUNT_OF(all) && !str_starts(h, all[i].entity)) i++;
        MUST(i < COUNT_OF(all));
        put_char(&out, all[i].is);
        h = str_from(h, all[i].entity.n);
    }
    return sink_str(&out);
}

static void html_and_json(struct arena *a, str in)
{
    MUST(str_eq(read_html(a, written(a, html_text, in)), in));
    str address = written(a, url_whole, in);
    for (size_t i = 0; i < address.n; i++) MUST((unsigned char)address.p[i] > 0x20 && address.p[i] != '\\' && address.p[i] != '"');
    MUST(!str_starts(address, S("//")) && !str_starts(address, S("javascript:")) && !str_starts(address, S("data:")));
    (void)written(a, show_url, in);
    str part = written(a, url_part, in);
    for (size_t i = 0; i < part.n; i++) MUST(strchr("%-._~", part.p[i]) || (part.p[i] >= '0' && part.p[i] <= '9') || ((part.p[i] | 32) >= 'a' && (part.p[i] | 32) <= 'z'));
    if (!str_is_utf8(in)) return;
    str json = written(a, json_text, in);
    json_t *back = json_loadb(json.p, json.n, JSON_DECODE_ANY, NULL);
    MUST(back && json_is_string(back));
    MUST(str_eq((str){ json_string_value(back), json_string_length(back) }, in));
    json_decref(back);
}

static void csv_back(struct arena *a, str in)
{
    struct sink out;
    sink_open(&out, a, MIB(1));
    csv_cell(&out, in);
    put_char(&out, ',');
    csv_cell(&out, in);
    put_char(&out, '\n');
    struct csv csv;
    csv_open(&csv, a, sink_str(&out));
    if (str_starts(in, S("\xef\xbb\xbf")) || in.n > CSV_CELL_MAX) return; /* a mark at the beginning is not text */
    MUST(csv_next(&csv) == CSV_ROW && csv.n == 2);
    MUST(str_eq(csv.cell[0], in) && str_eq(csv.cell[1], in));
    MUST(csv_next(&csv) == CSV_END);
}

static void csv_any(struct arena *a, str in)
{
    struct csv csv;
    csv_open(&csv, a, in);
    int line = 0;
    for (enum csv_next next; (next = csv_next(&csv)) != CSV_END;) {
        MUST(csv.line > line && csv.n <= CSV_COLUMNS_MAX);
        line = csv.line;
        if (next == CSV_BAD) {
            MUST(csv.why && csv.bad_column > 0);
            return;
        }
        MUST(csv.n > 0);
    }
}

static void days(struct arena *a, str in)
{
    int64_t number;
    if (str_to_int(in, &number)) {
        struct sink out;
        sink_open(&out, a, KIB(1));
        put_int(&out, number);
        int64_t again;
        MUST(str_to_int(sink_str(&out), &again) && again == number);
    }
    if (!day_is(in)) return;
    str first = day_first(a, in), last = day_last(a, in);
    MUST(day_is_full(first) && day_is_full(last) && str_cmp(first, last) <= 0);
    MUST(str_starts(first, in) && str_starts(last, in) && day_year(in) == day_year(last));
    MUST(day_end(first) <= day_end(last));
    if (!str_starts(last, S("9999-12"))) {
        str next = day_after(a, last, 1);
        MUST(str_cmp(next, last) > 0 && str_eq(day_after(a, next, -1), last));
    }
}

static void all(struct arena *a, str in)
{
    MUST(str_is_utf8(in) == is_utf8_to_icu(in));
    (void)str_has_control(in);
    (void)content_id_is(in);
    str rest = in, trimmed = str_trim(in);
    MUST(trimmed.n <= in.n && str_has(in, trimmed));
    size_t parts = 0, bytes = 0;
    while (rest.p) bytes += str_split(&rest, ',').n, parts++;
    MUST(bytes + parts == in.n + 1);
    html_and_json(a, in);
    csv_back(a, in);
    csv_any(a, in);
    days(a, in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, all, data, n) == JUMP_NONE);
    return 0;
}
