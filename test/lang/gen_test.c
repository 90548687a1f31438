/* gen-lang: what is collected from C, and what it says of a .po that is wrong. GEN_LANG is its path. */
#include "base/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cmocka.h>

static char folder[] = "/tmp/gen-lang-test-XXXXXX";

#define HEADER                                                                                               \
    "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: x\\n\"\n\"PO-Revision-Date: 2026-01-01 "                 \
    "00:00+0000\\n\"\n"                                                                                      \
    "\"Last-Translator: x\\n\"\n\"Language-Team: x\\n\"\n\"Language: fr\\n\"\n\"MIME-Version: 1.0\\n\"\n"    \
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n"               \
    "\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n\"X-Plural-Categories: one other\\n\"\n\n" /* 12 lines and one */

#define HELLO "msgid \"Hello\"\nmsgstr \"Bonjour\"\n\n" /* lines 14 to 16 */
#define STATES                                                                                               \
    "msgid \"{n} state\"\nmsgid_plural \"{n} states\"\nmsgstr[0] \"{n} État\"\nmsgstr[1] \"{n} États\"\n\n"

#define SOURCE                                                                                               \
    "/* PHRASE(\"not this\") */\n#define X PHRASE(\"nor this\")\nconst char *s = \"PHRASE(\\\"nor "          \
    "that\\\")\";\n"                                                                                         \
    "PHRASE(\"Hel\" /* joined */\n  \"lo\")\nPHRASES(\"{n} state\", \"{n} states\")\n"

static void store(const char *name, const char *content)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    fputs(content, f);
    fclose(f);
}

static int run(const char *flags, char *said, size_t room)
{
    char command[800];
    snprintf(command, sizeof command, "cd %s && LC_ALL=C '%s' . %s --po fr.po --c a.c 2>&1", folder,
             getenv("GEN_LANG"), flags);
    FILE *p = popen(command, "r");
    size_t n = fread(said, 1, room - 1, p);
    said[n] = 0;
    int status = pclose(p);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void says(const char *flags, const char *po, const char *c, int code, const char *words)
{
    char said[4000];
    store("fr.po", po);
    store("a.c", c);
    int got = run(flags, said, sizeof said);
    if (got != code || !strstr(said, words) || (!*words && *said))
        fail_msg("with %s\n%s\nshould end with %d and say %s\nends with %d: %s", flags, po, code, words, got,
                 said);
}

static void a_whole_language_passes(void **state)
{
    (void)state;
    says("--strict", HEADER HELLO STATES, SOURCE, 0, "");
}

static void what_is_missing_is_named_with_its_place(void **state)
{
    (void)state;
    says("--strict", HEADER STATES, SOURCE, 1, "a.c:4:1: \"Hello\" is missing in fr.po\n");
    says("", HEADER STATES, SOURCE, 0, "fr.po: 1 of 2 phrases missing");
    says("--strict", HEADER "msgid \"Hello\"\nmsgstr \"\"\n\n" STATES, SOURCE, 1,
         "fr.po:14:1: \"Hello\" is not translated");
    says("--strict", HEADER "#, fuzzy\n" HELLO STATES, SOURCE, 1, "fr.po:15:1: \"Hello\" is fuzzy");
    says("--strict", HEADER HELLO STATES "msgid \"Bye\"\nmsgstr \"Adieu\"\n", SOURCE, 1,
         "fr.po:22:1: \"Bye\" is used nowhere");
}

static void what_is_wrong_is_named_with_its_place(void **state)
{
    (void)state;
    says("",
         HEADER HELLO "msgid \"{n} state\"\nmsgid_plural \"{n} states\"\nmsgstr[0] \"{n} É\"\nmsgstr[1] "
                      "\"É\"\n",
         SOURCE, 1, "fr.po:17:1: {n} is missing in the translation");
    says("",
         HEADER HELLO "msgid \"{n} state\"\nmsgid_plural \"{n} states\"\nmsgstr[0] \"{x}\"\nmsgstr[1] "
                      "\"{n}\"\n",
         SOURCE, 1, "fr.po:17:1: {x} stands in the translation");
    says("", HEADER HELLO "msgid \"{n} state\"\nmsgid_plural \"{n} states\"\nmsgstr[0] \"{n}\"\n", SOURCE, 1,
         "has 1 forms, not 2");
    says("", HEADER HELLO HELLO, SOURCE, 1, "fr.po:17:1: the same message stands at line 14");
    says("", HEADER "msgid \"x\"\nmsgstr bare\n", SOURCE, 1, "fr.po:15:1: words stand in quotes");
    says("", HEADER "nonsense\n", SOURCE, 1, "fr.po:14:1: this is no line");
    says("", HEADER, "PHRASE(name)\n", 1, "a.c:1:8: PHRASE takes words in quotes");
    says("", HEADER, "x(PHRASE(\"a\\qb\"))\n", 1, "a.c:1:13: write the character itself");
    says("", "msgid \"\"\nmsgstr \"X-Plural-Categories: one lots\\n\"\n", SOURCE, 1,
         "fr.po:1:1: X-Plural-Categories: \"lots\"");
}

static void merging_keeps_translations(void **state)
{
    (void)state;
    char said[4000];
    store("fr.po", HEADER HELLO STATES);
    store("a.c", SOURCE "PHRASE(\"New\")\n");
    assert_int_equal(run("--merge", said, sizeof said), 0);
    assert_int_equal(run("", said, sizeof said), 0);
    assert_non_null(strstr(said, "1 of 3 phrases missing"));
    assert_int_equal(run("--strict", said, sizeof said), 1);
    assert_non_null(strstr(said, "\"New\" is not translated"));
}

int main(void)
{
    if (!getenv("GEN_LANG") || !mkdtemp(folder)) return 2;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_language_passes),
        cmocka_unit_test(what_is_missing_is_named_with_its_place),
        cmocka_unit_test(what_is_wrong_is_named_with_its_place),
        cmocka_unit_test(merging_keeps_translations),
    };
    int failed = cmocka_run_group_tests_name("gen-lang", tests, NULL, NULL);
    char path[200];
    snprintf(path, sizeof path, "rm -r %s", folder);
    return system(path) != 0 || failed;
}
