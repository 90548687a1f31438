/* Forms with files in them: what browsers send is read, everything else refused. */
#include "test/unit/help.h"

#include "base/limits.h"
#include "web/multipart.h"

#include <stdlib.h>

#define TYPE "multipart/form-data; boundary=----WebKitFormBoundaryAbC123"
#define FENCE "------WebKitFormBoundaryAbC123"
#define PART(head, body) FENCE "\r\n" head "\r\n\r\n" body "\r\n"
#define FIELD(name, body) PART("Content-Disposition: form-data; name=\"" name "\"", body)
#define END FENCE "--\r\n"

static struct form_part parts[FORM_PARTS_MAX];
static size_t n;

static bool reads(str type, str body)
{
    char *exactly = malloc(body.n + 1);
    if (body.n) memcpy(exactly, body.p, body.n);
    arena_at_end(&scratch, free, exactly);
    return form_multipart(&scratch, type, (str){ exactly, body.n }, parts, FORM_PARTS_MAX, &n);
}

static void what_browsers_send_is_read(void **state)
{
    (void)state;
    assert_true(reads(S(TYPE), S(FIELD("token", "abc") PART("Content-Disposition: form-data; name=\"file\"; filename=\"my photo.jpg\"\r\nContent-Type: image/jpeg",
                                                            "\xff\xd8\0\r\n--no fence\r\n") FIELD("words", "one\r\ntwo \xc3\xa9") END)));
    assert_int_equal(n, 3);
    assert_str_equal(parts[0].name, "token");
    assert_str_equal(parts[0].body, "abc");
    assert_null(parts[0].file_name.p);
    assert_str_equal(parts[1].file_name, "my photo.jpg");
    assert_str_equal(parts[1].type, "image/jpeg");
    assert_true(str_eq(parts[1].body, S("\xff\xd8\0\r\n--no fence\r\n")));
    assert_str_equal(parts[2].body, "one\r\ntwo é");
    assert_true(reads(S("multipart/form-data; boundary=\"a b c\""), S("")) == false);
    assert_true(reads(S("Multipart/Form-Data;charset=utf-8; boundary=x"), S("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--x--")));
    assert_int_equal(n, 1);
    assert_int_equal(parts[0].body.n, 0);
    assert_true(reads(S("multipart/form-data; boundary=x"), S("--x--\r\n")));
    assert_int_equal(n, 0);
    assert_true(reads(S(TYPE), S(PART("Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream", "") END)));
    assert_non_null(form_part_named(parts, n, S("file")));
    assert_null(form_part_named(parts, n, S("other")));
}

static void file_names_are_only_words(void **state)
{
    (void)state;
    assert_true(reads(S(TYPE), S(PART("Content-Disposition: form-data; name=\"f\"; filename=\"../../etc/passwd\"", "x") END)));
    assert_str_equal(parts[0].file_name, "../../etc/passwd");
    assert_true(reads(S(TYPE), S(PART("Content-Disposition: form-data; name=\"f\"; filename=\"\xd8\xb5\xd9\x88\xd8\xb1\xd8\xa9.jpg\"", "x") END)));
    assert_false(reads(S(TYPE), S(PART("Content-Disposition: form-data; name=\"f\"; filename=\"a\xff.jpg\"", "x") END)));
    assert_false(reads(S(TYPE), S(PART("Content-Disposition: form-data; name=\"f\"; filename=\"a\0.jpg\"", "x") END)));
    assert_false(reads(S(TYPE), S(PART("Content-Disposition: form-data; name=\"f\"; filename=\"evil\xe2\x80\xaegpj.exe\"", "x") END)));
}

static void malformed_forms_are_refused_whole(void **state)
{
    (void)state;
    static const str bad[] = {
        S_CONST(""), S_CONST("x"), S_CONST(FENCE), S_CONST(FENCE "\r\n"), S_CONST(FENCE "--junk"), S_CONST("preamble\r\n" FENCE "--\r\n"),
        S_CONST(FIELD("a", "b")), S_CONST(FIELD("a", "b") FENCE), S_CONST(FIELD("a", "b") END "epilogue"), S_CONST(FIELD("a\0b", "b") END),
        S_CONST(FIELD("", "b") END), S_CONST(FIELD("a b", "b") END), S_CONST(FIELD("a", "\xff") END), S_CONST(FIELD("a", "b\0c") END),
        S_CONST(FIELD("a", "\x1b[31m") END), S_CONST(PART("Content-Disposition: attachment; name=\"a\"", "b") END),
        S_CONST(PART("Content-Disposition: form-data", "b") END), S_CONST(PART("Content-Type: text/plain", "b") END),
        S_CONST(PART("Content-Disposition: form-data; name=\"a\"; name=\"b\"", "b") END),
        S_CONST(PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "b") END),
        S_CONST(PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: a\r\nContent-Type: b", "b") END),
        S_CONST(PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "b") END),
        S_CONST(PART("Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''x", "b") END),
        S_CONST(PART("Content-Disposition: form-data; name=\"a", "b") END), S_CONST(PART("Content-Disposition: form-data; name=\"a\"\n X: y", "b") END),
        S_CONST(PART("Content-Disposition : form-data; name=\"a\"", "b") END), S_CONST(FENCE "\n" "Content-Disposition: form-data; name=\"a\"\n\nb\n" FENCE "--\n"),
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (reads(S(TYPE), bad[i])) fail_msg("form %zu was read", i);
    static const char *const types[] = { "", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a; boundary=b", "multipart/mixed; boundary=x",
                                         "multipart/form-data; boundary=x\x01y", "application/x-www-form-urlencoded",
                                         "multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901" };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (reads(str_of(types[i]), S("--x--"))) fail_msg("type %zu was taken", i);
}

static void parts_and_their_heads_have_limits(void **state)
{
    (void)state;
    struct sink out;
    sink_open(&out, &scratch, MIB(1));
    for (int i = 0; i < FORM_PARTS_MAX; i++) put_lit(&out, FIELD("a", "b"));
    assert_true(reads(S(TYPE), ARENA_JOIN(&scratch, sink_str(&out), S(END))));
    assert_int_equal(n, FORM_PARTS_MAX);
    assert_false(reads(S(TYPE), ARENA_JOIN(&scratch, sink_str(&out), S(FIELD("a", "b") END))));
    char *long_head = arena_take(&scratch, PART_HEAD_MAX + 1);
    memset(long_head, 'a', PART_HEAD_MAX);
    str head = { long_head, PART_HEAD_MAX };
    assert_false(reads(S(TYPE), ARENA_JOIN(&scratch, S(FENCE "\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: "), head, S("\r\n\r\nb\r\n" END))));
    assert_false(reads(S(TYPE), ARENA_JOIN(&scratch, S(FENCE "\r\nContent-Disposition: form-data; name=\""), str_cut(head, 65), S("\"\r\n\r\nb\r\n" END))));
    char *long_text = arena_take(&scratch, PART_TEXT_MAX + 2);
    memset(long_text, 'a', PART_TEXT_MAX + 1);
    assert_false(reads(S(TYPE), ARENA_JOIN(&scratch, S(FENCE "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"), (str){ long_text, PART_TEXT_MAX + 1 }, S("\r\n" END))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_browsers_send_is_read),
        cmocka_unit_test(file_names_are_only_words),
        cmocka_unit_test(malformed_forms_are_refused_whole),
        cmocka_unit_test(parts_and_their_heads_have_limits),
    };
    return cmocka_run_group_tests_name("forms with files", tests, help_begin, help_end);
}
