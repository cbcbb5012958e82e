#ifndef GONGBAO_CXML2_H
#define GONGBAO_CXML2_H
#include <libxml/xmlversion.h>
/* ICU's headers would be seen beside those of Foundation's own ICU, which Swift refuses; nothing here needs them. */
#undef LIBXML_ICU_ENABLED
#include <libxml/xmlreader.h>
#include <libxml/parser.h>
#endif
