/* Numbers that follow from a seed, threads that change nothing, tables read as a stream, files that are whole. */
#include "help.h"

#include "base/breakage.h"
#include "base/crowd.h"
#include "base/draws.h"
#include "base/file_out.h"
#include "base/records.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Known answers of the generator's authors (Random123, kat_vectors). */
static void the_generator_is_philox(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } known[] = {
        { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
        { { ~0u, ~0u, ~0u, ~0u }, { ~0u, ~0u }, { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
        { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, { 0xa4093822, 0x299f31d0 }, { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct draws d = { 0 };
        memcpy(d.counter, known[i].counter, sizeof d.counter);
        memcpy(d.key, known[i].key, sizeof d.key);
        for (int k = 0; k < 4; k++) assert_int_equal(draws_32(&d), known[i].out[k]);
    }
}

static void check_mean(const char *what, double sum, double squares, int n, double mean, double variance)
{
    double m = sum / n, v = squares / n - m * m, se = sqrt(variance / n);
    if (fabs(m - mean) > 5 * se || (variance > 0 && fabs(v / variance - 1) > 0.08)) fail_msg("%s: mean %g for %g, variance %g for %g", what, m, mean, v, variance);
}

static void laws_have_their_mean_and_variance(void **state)
{
    (void)state;
    struct draws d;
    draws_open(&d, 7, 1);
    static const struct {
        int64_t n;
        double p;
    } trials[] = { { 5, 0.3 }, { 40, 0.9 }, { 1000, 0.002 }, { 4400, 0.013 }, { 100000, 0.5 }, { 3000000000, 0.25 } };
    const int n = 20000;
    for (size_t i = 0; i < COUNT_OF(trials); i++) {
        double s = 0, q = 0, mean = (double)trials[i].n * trials[i].p;
        for (int k = 0; k < n; k++) {
            double x = (double)draws_binomial(&d, trials[i].n, trials[i].p) - mean;
            s += x, q += x * x;
        }
        check_mean("binomial", s, q, n, 0, mean * (1 - trials[i].p));
    }
    static const double shapes[] = { 0.25, 1, 3.5, 400 };
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        double s = 0, q = 0;
        for (int k = 0; k < n; k++) {
            double x = draws_gamma(&d, shapes[i]);
            s += x, q += x * x;
        }
        check_mean("gamma", s, q, n, shapes[i], shapes[i]);
    }
    static const double means[] = { 0.4, 12, 31, 5000 };
    for (size_t i = 0; i < COUNT_OF(means); i++) {
        double s = 0, q = 0;
        for (int k = 0; k < n; k++) {
            double x = (double)draws_poisson(&d, means[i]) - means[i];
            s += x, q += x * x;
        }
        check_mean("poisson", s, q, n, 0, means[i]);
    }
}

/* Pearson's statistic against the exact chances, for both ways a binomial is drawn. */
static void binomials_have_their_law(void **state)
{
    (void)state;
    static const double ps[] = { 0.04, 0.4 };
    for (size_t t = 0; t < COUNT_OF(ps); t++) {
        struct draws d;
        draws_open(&d, 11, t);
        const int n = 60, times = 100000;
        double p = ps[t], x2 = 0, rest_seen = 0, rest_wanted = 0;
        int seen[61] = { 0 }, cells = 0;
        for (int i = 0; i < times; i++) seen[draws_binomial(&d, n, p)]++;
        for (int k = 0; k <= n; k++) {
            double wanted = times * exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p));
            if (wanted < 20) rest_seen += seen[k], rest_wanted += wanted;
            else x2 += (seen[k] - wanted) * (seen[k] - wanted) / wanted, cells++;
        }
        x2 += (rest_seen - rest_wanted) * (rest_seen - rest_wanted) / rest_wanted;
        assert_true(x2 < cells + 5 * sqrt(2.0 * cells)); /* degrees of freedom: cells */
    }
}

static void multinomials_add_up(void **state)
{
    (void)state;
    const double weights[] = { 0, 3, 0, 1e-9, 5, 0 };
    for (uint64_t stream = 0; stream < 2000; stream++) {
        struct draws d;
        draws_open(&d, 3, stream);
        int64_t out[6], sum = 0;
        draws_multinomial(&d, 1000, weights, 6, out);
        for (int i = 0; i < 6; i++) {
            assert_true(out[i] >= 0 && (weights[i] > 0 || out[i] == 0));
            sum += out[i];
        }
        assert_int_equal(sum, 1000);
    }
}

struct tally {
    uint64_t drawn[5000];
    atomic_bool stop;
    size_t told;
};

static void draw_one(void *context, unsigned thread, size_t item)
{
    (void)thread;
    struct tally *t = context;
    struct draws d;
    draws_open(&d, 1, item);
    t->drawn[item] = draws_64(&d);
}

static void tell_tally(void *context, size_t done, size_t items)
{
    struct tally *t = context;
    t->told = done;
    if (items == 4000 && done >= 10) atomic_store(&t->stop, true);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    static struct tally one, many;
    assert_true(crowd_run(&(struct crowd){ .threads = 1, .items = 5000, .work = draw_one, .context = &one }));
    assert_true(crowd_run(&(struct crowd){ .threads = 8, .items = 5000, .work = draw_one, .context = &many, .tell = tell_tally }));
    assert_memory_equal(one.drawn, many.drawn, sizeof one.drawn);
    assert_int_equal(many.told, 5000);
    assert_false(crowd_run(&(struct crowd){ .threads = 2, .items = 4000, .work = draw_one, .context = &one, .tell = tell_tally, .stop = &one.stop }));
    assert_true(crowd_run(&(struct crowd){ .threads = 2, .items = 0, .work = draw_one, .context = &one }));
}

static const char *write_file(const char *name, str text)
{
    const char *path = arena_format(&scratch, "%s/%s", help_folder(), name).p;
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
    assert_int_equal(fclose(f), 0);
    return path;
}

static void rows_come_as_a_stream(void **state)
{
    (void)state;
    struct sink out;
    sink_open(&out, &scratch, MIB(16));
    put_lit(&out, "\xef\xbb\xbfname,said\r\n");
    const int rows = 60000; /* more than two buffers */
    for (int i = 0; i < rows; i++) put_format(&out, "row %d,\"%s,\"\"%d\"\"\nsecond\"%s", i, i % 3 ? "é" : "", i, i % 2 ? "\r" : i % 5 ? "\n" : "\r\n");
    const char *path = write_file("rows.csv", sink_str(&out));
    struct records *r = records_open(&scratch, path, 4);
    assert_int_equal(records_next(r), CSV_ROW);
    assert_str_equal(r->csv.cell[0], "name");
    for (int i = 0; i < rows; i++) {
        assert_int_equal(records_next(r), CSV_ROW);
        assert_int_equal(r->csv.n, 2);
        assert_true(str_eq(r->csv.cell[0], arena_format(&scratch, "row %d", i)));
        assert_true(str_eq(r->csv.cell[1], arena_format(&scratch, "%s,\"%d\"\nsecond", i % 3 ? "é" : "", i)));
    }
    assert_int_equal(records_next(r), CSV_END);
}

static void bad_rows_are_placed(void **state)
{
    (void)state;
    struct sink wide, tall;
    sink_open(&wide, &scratch, MIB(4));
    for (int i = 0; i < 1000000; i++) put_lit(&wide, "1,");
    sink_open(&tall, &scratch, MIB(4));
    put_lit(&tall, "a,b\n1,\"");
    for (int i = 0; i < 1500000; i++) put_lit(&tall, "x");
    const struct {
        str text;
        int line, column;
        const char *why;
    } bad[] = {
        { S("a,b\n1,\"2\n"), 2, 3, "a quote is opened and never closed" },
        { S("a,b\n1,2\n\xff,2\n"), 3, 1, "this is not UTF-8" },
        { S("a,b\n1,\0\n"), 2, 3, "this is not UTF-8" },
        { S("a,b\n1,\x07\n"), 2, 3, "a control character stands here" },
        { S("a,b\n\"1\"2,3\n"), 2, 4, "expected a comma or the end of the line here" },
        { sink_str(&wide), 1, 9, "too many columns" },
        { sink_str(&tall), 2, 1, "the row is too long" },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const char *path = write_file("bad.csv", bad[i].text);
        struct records *r = records_open(&scratch, path, 4);
        enum csv_next is;
        while ((is = records_next(r)) == CSV_ROW) {}
        assert_int_equal(is, CSV_BAD);
        struct complaint c = records_complaint(r);
        assert_string_equal(c.what.p, bad[i].why);
        assert_int_equal(c.line, bad[i].line);
        assert_int_equal(c.column, bad[i].column);
    }
}

static void a_file_is_whole_or_not_there(void **state)
{
    (void)state;
    const char *path = arena_format(&scratch, "%s/out.txt", help_folder()).p;
    struct arena a;
    arena_open(&a, MIB(1));
    struct file_out *f = file_out_open(&a, path);
    file_out_put(f, S("half"));
    arena_empty(&a);
    assert_int_not_equal(access(path, F_OK), 0);
    f = file_out_open(&a, path);
    for (int i = 0; i < 50000; i++) file_out_put(f, S("whole "));
    file_out_done(f);
    arena_close(&a);
    struct records *r = records_open(&scratch, path, 1);
    assert_int_equal(r->size, 300000);
}

static size_t files_in(const char *folder)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; (e = readdir(d));) n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void write_words(const char *path, str words)
{
    struct arena a;
    arena_open(&a, MIB(1));
    struct file_out *f = file_out_open(&a, path);
    file_out_put(f, words);
    file_out_done(f);
    arena_close(&a);
}

static str all_of(const char *path)
{
    char *p = arena_take(&scratch, 100);
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    ssize_t n = read(fd, p, 100);
    close(fd);
    return (str){ p, n < 0 ? 0 : (size_t)n };
}

static void whoever_is_killed_leaves_nothing(void **state)
{
    (void)state;
    const char *folder = arena_z(&scratch, arena_format(&scratch, "%s/killed", help_folder()));
    assert_int_equal(mkdir(folder, 0700), 0);
    const char *path = arena_z(&scratch, arena_format(&scratch, "%s/out", folder));
    int nameless = open(folder, O_TMPFILE | O_WRONLY, 0600);
    if (nameless < 0) skip(); /* this file system knows no nameless files */
    close(nameless);
    pid_t child = fork();
    if (child == 0) {
        struct arena a;
        arena_open(&a, MIB(1));
        struct file_out *f = file_out_open(&a, path);
        for (int i = 0; i < 50000; i++) file_out_put(f, S("whole "));
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
    assert_int_equal(files_in(folder), 0);
    write_words(path, S("one"));
    write_words(path, S("two"));
    assert_int_equal(files_in(folder), 1);
    assert_memory_equal(all_of(path).p, "two", 3);
}

/* Also for root, who may write into /dev: what stands there must stay what it is. */
static void devices_pipes_and_links_stay(void **state)
{
    (void)state;
    struct stat before, after;
    assert_int_equal(lstat("/dev/null", &before), 0);
    write_words("/dev/null", S("nothing"));
    assert_int_equal(lstat("/dev/null", &after), 0);
    assert_true(S_ISCHR(after.st_mode) && after.st_rdev == before.st_rdev);
    assert_int_equal(after.st_ino, before.st_ino);

    const char *pipe = arena_z(&scratch, arena_format(&scratch, "%s/pipe", help_folder()));
    assert_int_equal(mkfifo(pipe, 0600), 0);
    int reader = open(pipe, O_RDONLY | O_NONBLOCK);
    write_words(pipe, S("through"));
    char got[16];
    assert_int_equal(read(reader, got, sizeof got), 7);
    close(reader);
    assert_int_equal(lstat(pipe, &after), 0);
    assert_true(S_ISFIFO(after.st_mode));

    const char *file = arena_z(&scratch, arena_format(&scratch, "%s/file", help_folder()));
    const char *link = arena_z(&scratch, arena_format(&scratch, "%s/link", help_folder()));
    assert_int_equal(symlink("file", link), 0);
    write_words(link, S("first")); /* to where nothing is yet */
    write_words(link, S("again"));
    assert_int_equal(lstat(link, &after), 0);
    assert_true(S_ISLNK(after.st_mode));
    assert_memory_equal(all_of(file).p, "again", 5);
}

/* `-o /dev/stdout > file` writes on where the file is, and /dev/stdout stays a link. */
static void standard_output_by_its_name(void **state)
{
    (void)state;
    struct stat before, after;
    if (lstat("/dev/stdout", &before) != 0) skip();
    const char *file = arena_z(&scratch, arena_format(&scratch, "%s/redirected", help_folder()));
    int to = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600), kept = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(to, STDOUT_FILENO);
    (void)!write(STDOUT_FILENO, "head ", 5);
    write_words("/dev/stdout", S("body"));
    write_words("/dev/fd/1", S(" tail"));
    write_words("-", S("."));
    dup2(kept, STDOUT_FILENO);
    close(kept);
    close(to);
    assert_int_equal(all_of(file).n, 15);
    assert_memory_equal(all_of(file).p, "head body tail.", 15);
    assert_int_equal(lstat("/dev/stdout", &after), 0);
    assert_true(S_ISLNK(after.st_mode) && after.st_ino == before.st_ino);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_philox),
        cmocka_unit_test(laws_have_their_mean_and_variance),
        cmocka_unit_test(binomials_have_their_law),
        cmocka_unit_test(multinomials_add_up),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test_setup_teardown(rows_come_as_a_stream, help_begin, help_end),
        cmocka_unit_test_setup_teardown(bad_rows_are_placed, help_begin, help_end),
        cmocka_unit_test_setup_teardown(a_file_is_whole_or_not_there, help_begin, help_end),
        cmocka_unit_test_setup_teardown(whoever_is_killed_leaves_nothing, help_begin, help_end),
        cmocka_unit_test_setup_teardown(devices_pipes_and_links_stay, help_begin, help_end),
        cmocka_unit_test_setup_teardown(standard_output_by_its_name, help_begin, help_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
