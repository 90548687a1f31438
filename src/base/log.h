/* base/log.h - what whoever hosts us reads: one line an event, on standard error.
 *
 * A line holds words of ours, route names, request numbers and ids of staff. There is no way to hand it a
 * `personal`; never hand it a name, an address, a field, a query string or a header.
 * Needs: clock.    Never: personal data. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_BAD, LOG_NOTE, LOG_FINE };

void log_to(const char *path); /* append to this file from now on; NULL is standard error */
void log_reopen(void);         /* after SIGHUP: the file may have been rotated */
void log_quieter(enum log_level most);
void log_name(const char *process); /* "front 1", "vault": stands in each line */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
