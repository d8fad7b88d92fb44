// What the operating system does for a program and Swift has no safe word for: signal handlers, swapping two names.

#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>

/// Notes that a file is mapped at `start`, so that a fault within its `length` bytes can name it.
///
/// From the first call on, a fault in a mapped file (SIGBUS: the file became shorter, or its disk failed) ends the
/// program with one line on standard error and the exit code 74.
void csystem_note_mapping(const void *start, size_t length, const char *name);

/// Forgets a mapping, before it is undone.
void csystem_forget_mapping(const void *start);

/// The signal whose orderly ending removes half-written files, if somebody waits for it; 0 if nobody does.
///
/// After a fault it is sent, and `csystem_fault_code` is the exit code that belongs to it.
void csystem_end_faults_with(int signal);

/// 0, or the exit code of a fault that has been reported.
int csystem_fault_code(void);

/// From now on, a memory that is used up ends the program with a line, where the language's own runtime would abort it.
void csystem_tell_of_memory(void);

/// Ends the program with a line on standard error: so many bytes could not be had.
_Noreturn void csystem_out_of_memory(size_t bytes);

/// Swaps two names in one step.
///
/// Returns 0, or the system's error number: EINVAL or ENOSYS where it cannot be done in one step.
int csystem_swap(const char *one, const char *other);

#endif
