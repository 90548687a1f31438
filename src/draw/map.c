#include "draw/draw.h"

#include "base/breakage.h"
#include "base/csv.h"
#include "web/asset.h"

#define PLACES_MAX 320
#define DOT_RADIUS 7

struct dot {
    str iso3;
    int64_t x, y;
};

/* A state's shape: its code, and where the middle of its largest piece of land is. */
static struct shape {
    str iso3;
    double x, y;
} shapes[PLACES_MAX];
static struct dot dots[PLACES_MAX];
static size_t shapes_n, dots_n;

/* The map's paths are whole numbers, relative, of lines alone: "m1264 225l3 1 4 1z" and again. */
struct walk {
    str left;
    double x, y, from_x, from_y; /* where it is, and where this piece began */
};

static bool next_number(struct walk *w, double *out)
{
    while (w->left.n && (w->left.p[0] == ' ' || w->left.p[0] == ','))
        w->left = str_from(w->left, 1);
    bool is_minus = w->left.n && w->left.p[0] == '-';
    size_t at = is_minus;
    double value = 0;
    if (at >= w->left.n || w->left.p[at] < '0' || w->left.p[at] > '9') return false;
    for (; at < w->left.n && w->left.p[at] >= '0' && w->left.p[at] <= '9'; at++)
        value = value * 10 + (w->left.p[at] - '0');
    w->left = str_from(w->left, at);
    *out = is_minus ? -value : value;
    return true;
}

/* The middle of one piece of land, by its area (the shoelace formula); gives twice the area. */
static double piece(struct walk *w, double *x, double *y)
{
    double dx, dy, area = 0, sum_x = 0, sum_y = 0;
    bool is_first = true;
    while (w->left.n && w->left.p[0] != 'z') {
        if (w->left.p[0] == 'm' || w->left.p[0] == 'l') w->left = str_from(w->left, 1);
        if (!next_number(w, &dx) || !next_number(w, &dy)) break;
        double to_x = w->x + dx, to_y = w->y + dy;
        if (is_first) {
            w->from_x = to_x;
            w->from_y = to_y;
        } else {
            double cross = w->x * to_y - to_x * w->y;
            area += cross;
            sum_x += (w->x + to_x) * cross;
            sum_y += (w->y + to_y) * cross;
        }
        is_first = false;
        w->x = to_x;
        w->y = to_y;
    }
    double cross = w->x * w->from_y - w->from_x * w->y;
    area += cross;
    sum_x += (w->x + w->from_x) * cross;
    sum_y += (w->y + w->from_y) * cross;
    *x = area != 0 ? sum_x / (3 * area) : w->from_x;
    *y = area != 0 ? sum_y / (3 * area) : w->from_y;
    w->x = w->from_x;
    w->y = w->from_y;
    return area < 0 ? -area : area;
}

static void find_middle(str path, struct shape *out)
{
    struct walk w = { .left = path };
    double most = -1, x, y;
    while (w.left.n) {
        double area = piece(&w, &x, &y);
        if (area > most) {
            most = area;
            out->x = x;
            out->y = y;
        }
        if (!w.left.n || w.left.p[0] != 'z') return; /* the end, or a path of another kind */
        w.left = str_from(w.left, 1);
    }
}

void draw_open(struct arena *life, str world)
{
    struct csv in;
    csv_open(&in, life, arena_str(life, world));
    struct sink out;
    sink_open(&out, life, MIB(1));
    put_lit(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2000 900\"><defs>");
    shapes_n = dots_n = 0;
    bool is_header = true;
    for (enum csv_next next; (next = csv_next(&in)) != CSV_END; is_header = false) {
        if (next == CSV_BAD || in.n != 5)
            broken("data/world.csv, line %d: is not a row of the map", in.line);
        if (is_header) continue;
        if (shapes_n == PLACES_MAX || dots_n == PLACES_MAX)
            broken("data/world.csv: more than %d places", PLACES_MAX);
        if (str_eq(in.cell[1], S("shape"))) {
            put_lit(&out, "<path id=\"");
            html_text(&out, in.cell[0]);
            put_lit(&out, "\" d=\"");
            html_text(&out, in.cell[4]);
            put_lit(&out, "\"/>");
            shapes[shapes_n] = (struct shape){ .iso3 = in.cell[0] };
            find_middle(in.cell[4], &shapes[shapes_n++]);
        } else {
            struct dot *d = &dots[dots_n++];
            d->iso3 = in.cell[0];
            if (!str_to_int(in.cell[2], &d->x) || !str_to_int(in.cell[3], &d->y))
                broken("data/world.csv, line %d: a dot needs x and y", in.line);
        }
    }
    put_lit(&out, "</defs></svg>\n");
    asset_add(life, "map.svg", "image/svg+xml", sink_str(&out));
}

static bool has_shape(str iso3)
{
    for (size_t i = 0; i < shapes_n; i++)
        if (str_eq(shapes[i].iso3, iso3)) return true;
    return false;
}

static const struct dot *dot_of(str iso3)
{
    for (size_t i = 0; i < dots_n; i++)
        if (str_eq(dots[i].iso3, iso3)) return &dots[i];
    return NULL;
}

static bool is_placed(const struct draw_place *places, size_t n, str iso3)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(places[i].iso3, iso3)) return true;
    return false;
}

static void put_shape(struct sink *out, str map, str iso3)
{
    put_lit(out, "<use href=\"");
    put(out, map);
    put_char(out, '#');
    html_text(out, iso3);
    put_lit(out, "\"/>");
}

static void put_place(struct sink *out, str map, const struct draw_place *p, bool as_dot)
{
    const struct dot *d = dot_of(p->iso3);
    if (as_dot ? !d : !has_shape(p->iso3) || d)
        return; /* a tiny shape with a dot is chosen by its dot */
    put_format(out, "<a class=\"%s\" href=\"", p->class);
    url_whole(out, p->address);
    put_lit(out, "\"><title>");
    html_text(out, p->label);
    put_lit(out, "</title>");
    if (has_shape(p->iso3)) put_shape(out, map, p->iso3);
    if (as_dot)
        put_format(out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"/>", (int)d->x, (int)d->y, DOT_RADIUS);
    put_lit(out, "</a>");
}

/* Behind the links, and in nobody's way: what it says stands at the place below it. */
static void put_heart(struct sink *out, const struct draw_place *p)
{
    double x = 0, y = 0;
    const struct dot *d = dot_of(p->iso3);
    for (size_t i = 0; i < shapes_n; i++)
        if (str_eq(shapes[i].iso3, p->iso3)) x = shapes[i].x, y = shapes[i].y;
    if (d) x = (double)d->x, y = (double)d->y;
    put_format(out,
               "<path class=\"heart\" transform=\"translate(%.0f %.0f) scale(%.2f)\" d=\"M0 44C-28 "
               "22-47 6-47-17c0-16 11-26 24-26 10 0 18 5 23 15C5-38 13-43 23-43c13 0 24 10 24 "
               "26C47 6 28 22 0 44z\"/>",
               x, y, p->heart / 94.0);
}

html draw_map(struct arena *a, const struct draw_place *places, size_t n, str label)
{
    str map = asset_address("map.svg");
    struct sink out;
    sink_open(&out, a, MIB(1));
    put_lit(&out, "<svg class=\"map\" viewBox=\"0 0 2000 900\" role=\"group\" aria-label=\"");
    html_text(&out, label);
    put_lit(&out, "\"><g class=\"ground\">");
    for (size_t i = 0; i < shapes_n; i++)
        if (!is_placed(places, n, shapes[i].iso3)) put_shape(&out, map, shapes[i].iso3);
    put_lit(&out, "</g>");
    for (size_t i = 0; i < n; i++) put_place(&out, map, &places[i], false);
    for (size_t i = 0; i < n; i++)
        put_place(&out, map, &places[i], true); /* dots lie above the shapes */
    for (size_t i = 0; i < n; i++)
        if (places[i].heart) put_heart(&out, &places[i]);
    put_lit(&out, "</svg>");
    return (html){ sink_str(&out) };
}
