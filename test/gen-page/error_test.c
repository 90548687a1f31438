/* Every mistake in a template stops the build and says where it is and what to do.
 *
 * Runs the generator itself: GEN_PAGE is its path. */
#include "base/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    const char *fields, *body; /* the view's fields stand in lines 2.., the body after "}}" */
    const char *says;          /* "LINE:COL: ", then words it must hold */
    const char *words;
} wrong[] = {
    /* the declaration */
    { "  name strin", "", "2:8: ", "there is no type \"strin\"" },
    { "  Name text", "", "2:3: ", "is not a name" },
    { "  case text", "", "2:3: ", "a meaning of its own" },
    { "  a text\n  a int", "", "3:3: ", "declared twice" },
    { "  a text\n    b text", "", "3:5: ", "indented deeper" },
    { "    a text\n  b text", "", "3:3: ", "indented less" },
    { "  a list", "", "2:3: ", "has no fields" },
    { "  a flag?", "", "2:5: ", "cannot be absent" },
    { "  a list?\n    b text", "", "2:5: ", "cannot be absent" },
    { "  a real", "", "2:5: ", "needs its decimals" },
    { "  a text of course", "", "2:10: ", "a comment begins with #" },
    { "  a list of nothing", "", "2:3: ", "there is no view \"nothing\"" },
    { "  a one page", "", "2:3: ", "would contain itself" },
    { "  a personal", "", "2:5: ", "show_personal" },
    { "\ta text", "", "2:1: ", "a tab" },
    { "  a list\n    b text\n  a_n int", "", "4:3: ", "the list knows its number" },
    /* names and sections */
    { "  a text", "{{b}}", "4:1: ", "there is no field \"b\"" },
    { "  a text", "x\n  {{{a}}}", "5:3: ", "always escaped" },
    { "  a text", "{{&a}}", "4:1: ", "always escaped" },
    { "  a text?", "{{a}}", "4:1: ", "may be absent" },
    { "  a text?", "{{#a}}{{/}}{{a}}", "4:12: ", "may be absent" },
    { "  a text?", "{{^a}}{{a}}{{/}}", "4:7: ", "may be absent" },
    { "  a int?", "{{_ \"{n}\" n=a}}", "4:1: ", "may be absent" },
    { "  a text", "{{#a}}{{/}}", "4:1: ", "always there" },
    { "  a flag", "{{a}}", "4:1: ", "is a flag" },
    { "  a list\n    b text", "{{a}}", "5:1: ", "is a list" },
    { "  a list\n    b text", "{{b}}", "5:1: ", "there is no field" },
    { "  a flag", "<p>{{#a}}x", "4:4: ", "never closed" },
    { "  a flag", "{{/}}", "4:1: ", "no section is open" },
    { "  a flag\n  b flag", "{{#a}}{{/b}}", "5:7: ", "closes {{#a}}" },
    { "  a flag", "{{#a", "4:1: ", "no }}" },
    { "  a text", "{{>page}}", "4:1: ", "inside a section over that view" },
    /* places */
    { "  a text", "<script>{{a}}</script>", "4:9: ", "nothing can be escaped" },
    { "  a text", "<style>{{a}}</style>", "4:8: ", "nothing can be escaped" },
    { "  a flag", "<script>{{#a}}{{/}}</script>", "4:9: ", "nothing can be escaped" },
    { "  a text", "<!-- {{a}} -->", "4:6: ", "HTML comment" },
    { "  a text", "<p class={{a}}>", "4:10: ", "put quotes" },
    { "  a text", "<p class=x{{a}}>", "4:11: ", "put quotes" },
    { "  a text", "<p {{a}}>", "4:4: ", "attribute's name" },
    { "  a text", "<{{a}}>", "4:1: ", "a lone" },
    { "  a text", "<h{{a}}>", "4:3: ", "cannot be a tag's" },
    { "  a text", "<p onclick=\"{{a}}\">", "4:13: ", "takes no values" },
    { "  a text", "<p style=\"{{a}}\">", "4:11: ", "takes no values" },
    { "  a text", "<img srcset=\"{{a}}\">", "4:14: ", "takes no values" },
    { "  a text", "<meta http-equiv=refresh content=\"{{a}}\">", "4:35: ", "takes no values" },
    { "  a text", "<iframe srcdoc=\"{{a}}\"></iframe>", "4:17: ", "takes no values" },
    { "  a text", "<a href=\"{{a}}\">", "4:10: ", "must be declared a url" },
    { "  a text", "<img\n src='{{a}}'>", "5:7: ", "must be declared a url" },
    { "  a text", "<a href=\"{{lang}}/x\">", "4:10: ", "cannot begin an address" },
    { "  a text", "<a href=\"javascript:{{a}}\">", "4:10: ", "must not begin with javascript:" },
    { "  a url?\n  b url", "<a href=\"{{#a}}{{a}}{{/}}{{b}}\">",
      "5:26: ", "not sure what this address begins with" },
    { "  a list\n    b url", "<a href=\"{{#a}}{{b}}{{/}}\">", "5:21: ", "a list cannot begin" },
    { "  a html", "<p title=\"{{a}}\">", "4:11: ", "in text only" },
    { "  a html", "<title>{{a}}</title>", "4:8: ", "in text only" },
    { "  a flag", "<p {{#a}}>{{/}}", "4:11: ", "began at line 4 inside a tag ends in text" },
    { "  a flag", "{{#a}}<p title=\"{{/}}\">", "4:17: ", "ends in an attribute's value" },
    { "  a flag", "<b{{#a}} x{{/}}y>", "4:16: ", "put a space" },
    { "  a text", "<p title=\"x>", "4:13: ", "the template ends in an attribute's value" },
    { "  a text", "1 < 2", "4:3: ", "a lone" },
    { "  a text", "<p <b>", "4:4: ", "inside a tag" },
    /* phrases */
    { "  a text", "{{_ Hello}}", "4:1: ", "a phrase is written" },
    { "  a text", "{{_ \"Hello\" n}}", "4:1: ", "name=FIELD" },
    { "  a text", "{{_ \"Hello {n}\"}}", "4:1: ", "{n} is not given" },
    { "  a text", "{{_ \"Hello\" n=a}}", "4:1: ", "has no {n}" },
    { "  a text", "{{_ \"{n} x\" \"{n} xs\" n=a}}", "4:1: ", "need a number" },
    { "  a flag", "{{_ \"{n}\" n=a}}", "4:1: ", "cannot stand in a phrase" },
    { "  a text", "<a href=\"{{_ \"x\"}}\">", "4:10: ", "cannot begin an address" },
    { "  a int", "{{_ \"{n} x\" \"{n} xs\" n=a}}{{_ \"{n} x\" \"{n} y\" n=a}}", "4:27: ", "another plural" },
};

static char folder[] = "/tmp/gen-page-test-XXXXXX";

static int run(const char *fields, const char *body, char *said, size_t room)
{
    char path[200], command[800];
    snprintf(path, sizeof path, "%s/src/room/page.html", folder);
    FILE *f = fopen(path, "wb");
    fprintf(f, "{{!view page\n%s\n}}\n%s\n", fields, body);
    fclose(f);
    snprintf(command, sizeof command, "cd %s && '%s' out src/room/page.html 2>&1", folder, getenv("GEN_PAGE"));
    FILE *p = popen(command, "r");
    size_t n = fread(said, 1, room - 1, p);
    said[n] = 0;
    int status = pclose(p);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void every_mistake_has_its_place(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        char said[2000], want[100];
        int code = run(wrong[i].fields, wrong[i].body, said, sizeof said);
        snprintf(want, sizeof want, "src/room/page.html:%s", wrong[i].says);
        if (code != 1 || strncmp(said, want, strlen(want)) != 0 || !strstr(said, wrong[i].words))
            bad += fprintf(stderr, "%s\n%s\nshould say %s... %s\nsays %d: %s", wrong[i].fields, wrong[i].body,
                           want, wrong[i].words, code, said) > 0;
    }
    assert_int_equal(bad, 0);
}

static void what_is_right_builds(void **state)
{
    (void)state;
    static const char *const right[][2] = {
        { "  a text", "" },
        { "  a url?", "<a href=\"{{#a}}{{a}}{{/a}}{{^a}}/x{{/a}}#y\">z</a>" },
        { "  a flag", "<input{{#a}} checked{{/}}><input {{#a}}checked {{/}}class=x>" },
        { "  a text\n  b list of page", "{{#b}}{{>page}}{{/}}{{a}}" },
        { "  a one page?", "{{#a}}{{>page}}{{/}}" },
        { "  a list  # things\n    # more words\n    b text", "{{#a}}{{b}}{{/}}{{^a}}none{{/}}" },
        { "  a text", "<script src=\"/x.js\"></script><style>p{color:red}</style><textarea>{{a}}</textarea>" },
        { "  a text", "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><text x=1>{{a}}</text></svg>" },
        { "  a group\n    b int", "{{#a}}{{_ \"{n} \\\"x\\\"\" \"{n} y\" n=b}}{{/}}" },
    };
    for (size_t i = 0; i < COUNT_OF(right); i++) {
        char said[2000];
        if (run(right[i][0], right[i][1], said, sizeof said) != 0)
            fail_msg("%s\n%s\n%s", right[i][0], right[i][1], said);
    }
}

int main(void)
{
    if (!getenv("GEN_PAGE") || !mkdtemp(folder)) return 2;
    char path[200];
    snprintf(path, sizeof path, "%s/src", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/src/room", folder);
    mkdir(path, 0700);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_has_its_place),
        cmocka_unit_test(what_is_right_builds),
    };
    int failed = cmocka_run_group_tests_name("gen-page mistakes", tests, NULL, NULL);
    snprintf(path, sizeof path, "rm -r %s", folder);
    return system(path) != 0 || failed;
}
