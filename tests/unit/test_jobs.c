// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "service/jobs.h"
#include <pthread.h>
#include <unistd.h>

/* A job that waits until it is let go, and counts. */
struct work {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool go, started;
    int runs, frees, betweens;
    enum err outcome;
};

static enum err run(void *context, struct context *worker, struct job *job, struct buf *report) {
    struct work *work = context;
    assert_ptr_equal(worker, work);
    enum err err = job_tell(job, 1, 3);
    pthread_mutex_lock(&work->mutex);
    work->started = true;
    work->runs++;
    pthread_cond_broadcast(&work->changed);
    while (!work->go && !err) {
        pthread_mutex_unlock(&work->mutex);
        usleep(1000);
        err = job_tell(job, 2, 3);
        pthread_mutex_lock(&work->mutex);
    }
    pthread_mutex_unlock(&work->mutex);
    buf_str(report, "{\"importable\":1}");
    return err ? err : work->outcome;
}

static void free_work(void *context) {
    struct work *work = context;
    pthread_mutex_lock(&work->mutex);
    work->frees++;
    pthread_mutex_unlock(&work->mutex);
}

static enum err worker_open(void *owner, void **context) {
    *context = owner;
    return ERR_OK;
}

static void between(void *owner, void *context) {
    struct work *work = owner;
    assert_ptr_equal(context, work);
    pthread_mutex_lock(&work->mutex);
    work->betweens++;
    pthread_mutex_unlock(&work->mutex);
}

static void worker_close(void *owner, void *context) {
    (void)owner;
    (void)context;
}

static struct jobs *start(struct work *work) {
    struct jobs *jobs;
    *work = (struct work){0};
    pthread_mutex_init(&work->mutex, NULL);
    pthread_cond_init(&work->changed, NULL);
    const struct jobs_hooks hooks = {
        .owner = work, .worker_open = worker_open, .worker_close = worker_close, .between = between};
    assert_int_equal(jobs_start(&hooks, &jobs), ERR_OK);
    return jobs;
}

static enum err submit(struct jobs *jobs, struct work *work, char word[SECRET_TOKEN_TEXT_SIZE]) {
    const struct job_order order = {
        .project_id = 7, .kind = "check", .run = run, .work = work, .free_work = free_work};
    return jobs_submit(jobs, &order, word);
}

static void wait_for_start(struct work *work) {
    pthread_mutex_lock(&work->mutex);
    while (!work->started)
        pthread_cond_wait(&work->changed, &work->mutex);
    pthread_mutex_unlock(&work->mutex);
}

static void let_go(struct work *work) {
    pthread_mutex_lock(&work->mutex);
    work->go = true;
    pthread_mutex_unlock(&work->mutex);
}

static struct job_view wait_for_end(struct jobs *jobs, const char *word, struct arena *arena) {
    struct job_view view;
    do {
        usleep(1000);
        assert_int_equal(jobs_find(jobs, word, arena, &view), ERR_OK);
    } while (view.state == JOB_RUNNING);
    return view;
}

static int betweens(struct work *work) {
    pthread_mutex_lock(&work->mutex);
    int count = work->betweens;
    pthread_mutex_unlock(&work->mutex);
    return count;
}

static void wait_for_betweens(struct work *work, int count) {
    while (betweens(work) < count)
        usleep(1000);
}

static void what_is_done_between_jobs_comes_at_the_start_after_each_and_every_second(void **state) {
    (void)state;
    struct work work;
    struct arena arena;
    char word[SECRET_TOKEN_TEXT_SIZE];
    struct jobs *jobs = start(&work);
    arena_init(&arena);
    wait_for_betweens(&work, 2); // without any job
    assert_int_equal(submit(jobs, &work, word), ERR_OK);
    wait_for_start(&work);
    const int so_far = betweens(&work);
    usleep(1100 * 1000);
    assert_int_equal(betweens(&work), so_far); // not while it runs
    let_go(&work);
    wait_for_end(jobs, word, &arena);
    wait_for_betweens(&work, so_far + 1);
    jobs_free(jobs);
    arena_fini(&arena);
}

static void progress_and_report_are_there_for_whoever_has_the_word(void **state) {
    (void)state;
    struct work work;
    struct arena arena;
    struct job_view view;
    char word[SECRET_TOKEN_TEXT_SIZE];
    struct jobs *jobs = start(&work);
    arena_init(&arena);
    assert_int_equal(submit(jobs, &work, word), ERR_OK);
    wait_for_start(&work);
    assert_int_equal(jobs_find(jobs, word, &arena, &view), ERR_OK);
    assert_int_equal(view.state, JOB_RUNNING);
    assert_int_equal(view.total, 3);
    assert_null(view.report);
    let_go(&work);
    view = wait_for_end(jobs, word, &arena);
    assert_int_equal(view.state, JOB_DONE);
    assert_int_equal(view.project_id, 7);
    assert_string_equal(view.report, "{\"importable\":1}");
    assert_int_equal(jobs_find(jobs, "another word", &arena, &view), ERR_NOT_FOUND);
    jobs_free(jobs);
    assert_int_equal(work.frees, 1);
    arena_fini(&arena);
}

static void a_failed_job_keeps_its_report(void **state) {
    (void)state;
    struct work work;
    struct arena arena;
    char word[SECRET_TOKEN_TEXT_SIZE];
    struct jobs *jobs = start(&work);
    arena_init(&arena);
    work.outcome = ERR_BAD_ROWS;
    work.go = true;
    assert_int_equal(submit(jobs, &work, word), ERR_OK);
    struct job_view view = wait_for_end(jobs, word, &arena);
    assert_int_equal(view.state, JOB_FAILED);
    assert_non_null(view.report);
    jobs_free(jobs);
    arena_fini(&arena);
}

static void a_full_queue_is_busy_and_nothing_leaks_when_it_stops(void **state) {
    (void)state;
    struct work work;
    char word[SECRET_TOKEN_TEXT_SIZE];
    struct jobs *jobs = start(&work);
    int taken = 0;
    while (taken <= JOBS_MAX && submit(jobs, &work, word) == ERR_OK)
        taken++;
    assert_int_equal(taken, JOBS_MAX);
    wait_for_start(&work);
    jobs_stop(jobs); // the one under way gives up, the others are never run
    assert_int_equal(work.runs, 1);
    assert_int_equal(submit(jobs, &work, word), ERR_BUSY);
    jobs_free(jobs);
    assert_int_equal(work.frees, JOBS_MAX + 2);
}

static void whoever_asks_for_a_projects_work_hears_while_it_waits_or_runs(void **state) {
    (void)state;
    static const char *const kinds[] = {"other", "check", NULL}, *const others[] = {"other", NULL};
    struct work work;
    struct arena arena;
    char word[SECRET_TOKEN_TEXT_SIZE], found[SECRET_TOKEN_TEXT_SIZE];
    struct jobs *jobs = start(&work);
    arena_init(&arena);
    assert_int_equal(jobs_under_way(jobs, 7, kinds, found), ERR_NOT_FOUND);
    assert_int_equal(submit(jobs, &work, word), ERR_OK);
    assert_int_equal(jobs_under_way(jobs, 7, kinds, found), ERR_OK);
    assert_string_equal(found, word);
    assert_int_equal(jobs_under_way(jobs, 7, others, found), ERR_NOT_FOUND);
    assert_int_equal(jobs_under_way(jobs, 8, kinds, found), ERR_NOT_FOUND);
    wait_for_start(&work);
    assert_int_equal(jobs_under_way(jobs, 7, kinds, found), ERR_OK);
    let_go(&work);
    wait_for_end(jobs, word, &arena);
    assert_int_equal(jobs_under_way(jobs, 7, kinds, found), ERR_NOT_FOUND);
    jobs_free(jobs);
    arena_fini(&arena);
}

static int init(void **state) {
    (void)state;
    return secret_init();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_between_jobs_comes_at_the_start_after_each_and_every_second),
        cmocka_unit_test(progress_and_report_are_there_for_whoever_has_the_word),
        cmocka_unit_test(a_failed_job_keeps_its_report),
        cmocka_unit_test(whoever_asks_for_a_projects_work_hears_while_it_waits_or_runs),
        cmocka_unit_test(a_full_queue_is_busy_and_nothing_leaks_when_it_stops),
    };
    return cmocka_run_group_tests(tests, init, NULL);
}
