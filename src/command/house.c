/* house: every room and route with its purpose, and where its page stands. */
#include "command/command.h"

#include <stdio.h>

int command_house(struct arena *life, const struct options *o)
{
    (void)life;
    (void)o;
    for (const struct room *const *r = rooms; *r; r++) {
        printf("%s - %s\n", (*r)->name, (*r)->purpose);
        for (const struct claim_kind *const *k = (*r)->kinds; k && *k; k++)
            printf("    data/%s.csv  %s\n", (*k)->name, (*k)->note);
        const struct route *route;
        for (size_t i = 0; (route = room_route(*r, i)) != NULL; i++) {
            printf("    %-4s %s%-38s %-12s %s", route->method == GET ? "GET" : "POST",
                   route->place != AT_ROOT ? "/LANG" : "", route->path, right_name(route->right),
                   route->purpose);
            if (route->view) printf("  [src/%s]", route->view->file);
            printf("\n");
        }
        printf("\n");
    }
    return 0;
}
