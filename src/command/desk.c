/* What the desk stands on, put together: keys, the trail, who a cookie belongs to. */
#include "command/command.h"
#include "people/pages.h"
#include "seal/secret.h"
#include "trail/trail.h"

/* After the fork: keys are in the memory of who needs them only. */
void command_open_desk(struct arena *life, struct site *site, str keys_folder)
{
    site->keys = seal_keys_open(life, keys_folder);
    site->forms = seal_secret(site->keys, "forms");
    site->ids = seal_secret(site->keys, "ids");
    site->who = people_who;
    trail_open(seal_secret(site->keys, "trail"));
}
