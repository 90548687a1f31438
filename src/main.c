/* Options and the list of commands. The rooms stand in command/rooms.c. */
#include "base/breakage.h"
#include "base/log.h"
#include "command/command.h"

#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

static const struct command commands[] = {
    { "serve", "[--listen A:P] [--vault-listen A:P] [--vault-db URL] [--workers N]",
      "the server; SIGTERM finishes requests, then ends", 0, 0, command_serve, NULL },
    { "init", "[--once]",
      "makes the data home and loads the reference facts; --once: only if there are none", 0, 0,
      command_init, NULL },
    { "migrate", "", "backs up, then brings older data forward", 0, 0, command_migrate, NULL },
    { "check", "[walls]", "looks for damage in the data; walls: tries to get through them", 0, 1,
      command_check, NULL },
    { "backup", "FILE", "every data file in one, while serving", 1, 1, command_backup, NULL },
    { "restore", "FILE", "verifies a backup, then replaces the data", 1, 1, command_restore, NULL },
    { "export", "KIND", "a whole table as CSV, to standard output", 1, 1, command_export, NULL },
    { "import", "KIND FILE", "a whole table from CSV, all or nothing", 2, 2, command_import, NULL },
    { "user", "add NAME ADDRESS ROLE | role ADDRESS ROLE [off] | reset ADDRESS | list",
      "people who run it; add and reset print a link that lets them in once", 1, 4, command_user,
      NULL },
    { "mail", "list [--json]|try ADDRESS|retry|bounce FILE",
      "what waits and failed; queue a message to try it; take a report that one did not arrive", 1,
      2, command_mail, NULL },
    { "house", "", "every room and route with its purpose", 0, 0, command_house, NULL },
    { "link", "encode|match|overlap|evaluate ...",
      "the lists of several agencies, linked without revealing who is on them",
      .run_own = command_link },
    { "estimate", "TABLE.csv", "how many are on none of the lists, from how the lists overlap",
      .run_own = command_estimate },
    { "publish", "aggregate|dp|synthesize|evaluate|map|ledger ...",
      "tables and records that betray nobody", .run_own = command_publish },
};

static void show_help(FILE *to)
{
    fprintf(to, "blueheart %s - what an anti-trafficking campaign and its coalition run on\n\n",
            program_version);
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        fprintf(to, "  blueheart %-8s %-12s %s\n", commands[i].name,
                strlen(commands[i].usage) < 13 ? commands[i].usage : "...", commands[i].about);
    fprintf(to, "\nEvery command knows --help and takes --db URL (sqlite:FILE or postgresql://...; "
                "default sqlite:var/blueheart.db),\n"
                "--var DIR, --data DIR (the reference facts) and --quiet.\n");
}

static void show_command_help(FILE *to, const struct command *c)
{
    fprintf(to,
            "blueheart %s %s\n%s\n\n"
            "  --db URL      sqlite:FILE or postgresql://...   (default sqlite:var/blueheart.db)\n"
            "  --var DIR     files that are not the database   (default var)\n"
            "  --data DIR    the reference facts               (default data, or the package's)\n"
            "  --quiet       only what is wrong\n",
            c->name, c->usage, c->about);
    if (c->run == command_init || c->run == command_user)
        fprintf(to, "  --origin URL, --listen A:P, --desk-origin URL, --desk-listen A:P\n"
                    "                as given to serve: what a link it prints begins with\n");
    if (c->run != command_serve) return;
    fprintf(
        to,
        "  --listen A:P        where visitors come in    (default 127.0.0.1:8080)\n"
        "  --desk-listen A:P   a door of its own for the desk: then the public one does not answer "
        "/LANG/desk\n"
        "  --desk-origin URL   how the desk is called from outside (default: --origin, or http:// "
        "and "
        "its own address)\n"
        "  --origin URL        how the site is called from outside, https://HOST, for feeds and "
        "search engines\n"
        "                      (default: http:// and what --listen says)\n"
        "  --vault-listen A:P  where the vault answers   (default: the vault is not started)\n"
        "  --vault-var DIR     the vault's own folder    (default: VAR-vault, beside var)\n"
        "  --vault-db URL      the vault's own data      (default: vault.db in that folder)\n"
        "  --workers N         processes that serve      (default: one per processor, at most 4)\n"
        "  --log FILE          instead of standard error; reopened on SIGHUP\n"
        "  --metrics-token T   who may read /metrics from elsewhere\n"
        "  --smtp URL          the mail server, smtp://HOST:587 or smtps://HOST (default: mails "
        "wait)\n"
        "  --smtp-from ADDRESS whom mails are from; needed with --smtp\n"
        "  --smtp-login FILE   two lines, user and password; mode 0600\n"
        "  --smtp-ca FILE      certificates to trust instead of the system's\n"
        "  --smtp-plain        a server elsewhere may do without encryption; passwords and words "
        "can be read on the way\n"
        "  --smtp-verp         reports of failure come to FROM+NAME@..., so that none is missed\n"
        "  --fedi              the news can be followed from the fediverse; needs --origin "
        "https://HOST, for ever\n"
        "  --fedi-trial PORT   to try that on this machine alone: other servers are http on 127.x "
        "at this port\n");
}

enum {
    OPT_DB = 1000,
    OPT_VAR,
    OPT_DATA,
    OPT_LISTEN,
    OPT_VAULT_LISTEN,
    OPT_VAULT_DB,
    OPT_VAULT_VAR,
    OPT_WORKERS,
    OPT_LOG,
    OPT_ORIGIN,
    OPT_DESK_LISTEN,
    OPT_DESK_ORIGIN,
    OPT_TOKEN,
    OPT_SMTP,
    OPT_SMTP_FROM,
    OPT_SMTP_LOGIN,
    OPT_SMTP_CA,
    OPT_SMTP_PLAIN,
    OPT_SMTP_VERP,
    OPT_FEDI,
    OPT_FEDI_TRIAL,
    OPT_JSON,
    OPT_QUIET,
    OPT_ONCE,
    OPT_HELP
};

static const struct option long_options[] = {
    { "db", required_argument, NULL, OPT_DB },
    { "var", required_argument, NULL, OPT_VAR },
    { "data", required_argument, NULL, OPT_DATA },
    { "listen", required_argument, NULL, OPT_LISTEN },
    { "desk-listen", required_argument, NULL, OPT_DESK_LISTEN },
    { "desk-origin", required_argument, NULL, OPT_DESK_ORIGIN },
    { "vault-listen", required_argument, NULL, OPT_VAULT_LISTEN },
    { "vault-db", required_argument, NULL, OPT_VAULT_DB },
    { "vault-var", required_argument, NULL, OPT_VAULT_VAR },
    { "workers", required_argument, NULL, OPT_WORKERS },
    { "log", required_argument, NULL, OPT_LOG },
    { "origin", required_argument, NULL, OPT_ORIGIN },
    { "metrics-token", required_argument, NULL, OPT_TOKEN },
    { "smtp", required_argument, NULL, OPT_SMTP },
    { "smtp-from", required_argument, NULL, OPT_SMTP_FROM },
    { "smtp-login", required_argument, NULL, OPT_SMTP_LOGIN },
    { "smtp-ca", required_argument, NULL, OPT_SMTP_CA },
    { "smtp-plain", no_argument, NULL, OPT_SMTP_PLAIN },
    { "smtp-verp", no_argument, NULL, OPT_SMTP_VERP },
    { "fedi", no_argument, NULL, OPT_FEDI },
    { "fedi-trial", required_argument, NULL, OPT_FEDI_TRIAL },
    { "json", no_argument, NULL, OPT_JSON },
    { "quiet", no_argument, NULL, OPT_QUIET },
    { "once", no_argument, NULL, OPT_ONCE },
    { "help", no_argument, NULL, OPT_HELP },
    { NULL, 0, NULL, 0 },
};

static unsigned default_workers(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 4 ? 4 : (unsigned)n;
}

static bool is_origin(str s)
{
    ptrdiff_t scheme = str_starts(s, S("https://")) ? 8 : str_starts(s, S("http://")) ? 7 : -1;
    str host = scheme < 0 ? S("") : str_from(s, (size_t)scheme);
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!is_letter && c != '.' && c != '-' && c != ':' && c != '[' && c != ']') return false;
    }
    return host.n > 0;
}

/* Returns 0, or 2 after saying what was wrong; -1 after help. */
static int read_options(int argc, char **argv, const struct command *c, struct options *o)
{
    for (int opt; (opt = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
        int64_t n;
        switch (opt) {
        case OPT_DB: o->db = str_of(optarg); break;
        case OPT_VAR: o->var = optarg; break;
        case OPT_DATA: o->data = optarg; break;
        case OPT_LISTEN: o->listen = optarg; break;
        case OPT_VAULT_LISTEN: o->vault_listen = optarg; break;
        case OPT_VAULT_DB: o->vault_db = str_of(optarg); break;
        case OPT_VAULT_VAR: o->vault_var = optarg; break;
        case OPT_LOG: o->log = optarg; break;
        case OPT_DESK_LISTEN: o->desk_listen = optarg; break;
        case OPT_ORIGIN:
        case OPT_DESK_ORIGIN:
            if (opt == OPT_ORIGIN) o->origin = optarg;
            else o->desk_origin = optarg;
            if (is_origin(str_of(optarg))) break;
            fprintf(stderr, "blueheart: --origin and --desk-origin take https://HOST or "
                            "http://HOST:PORT, no path\n");
            return 2;
        case OPT_TOKEN: o->token = optarg; break;
        case OPT_SMTP: o->mail.server = optarg; break;
        case OPT_SMTP_FROM: o->mail.from = optarg; break;
        case OPT_SMTP_LOGIN: o->mail.login = optarg; break;
        case OPT_SMTP_CA: o->mail.authorities = optarg; break;
        case OPT_SMTP_PLAIN: o->mail.may_be_plain = true; break;
        case OPT_SMTP_VERP: o->mail.has_verp = true; break;
        case OPT_FEDI: o->has_fedi = true; break;
        case OPT_FEDI_TRIAL:
            if (str_to_int(str_of(optarg), &o->fedi_trial) && o->fedi_trial > 0 &&
                o->fedi_trial < 65536)
                break;
            fprintf(stderr, "blueheart: --fedi-trial takes a port\n");
            return 2;
        case OPT_JSON: o->as_json = true; break;
        case OPT_ONCE: o->is_once = true; break;
        case OPT_QUIET: o->is_quiet = true; break;
        case OPT_HELP: show_command_help(stdout, c); return -1;
        case OPT_WORKERS:
            if (!str_to_int(str_of(optarg), &n) || n < 1 || n > WORKERS_MAX) {
                fprintf(stderr, "blueheart: --workers takes a number from 1 to %d\n", WORKERS_MAX);
                return 2;
            }
            o->workers = (unsigned)n;
            break;
        default: return 2;
        }
    }
    while (optind < argc && o->words_n < (int)COUNT_OF(o->words))
        o->words[o->words_n++] = argv[optind++];
    if (o->words_n >= c->words_min && o->words_n <= c->words_max && optind == argc) return 0;
    fprintf(stderr, "usage: blueheart %s %s\n", c->name, c->usage);
    return 2;
}

static const struct command *command_named(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static const char *data_folder(void)
{
    return access("data/sources.csv", R_OK) == 0 ? "data" : "/usr/share/blueheart/data";
}

int main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        show_help(argc < 2 ? stderr : stdout);
        return argc < 2 ? 2 : 0;
    }
    const struct command *c = command_named(argv[1]);
    if (!c) {
        fprintf(stderr, "blueheart: there is no command \"%s\"; `blueheart --help` lists them\n",
                argv[1]);
        return 2;
    }
    if (c->run_own) {
        if (sodium_init() < 0) broken("no source of randomness");
        return c->run_own(argc - 1, argv + 1);
    }
    struct options o = { .db = S("sqlite:var/blueheart.db"),
                         .vault_db = S(""),
                         .listen = "127.0.0.1:8080",
                         .var = "var",
                         .data = data_folder(),
                         .workers = default_workers() };
    int wrong = read_options(argc - 1, argv + 1, c, &o);
    if (wrong) return wrong < 0 ? 0 : wrong;
    if (sodium_init() < 0) broken("no source of randomness");
    if (o.log) log_to(o.log);

    struct arena life;
    arena_open(&life, LIFE_ARENA_MAX);
    command_start();
    if (!o.vault_var) o.vault_var = arena_format(&life, "%s-vault", o.var).p;
    if (!o.vault_db.n) o.vault_db = arena_format(&life, "sqlite:%s/vault.db", o.vault_var);
    int code = c->run(&life, &o);
    arena_close(&life);
    return code;
}
