// A thread for each core but one, to help whoever calls.
//
// Waking a thread takes about as long as multiplying a row by a matrix. So a worker looks out for
// the next call for a little while before it sleeps: when a model writes, that call comes soon.

#include "CKernels.h"

#if defined(__wasm__)

// One thread: whoever calls does all parts.
void explain_in_parallel(size_t parts, void *context, explain_part *body) {
  for (size_t part = 0; part < parts; part++) body(part, context);
}

#else

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

enum { most_workers = 63, looks_before_sleep = 4000, looks_before_yield = 2000 };

// How many workers are at a call, whether others may still join it, and the call's number.
enum : uint64_t { one_worker = 1, open_call = 1 << 8, one_call = 1 << 9, workers_mask = 0xff };

static _Atomic uint64_t state;
// What the call is about. Only changes while no worker is at a call.
static struct {
  size_t parts;
  void *context;
  explain_part *body;
} call;
static _Atomic size_t next_part;

static atomic_flag taken = ATOMIC_FLAG_INIT;
static _Atomic int sleepers;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t called = PTHREAD_COND_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static size_t worker_count;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void do_parts(void) {
  for (size_t part; (part = atomic_fetch_add(&next_part, 1)) < call.parts;)
    call.body(part, call.context);
}

static _Bool is_new(uint64_t now, uint64_t last) {
  return (now & open_call) != 0 && now / one_call != last;
}

// Waits for a call other than the last one.
static void wait_for_call(uint64_t last) {
  for (int look = 0; look < looks_before_sleep; look++) {
    if (is_new(atomic_load(&state), last)) return;
    pause_briefly();
  }
  pthread_mutex_lock(&mutex);
  atomic_fetch_add(&sleepers, 1);
  while (!is_new(atomic_load(&state), last)) pthread_cond_wait(&called, &mutex);
  atomic_fetch_sub(&sleepers, 1);
  pthread_mutex_unlock(&mutex);
}

static void *work(void *nothing) {
  for (uint64_t last = 0;;) {
    wait_for_call(last);
    uint64_t now = atomic_load(&state);
    while (is_new(now, last)) {
      if (!atomic_compare_exchange_weak(&state, &now, now + one_worker)) continue;
      last = now / one_call;
      do_parts();
      atomic_fetch_sub(&state, one_worker);
      break;
    }
  }
  return nothing;
}

static void hire(void) {
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  for (long i = 1; i < cores && worker_count < most_workers; i++) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, work, NULL) == 0) worker_count++;
  }
  pthread_attr_destroy(&attributes);
}

void explain_in_parallel(size_t parts, void *context, explain_part *body) {
  pthread_once(&once, hire);
  if (parts < 2 || worker_count == 0 || atomic_flag_test_and_set(&taken)) {
    for (size_t part = 0; part < parts; part++) body(part, context);
    return;
  }
  call.parts = parts;
  call.context = context;
  call.body = body;
  atomic_store(&next_part, 0);
  atomic_store(&state, (atomic_load(&state) / one_call + 1) * one_call | open_call);
  if (atomic_load(&sleepers) > 0) {
    pthread_mutex_lock(&mutex);
    pthread_cond_broadcast(&called);
    pthread_mutex_unlock(&mutex);
  }
  do_parts();
  // Nobody joins any more; those who did finish their part.
  atomic_fetch_and(&state, ~(uint64_t)open_call);
  for (int look = 0; (atomic_load(&state) & workers_mask) != 0; look++) {
    if (look < looks_before_yield) pause_briefly();
    else sched_yield();
  }
  atomic_flag_clear(&taken);
}

#endif
