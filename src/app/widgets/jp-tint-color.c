/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tint-color.h"

#define TRACK_ALPHA 0.12f
#define MUTE_ALPHA  0.45f

static const char *color_names[] = {
  [JP_TINT_MUTE] = NULL,
  [JP_TINT_INFO] = "accent_bg_color",
  [JP_TINT_OK] = "success_bg_color",
  [JP_TINT_WARN] = "warning_bg_color",
  [JP_TINT_BAD] = "error_bg_color",
};

static void
get_foreground (GtkWidget *widget, float alpha, GdkRGBA *out_color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), out_color);
  out_color->alpha *= alpha;
}

/**
 * jp_tint_color_lookup:
 * @widget: the widget that is drawn
 * @tint: a tint
 * @out_color: (out): its solid colour
 *
 * Finds the colour in which @widget draws shapes of @tint, as the current style has it.
 */
void
jp_tint_color_lookup (GtkWidget *widget, JpTint tint, GdkRGBA *out_color)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (tint < JP_N_TINTS);
  g_return_if_fail (out_color != NULL);

  if (color_names[tint] == NULL ||
      !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), color_names[tint],
                                       out_color))
    get_foreground (widget, MUTE_ALPHA, out_color);
}

/**
 * jp_tint_color_get_track:
 * @widget: the widget that is drawn
 * @out_color: (out): the colour of the empty part of a bar
 *
 * Finds the colour for what is not filled.
 */
void
jp_tint_color_get_track (GtkWidget *widget, GdkRGBA *out_color)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (out_color != NULL);

  get_foreground (widget, TRACK_ALPHA, out_color);
}

/**
 * jp_tint_color_append_rounded:
 * @snapshot: where to draw
 * @color: the colour
 * @area: the rectangle, in px
 * @radius: of its corners, in px, ≥ 0
 *
 * Draws a filled rectangle with round corners.
 */
void
jp_tint_color_append_rounded (GtkSnapshot           *snapshot,
                              const GdkRGBA         *color,
                              const graphene_rect_t *area,
                              float                  radius)
{
  GskRoundedRect rounded;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (color != NULL);
  g_return_if_fail (area != NULL);

  gsk_rounded_rect_init_from_rect (&rounded, area, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, color, area);
  gtk_snapshot_pop (snapshot);
}
