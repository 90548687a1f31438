/* serve: everything is prepared once, then the keeper starts the kinds of process. */
#include "base/breakage.h"
#include "base/log.h"
#include "command/kinds.h"
#include "draw/draw.h"
#include "edit/pages.h"
#include "wear/pages.h"
#include "people/pages.h"
#include "store/lock.h"
#include "web/asset.h"

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

static void serve_run(struct process *p, bool is_desk)
{
    struct serving *s = p->self;
    struct arena life;
    arena_open(&life, LIFE_ARENA_MAX);
    struct site site = s->site;
    if (is_desk) site.is_desk_elsewhere = false;
    site.counts = p->door.counts;
    command_open_desk(&life, &site, s->keys_folder);
    struct server *server = serve_open(&life, &site);
    p->door.body_max = serve_body_max;
    door_run(&p->door, serve_answer, server, NULL);
    serve_close(server);
    arena_close(&life);
}

void front_run(struct process *p)
{
    serve_run(p, false);
}

void desk_run(struct process *p)
{
    serve_run(p, true);
}

static void say_ready(void *self)
{
    struct serving *s = self;
    log_line(LOG_NOTE, "serving http://%s/", s->o->listen);
    if (!isatty(STDOUT_FILENO)) return;
    printf("Blue Heart is at http://%s/\n", s->o->listen);
    fflush(stdout);
}

/* Says in words what is wrong with the data before anything starts, and leaves no connection to cross a fork. */
static void look_at_data(const struct serving *s, const struct options *o)
{
    struct arena look;
    arena_open(&look, LIFE_ARENA_MAX);
    struct options there = *o;
    there.db = s->site.db_url;
    if (!command_has_facts(command_db(&look, &there)))
        broken("the data hold no facts: their init was interrupted; run `blueheart init` again");
    arena_close(&look);
}

static void open_pictures(struct arena *life, const struct options *o)
{
    struct arena file;
    arena_open(&file, IMPORT_FILE_MAX);
    draw_open(life, command_read_file(&file, arena_format(life, "%s/world.csv", o->data).p));
    arena_close(&file);
}

int command_serve(struct arena *life, const struct options *o)
{
    static struct serving s;
    mallopt(M_MMAP_THRESHOLD, (int)BLOCK_BYTES); /* for every process that follows */
    struct process_kind kinds[KINDS];
    str why;
    kinds_fill(life, &s, o, kinds);
    bool is_ours = store_lock(life, s.site.db_url, false, &why) &&
                   (!kinds[KIND_VAULT].count || store_lock(life, s.vault_url, false, &why));
    if (!is_ours) {
        fprintf(stderr, "blueheart: " STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    look_at_data(&s, o);
    command_folder(s.site.tables_folder.p);
    command_folder(s.keys_folder.p);
    lang_open(life);
    asset_open(life);
    people_open(life);
    edit_open(life);
    wear_assets(life);
    open_pictures(life, o);
    return keeper_run(kinds, KINDS, &s, say_ready);
}
