/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-vfs.h"

#include "jp-sim-heap.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define MAX_PATH_BYTES   512
#define SECTOR_BYTES     4096
#define LOOKASIDE_BYTES  1200
#define LOOKASIDE_PIECES 150
#define STILL_JULIAN_MS  G_GINT64_CONSTANT (212634000000000) /* some day; only logs would see it */

/* What all connections to one file share while it is open. */
typedef struct
{
  char      *name;    /* (owned) */
  GPtrArray *handles; /* (owned) (element-type Handle) (not owned elements) */
  GPtrArray *regions; /* (owned): the shared memory of the log's index */
} Open;

struct _JpSimNode
{
  char       *folder; /* (owned): with a slash at its end */
  JpSimDisk  *disk;   /* (owned) */
  GHashTable *opens;  /* (owned): name → Open */
  JpSimWatch  watch;  /* (nullable) */
  gpointer    watch_data;
  JpSimFault  fault;
  guint       fault_in; /* calls until it strikes */
  gboolean    struck;
  gboolean    dead;
  gboolean    lying; /* a sync says yes and does nothing */
  guint       n_changes;
  guint       n_faults;
};

typedef struct
{
  sqlite3_file base;
  JpSimNode   *node; /* (borrowed) */
  Open        *open; /* (borrowed) */
  int          lock;
  guint        shared;    /* locks in the log's index, as a mask */
  guint        exclusive; /* likewise */
  gboolean     mapped;
} Handle;

static GPtrArray   *nodes;
static JpSimRandom  numbers; /* where SQLite and libsodium get theirs */
static sqlite3_vfs *system_vfs;
static sqlite3_vfs  sim_vfs;

/* --- faults --- */

static gboolean
strikes (JpSimNode *node)
{
  if (node->fault_in > 0)
    {
      node->fault_in--;
      return FALSE;
    }
  node->struck = TRUE;
  node->n_faults++;
  return TRUE;
}

static gboolean
stays (JpSimFault fault)
{
  return fault == JP_SIM_FAULT_IO_STAYS || fault == JP_SIM_FAULT_FULL_STAYS;
}

/* What becomes of a call that changes the disk; SQLITE_OK if nothing is in its
 * way. */
static int
before_change (JpSimNode *node, JpSimCall call, int io_code)
{
  if (node->dead)
    return io_code;
  if (node->watch != NULL)
    node->watch (node, call, node->watch_data);
  node->n_changes++;
  if (node->fault == JP_SIM_FAULT_NONE || node->fault == JP_SIM_FAULT_READ)
    return SQLITE_OK;
  if (node->struck ? !stays (node->fault) : !strikes (node))
    return SQLITE_OK;

  switch (node->fault)
    {
    case JP_SIM_FAULT_DIE:
      node->dead = TRUE;
      return io_code;
    case JP_SIM_FAULT_FULL:
    case JP_SIM_FAULT_FULL_STAYS:
      return call == JP_SIM_CALL_WRITE || call == JP_SIM_CALL_CREATE ? SQLITE_FULL : SQLITE_OK;
    case JP_SIM_FAULT_IO:
    case JP_SIM_FAULT_IO_STAYS:
      return io_code;
    case JP_SIM_FAULT_NONE:
    case JP_SIM_FAULT_READ:
    default:
      return SQLITE_OK;
    }
}

/* --- memory --- */

static sqlite3_mem_methods heap;
static gint64              memory_fault_in = -1; /* calls until there is none; -1 = there is */
static gboolean            memory_fault_stays;
static gboolean            memory_held;
static guint64             n_memory_calls;
static guint64             n_memory_faults;

static gboolean
is_out_of_memory (void)
{
  n_memory_calls++;
  if (memory_held || memory_fault_in < 0 || memory_fault_in-- > 0)
    return FALSE;
  if (memory_fault_stays)
    memory_fault_in = 0;
  n_memory_faults++;
  return TRUE;
}

static void *
malloc_cb (int length_bytes)
{
  return is_out_of_memory () ? NULL : heap.xMalloc (length_bytes);
}

static void *
realloc_cb (void *piece, int length_bytes)
{
  return is_out_of_memory () ? NULL : heap.xRealloc (piece, length_bytes);
}

/**
 * jp_sim_memory_set_fault:
 * @after_calls: how many requests for memory SQLite is given before one is refused; -1 = all
 * @stays: so are all that follow
 */
void
jp_sim_memory_set_fault (gint64 after_calls, gboolean stays)
{
  memory_fault_in = after_calls;
  memory_fault_stays = stays;
}

/**
 * jp_sim_memory_hold:
 * @held: whether there is memory whatever was set
 *
 * For what is no part of the program.
 */
void
jp_sim_memory_hold (gboolean held)
{
  memory_held = held;
}

/**
 * jp_sim_memory_get_n_calls:
 *
 * Returns: how often SQLite has asked for memory
 */
guint64
jp_sim_memory_get_n_calls (void)
{
  return n_memory_calls;
}

/**
 * jp_sim_memory_get_n_faults:
 *
 * Returns: how often it got none
 */
guint64
jp_sim_memory_get_n_faults (void)
{
  return n_memory_faults;
}

/* Where a value is read there is always some: without, the program ends at once, and that is tried
 * elsewhere. */
const unsigned char *real_column_text (sqlite3_stmt *, int) __asm__("__real_sqlite3_column_text");
const unsigned char *wrap_column_text (sqlite3_stmt *, int) __asm__("__wrap_sqlite3_column_text");

const unsigned char *
wrap_column_text (sqlite3_stmt *row, int column)
{
  const gboolean       kept = memory_held;
  const unsigned char *text = NULL;

  memory_held = TRUE;
  text = real_column_text (row, column);
  memory_held = kept;
  return text;
}

static void
install_memory (void)
{
  sqlite3_mem_methods ours;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &heap), ==, SQLITE_OK);
  jp_sim_heap_install (&heap);
  ours = heap;
  ours.xMalloc = malloc_cb;
  ours.xRealloc = realloc_cb;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &ours), ==, SQLITE_OK);
}

/* --- files --- */

static JpSimFile *
file_of (Handle *handle)
{
  JpSimFile *file = jp_sim_disk_find (handle->node->disk, handle->open->name);

  g_assert_nonnull (file);
  return file;
}

static int
read_cb (sqlite3_file *base, void *bytes, int length_bytes, sqlite3_int64 offset)
{
  Handle    *handle = (Handle *)base;
  JpSimNode *node = handle->node;
  gsize      n = 0;

  if (node->dead)
    return SQLITE_IOERR_READ;
  if (node->fault == JP_SIM_FAULT_READ && !node->struck && strikes (node))
    return SQLITE_IOERR_READ;

  n = jp_sim_file_read (file_of (handle), offset, bytes, (gsize)length_bytes);
  if (n == (gsize)length_bytes)
    return SQLITE_OK;
  memset ((guint8 *)bytes + n, 0, (gsize)length_bytes - n);
  return SQLITE_IOERR_SHORT_READ;
}

static int
write_cb (sqlite3_file *base, const void *bytes, int length_bytes, sqlite3_int64 offset)
{
  Handle *handle = (Handle *)base;
  int     code = before_change (handle->node, JP_SIM_CALL_WRITE, SQLITE_IOERR_WRITE);

  if (code == SQLITE_OK)
    jp_sim_file_write (file_of (handle), offset, bytes, (gsize)length_bytes);
  return code;
}

static int
truncate_cb (sqlite3_file *base, sqlite3_int64 size)
{
  Handle *handle = (Handle *)base;
  int     code = before_change (handle->node, JP_SIM_CALL_TRUNCATE, SQLITE_IOERR_TRUNCATE);

  if (code == SQLITE_OK)
    jp_sim_file_truncate (file_of (handle), size);
  return code;
}

static int
sync_cb (sqlite3_file *base, int flags)
{
  Handle *handle = (Handle *)base;
  int     code = before_change (handle->node, JP_SIM_CALL_SYNC, SQLITE_IOERR_FSYNC);

  if (code == SQLITE_OK && !handle->node->lying)
    jp_sim_disk_sync (handle->node->disk, file_of (handle));
  return code;
}

static int
file_size_cb (sqlite3_file *base, sqlite3_int64 *out_size)
{
  Handle *handle = (Handle *)base;

  if (handle->node->dead)
    return SQLITE_IOERR_FSTAT;
  *out_size = jp_sim_file_get_size (file_of (handle));
  return SQLITE_OK;
}

static int
file_control_cb (sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
sector_size_cb (sqlite3_file *base)
{
  return SECTOR_BYTES;
}

static int
device_cb (sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as SQLite assumes of every system
                                            */
}

/* --- locks --- */

static int
highest_other (Handle *handle)
{
  int highest = SQLITE_LOCK_NONE;

  for (guint i = 0; i < handle->open->handles->len; i++)
    {
      Handle *other = handle->open->handles->pdata[i];

      if (other != handle)
        highest = MAX (highest, other->lock);
    }
  return highest;
}

static int
lock_cb (sqlite3_file *base, int wanted)
{
  Handle *handle = (Handle *)base;
  int     others = highest_other (handle);

  if (handle->node->dead)
    return SQLITE_IOERR_LOCK;
  if (handle->lock >= wanted)
    return SQLITE_OK;
  if (wanted == SQLITE_LOCK_SHARED && others >= SQLITE_LOCK_PENDING)
    return SQLITE_BUSY;
  if (wanted >= SQLITE_LOCK_RESERVED && others >= SQLITE_LOCK_RESERVED)
    return SQLITE_BUSY;
  if (wanted == SQLITE_LOCK_EXCLUSIVE && others >= SQLITE_LOCK_SHARED)
    {
      handle->lock = SQLITE_LOCK_PENDING;
      return SQLITE_BUSY;
    }
  handle->lock = wanted;
  return SQLITE_OK;
}

static int
unlock_cb (sqlite3_file *base, int wanted)
{
  Handle *handle = (Handle *)base;

  handle->lock = MIN (handle->lock, wanted);
  return SQLITE_OK;
}

static int
check_reserved_cb (sqlite3_file *base, int *out_reserved)
{
  *out_reserved = highest_other ((Handle *)base) >= SQLITE_LOCK_RESERVED;
  return SQLITE_OK;
}

/* --- shared memory --- */

static int
shm_map_cb (sqlite3_file *base, int index, int size_bytes, int extend, void volatile **out_region)
{
  Handle    *handle = (Handle *)base;
  GPtrArray *regions = handle->open->regions;

  *out_region = NULL;
  if (handle->node->dead)
    return SQLITE_IOERR_SHMMAP;
  handle->mapped = TRUE;
  while ((int)regions->len <= index && extend)
    g_ptr_array_add (regions, g_malloc0 ((gsize)size_bytes));
  if ((int)regions->len > index)
    *out_region = regions->pdata[index];
  return SQLITE_OK;
}

static int
shm_lock_cb (sqlite3_file *base, int offset, int n, int flags)
{
  Handle *handle = (Handle *)base;
  guint   mask = ((1u << n) - 1) << offset;

  if (flags & SQLITE_SHM_UNLOCK)
    {
      handle->shared &= ~mask;
      handle->exclusive &= ~mask;
      return SQLITE_OK;
    }
  if (handle->node->dead)
    return SQLITE_IOERR_SHMLOCK;

  for (guint i = 0; i < handle->open->handles->len; i++)
    {
      Handle *other = handle->open->handles->pdata[i];
      guint   taken = other->exclusive | (flags & SQLITE_SHM_EXCLUSIVE ? other->shared : 0);

      if (other != handle && taken & mask)
        return SQLITE_BUSY;
    }
  if (flags & SQLITE_SHM_SHARED)
    handle->shared |= mask;
  else
    handle->exclusive |= mask;
  return SQLITE_OK;
}

static void
shm_barrier_cb (sqlite3_file *base)
{
}

static int
shm_unmap_cb (sqlite3_file *base, int delete)
{
  Handle *handle = (Handle *)base;

  handle->mapped = FALSE;
  handle->shared = 0;
  handle->exclusive = 0;
  for (guint i = 0; i < handle->open->handles->len; i++)
    if (((Handle *)handle->open->handles->pdata[i])->mapped)
      return SQLITE_OK;
  g_ptr_array_set_size (handle->open->regions, 0);
  return SQLITE_OK;
}

static int
close_cb (sqlite3_file *base)
{
  Handle *handle = (Handle *)base;
  Open   *open = handle->open;

  shm_unmap_cb (base, 0);
  g_ptr_array_remove_fast (open->handles, handle);
  if (open->handles->len == 0)
    g_hash_table_remove (handle->node->opens, open->name);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_cb,
  .xRead = read_cb,
  .xWrite = write_cb,
  .xTruncate = truncate_cb,
  .xSync = sync_cb,
  .xFileSize = file_size_cb,
  .xLock = lock_cb,
  .xUnlock = unlock_cb,
  .xCheckReservedLock = check_reserved_cb,
  .xFileControl = file_control_cb,
  .xSectorSize = sector_size_cb,
  .xDeviceCharacteristics = device_cb,
  .xShmMap = shm_map_cb,
  .xShmLock = shm_lock_cb,
  .xShmBarrier = shm_barrier_cb,
  .xShmUnmap = shm_unmap_cb,
};

/* --- the system --- */

static JpSimNode *
find_node (const char *path)
{
  for (guint i = 0; path != NULL && i < nodes->len; i++)
    {
      JpSimNode *node = nodes->pdata[i];

      if (g_str_has_prefix (path, node->folder))
        return node;
    }
  return NULL;
}

static void
open_free (gpointer data)
{
  Open *open = data;

  g_ptr_array_unref (open->handles);
  g_ptr_array_unref (open->regions);
  g_free (open->name);
  g_free (open);
}

static Open *
get_open (JpSimNode *node, const char *name)
{
  Open *open = g_hash_table_lookup (node->opens, name);

  if (open == NULL)
    {
      open = g_new0 (Open, 1);
      open->name = g_strdup (name);
      open->handles = g_ptr_array_new ();
      open->regions = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (node->opens, open->name, open);
    }
  return open;
}

/* Programs set the permissions of what they made: where there is a folder,
 * there is a file. */
static void
put_placeholder (const char *path)
{
  int handle = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  if (handle >= 0)
    close (handle);
}

static int
open_cb (sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *base, int flags, int *out_flags)
{
  JpSimNode  *node = find_node (path);
  Handle     *handle = (Handle *)base;
  const char *name = NULL;

  if (node == NULL)
    return system_vfs->xOpen (system_vfs, path, base, flags, out_flags);

  base->pMethods = NULL;
  name = path + strlen (node->folder);
  if (node->dead)
    return SQLITE_CANTOPEN;
  if (jp_sim_disk_find (node->disk, name) == NULL)
    {
      int code = flags & SQLITE_OPEN_CREATE
                   ? before_change (node, JP_SIM_CALL_CREATE, SQLITE_CANTOPEN)
                   : SQLITE_CANTOPEN;

      if (code != SQLITE_OK)
        return code;
      jp_sim_disk_create (node->disk, name);
      put_placeholder (path);
    }

  memset (handle, 0, sizeof *handle);
  handle->node = node;
  handle->open = get_open (node, name);
  g_ptr_array_add (handle->open->handles, handle);
  base->pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
delete_cb (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  JpSimNode *node = find_node (path);
  int        code = 0;

  if (node == NULL)
    return system_vfs->xDelete (system_vfs, path, sync_folder);

  const char *name = path + strlen (node->folder);

  if (jp_sim_disk_find (node->disk, name) == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  code = before_change (node, JP_SIM_CALL_DELETE, SQLITE_IOERR_DELETE);
  if (code == SQLITE_OK)
    jp_sim_disk_remove (node->disk, name, sync_folder != 0 && !node->lying);
  return code;
}

static int
access_cb (sqlite3_vfs *vfs, const char *path, int flags, int *out_yes)
{
  JpSimNode *node = find_node (path);

  if (node == NULL)
    return system_vfs->xAccess (system_vfs, path, flags, out_yes);
  if (node->dead)
    return SQLITE_IOERR_ACCESS;
  *out_yes = jp_sim_disk_find (node->disk, path + strlen (node->folder)) != NULL;
  return SQLITE_OK;
}

static int
full_path_cb (sqlite3_vfs *vfs, const char *path, int size_bytes, char *out_path)
{
  if (find_node (path) == NULL)
    return system_vfs->xFullPathname (system_vfs, path, size_bytes, out_path);
  g_strlcpy (out_path, path, (gsize)size_bytes);
  return SQLITE_OK;
}

static int
randomness_cb (sqlite3_vfs *vfs, int length_bytes, char *out_bytes)
{
  for (int i = 0; i < length_bytes; i++)
    out_bytes[i] = (char)jp_sim_random_next (&numbers);
  return length_bytes;
}

static int
sleep_cb (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
time_cb (sqlite3_vfs *vfs, sqlite3_int64 *out_julian_ms)
{
  *out_julian_ms = STILL_JULIAN_MS;
  return SQLITE_OK;
}

static const char *
sodium_name_cb (void)
{
  return "sim";
}

static guint32
sodium_random_cb (void)
{
  return (guint32)jp_sim_random_next (&numbers);
}

static void
sodium_fill_cb (void *const bytes, const size_t length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    ((guint8 *)bytes)[i] = (guint8)(jp_sim_random_next (&numbers) >> 32);
}

static randombytes_implementation sodium_numbers = {
  .implementation_name = sodium_name_cb,
  .random = sodium_random_cb,
  .buf = sodium_fill_cb,
};

/**
 * jp_sim_vfs_set_seed:
 * @seed: of a history
 *
 * From now on SQLite and libsodium get the numbers that belong to it.
 */
void
jp_sim_vfs_set_seed (guint64 seed)
{
  numbers.state = seed;
  sqlite3_randomness (0, NULL);
}

/**
 * jp_sim_vfs_install:
 *
 * From now on databases of nodes are simulated, and what is random follows from
 * a seed. Once, before the first database is opened and the first thing is
 * sealed.
 */
void
jp_sim_vfs_install (void)
{
  g_assert_null (nodes);

  /* One thread, and many connections that do not live long: no locks, and small pieces of memory
   * from a heap of the connection. */
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_SINGLETHREAD), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, LOOKASIDE_BYTES, LOOKASIDE_PIECES), ==,
                   SQLITE_OK);
  install_memory ();
  nodes = g_ptr_array_new ();
  randombytes_set_implementation (&sodium_numbers);
  system_vfs = sqlite3_vfs_find (NULL);
  sim_vfs = *system_vfs;
  sim_vfs.zName = "sim";
  sim_vfs.pNext = NULL;
  sim_vfs.mxPathname = MAX (MAX_PATH_BYTES, system_vfs->mxPathname);
  sim_vfs.szOsFile = MAX ((int)sizeof (Handle), system_vfs->szOsFile);
  sim_vfs.xOpen = open_cb;
  sim_vfs.xDelete = delete_cb;
  sim_vfs.xAccess = access_cb;
  sim_vfs.xFullPathname = full_path_cb;
  sim_vfs.xRandomness = randomness_cb;
  sim_vfs.xSleep = sleep_cb;
  sim_vfs.xCurrentTimeInt64 = time_cb;
  g_assert_cmpint (sqlite3_vfs_register (&sim_vfs, 1), ==, SQLITE_OK);
}

/* --- nodes --- */

/**
 * jp_sim_node_new:
 * @folder: the folder whose databases are simulated; it need not exist
 *
 * Returns: (transfer full): a machine with an empty disk
 */
JpSimNode *
jp_sim_node_new (const char *folder)
{
  g_assert_nonnull (nodes);

  JpSimNode *self = g_new0 (JpSimNode, 1);

  self->folder = g_strconcat (folder, "/", NULL);
  self->disk = jp_sim_disk_new ();
  self->opens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, open_free);
  g_ptr_array_add (nodes, self);
  return self;
}

/**
 * jp_sim_node_free:
 * @self: (nullable) (transfer full): a node without an open file
 */
void
jp_sim_node_free (JpSimNode *self)
{
  if (self == NULL)
    return;

  g_assert_cmpuint (g_hash_table_size (self->opens), ==, 0);
  g_ptr_array_remove_fast (nodes, self);
  g_hash_table_unref (self->opens);
  jp_sim_disk_free (self->disk);
  g_free (self->folder);
  g_free (self);
}

/**
 * jp_sim_node_get_disk:
 * @self: a node
 *
 * Returns: (transfer none): its disk
 */
JpSimDisk *
jp_sim_node_get_disk (JpSimNode *self)
{
  return self->disk;
}

/**
 * jp_sim_node_set_disk:
 * @self: a node without an open file
 * @disk: (transfer full): what it finds when it starts
 *
 * Starts the node: it lives, and no fault waits for it.
 */
void
jp_sim_node_set_disk (JpSimNode *self, JpSimDisk *disk)
{
  g_assert_cmpuint (g_hash_table_size (self->opens), ==, 0);
  g_assert_true (disk != self->disk);

  jp_sim_disk_free (self->disk);
  self->disk = disk;
  self->dead = FALSE;
  jp_sim_node_set_fault (self, JP_SIM_FAULT_NONE, 0);
}

/**
 * jp_sim_node_dup_path:
 * @self: a node
 * @name: of a file of its
 *
 * Returns: (transfer full): the path by which programs open it
 */
char *
jp_sim_node_dup_path (JpSimNode *self, const char *name)
{
  return g_strconcat (self->folder, name, NULL);
}

/**
 * jp_sim_node_set_watch:
 * @self: a node
 * @watch: (nullable): called before each change of the disk
 * @user_data: for @watch
 */
void
jp_sim_node_set_watch (JpSimNode *self, JpSimWatch watch, gpointer user_data)
{
  self->watch = watch;
  self->watch_data = user_data;
}

/**
 * jp_sim_node_set_fault:
 * @self: a node
 * @fault: what happens
 * @after_calls: how many changes (reads for %JP_SIM_FAULT_READ) go well before
 */
void
jp_sim_node_set_fault (JpSimNode *self, JpSimFault fault, guint after_calls)
{
  self->fault = fault;
  self->fault_in = after_calls;
  self->struck = FALSE;
}

/**
 * jp_sim_node_kill:
 * @self: a node
 *
 * Stops it now: every call fails and does nothing until jp_sim_node_set_disk().
 */
void
jp_sim_node_kill (JpSimNode *self)
{
  self->dead = TRUE;
}

/**
 * jp_sim_node_is_dead:
 * @self: a node
 *
 * Returns: whether it has stopped
 */
gboolean
jp_sim_node_is_dead (JpSimNode *self)
{
  return self->dead;
}

/**
 * jp_sim_node_get_n_changes:
 * @self: a node
 *
 * Returns: how many calls have changed its disk
 */
guint
jp_sim_node_get_n_changes (JpSimNode *self)
{
  return self->n_changes;
}

/**
 * jp_sim_node_get_n_faults:
 * @self: a node
 *
 * Returns: how many faults have struck
 */
guint
jp_sim_node_get_n_faults (JpSimNode *self)
{
  return self->n_faults;
}

/**
 * jp_sim_node_get_n_open:
 * @self: a node
 *
 * Returns: how many of its files are open
 */
guint
jp_sim_node_get_n_open (JpSimNode *self)
{
  return g_hash_table_size (self->opens);
}

/**
 * jp_sim_node_set_lying:
 * @self: a node
 * @lying: a sync says that it is done, and is not
 *
 * For tests of the tests: what a database on such a disk promises is worth
 * nothing.
 */
void
jp_sim_node_set_lying (JpSimNode *self, gboolean lying)
{
  self->lying = lying;
}
