#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static ms test_now;

ms clock_now(void)
{
    if (test_now) return test_now;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (ms)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_ticks_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void clock_set_for_test(ms at)
{
    test_now = at;
}

void moment_text(ms at, char out[MOMENT_TEXT])
{
    unsigned part = (unsigned)((at % 1000 + 1000) %
                               1000); /* before 1970 the remainder is negative */
    time_t seconds = (time_t)((at - (ms)part) / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    char whole[20];
    strftime(whole, sizeof whole, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out, MOMENT_TEXT, "%s.%03uZ", whole, part % 1000);
}

void day_text(ms at, char out[DAY_TEXT])
{
    char whole[MOMENT_TEXT];
    moment_text(at, whole);
    memcpy(out, whole, DAY_TEXT - 1);
    out[DAY_TEXT - 1] = '\0';
}
