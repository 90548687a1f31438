/* Whoever adds and subtracts what was published must not come nearer than k to what was left out. The attack here is a
 * linear program of its own over the whole cross table: another method, another program text than what protects. */
#include "test/unit/publish_sample.h"

#include "test/unit/help.h"

#include <math.h>

#define ROWS_MAX 400
#define WIDE_MAX 900

/* Largest c x with A x <= b, x >= 0, by the plain two-phase tableau with Bland's rule. NAN: nothing fits; INFINITY: no
 * end. */
static long double t[ROWS_MAX + 2][WIDE_MAX + ROWS_MAX + 2];
static int basis[ROWS_MAX];

static void pivot(int rows, int wide, int r, int c)
{
    long double p = t[r][c];
    for (int j = 0; j <= wide; j++) t[r][j] /= p;
    for (int i = 0; i <= rows; i++) {
        if (i == r || fabsl(t[i][c]) < 1e-15L) continue;
        long double f = t[i][c];
        for (int j = 0; j <= wide; j++) t[i][j] -= f * t[r][j];
    }
    basis[r] = c;
}

static bool improve(int rows, int wide, int columns) /* false: no end */
{
    for (;;) {
        int c = 0;
        while (c < columns && t[rows][c] < 1e-11L) c++;
        if (c == columns) return true;
        int r = -1;
        for (int i = 0; i < rows; i++) {
            if (t[i][c] < 1e-11L) continue;
            long double a = t[i][wide] / t[i][c], b = r < 0 ? 0 : t[r][wide] / t[r][c];
            if (r < 0 || a < b - 1e-13L || (a < b + 1e-13L && basis[i] < basis[r])) r = i;
        }
        if (r < 0) return false;
        pivot(rows, wide, r, c);
    }
}

struct program {
    int rows, cells;
    const uint8_t (*a)[WIDE_MAX]; /* 0 or 1 */
    const double *low, *high;     /* by row; high < 0: none */
};

/* Rows: sum - surplus = low, or with high: sum + slack = high and surplus likewise. Artificial variables in phase one. */
static long double largest(const struct program *p, const uint8_t *goal, int sign)
{
    int rows = 2 * p->rows, slack = p->cells, artificial = slack + rows, wide = artificial + p->rows;
    assert_true(rows <= ROWS_MAX && wide < WIDE_MAX + ROWS_MAX);
    memset(t, 0, sizeof t);
    for (int i = 0; i < p->rows; i++) {
        for (int j = 0; j < p->cells; j++) t[i][j] = t[p->rows + i][j] = p->a[i][j];
        t[i][slack + i] = -1;
        t[i][artificial + i] = 1;
        t[i][wide] = p->low[i];
        basis[i] = artificial + i;
        t[p->rows + i][slack + p->rows + i] = 1;
        t[p->rows + i][wide] = p->high[i];
        basis[p->rows + i] = slack + p->rows + i;
        for (int j = 0; j <= wide; j++) t[rows][j] += j >= artificial && j < wide ? 0 : t[i][j];
    }
    improve(rows, wide, artificial);
    if (t[rows][wide] > 1e-7L) return NAN;
    for (int i = 0; i < rows; i++) { /* what is artificial and 0 leaves, so that it cannot grow again */
        if (basis[i] < artificial) continue;
        for (int j = 0; j < artificial; j++)
            if (fabsl(t[i][j]) > 1e-9L) {
                pivot(rows, wide, i, j);
                break;
            }
    }
    memset(t[rows], 0, sizeof t[rows]);
    for (int j = 0; j < p->cells; j++) t[rows][j] = sign * goal[j];
    for (int i = 0; i < rows; i++) {
        long double f = basis[i] < p->cells ? sign * goal[basis[i]] : 0;
        if (f == 0) continue;
        for (int j = 0; j <= wide; j++) t[rows][j] -= f * t[i][j];
    }
    if (!improve(rows, wide, artificial)) return INFINITY;
    return -t[rows][wide];
}

struct attack {
    uint8_t a[ROWS_MAX][WIDE_MAX], goal[WIDE_MAX];
    double low[ROWS_MAX], high[ROWS_MAX];
    uint16_t cell[WIDE_MAX][4];
    int cells, holes, looked;
};
static struct attack at;

/* Every cell that the columns allow; where nobody is without a value, the attacker knows that too. */
static void list_cells(const struct sample *s, const uint16_t *first, const uint16_t *many)
{
    size_t columns = s->attributes.columns;
    bool has_absent[4] = { false };
    for (size_t c = 0; c < columns; c++)
        for (size_t r = 0; r < s->rows; r++) has_absent[c] |= sample_code(s, c, r) == 0;
    uint16_t now[4] = { 0 };
    at.cells = 0;
    for (;;) {
        bool is_one = true;
        for (size_t c = 0; c < columns; c++) is_one &= now[c] > 0 || has_absent[c];
        if (is_one) {
            assert_true(at.cells < WIDE_MAX - ROWS_MAX);
            for (size_t c = 0; c < columns; c++) at.cell[at.cells][c] = now[c] ? (uint16_t)(first[c] + now[c]) : 0;
            at.cells++;
        }
        size_t c = 0;
        while (c < columns && ++now[c] > many[c]) now[c++] = 0;
        if (c == columns) return;
    }
}

static bool cell_has(const struct sample *s, int cell, const struct combo *c)
{
    for (size_t i = 0; i < c->length; i++)
        if (at.cell[cell][s->attributes.column[c->at[i]]] != c->at[i] + 1) return false;
    return true;
}

/* Every combination of the domain that is not published: how far apart are its bounds? */
static void attack(const struct sample *s, const struct aggregates *g)
{
    uint16_t first[4], many[4] = { 0 };
    for (size_t i = s->attributes.n; i-- > 0;) {
        first[s->attributes.column[i]] = (uint16_t)i;
        many[s->attributes.column[i]]++;
    }
    list_cells(s, first, many);
    struct program p = { 1, at.cells, at.a, at.low, at.high };
    for (int j = 0; j < at.cells; j++) at.a[0][j] = 1;
    at.low[0] = (double)g->records;
    at.high[0] = (double)(g->records + g->k - 1);
    for (size_t i = 0; i < g->combos.n; i++, p.rows++) {
        const struct combo *c = combos_at(&g->combos, i);
        for (int j = 0; j < at.cells; j++) at.a[p.rows][j] = cell_has(s, j, c);
        at.low[p.rows] = c->count;
        at.high[p.rows] = c->count + g->k - 1;
    }
    struct combo_index x;
    combo_index_make(&x, &scratch, &g->combos);
    at.holes = at.looked = 0;
    uint32_t all = 1u << s->attributes.n;
    for (uint32_t set = 1; set < all; set++) { /* few attributes: every set of them */
        struct combo c = { 0 };
        bool is_one = (size_t)__builtin_popcount(set) <= g->length;
        for (size_t i = 0; is_one && i < s->attributes.n; i++) {
            if (!(set >> i & 1)) continue;
            for (size_t j = 0; j < c.length; j++) is_one &= s->attributes.column[c.at[j]] != s->attributes.column[i];
            c.at[c.length++] = (uint16_t)i;
        }
        if (!is_one || combo_index_find(&x, c.at, c.length) != COMBO_NONE) continue;
        for (int j = 0; j < at.cells; j++) at.goal[j] = cell_has(s, j, &c);
        long double high = largest(&p, at.goal, 1), low = -largest(&p, at.goal, -1);
        assert_false(isnan(high) || isnan(low)); /* the truth fits */
        at.looked++;
        at.holes += high - low < (long double)g->k - 1e-6L;
    }
}

static void small_sample(struct sample *s, uint64_t seed, size_t columns, uint32_t rows)
{
    draw_seed(seed);
    struct sink out;
    sink_open(&out, &scratch, MIB(1));
    for (size_t c = 0; c < columns; c++) put_format(&out, "%sc%zu", c ? "," : "", c);
    for (uint32_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            uint32_t skew = draw(4) ? 1 + draw(1 + (uint32_t)(c % 3)) : 1 + draw(3);
            if (seed % 3 == 0 && draw(6) == 0) skew = 0; /* somebody has no value */
            put_format(&out, "%s%u", c ? "," : "\n", skew);
        }
    struct complaint why;
    assert_true(sample_read(&scratch, text_file(&scratch, "small.csv", sink_str(&out)), &(struct sample_choice){ 0 }, s, &why));
}

static void nothing_left_out_follows_from_what_is_shown(void **state)
{
    (void)state;
    int plain = 0, looked = 0;
    size_t shown = 0, kept = 0;
    for (uint64_t seed = 1; seed <= 14; seed++) {
        struct sample s;
        struct aggregates g;
        struct complaint why;
        struct complement_report report = { 0 };
        small_sample(&s, seed, seed % 4 == 3 ? 2 : 3, 20 + (uint32_t)(seed * 23 % 140));
        uint32_t k = seed % 2 ? 5 : 10;
        size_t length = seed % 3 == 1 ? 3 : 2;
        assert_true(aggregates_protected(&scratch, &s, length, k, &g, &why));
        attack(&s, &g);
        plain += at.holes;
        shown += g.combos.n;
        complement_protect(&scratch, &s, &g, &report);
        assert_true(report.is_whole);
        attack(&s, &g);
        assert_int_equal(at.holes, 0);
        looked += at.looked;
        kept += g.combos.n;
        for (size_t i = 0; i < g.combos.n; i++) assert_true(combos_at(&g.combos, i)->count >= k);
    }
    assert_true(plain > 20); /* or the attack is none */
    assert_true(looked > 100);
    assert_true(kept * 3 > shown); /* and not everything was left out */
}

/* Four columns of the invented records: the cross table has 128 cells. */
static void nor_in_a_middling_table(void **state)
{
    (void)state;
    struct sample s;
    struct aggregates g;
    struct complaint why;
    struct complement_report report = { 0 };
    const struct sample_choice how = { .columns = "gender,isForcedLabour,isSexualExploit,traffickMonths" };
    assert_true(sample_read(&scratch, invented_records(&scratch, 400, 7), &how, &s, &why));
    assert_true(aggregates_protected(&scratch, &s, 3, 10, &g, &why));
    size_t before = g.combos.n;
    attack(&s, &g);
    assert_true(at.holes > 0);
    complement_protect(&scratch, &s, &g, &report);
    attack(&s, &g);
    assert_int_equal(at.holes, 0);
    assert_true(g.combos.n > before / 2);
}

/* More columns than can be looked at as one: every cross table of `length` columns holds. */
static void every_small_cross_table_of_a_large_file_holds(void **state)
{
    (void)state;
    struct sample s, few;
    struct aggregates g;
    struct complaint why;
    struct complement_report report = { 0 };
    const char *path = invented_records(&scratch, 700, 11);
    const struct sample_choice how = { .columns = "gender,ageBroad,isForcedLabour,isSexualExploit,traffickMonths,typeOfSex,meansThreats,recruiterRelationship" };
    assert_true(sample_read(&scratch, path, &how, &s, &why));
    assert_true(aggregates_protected(&scratch, &s, 2, 10, &g, &why));
    complement_protect(&scratch, &s, &g, &report);
    assert_false(report.is_whole);
    assert_int_equal(report.tables, 28);
    static const char *const pairs[] = { "gender,typeOfSex", "gender,traffickMonths", "isForcedLabour,recruiterRelationship", "typeOfSex,traffickMonths" };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct sample_choice two = { .columns = pairs[i] };
        assert_true(sample_read(&scratch, path, &two, &few, &why));
        struct aggregates part = { .attributes = few.attributes, .records = g.records, .length = 2, .k = 10 };
        combos_open(&part.combos, &scratch);
        for (size_t j = 0; j < g.combos.n; j++) { /* the same combinations in the few columns' numbers */
            struct combo c = *combos_at(&g.combos, j);
            bool is_in = true;
            for (size_t n = 0; n < c.length; n++) {
                size_t to = 0;
                while (to < few.attributes.n && !str_eq(few.attributes.text[to], g.attributes.text[c.at[n]])) to++;
                is_in &= to < few.attributes.n;
                c.at[n] = (uint16_t)to;
            }
            if (is_in) assert_true(combos_add(&part.combos, &c));
        }
        attack(&few, &part);
        assert_int_equal(at.holes, 0);
    }
}

static void small_tables_of_a_page_are_protected_with_their_totals(void **state)
{
    (void)state;
    int hidden = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        draw_seed(seed);
        struct shown_table table = { .rows = 2 + draw(3), .columns = 2 + draw(3) };
        uint32_t count[16], k = seed % 2 ? 5 : 10, rounding = seed % 3 ? 1 : k;
        bool is_shown[25];
        for (size_t i = 0; i < table.rows * table.columns; i++) count[i] = draw(3) ? 8 + draw(60) : draw(6);
        table.count = count;
        table.is_shown = is_shown;
        assert_true(complement_table(&scratch, &table, k, rounding));
        struct program p = { 0, (int)(table.rows * table.columns), at.a, at.low, at.high };
        at.cells = p.cells;
        for (int shown = 1; shown >= 0; shown--)
            for (size_t r = 0; r <= table.rows; r++)
                for (size_t c = 0; c <= table.columns; c++) {
                    uint32_t sum = 0;
                    for (size_t i = 0; i < table.rows * table.columns; i++) {
                        at.goal[i] = (r == table.rows || i / table.columns == r) && (c == table.columns || i % table.columns == c);
                        sum += at.goal[i] ? count[i] : 0;
                    }
                    if (is_shown[r * (table.columns + 1) + c] != shown) continue;
                    if (shown) {
                        assert_true(sum >= k);
                        memcpy(at.a[p.rows], at.goal, sizeof at.goal);
                        at.low[p.rows] = sum / rounding * rounding;
                        at.high[p.rows++] = sum / rounding * rounding + rounding - 1;
                    } else {
                        long double high = largest(&p, at.goal, 1), low = -largest(&p, at.goal, -1);
                        assert_true(high - low > (long double)k - 1e-6L);
                        hidden++;
                    }
                }
    }
    assert_true(hidden > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_left_out_follows_from_what_is_shown, help_begin, help_end),
        cmocka_unit_test_setup_teardown(nor_in_a_middling_table, help_begin, help_end),
        cmocka_unit_test_setup_teardown(every_small_cross_table_of_a_large_file_holds, help_begin, help_end),
        cmocka_unit_test_setup_teardown(small_tables_of_a_page_are_protected_with_their_totals, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
