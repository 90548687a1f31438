/* Headers without a socket: those a script gave. Stands in for web/door_request.c. */
#include "test/page/package.h"

size_t door_headers(const struct door_request *rq, struct door_header *out, size_t most)
{
    const struct test_headers *all = rq->source;
    size_t n = all ? all->n : 0;
    if (n > most) n = most;
    for (size_t i = 0; i < n; i++) out[i] = all->header[i];
    return n;
}
