/* web/asset.h - files that travel inside the program: the style sheet and the heart.
 *
 * Needs: base.    Never: anything that changes while the program runs. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "base/arena.h"

/* The file's bytes become part of the program: `symbol` to `symbol_end`. Name the file in the Makefile too. */
#define ASSET_CARRY(symbol, file)                                                      \
    __asm__(".section .rodata\n.global " #symbol "\n.global " #symbol "_end\n" #symbol \
            ":\n.incbin \"" file "\"\n" #symbol "_end:\n.byte 0\n.previous\n");        \
    extern const char symbol[], symbol##_end[]
#define ASSET_STR(symbol) ((str){ symbol, (size_t)(symbol##_end - symbol) })

struct asset {
    const char *name, *type;
    str bytes;
    str address; /* "/assets/HASH/style.css": the hash follows from the bytes */
};

void asset_add(struct arena *life, const char *name, const char *type,
               str bytes);                 /* at start, before any fork */
const struct asset *asset_named(str name); /* NULL if there is none */
str asset_address(const char *name);       /* a missing one is a bug */
str asset_style_sheet(void);               /* its text, for a page that is a file of its own */
void asset_open(struct arena *life);       /* adds those of web itself */

#endif
