/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tier-form.h"

#include "jp-codes.h"
#include "jp-desk.h"
#include "jp-record-form.h"
#include "jp-tier-live.h"

#include <glib/gi18n-lib.h>

/* What changes is the price, nearly always, and then what it is made of. */
static const JpFieldId first_fields[] = {
  JP_CLASS_TIER_PRICE,     JP_CLASS_TIER_SERVICE_FEE, JP_CLASS_TIER_PART1_FEE,
  JP_CLASS_TIER_PART2_FEE, JP_CLASS_TIER_PART3_FEE,   JP_CLASS_TIER_PART4_FEE,
};

static JpChange *
change_tier (JpVault *vault, JpRecord *before, JpDraft *draft, const char *actor, GError **error)
{
  return jp_desk_change_tier (vault, draft, actor, error);
}

static void
follow (GtkWidget *live, JpRecord *typed)
{
  jp_tier_live_follow (JP_TIER_LIVE (live), typed);
}

/**
 * jp_tier_form_new_tier:
 * @office: the office
 *
 * Opens the form of a new class tier; it begins as a draft.
 */
void
jp_tier_form_new_tier (JpOffice *office)
{
  JpRecordFormSpec spec = {
    .kind = JP_KIND_CLASS_TIER,
    .hint = _ ("It begins as a draft: nobody can buy it until you publish it."),
    .live = jp_tier_live_new,
    .follow = follow,
  };

  jp_record_form_open (office, &spec);
}

/**
 * jp_tier_form_edit:
 * @office: the office
 * @tier: a class tier
 *
 * Opens the form of a tier. One that is on sale says that saving makes a new version; one that has
 * ended is not opened.
 */
void
jp_tier_form_edit (JpOffice *office, JpRecord *tier)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (tier != NULL);

  int              version = (int)jp_record_get_integer (tier, JP_CLASS_TIER_VERSION_NO);
  int              status = jp_record_get_code (tier, JP_CLASS_TIER_STATUS);
  g_autofree char *hint =
    /* Translators: number of the next version, number of the present one. */
    g_strdup_printf (_ ("This tier is on sale. Saving makes version %d; contracts that were made "
                        "from version %d keep their price."),
                     version + 1, version);
  g_autofree char *sentence =
    g_strdup_printf (_ ("Version %d of “%s” is on sale"), version + 1, jp_record_get_title (tier));
  JpRecordFormSpec spec = {
    .kind = JP_KIND_CLASS_TIER,
    .record = tier,
    .fields = first_fields,
    .n_fields = G_N_ELEMENTS (first_fields),
    .build = change_tier,
    .live = jp_tier_live_new,
    .follow = follow,
    .problem_field = JP_CLASS_TIER_VALID_FROM,
  };

  if (status == JP_TIER_STATUS_ENDED)
    {
      jp_office_tell (office, jp_desk_problem_get_sentence (JP_DESK_TIER_ENDED));
      return;
    }
  if (status == JP_TIER_STATUS_PUBLISHED)
    {
      spec.hint = hint;
      spec.sentence = sentence;
      spec.save_label = _ ("Make the New Version");
    }
  jp_record_form_open (office, &spec);
}
