/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachment-files.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-query.h"
#include "jp-safe-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_MODE 0700
#define FILE_MODE   0600
#define PHOTO_SIZE  96 /* pixels of a photo in a head, for screens of two pixels per point */

static JpAttachmentFilesShow show_func; /* (nullable): of a test */

/* --- adding --- */

/* A file that is attached: asked about on the main thread, read there, put in by the writer. */
typedef struct
{
  JpOffice        *office; /* (owned): only touched by the main thread */
  JpAttachmentFile file;   /* its bytes and name are owned */
  char            *name;   /* (owned) */
  GtkWidget       *choice; /* (borrowed) (nullable): in the question, while it is open */
  char            *actor;  /* (owned) */
  gint64           n;      /* out: number of the operation */
} Adding;

static void
adding_free (Adding *adding)
{
  g_clear_object (&adding->office);
  g_clear_pointer (&adding->file.bytes, g_bytes_unref);
  g_free (adding->name);
  g_free (adding->actor);
  g_free (adding);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static Adding *
adding_new (JpOffice *office, JpRecord *home, const char *name)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->office = g_object_ref (office);
  adding->file.kind = jp_record_get_kind (home);
  adding->file.id = *jp_record_get_id (home);
  adding->name = g_strdup (name);
  adding->file.name = adding->name;
  adding->actor = g_strdup (jp_store_get_actor (jp_office_get_store (office)));
  return adding;
}

static gpointer
add_call (JpVault *vault, gpointer data, GError **error)
{
  Adding *adding = data;

  adding->n = jp_attachment_repo_add (vault, &adding->file, adding->actor, NULL, error);
  return NULL;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Adding) adding = user_data;
  g_autoptr (GError) error = NULL;

  if (jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    jp_office_note (adding->office, adding->n, _ ("The file is attached"));
  else
    jp_office_tell_error (adding->office, error);
}

static void
put (Adding *adding)
{
  JpStoreCall call = { add_call, adding, NULL, NULL, jp_store_kind_bit (JP_KIND_ATTACHMENT) };

  jp_store_write_async (jp_office_get_store (adding->office), &call, G_PRIORITY_DEFAULT, NULL,
                        added_cb, adding);
}

static void
question_closed_cb (gpointer adding, GClosure *closure)
{
  adding_free (adding);
}

/* The dialog may say more than once how it ended: what it knew is taken out with the answer. */
static void
answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Adding *adding = user_data;
  Adding *taken = NULL;

  if (strcmp (response, "add") != 0 || adding->office == NULL)
    return;
  adding->file.purpose =
    (JpAttachmentPurpose)gtk_drop_down_get_selected (GTK_DROP_DOWN (adding->choice));
  taken = g_memdup2 (adding, sizeof *adding);
  *adding = (Adding){ NULL };
  put (taken);
}

static GtkWidget *
new_choice (JpAttachmentPurpose purpose)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget     *choice = NULL;

  for (const JpCode *code = jp_attachment_codes; code->name != NULL; code++)
    gtk_string_list_append (labels, jp_code_get_label (code));
  choice = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), (guint)purpose);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What it is"), -1);
  return choice;
}

/* What is no picture and no PDF is refused before anybody is asked about it. */
static void
ask_what (Adding *adding)
{
  g_autofree char *name = g_path_get_basename (adding->name);
  g_autofree char *shown = jp_text_redact (name);
  int media_type = jp_attachment_find_media_type (g_bytes_get_data (adding->file.bytes, NULL),
                                                  g_bytes_get_size (adding->file.bytes));
  GtkWidget *dialog = NULL;

  if (media_type < 0)
    {
      jp_office_tell (adding->office, jp_desk_problem_get_sentence (JP_DESK_FILE_TYPE));
      adding_free (adding);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (jp_office_get_window (adding->office)),
                                   _ ("What Is This File?"), shown);
  adding->choice = new_choice (jp_attachment_repo_guess (adding->file.kind, media_type));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), adding->choice);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "add",
                                    C_ ("button", "Attach"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), adding, question_closed_cb,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jp_attachment_files_add_bytes:
 * @office: the office
 * @home: the record that they belong to
 * @name: name of the file
 * @bytes: what is in it
 *
 * Asks what it is, and attaches it, with undo.
 */
void
jp_attachment_files_add_bytes (JpOffice *office, JpRecord *home, const char *name, GBytes *bytes)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (home != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (bytes != NULL);

  Adding *adding = adding_new (office, home, name);

  adding->file.bytes = g_bytes_ref (bytes);
  ask_what (adding);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Adding) adding = user_data;
  g_autoptr (GError) error = NULL;

  adding->file.bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  if (adding->file.bytes == NULL)
    jp_office_tell_error (adding->office, error);
  else
    ask_what (g_steal_pointer (&adding));
}

/* A film is not read into memory to find out that it is too large. */
static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Adding) adding = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    jp_office_tell_error (adding->office, error);
  else if (g_file_info_get_size (info) == 0 ||
           g_file_info_get_size (info) > JP_ATTACHMENT_MAX_BYTES)
    jp_office_tell (adding->office, jp_desk_problem_get_sentence (JP_DESK_FILE_SIZE));
  else
    g_file_load_bytes_async (G_FILE (source), NULL, loaded_cb, g_steal_pointer (&adding));
}

static void
load (Adding *adding, GFile *file)
{
  g_free (adding->name);
  adding->name = g_file_get_basename (file);
  adding->file.name = adding->name;
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, measured_cb, adding);
}

/**
 * jp_attachment_files_add:
 * @office: the office
 * @home: the record that it belongs to
 * @file: a picture or PDF file
 *
 * Reads the file, asks what it is, and attaches it, with undo.
 */
void
jp_attachment_files_add (JpOffice *office, JpRecord *home, GFile *file)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (home != NULL);
  g_return_if_fail (G_IS_FILE (file));

  load (adding_new (office, home, NULL), file);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Adding) adding = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      load (g_steal_pointer (&adding), file);
    }
  g_object_unref (dialog);
}

/**
 * jp_attachment_files_choose:
 * @office: the office
 * @home: the record that a file is attached to
 *
 * Lets the user choose a file and attaches it.
 */
void
jp_attachment_files_choose (JpOffice *office, JpRecord *home)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (home != NULL);

  static const char *const suffixes[] = { "jpg", "jpeg", "png", "webp", "pdf" };
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Attach a File"), GTK_WINDOW (jp_office_get_window (office)),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, C_ ("button", "Attach"), NULL);

  gtk_file_filter_set_name (filter, _ ("Pictures and PDF files"));
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), adding_new (office, home, NULL));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- opening and saving --- */

/* An attachment on its way out: the writer notes it, or that it is wanted; the reader opens it and
 * writes the file. Never used by two threads at a time. */
typedef struct
{
  JpOffice *office;     /* (owned): only touched by the main thread */
  JpRecord *attachment; /* (owned) */
  GFile    *file;       /* (owned) (nullable): %NULL: to be looked at */
  char     *actor;      /* (owned) */
  gboolean  is_here;
} Taking;

static void
taking_free (Taking *taking)
{
  g_object_unref (taking->office);
  jp_record_unref (taking->attachment);
  g_clear_object (&taking->file);
  g_free (taking->actor);
  g_free (taking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "jiapei-school-view", NULL);
}

static gpointer
note_call (JpVault *vault, gpointer data, GError **error)
{
  Taking     *taking = data;
  const char *digest = jp_record_get_text (taking->attachment, JP_ATTACHMENT_DIGEST);
  JpBlobInfo  info;

  if (!jp_blob_repo_find (vault, digest, &info, error))
    return NULL;
  taking->is_here = info.here_bytes == info.size_bytes;
  if (!taking->is_here)
    jp_blob_repo_want (vault, digest, error);
  else
    jp_attachment_repo_audit (vault, taking->attachment, taking->actor,
                              taking->file != NULL ? "save" : "open", error);
  return NULL;
}

/* A name that programs know by its end, in a folder that nobody else may enter. */
static GFile *
new_view_file (JpRecord *attachment, GError **error)
{
  static const char *const ends[] = { "jpg", "png", "webp", "pdf" };
  g_autofree char         *folder = dup_folder ();
  g_autofree char         *path = NULL;
  JpIdText                 id;
  int                      type = jp_record_get_code (attachment, JP_ATTACHMENT_MEDIA_TYPE);
  g_autofree char         *name =
    g_strdup_printf ("%s.%s", jp_id_to_text (jp_record_get_id (attachment), id),
                     type >= 0 && type < (int)G_N_ELEMENTS (ends) ? ends[type] : "bin");

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0 || g_chmod (folder, FOLDER_MODE) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "could not make \"%s\"", folder);
      return NULL;
    }
  path = g_build_filename (folder, name, NULL);
  return g_file_new_for_path (path);
}

static gboolean
write_view (GFile *file, const char *data, gsize n_bytes, GError **error)
{
  return g_file_set_contents_full (g_file_peek_path (file), data, (gssize)n_bytes,
                                   G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, error);
}

static gboolean
write_saved (GFile *file, const char *data, gsize n_bytes, GError **error)
{
  g_autoptr (JpSafeFile) safe = jp_safe_file_open (file, error);

  return safe != NULL && jp_safe_file_write (safe, data, n_bytes, error) &&
         jp_safe_file_commit (safe, error);
}

/* Gives the file that was written. */
static gpointer
write_call (JpVault *vault, gpointer data, GError **error)
{
  Taking *taking = data;
  gsize   n_bytes = 0;
  g_autoptr (GBytes) bytes = jp_attachment_repo_read (vault, taking->attachment, error);
  g_autoptr (GFile) file = NULL;
  const char *content = NULL;
  gboolean    written = FALSE;

  if (bytes == NULL)
    return NULL;
  content = g_bytes_get_data (bytes, &n_bytes);
  file =
    taking->file != NULL ? g_object_ref (taking->file) : new_view_file (taking->attachment, error);
  if (file != NULL)
    written = taking->file != NULL ? write_saved (file, content, n_bytes, error)
                                   : write_view (file, content, n_bytes, error);
  return written ? g_steal_pointer (&file) : NULL;
}

static void
show (JpOffice *office, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GError) error = NULL;

  if (show_func == NULL)
    gtk_show_uri (GTK_WINDOW (jp_office_get_window (office)), uri, GDK_CURRENT_TIME);
  else if (!show_func (file, &error))
    jp_office_tell_error (office, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&file, &error))
    jp_office_tell_error (taking->office, error);
  else if (taking->file == NULL)
    show (taking->office, file);
  else
    {
      name = g_file_get_basename (file);
      sentence = g_strdup_printf (_ ("“%s” has been saved"), name);
      jp_office_tell (taking->office, sentence);
    }
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { write_call, taking, NULL, g_object_unref, 0 };

  if (!jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    jp_office_tell_error (taking->office, error);
  else if (taking->is_here)
    jp_store_read_async (JP_STORE (source), &call, NULL, written_cb, g_steal_pointer (&taking));
  else
    {
      jp_office_tell (taking->office,
                      _ ("This file is not on this PC yet. It is being fetched; open it again when "
                         "it is here."));
      jp_sync_now (jp_office_get_sync (taking->office));
    }
}

static void
take (JpOffice *office, JpRecord *attachment, GFile *file)
{
  Taking     *taking = g_new0 (Taking, 1);
  JpStoreCall call = { note_call, taking, NULL, NULL, jp_store_kind_bit (JP_KIND_ATTACHMENT) };

  taking->office = g_object_ref (office);
  taking->attachment = jp_record_ref (attachment);
  taking->file = file != NULL ? g_object_ref (file) : NULL;
  taking->actor = g_strdup (jp_store_get_actor (jp_office_get_store (office)));
  jp_store_write_async (jp_office_get_store (office), &call, G_PRIORITY_DEFAULT, NULL, noted_cb,
                        taking);
}

/**
 * jp_attachment_files_open:
 * @office: the office
 * @attachment: an attachment
 *
 * Shows it with the program that the PC has for such files, or fetches it. The audit notes it.
 */
void
jp_attachment_files_open (JpOffice *office, JpRecord *attachment)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (attachment != NULL);

  take (office, attachment, NULL);
}

/**
 * jp_attachment_files_save_to:
 * @office: the office
 * @attachment: an attachment
 * @file: the file to write
 *
 * Writes it in clear; the audit notes it.
 */
void
jp_attachment_files_save_to (JpOffice *office, JpRecord *attachment, GFile *file)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (attachment != NULL);
  g_return_if_fail (G_IS_FILE (file));

  take (office, attachment, file);
}

typedef struct
{
  JpOffice *office;     /* (owned) */
  JpRecord *attachment; /* (owned) */
} Choosing;

static void
save_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Choosing *choosing = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      take (choosing->office, choosing->attachment, file);
    }
  g_object_unref (choosing->office);
  jp_record_unref (choosing->attachment);
  g_free (choosing);
  g_object_unref (dialog);
}

/**
 * jp_attachment_files_save:
 * @office: the office
 * @attachment: an attachment
 *
 * Asks where to, and writes it there.
 */
void
jp_attachment_files_save (JpOffice *office, JpRecord *attachment)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (attachment != NULL);

  Choosing             *choosing = g_new0 (Choosing, 1);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Save the Attachment"),
                                 GTK_WINDOW (jp_office_get_window (office)),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), NULL);

  choosing->office = g_object_ref (office);
  choosing->attachment = jp_record_ref (attachment);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog),
                                     jp_record_get_text (attachment, JP_ATTACHMENT_NAME));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (save_cb), choosing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- deleting --- */

static JpChange *
delete_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_set_deleted (vault, JP_KIND_ATTACHMENT, data, TRUE, actor, error);
}

/**
 * jp_attachment_files_delete:
 * @office: the office
 * @attachment: an attachment
 *
 * Puts it into the trash, at once, with undo.
 */
void
jp_attachment_files_delete (JpOffice *office, JpRecord *attachment)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (attachment != NULL);

  JpOfficeAct act = {
    .build = delete_call,
    .data = jp_id_copy (jp_record_get_id (attachment)),
    .data_free = g_free,
    .kinds = jp_store_kind_bit (JP_KIND_ATTACHMENT),
    .sentence = _ ("The attachment is in the trash"),
  };

  jp_office_act (office, &act);
}

/* --- the photo of a trainee --- */

static JpRecord *
find_photo (JpVault *vault, const JpId *trainee, GError **error)
{
  g_autoptr (GPtrArray) all = jp_attachment_repo_list (vault, JP_KIND_TRAINEE, trainee, error);

  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    {
      const JpAttachment *one = all->pdata[i - 1];

      if (jp_record_get_code (one->record, JP_ATTACHMENT_PURPOSE) == JP_PURPOSE_PHOTO &&
          jp_record_get_code (one->record, JP_ATTACHMENT_MEDIA_TYPE) != JP_MEDIA_TYPE_PDF &&
          one->blob.here_bytes == one->blob.size_bytes)
        return jp_record_ref (one->record);
    }
  return NULL;
}

/* Made small here, in memory: a photo of a telephone has fifty megabytes once it is unpacked. */
static gpointer
photo_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (JpRecord) photo = find_photo (vault, data, error);
  g_autoptr (GBytes) bytes = photo != NULL ? jp_attachment_repo_read (vault, photo, error) : NULL;
  g_autoptr (GInputStream) stream =
    bytes != NULL ? g_memory_input_stream_new_from_bytes (bytes) : NULL;

  return stream != NULL
           ? gdk_pixbuf_new_from_stream_at_scale (stream, PHOTO_SIZE, PHOTO_SIZE, TRUE, NULL, error)
           : NULL;
}

static void
photo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *weak = user_data;
  g_autoptr (AdwAvatar) avatar = g_weak_ref_get (weak);
  g_autoptr (GdkPixbuf) photo = NULL;

  g_weak_ref_clear (weak);
  /* ignored: a name without a photo is what everybody began with */
  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&photo, NULL) && photo != NULL &&
      avatar != NULL)
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (photo);

      adw_avatar_set_custom_image (avatar, GDK_PAINTABLE (texture));
    }
}

/**
 * jp_attachment_files_load_photo:
 * @office: the office
 * @trainee: a trainee
 * @avatar: where the photo goes, once it is read; it may go away meanwhile
 *
 * Shows the newest photo of a trainee that is on this PC.
 */
void
jp_attachment_files_load_photo (JpOffice *office, const JpId *trainee, AdwAvatar *avatar)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (trainee != NULL);
  g_return_if_fail (ADW_IS_AVATAR (avatar));

  GWeakRef   *weak = g_new0 (GWeakRef, 1);
  JpStoreCall call = { photo_call, jp_id_copy (trainee), g_free, g_object_unref, 0 };

  g_weak_ref_init (weak, avatar);
  jp_store_read_async (jp_office_get_store (office), &call, NULL, photo_cb, weak);
}

/* --- what was looked at --- */

/**
 * jp_attachment_files_clear:
 *
 * Removes what was looked at. Call it when the program starts and when it ends.
 */
void
jp_attachment_files_clear (void)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  if (dir == NULL)
    return;
  for (const char *name = NULL; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path); /* ignored: another program of this user may have been faster */
    }
  g_rmdir (folder); /* ignored: as above */
}

/**
 * jp_attachment_files_set_show:
 * @show_with: (nullable): what shows a file; %NULL is the program that the PC has for it
 *
 * For tests.
 */
void
jp_attachment_files_set_show (JpAttachmentFilesShow show_with)
{
  show_func = show_with;
}
