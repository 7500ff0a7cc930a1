/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-safety.h"

#include "jp-json.h"
#include "jp-store-error.h"

#define FORMAT         1
#define FILE_MODE      0600
#define FILE_MAX_BYTES (64 * 1024)
#define PATH_MAX_BYTES 4096
#define KEEP_HOURS     24
#define KEEP_DAYS      14
#define KEEP_MONTHS    12

static gboolean
read_number (JsonObject *object, const char *member, guint *out_number, GError **error)
{
  gint64 number = 0;

  if (!jp_json_get_integer (object, member, 0, JP_SAFETY_KEEP_MAX, &number, error))
    return FALSE;
  *out_number = (guint)number;
  return TRUE;
}

static gboolean
read_path (JsonObject *object, const char *member, char **out_path, GError **error)
{
  const char *path = NULL;

  if (!jp_json_has (object, member))
    return TRUE;
  if (!jp_json_get_text (object, member, PATH_MAX_BYTES, &path, error))
    return FALSE;
  *out_path = g_strdup (path);
  return TRUE;
}

static gboolean
read_file (const char *path, JpSafety *self, GError **error)
{
  char *text = NULL;
  gsize length_bytes = 0;

  if (!g_file_get_contents (path, &text, &length_bytes, error))
    return FALSE;

  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length_bytes);
  g_autoptr (JsonNode) root = jp_json_parse (bytes, FILE_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  gint64      format = 0;

  return object != NULL && jp_json_get_integer (object, "format", FORMAT, FORMAT, &format, error) &&
         read_number (object, "keep_hours", &self->keep_hours, error) &&
         read_number (object, "keep_days", &self->keep_days, error) &&
         read_number (object, "keep_months", &self->keep_months, error) &&
         read_path (object, "copies", &self->copies, error) &&
         read_path (object, "journal", &self->journal, error);
}

/**
 * jp_safety_load:
 * @folder: the folder of a school
 *
 * Reads how its data are kept safe; what cannot be read is as nobody chose: 24 hours, 14 days, 12
 * months, no second folder.
 *
 * Returns: (transfer full): it
 */
JpSafety *
jp_safety_load (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *path = g_build_filename (folder, JP_SAFETY_FILE, NULL);
  g_autoptr (JpSafety) self = g_new0 (JpSafety, 1);
  g_autoptr (GError) error = NULL;

  self->keep_hours = KEEP_HOURS;
  self->keep_days = KEEP_DAYS;
  self->keep_months = KEEP_MONTHS;
  if (read_file (path, self, &error))
    return g_steal_pointer (&self);

  if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_debug ("%s: %s", JP_SAFETY_FILE, error->message);
  return g_steal_pointer (&self);
}

static void
add_number (JsonBuilder *builder, const char *member, guint number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static void
add_path (JsonBuilder *builder, const char *member, const char *path)
{
  if (path == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, path);
}

/**
 * jp_safety_save:
 * @self: how data are kept safe
 * @folder: the folder of a school
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_safety_save (const JpSafety *self, const char *folder, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  g_autofree char *path = g_build_filename (folder, JP_SAFETY_FILE, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_number (builder, "format", FORMAT);
  add_number (builder, "keep_hours", self->keep_hours);
  add_number (builder, "keep_days", self->keep_days);
  add_number (builder, "keep_months", self->keep_months);
  add_path (builder, "copies", self->copies);
  add_path (builder, "journal", self->journal);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (GBytes) bytes = jp_json_to_bytes (root);
  gsize       size = 0;
  const char *text = g_bytes_get_data (bytes, &size);

  return g_file_set_contents_full (path, text, (gssize)size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   FILE_MODE, error) ||
         jp_store_error_translate_file (error);
}

/**
 * jp_safety_free:
 * @self: (nullable) (transfer full): how data are kept safe
 */
void
jp_safety_free (JpSafety *self)
{
  if (self == NULL)
    return;

  g_free (self->copies);
  g_free (self->journal);
  g_free (self);
}
