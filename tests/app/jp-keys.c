/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-keys.h"

#include "jp-ui-test.h"

#include <X11/extensions/XTest.h>

#include <gdk/x11/gdkx.h>

#define FOCUS_MS 3000
#define KEY_MS   60 /* a quick typist */

static Display *
get_display (void)
{
  return gdk_x11_display_get_xdisplay (gdk_display_get_default ());
}

/* The window that a window manager would have given the keys to: the newest modal one. */
static GtkWindow *
find_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWindow *found = NULL;

  for (GList *link = windows; link != NULL; link = link->next)
    {
      GtkWindow *window = link->data;

      if (!gtk_widget_get_mapped (GTK_WIDGET (window)))
        continue;
      if (found == NULL || gtk_window_get_transient_for (window) == found ||
          (gtk_window_get_modal (window) && !gtk_window_get_modal (found)))
        found = window;
    }
  return found;
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static void
give_focus (void)
{
  GtkWindow  *window = find_window ();
  GdkSurface *surface = NULL;

  g_assert_nonnull (window);
  if (gtk_window_is_active (window))
    return;
  surface = gtk_native_get_surface (GTK_NATIVE (window));
  XSetInputFocus (get_display (), gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  g_assert_true (jp_ui_test_wait_until (is_active, window, FOCUS_MS));
}

static void
send (KeySym keysym, gboolean down)
{
  KeyCode keycode = XKeysymToKeycode (get_display (), keysym);

  g_assert_cmpuint (keycode, !=, 0);
  XTestFakeKeyEvent (get_display (), keycode, down, CurrentTime);
}

static void
hold (GdkModifierType modifiers, gboolean down)
{
  if (modifiers & GDK_CONTROL_MASK)
    send (XK_Control_L, down);
  if (modifiers & GDK_ALT_MASK)
    send (XK_Alt_L, down);
  if (modifiers & GDK_SHIFT_MASK)
    send (XK_Shift_L, down);
}

static void
strike (guint keyval, GdkModifierType modifiers)
{
  give_focus ();
  hold (modifiers, TRUE);
  send (keyval, TRUE);
  send (keyval, FALSE);
  hold (modifiers, FALSE);
  XFlush (get_display ());
  jp_ui_test_wait_ms (KEY_MS);
}

/**
 * jp_keys_press:
 * @keys: accelerators, with a space between two: "<Alt>2 <Control>n Tab Return"
 *
 * Presses them one after the other, each in the window that has the keys then.
 */
void
jp_keys_press (const char *keys)
{
  g_auto (GStrv) each = g_strsplit (keys, " ", -1);

  for (char **key = each; *key != NULL; key++)
    {
      guint           keyval = 0;
      GdkModifierType modifiers = 0;

      g_assert_true (gtk_accelerator_parse (*key, &keyval, &modifiers));
      strike (keyval, modifiers);
    }
}

/* Only for characters that the keyboard has: another one is put on a key that has none, as an input
 * method would bring it. */
static void
type_other (gunichar character)
{
  Display *display = get_display ();
  KeySym   keysym = gdk_unicode_to_keyval (character);
  int      first = 0;
  int      last = 0;
  int      n_syms = 0;

  XDisplayKeycodes (display, &first, &last);
  for (int keycode = last; keycode >= first; keycode--)
    {
      KeySym  *syms = XGetKeyboardMapping (display, (KeyCode)keycode, 1, &n_syms);
      gboolean spare = syms[0] == NoSymbol;

      XFree (syms);
      if (!spare)
        continue;

      KeySym both[] = { keysym, keysym };

      XChangeKeyboardMapping (display, keycode, G_N_ELEMENTS (both), both, 1);
      XSync (display, False);
      jp_ui_test_wait_ms (KEY_MS);
      XTestFakeKeyEvent (display, (guint)keycode, True, CurrentTime);
      XTestFakeKeyEvent (display, (guint)keycode, False, CurrentTime);
      XFlush (display);
      jp_ui_test_wait_ms (KEY_MS);
      both[0] = both[1] = NoSymbol;
      XChangeKeyboardMapping (display, keycode, G_N_ELEMENTS (both), both, 1);
      XSync (display, False);
      return;
    }
  g_assert_not_reached ();
}

/**
 * jp_keys_type:
 * @text: a text of one line
 *
 * Types it.
 */
void
jp_keys_type (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      give_focus ();
      if (g_unichar_isupper (character))
        strike (gdk_unicode_to_keyval (g_unichar_tolower (character)), GDK_SHIFT_MASK);
      else if (character < 0x80)
        strike (gdk_unicode_to_keyval (character), 0);
      else
        type_other (character);
    }
}
