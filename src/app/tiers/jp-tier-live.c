/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tier-live.h"

#include "jp-answer-box.h"
#include "jp-bar-chart.h"
#include "jp-card.h"
#include "jp-money.h"
#include "jp-tier-repo.h"

#include <glib/gi18n-lib.h>

#define GAP_PX          8
#define CHART_HEIGHT_PX 110

struct _JpTierLive
{
  AdwBin parent_instance;

  GtkWidget *answer; /* (borrowed): inside */
  GtkWidget *curve;  /* (borrowed): heading and chart, inside */
  GtkWidget *chart;  /* (borrowed): inside */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of the newest question */
};

G_DEFINE_FINAL_TYPE (JpTierLive, jp_tier_live, ADW_TYPE_BIN)

/* --- reading --- */

typedef struct
{
  GPtrArray *findings; /* (owned) (element-type JpTierFinding) */
  GArray    *weeks;    /* (owned) (nullable) */
} Live;

static void
live_free (Live *live)
{
  g_clear_pointer (&live->findings, g_ptr_array_unref);
  g_clear_pointer (&live->weeks, g_array_unref);
  g_free (live);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Live, live_free)

static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (Live) live = g_new0 (Live, 1);

  live->findings = jp_tier_repo_lint (vault, data, error);
  if (live->findings == NULL)
    return NULL;
  /* ignored: rules without numbers, or fees that do not add up yet, have no curve */
  live->weeks = jp_tier_repo_curve (vault, data, NULL, NULL);
  return g_steal_pointer (&live);
}

/* --- showing --- */

static char *
dup_sentences (GPtrArray *findings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *sentence = jp_tier_lint_dup_sentence (findings->pdata[i]);

      g_strv_builder_add (builder, sentence);
    }
  if (findings->len == 0)
    g_strv_builder_add (builder, _ ("Nothing to put right so far."));
  sentences = g_strv_builder_end (builder);
  return g_strjoinv ("\n", sentences);
}

static void
show_curve (JpTierLive *self, GArray *weeks)
{
  const JpBarSeries series[] = { { _ ("Released so far"), JP_TINT_OK } };
  g_auto (GStrv) labels = NULL;

  gtk_widget_set_visible (self->curve, weeks != NULL && weeks->len > 0);
  if (weeks == NULL)
    return;
  labels = g_new0 (char *, weeks->len + 1);
  for (guint i = 0; i < weeks->len; i++)
    labels[i] = g_strdup_printf ("%u", i);
  jp_bar_chart_set_data (JP_BAR_CHART (self->chart), series, G_N_ELEMENTS (series),
                         (const char *const *)labels, (const gint64 *)(void *)weeks->data);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTierLive) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Live) live = NULL;
  g_autofree char *text = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&live, &error);
  if (self->office == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Without rules there is nothing to compare with: that is said, and typing goes on. */
  text = live != NULL ? dup_sentences (live->findings) : jp_office_dup_error_sentence (error);
  jp_answer_box_set_text (JP_ANSWER_BOX (self->answer), text);
  jp_answer_box_set_tint (JP_ANSWER_BOX (self->answer), live == NULL              ? JP_TINT_MUTE
                                                        : live->findings->len > 0 ? JP_TINT_WARN
                                                                                  : JP_TINT_OK);
  show_curve (self, live != NULL ? live->weeks : NULL);
}

/* --- class --- */

static void
jp_tier_live_dispose (GObject *object)
{
  JpTierLive *self = JP_TIER_LIVE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_tier_live_parent_class)->dispose (object);
}

static void
jp_tier_live_class_init (JpTierLiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_tier_live_dispose;
}

static void
jp_tier_live_init (JpTierLive *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);

  self->answer = jp_answer_box_new (_ ("May it go on sale so?"));
  self->curve = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  self->chart = jp_bar_chart_new ();
  jp_bar_chart_set_format (JP_BAR_CHART (self->chart), jp_money_format);
  gtk_widget_set_size_request (self->chart, -1, CHART_HEIGHT_PX);
  gtk_box_append (GTK_BOX (self->curve),
                  jp_card_new_label (_ ("Released by week, if 100 trainees buy it today"),
                                     "dim-label"));
  gtk_box_append (GTK_BOX (self->curve), self->chart);
  gtk_widget_set_visible (self->curve, FALSE);
  gtk_box_append (GTK_BOX (box), self->answer);
  gtk_box_append (GTK_BOX (box), self->curve);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * jp_tier_live_new:
 * @office: the office
 *
 * Returns: (transfer floating): the widget; it says nothing before jp_tier_live_follow()
 */
GtkWidget *
jp_tier_live_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpTierLive *self = g_object_new (JP_TYPE_TIER_LIVE, NULL);

  self->office = g_object_ref (office);
  return GTK_WIDGET (self);
}

/**
 * jp_tier_live_follow:
 * @self: the widget
 * @tier: the tier as it is typed
 *
 * Lints it beside the typing, with the linter that the pane and the command line use, and draws
 * what would be released.
 */
void
jp_tier_live_follow (JpTierLive *self, JpRecord *tier)
{
  g_return_if_fail (JP_IS_TIER_LIVE (self));
  g_return_if_fail (jp_record_get_kind (tier) == JP_KIND_CLASS_TIER);

  JpStoreCall call = { .func = read_in_worker,
                       .data = jp_record_ref (tier),
                       .data_free = (GDestroyNotify)jp_record_unref,
                       .result_free = (GDestroyNotify)live_free };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

/**
 * jp_tier_live_get_text:
 * @self: the widget
 *
 * Returns: (transfer none): what it says
 */
const char *
jp_tier_live_get_text (JpTierLive *self)
{
  g_return_val_if_fail (JP_IS_TIER_LIVE (self), NULL);

  return jp_answer_box_get_text (JP_ANSWER_BOX (self->answer));
}
