/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-heap.h"

#include <string.h>

#ifndef __SANITIZE_ADDRESS__

/* Memory of SQLite for one thread. A history asks for it half a million times, and the allocator of
 * the system takes as long for that as SQLite does for its work. Pieces of one size go round in a
 * list; nothing is given back. */

#define STEP_BYTES 16
#define MAX_BYTES  8192 /* of a piece with its head; larger ones are the system's */
#define N_SIZES    (MAX_BYTES / STEP_BYTES + 1)
#define SLAB_BYTES (1 << 20)

typedef union _Piece Piece;

union _Piece
{
  gint64 size; /* while it is in use, in front of what SQLite gets */
  Piece *next; /* while it is free */
};

static Piece  *free_pieces[N_SIZES];
static guint8 *slab; /* what of the newest one is left */
static gsize   slab_left;

static gsize
get_step (gint64 size)
{
  return ((gsize)size + sizeof (Piece) + STEP_BYTES - 1) / STEP_BYTES;
}

static Piece *
carve (gsize step)
{
  gsize  length_bytes = step * STEP_BYTES;
  Piece *piece = NULL;

  if (slab_left < length_bytes)
    {
      slab = g_malloc (SLAB_BYTES);
      slab_left = SLAB_BYTES;
    }
  piece = (Piece *)(gpointer)slab;
  slab += length_bytes;
  slab_left -= length_bytes;
  return piece;
}

static int
round_cb (int size)
{
  return (size + 7) & ~7;
}

static void *
malloc_cb (int size)
{
  gint64 rounded = round_cb (size);
  gsize  step = get_step (rounded);
  Piece *piece = NULL;

  if (step >= N_SIZES)
    piece = g_malloc ((gsize)rounded + sizeof (Piece));
  else if (free_pieces[step] != NULL)
    {
      piece = free_pieces[step];
      free_pieces[step] = piece->next;
    }
  else
    piece = carve (step);
  piece->size = rounded;
  return piece + 1;
}

static void
free_cb (void *memory)
{
  Piece *piece = (Piece *)memory - 1;
  gsize  step = get_step (piece->size);

  if (step >= N_SIZES)
    {
      g_free (piece);
      return;
    }
  piece->next = free_pieces[step];
  free_pieces[step] = piece;
}

static int
size_cb (void *memory)
{
  return memory != NULL ? (int)((Piece *)memory - 1)->size : 0;
}

static void *
realloc_cb (void *memory, int size)
{
  Piece *piece = (Piece *)memory - 1;
  gint64 rounded = round_cb (size);
  gsize  step = get_step (rounded);
  void  *moved = NULL;

  if (step == get_step (piece->size) && step < N_SIZES)
    {
      piece->size = rounded;
      return memory;
    }
  moved = malloc_cb (size);
  memcpy (moved, memory, (gsize)MIN (rounded, piece->size));
  free_cb (memory);
  return moved;
}

#endif

/**
 * jp_sim_heap_install:
 * @methods: (inout): how SQLite gets its memory
 *
 * Puts the quick allocator in the place of the one that is there. Not under the address sanitizer,
 * which looks after each piece.
 */
void
jp_sim_heap_install (sqlite3_mem_methods *methods)
{
#ifndef __SANITIZE_ADDRESS__
  methods->xMalloc = malloc_cb;
  methods->xFree = free_cb;
  methods->xRealloc = realloc_cb;
  methods->xSize = size_cb;
  methods->xRoundup = round_cb;
#endif
}
