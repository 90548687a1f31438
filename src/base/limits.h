/* base/limits.h - every size, count and time that somebody outside could push against.
 *
 * A number that bounds input, memory or waiting stands here with its unit and its reason, nowhere else.
 * Needs: nothing.    Never: a limit that depends on the machine. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define KIB(n) ((size_t)(n)*1024)
#define MIB(n) ((size_t)(n)*1024 * 1024)

/* A request, before anything of it is kept. */
#define TARGET_MAX        KIB(4)  /* path and query together */
#define HEADER_FIELDS_MAX 64      /* a browser sends about 20 */
#define HEADER_POOL_BYTES KIB(8)  /* per connection; 4 KiB would hold only a 1.8 KB cookie */
#define BODY_MAX          KIB(64) /* forms; more only where web grants it, request by request */
#define UPLOAD_MAX        MIB(12) /* a form with a file in it: a photograph as cameras make them */
#define BODY_DESK_MAX \
    KIB(512) /* a long text in Arabic or Chinese: three letters are sent for each byte */
#define LONG_AT_ONCE    32 /* per worker, of such forms */
#define UPLOADS_AT_ONCE 4  /* per worker, bodies over BODY_MAX held in memory */
#define BODY_DISCARD_MAX \
    (BODY_MAX * 16) /* of a refused body past its limit, read so that the client sees the answer */
#define FORM_PARTS_MAX     64       /* of a form with files */
#define PART_HEAD_MAX      KIB(2)   /* the lines before one part's bytes */
#define PART_NAME_MAX      64       /* a field's name */
#define PART_FILE_NAME_MAX 255      /* never used as a path */
#define PART_TEXT_MAX      BODY_MAX /* a part that is no file */
#define QUERY_FIELDS_MAX   32
#define ACCEPT_RANGES_MAX  64  /* languages in a header; browsers send fewer than ten */
#define FORM_FIELDS_MAX    200 /* boxes of a long list of choices count one each */
#define PATH_PARTS_MAX     8
#define FIELD_MAX          KIB(2)

/* Time a client may take. Absolute, from the first byte: a slow client never holds a page. */
#define HEADER_SECONDS    10
#define BODY_SECONDS      20
#define UPLOAD_SECONDS    120    /* the same for a body over BODY_MAX: 12 MiB at 100 KB a second */
#define IDLE_SECONDS      30     /* keep-alive without a request */
#define WRITE_SECONDS     30     /* without reading any of the answer */
#define WRITE_BYTES_LEAST KIB(4) /* that a client reads within WRITE_SECONDS */
#define FRESH_DRAIN_MS    1000   /* a drained worker waits this long for a first request */
#define PAGE_SECONDS      5      /* the alarm that ends a worker stuck in a page */
#define JOB_SECONDS       30     /* a page waits this long for its job */
#define DRAIN_SECONDS     10     /* from SIGTERM to the end of a worker */

/* Connections. */
#define CONNECTIONS_MAX         4096 /* per worker */
#define CONNECTIONS_PER_ADDRESS 128  /* in all workers; proxies and loopback are exempt */
#define WORKERS_MAX             64
#define JOBS_WAITING_MAX        64
#define JOBS_ASIDE_MAX          16 /* of those, such as can be done without: others wait for few of them */
#define JOB_BYTES_MAX           (BODY_MAX + KIB(8)) /* an ask; an answer is at most BODY_MAX */
#define JOB_FILE_MAX            MIB(24) /* bytes that go with a job, or come back with its answer */
#define QUEUE_LENGTH            4096    /* connections the kernel holds for a worker */
#define UNSENT_BYTES \
    (128 * 1024) /* the kernel keeps no more of an answer for a client that does not read */

/* A process that crashed is started again after this long, doubling, anew after it lived a while. */
#define WAIT_LEAST_MS 100
#define WAIT_MOST_MS  5000
#define LIVED_MS      10000

/* Memory. */
#define REQUEST_ARENA_MAX MIB(64)
#define IMPORT_ARENA_MAX  MIB(512)
#define LIFE_ARENA_MAX    MIB(64)
#define ARENA_KEPT_MAX    MIB(1) /* of an emptied arena, for its next piece of work */
#define BLOCK_BYTES \
    KIB(256) /* larger blocks go back to the machine when they are freed, not into the heap */
#define SOURCE_SLOTS    1024 /* sources a process remembers: half of this power of two */
#define SOURCE_BYTES    MIB(16)
#define CACHE_BYTES     MIB(8) /* rendered pages, per worker */
#define CACHE_PAGES_MAX 2048
#define PAGE_BYTES_MAX  MIB(4)

/* Files read by import. */
#define IMPORT_FILE_MAX MIB(256)
#define CSV_COLUMNS_MAX 24
#define CSV_CELL_MAX    KIB(64) /* a whole text; other cells are far shorter */
#define TEXT_FILE_MAX   KIB(60)
#define TEXT_FILES_MAX  4096
#define TEXT_SHOWN_MAX  MIB(1)  /* a text that grows past this is shown as it was written */
#define TEXT_BODY_MAX   KIB(56) /* of a text written here: with its head it still fits a file */
#define TEXT_THINGS_MAX \
    400 /* links, pictures and headings of a text that its writer is told about */
#define TEXT_URL_MAX         KIB(1) /* a link in a text that is longer leads nowhere */
#define TEXT_FIGURES_MAX     40     /* pictures and films in a text; each is looked up */
#define TABLE_WIDE_MAX       64     /* bars in a line; the Markdown library is slow with more ... */
#define TABLE_CELLS_MAX      20000  /* ... and fills every row of a text's tables to the widest */
#define CELL_TEXT_MAX        KIB(8)
#define URL_TEXT_MAX         KIB(2) /* bytes of an address in a table */
#define CSV_ROWS_MAX         2000000
#define STUDY_TABLE_MAX      KIB(16) /* of lists: 255 histories of 8 lists are 5 KB */
#define SAYING_MAX           KIB(16) /* one sentence with its values */
#define STUDY_LINE_MAX       300     /* bytes of a title, a place */
#define STUDY_WORDS_MAX      1200    /* bytes of a definition, a remark */
#define STUDY_NAME_MAX       160     /* bytes of what a list is called in public */
#define STUDY_BOOTSTRAP_GOOD 10000   /* resamples a number that is published is made with */
#define STUDY_BOOTSTRAP_MAX  100000  /* resamples one run may ask for */
#define STUDY_RESULT_MAX     MIB(1)  /* what the methods said, as JSON */
#define RECORDS_BUFFER       MIB(1)  /* of a table read as a stream; one row is at most this long */
#define RECORD_MAX           RECORDS_BUFFER
#define CLOCK_DOUBT_MS \
    86400000 /* a clock this far behind the last import is wrong, or the import's was */
#define COMPLAINTS_MAX     20      /* said of one file; the rest is counted */
#define TABLES_ASKED_BYTES MIB(32) /* files of past days, of all kinds together */

#define FEED_ITEMS_MAX      50
#define FEED_BYTES_MAX      MIB(1)    /* an item is begun below this */
#define SITEMAP_NAMED_BYTES KIB(1536) /* above this a page no longer names its other languages */

/* Pictures of pages, kept as files: about 15 KB each, as many as all pages in six languages have. */
#define PICTURES_KEPT_MAX 6000
#define PICTURE_BYTES_MAX BODY_MAX
#define PICTURE_WORDS_MAX 300 /* bytes of a title; what does not fit ends in an ellipsis */

/* Sheets drawn to be printed, worn and sent on. */
#define SHEET_BYTES_MAX MIB(4)
#define WEAR_WORDS_MAX  120 /* letters of somebody's own on a poster */
#define WEAR_PLACE_MAX  60  /* letters of a city or an organisation */
#define WEAR_MARKS_MAX  4 /* combining marks on one letter; more of them climb out of their line */
#define WEAR_KEY_DAYS   2 /* an address that holds words of the public works today and tomorrow */

/* Kits: what one holds, and how many are kept as files, at about 250 KB each. */
#define KIT_ITEMS_MAX    40 /* points of a list */
#define KIT_PICTURES_MAX 12
#define KIT_TEXTS_MAX    8
#define KIT_FILES_MAX    256
#define KIT_BYTES_MAX    MIB(64)
#define KITS_KEPT_MAX    64

/* Photographs and drawings somebody sends. */
#define PHOTO_PIXELS_MAX   60000000
#define PHOTO_SIDE_MAX     30000
#define PHOTO_SIDE_LEAST   64
#define PHOTO_WIDE_MAX     2560 /* of the largest that is kept */
#define PHOTO_HIGH_MAX     5120
#define PHOTO_PNG_WIDE_MAX 1280
#define PHOTO_SECONDS      20 /* that one may take to be decoded and written anew */
#define PHOTO_CPU_SECONDS  15 /* of which the processor works */
#define PHOTO_MEMORY_MAX \
    MIB(900) /* addresses of the process that does it, the program itself among them */

/* Search. */
#define SEARCH_QUESTION_MAX KIB(1) /* more than anyone types */
#define SEARCH_WORDS_MAX    12
#define SEARCH_BODY_MAX     KIB(16) /* of a document that are indexed */
#define SEARCH_LOOKED_MAX   KIB(4)  /* of those in which a passage is looked for */
#define SEARCH_EACH         4       /* results of a part beside others */
#define SEARCH_PAGE         20      /* of one part alone */
#define SEARCH_ARENA_MAX    MIB(512)

/* Signed-in work. */
#define WITHIN_MAX      8                /* organisations in which one person has roles */
#define WAITING_MAX     64               /* kinds of things that can wait for somebody */
#define TOKEN_MS        (12 * 3600000LL) /* a form may lie open this long */
#define SESSION_MS      (12 * 3600000LL) /* from signing in to its end, whatever happens */
#define SESSION_IDLE_MS (2 * 3600000LL)  /* without a request */
#define SESSION_SEEN_MS (5 * 60000LL)    /* noted this coarsely */

#define ROUTES_MAX 512 /* our own; a check on ourselves */

/* Sealed words, keys and backups. */
#define SEAL_WORDS_MAX     KIB(256) /* bytes in one sealed value */
#define SEAL_KEYS_OPEN     64       /* keys held in memory; the oldest makes room */
#define SEAL_KEYS_MAX      4096     /* key files looked at by a sweep */
#define BACKUP_ARENA_MAX   MIB(256)
#define MANIFEST_MAX       MIB(1)
#define MANIFEST_STEPS_MAX 1024
#define MANIFEST_FILES_MAX 1024

/* Signing in. */
#define PASSWORD_LEAST         12 /* characters; NIST SP 800-63B asks for 8 beside a second factor */
#define PASSWORD_BYTES_MAX     256
#define PASSWORD_MEMORY        MIB(19) /* argon2id, with the passes below 20 ms (OWASP) */
#define PASSWORD_PASSES        2
#define PASSWORD_HASH_MAX      128     /* as kept */
#define CREDENTIAL_ID_MAX      1023    /* WebAuthn's own limit */
#define CLIENT_DATA_MAX        KIB(4)  /* a browser writes 200 bytes, and may add to them */
#define ATTESTATION_MAX        KIB(16) /* with the certificates of a TPM about 6 KB */
#define AUTHENTICATOR_DATA_MAX KIB(4)
#define WEBAUTHN_SIGNATURE_MAX 512 /* RSA with 4096 bits */
#define CBOR_DEPTH_MAX         8
#define JSON_DEPTH_MAX         8
#define TRAIL_CODE_MAX         40 /* letters of a code in the trail */
/* Mail. */
#define ADDRESS_MAX            254 /* bytes; RFC 5321 gives a path 256 with its brackets */
#define ADDRESS_LOCAL_MAX      64  /* before the @ */
#define MAIL_PARAGRAPHS_MAX    16
#define MAIL_ARGUMENT_MAX      200     /* bytes of a name, a day, a number put into a phrase */
#define MAIL_LINK_MAX          KIB(1)  /* bytes of the button's address */
#define MAIL_WORDS_MAX         KIB(16) /* of one mail, before it is made ready for the wire */
#define MAIL_BYTES_MAX         MIB(1)  /* of one mail on the wire */
#define MAIL_LOGIN_MAX         KIB(1)  /* bytes of the file with user and password */
#define MAIL_SILENT_SECONDS    120     /* a mail server may think this long about a command ... */
#define MAIL_TAKEN_SECONDS \
    600 /* ... and this long about a whole mail: who gives up earlier sends it twice (RFC 5321 4.5.3.2.6) */
#define BOUNCE_BYTES_MAX MIB(1) /* of a report that a mail did not arrive */
#define BOUNCE_LINES_MAX 20000
#define BOUNCE_LINE_MAX  KIB(4)
#define BOUNCE_PARTS_MAX 8

/* The fediverse. What strangers' servers send and say. */
#define FEDI_HEADER_MAX        KIB(4) /* bytes of one header that is read */
#define FEDI_BASE_MAX          KIB(32)
#define FEDI_FIELD_MEMBERS_MAX 8 /* of a structured field */
#define FEDI_FIELD_PARAMS_MAX  8
#define FEDI_COMPONENTS_MAX    24 /* that a signature covers */
#define FEDI_PEM_MAX           KIB(8)
#define FEDI_SIGNED_BEFORE_SECONDS \
    (12 * 3600)                          /* a signature may be so old: queues elsewhere wait */
#define FEDI_SIGNED_AFTER_SECONDS 3600   /* or so far ahead of our clock */
#define FEDI_URL_MAX              KIB(1) /* bytes of an address of an actor, an inbox, a key */
#define FEDI_HOST_MAX             253
#define FEDI_INBOX_ROWS           2000     /* that wait at once, of everybody */
#define FEDI_INBOX_HOST_ROWS      60       /* taken from one host in an hour */
#define FEDI_INBOX_HOUR_ROWS      6000     /* of each kind from all: its row stays for a day */
#define FEDI_ACTOR_BYTES          KIB(256) /* an actor's document; Mastodon's are 4 KB */
#define FEDI_FOLLOWERS_MAX        50000
#define FEDI_SHOWN_LEAST          10 /* followers are counted in public from here on */
#define FEDI_OUTBOX_PAGE          20
#define FEDI_AT_ONCE              32  /* transfers that began a moment ago ... */
#define FEDI_AT_ONCE_MOST         128 /* ... and with those that are slow */

/* Linkage of lists. */
#define LINK_SCHEMA_MAX     MIB(1) /* bytes of a linkage schema */
#define LINK_BITS_MAX       65536 /* of a filter before folding; blakeHash's positions have 16 bits */
#define LINK_VALUES_MAX     100000 /* of an enum */
#define LINK_DAY_FORMAT_MAX 40     /* letters: its readings are tried one after the other */
#define LINK_GRAM_MAX       16     /* characters of an n-gram */
#define LINK_TOKEN_BITS_MAX 65536  /* that one token or one feature sets */
#define LINK_WHOLE_MAX      9007199254740992LL /* of a number that is compared: 2^53 */
#define LINK_SECRET_LEAST   16                 /* bytes; fewer can be tried out */
#define LINK_SECRET_MAX     KIB(4)
#define LINK_VALUE_MAX      KIB(4)    /* bytes of a value that is encoded */
#define LINK_COLUMNS_MAX    1000      /* of a list of people */
#define LINK_ROW_BYTES      MIB(64)   /* that one record takes while it is encoded */
#define LINK_MARK_MAX       KIB(64)   /* bytes of what a file of encodings says of itself */
#define LINK_DEPTH_MAX      16        /* of members in such a file that are passed over */
#define LINK_ROWS_MAX       100000000 /* encodings in one file */
#define LINK_MEMORY_MAX \
    MIB(65536) /* addresses that encodings and their pairs may take; only what is used is touched */
#define LINK_PAIRS_MAX   500000000 /* that resemble each other, at most; 16 bytes each, twice */
#define LINK_PAIRS_USUAL 50000000
#define LINK_OPTIMAL_WORK_MAX \
    20000000000u            /* pairs looked at for the best assignment: some minutes */
#define LINK_MARKS_MAX 1000 /* different values by which links are judged */
#define LINK_GROUP_MAX \
    2000 /* records of one person when links are judged: its pairs are looked at */
#define LINK_SWEEP_MAX         100 /* thresholds tried one after the other */
#define LINK_RESAMPLES_MAX     100000
#define LINK_CACHE_SLOTS       65536   /* tokens whose bits are remembered, a power of two */
#define LINK_CACHE_BYTES       MIB(48) /* of their bits; emptied when full */
/* Publication (src/publish): what a command may hold before it refuses in words. */
#define PUBLISH_ARENA_MAX      MIB(4096)
#define PUBLISH_COLUMNS_MAX    256
#define PUBLISH_ROWS_MAX       5000000
#define PUBLISH_CELLS_MAX      200000000 /* rows times columns; two bytes each, twice while reading */
#define PUBLISH_ATTRIBUTES_MAX 8192      /* a column with one value; places are kept in 16 bits */
#define PUBLISH_VALUE_MAX      256       /* bytes of a value; longer ones are no categories */
#define PUBLISH_BITMAPS_MAX    MIB(1024) /* one bit an attribute and a row */
#define PUBLISH_LENGTH_MAX     5         /* attributes of a combination */
#define PUBLISH_COMBOS_MAX     20000000  /* combinations counted; sixteen bytes each */
#define PUBLISH_TABLE_MAX      MIB(1024) /* a file of combinations that is read back */
#define WINDOW_COLUMNS_MAX     12        /* of a cross table that is looked at as one */
#define WINDOW_CELLS_MAX       32768
#define WINDOW_CODES_MAX       600000 /* its cells and sums */
#define WINDOW_ROWS_MAX        4096 /* published sums of one window; eight bytes for each pair of them */
#define CROSS_CELLS_MAX        2500 /* of the cross table of all columns, to be looked at as one */
#define CROSS_ROWS_MAX         1200 /* its published sums */
#define LEDGER_FILE_MAX        MIB(8) /* a privacy budget; a release is about 400 bytes */
#define LEDGER_WORDS_MAX       1000   /* bytes of who and what for */
#define SCHEMA_FILE_MAX        MIB(4)
#define RELEASE_CELLS_MAX      20000000 /* declared pairs or threes that are counted with noise */
#define RELEASE_TABLE_MAX      4000000  /* cells of one table of three columns that is inferred */
#define DISCLOSE_ROWS_MAX      10000    /* records of each kind that are compared with each other */
#define DISCLOSE_LOOKED_MAX    1000     /* people of whom a column is guessed */
#define DOCUMENT_MAX           MIB(2) /* of a report as a file of its own, without its style sheet */

/* Transactions. */
#define AGAIN_MAX   12   /* how often a page runs again because someone was quicker */
#define BUSY_MS     3000 /* SQLite waits this long for another writer */
#define PG_RETRY_MS 250  /* between two tries to reach a server that is away */
#define SAME_LINE_MS \
    1000 /* the same breakage is logged once in this time: an outage must not fill a disk */
#define PG_TRUST_MS 100 /* a node on PostgreSQL trusts its generations this long */

/* Estimates from lists. */
#define TABLE_COLUMNS_MAX    64      /* looked at before a table is refused for having too many */
#define TABLE_ROWS_MAX       1000000 /* rows of one table; 255 would do */
#define LIST_NAME_MAX        64      /* bytes */
#define PEOPLE_MAX           1000000000.0
#define PAIRS_MAX            28     /* of 8 lists */
#define RESAMPLES_MAX        200000 /* of one bootstrap */
#define RESAMPLE_COLUMNS_MAX 320    /* 255 histories and what else the file says */
#define LEVELS_MAX           8      /* intervals of one estimate */
#define MODELS_MAX           40000  /* ranked at once; pairs of 6 lists make 32,768 */
#define NTOP_MAX             10000  /* models a bootstrap chooses among */
#define RUNGS_MAX            16     /* values of ntop that are reported */
#define ESTIMATE_ARENA_MAX   MIB(1024)
#define ESTIMATE_OUT_MAX     MIB(16)

#endif
