/* test/page/package.h - a package a test can read. Stands in for web/door_package.c. */
#ifndef TEST_PAGE_PACKAGE_H
#define TEST_PAGE_PACKAGE_H

#include "web/door.h"

/* What a request's source is here: its headers. */
struct test_headers {
    struct door_header header[16];
    size_t n;
};

struct shown_package {
    int status;
    struct door_header header[24];
    size_t headers_n;
    str body;
};

const struct shown_package *package_shown(const struct door_package *p);

#endif
