/* Names of states and regions, and which region a state lies in. */
#include "lang/inside.h"

#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/uregion.h>

#include <stdio.h>
#include <stdlib.h>

#define STATES_MAX  400
#define REGIONS_MAX 64

struct state {
    char iso3[4], iso2[3];
    char continent[4], subregion[4]; /* M49, or empty */
};

static struct state states[STATES_MAX];
static size_t states_n;
static char regions[REGIONS_MAX][4];
static size_t regions_n;

/* CLDR renames states that are gone into their successors (YU becomes Serbia), which would be false beside an old
 * record, and iso-codes has them in one or two of our languages. So these are phrases. */
static const struct word gone[] = {
    { S_CONST("ANT"), PHRASE_CONST("Netherlands Antilles") },
    { S_CONST("SCG"), PHRASE_CONST("Serbia and Montenegro") },
    { S_CONST("YUG"), PHRASE_CONST("Yugoslavia") },
};

static void region_code(const URegion *r, URegionType type, char out[4])
{
    const URegion *around = uregion_getContainingRegionOfType(r, type);
    const char *code = around ? uregion_getRegionCode(around) : "";
    if (strlen(code) == 3 && code[0] >= '0' && code[0] <= '9')
        memcpy(out, code, 4); /* CLDR has codes of its own: QO */
}

static void add_state(const char *iso3, const char *iso2)
{
    UErrorCode e = U_ZERO_ERROR;
    const URegion *r = uregion_getRegionFromCode(iso2, &e);
    if (U_FAILURE(e) || !r || strcmp(uregion_getRegionCode(r), iso2) != 0)
        return; /* gone, or renamed */
    if (uregion_getType(r) == URGN_DEPRECATED || strlen(iso3) != 3 || states_n == STATES_MAX)
        return;
    struct state *s = &states[states_n++];
    *s = (struct state){ 0 };
    memcpy(s->iso3, iso3, 4);
    memcpy(s->iso2, iso2, 3);
    region_code(r, URGN_CONTINENT, s->continent);
    region_code(r, URGN_SUBCONTINENT, s->subregion);
}

static int by_iso3(const void *a, const void *b)
{
    return strcmp(((const struct state *)a)->iso3, ((const struct state *)b)->iso3);
}

static void add_regions(URegionType type)
{
    UErrorCode e = U_ZERO_ERROR;
    UEnumeration *all = uregion_getAvailable(type, &e);
    lang_need(e, "regions");
    const char *code;
    int32_t n;
    while ((code = uenum_next(all, &n, &e)) && regions_n < REGIONS_MAX)
        if (n == 3 && code[0] >= '0' && code[0] <= '9') memcpy(regions[regions_n++], code, 4);
    uenum_close(all);
}

void lang_open_states(struct arena *life)
{
    (void)life;
    states_n = regions_n = 0;
    for (const char *const *iso2 = uloc_getISOCountries(); *iso2; iso2++) {
        char locale[8];
        snprintf(locale, sizeof locale, "_%.2s", *iso2);
        if (strcmp(*iso2, "XK") != 0) add_state(uloc_getISO3Country(locale), *iso2);
    }
    add_state("XKX", "XK"); /* as the World Bank and the EU write them */
    add_state("EUE", "EU");
    qsort(states, states_n, sizeof *states, by_iso3);
    add_regions(URGN_WORLD);
    add_regions(URGN_CONTINENT);
    add_regions(URGN_SUBCONTINENT);
    add_regions(URGN_GROUPING);
}

static str region_name(struct arena *life, const ULocaleDisplayNames *names, const char *code)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar text[200];
    int32_t n = uldn_regionDisplayName(names, code, text, COUNT_OF(text), &e);
    lang_need(e, "names of states");
    return lang_utf8(life, text, n);
}

void lang_open_names(struct arena *life, struct lang *l, const char *locale)
{
    UErrorCode e = U_ZERO_ERROR;
    UDisplayContext how[] = { UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU };
    ULocaleDisplayNames *names = uldn_openForContext(locale, how, 1, &e);
    lang_need(e, "names");
    l->state = arena_new(life, str, states_n);
    for (size_t i = 0; i < states_n; i++) l->state[i] = region_name(life, names, states[i].iso2);
    l->region = arena_new(life, str, regions_n);
    for (size_t i = 0; i < regions_n; i++) l->region[i] = region_name(life, names, regions[i]);

    UChar own[120];
    char plain[ULOC_FULLNAME_CAPACITY] = ""; /* of itself, without "(world)" or its digits */
    if (strncmp(locale, "en", 2) == 0) uloc_getLanguage(locale, plain, sizeof plain, &e);
    else uloc_getBaseName(locale, plain, sizeof plain, &e);
    int32_t n = uldn_localeDisplayName(names, plain, own, COUNT_OF(own), &e);
    lang_need(e, "own name");
    l->own_name = lang_utf8(life, own, n);
    uldn_close(names);
}

static const struct state *find_state(str iso3)
{
    struct state key = { 0 };
    if (iso3.n != 3) return NULL;
    memcpy(key.iso3, iso3.p, 3);
    return bsearch(&key, states, states_n, sizeof *states, by_iso3);
}

bool lang_is_state(str iso3)
{
    return find_state(iso3) != NULL;
}

str lang_state_at(size_t i)
{
    return i < states_n ? str_of(states[i].iso3) : S("");
}

str lang_state(const struct lang *l, str iso3)
{
    const struct state *s = find_state(iso3);
    if (s) return l->state[s - states];
    for (size_t i = 0; i < COUNT_OF(gone); i++)
        if (str_eq(gone[i].code, iso3)) return lang_text(l, gone[i].phrase);
    return iso3;
}

str lang_region(const struct lang *l, str m49)
{
    for (size_t i = 0; i < regions_n; i++)
        if (str_eq(str_of(regions[i]), m49)) return l->region[i];
    return m49;
}

str lang_region_of(str iso3, bool is_subregion)
{
    const struct state *s = find_state(iso3);
    return s ? str_of(is_subregion ? s->subregion : s->continent) : S("");
}

static bool same_letters(str a, str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i], y = b.p[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x - 'A' + 'a');
        if (y >= 'A' && y <= 'Z') y = (char)(y - 'A' + 'a');
        if (x != y) return false;
    }
    return true;
}

str lang_state_called(str name)
{
    for (size_t k = 0; k < lang_count(); k++)
        for (size_t i = 0; i < states_n; i++)
            if (same_letters(lang_at(k)->state[i], name)) return str_of(states[i].iso3);
    return S("");
}
