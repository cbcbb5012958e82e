#ifndef CPOSTGRES_H
#define CPOSTGRES_H

#include <libpq-fe.h>

/* Notices ("relation exists, skipping") would go to standard error, past the log of messages. */
static inline void cpostgres_ignore(void *context, const PGresult *notice) {
    (void)context;
    (void)notice;
}

static inline void cpostgres_silence(PGconn *connection) {
    PQsetNoticeReceiver(connection, cpostgres_ignore, NULL);
}

/* Swift does not take character constants of macros for certain; these are the two fields in use. */
static inline const char *cpostgres_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *cpostgres_primary(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

#endif
