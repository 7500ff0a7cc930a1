/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tint.h"

G_DEFINE_ENUM_TYPE (JpTint,
                    jp_tint,
                    G_DEFINE_ENUM_VALUE (JP_TINT_MUTE, "mute"),
                    G_DEFINE_ENUM_VALUE (JP_TINT_INFO, "info"),
                    G_DEFINE_ENUM_VALUE (JP_TINT_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (JP_TINT_WARN, "warn"),
                    G_DEFINE_ENUM_VALUE (JP_TINT_BAD, "bad"))

static const char *css_classes[] = { "mute", "info", "ok", "warn", "bad" };

G_STATIC_ASSERT (G_N_ELEMENTS (css_classes) == JP_N_TINTS);

/**
 * jp_tint_get_css_class:
 * @tint: a tint
 *
 * Names the style class under which style.css knows @tint.
 *
 * Returns: (transfer none): a constant string
 */
const char *
jp_tint_get_css_class (JpTint tint)
{
  g_return_val_if_fail (tint < JP_N_TINTS, css_classes[JP_TINT_MUTE]);

  return css_classes[tint];
}

/**
 * jp_tint_apply:
 * @widget: any widget
 * @tint: its new tint
 *
 * Gives @widget the style class of @tint and takes those of the other tints away.
 */
void
jp_tint_apply (GtkWidget *widget, JpTint tint)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (tint < JP_N_TINTS);

  for (guint i = 0; i < JP_N_TINTS; i++)
    {
      if (i == tint)
        gtk_widget_add_css_class (widget, css_classes[i]);
      else
        gtk_widget_remove_css_class (widget, css_classes[i]);
    }
}
