/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-office-fixture.h"
#include "jp-school-page.h"
#include "jp-ui-test.h"

#define WAIT_MS 5000

static void
seed (JpOfficeFixture *self)
{
  JpId     id = jp_office_fixture_next_id (self);
  JpDraft *draft = jp_draft_new (JP_KIND_GROUND, &id);

  jp_draft_set_text (draft, JP_GROUND_NAME, "人民路训练场");
  jp_draft_set_text (draft, JP_GROUND_ADDRESS, "菏泽市牡丹区人民路1号");
  jp_draft_set_integer (draft, JP_GROUND_AREA, 21000);
  jp_office_fixture_put (self, draft);
}

static gboolean
has_ground (gpointer user_data)
{
  return jp_school_page_get_n_grounds (user_data) == 1 &&
         jp_states_get_state (jp_board_page_get_states (user_data)) == JP_STATE_CONTENT;
}

static void
test_content (void)
{
  JpOfficeFixture fixture = { 0 };
  JpSchoolPage   *page = NULL;

  jp_office_fixture_set_up (&fixture, seed);
  g_assert_true (jp_window_show_place (fixture.window, "school", NULL, NULL));
  page = JP_SCHOOL_PAGE (jp_window_get_page (fixture.window));
  g_assert_true (jp_ui_test_wait_until (has_ground, page, WAIT_MS));
  jp_office_fixture_shoot (&fixture, "school");
  g_assert_cmpint (jp_page_get_commands (JP_PAGE (page)) & JP_COMMAND_EDIT, !=, 0);

  /* What is missing is named; the fields that are there are not. */
  g_autofree char *missing = jp_school_page_dup_missing (jp_office_get_school (fixture.office), 1);
  g_autofree char *without = jp_school_page_dup_missing (jp_office_get_school (fixture.office), 0);

  g_assert_nonnull (strstr (missing, jp_field_get_label (jp_field_get (JP_SCHOOL_INTRODUCTION))));
  g_assert_null (strstr (missing, jp_field_get_label (jp_field_get (JP_SCHOOL_ADDRESS))));
  g_assert_null (strstr (missing, jp_kind_get_label (JP_KIND_GROUND)));
  g_assert_nonnull (strstr (without, jp_kind_get_label (JP_KIND_GROUND)));
  jp_office_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add_func ("/app/school/content", test_content);
  return g_test_run ();
}
