/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-ui-test.h"

#include "jp-locale.h"
#include "jp-test-dir.h"

#include <stdlib.h>

#include <adwaita.h>
#include <gdk/x11/gdkx.h>

/* A main loop that never becomes idle (an animation) must not hang a test. */
#define SETTLE_LIMIT 2000
/* A window that is to be drawn gets three seconds for its next frame. */
#define FRAME_MS   50
#define MAX_FRAMES 60

#define PAIR_GAP_PX 12.0f

static JpTestDir *home; /* (owned): lives as long as the process */

static void
remove_home_cb (void)
{
  g_clear_pointer (&home, jp_test_dir_free);
}

/* Not G_TEST_OPTION_ISOLATE_DIRS: without the system's folders there is no type of an SVG file, and
 * GTK warns about each icon. */
static void
isolate_user_dirs (void)
{
  const char *names[] = { "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
                          "XDG_STATE_HOME" };

  home = jp_test_dir_new ();
  atexit (remove_home_cb);

  g_setenv ("HOME", jp_test_dir_get_path (home), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = jp_test_dir_build (home, names[i]);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
      g_setenv (names[i], path, TRUE);
    }
  /* An address that nobody answers: without one, a bus would be started and left behind. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null/none", TRUE);
}

/* What an application would load. */
static void
load_style (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, JP_RESOURCE_PREFIX "/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    JP_RESOURCE_PREFIX "/icons");
}

/**
 * jp_ui_test_init:
 * @argc: (inout): from main()
 * @argv: (inout): from main()
 *
 * Prepares GLib's test framework, folders of its own for the user's files, the language and
 * libadwaita; animations are off, so that what an action does is there when it returns.
 */
void
jp_ui_test_init (int *argc, char ***argv)
{
  isolate_user_dirs ();
  jp_locale_init ();
  g_test_init (argc, argv, NULL);
  adw_init ();
  load_style ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/**
 * jp_ui_test_settle:
 *
 * Runs the main loop until nothing is pending, at most a fixed number of times.
 */
void
jp_ui_test_settle (void)
{
  for (guint i = 0; i < SETTLE_LIMIT && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_true_cb (gpointer user_data)
{
  gboolean *flag = user_data;

  *flag = TRUE;
}

/**
 * jp_ui_test_wait_ms:
 * @timeout_ms: how long
 *
 * Runs the main loop for a while: frames are drawn, timeouts fire.
 */
void
jp_ui_test_wait_ms (guint timeout_ms)
{
  gboolean done = FALSE;

  g_timeout_add_once (timeout_ms, set_true_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * jp_ui_test_wait_until:
 * @condition: asked after each round of the main loop
 * @user_data: handed to @condition
 * @timeout_ms: when to give up
 *
 * Runs the main loop until @condition holds.
 *
 * Returns: whether it held in time
 */
gboolean
jp_ui_test_wait_until (gboolean (*condition) (gpointer user_data),
                       gpointer user_data,
                       guint    timeout_ms)
{
  gboolean too_late = FALSE;
  guint    timeout_id = g_timeout_add_once (timeout_ms, set_true_cb, &too_late);

  while (!too_late && !condition (user_data))
    g_main_context_iteration (NULL, TRUE);

  if (!too_late)
    g_source_remove (timeout_id);
  return !too_late;
}

typedef struct
{
  GtkWidget *root; /* (borrowed) */
  GType      type;
  GtkWidget *found; /* (borrowed) (nullable) */
} Search;

static GtkWidget *
search (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = search (child, type);
  return found;
}

static gboolean
is_found (gpointer user_data)
{
  Search *one = user_data;

  one->found = search (one->root, one->type);
  return one->found != NULL;
}

/**
 * jp_ui_test_wait_for_widget:
 * @root: where to look
 * @type: what to look for
 * @timeout_ms: when to give up
 *
 * Runs the main loop until a widget of the type is on the screen.
 *
 * Returns: (transfer none) (nullable): the first one, %NULL if none came in time
 */
GtkWidget *
jp_ui_test_wait_for_widget (GtkWidget *root, GType type, guint timeout_ms)
{
  Search one = { root, type, NULL };

  jp_ui_test_wait_until (is_found, &one, timeout_ms);
  return one.found;
}

static GskRenderNode *
draw (GdkPaintable *paintable)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  return gtk_snapshot_free_to_node (snapshot);
}

/* The window as it stands, and its size. */
static GskRenderNode *
draw_window (GtkWindow *window, graphene_size_t *out_size)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GskRenderNode *node = draw (paintable);

  /* Between a change and the next frame there is nothing to draw. */
  for (guint i = 0; node == NULL && i < MAX_FRAMES; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (window));
      jp_ui_test_wait_ms (FRAME_MS);
      node = draw (paintable);
    }
  g_assert_nonnull (node);
  out_size->width = (float)gdk_paintable_get_intrinsic_width (paintable);
  out_size->height = (float)gdk_paintable_get_intrinsic_height (paintable);
  return node;
}

static void
save_picture (GtkWindow *window, GskRenderNode *node, float width, float height, const char *path)
{
  GskRenderer    *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, &area);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/**
 * jp_ui_test_screenshot:
 * @window: a visible window
 * @path: where the PNG goes
 *
 * Draws the window as it stands, with its header bars but without its shadow, into a file. Popovers
 * are surfaces of their own and not part of it.
 */
void
jp_ui_test_screenshot (GtkWindow *window, const char *path)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (path != NULL);

  graphene_size_t size;
  g_autoptr (GskRenderNode) node = draw_window (window, &size);

  save_picture (window, node, size.width, size.height, path);
}

/**
 * jp_ui_test_screenshot_pair:
 * @left: a visible window
 * @right: another
 * @path: where the PNG goes
 *
 * Draws two windows side by side, as two PCs stand on two desks.
 */
void
jp_ui_test_screenshot_pair (GtkWindow *left, GtkWindow *right, const char *path)
{
  g_return_if_fail (GTK_IS_WINDOW (left));
  g_return_if_fail (GTK_IS_WINDOW (right));
  g_return_if_fail (path != NULL);

  graphene_size_t sizes[2];
  g_autoptr (GskRenderNode) first = draw_window (left, &sizes[0]);
  g_autoptr (GskRenderNode) second = draw_window (right, &sizes[1]);
  g_autoptr (GskRenderNode) pair = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_snapshot_append_node (snapshot, first);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (sizes[0].width + PAIR_GAP_PX, 0));
  gtk_snapshot_append_node (snapshot, second);
  pair = gtk_snapshot_free_to_node (snapshot);
  save_picture (left, pair, sizes[0].width + PAIR_GAP_PX + sizes[1].width,
                MAX (sizes[0].height, sizes[1].height), path);
}

static void
quit_instead_cb (GApplication *application)
{
  g_signal_stop_emission_by_name (application, "activate");
  g_application_quit (application);
}

/* --- keys, as from a keyboard --- */

#define KEY_WAIT_MS 60
#define MAX_TABS    80

/**
 * jp_ui_test_has_keys:
 *
 * Returns: whether real key presses can be made here: xdotool is installed and the display is one
 * of X11
 */
gboolean
jp_ui_test_has_keys (void)
{
  g_autofree char *program = g_find_program_in_path ("xdotool");

  return program != NULL && GDK_IS_X11_DISPLAY (gdk_display_get_default ());
}

static void
pressed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

/**
 * jp_ui_test_key:
 * @window: the window that has the keyboard
 * @keys: one key as xdotool names it: "Tab", "ctrl+k", "Return"
 *
 * Presses the key through the X server, so that it takes every step that a user's key takes.
 */
void
jp_ui_test_key (GtkWindow *window, const char *keys)
{
  GdkSurface      *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autofree char *xid = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) press = NULL;
  gboolean done = FALSE;

  press = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "xdotool", "windowfocus",
                            "--sync", xid, "key", "--clearmodifiers", keys, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (press, NULL, pressed_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  jp_ui_test_wait_ms (KEY_WAIT_MS);
}

/* The words on a widget, or inside it. */
static gboolean
says (GtkWidget *widget, const char *label)
{
  if (GTK_IS_LABEL (widget))
    return g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), label) == 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, label))
      return TRUE;
  return FALSE;
}

/**
 * jp_ui_test_tab_to:
 * @window: the window that has the keyboard
 * @label: words on a button, row or entry
 *
 * Presses Tab until the focus is on something that says so.
 *
 * Returns: whether it can be reached
 */
gboolean
jp_ui_test_tab_to (GtkWindow *window, const char *label)
{
  for (int i = 0; i < MAX_TABS; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (window);

      if (focus != NULL && says (focus, label))
        return TRUE;
      jp_ui_test_key (window, "Tab");
    }
  return FALSE;
}

/**
 * jp_ui_test_end_application:
 * @application: (transfer full): a registered program without a window
 *
 * Ends it in order: only g_application_run() makes GTK let go of the program, and of all that it
 * holds.
 */
void
jp_ui_test_end_application (GApplication *application)
{
  g_signal_connect (application, "activate", G_CALLBACK (quit_instead_cb), NULL);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_assert_finalize_object (application);
}
