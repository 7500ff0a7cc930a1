/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainee-enrol.h"

#include "jp-check-id.h"
#include "jp-desk.h"
#include "jp-record-form.h"

#include <glib/gi18n-lib.h>

/* The order in which the desk asks: the card is on the table, the rest follows from it. */
static const JpFieldId fields[] = {
  JP_TRAINEE_ID_NUMBER,  JP_TRAINEE_NAME,         JP_TRAINEE_PHONE,
  JP_TRAINEE_CLASS_TIER, JP_TRAINEE_LICENCE_TYPE, JP_TRAINEE_COACH,
};

static JpChange *
enrol (JpVault *vault, JpRecord *before, JpDraft *draft, const char *actor, GError **error)
{
  return jp_desk_enrol_trainee (vault, draft, actor, error);
}

/* Is this person here already? Asked as soon as the number is whole. */
typedef struct
{
  JpRecordForm *form;   /* (owned) */
  char         *number; /* (owned) */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->form);
  g_free (question->number);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gpointer
find_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_desk_find_person (vault, JP_KIND_TRAINEE, data, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (JpRecord) known = NULL;
  JpForm     *form = jp_record_form_get_form (question->form);
  JpDraft    *draft = jp_record_form_get_draft (question->form);
  const char *number = jp_draft_get_text (draft, JP_TRAINEE_ID_NUMBER);

  /* ignored: saving asks again */
  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&known, NULL) ||
      known == NULL || form == NULL || g_strcmp0 (number, question->number) != 0)
    return;
  if (jp_record_get_code (known, JP_TRAINEE_STATUS) > JP_TRAINEE_STATUS_TRAINING)
    return;

  g_autofree char *sentence =
    g_strdup_printf (_ ("%s is on the roster with this ID number. Open that file instead."),
                     jp_record_get_title (known));

  jp_form_set_error (form, jp_field_get (JP_TRAINEE_ID_NUMBER)->name, sentence);
}

static void
ask_whether_known (JpRecordForm *form)
{
  JpDraft    *draft = jp_record_form_get_draft (form);
  const char *number = jp_draft_get_text (draft, JP_TRAINEE_ID_NUMBER);
  Question   *question = NULL;
  JpStoreCall call = { find_call, NULL, g_free, (GDestroyNotify)jp_record_unref, 0 };

  if (number == NULL || jp_check_id_number (number) != JP_PROBLEM_NONE)
    return;

  question = g_new0 (Question, 1);
  question->form = g_object_ref (form);
  question->number = g_strdup (number);
  call.data = g_strdup (number);
  jp_store_read_async (jp_office_get_store (jp_record_form_get_office (form)), &call, NULL,
                       found_cb, question);
}

static void
edited (JpRecordForm *form, JpFieldId field)
{
  if (field == JP_TRAINEE_ID_NUMBER)
    ask_whether_known (form);
  else if (field == JP_TRAINEE_CLASS_TIER)
    {
      JpRecord *tier = jp_record_form_get_choice (form, JP_TRAINEE_CLASS_TIER);

      if (tier != NULL)
        jp_record_form_set_code (form, JP_TRAINEE_LICENCE_TYPE,
                                 jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE));
    }
}

/**
 * jp_trainee_enrol:
 * @office: the office
 *
 * Opens the form of somebody new: ID number first, then what does not follow from it.
 */
void
jp_trainee_enrol (JpOffice *office)
{
  JpRecordFormSpec spec = {
    .kind = JP_KIND_TRAINEE,
    .title = _ ("Enrol a Trainee"),
    .save_label = _ ("Enrol"),
    .hint = _ ("Enter goes on, Ctrl+Enter enrols, Esc closes and keeps what is typed."),
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .sentence = _ ("The trainee is enrolled"),
    .build = enrol,
    .edited = edited,
    .problem_field = JP_TRAINEE_ID_NUMBER,
  };

  jp_record_form_open (office, &spec);
}
