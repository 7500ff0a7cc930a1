/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tier-detail.h"

#include "jp-answer-box.h"
#include "jp-bar-chart.h"
#include "jp-codes.h"
#include "jp-desk.h"
#include "jp-detail-parts.h"
#include "jp-facts-detail.h"
#include "jp-money-bar.h"
#include "jp-query.h"
#include "jp-record-history.h"
#include "jp-tier-form.h"
#include "jp-tier-repo.h"

#include <glib/gi18n-lib.h>

#define MAX_VERSIONS 20 /* shown, newest first */

typedef struct
{
  GPtrArray *versions;    /* (owned) (element-type JpRecord): newest first, this one among them */
  gint64     n_contracts; /* made from this version */
  GPtrArray *findings;    /* (owned) (element-type JpTierFinding) */
  GArray    *weeks;       /* (owned) (nullable): released of 100 trainees; NULL if not known */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_clear_pointer (&facts->versions, g_ptr_array_unref);
  g_clear_pointer (&facts->findings, g_ptr_array_unref);
  g_clear_pointer (&facts->weeks, g_array_unref);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

static JpRecord *
find_next (JpVault *vault, const JpId *id, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (GPtrArray) found = NULL;

  jp_query_where_ref (query, JP_CLASS_TIER_REPLACES, id);
  found = jp_query_fetch_all (vault, query, error);
  return found != NULL && found->len > 0 ? jp_record_ref (found->pdata[0]) : NULL;
}

/* From this version forward to the newest, then back to the first. */
static gboolean
read_versions (JpVault *vault, JpRecord *tier, GPtrArray *versions, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  JpRecord *next = NULL;
  JpRecord *last = tier;

  g_ptr_array_add (versions, jp_record_ref (tier));
  while (versions->len < MAX_VERSIONS &&
         (next = find_next (vault, jp_record_get_id (versions->pdata[0]), &local_error)) != NULL)
    g_ptr_array_insert (versions, 0, next);

  while (local_error == NULL && versions->len < MAX_VERSIONS &&
         jp_record_has (last, JP_CLASS_TIER_REPLACES))
    {
      JpRecord *before =
        jp_record_table_find (vault->db, vault->key, JP_KIND_CLASS_TIER,
                              jp_record_get_ref (last, JP_CLASS_TIER_REPLACES), &local_error);

      if (before == NULL)
        break;
      g_ptr_array_add (versions, before);
      last = before;
    }

  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gpointer
read_facts (JpVault *vault, const JpId *id, GError **error)
{
  g_autoptr (Facts) facts = g_new0 (Facts, 1);
  g_autoptr (JpQuery) contracts = jp_query_new (JP_KIND_CONTRACT);
  g_autoptr (JpRecord) tier =
    jp_record_table_get (vault->db, vault->key, JP_KIND_CLASS_TIER, id, error);

  facts->versions = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  jp_query_where_ref (contracts, JP_CONTRACT_CLASS_TIER, id);
  if (tier == NULL || !read_versions (vault, tier, facts->versions, error) ||
      !jp_query_count (vault, contracts, &facts->n_contracts, error))
    {
      jp_vault_translate (error);
      return NULL;
    }
  facts->findings = jp_tier_repo_lint (vault, tier, error);
  if (facts->findings == NULL)
    return NULL;
  /* ignored: rules without numbers have no curve */
  facts->weeks = jp_tier_repo_curve (vault, tier, NULL, NULL);
  return g_steal_pointer (&facts);
}

/* Building. */

static char *
dup_answer (JpRecord *tier, const Facts *facts, JpDate today)
{
  JpDate           from = jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM);
  JpDate           until = jp_record_get_date (tier, JP_CLASS_TIER_VALID_UNTIL);
  g_autofree char *from_text = jp_date_to_iso (from);
  g_autofree char *until_text = until != JP_DATE_NONE ? jp_date_to_iso (until) : NULL;
  g_autofree char *sold =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d contract was made from this version.",
                                  "%d contracts were made from this version.",
                                  (gulong)facts->n_contracts),
                     (int)facts->n_contracts);

  switch (jp_record_get_code (tier, JP_CLASS_TIER_STATUS))
    {
    case JP_TIER_STATUS_PUBLISHED:
      if (from > today)
        /* Translators: a date; how many contracts. */
        return g_strdup_printf (_ ("Will be on sale from %s. %s"), from_text, sold);
      return g_strdup_printf (_ ("On sale since %s. %s"), from_text, sold);
    case JP_TIER_STATUS_ENDED:
      if (until_text != NULL)
        return g_strdup_printf (_ ("No longer on sale since %s. %s"), until_text, sold);
      return g_strdup_printf (_ ("No longer on sale. %s"), sold);
    default:
      return g_strdup (_ ("A draft: nobody can buy it until it is published."));
    }
}

static void
add_price (JpFactsDetail *self, JpRecord *tier)
{
  static const struct
  {
    JpFieldId field;
    JpTint    tint;
  } fees[] = {
    { JP_CLASS_TIER_SERVICE_FEE, JP_TINT_MUTE }, { JP_CLASS_TIER_PART1_FEE, JP_TINT_INFO },
    { JP_CLASS_TIER_PART2_FEE, JP_TINT_OK },     { JP_CLASS_TIER_PART3_FEE, JP_TINT_WARN },
    { JP_CLASS_TIER_PART4_FEE, JP_TINT_BAD },
  };
  g_autofree char *price = jp_money_format (jp_record_get_integer (tier, JP_CLASS_TIER_PRICE));
  JpMoneyPart      parts[G_N_ELEMENTS (fees)] = { 0 };
  guint            n_parts = 0;
  GtkWidget       *bar = NULL;

  jp_facts_detail_add (self, jp_detail_parts_new_heading (price, _ ("one fee to the end")));
  for (gsize i = 0; i < G_N_ELEMENTS (fees); i++)
    if (jp_record_get_integer (tier, fees[i].field) > 0)
      parts[n_parts++] =
        (JpMoneyPart){ jp_field_get_label (jp_field_get (fees[i].field)),
                       jp_record_get_integer (tier, fees[i].field), fees[i].tint, TRUE };
  if (n_parts == 0)
    {
      jp_facts_detail_add (self, jp_detail_parts_new_note (_ ("The fee is not split by parts.")));
      return;
    }
  bar = jp_money_bar_new ();
  jp_money_bar_set_parts (JP_MONEY_BAR (bar), parts, n_parts);
  jp_facts_detail_add (self, bar);
}

static void
add_findings (JpFactsDetail *self, const Facts *facts)
{
  if (facts->findings->len == 0)
    return;

  jp_facts_detail_add (self, jp_detail_parts_new_heading (_ ("To put right"), NULL));
  for (guint i = 0; i < facts->findings->len; i++)
    {
      g_autofree char *sentence = jp_tier_lint_dup_sentence (facts->findings->pdata[i]);
      GtkWidget       *note = jp_detail_parts_new_note (sentence);

      gtk_widget_add_css_class (note, "error");
      jp_facts_detail_add (self, note);
    }
}

static void
add_curve (JpFactsDetail *self, const Facts *facts)
{
  const JpBarSeries series[] = { { _ ("Released so far"), JP_TINT_OK } };
  GtkWidget        *chart = NULL;
  g_auto (GStrv) labels = NULL;

  if (facts->weeks == NULL)
    return;

  labels = g_new0 (char *, facts->weeks->len + 1);
  for (guint i = 0; i < facts->weeks->len; i++)
    labels[i] = g_strdup_printf ("%u", i);
  chart = jp_bar_chart_new ();
  jp_bar_chart_set_format (JP_BAR_CHART (chart), jp_money_format);
  jp_bar_chart_set_data (JP_BAR_CHART (chart), series, G_N_ELEMENTS (series),
                         (const char *const *)labels, (const gint64 *)(void *)facts->weeks->data);
  jp_facts_detail_add (self,
                       jp_detail_parts_new_heading (_ ("If 100 trainees buy it today"),
                                                    _ ("released by week, with usual training")));
  jp_facts_detail_add (self, chart);
}

static void
add_versions (JpFactsDetail *self, JpRecord *tier, const Facts *facts)
{
  if (facts->versions->len < 2)
    return;

  jp_facts_detail_add (self, jp_detail_parts_new_heading (_ ("Versions"), NULL));
  for (guint i = 0; i < facts->versions->len; i++)
    {
      JpRecord        *version = g_ptr_array_index (facts->versions, i);
      JpDate           from = jp_record_get_date (version, JP_CLASS_TIER_VALID_FROM);
      g_autofree char *when = jp_date_to_iso (from);
      g_autofree char *status = jp_record_dup_display (version, JP_CLASS_TIER_STATUS, TRUE);
      g_autofree char *price =
        jp_money_format (jp_record_get_integer (version, JP_CLASS_TIER_PRICE));
      g_autofree char *what =
        /* Translators: number of a version, price, status. */
        g_strdup_printf (_ ("Version %d · %s · %s"),
                         (int)jp_record_get_integer (version, JP_CLASS_TIER_VERSION_NO), price,
                         status);

      jp_facts_detail_add (self, jp_detail_parts_new_event (when, what));
    }
}

static JpChange *
publish_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_publish_tier (vault, data, actor, error);
}

static JpChange *
end_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_end_tier (vault, data, actor, error);
}

static void
act (JpOffice *office, JpRecord *tier, JpOfficeBuild build, const char *sentence)
{
  JpOfficeAct what = {
    .build = build,
    .data = jp_id_copy (jp_record_get_id (tier)),
    .data_free = g_free,
    .kinds = jp_store_kind_bit (JP_KIND_CLASS_TIER),
    .sentence = sentence,
  };

  jp_office_act (office, &what);
}

static void
publish (JpOffice *office, JpRecord *tier)
{
  g_autofree char *sentence = g_strdup_printf (_ ("“%s” is on sale"), jp_record_get_title (tier));

  act (office, tier, publish_call, sentence);
}

static void
end (JpOffice *office, JpRecord *tier)
{
  g_autofree char *sentence =
    g_strdup_printf (_ ("“%s” is off sale from today"), jp_record_get_title (tier));

  act (office, tier, end_call, sentence);
}

static void
add_buttons (JpFactsDetail *self, JpRecord *tier)
{
  int status = jp_record_get_code (tier, JP_CLASS_TIER_STATUS);

  if (jp_record_get_head (tier)->deleted)
    return;
  if (status == JP_TIER_STATUS_DRAFT)
    jp_facts_detail_add_button (self, _ ("Publish"), "suggested-action", publish);
  if (status == JP_TIER_STATUS_PUBLISHED)
    {
      jp_facts_detail_add_button (self, _ ("New Version"), NULL, jp_tier_form_edit);
      jp_facts_detail_add_button (self, _ ("End the Sale"), NULL, end);
    }
}

static void
build (JpFactsDetail *self, JpRow *row, gpointer data)
{
  static const JpFieldId more[] = { JP_CLASS_TIER_TRAINING_MODE, JP_CLASS_TIER_CHARGE_MODE,
                                    JP_CLASS_TIER_PAY_MODE,      JP_CLASS_TIER_VALID_FROM,
                                    JP_CLASS_TIER_VALID_UNTIL,   JP_CLASS_TIER_SEQUENCE,
                                    JP_CLASS_TIER_SERVICES };
  Facts                 *facts = data;
  JpRecord              *tier = jp_row_get_record (row);
  JpOffice              *office = jp_facts_detail_get_office (self);
  const char            *type = jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE);
  g_autofree char       *subtitle =
    g_strdup_printf (_ ("%s · version %d"), type != NULL ? type : "",
                     (int)jp_record_get_integer (tier, JP_CLASS_TIER_VERSION_NO));
  g_autofree char *answer = dup_answer (tier, facts, jp_store_today (jp_office_get_store (office)));
  GtkWidget       *box = jp_answer_box_new (_ ("Can it be bought?"));
  GtkWidget       *values = jp_detail_parts_new_facts ();

  jp_facts_detail_add (self,
                       jp_detail_parts_new_head (jp_record_get_title (tier), subtitle, FALSE));
  jp_facts_detail_add (self, jp_detail_parts_new_pills (row));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), answer);
  jp_facts_detail_add (self, box);
  add_buttons (self, tier);
  add_findings (self, facts);
  add_price (self, tier);
  add_curve (self, facts);
  jp_detail_parts_add_fields (values, row, more, G_N_ELEMENTS (more), FALSE);
  jp_facts_detail_add (self, values);
  add_versions (self, tier, facts);
  jp_facts_detail_add (self, jp_record_history_new (office, tier));
}

/**
 * jp_tier_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a class tier
 */
GtkWidget *
jp_tier_detail_new (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_facts, facts_free, build };

  spec.kinds = jp_store_kind_bit (JP_KIND_CLASS_TIER) | jp_store_kind_bit (JP_KIND_CONTRACT);
  return jp_facts_detail_new (office, &spec);
}
