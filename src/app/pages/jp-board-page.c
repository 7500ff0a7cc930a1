/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-board-page.h"

typedef struct
{
  GtkWidget    *box;         /* child */
  JpPageHeader *header;      /* (borrowed): in the box */
  JpStates     *states;      /* (borrowed): in the box */
  GtkWidget    *scroller;    /* (borrowed): in the states */
  JpOffice     *office;      /* (owned): construct-only */
  char         *title;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  guint         refresh_id;  /* (source) 0 = none */
} JpBoardPagePrivate;

typedef enum {
  PROP_OFFICE = 1,
} JpBoardPageProperty;

static void jp_board_page_page_init (JpPageInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (JpBoardPage,
                                  jp_board_page,
                                  GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (JpBoardPage)
                                    G_IMPLEMENT_INTERFACE (JP_TYPE_PAGE, jp_board_page_page_init))

static GParamSpec *properties[PROP_OFFICE + 1];

static JpBoardPagePrivate *
get_private (gpointer self)
{
  return jp_board_page_get_instance_private (JP_BOARD_PAGE (self));
}

/* --- the window's commands --- */

static char *
dup_title (JpPage *page)
{
  return g_strdup (get_private (page)->title);
}

static JpCommands
get_commands (JpPage *page)
{
  JpBoardPageClass *klass = JP_BOARD_PAGE_GET_CLASS (page);
  JpCommands        commands =
    klass->get_commands != NULL ? klass->get_commands (JP_BOARD_PAGE (page)) : JP_COMMAND_NONE;

  return jp_office_can_undo (get_private (page)->office) ? commands | JP_COMMAND_UNDO : commands;
}

static void
perform (JpPage *page, JpCommands command)
{
  if (command == JP_COMMAND_UNDO)
    jp_office_undo (get_private (page)->office);
  else if (JP_BOARD_PAGE_GET_CLASS (page)->perform != NULL)
    JP_BOARD_PAGE_GET_CLASS (page)->perform (JP_BOARD_PAGE (page), command);
}

static void
jp_board_page_page_init (JpPageInterface *iface)
{
  iface->dup_title = dup_title;
  iface->get_commands = get_commands;
  iface->perform = perform;
}

/* --- class --- */

static void
retry_cb (JpBoardPage *self)
{
  jp_states_set_state (get_private (self)->states, JP_STATE_LOADING);
  jp_board_page_refresh (self);
}

static void
jp_board_page_constructed (GObject *object)
{
  JpBoardPagePrivate *self = get_private (object);

  G_OBJECT_CLASS (jp_board_page_parent_class)->constructed (object);
  g_signal_connect_object (self->office, "undo-changed", G_CALLBACK (jp_page_commands_changed),
                           object, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (retry_cb), object, G_CONNECT_SWAPPED);
}

static void
jp_board_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((JpBoardPageProperty)id)
    {
    case PROP_OFFICE:
      get_private (object)->office = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_board_page_dispose (GObject *object)
{
  JpBoardPagePrivate *self = get_private (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_board_page_parent_class)->dispose (object);
}

static void
jp_board_page_finalize (GObject *object)
{
  JpBoardPagePrivate *self = get_private (object);

  g_clear_object (&self->cancellable);
  g_free (self->title);
  G_OBJECT_CLASS (jp_board_page_parent_class)->finalize (object);
}

static void
jp_board_page_class_init (JpBoardPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = jp_board_page_constructed;
  object_class->set_property = jp_board_page_set_property;
  object_class->dispose = jp_board_page_dispose;
  object_class->finalize = jp_board_page_finalize;

  /**
   * JpBoardPage:office:
   *
   * The office.
   */
  properties[PROP_OFFICE] =
    g_param_spec_object ("office", NULL, NULL, JP_TYPE_OFFICE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_board_page_init (JpBoardPage *page)
{
  JpBoardPagePrivate *self = get_private (page);

  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->header = JP_PAGE_HEADER (jp_page_header_new ());
  self->states = JP_STATES (jp_states_new ());
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  jp_states_set_content (self->states, self->scroller);
  gtk_widget_set_vexpand (GTK_WIDGET (self->states), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->header));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->states));
  gtk_widget_set_parent (self->box, GTK_WIDGET (page));
  jp_states_set_state (self->states, JP_STATE_LOADING);
}

/**
 * jp_board_page_get_office:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): the office; %NULL once the page is gone
 */
JpOffice *
jp_board_page_get_office (JpBoardPage *self)
{
  g_return_val_if_fail (JP_IS_BOARD_PAGE (self), NULL);

  return get_private (self)->office;
}

/**
 * jp_board_page_get_header:
 * @self: the page
 *
 * Returns: (transfer none): its header
 */
JpPageHeader *
jp_board_page_get_header (JpBoardPage *self)
{
  g_return_val_if_fail (JP_IS_BOARD_PAGE (self), NULL);

  return get_private (self)->header;
}

/**
 * jp_board_page_get_states:
 * @self: the page
 *
 * Returns: (transfer none): which of the four states it is in
 */
JpStates *
jp_board_page_get_states (JpBoardPage *self)
{
  g_return_val_if_fail (JP_IS_BOARD_PAGE (self), NULL);

  return get_private (self)->states;
}

/**
 * jp_board_page_set_title:
 * @self: the page
 * @title: its name, translated
 */
void
jp_board_page_set_title (JpBoardPage *self, const char *title)
{
  g_return_if_fail (JP_IS_BOARD_PAGE (self));
  g_return_if_fail (title != NULL);

  g_free (get_private (self)->title);
  get_private (self)->title = g_strdup (title);
  jp_page_header_set_title (get_private (self)->header, title);
}

/**
 * jp_board_page_set_content:
 * @self: the page
 * @content: what scrolls in it
 */
void
jp_board_page_set_content (JpBoardPage *self, GtkWidget *content)
{
  g_return_if_fail (JP_IS_BOARD_PAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (content));

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (get_private (self)->scroller), content);
}

/**
 * jp_board_page_is_gone:
 * @self: the page
 *
 * Returns: whether it has been disposed: an answer that comes now has nobody to read it
 */
gboolean
jp_board_page_is_gone (JpBoardPage *self)
{
  g_return_val_if_fail (JP_IS_BOARD_PAGE (self), TRUE);

  return get_private (self)->box == NULL;
}

/**
 * jp_board_page_read:
 * @self: the page
 * @call: what is read
 * @callback: (scope async): is called with a reference to the page, which it owns
 *
 * Reads on the reader, as long as the page is there.
 */
void
jp_board_page_read (JpBoardPage *self, const JpStoreCall *call, GAsyncReadyCallback callback)
{
  g_return_if_fail (JP_IS_BOARD_PAGE (self));

  jp_store_read_async (jp_office_get_store (get_private (self)->office), call,
                       get_private (self)->cancellable, callback, g_object_ref (self));
}

/**
 * jp_board_page_refresh:
 * @self: the page
 *
 * Reads what it shows now.
 */
void
jp_board_page_refresh (JpBoardPage *self)
{
  g_return_if_fail (JP_IS_BOARD_PAGE (self));

  JP_BOARD_PAGE_GET_CLASS (self)->refresh (self);
}

static void
refresh_cb (gpointer page)
{
  get_private (page)->refresh_id = 0;
  jp_board_page_refresh (page);
}

/**
 * jp_board_page_refresh_later:
 * @self: the page
 * @delay_ms: how long news is collected
 *
 * Reads what it shows once for all that happens until then.
 */
void
jp_board_page_refresh_later (JpBoardPage *self, guint delay_ms)
{
  g_return_if_fail (JP_IS_BOARD_PAGE (self));

  if (get_private (self)->refresh_id == 0)
    get_private (self)->refresh_id = g_timeout_add_once (delay_ms, refresh_cb, self);
}

/**
 * jp_board_page_show_error:
 * @self: the page
 * @title: what could not be read, translated
 * @error: why
 *
 * Says so in the place of the content, unless nobody asks any more.
 */
void
jp_board_page_show_error (JpBoardPage *self, const char *title, const GError *error)
{
  g_return_if_fail (JP_IS_BOARD_PAGE (self));
  g_return_if_fail (error != NULL);

  g_autofree char *sentence = NULL;

  if (jp_board_page_is_gone (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_message ("a page could not be read: %s", error->message);
  sentence = jp_office_dup_error_sentence (error);
  jp_states_set_error_text (get_private (self)->states, title, sentence);
  jp_states_set_state (get_private (self)->states, JP_STATE_ERROR);
}

typedef struct
{
  JpOffice *office; /* (owned) */
  GType     type;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->office);
  g_free (place);
}

static GtkWidget *
create_page (gpointer user_data)
{
  const Place *place = user_data;

  return g_object_new (place->type, "office", place->office, NULL);
}

/**
 * jp_board_page_register:
 * @registry: the pages of the window
 * @office: the office
 * @place: the place in the sidebar
 * @type: a type of page
 *
 * Makes a page known; it is made on the first visit.
 */
void
jp_board_page_register (JpPageRegistry *registry, JpOffice *office, const char *place, GType type)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (g_type_is_a (type, JP_TYPE_BOARD_PAGE));

  Place *made = g_new0 (Place, 1);

  made->office = g_object_ref (office);
  made->type = type;
  jp_page_registry_add (registry, place, create_page, made, place_free);
}
