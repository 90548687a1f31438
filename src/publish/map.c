#include "publish/map.h"

#include "base/day.h"
#include "base/limits.h"
#include "publish/map_parts.h"

#include <unicode/uregion.h>

#define COLUMNS_MAX 80
#define FIELDS_MAX  PUBLISH_COLUMNS_MAX

struct mapping {
    struct arena *arena;
    struct records *in;
    struct complaint *why;
    struct map_report *report;
    str field[FIELDS_MAX]; /* by cell: its name in HTCDS; empty if it is none */
    size_t fields;
    str value[COLUMNS_MAX]; /* of the row being made */
    struct arena row;
};

static bool wrong_at(struct mapping *m, size_t cell, str what)
{
    *m->why = records_at(m->in, cell, what);
    return false;
}

static size_t column_named(const char *name)
{
    size_t i = 0;
    while (strcmp(ctdc_columns[i].name, name) != 0) i++;
    return i;
}

static void set(struct mapping *m, const char *column, str value)
{
    m->value[column_named(column)] = value;
}

static bool is_set(const struct mapping *m, const char *column)
{
    return str_eq(m->value[column_named(column)], S("1"));
}

static str cell_of(const struct mapping *m, const char *field, size_t *at)
{
    for (*at = 0; *at < m->fields; ++*at)
        if (str_eq(m->field[*at], str_of(field))) return str_trim(m->in->csv.cell[*at]);
    return S("");
}

static void set_rule(struct mapping *m, const struct map_rule *r, str value)
{
    for (size_t i = 0; i < 2 && r->columns[i]; i++) set(m, r->columns[i], value);
}

/* A picklist: what it names is 1, what it could have named is 0. */
static bool take_picklist(struct mapping *m, const char *field)
{
    size_t cell;
    str rest = cell_of(m, field, &cell);
    if (rest.n == 0 || str_eq(rest, S("-99"))) return true;
    for (const struct map_rule *r = map_noughts; r->field; r++)
        if (strcmp(r->field, field) == 0 && !is_set(m, r->columns[0])) set_rule(m, r, S("0"));
    while (rest.p) {
        str value = str_trim(str_split(&rest, ';'));
        if (value.n == 0) continue;
        const struct map_rule *r = map_rules;
        while (r->field && (strcmp(r->field, field) != 0 || !str_eq(str_of(r->value), value))) r++;
        if (!r->field)
            return wrong_at(m, cell,
                            arena_format(m->arena, "\"" STR_FMT "\" is no value of %s in HTCDS 2.0",
                                         STR_ARG(value), field));
        set_rule(m, r, S("1"));
    }
    return true;
}

static bool take_gender(struct mapping *m)
{
    static const char *const all[][2] = {
        { "Feminine", "Woman" },
        { "Masculine", "Man" },
        { "TransgenderFeminine", "Trans/Transgender/NonConforming" },
        { "TransgenderMasculine", "Trans/Transgender/NonConforming" },
        { "NonConforming", "Trans/Transgender/NonConforming" },
        { "NonSpecifiedUnknown", "Unknown" },
    };
    size_t cell;
    str value = cell_of(m, "prs_Gender", &cell);
    if (value.n == 0) return true;
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (str_eq(value, str_of(all[i][0]))) {
            set(m, "gender", str_of(all[i][1]));
            return true;
        }
    return wrong_at(m, cell, S("this is no value of prs_Gender in HTCDS 2.0"));
}

static const char *band(int64_t age)
{
    static const struct {
        int64_t most;
        const char *name;
    } all[] = { { 8, "0--8" },    { 17, "9--17" },  { 20, "18--20" },
                { 23, "21--23" }, { 26, "24--26" }, { 29, "27--29" },
                { 38, "30--38" }, { 47, "39--47" }, { 130, "48+" } };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (age <= all[i].most) return all[i].name;
    return "Unknown";
}

static int64_t part(str day, size_t from, size_t n)
{
    int64_t value = 0;
    return str_to_int(str_cut(str_from(day, from), n), &value) ? value : 0;
}

/* Age on the day of registration, where both days are known to the day. */
static bool take_days(struct mapping *m)
{
    size_t cell;
    str at = cell_of(m, "cas_IncomingReferralDate", &cell);
    if (at.n && !day_is(at)) return wrong_at(m, cell, S("a date is written YYYY-MM-DD"));
    str born = cell_of(m, "prs_Birthdate", &cell);
    if (born.n && !day_is(born)) return wrong_at(m, cell, S("a date is written YYYY-MM-DD"));
    if (at.n) set(m, "yearOfRegistration", arena_str(&m->row, str_cut(at, 4)));
    if (at.n < 10 || born.n < 10) return true;
    int64_t age = part(at, 0, 4) - part(born, 0, 4);
    if (str_cmp(str_from(at, 4), str_from(born, 4)) < 0) age--;
    if (age < 0 || age > 130)
        return wrong_at(m, cell,
                        S("with this birth date the person was not born or very old when "
                          "referred"));
    set(m, "ageBroad", str_of(band(age)));
    set(m, "majorityStatus", age < 18 ? S("Minor") : S("Adult"));
    return true;
}

static bool take_age_then(struct mapping *m)
{
    size_t cell;
    str value = cell_of(m, "vic_AgeWhenTrafficked", &cell);
    int64_t age;
    if (value.n == 0 || str_eq(value, S("-99"))) return true;
    if (!str_to_int(value, &age) || age < 0 || age > 130)
        return wrong_at(m, cell, S("an age is a whole number from 0 to 130, or -99"));
    set(m, "MajorityEntry", str_of(band(age)));
    set(m, "majorityStatusAtExploit", age < 18 ? S("Minor") : S("Adult"));
    return true;
}

/* Two letters, from two or three. */
static bool take_country(struct mapping *m, size_t cell, str code, const char *column)
{
    UErrorCode status = U_ZERO_ERROR;
    char z[4] = { 0 };
    const URegion *region = NULL;
    if (code.n == 2 || code.n == 3) {
        memcpy(z, code.p, code.n);
        region = uregion_getRegionFromCode(z, &status);
    }
    if (!region || U_FAILURE(status) || uregion_getType(region) != URGN_TERRITORY)
        return wrong_at(m, cell, S("a country is written with its ISO 3166 code"));
    set(m, column, str_of(uregion_getRegionCode(region)));
    return true;
}

static bool take_countries(struct mapping *m)
{
    size_t cell;
    str rest = cell_of(m, "prs_Citizenship", &cell);
    if (str_find(rest, ';') >= 0) m->report->many_citizenships++;
    else if (rest.n && !take_country(m, cell, rest, "citizenship")) return false;
    str type = cell_of(m, "hte_Type", &cell);
    str country = cell_of(m, "hte_Country", &cell);
    if (!str_eq(type, S("Exploitation")) || country.n == 0) return true;
    return take_country(m, cell, country, "CountryOfExploitation");
}

static void concatenate(struct mapping *m, const char *prefix, const char *into)
{
    struct sink out;
    sink_open(&out, &m->row, KIB(8));
    for (size_t i = 0; ctdc_columns[i].name; i++) {
        str name = str_of(ctdc_columns[i].name);
        if (!str_starts(name, str_of(prefix)) || !str_eq(m->value[i], S("1"))) continue;
        if (out.n) put_char(&out, ';');
        put(&out, str_from(name, strlen(prefix)));
    }
    if (out.n) set(m, into, sink_str(&out));
}

static void conclude(struct mapping *m)
{
    size_t cell;
    if (is_set(m, "isForcedLabour") || is_set(m, "isSexualExploit") ||
        cell_of(m, "vic_TypeOfExploitation", &cell).n)
        set(m, "isSexAndLabour",
            is_set(m, "isForcedLabour") && is_set(m, "isSexualExploit") ? S("1") : S("0"));
    str relation = cell_of(m, "vic_RelationshipToTrafficker", &cell);
    set(m, "recruiterRelationUnknown", relation.n ? S("0") : S("1"));
    if (relation.n && !str_eq(relation, S("Acquainted"))) {
        set(m, "recruiterRelationFriend", S("0"));
        set(m, "recruiterRelationIntimatePartner", S("0"));
    }
    concatenate(m, "meansOfControl", "meansOfControlConcatenated");
    concatenate(m, "typeOfLabour", "typeOfLabourConcatenated");
    concatenate(m, "typeOfSex", "typeOfSexConcatenated");
    static const char *const kinds[] = { "isForcedLabour",   "isSexualExploit", "isForcedMarriage",
                                         "isForcedMilitary", "isOrganRemoval",  "isOtherExploit" };
    struct sink out;
    sink_open(&out, &m->row, KIB(1));
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (!is_set(m, kinds[i])) continue;
        if (out.n) put_char(&out, ';');
        put(&out, str_of(kinds[i] + 2));
    }
    if (out.n) set(m, "typeOfExploitConcatenated", sink_str(&out));
}

static bool map_row(struct mapping *m)
{
    for (size_t i = 0; ctdc_columns[i].name; i++) m->value[i] = str_of(ctdc_columns[i].unknown);
    set(m, "Datasource", S("Case management"));
    static const char *const lists[] = { "vic_MethodsOfControl", "vic_TypeOfExploitation",
                                         "vic_ForcedLabourIndustry", "vic_TypeOfSexExploitation",
                                         "vic_RelationshipToTrafficker" };
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (!take_picklist(m, lists[i])) return false;
    if (!take_gender(m) || !take_days(m) || !take_age_then(m) || !take_countries(m)) return false;
    conclude(m);
    return true;
}

static void put_row(const struct mapping *m, struct file_out *to, struct sink *line, bool is_head)
{
    line->n = 0;
    for (size_t i = 0; ctdc_columns[i].name; i++) {
        if (i) put_char(line, ',');
        csv_cell(line, is_head ? str_of(ctdc_columns[i].name) : m->value[i]);
    }
    put_char(line, '\n');
    file_out_put(to, sink_str(line));
}

static bool is_carried(str field)
{
    static const char *const also[] = { "prs_Gender",      "cas_IncomingReferralDate",
                                        "prs_Birthdate",   "vic_AgeWhenTrafficked",
                                        "prs_Citizenship", "hte_Type",
                                        "hte_Country",     "vic_TraffickingStatus" };
    for (size_t i = 0; i < COUNT_OF(also); i++)
        if (str_eq(field, str_of(also[i]))) return true;
    for (const struct map_rule *r = map_rules; r->field; r++)
        if (str_eq(field, str_of(r->field))) return true;
    return false;
}

static bool take_header(struct mapping *m)
{
    struct sink lost, foreign;
    sink_open(&lost, m->arena, KIB(64));
    sink_open(&foreign, m->arena, KIB(128));
    m->fields = (size_t)m->in->csv.n;
    size_t carried = 0;
    for (size_t i = 0; i < m->fields; i++) {
        str name = m->in->csv.cell[i];
        for (size_t j = 0; j < i; j++)
            if (str_eq(name, m->in->csv.cell[j]))
                return wrong_at(m, i, S("a column of this name stands here twice"));
        const char *const *known = htcds_fields;
        while (*known && !str_eq(name, str_of(*known))) known++;
        m->field[i] = *known ? str_of(*known) : S("");
        if (*known && is_carried(name)) carried++;
        else {
            put(*known ? &lost : &foreign, str_cut_text(name, 200));
            put_char(*known ? &lost : &foreign, '\n');
        }
    }
    m->report->not_carried = sink_str(&lost);
    m->report->not_standard = sink_str(&foreign);
    return carried > 0 || wrong_at(m, 0,
                                   S("no column has the name of an HTCDS field that CTDC has "
                                     "a place for"));
}

static void close_row(void *row)
{
    arena_close(row);
}

static bool is_no_victim(struct mapping *m, bool *is_wrong)
{
    size_t cell;
    str status = cell_of(m, "vic_TraffickingStatus", &cell);
    *is_wrong = status.n && !str_eq(status, S("PossibleVictimOfTrafficking")) &&
                !str_eq(status, S("ActualVictimOfTrafficking")) &&
                !str_eq(status, S("NotAVictimOfTrafficking"));
    if (*is_wrong)
        (void)wrong_at(m, cell, S("this is no value of vic_TraffickingStatus in HTCDS 2.0"));
    return str_eq(status, S("NotAVictimOfTrafficking"));
}

bool map_htcds(struct arena *a, const char *path, struct file_out *to, struct map_report *report,
               struct complaint *why)
{
    *report = (struct map_report){ 0 };
    struct mapping *m = arena_new(a, struct mapping, 1);
    *m = (struct mapping){ .arena = a, .why = why, .report = report };
    arena_open(&m->row, MIB(4));
    arena_at_end(a, close_row, &m->row);
    m->in = records_open(a, path, FIELDS_MAX);
    struct sink line;
    sink_open(&line, a, MIB(1));
    enum csv_next is = records_next(m->in);
    if (is == CSV_END) {
        *why = (struct complaint){ .what = S("the file is empty") };
        return false;
    }
    if (is == CSV_ROW && !take_header(m)) return false;
    put_row(m, to, &line, true);
    while (is == CSV_ROW && (is = records_next(m->in)) == CSV_ROW) {
        if ((size_t)m->in->csv.n != m->fields)
            return wrong_at(m, (size_t)m->in->csv.n - 1,
                            S("this row has more or fewer cells than "
                              "the first"));
        bool is_wrong;
        if (is_no_victim(m, &is_wrong)) report->left_out++;
        else {
            if (is_wrong || !map_row(m)) return false;
            put_row(m, to, &line, false);
            report->rows++;
        }
        arena_empty(&m->row);
    }
    if (is == CSV_BAD) *why = records_complaint(m->in);
    return is == CSV_END;
}
