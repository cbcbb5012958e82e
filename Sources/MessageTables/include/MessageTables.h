#ifndef MESSAGE_TABLES_H
#define MESSAGE_TABLES_H

#include <stddef.h>

/// A file that is part of the program.
struct message_table {
    /// Its name without the ending, such as `portal` or `zh/first-hour`.
    const char *name;
    /// Its bytes, UTF-8.
    const unsigned char *bytes;
    /// How many there are.
    size_t count;
};

/// The tables of messages, each an area: lines of key, Chinese and English.
extern const struct message_table *message_tables(size_t *count);

/// The pages of the guide in Markdown, named `zh/first-hour` and the like, in their order.
extern const struct message_table *guide_pages(size_t *count);

#endif
