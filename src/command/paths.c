/* Folders and addresses as they are typed, made whole. */
#include "base/breakage.h"
#include "command/command.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void command_folder(const char *path)
{
    char part[4096];
    snprintf(part, sizeof part, "%s", path);
    for (char *p = part + 1;; p++) {
        bool is_end = *p == '\0';
        if (*p != '/' && !is_end) continue;
        *p = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST)
            broken("%s: the folder cannot be made: %s", part, strerror(errno));
        if (is_end) return;
        *p = '/';
    }
}

str command_absolute(struct arena *life, str path)
{
    if (str_starts(path, S("/"))) return path;
    char here[4096];
    if (!getcwd(here, sizeof here)) broken("the current folder cannot be found");
    return arena_format(life, "%s/" STR_FMT, here, STR_ARG(path));
}

str command_url(struct arena *life, str url)
{
    str file = db_sqlite_file(url);
    return file.n ? arena_format(life, "sqlite:" STR_FMT, STR_ARG(command_absolute(life, file)))
                  : url;
}

str command_folder_of(struct arena *life, str file)
{
    size_t n = file.n;
    while (n && file.p[n - 1] != '/') n--;
    return arena_str(life, str_cut(file, n > 1 ? n - 1 : n));
}

str command_keys_folder(struct arena *life, const struct options *o)
{
    return arena_format(life, STR_FMT "/keys", STR_ARG(command_absolute(life, str_of(o->var))));
}
