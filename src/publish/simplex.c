#include "publish/simplex.h"

#include <math.h>

#define SMALL     1e-9
#define FITS      1e-6
#define STEPS_MAX 5000
#define PIECE     256 /* variables looked at before the best of them is taken */
#define STALL_MAX 200 /* steps without progress before the careful rule takes over */

static void sum_rows(const struct simplex *p, const double *x, double *s)
{
    memset(s, 0, p->rows * sizeof *s);
    for (size_t j = 0; j < p->cells; j++)
        if (x[j] != 0)
            for (uint32_t i = p->start[j]; i < p->start[j + 1]; i++) s[p->row[i]] += x[j];
}

void simplex_open(struct simplex *p, struct arena *a)
{
    p->x = arena_new(a, double, p->cells + 1);
    p->s = arena_new(a, double, p->rows + 1);
    p->multiplier = arena_new(a, double, p->rows + 1);
    p->inverse = arena_new(a, double, p->rows * p->rows + 1);
    p->column = arena_new(a, double, p->rows + 1);
    p->basic = arena_new(a, int32_t, p->rows + 1);
    p->where = arena_new(a, int32_t, p->cells + p->rows + 1);
    p->known_s = arena_new(a, double, p->rows + 1);
    p->is_marked = arena_new(a, uint8_t, p->cells + 1);
    p->is_touched = arena_new(a, uint8_t, p->cells + 1);
    p->is_stirred = arena_new(a, uint8_t, p->rows + 1);
    p->touched = arena_new(a, uint32_t, p->cells + 1);
    memcpy(p->x, p->known, p->cells * sizeof *p->x);
    memset(p->where, -1, (p->cells + p->rows) * sizeof *p->where);
    sum_rows(p, p->known, p->known_s);
    for (size_t i = 0; i < p->rows; i++) {
        p->inverse[i * p->rows + i] = -1;
        p->basic[i] = (int32_t)(p->cells + i);
        p->where[p->cells + i] = (int32_t)i;
    }
}

/* Row i reads: sum of x - s[i] = 0. With every s basic the basis is minus the identity. Only what was changed is put
 * back: most looks end after a few steps. */
static void begin_anew(struct simplex *p)
{
    size_t m = p->rows;
    for (size_t i = 0; i < p->touched_n; i++) {
        uint32_t v = p->touched[i];
        p->x[v] = p->known[v];
        p->where[v] = -1;
        p->is_touched[v] = 0;
    }
    p->touched_n = 0;
    memcpy(p->s, p->known_s, m * sizeof *p->s);
    for (size_t i = 0; i < m; i++) {
        p->basic[i] = (int32_t)(p->cells + i);
        p->where[p->cells + i] = (int32_t)i;
        if (!p->is_stirred[i]) continue;
        p->is_stirred[i] = 0;
        memset(p->inverse + i * m, 0, m * sizeof *p->inverse);
        p->inverse[i * m + i] = -1;
    }
}

static double value(const struct simplex *p, size_t v)
{
    return v < p->cells ? p->x[v] : p->s[v - p->cells];
}

static double least(const struct simplex *p, size_t v)
{
    return v < p->cells ? 0 : p->low[v - p->cells];
}

static double most(const struct simplex *p, size_t v)
{
    return v < p->cells ? INFINITY : p->high[v - p->cells];
}

static void move(struct simplex *p, size_t v, double by)
{
    if (v < p->cells && !p->is_touched[v]) {
        p->is_touched[v] = 1;
        p->touched[p->touched_n++] = (uint32_t)v;
    }
    double *at = v < p->cells ? &p->x[v] : &p->s[v - p->cells];
    *at += by;
    if (*at < least(p, v)) *at = least(p, v);
    if (*at > most(p, v)) *at = most(p, v);
}

/* What one more of variable v does to the goal, after what it does to the basis. */
static double worth(const struct simplex *p, size_t v, double sign)
{
    if (v >= p->cells) return p->multiplier[v - p->cells];
    double d = p->is_marked[v] ? sign : 0;
    for (uint32_t i = p->start[v]; i < p->start[v + 1]; i++) d -= p->multiplier[p->row[i]];
    return d;
}

static void find_multipliers(struct simplex *p, double sign)
{
    size_t m = p->rows;
    memset(p->multiplier, 0, m * sizeof *p->multiplier);
    for (size_t i = 0; i < m; i++) {
        size_t v = (size_t)p->basic[i];
        if (v >= p->cells || !p->is_marked[v]) continue;
        for (size_t j = 0; j < m; j++) p->multiplier[j] += sign * p->inverse[j * m + i];
    }
}

/* The variable to change and whether up or down; false: there is none. Looks on from where it last looked, a piece at a
 * time, and takes the best of the first piece that has one. Careful: the first of all, which cannot cycle. */
static bool find_entering(struct simplex *p, double sign, bool is_careful, size_t *entering,
                          double *direction)
{
    double best = SMALL * 10;
    bool is_found = false;
    size_t all = p->cells + p->rows;
    if (is_careful || p->from >= all) p->from = 0;
    for (size_t looked = 0; looked < all; looked++) {
        if (is_found && (is_careful || looked % PIECE == 0)) break;
        size_t v = p->from++;
        if (p->from == all) p->from = 0;
        if (p->where[v] >= 0) continue;
        double d = worth(p, v, sign);
        if (fabs(d) <= best) continue;
        bool is_up = d > 0;
        if (is_up ? value(p, v) >= most(p, v) - SMALL : value(p, v) <= least(p, v) + SMALL)
            continue;
        best = fabs(d);
        *entering = v;
        *direction = is_up ? 1 : -1;
        is_found = true;
    }
    return is_found;
}

/* column = inverse * (the entering variable's column) */
static void find_column(struct simplex *p, size_t v)
{
    size_t m = p->rows;
    memset(p->column, 0, m * sizeof *p->column);
    if (v >= p->cells) {
        const double *one = p->inverse + (v - p->cells) * m;
        for (size_t i = 0; i < m; i++) p->column[i] = -one[i];
    } else
        for (uint32_t k = p->start[v]; k < p->start[v + 1]; k++) {
            const double *one = p->inverse + p->row[k] * m;
            for (size_t i = 0; i < m; i++) p->column[i] += one[i];
        }
    for (size_t i = 0; i < m; i++)
        if (fabs(p->column[i]) < SMALL) p->column[i] = 0;
}

/* How far the entering variable can go, and which basic variable stops it; rows: it stops at its own bound. */
static double find_leaving(const struct simplex *p, size_t entering, double direction,
                           bool is_careful, size_t *leaving)
{
    double far = direction > 0 ? most(p, entering) - value(p, entering)
                               : value(p, entering) - least(p, entering);
    double pivot = 0;
    *leaving = p->rows;
    for (size_t i = 0; i < p->rows; i++) {
        double w = p->column[i] * direction;
        if (w == 0) continue;
        size_t v = (size_t)p->basic[i];
        double room = w > 0 ? value(p, v) - least(p, v) : most(p, v) - value(p, v);
        double step = (room < 0 ? 0 : room) / fabs(w);
        bool is_tie = *leaving < p->rows && fabs(step - far) < SMALL;
        bool is_better = is_careful ? v < (size_t)p->basic[*leaving < p->rows ? *leaving : i]
                                    : fabs(w) > pivot;
        if (step < far - SMALL || (*leaving == p->rows && step <= far) || (is_tie && is_better)) {
            if (step < far) far = step;
            *leaving = i;
            pivot = fabs(w);
        }
    }
    return far;
}

/* The inverse is kept by columns: most have nothing in the leaving row, above all in the first steps. */
static void exchange(struct simplex *p, size_t entering, size_t leaving)
{
    size_t m = p->rows;
    double pivot = p->column[leaving];
    for (size_t j = 0; j < m; j++) {
        double *one = p->inverse + j * m, by = one[leaving] / pivot;
        if (one[leaving] == 0) continue;
        for (size_t i = 0; i < m; i++) one[i] -= p->column[i] * by;
        one[leaving] = by;
        p->is_stirred[j] = 1;
    }
    p->where[p->basic[leaving]] = -1;
    p->where[entering] = (int32_t)leaving;
    p->basic[leaving] = (int32_t)entering;
}

static double marked_sum(const struct simplex *p, const uint32_t *marked, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += p->x[marked[i]];
    return sum;
}

/* Plain sums, from the cells alone. */
static bool does_fit(struct simplex *p)
{
    for (size_t i = 0; i < p->touched_n; i++)
        if (!(p->x[p->touched[i]] >= 0)) return false;
    sum_rows(p, p->x, p->s);
    for (size_t i = 0; i < p->rows; i++)
        if (!(p->s[i] >= p->low[i] - FITS && p->s[i] <= p->high[i] + FITS)) return false;
    return true;
}

enum simplex_end simplex_push(struct simplex *p, const uint32_t *marked, size_t marked_n,
                              double sign, double goal, double *reached)
{
    begin_anew(p);
    p->from = marked_n ? marked[0] : 0;
    for (size_t i = 0; i < marked_n; i++) p->is_marked[marked[i]] = 1;
    enum simplex_end end = SIMPLEX_LOST;
    size_t stall = 0;
    double now = sign * marked_sum(p, marked, marked_n);
    for (size_t step = 0; step < STEPS_MAX; step++, p->steps++) {
        find_multipliers(p, sign);
        if (now >= goal) {
            end = SIMPLEX_REACHED;
            break;
        }
        size_t entering = 0, leaving;
        double direction = 0;
        bool is_careful = stall > STALL_MAX;
        if (!find_entering(p, sign, is_careful, &entering, &direction)) {
            end = SIMPLEX_BEST;
            break;
        }
        double gain = fabs(worth(p, entering, sign));
        find_column(p, entering);
        double far = find_leaving(p, entering, direction, is_careful, &leaving);
        if (isinf(far)) break; /* some row counts everybody: this is rounding gone wrong */
        for (size_t i = 0; i < p->rows; i++)
            if (p->column[i] != 0) move(p, (size_t)p->basic[i], -direction * far * p->column[i]);
        move(p, entering, direction * far);
        if (leaving < p->rows) exchange(p, entering, leaving);
        stall = far * gain > SMALL ? 0 : stall + 1;
        now += far * gain;
    }
    for (size_t i = 0; i < marked_n; i++) p->is_marked[marked[i]] = 0;
    if (end == SIMPLEX_LOST || !does_fit(p)) {
        begin_anew(p);
        end = SIMPLEX_LOST;
    }
    *reached = marked_sum(p, marked, marked_n);
    if (end == SIMPLEX_REACHED && sign * *reached < goal - FITS) end = SIMPLEX_LOST;
    return end;
}
