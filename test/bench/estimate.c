/* What estimates cost: estimate-bench fit TABLE MODEL      microseconds a fit of one model, counts taken anew each time
 *                      estimate-bench run PROGRAM WORD ..  microseconds and peak memory (KiB) of one run of a program. */
#include "base/breakage.h"
#include "base/clock.h"
#include "base/limits.h"
#include "estimate/fit.h"
#include "estimate/model.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define FITS 20000

static int fit(const char *path, const char *text)
{
    struct arena life;
    struct mse_table t;
    struct complaint why;
    struct mse_set model;
    enum mse_status status;
    uint8_t column[LISTS_MAX];
    arena_open(&life, ESTIMATE_ARENA_MAX);
    if (!mse_table_read(&life, path, &t, &why)) return 1;
    for (int i = 0; i < t.lists; i++) column[i] = (uint8_t)(i + 1);
    if (mse_model_read(str_of(text), t.lists, t.lists, column, &model) != MSE_MODEL_READ) return 1;
    struct mse_fitter *f = mse_fitter_new(&life);
    int64_t from = clock_ticks_us();
    for (int i = 0; i < FITS; i++) {
        mse_fitter_take(f, t.lists, t.count);
        if (!mse_fit(f, &model, &status)) return 1;
    }
    printf("%.3f %.10g %d\n", (double)(clock_ticks_us() - from) / FITS, t.n + exp(f->theta[0]), f->steps);
    arena_close(&life);
    return 0;
}

static int run(char **argv)
{
    struct rusage used;
    int status;
    int64_t from = clock_ticks_us();
    pid_t child = fork();
    if (child < 0) return 1;
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere < 0 || dup2(nowhere, 1) < 0) _exit(127);
        execv(argv[0], argv);
        _exit(127);
    }
    if (wait4(child, &status, 0, &used) != child || status != 0) return 1;
    printf("%lld %ld\n", (long long)(clock_ticks_us() - from), used.ru_maxrss);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "fit") == 0) return fit(argv[2], argv[3]);
    if (argc > 2 && strcmp(argv[1], "run") == 0) return run(argv + 2);
    return 2;
}
