#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CSystem.h"

#if defined(__wasm__)

// Nothing is mapped in a page, and nobody reads standard error: the program ends, and its caller says so.
_Noreturn void csystem_out_of_memory(size_t bytes) {
  (void)bytes;
  __builtin_trap();
}

#else

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

// The exit codes of sysexits for a failed input or output, and for a system that has no more to give.
enum { input_output = 74, system_error = 71 };

// MARK: Faults in mapped files

typedef struct {
  _Atomic uintptr_t start; // 0: a free place
  uintptr_t end;
  char name[1024];
} mapping;

// A program maps a few files at once; those beyond the table are not named.
enum { most_mappings = 64 };
static mapping mappings[most_mappings];
static pthread_mutex_t mappings_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t handler_once = PTHREAD_ONCE_INIT;
static atomic_int mapping_count;
static atomic_int ending_signal;
static atomic_int fault_code;

static void complain(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t written = write(STDERR_FILENO, text, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text += written;
    length -= (size_t)written;
  }
}

// Only what POSIX calls async-signal-safe is called from here.
static void on_fault(int number, siginfo_t *info, void *context) {
  (void)context;
  uintptr_t address = (uintptr_t)info->si_addr;
  const char *name = NULL;
  for (int i = 0; i < most_mappings && !name; i++) {
    uintptr_t start = atomic_load(&mappings[i].start);
    if (start && address >= start && address < mappings[i].end) name = mappings[i].name;
  }
  if (!name && atomic_load(&mapping_count) <= most_mappings) {
    // Not ours: the fault happens again, and ends the program as it would have.
    signal(number, SIG_DFL);
    return;
  }
  int none = 0;
  if (atomic_compare_exchange_strong(&fault_code, &none, input_output)) {
    complain("explain: ");
    complain(name ? name : "a file");
    complain(": cannot be read to its end: it became shorter while it was in use, or its disk failed; "
             "try again when it is whole\n");
    int ending = atomic_load(&ending_signal);
    if (ending) {
      kill(getpid(), ending);
      // Whoever waits for the signal removes what is half-written and ends the program.
      sleep(5);
    }
  } else {
    sleep(5); // Another thread has met the same fault and is ending the program.
  }
  _exit(input_output);
}

static void install_handler(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGBUS, &action, NULL);
}

void csystem_note_mapping(const void *start, size_t length, const char *name) {
  pthread_once(&handler_once, install_handler);
  pthread_mutex_lock(&mappings_lock);
  atomic_fetch_add(&mapping_count, 1);
  for (int i = 0; i < most_mappings; i++) {
    if (atomic_load(&mappings[i].start)) continue;
    mappings[i].end = (uintptr_t)start + length;
    strncpy(mappings[i].name, name, sizeof mappings[i].name - 1);
    atomic_store(&mappings[i].start, (uintptr_t)start);
    break;
  }
  pthread_mutex_unlock(&mappings_lock);
}

void csystem_forget_mapping(const void *start) {
  pthread_mutex_lock(&mappings_lock);
  atomic_fetch_sub(&mapping_count, 1);
  for (int i = 0; i < most_mappings; i++) {
    if (atomic_load(&mappings[i].start) != (uintptr_t)start) continue;
    atomic_store(&mappings[i].start, 0);
    break;
  }
  pthread_mutex_unlock(&mappings_lock);
}

void csystem_end_faults_with(int signal) { atomic_store(&ending_signal, signal); }

int csystem_fault_code(void) { return atomic_load(&fault_code); }

// MARK: Memory

atomic_bool csystem_tells_of_memory;
// Given back when memory runs out, so that whoever removes what is half-written has some.
static _Atomic(void *) reserve;

_Noreturn void csystem_out_of_memory(size_t bytes) {
  int none = 0;
  if (atomic_compare_exchange_strong(&fault_code, &none, system_error)) {
    atomic_store(&csystem_tells_of_memory, false);
    free(atomic_exchange(&reserve, NULL));
    char line[64] = "";
    if (bytes > 0) snprintf(line, sizeof line, ": %zu MB more are needed at once", (bytes + 999999) / 1000000);
    complain("explain: not enough memory");
    complain(line);
    complain("; a shorter prompt or a smaller model takes less\n");
    int ending = atomic_load(&ending_signal);
    if (ending) {
      kill(getpid(), ending);
      sleep(5);
    }
  } else {
    sleep(5);
  }
  _exit(system_error);
}

// What is refused memory by other ways than those of Allocation.c aborts. Any other reason to abort is none of ours.
static void on_abort(int number) {
  const size_t much = (size_t)1 << 29;
  void *memory = mmap(NULL, much, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) {
    munmap(memory, much);
    signal(number, SIG_DFL);
    return;
  }
  csystem_out_of_memory(0);
}

void csystem_tell_of_memory(void) {
  const size_t enough = (size_t)1 << 22;
  if (!atomic_load(&reserve)) atomic_store(&reserve, malloc(enough));
  atomic_store(&csystem_tells_of_memory, true);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_abort;
  sigaction(SIGABRT, &action, NULL);
}

// MARK: Names

int csystem_swap(const char *one, const char *other) {
#if defined(__linux__) && defined(SYS_renameat2)
  const unsigned exchange = 2; // RENAME_EXCHANGE
  return syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, exchange) == 0 ? 0 : errno;
#elif defined(__APPLE__)
  return renameatx_np(AT_FDCWD, one, AT_FDCWD, other, RENAME_SWAP) == 0 ? 0 : errno;
#else
  (void)one;
  (void)other;
  return ENOSYS;
#endif
}

#endif
