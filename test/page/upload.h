/* test/page/upload.h - forms with files in page tests: `file=@photo` sends a picture made on the spot, and the work that
 * another process does with it is done here.
 *
 * Needs: web, codec.    Never: used outside tests. */
#ifndef TEST_PAGE_UPLOAD_H
#define TEST_PAGE_UPLOAD_H

#include "web/door.h"

#define UPLOAD_TYPE "multipart/form-data; boundary=page-test"

/* A form as as_form made it, in parts; files are @photo (800 x 600), @portrait, @see-through, @film (moves), @print
 * (CMYK), @svg, @half (ends too early). */
str upload_form(struct arena *a, str form);

/* What the job would have said and written; the descriptor is the caller's. */
str upload_work(struct arena *a, int file, int *written);

#endif
