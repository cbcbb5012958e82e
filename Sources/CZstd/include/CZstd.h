#ifndef CZSTD_H
#define CZSTD_H

#include <zstd.h>

/* The macro's value is a computed constant that Swift does not import. */
static const unsigned long long czstd_content_size_unknown = ZSTD_CONTENTSIZE_UNKNOWN;
static const unsigned long long czstd_content_size_error = ZSTD_CONTENTSIZE_ERROR;

#endif
