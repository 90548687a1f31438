/* Every typed statement, prepared on PostgreSQL: names and types of its columns are those that were declared.
 *   query-types postgresql://... */
#include "base/breakage.h"
#include "claim/claim.sql.h"
#include "join/join.sql.h"
#include "send/send.sql.h"
#include "store/store.sql.h"
#include "vault/vault.sql.h"

#include <libpq-fe.h>
#include <stdio.h>

static struct query *const *const all[] = { store_queries, claim_queries, send_queries, join_queries, vault_queries };

static Oid wanted(char letter)
{
    return letter == 't' || letter == 'T' ? 25 : letter == 'y' || letter == 'Y' ? 17 : 20;
}

static bool is_right(PGconn *pg, const struct query *q)
{
    Oid types[QUERY_IN_MAX];
    int n = 0;
    for (; q->in_types[n]; n++) types[n] = wanted(q->in_types[n]);
    PGresult *made = PQprepare(pg, "", q->pg, n, types);
    if (PQresultStatus(made) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s: %s\n", q->where, PQerrorMessage(pg));
        PQclear(made);
        return false;
    }
    PQclear(made);
    PGresult *about = PQdescribePrepared(pg, "");
    str names = str_of(q->out_names);
    bool is_good = true;
    for (int i = 0; q->out_types[i]; i++) {
        str name = str_split(&names, ' ');
        bool same = PQftype(about, i) == wanted(q->out_types[i]) && str_eq(str_of(PQfname(about, i)), name);
        if (!same) fprintf(stderr, "%s: column %d is %s of type %u\n", q->where, i + 1, PQfname(about, i), PQftype(about, i));
        is_good = is_good && same;
    }
    PQclear(about);
    return is_good;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    PGconn *pg = PQconnectdb(argv[1]);
    if (PQstatus(pg) != CONNECTION_OK) return 1;
    /* The vault's tables live in a data home of their own; here, in a schema that goes away with the connection's data. */
    PQclear(PQexec(pg, "DROP SCHEMA IF EXISTS vault_types CASCADE; CREATE SCHEMA vault_types; SET search_path TO vault_types, public"));
    for (const struct step *step = vault_steps; step->room; step++) PQclear(PQexec(pg, step->pg));
    int passed = 0, failed = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++)
        for (struct query *const *q = all[i]; *q; q++) is_right(pg, *q) ? passed++ : failed++;
    PQfinish(pg);
    printf("%d passed, %d failed, 0 skipped\n", passed, failed);
    return failed ? 1 : 0;
}
