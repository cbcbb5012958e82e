#ifndef GONGBAO_CXML2_H
#define GONGBAO_CXML2_H
#include <libxml/xmlreader.h>
#include <libxml/parser.h>
#endif
