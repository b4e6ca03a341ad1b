// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/writer.h"

#include "sample_store.h"
#include "test.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

/* An operation that adds an account, or does what `kind` says. */
enum kind { ADD, ADD_AND_FAIL, NOTHING, WAIT, LOSE_TRANSACTION };
struct add {
    struct write_op op;
    enum kind kind;
    char name[32];
    sem_t *gate; // WAIT: until it is posted
    atomic_int *done;
    enum err outcome;
};

static enum err add_apply(struct write_op *op, void *context) {
    struct add *add = (struct add *)op;
    struct db *db = context;
    if (add->kind == NOTHING)
        return ERR_OK;
    if (add->kind == WAIT) {
        sem_wait(add->gate);
        return ERR_OK;
    }
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_INSERT);
    db_bind_text(stmt, ":name", add->name);
    db_bind_text(stmt, ":role", "researcher");
    db_bind_null(stmt, ":password_hash");
    db_bind_i64(stmt, ":now_ms", 1);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK && add->kind == LOSE_TRANSACTION)
        db_rollback(db);
    return add->kind == ADD_AND_FAIL ? ERR_STALE : err;
}

static void add_done(struct write_op *op, enum err outcome) {
    struct add *add = (struct add *)op;
    add->outcome = outcome;
    if (add->done)
        atomic_fetch_add(add->done, 1);
}

static struct add make(enum kind kind, const char *name) {
    struct add add = {.op = {.apply = add_apply, .done = add_done}, .kind = kind};
    snprintf(add.name, sizeof add.name, "%s", name);
    return add;
}

static enum err run_one(struct writer *writer, enum kind kind, const char *name) {
    struct add add = make(kind, name);
    return writer_run(writer, &add.op);
}

static struct writer *start(struct sample *s) {
    struct writer *writer = NULL;
    assert_int_equal(writer_start(s->db, s->db, &writer), ERR_OK);
    return writer;
}

static int64_t staff(struct sample *s) { // the writer is not running, or idle
    struct db *reader = sample_reader(s);
    int64_t count = sample_number(reader, "SELECT count(*) FROM staff WHERE name <> 'nadia'");
    db_close(reader);
    return count;
}

/* The writer held up by one operation, so that those behind it become one group. */
struct hold {
    sem_t gate;
    struct add add;
};
static void hold_up(struct writer *writer, struct hold *hold) {
    sem_init(&hold->gate, 0, 0);
    hold->add = make(WAIT, "");
    hold->add.gate = &hold->gate;
    assert_int_equal(writer_submit(writer, &hold->add.op), ERR_OK);
    usleep(20000);
}
static void wait_for(atomic_int *done, int count) {
    for (int i = 0; i < 2000 && atomic_load(done) < count; i++)
        usleep(5000);
    assert_int_equal(atomic_load(done), count);
}

struct client {
    struct writer *writer;
    int number, errors;
};
static void *client_run(void *argument) {
    struct client *client = argument;
    for (int i = 0; i < 100; i++) {
        char name[32];
        snprintf(name, sizeof name, "client %d %d", client->number, i);
        client->errors += run_one(client->writer, ADD, name) != ERR_OK;
    }
    return NULL;
}

static void what_many_threads_write_is_all_there(void **state) {
    struct sample *s = *state;
    struct writer *writer = start(s);
    struct client clients[8];
    pthread_t threads[8];
    for (int i = 0; i < 8; i++) {
        clients[i] = (struct client){.writer = writer, .number = i};
        pthread_create(&threads[i], NULL, client_run, &clients[i]);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(clients[i].errors, 0);
    }
    assert_in_range(writer_generation(writer), 1, 800);
    writer_free(writer);
    assert_int_equal(staff(s), 800);
}

static void one_commit_carries_all_who_wait(void **state) {
    struct sample *s = *state;
    struct writer *writer = start(s);
    struct hold hold;
    struct add adds[100];
    atomic_int done = 0;
    hold_up(writer, &hold);
    for (int i = 0; i < 100; i++) {
        char name[32];
        snprintf(name, sizeof name, "number %d", i);
        adds[i] = make(ADD, name);
        adds[i].done = &done;
        assert_int_equal(writer_submit(writer, &adds[i].op), ERR_OK);
    }
    sem_post(&hold.gate);
    wait_for(&done, 100);
    assert_in_range(writer_generation(writer), 1, 50); // far fewer commits than operations
    writer_free(writer);
    assert_int_equal(staff(s), 100);
}

static void an_error_undoes_its_own_operation_alone(void **state) {
    struct sample *s = *state;
    struct writer *writer = start(s);
    struct hold hold;
    struct add adds[] = {make(ADD, "one"), make(ADD_AND_FAIL, "two"), make(ADD, "one"), make(ADD, "three")};
    static const enum err expected[] = {ERR_OK, ERR_STALE, ERR_CONFLICT, ERR_OK};
    atomic_int done = 0;
    hold_up(writer, &hold);
    for (int i = 0; i < 4; i++) {
        adds[i].done = &done;
        writer_submit(writer, &adds[i].op);
    }
    sem_post(&hold.gate);
    wait_for(&done, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(adds[i].outcome, expected[i]);
    writer_free(writer);
    assert_int_equal(staff(s), 2);
}

static void the_generation_grows_with_changes_alone(void **state) {
    struct sample *s = *state;
    struct writer *writer = start(s);
    uint64_t before = writer_generation(writer);
    assert_int_equal(run_one(writer, NOTHING, ""), ERR_OK);
    assert_int_equal(run_one(writer, ADD_AND_FAIL, "one"), ERR_STALE);
    assert_int_equal(writer_generation(writer), before);
    assert_int_equal(run_one(writer, ADD, "one"), ERR_OK);
    assert_int_equal(writer_generation(writer), before + 1);
    writer_free(writer);
}

static void the_generation_grows_when_another_process_commits(void **state) {
    struct sample *s = *state;
    struct fault fault;
    struct db *beside = NULL;
    assert_int_equal(db_open(s->path, DB_WRITE_BESIDE, &fault, &beside), ERR_OK);
    struct writer *writer = start(s);
    uint64_t before = writer_generation(writer);
    sample_sql(beside, "UPDATE project SET title = 'Other'");
    for (int i = 0; i < 300 && writer_generation(writer) == before; i++)
        usleep(10000);
    assert_int_equal(writer_generation(writer), before + 1);
    db_close(beside);
    writer_free(writer);
}

static void a_failed_commit_is_told_to_all_of_the_group_and_the_next_one_works(void **state) {
    struct sample *s = *state;
    struct rlimit old, limit;
    struct hold hold;
    struct add adds[300];
    atomic_int done = 0;
    assert_int_equal(db_scrub(s->db), ERR_OK); // the log is empty, so that it has to grow
    struct writer *writer = start(s);
    getrlimit(RLIMIT_FSIZE, &old);
    limit = (struct rlimit){.rlim_cur = 8192, .rlim_max = old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    hold_up(writer, &hold);
    for (int i = 0; i < 300; i++) {
        char name[32];
        snprintf(name, sizeof name, "a long name, number %d", i);
        adds[i] = make(ADD, name);
        adds[i].done = &done;
        writer_submit(writer, &adds[i].op);
    }
    setrlimit(RLIMIT_FSIZE, &limit);
    sem_post(&hold.gate);
    wait_for(&done, 300);
    setrlimit(RLIMIT_FSIZE, &old);
    for (int i = 0; i < 300; i++)
        assert_int_equal(adds[i].outcome, ERR_DISK_FULL);
    assert_int_equal(staff(s), 0);
    assert_int_equal(run_one(writer, ADD, "one"), ERR_OK);
    writer_free(writer);
    assert_int_equal(staff(s), 1);
}

static void an_operation_that_loses_the_transaction_fails_those_before_it(void **state) {
    struct sample *s = *state;
    struct writer *writer = start(s);
    struct hold hold;
    struct add adds[] = {make(ADD, "one"), make(LOSE_TRANSACTION, "two")};
    atomic_int done = 0;
    hold_up(writer, &hold);
    for (int i = 0; i < 2; i++) {
        adds[i].done = &done;
        writer_submit(writer, &adds[i].op);
    }
    sem_post(&hold.gate);
    wait_for(&done, 2);
    assert_int_equal(adds[0].outcome, ERR_INTERNAL);
    assert_int_equal(adds[1].outcome, ERR_INTERNAL);
    assert_int_equal(run_one(writer, ADD, "three"), ERR_OK);
    writer_free(writer);
    assert_int_equal(staff(s), 1);
}

static void a_store_that_another_process_holds_is_busy(void **state) {
    struct sample *s = *state;
    struct fault fault;
    struct db *beside = NULL;
    assert_int_equal(db_open(s->path, DB_WRITE_BESIDE, &fault, &beside), ERR_OK);
    struct writer *writer = start(s);
    assert_int_equal(db_begin(beside), ERR_OK);
    assert_int_equal(run_one(writer, ADD, "one"), ERR_BUSY); // after the 5 s it waits for its turn
    db_rollback(beside);
    assert_int_equal(run_one(writer, ADD, "one"), ERR_OK);
    db_close(beside);
    writer_free(writer);
}

static void a_full_queue_is_busy(void **state) {
    struct sample *s = *state;
    struct writer *writer = start(s);
    struct hold hold;
    atomic_int done = 0;
    struct add *adds = calloc(10001, sizeof *adds);
    hold_up(writer, &hold);
    for (int i = 0; i < 10000; i++) {
        adds[i] = make(NOTHING, "");
        adds[i].done = &done;
        assert_int_equal(writer_submit(writer, &adds[i].op), ERR_OK);
    }
    adds[10000] = make(NOTHING, "");
    assert_int_equal(writer_submit(writer, &adds[10000].op), ERR_BUSY);
    sem_post(&hold.gate);
    wait_for(&done, 10000);
    writer_free(writer);
    free(adds);
}

static void stopping_empties_the_queue_and_takes_nothing_more(void **state) {
    struct sample *s = *state;
    struct writer *writer = start(s);
    struct hold hold;
    struct add adds[50];
    hold_up(writer, &hold);
    for (int i = 0; i < 50; i++) {
        char name[32];
        snprintf(name, sizeof name, "number %d", i);
        adds[i] = make(ADD, name);
        assert_int_equal(writer_submit(writer, &adds[i].op), ERR_OK);
    }
    sem_post(&hold.gate);
    writer_stop(writer);
    assert_int_equal(staff(s), 50);
    assert_int_equal(run_one(writer, ADD, "late"), ERR_BUSY);
    writer_free(writer);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)
    const struct CMUnitTest tests[] = {
        CASE(what_many_threads_write_is_all_there),
        CASE(one_commit_carries_all_who_wait),
        CASE(an_error_undoes_its_own_operation_alone),
        CASE(the_generation_grows_with_changes_alone),
        CASE(the_generation_grows_when_another_process_commits),
        CASE(a_failed_commit_is_told_to_all_of_the_group_and_the_next_one_works),
        CASE(an_operation_that_loses_the_transaction_fails_those_before_it),
        CASE(a_store_that_another_process_holds_is_busy),
        CASE(a_full_queue_is_busy),
        CASE(stopping_empties_the_queue_and_takes_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
