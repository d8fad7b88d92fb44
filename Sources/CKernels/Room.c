#include "Room.h"

#include <stdlib.h>

#if defined(__wasm__)

// One thread, and so one room.
float *explain_room(size_t count) {
  static float *room;
  static size_t capacity;
  if (count <= capacity) return room;
  enum { line = 64 };
  free(room);
  room = aligned_alloc(line, (count * sizeof(float) + line - 1) / line * line);
  if (room == NULL) abort();
  capacity = count;
  return room;
}

#else

#include <pthread.h>

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local size_t capacity;

static void make_key(void) {
  if (pthread_key_create(&key, free) != 0) abort();
}

float *explain_room(size_t count) {
  pthread_once(&once, make_key);
  float *room = pthread_getspecific(key);
  if (count <= capacity) return room;
  enum { line = 64 };
  free(room);
  room = aligned_alloc(line, (count * sizeof(float) + line - 1) / line * line);
  // Without memory there is nothing else to do, as when a tensor finds none.
  if (room == NULL || pthread_setspecific(key, room) != 0) abort();
  capacity = count;
  return room;
}

#endif
