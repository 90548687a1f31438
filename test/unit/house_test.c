/* What the whole house keeps: every room, route and kind is whole, and no two claim the same place. */
#include "test/unit/help.h"

#include "command/command.h"

static void every_route_says_what_it_is_for(void **state)
{
    (void)state;
    int routes = 0;
    for (const struct room *const *r = rooms; *r; r++) {
        assert_true(str_of((*r)->purpose).n > 10);
        for (const struct route *route = (*r)->routes; route && route->path; route++, routes++) {
            assert_true(route->path[0] == '/');
            assert_true(str_ends(str_of(route->purpose), S(".")));
            assert_non_null(route->page);
            if (route->place == UNDER_LANG) assert_non_null(route->view);
        }
    }
    assert_true(routes > 10);
}

static const struct gives *gives_of(const struct room *room, const char *path)
{
    for (const struct gives *g = room->gives; g && g->path; g++)
        if (strcmp(g->path, path) == 0) return g;
    return NULL;
}

/* Or the description of the house (/openapi.json) would say of it that it leads elsewhere. */
static void what_is_no_page_says_what_it_gives(void **state)
{
    (void)state;
    for (const struct room *const *r = rooms; *r; r++) {
        for (const struct route *route = (*r)->routes; route && route->path; route++) {
            const struct gives *g = gives_of(*r, route->path);
            if (route->place == AT_ROOT && !(g && g->types)) fail_msg("%s: no line in gives[] of its room", route->path);
        }
    }
}

/* Whatever is said to be given is an address of the room, and the example fits it. */
static void examples_are_of_their_route(void **state)
{
    (void)state;
    for (const struct room *const *r = rooms; *r; r++) {
        for (const struct gives *g = (*r)->gives; g && g->path; g++) {
            bool is_there = false;
            for (const struct route *route = (*r)->routes; route && route->path; route++) is_there |= strcmp(route->path, g->path) == 0;
            assert_true(is_there);
            str path = str_of(g->path), example = str_of(g->example);
            while (example.n && path.p) {
                str want = str_split(&path, '/'), have = str_split(&example, '/');
                assert_true(str_starts(want, S(":")) ? have.n > 0 : str_eq(want, have));
            }
            assert_true(example.n == 0 && (path.n == 0 || !g->example));
        }
    }
}

static void no_two_routes_share_an_address(void **state)
{
    (void)state;
    const struct route *all[400];
    size_t n = 0;
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct route *route = (*r)->routes; route && route->path; route++) all[n++] = route;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            bool is_same = all[i]->method == all[k]->method && all[i]->place == all[k]->place &&
                           strcmp(all[i]->path, all[k]->path) == 0;
            assert_false(is_same);
        }
    }
}

static void every_kind_has_a_subject_and_a_source(void **state)
{
    (void)state;
    for (size_t i = 0; claim_kind_at(i); i++) {
        const struct claim_kind *kind = claim_kind_at(i);
        int subjects = 0, sources = 0, answers = 0;
        for (const struct claim_column *c = kind->columns; c->name; c++) {
            subjects += (c->is & COLUMN_SUBJECT) != 0;
            answers += (c->is & COLUMN_ANSWERS) != 0;
            sources += c->check == CHECK_SOURCE && (c->is & COLUMN_NEEDED);
            assert_true((c->check == CHECK_WORD) == (c->words != NULL));
        }
        assert_int_equal(subjects, 1);
        assert_true(answers >= 1);
        assert_true(kind->is_reference || sources == 1);
        assert_ptr_equal(claim_kind_named(str_of(kind->name)), kind);
    }
    assert_string_equal(claim_kind_at(0)->name, "sources"); /* the others lean on these two */
    assert_string_equal(claim_kind_at(1)->name, "countries");
}

static void a_room_owns_the_kinds_it_lists(void **state)
{
    (void)state;
    for (const struct room *const *r = rooms; *r; r++)
        for (const struct claim_kind *const *k = (*r)->kinds; k && *k; k++) assert_string_equal((*k)->room, (*r)->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_says_what_it_is_for),
        cmocka_unit_test(what_is_no_page_says_what_it_gives),
        cmocka_unit_test(examples_are_of_their_route),
        cmocka_unit_test(no_two_routes_share_an_address),
        cmocka_unit_test(every_kind_has_a_subject_and_a_source),
        cmocka_unit_test(a_room_owns_the_kinds_it_lists),
    };
    return cmocka_run_group_tests_name("house", tests, help_begin, help_end);
}
