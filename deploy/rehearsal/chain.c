/* The least that a worker between two topics does: consume, transact, produce, commit the offsets in the
 * transaction; as fast as librdkafka lets it, with transactions of so many records.
 *   chain HOST:PORT GROUP FROM TO RECORDS-A-TRANSACTION     reads FROM to its end as it is on start */
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static void die(const char *what, rd_kafka_error_t *error) {
    fprintf(stderr, "chain: %s: %s\n", what, error ? rd_kafka_error_string(error) : "failed");
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static rd_kafka_t *client(rd_kafka_type_t type, const char **settings) {
    char text[512];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (; *settings; settings += 2)
        if (rd_kafka_conf_set(conf, settings[0], settings[1], text, sizeof text)) die(text, NULL);
    rd_kafka_t *made = rd_kafka_new(type, conf, text, sizeof text);
    if (!made) die(text, NULL);
    return made;
}

int main(int argc, char **argv) {
    if (argc != 6) die("usage: chain HOST:PORT GROUP FROM TO RECORDS", NULL);
    const char *from = argv[3], *to = argv[4];
    int most = atoi(argv[5]);
    const char *reads[] = {"bootstrap.servers", argv[1], "group.id", argv[2], "auto.offset.reset", "earliest",
                           "enable.auto.commit", "false", "isolation.level", "read_committed",
                           "enable.partition.eof", "true", NULL};
    const char *writes[] = {"bootstrap.servers", argv[1], "transactional.id", argv[2], "compression.codec", "lz4", NULL};
    double start = now();
    rd_kafka_t *in = client(RD_KAFKA_CONSUMER, reads), *out = client(RD_KAFKA_PRODUCER, writes);
    rd_kafka_error_t *error = rd_kafka_init_transactions(out, 30000);
    if (error) die("init", error);
    rd_kafka_poll_set_consumer(in);
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, from, RD_KAFKA_PARTITION_UA);
    rd_kafka_subscribe(in, topics);
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(in);
    rd_kafka_message_t **batch = malloc(sizeof *batch * most);
    long total = 0;
    int ended = 0, partitions = -1;
    while (partitions < 0 || ended < partitions) {
        int count = 0;
        ssize_t got = rd_kafka_consume_batch_queue(queue, 500, batch, most);
        rd_kafka_topic_partition_list_t *next = rd_kafka_topic_partition_list_new(16);
        for (ssize_t i = 0; i < got; i++) {
            rd_kafka_message_t *m = batch[i];
            if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
                rd_kafka_topic_partition_list_t *given = NULL;
                rd_kafka_assignment(in, &given);
                partitions = given->cnt;
                rd_kafka_topic_partition_list_destroy(given);
                ended++;
            } else if (!m->err) {
                if (!count++ && (error = rd_kafka_begin_transaction(out))) die("begin", error);
                while (rd_kafka_producev(out, RD_KAFKA_V_TOPIC(to), RD_KAFKA_V_KEY(m->key, m->key_len),
                                         RD_KAFKA_V_VALUE(m->payload, m->len),
                                         RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END))
                    rd_kafka_poll(out, 10);
                rd_kafka_topic_partition_t *place = rd_kafka_topic_partition_list_find(
                    next, rd_kafka_topic_name(m->rkt), m->partition);
                if (!place) place = rd_kafka_topic_partition_list_add(next, rd_kafka_topic_name(m->rkt), m->partition);
                place->offset = m->offset + 1;
            }
            rd_kafka_message_destroy(m);
        }
        if (count) {
            rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(in);
            if ((error = rd_kafka_send_offsets_to_transaction(out, next, group, 30000))) die("offsets", error);
            if ((error = rd_kafka_commit_transaction(out, 30000))) die("commit", error);
            rd_kafka_consumer_group_metadata_destroy(group);
            total += count;
        }
        rd_kafka_topic_partition_list_destroy(next);
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%ld records in %.3f s\n", total, now() - start);
    rd_kafka_queue_destroy(queue);
    rd_kafka_consumer_close(in);
    rd_kafka_destroy(out);
    return 0;
}
