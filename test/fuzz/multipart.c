/* A form with files: the first line is its type, the rest its body. Whatever is read lies within the body, in order, and
 * what is not a file is clean text. */
#include "test/fuzz/fuzz.h"

#include "web/multipart.h"

static void read_it(struct arena *a, str in)
{
    struct form_part parts[FORM_PARTS_MAX];
    size_t n = 0;
    str body = in, type = str_split(&body, '\n');
    if (!body.p) body = S("");
    if (!form_multipart(a, type, body, parts, FORM_PARTS_MAX, &n)) return;
    MUST(n <= FORM_PARTS_MAX);
    const char *from = body.p;
    for (size_t i = 0; i < n; i++) {
        const struct form_part *p = &parts[i];
        MUST(p->name.n > 0 && p->name.n <= PART_NAME_MAX && p->type.p);
        MUST(p->name.p > from && p->body.p > p->name.p && p->body.p + p->body.n <= body.p + body.n);
        if (p->file_name.p) MUST(p->file_name.n <= PART_FILE_NAME_MAX && str_is_utf8(p->file_name) && !str_has_control(p->file_name));
        else MUST(str_is_utf8(p->body) && !str_has_control(p->body));
        from = p->body.p + p->body.n;
        MUST(form_part_named(parts, n, p->name));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(8));
    MUST(fuzz_run(&a, read_it, data, n) == JUMP_NONE);
    return 0;
}
