/* A letter packed for its seal: a version, then each part with its length. */
#include "send/inside.h"

#define VERSION     '\2'
#define FIXED_PARTS 7

static void put_part(struct sink *out, str s)
{
    for (int i = 0; i < 4; i++) put_char(out, (char)(s.n >> (8 * i)));
    put(out, s);
}

str letter_pack(struct arena *a, const struct letter *l)
{
    struct sink out;
    sink_open(&out, a, KIB(64));
    put_char(&out, VERSION);
    const str fixed[FIXED_PARTS] = { l->to,      l->lang,   l->subject, l->button,
                                     l->address, l->reason, l->stop };
    for (int i = 0; i < FIXED_PARTS; i++) put_part(&out, fixed[i]);
    for (size_t i = 0; i < l->paragraphs_n; i++) put_part(&out, l->paragraph[i]);
    return sink_str(&out);
}

static bool take_part(str *rest, str *out)
{
    if (rest->n < 4) return false;
    size_t n = 0;
    for (int i = 3; i >= 0; i--) n = n << 8 | (unsigned char)rest->p[i];
    if (n > rest->n - 4) return false;
    *out = str_cut(str_from(*rest, 4), n);
    *rest = str_from(*rest, 4 + n);
    return true;
}

bool letter_unpack(str packed, struct letter *l)
{
    *l = (struct letter){ 0 };
    if (packed.n == 0 || packed.p[0] != VERSION) return false;
    str rest = str_from(packed, 1);
    str *const fixed[FIXED_PARTS] = { &l->to,      &l->lang,   &l->subject, &l->button,
                                      &l->address, &l->reason, &l->stop };
    for (int i = 0; i < FIXED_PARTS; i++)
        if (!take_part(&rest, fixed[i])) return false;
    while (rest.n) {
        if (l->paragraphs_n == MAIL_PARAGRAPHS_MAX) return false;
        if (!take_part(&rest, &l->paragraph[l->paragraphs_n++])) return false;
    }
    return l->paragraphs_n > 0;
}
