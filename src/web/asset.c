#include "web/asset.h"

#include "base/id.h"

#include <assert.h>

ASSET_CARRY(asset_style, "src/web/style.css");

str asset_style_sheet(void)
{
    return ASSET_STR(asset_style);
}
ASSET_CARRY(asset_heart, "src/web/heart.svg");
ASSET_CARRY(asset_price, "src/web/price.js");
ASSET_CARRY(asset_heart_png, "src/web/heart.png"); /* where no drawing is taken: 400 x 400 */

static struct asset all[32];
static size_t all_n;

void asset_add(struct arena *life, const char *name, const char *type, str bytes)
{
    assert(all_n < COUNT_OF(all));
    char hash[CONTENT_ID_LENGTH + 1];
    content_id(bytes, hash);
    all[all_n++] = (struct asset){ name, type, bytes,
                                   arena_format(life, "/assets/%.12s/%s", hash, name) };
}

const struct asset *asset_named(str name)
{
    for (size_t i = 0; i < all_n; i++)
        if (str_eq(str_of(all[i].name), name)) return &all[i];
    return NULL;
}

str asset_address(const char *name)
{
    const struct asset *found = asset_named(str_of(name));
    assert(found);
    return found->address;
}

void asset_open(struct arena *life)
{
    all_n = 0;
    asset_add(life, "style.css", "text/css; charset=utf-8", ASSET_STR(asset_style));
    asset_add(life, "heart.svg", "image/svg+xml", ASSET_STR(asset_heart));
    asset_add(life, "price.js", "text/javascript; charset=utf-8", ASSET_STR(asset_price));
    asset_add(life, "heart.png", "image/png", ASSET_STR(asset_heart_png));
}
