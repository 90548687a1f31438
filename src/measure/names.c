/* Which state a citizenship of the source means. The source has it as each office wrote it, in any language: what
 * CLDR or the United Nations call so is recognised; misspelt names, demonyms and groups stay as written. */
#include "measure/flows.h"

static const struct {
    const char *name, *iso3;
} also[] = {
    { "Bolivia (Plurinational State of)", "BOL" },
    { "Bosnia and Herzegovina", "BIH" },
    { "China, Hong Kong SAR", "HKG" },
    { "China, Hong Kong Special Administrative Region", "HKG" },
    { "China, Taiwan Province of China", "TWN" },
    { "Cote d'ivoire", "CIV" },
    { "C\xc3\x83\xc2\xb4te d'Ivoire", "CIV" }, /* as the source has it, its letters decoded twice */
    { "Dem. Rep. of the Congo", "COD" },
    { "Democratic People's Republic of Korea", "PRK" },
    { "Democratic Republic of the Congo", "COD" },
    { "Congo", "COG" },
    { "Dominican Rep", "DOM" },
    { "Iran (Islamic Republic of)", "IRN" },
    { "Kosovo (under UNSC res. 1244)", "XKX" },
    { "Kosovo under UNSCR 1244", "XKX" },
    { "Kosovo", "XKX" },
    { "Lao People's Dem. Republic", "LAO" },
    { "Lao People's Democratic Republic", "LAO" },
    { "Myanmar", "MMR" },
    { "Netherlands (Kingdom of the)", "NLD" },
    { "Netherlands (own country)", "NLD" },
    { "Palestine", "PSE" },
    { "Republic of Korea", "KOR" },
    { "Republic of Moldova", "MDA" },
    { "Rep. Dominicana", "DOM" },
    { "Russian Federation", "RUS" },
    { "Saint Vincent and the Grenadines", "VCT" },
    { "St Vincent and the Grenadines", "VCT" },
    { "State of Palestine", "PSE" },
    { "Swaziland", "SWZ" },
    { "Syrian Arab Republic", "SYR" },
    { "Tanzania, United Republic of", "TZA" },
    { "The Ukraine", "UKR" },
    { "The former Yugoslav Republic of Macedonia", "MKD" },
    { "Trinidad and Tobago", "TTO" },
    { "T\xc3\x83\xc2\xbcrkiye", "TUR" },
    { "United Kingdom of Great Britain and Northern Ireland", "GBR" },
    { "United Republic of Tanzania", "TZA" },
    { "United States of America", "USA" },
    { "Venezuela (Bolivarian Republic of)", "VEN" },
    { "Viet Nam", "VNM" },
};

/* The citizens of the state that reports. */
static const char *const own[] = { "Nationals", "own country", "Domestic (Myanmar)",
                                   "Netherlands (own country)",
                                   "Ciudadanos de su pa\xef\xbf\xbds" };

bool flows_is_own(str name)
{
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_eq(name, str_of(own[i]))) return true;
    return false;
}

str flows_state_called(str name)
{
    for (size_t i = 0; i < COUNT_OF(also); i++)
        if (str_eq(name, str_of(also[i].name))) return str_of(also[i].iso3);
    return lang_state_called(name);
}
