#ifndef GONGBAO_CARCHIVE_H
#define GONGBAO_CARCHIVE_H
#include <archive.h>
#include <archive_entry.h>
#endif
