#include "estimate/exists.h"

/* How it is decided.
 *
 * Let P be the finite terms and K the kept cells. Row w of the design has a 1 for every term of P within w. The
 * likelihood grows for ever along a direction d if the design takes d to 0 on every observed cell and to 0 or
 * below on the others, and not to 0 everywhere. Write f(w) for that value at w, also at w = {} where it is
 * the intercept's part of d. P is closed downwards, so d follows from f on P (Moebius inversion): f is 0 on P's
 * observed terms, at most 0 on its other ones and of any sign at {}; few numbers are free. Every further
 * cell w of K says that a whole-number combination of them is 0 (observed) or at most 0. The equations are
 * solved by elimination; whether the inequalities leave a direction is asked of linear programming's other side:
 * none is left if and only if some combination of the inequalities with all weights at least 1 vanishes
 * (Stiemke). Simplex with Bland's rule finds it or proves that there is none.
 *
 * The design has full rank unless d(a) = (-1)^|a| is taken to 0 everywhere: on P's own cells it always is. */

typedef __int128 wide;

#define EXISTS_KNOWN 8192 /* decisions remembered, a power of two */
#define LONG_BITS    40 /* entries beyond are shortened; the product of two is far from 128 bits */
#define STEEP_STEPS \
    200 /* of the simplex method by the steepest entry, before Bland's rule makes sure it ends */

struct known {
    struct mse_set observed, model;
    int16_t lists, status; /* lists 0: nothing here */
};

struct mse_exists {
    struct known *known;
    wide *row[CELLS_MAX * 2];
    int32_t coefficient[CELLS_MAX][CELLS_MAX]; /* by unknown and cell */
    bool is_overflowing;
};

/* The z with sum over i of row[r][at[i]] * z_i <= 0 for each row r. */
struct cone {
    wide **row;
    int rows, at[CELLS_MAX], frees;
};

struct mse_exists *mse_exists_new(struct arena *a)
{
    struct mse_exists *e = arena_new(a, struct mse_exists, 1);
    e->known = arena_new(a, struct known, EXISTS_KNOWN);
    wide *rows = arena_new(a, wide, (size_t)CELLS_MAX * 2 * (CELLS_MAX + 2));
    for (size_t i = 0; i < COUNT_OF(e->row); i++) e->row[i] = rows + i * (CELLS_MAX + 2);
    return e;
}

struct mse_face mse_face_of(int lists, const struct mse_set *observed, const struct mse_set *model)
{
    struct mse_set seen = mse_set_below(*observed, lists);
    struct mse_face face = { 0 };
    mse_set_add(&seen, 0);
    for (int i = 0; i < MSE_SET_WORDS; i++) {
        face.finite.word[i] = model->word[i] & seen.word[i];
        face.minus_infinity.word[i] = model->word[i] & ~seen.word[i];
    }
    struct mse_set gone = mse_set_above(face.minus_infinity, lists);
    for (unsigned i = 0; i < MSE_SET_WORDS; i++) {
        uint64_t all = lists >= 6 ? (i < 1u << (lists - 6) ? ~UINT64_C(0) : 0)
                       : i        ? 0
                                  : (UINT64_C(1) << (1u << lists)) - 1;
        face.kept.word[i] = all & ~gone.word[i];
    }
    mse_set_drop(&face.kept, 0);
    return face;
}

/* value[w] becomes the sum of value over the subsets of w. */
static void sum_below(int32_t *value, int lists)
{
    for (int i = 0; i < lists; i++)
        for (unsigned w = 0; w < 1u << lists; w++)
            if (w >> i & 1) value[w] += value[w ^ 1u << i];
}

static bool is_identifiable(int lists, const struct mse_face *face)
{
    int32_t value[CELLS_MAX] = { 0 };
    for (unsigned w = 0; w < 1u << lists; w++)
        if (mse_set_has(&face->finite, w)) value[w] = __builtin_popcount(w) & 1 ? -1 : 1;
    sum_below(value, lists);
    for (unsigned w = 1; w < 1u << lists; w++)
        if (mse_set_has(&face->kept, w) && value[w] != 0) return true;
    return false;
}

static wide size_of(wide x)
{
    return x < 0 ? -x : x;
}

/* Divides a row by what all its entries have in common, once they are long enough for that to be worth the time. */
static void shorten(wide *row, int n)
{
    wide common = 0, longest = 0;
    for (int i = 0; i < n; i++) longest |= size_of(row[i]);
    if (longest < (wide)1 << LONG_BITS) return;
    for (int i = 0; i < n && common != 1; i++) {
        wide a = size_of(row[i]);
        while (a) {
            wide rest = a > INT64_MAX || common > INT64_MAX ? common % a
                                                            : (int64_t)common % (int64_t)a;
            common = a;
            a = rest;
        }
    }
    if (common > 1)
        for (int i = 0; i < n; i++)
            if (row[i]) row[i] /= common;
}

/* row = row * by[at] - by * row[at], with by[at] > 0: the entry at `at` becomes 0, signs keep their meaning. */
static void eliminate(struct mse_exists *e, wide *row, const wide *by, int at, int n)
{
    wide up = by[at], down = row[at];
    if (down == 0) return;
    bool over = false;
    for (int i = 0; i < n; i++) {
        wide left, right;
        over |= __builtin_mul_overflow(row[i], up, &left);
        over |= __builtin_mul_overflow(by[i], down, &right);
        over |= __builtin_sub_overflow(left, right, &row[i]);
    }
    e->is_overflowing |= over;
    shorten(row, n);
}

/* Are there weights v with sum of v_r * row_r = aim, each v_r >= least (0 or 1)? The first phase of the simplex
 * method, in v less least. Equation i is column at[i] of the rows; `aim` NULL: 0. */
static bool has_weights(struct mse_exists *e, const struct cone *c, int least, const wide *aim)
{
    wide **tableau = e->row + CELLS_MAX, *goal = e->row[CELLS_MAX - 1];
    int basis[CELLS_MAX], right = c->rows;
    for (int j = 0; j <= c->rows; j++) goal[j] = 0;
    for (int i = 0; i < c->frees; i++) {
        wide total = aim ? aim[c->at[i]] : 0;
        for (int r = 0; r < c->rows; r++) {
            tableau[i][r] = c->row[r][c->at[i]];
            if (least) total -= tableau[i][r];
        }
        tableau[i][right] = total;
        if (total < 0)
            for (int j = 0; j <= c->rows; j++) tableau[i][j] = -tableau[i][j];
        for (int j = 0; j <= c->rows; j++) goal[j] -= tableau[i][j];
        basis[i] = c->rows + i;
    }
    for (int steps = 0; goal[right] != 0 && !e->is_overflowing; steps++) {
        int enter = 0, leave = -1;
        while (enter < c->rows && goal[enter] >= 0) enter++;
        if (enter == c->rows) return false;
        for (int j = enter + 1; j < c->rows && steps < STEEP_STEPS; j++)
            if (goal[j] < goal[enter]) enter = j;
        for (int i = 0; i < c->frees; i++) {
            if (tableau[i][enter] <= 0) continue;
            wide here = 0, best = 0;
            if (leave >= 0) {
                e->is_overflowing |= __builtin_mul_overflow(tableau[i][right],
                                                            tableau[leave][enter], &here);
                e->is_overflowing |= __builtin_mul_overflow(tableau[leave][right],
                                                            tableau[i][enter], &best);
            }
            if (leave < 0 || here < best || (here == best && basis[i] < basis[leave])) leave = i;
        }
        if (leave < 0) return false; /* cannot be: the goal is bounded */
        for (int i = 0; i < c->frees; i++)
            if (i != leave) eliminate(e, tableau[i], tableau[leave], enter, c->rows + 1);
        eliminate(e, goal, tableau[leave], enter, c->rows + 1);
        basis[leave] = enter;
    }
    return true;
}

/* The terms nobody was observed with exactly, and for each what the design times d is at every cell when f is 1 at
 * that term and 0 at the others. Returns how many. */
static int take_unknowns(struct mse_exists *e, int lists, const struct mse_set *observed,
                         const struct mse_face *face, uint8_t *unknown)
{
    int unknowns = 0;
    for (unsigned b = 0; b < 1u << lists; b++) {
        if (!mse_set_has(&face->finite, b) || mse_set_has(observed, b)) continue;
        int32_t *c = e->coefficient[unknowns];
        for (unsigned a = 0; a < 1u << lists; a++) {
            int sign = __builtin_popcount(a ^ b) & 1 ? -1 : 1;
            c[a] = (a & b) == b && mse_set_has(&face->finite, a) ? sign : 0;
        }
        sum_below(c, lists);
        unknown[unknowns++] = (uint8_t)b;
    }
    return unknowns;
}

/* What observed cells outside the model say: equations, each solved for one unknown. Returns how many. */
static int take_equations(struct mse_exists *e, int lists, const struct mse_set *observed,
                          const struct mse_face *face, int unknowns, int *solved_by)
{
    int equations = 0;
    for (int u = 0; u < unknowns; u++) solved_by[u] = -1;
    for (unsigned w = 1; w < 1u << lists && equations < unknowns; w++) {
        if (!mse_set_has(observed, w) || mse_set_has(&face->finite, w)) continue;
        wide *row = e->row[equations];
        int pivot = -1;
        for (int u = 0; u < unknowns; u++) row[u] = e->coefficient[u][w];
        for (int u = 0; u < unknowns; u++)
            if (solved_by[u] >= 0) eliminate(e, row, e->row[solved_by[u]], u, unknowns);
        for (int u = unknowns - 1; u >= 0 && pivot < 0; u--)
            if (row[u]) pivot = u;
        if (pivot < 0) continue;
        if (row[pivot] < 0)
            for (int u = 0; u < unknowns; u++) row[u] = -row[u];
        for (int q = 0; q < equations; q++) eliminate(e, e->row[q], row, pivot, unknowns);
        solved_by[pivot] = equations++;
    }
    return equations;
}

/* The directions that are left, in the unknowns that no equation solves: those in which no row of the cone is
 * above 0. `intercept` becomes the intercept's part of them, up to a positive factor. */
static struct cone take_cone(struct mse_exists *e, int lists, const struct mse_set *observed,
                             const struct mse_face *face, wide *intercept)
{
    struct cone c = { 0 };
    uint8_t unknown[CELLS_MAX];
    int solved_by[CELLS_MAX];
    e->is_overflowing = false;
    int unknowns = take_unknowns(e, lists, observed, face, unknown);
    int equations = take_equations(e, lists, observed, face, unknowns, solved_by);
    for (int u = 0; u < unknowns; u++)
        if (solved_by[u] < 0) c.at[c.frees++] = u;
    c.row = e->row + equations;
    for (int u = 0; u < unknowns; u++) intercept[u] = u == 0; /* {} is the first unknown */
    for (int u = 0; u < unknowns; u++)
        if (solved_by[u] >= 0) eliminate(e, intercept, e->row[solved_by[u]], u, unknowns);
    for (unsigned w = 1; w < 1u << lists && c.frees; w++) {
        if (!mse_set_has(&face->kept, w) || mse_set_has(observed, w)) continue;
        if (equations + c.rows == CELLS_MAX - 1) {
            e->is_overflowing = true;
            break;
        }
        wide *row = c.row[c.rows];
        bool is_term = mse_set_has(&face->finite, w), says_something = false;
        for (int u = 0; u < unknowns; u++)
            row[u] = is_term ? unknown[u] == w : e->coefficient[u][w];
        for (int u = 0; u < unknowns; u++)
            if (solved_by[u] >= 0) eliminate(e, row, e->row[solved_by[u]], u, unknowns);
        for (int i = 0; i < c.frees; i++) says_something |= row[c.at[i]] != 0;
        c.rows += says_something;
    }
    return c;
}

/* Is there no direction in which the likelihood grows for ever? */
static bool has_maximum(struct mse_exists *e, int lists, const struct mse_set *observed,
                        const struct mse_face *face)
{
    wide intercept[CELLS_MAX];
    struct cone c = take_cone(e, lists, observed, face, intercept);
    return c.frees == 0 || has_weights(e, &c, 1, NULL);
}

enum mse_dark mse_dark(struct mse_exists *e, int lists, const struct mse_set *observed,
                       const struct mse_set *model)
{
    wide intercept[CELLS_MAX];
    struct mse_face face = mse_face_of(lists, observed, model);
    struct cone c = take_cone(e, lists, observed, &face, intercept);
    /* Farkas: the intercept's part is nowhere above 0 if and only if it is a sum of rows with weights >= 0. */
    bool may_rise = c.frees && !has_weights(e, &c, 0, intercept);
    for (int i = 0; i < c.frees; i++) intercept[c.at[i]] = -intercept[c.at[i]];
    bool may_fall = c.frees && !has_weights(e, &c, 0, intercept);
    if (e->is_overflowing || may_rise) return MSE_DARK_GROWS;
    return may_fall ? MSE_DARK_VANISHES : MSE_DARK_STAYS;
}

enum mse_status mse_exists(struct mse_exists *e, int lists, const struct mse_set *observed,
                           const struct mse_set *model)
{
    uint64_t hash = mse_set_hash(observed) * 31 + mse_set_hash(model);
    struct known *k = &e->known[(hash ^ hash >> 29) & (EXISTS_KNOWN - 1)];
    if (k->lists == lists && mse_set_eq(&k->observed, observed) && mse_set_eq(&k->model, model))
        return (enum mse_status)k->status;
    struct mse_face face = mse_face_of(lists, observed, model);
    bool is_known = is_identifiable(lists, &face), has = has_maximum(e, lists, observed, &face);
    enum mse_status status = e->is_overflowing ? MSE_UNDECIDED : has ? MSE_OK : MSE_NO_ESTIMATE;
    if (!is_known && !e->is_overflowing) status |= MSE_NOT_IDENTIFIABLE;
    *k = (struct known){ *observed, *model, (int16_t)lists, (int16_t)status };
    return status;
}
