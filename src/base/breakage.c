#include "base/breakage.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct landing *newest;

void landing_enter(struct landing *l)
{
    l->outer = newest;
    l->why[0] = '\0';
    newest = l;
}

void landing_leave(struct landing *l)
{
    newest = l->outer;
}

_Noreturn void broken(const char *format, ...)
{
    char line[400];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);

    if (!newest) {
        fprintf(stderr, "blueheart: %s\n", line);
        exit(1);
    }
    memcpy(newest->why, line, sizeof line);
    longjmp(newest->env, JUMP_BROKEN);
}

_Noreturn void again(void)
{
    if (!newest) broken("a transaction met another one and nobody was there to repeat it");
    longjmp(newest->env, JUMP_AGAIN);
}
