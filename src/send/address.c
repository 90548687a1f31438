/* One address as people type it: local@domain, nothing around it. The local part is dot-separated ASCII (RFC 5322
 * dot-atom): quoted ones exist on paper, and ones in other scripts most servers cannot take. The domain may be in any
 * script and becomes ASCII by UTS 46 (ICU), as browsers do it. */
#include "send/send.h"

#include <unicode/uidna.h>

#define DOMAIN_MAX 253
#define LABEL_MAX  63

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_local(str s)
{
    if (s.n == 0 || s.n > ADDRESS_LOCAL_MAX || s.p[0] == '.' || s.p[s.n - 1] == '.') return false;
    for (size_t i = 0; i < s.n; i++) {
        bool is_atom = is_alnum(s.p[i]) || (s.p[i] && strchr("!#$%&'*+-/=?^_`{|}~", s.p[i]));
        if (!is_atom && (s.p[i] != '.' || s.p[i - 1] == '.')) return false;
    }
    return true;
}

static bool is_label(str s)
{
    if (s.n == 0 || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-') return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && s.p[i] != '-') return false;
    return true;
}

/* At least two labels, the last not a number: no host of ours, no address of the network. */
static bool is_domain(str s)
{
    int labels = 0;
    str last = S("");
    if (s.n == 0 || s.n > DOMAIN_MAX) return false;
    while (s.p) {
        last = str_split(&s, '.');
        if (!is_label(last)) return false;
        labels++;
    }
    bool is_number = true;
    for (size_t i = 0; i < last.n; i++)
        is_number = is_number && last.p[i] >= '0' && last.p[i] <= '9';
    return labels > 1 && last.n > 1 && !is_number;
}

static const UIDNA *idna(void)
{
    static UIDNA *opened;
    UErrorCode e = U_ZERO_ERROR;
    if (!opened)
        opened = uidna_openUTS46(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                     UIDNA_NONTRANSITIONAL_TO_ASCII,
                                 &e);
    return U_SUCCESS(e) ? opened : NULL;
}

/* The domain in ASCII and small letters; empty if it cannot be one. */
static str domain_ascii(struct arena *a, str typed)
{
    char ascii[DOMAIN_MAX + 1];
    UErrorCode e = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    if (typed.n == 0 || typed.n > ADDRESS_MAX || !idna()) return S("");
    int32_t n = uidna_nameToASCII_UTF8(idna(), typed.p, (int32_t)typed.n, ascii, sizeof ascii,
                                       &info, &e);
    if (U_FAILURE(e) || info.errors || n <= 0 || n > DOMAIN_MAX) return S("");
    str domain = arena_str(a, (str){ ascii, (size_t)n });
    return is_domain(domain) ? domain : S("");
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

static bool has_blank_or_control(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f) return true;
    return !str_is_utf8(s) || str_has_control(s);
}

static size_t count_of(str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == c;
    return n;
}

static struct phrase what_is_wrong(struct arena *a, str s, str *address)
{
    if (s.n == 0) return PHRASE("Write an e-mail address, such as name@example.org.");
    if (count_of(s, '@') > 1 || str_find(s, ',') >= 0 || str_find(s, ';') >= 0)
        return PHRASE("Write one e-mail address only.");
    if (has_blank_or_control(s))
        return PHRASE("An e-mail address has no spaces and nothing around it.");
    ptrdiff_t at = str_find(s, '@');
    if (at < 0) return PHRASE("An e-mail address has an @ in it, such as name@example.org.");
    str local = str_cut(s, (size_t)at), domain = domain_ascii(a, str_from(s, (size_t)at + 1));
    if (!is_ascii(local))
        return PHRASE("Before the @ only letters without accents, digits and signs such as . - _ + "
                      "can be used here. If "
                      "your address has others, please give another one.");
    if (!is_local(local)) return PHRASE("What stands before the @ cannot be part of an address.");
    if (domain.n == 0)
        return PHRASE(
            "What stands after the @ cannot be part of an address. It looks like example.org.");
    if (local.n + 1 + domain.n > ADDRESS_MAX) return PHRASE("This e-mail address is too long.");
    *address = ARENA_JOIN(a, local, S("@"), domain);
    return (struct phrase){ 0 };
}

bool send_address_ok(struct arena *a, str typed, personal *address, struct phrase *why)
{
    str found = S("");
    *why = what_is_wrong(a, str_trim(typed), &found);
    *address = (personal){ found };
    return why->english == NULL;
}
