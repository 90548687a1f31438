/* web/document.h - a page as a file of its own: nothing is fetched, nothing runs.
 *
 * For reports that commands write, to be sent and kept: the site's style sheet travels inside, and a policy in the file
 * forbids it everything else.
 * Needs: lang, asset.    Never: a link to a page of the site; it may be read far from it. */
#ifndef WEB_DOCUMENT_H
#define WEB_DOCUMENT_H

#include "base/arena.h"
#include "lang/lang.h"

/* `title` is plain text, the page's first heading too; `body` is at most DOCUMENT_MAX bytes. */
str web_document(struct arena *a, const struct lang *l, str title, html body);

#endif
