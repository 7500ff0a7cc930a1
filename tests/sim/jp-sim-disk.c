/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-disk.h"

#include <string.h>

#define DIGEST_PRIME G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)

/* 4 KiB that several disks may share; never changed while they do. */
typedef struct
{
  guint   n_refs;
  guint64 digest; /* 0 = not known */
  guint8  bytes[JP_SIM_BLOCK_BYTES];
} Block;

typedef struct
{
  GPtrArray *blocks; /* (owned) (element-type Block): NULL = zeros */
  gint64     size;
} Content;

/* A change that is not on the disk for sure. */
typedef struct
{
  GBytes *bytes; /* (owned) (nullable): NULL = the file was cut to offset */
  gint64  offset;
} Pending;

struct _JpSimFile
{
  char    *name;     /* (owned) */
  Content  now;      /* what a program reads */
  Content  durable;  /* what is there after a power cut for sure */
  GArray  *pending;  /* (owned) (element-type Pending): from durable to now */
  gboolean linked;   /* a program sees it */
  gboolean recorded; /* its name is on the disk for sure */
};

struct _JpSimDisk
{
  GPtrArray *files; /* (owned) (element-type JpSimFile): in the order in which
                       they were made */
};

/**
 * jp_sim_random_next:
 * @self: a source of numbers
 *
 * Returns: the next one (splitmix64)
 */
guint64
jp_sim_random_next (JpSimRandom *self)
{
  guint64 z = self->state += DIGEST_PRIME;

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/**
 * jp_sim_random_below:
 * @self: a source of numbers
 * @bound: how many there are, > 0
 *
 * Returns: a number from 0 to @bound - 1
 */
guint
jp_sim_random_below (JpSimRandom *self, guint bound)
{
  g_assert_cmpuint (bound, >, 0);

  return (guint)((jp_sim_random_next (self) >> 32) * bound >> 32);
}

/* --- contents --- */

static Block *
block_ref (Block *block)
{
  if (block != NULL)
    block->n_refs++;
  return block;
}

static void
block_unref (gpointer data)
{
  Block *block = data;

  if (block != NULL && --block->n_refs == 0)
    g_free (block);
}

static Block *
block_new (const Block *like)
{
  Block *block = g_new (Block, 1);

  block->n_refs = 1;
  block->digest = 0;
  if (like != NULL)
    memcpy (block->bytes, like->bytes, sizeof block->bytes);
  else
    memset (block->bytes, 0, sizeof block->bytes);
  return block;
}

static guint64
block_get_digest (Block *block)
{
  guint64 words[JP_SIM_BLOCK_BYTES / sizeof (guint64)];
  guint64 a = 1;
  guint64 b = 2;

  if (block == NULL)
    return 0;
  if (block->digest != 0)
    return block->digest;

  memcpy (words, block->bytes, sizeof words);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i += 2)
    {
      a = (a ^ words[i]) * DIGEST_PRIME;
      b = (b ^ words[i + 1]) * G_GUINT64_CONSTANT (0xC2B2AE3D27D4EB4F);
      a ^= a >> 29;
      b ^= b >> 31;
    }
  block->digest = (a ^ (b * DIGEST_PRIME)) | 1;
  return block->digest;
}

static void
content_init (Content *content)
{
  content->blocks = g_ptr_array_new_with_free_func (block_unref);
  content->size = 0;
}

static void
content_clear (Content *content)
{
  g_clear_pointer (&content->blocks, g_ptr_array_unref);
}

static void
content_set (Content *content, const Content *other)
{
  g_ptr_array_set_size (content->blocks, 0);
  g_ptr_array_set_size (content->blocks, (int)other->blocks->len);
  for (guint i = 0; i < other->blocks->len; i++)
    content->blocks->pdata[i] = block_ref (other->blocks->pdata[i]);
  content->size = other->size;
}

static Block *
content_own_block (Content *content, gsize index)
{
  if (index >= content->blocks->len)
    g_ptr_array_set_size (content->blocks, (int)index + 1);

  Block *block = content->blocks->pdata[index];

  if (block == NULL || block->n_refs > 1)
    {
      content->blocks->pdata[index] = block_new (block);
      block_unref (block);
      block = content->blocks->pdata[index];
    }
  block->digest = 0;
  return block;
}

static void
content_write (Content *content, gint64 offset, gconstpointer data, gsize length_bytes)
{
  const guint8 *bytes = data;
  gsize         done = 0;

  while (done < length_bytes)
    {
      gsize  at = (gsize)offset + done;
      gsize  inside = at % JP_SIM_BLOCK_BYTES;
      gsize  n = MIN (JP_SIM_BLOCK_BYTES - inside, length_bytes - done);
      Block *block = content_own_block (content, at / JP_SIM_BLOCK_BYTES);

      memcpy (block->bytes + inside, bytes + done, n);
      done += n;
    }
  content->size = MAX (content->size, offset + (gint64)length_bytes);
}

static void
content_truncate (Content *content, gint64 size)
{
  gsize n_blocks = ((gsize)size + JP_SIM_BLOCK_BYTES - 1) / JP_SIM_BLOCK_BYTES;
  gsize inside = (gsize)size % JP_SIM_BLOCK_BYTES;

  if (size < content->size && n_blocks < content->blocks->len)
    g_ptr_array_set_size (content->blocks, (int)n_blocks);
  if (size < content->size && inside > 0 && n_blocks <= content->blocks->len)
    memset (content_own_block (content, n_blocks - 1)->bytes + inside, 0,
            JP_SIM_BLOCK_BYTES - inside);
  content->size = size;
}

static gsize
content_read (const Content *content, gint64 offset, gpointer data, gsize length_bytes)
{
  guint8 *bytes = data;
  gsize   done = 0;
  gsize   available = offset < content->size ? (gsize)(content->size - offset) : 0;
  gsize   wanted = MIN (length_bytes, available);

  while (done < wanted)
    {
      gsize        at = (gsize)offset + done;
      gsize        inside = at % JP_SIM_BLOCK_BYTES;
      gsize        index = at / JP_SIM_BLOCK_BYTES;
      gsize        n = MIN (JP_SIM_BLOCK_BYTES - inside, wanted - done);
      const Block *block = index < content->blocks->len ? content->blocks->pdata[index] : NULL;

      if (block != NULL)
        memcpy (bytes + done, block->bytes + inside, n);
      else
        memset (bytes + done, 0, n);
      done += n;
    }
  return done;
}

/* --- files --- */

static void
pending_clear (gpointer data)
{
  g_clear_pointer (&((Pending *)data)->bytes, g_bytes_unref);
}

static JpSimFile *
file_new (const char *name)
{
  JpSimFile *self = g_new0 (JpSimFile, 1);

  self->name = g_strdup (name);
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_array_set_clear_func (self->pending, pending_clear);
  content_init (&self->now);
  content_init (&self->durable);
  self->linked = TRUE;
  return self;
}

static void
file_free (gpointer data)
{
  JpSimFile *self = data;

  g_array_unref (self->pending);
  content_clear (&self->now);
  content_clear (&self->durable);
  g_free (self->name);
  g_free (self);
}

static JpSimFile *
file_copy (const JpSimFile *other)
{
  JpSimFile *self = file_new (other->name);

  content_set (&self->now, &other->now);
  content_set (&self->durable, &other->durable);
  self->linked = other->linked;
  self->recorded = other->recorded;
  for (guint i = 0; i < other->pending->len; i++)
    {
      Pending pending = g_array_index (other->pending, Pending, i);

      if (pending.bytes != NULL)
        g_bytes_ref (pending.bytes);
      g_array_append_val (self->pending, pending);
    }
  return self;
}

/**
 * jp_sim_file_get_size:
 * @self: a file
 *
 * Returns: its size as a program sees it, in bytes
 */
gint64
jp_sim_file_get_size (const JpSimFile *self)
{
  return self->now.size;
}

/**
 * jp_sim_file_read:
 * @self: a file
 * @offset: where
 * @bytes: (out): where to
 * @length_bytes: how much
 *
 * Returns: how many bytes there were
 */
gsize
jp_sim_file_read (const JpSimFile *self, gint64 offset, gpointer bytes, gsize length_bytes)
{
  return content_read (&self->now, offset, bytes, length_bytes);
}

/**
 * jp_sim_file_write:
 * @self: a file
 * @offset: where
 * @bytes: what
 * @length_bytes: how much
 *
 * Writes; the disk has it after jp_sim_disk_sync() for sure.
 */
void
jp_sim_file_write (JpSimFile *self, gint64 offset, gconstpointer bytes, gsize length_bytes)
{
  Pending pending = { g_bytes_new (bytes, length_bytes), offset };

  content_write (&self->now, offset, bytes, length_bytes);
  g_array_append_val (self->pending, pending);
}

/**
 * jp_sim_file_truncate:
 * @self: a file
 * @size: its new size in bytes
 */
void
jp_sim_file_truncate (JpSimFile *self, gint64 size)
{
  Pending pending = { NULL, size };

  content_truncate (&self->now, size);
  g_array_append_val (self->pending, pending);
}

/**
 * jp_sim_file_flip:
 * @self: a file
 * @offset: a byte of it
 * @mask: the bits to turn
 *
 * The disk rots.
 */
void
jp_sim_file_flip (JpSimFile *self, gint64 offset, guint8 mask)
{
  guint8 byte = 0;

  g_assert_cmpuint (content_read (&self->now, offset, &byte, 1), ==, 1);
  byte ^= mask;
  content_write (&self->now, offset, &byte, 1);
  content_write (&self->durable, offset, &byte, 1);
}

static guint64
content_get_digest (const Content *content)
{
  guint64 digest = (guint64)content->size + 1;

  for (guint i = 0; i < content->blocks->len; i++)
    digest = (digest ^ block_get_digest (content->blocks->pdata[i])) * DIGEST_PRIME;
  return digest;
}

/**
 * jp_sim_file_get_digest:
 * @self: a file
 *
 * Returns: a hash of what a program reads in it
 */
guint64
jp_sim_file_get_digest (JpSimFile *self)
{
  return content_get_digest (&self->now);
}

/* --- disks --- */

/**
 * jp_sim_disk_new:
 *
 * Returns: (transfer full): an empty disk
 */
JpSimDisk *
jp_sim_disk_new (void)
{
  JpSimDisk *self = g_new0 (JpSimDisk, 1);

  self->files = g_ptr_array_new_with_free_func (file_free);
  return self;
}

/**
 * jp_sim_disk_free:
 * @self: (nullable) (transfer full): a disk
 */
void
jp_sim_disk_free (JpSimDisk *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * jp_sim_disk_copy:
 * @self: a disk
 *
 * Returns: (transfer full): the same once more, with what is not synced
 */
JpSimDisk *
jp_sim_disk_copy (const JpSimDisk *self)
{
  JpSimDisk *copy = jp_sim_disk_new ();

  for (guint i = 0; i < self->files->len; i++)
    g_ptr_array_add (copy->files, file_copy (self->files->pdata[i]));
  return copy;
}

/* Each piece of so many bytes is there or not. */
static void
write_torn (Content *content, const Pending *pending, JpSimRandom *random)
{
  gsize         size = 0;
  const guint8 *bytes = g_bytes_get_data (pending->bytes, &size);
  gsize         done = 0;

  while (done < size)
    {
      gsize at = (gsize)pending->offset + done;
      gsize n = MIN (JP_SIM_TORN_BYTES - at % JP_SIM_TORN_BYTES, size - done);

      if (jp_sim_random_next (random) >> 63)
        content_write (content, (gint64)at, bytes + done, n);
      done += n;
    }
}

static void
replay (Content *content, const GArray *pending, JpSimLoss loss, JpSimRandom *random)
{
  guint    n_kept = loss == JP_SIM_LOSS_PREFIX ? jp_sim_random_below (random, pending->len + 1) : 0;
  gboolean file_kept = loss == JP_SIM_LOSS_FILES && jp_sim_random_next (random) >> 63;

  for (guint i = 0; i < pending->len; i++)
    {
      const Pending *change = &g_array_index (pending, Pending, i);
      gboolean       kept = loss == JP_SIM_LOSS_NONE || i < n_kept || file_kept;

      if (loss == JP_SIM_LOSS_SUBSET || (loss == JP_SIM_LOSS_TORN && change->bytes == NULL))
        kept = jp_sim_random_next (random) >> 63;
      if (kept && change->bytes == NULL)
        content_truncate (content, change->offset);
      else if (kept)
        content_write (content, change->offset, g_bytes_get_data (change->bytes, NULL),
                       g_bytes_get_size (change->bytes));
      else if (loss == JP_SIM_LOSS_TORN && change->bytes != NULL)
        write_torn (content, change, random);
    }
}

static gboolean
survives (const JpSimFile *file, JpSimLoss loss, JpSimRandom *random)
{
  if (loss == JP_SIM_LOSS_NONE || file->linked == file->recorded)
    return file->linked;
  if (loss == JP_SIM_LOSS_ALL)
    return file->recorded;
  return jp_sim_random_next (random) >> 63;
}

/**
 * jp_sim_disk_crash:
 * @self: a disk
 * @loss: what becomes of that which is not synced
 * @random: decides where there is a choice
 *
 * Returns: (transfer full): the disk as it is found afterwards, all of it
 * synced
 */
JpSimDisk *
jp_sim_disk_crash (const JpSimDisk *self, JpSimLoss loss, JpSimRandom *random)
{
  JpSimDisk *after = jp_sim_disk_new ();

  for (guint i = 0; i < self->files->len; i++)
    {
      const JpSimFile *file = self->files->pdata[i];

      if (!survives (file, loss, random))
        continue;

      JpSimFile *found = file_new (file->name);

      content_set (&found->durable, loss == JP_SIM_LOSS_NONE ? &file->now : &file->durable);
      if (loss != JP_SIM_LOSS_NONE && loss != JP_SIM_LOSS_ALL)
        replay (&found->durable, file->pending, loss, random);
      content_set (&found->now, &found->durable);
      found->recorded = TRUE;
      g_ptr_array_add (after->files, found);
    }
  return after;
}

/**
 * jp_sim_disk_get_digest:
 * @self: a disk
 *
 * Returns: a hash of what a program finds on it
 */
guint64
jp_sim_disk_get_digest (JpSimDisk *self)
{
  guint64 digest = 0;

  for (guint i = 0; i < self->files->len; i++)
    {
      JpSimFile *file = self->files->pdata[i];

      if (file->linked)
        digest += (content_get_digest (&file->now) ^ g_str_hash (file->name)) * DIGEST_PRIME;
    }
  return digest;
}

/**
 * jp_sim_disk_has_unsynced:
 * @self: a disk
 *
 * Returns: whether a power cut could lose something
 */
gboolean
jp_sim_disk_has_unsynced (const JpSimDisk *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const JpSimFile *file = self->files->pdata[i];

      if (file->linked != file->recorded || file->pending->len > 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * jp_sim_disk_adopt:
 * @self: a disk
 * @other: another
 * @name: a file of @other
 *
 * Puts a copy of the file onto the disk, synced, in the place of what has its
 * name.
 */
void
jp_sim_disk_adopt (JpSimDisk *self, const JpSimDisk *other, const char *name)
{
  JpSimFile *from = jp_sim_disk_find ((JpSimDisk *)other, name);
  JpSimFile *to = NULL;

  jp_sim_disk_remove (self, name, TRUE);
  if (from == NULL)
    return;

  to = jp_sim_disk_create (self, name);
  content_set (&to->now, &from->now);
  content_set (&to->durable, &from->now);
  to->recorded = TRUE;
}

/**
 * jp_sim_disk_replace:
 * @self: a disk
 * @name: of a file
 * @from: of another one, which stays
 *
 * Puts a copy of @from, synced, in the place of @name.
 *
 * Returns: whether there is such a file
 */
gboolean
jp_sim_disk_replace (JpSimDisk *self, const char *name, const char *from)
{
  JpSimFile *source = jp_sim_disk_find (self, from);
  JpSimFile *file = NULL;

  if (source == NULL)
    return FALSE;
  jp_sim_disk_remove (self, name, TRUE);
  file = jp_sim_disk_create (self, name);
  content_set (&file->now, &source->now);
  content_set (&file->durable, &source->now);
  file->recorded = TRUE;
  return TRUE;
}

/**
 * jp_sim_disk_find:
 * @self: a disk
 * @name: of a file
 *
 * Returns: (transfer none) (nullable): the file, until the disk is written to
 */
JpSimFile *
jp_sim_disk_find (JpSimDisk *self, const char *name)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      JpSimFile *file = self->files->pdata[i];

      if (file->linked && strcmp (file->name, name) == 0)
        return file;
    }
  return NULL;
}

/**
 * jp_sim_disk_create:
 * @self: a disk
 * @name: of a file that is not there
 *
 * Returns: (transfer none): a new, empty file, whose name is not on the disk
 * for sure
 */
JpSimFile *
jp_sim_disk_create (JpSimDisk *self, const char *name)
{
  JpSimFile *file = NULL;

  /* A name that was removed and may come back gives way to the new file. */
  for (guint i = self->files->len; i > 0; i--)
    {
      JpSimFile *old = self->files->pdata[i - 1];

      if (!old->linked && strcmp (old->name, name) == 0)
        g_ptr_array_remove_index (self->files, i - 1);
    }
  file = file_new (name);
  g_ptr_array_add (self->files, file);
  return file;
}

/**
 * jp_sim_disk_remove:
 * @self: a disk
 * @name: of a file
 * @durable: the folder is synced too
 */
void
jp_sim_disk_remove (JpSimDisk *self, const char *name, gboolean durable)
{
  JpSimFile *file = jp_sim_disk_find (self, name);

  if (file == NULL)
    return;

  file->linked = FALSE;
  if (durable || !file->recorded)
    g_ptr_array_remove (self->files, file);
}

/**
 * jp_sim_disk_sync:
 * @self: a disk
 * @file: a file of it
 *
 * Makes what was written into the file durable, and the names of all files.
 */
void
jp_sim_disk_sync (JpSimDisk *self, JpSimFile *file)
{
  g_array_set_size (file->pending, 0);
  content_set (&file->durable, &file->now);
  for (guint i = self->files->len; i > 0; i--)
    {
      JpSimFile *other = self->files->pdata[i - 1];

      other->recorded = TRUE;
      if (!other->linked)
        g_ptr_array_remove_index (self->files, i - 1);
    }
}
