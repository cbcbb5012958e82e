#ifndef CRDKAFKA_H
#define CRDKAFKA_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

/*
 * Swift cannot call variadic functions or use the macros that build their arguments.
 *
 * Hands a copy of one record to a producer. A NULL key or value is none, which differs from an
 * empty one. `headers` may be NULL; on success they belong to librdkafka, on failure to the caller.
 * A timestamp of 0 is now.
 */
static inline rd_kafka_resp_err_t crdkafka_produce(
    rd_kafka_t *client, const char *topic, int32_t partition, const void *key, size_t key_length,
    const void *value, size_t value_length, rd_kafka_headers_t *headers, int64_t timestamp) {
    if (headers == NULL)
        return rd_kafka_producev(
            client, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, key_length),
            RD_KAFKA_V_VALUE((void *)value, value_length), RD_KAFKA_V_TIMESTAMP(timestamp), RD_KAFKA_V_END);
    return rd_kafka_producev(
        client, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, key_length),
        RD_KAFKA_V_VALUE((void *)value, value_length), RD_KAFKA_V_TIMESTAMP(timestamp),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
}

/* Pushes the same error `count` times onto a mock cluster's stack for one request type (a variadic). */
static inline void crdkafka_mock_push_errors(
    rd_kafka_mock_cluster_t *cluster, int16_t api_key, rd_kafka_resp_err_t error, int count) {
    for (int i = 0; i < count; i++) rd_kafka_mock_push_request_errors_array(cluster, api_key, 1, &error);
}

#endif
