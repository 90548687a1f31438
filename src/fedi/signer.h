/* fedi/signer.h - the actors' keys, and requests signed with them. Only in the deliverer.
 *
 * A key is made where there is none, and anew after a year; its private words are sealed for 400 days and then gone, in
 * every backup too. A new key has a new name, so servers that kept the old one ask again.
 * Needs: fedi, seal.    Never: a private key outside this process. */
#ifndef FEDI_SIGNER_H
#define FEDI_SIGNER_H

#include "fedi/inside.h"

struct signer;
struct signer *signer_open(struct arena *life, struct db *db, struct seal_keys *keys);
/* Makes what is missing or too old. Cheap when nothing is. */
void signer_keep(struct signer *s, ms now);
/* The headers of a signed request, whole. 0: it cannot be signed just now. */
size_t signer_headers(struct signer *s, struct arena *a, str lang, enum sign_scheme scheme,
                      const struct fedi_url *url, str body, int64_t now, struct sign_header out[8]);

#endif
