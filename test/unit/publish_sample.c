#include "test/unit/publish_sample.h"

#include "test/unit/help.h"

#include <math.h>
#include <stdio.h>

static uint64_t state;

static double unit(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static size_t pick(const double *w, size_t n)
{
    double all = 0, so_far = 0;
    for (size_t i = 0; i < n; i++) all += w[i];
    double t = unit() * all;
    for (size_t i = 0; i < n; i++) {
        so_far += w[i];
        if (t < so_far) return i;
    }
    return n - 1;
}
#define PICK(...) pick((const double[]){ __VA_ARGS__ }, sizeof((const double[]){ __VA_ARGS__ }) / sizeof(double))

static const char *const citizen[] = { "UA", "MD", "PH", "ID", "KH", "BY", "US", "UZ", "MM", "BG", "KG", "NP", "LA", "TH", "VN",
                                       "RO", "GH", "HT", "NG", "TJ", "KZ", "MG", "BD", "ET", "ML", "SV", "MX", "LK", "AL", "CO" };
static const char *const country[] = { "US", "RU", "UA", "MD", "ID", "PH", "AE", "MY", "PL", "TR", "TH", "KZ", "GH",
                                       "HT", "LB", "SA", "ZA", "IT", "DE", "UZ", "KW", "BH", "OM", "CN", "MX" };
static const char *const age[] = { "0--8", "9--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+" };
static const char *const gender[] = { "Woman", "Man", "Trans/Transgender/NonConforming" };
static const char *const months[] = { "0--12 (0-1 yr)", "13--24 (1-2 yrs)", "25+ (2+ yrs)" };
static const char *const labour[] = { "Agriculture", "Construction", "DomesticWork", "Hospitality", "Manufacturing", "Begging", "Fishing", "Other" };
static const char *const recruiter[] = { "Friend", "Family", "IntimatePartner", "Other", "Stranger" };
static const char *const sexual[] = { "Prostitution", "Pornography", "PrivateSexualServices" };

static void cell(struct sink *out, const char *value)
{
    put_char(out, ',');
    put(out, str_of(value));
}

static void record(struct sink *out)
{
    double z[COUNT_OF(citizen)], where[COUNT_OF(country)];
    for (size_t i = 0; i < COUNT_OF(z); i++) z[i] = 1 / pow((double)(i + 1), 0.9);
    size_t c = pick(z, COUNT_OF(z));
    double first = unit(), second = unit();
    int later = (int)(fabs(first + second - 0.3) * 14);
    size_t g = PICK(68, 30, 2);
    size_t a = g == 0 ? PICK(2, 14, 14, 15, 12, 9, 20, 9, 5) : PICK(4, 10, 8, 9, 10, 10, 26, 15, 8);
    for (size_t i = 0; i < COUNT_OF(where); i++) where[i] = 1 / pow((double)(1 + (i * 7 + c * 3) % COUNT_OF(where)), 1.2);
    size_t x = pick(where, COUNT_OF(where));
    bool is_sex = unit() < (g == 0 ? 0.62 : 0.12), is_labour = unit() < (g == 0 ? 0.30 : 0.83);
    bool is_other = (!is_sex && !is_labour) || unit() < 0.03;
    static const double means[] = { .10, .25, .22, .30, .05, .14, .20, .15 };
    bool m[8];
    for (size_t k = 0; k < 8; k++) {
        double p = means[k] * (is_sex && (k == 2 || k == 4) ? 1.5 : 1);
        p *= is_labour && (k == 0 || k == 6 || k == 7) ? 1.6 : 1;
        m[k] = unit() < p;
    }
    bool is_known = unit() < 0.62;
    if (unit() < .98) put_int(out, 2002 + (later < 20 ? later : 20));
    cell(out, gender[g]);
    cell(out, unit() < .86 ? age[a] : "");
    cell(out, unit() < .95 ? citizen[c] : "");
    cell(out, unit() < .90 ? country[x] : "");
    /* The value of a conditional expression is drawn after its condition. */
    bool has_months = unit() < .4;
    cell(out, has_months ? months[PICK(70, 18, 12)] : "");
    for (size_t k = 0; k < 8; k++) cell(out, is_known ? m[k] ? "1" : "0" : "");
    cell(out, is_labour ? "1" : "0");
    cell(out, is_sex ? "1" : "0");
    cell(out, is_other ? "1" : "0");
    bool has_labour = is_labour && unit() < .7;
    cell(out, has_labour ? labour[(PICK(12, 18, 25, 8, 10, 6, 8, 13) + (g == 0 ? 0 : 1)) % 8] : "");
    bool has_sexual = is_sex && unit() < .8;
    cell(out, has_sexual ? sexual[PICK(88, 6, 6)] : "");
    cell(out, unit() < .05 ? "1" : "0");
    bool has_recruiter = unit() < .45;
    cell(out, has_recruiter ? recruiter[PICK(30, 25, 12, 20, 13)] : "");
    put_lit(out, "\r\n");
}

void invented_put(struct sink *out, size_t n, uint64_t seed)
{
    state = seed * 2862933555777941757u + 3037000493u;
    put_lit(out, "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,traffickMonths,meansDebtBondage,meansThreats,"
                 "meansAbusePsyPhySex,meansFalsePromises,meansDrugsAlcohol,meansDenyBasicNeeds,meansExcessiveWorkHours,meansWithholdDocs,"
                 "isForcedLabour,isSexualExploit,isOtherExploit,typeOfLabour,typeOfSex,isAbduction,recruiterRelationship\r\n");
    for (size_t i = 0; i < n; i++) record(out);
}

const char *text_file(struct arena *a, const char *name, str text)
{
    const char *path = arena_format(a, "%s/%s", help_folder(), name).p;
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
    assert_int_equal(fclose(f), 0);
    return path;
}

const char *invented_records(struct arena *a, size_t n, uint64_t seed)
{
    struct sink out;
    sink_open(&out, a, MIB(64));
    invented_put(&out, n, seed);
    return text_file(a, "invented.csv", sink_str(&out));
}

str invented_schema(struct arena *a, const struct sample *s)
{
    struct sink out;
    sink_open(&out, a, MIB(1));
    put_lit(&out, "{\"schema\":\"publication 1\",\"columns\":[");
    for (size_t c = 0; c < s->attributes.columns; c++) {
        put(&out, c ? S(",{\"name\":") : S("{\"name\":"));
        json_text(&out, s->attributes.name[c]);
        put_lit(&out, ",\"values\":[");
        bool is_first = true;
        for (size_t i = 0; i < s->attributes.n; i++) {
            if (s->attributes.column[i] != c) continue;
            if (!is_first) put_char(&out, ',');
            json_text(&out, str_from(s->attributes.text[i], s->attributes.name[c].n + 1));
            is_first = false;
        }
        put_lit(&out, "]}");
    }
    put_lit(&out, "]}");
    return sink_str(&out);
}
