/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachments.h"

#include "jp-attachment-files.h"
#include "jp-detail-parts.h"
#include "jp-row-call.h"

#include <glib/gi18n-lib.h>

struct _JpAttachments
{
  GtkWidget parent_instance;

  GtkWidget *column; /* child */
  GtkWidget *rows;   /* child of column */

  JpOffice     *office;      /* (owned) */
  JpRecord     *home;        /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of the running read */
};

G_DEFINE_FINAL_TYPE (JpAttachments, jp_attachments, GTK_TYPE_WIDGET)

/* --- a row --- */

/* What a button of a row is about. */
typedef struct
{
  JpOffice *office; /* (borrowed): of an ancestor of the button */
  JpRecord *record; /* (owned) */
  void (*act) (JpOffice *office, JpRecord *attachment);
} Button;

static void
button_free (gpointer data, GClosure *closure)
{
  Button *button = data;

  jp_record_unref (button->record);
  g_free (button);
}

static void
clicked_cb (GtkButton *widget, gpointer user_data)
{
  const Button *button = user_data;

  button->act (button->office, button->record);
}

static void
connect_button (JpAttachments *self,
                GtkWidget     *widget,
                JpRecord      *record,
                void (*act) (JpOffice *office, JpRecord *attachment))
{
  Button *button = g_new (Button, 1);

  button->office = self->office;
  button->record = jp_record_ref (record);
  button->act = act;
  gtk_widget_add_css_class (widget, "flat");
  g_signal_connect_data (widget, "clicked", G_CALLBACK (clicked_cb), button, button_free, 0);
}

static GtkWidget *
new_icon_button (const char *icon, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
dup_state (const JpAttachment *attachment)
{
  const JpBlobInfo *blob = &attachment->blob;
  const char       *label = jp_blob_state_get_label (blob->state);

  if (blob->here_bytes > 0 && blob->here_bytes < blob->size_bytes)
    /* Translators: where a file is, how much of it is there. */
    return g_strdup_printf (_ ("%s, %d %%"), label,
                            (int)(blob->here_bytes * 100 / blob->size_bytes));
  if (blob->state == JP_BLOB_UNSENT && blob->sent_bytes > 0)
    return g_strdup_printf (_ ("%s, %d %%"), label,
                            (int)(blob->sent_bytes * 100 / blob->size_bytes));
  return g_strdup (label);
}

/* An ID number in the name of a file is masked here as everywhere. */
static GtkWidget *
new_texts (const JpAttachment *attachment)
{
  JpRecord        *record = attachment->record;
  GtkWidget       *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = jp_text_redact (jp_record_get_text (record, JP_ATTACHMENT_NAME));
  g_autofree char *what = jp_record_dup_display (record, JP_ATTACHMENT_PURPOSE, TRUE);
  g_autofree char *size =
    g_format_size ((guint64)jp_record_get_integer (record, JP_ATTACHMENT_SIZE));
  g_autofree char *state = dup_state (attachment);
  /* Translators: what an attachment is, its size, where it is. */
  g_autofree char *note = g_strdup_printf (_ ("%s · %s · %s"), what, size, state);

  gtk_box_append (GTK_BOX (texts), new_label (name, NULL));
  gtk_box_append (GTK_BOX (texts), new_label (note, "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  return texts;
}

static GtkWidget *
new_row (JpAttachments *self, const JpAttachment *attachment)
{
  gboolean is_pdf =
    jp_record_get_code (attachment->record, JP_ATTACHMENT_MEDIA_TYPE) == JP_MEDIA_TYPE_PDF;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *open = gtk_button_new ();
  GtkWidget *save = new_icon_button ("document-save-as-symbolic", _ ("Save As…"));
  GtkWidget *delete = new_icon_button ("user-trash-symbolic", _ ("Delete"));

  gtk_box_append (GTK_BOX (content),
                  gtk_image_new_from_icon_name (is_pdf ? "x-office-document-symbolic"
                                                       : "image-x-generic-symbolic"));
  gtk_box_append (GTK_BOX (content), new_texts (attachment));
  gtk_button_set_child (GTK_BUTTON (open), content);
  gtk_widget_set_hexpand (open, TRUE);
  gtk_widget_set_tooltip_text (open, C_ ("button", "Open"));
  connect_button (self, open, attachment->record, jp_attachment_files_open);
  connect_button (self, save, attachment->record, jp_attachment_files_save);
  connect_button (self, delete, attachment->record, jp_attachment_files_delete);
  gtk_box_append (GTK_BOX (row), open);
  gtk_box_append (GTK_BOX (row), save);
  gtk_box_append (GTK_BOX (row), delete);
  return row;
}

/* --- reading --- */

static void
fill (JpAttachments *self, GPtrArray *attachments)
{
  jp_detail_parts_clear (self->rows);
  for (guint i = 0; i < attachments->len; i++)
    jp_detail_parts_add (self->rows, new_row (self, attachments->pdata[i]));
  if (attachments->len == 0)
    jp_detail_parts_add (self->rows,
                         jp_detail_parts_new_note (_ ("Nothing yet. Drop a scan or photo here, or "
                                                      "press Ctrl+V.")));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpAttachments) self = user_data;
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&attachments, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->column == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (error != NULL)
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      jp_detail_parts_clear (self->rows);
      jp_detail_parts_add (self->rows, jp_detail_parts_new_note (sentence));
      return;
    }
  fill (self, attachments);
}

static void
reload (JpAttachments *self)
{
  JpStoreCall call = jp_row_call_new (jp_attachment_repo_list, jp_record_get_kind (self->home),
                                      jp_record_get_id (self->home));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
changed_cb (JpStore *store, guint64 kinds, JpAttachments *self)
{
  if ((kinds & jp_store_kind_bit (JP_KIND_ATTACHMENT)) && self->column != NULL)
    reload (self);
}

/* --- what comes in --- */

static void
add_cb (JpAttachments *self)
{
  jp_attachment_files_choose (self->office, self->home);
}

static void
add_files (JpAttachments *self, GdkFileList *list)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (list);

  for (GSList *one = files; one != NULL; one = one->next)
    jp_attachment_files_add (self->office, self->home, one->data);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  JpAttachments *self = user_data;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  add_files (self, g_value_get_boxed (value));
  return TRUE;
}

static void
pasted_files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpAttachments) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value != NULL && self->column != NULL)
    add_files (self, g_value_get_boxed (value));
  else if (value == NULL)
    jp_office_tell_error (self->office, error);
}

static void
pasted_picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpAttachments) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) picture =
    gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GBytes) bytes = picture != NULL ? gdk_texture_save_to_png_bytes (picture) : NULL;

  if (bytes == NULL)
    jp_office_tell_error (self->office, error);
  else if (self->column != NULL)
    jp_attachment_files_add_bytes (self->office, self->home, _ ("Pasted picture.png"), bytes);
}

static gboolean
paste_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  JpAttachments     *self = JP_ATTACHMENTS (widget);
  GdkClipboard      *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    pasted_files_cb, g_object_ref (self));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, NULL, pasted_picture_cb, g_object_ref (self));
  else
    jp_office_tell (self->office, _ ("There is no file and no picture to paste"));
  return TRUE;
}

/* --- the class --- */

static void
jp_attachments_dispose (GObject *object)
{
  JpAttachments *self = JP_ATTACHMENTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_pointer (&self->home, jp_record_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_attachments_parent_class)->dispose (object);
}

static void
jp_attachments_class_init (JpAttachmentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_attachments_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_v, GDK_CONTROL_MASK, paste_cb,
                                NULL);
}

static GtkWidget *
new_head (JpAttachments *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *heading = jp_detail_parts_new_heading (jp_kind_get_plural (JP_KIND_ATTACHMENT), NULL);
  GtkWidget *add = gtk_button_new_with_label (_ ("Attach a File…"));

  gtk_widget_set_hexpand (heading, TRUE);
  gtk_widget_add_css_class (add, "flat");
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), add);
  return head;
}

static void
jp_attachments_init (JpAttachments *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  jp_detail_parts_add (self->column, new_head (self));
  jp_detail_parts_add (self->column, self->rows);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * jp_attachments_new:
 * @office: the office
 * @home: a trainee, contract, refund or dispute
 *
 * Returns: (transfer floating): what is attached to the record; it follows the store
 */
GtkWidget *
jp_attachments_new (JpOffice *office, JpRecord *home)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (home != NULL, NULL);
  g_return_val_if_fail (jp_attachment_get_home (jp_record_get_kind (home)) != 0, NULL);

  JpAttachments *self = g_object_new (JP_TYPE_ATTACHMENTS, NULL);

  self->office = g_object_ref (office);
  self->home = jp_record_ref (home);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (changed_cb), self,
                           0);
  reload (self);
  return GTK_WIDGET (self);
}
